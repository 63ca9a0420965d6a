// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/actor.hpp"
#include "platform/core/result.hpp"
#include "platform/core/time.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd {

/// The only person the system knows: a professional who signs in. The name is a sign-in name, not a personal file.
struct Account {
    Id<Account> id;
    Id<Organisation> organisation_id;
    std::string name;
    std::string password_hash;
    bool must_change_password = true;
    bool disabled = false;
    Instant created_at;
    std::int64_t row_version = 1;
    bool operator==(const Account&) const = default;
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, organisation_id, name, password_hash, must_change_password, disabled, created_at,
                       row_version))

} // namespace beproefd

namespace beproefd::auth {

namespace reasons {
inline constexpr Reason sign_in_failed{"sign-in-failed", ""};
inline constexpr Reason sign_in_delayed{"sign-in-delayed", ""};
inline constexpr Reason name_taken{"name-taken", ""};
inline constexpr Reason own_account{"own-account", ""};
inline constexpr Reason last_administrator{"last-administrator", ""};
} // namespace reasons

/// How long a session lives.
struct SessionLimits {
    std::chrono::minutes idle{30};
    std::chrono::minutes total{480};
    /// How long who a session stands for may be remembered without asking the database; zero: never.
    std::chrono::milliseconds remembered{1000};
};

/// True for 3 to 60 characters: lower-case letters, digits, points and hyphens, beginning with a letter.
bool is_account_name(std::string_view name);

inline constexpr std::size_t shortest_password = 12;
inline constexpr std::size_t longest_password = 200;

/// Why a password cannot be used, as code and parameters of its sentence; empty when it can. There are no rules about
/// kinds of characters. Source: NIST SP 800-63B 5.1.1.2; ASVS 5.0 V6.2.
std::optional<FieldError> password_refusal(std::string_view password, std::string_view account_name);

/// How long after so many failed attempts in a row the next one is refused: nothing for the first four, then a
/// second, doubling up to a quarter of an hour.
std::chrono::seconds delay_after(std::int64_t failures);

} // namespace beproefd::auth
