// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/audit/month.hpp"

namespace beproefd::audit {

// What writing and verifying a chain must agree on; not part of the public door.

/// What stands before the first entry, and before the first closing.
inline const std::string no_entry(64, '0');

inline constexpr std::string_view close_action = "audit.close";
inline constexpr std::string_view remove_action = "audit.remove";
inline constexpr std::string_view month_kind = "audit_month";

std::string hash_of(const Entry& entry);
std::string hash_of(const Closing& closing);

/// The last entry of a chain, as the chain itself says.
struct End {
    std::int64_t number = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(End, (), (number, sha256))

} // namespace beproefd::audit
