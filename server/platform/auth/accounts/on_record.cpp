// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/on_record.hpp"

#include <fmt/format.h>

namespace beproefd::auth {

audit::Actor on_record(const Actor& actor)
{
    if (!actor.guest().empty())
        return {actor.organisation(), std::nullopt, "guest"};
    if (!actor.signed_in())
        return {actor.organisation(), std::nullopt, "operator"};
    std::string function;
    for (const auto role : actor.roles())
        function += fmt::format("{}{}", function.empty() ? "" : ",", role_name(role));
    return {actor.organisation(), actor.account().to_text(), std::move(function)};
}

} // namespace beproefd::auth
