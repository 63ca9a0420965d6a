// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace beproefd {

/// What a route may ask of who calls it. Every route names exactly one; a route without one cannot be written.
/// Which role has which permission is data (Actor receives the outcome), so a new scheme needs no new program.
enum class Permission : std::uint8_t {
    public_,   ///< everyone, also without an account; said on purpose, never by leaving something out
    signed_in, ///< everyone with an account: the own account, password and sessions
    manage_accounts,
    read_audit,
    manage_system, ///< settings and reference data of the installation
    read_content,  ///< the own organisation's scans, programmes, applications and reports
    edit_content,
    answer_surveys,
    manage_surveys,
    read_aggregates, ///< counts only, never one organisation's answers
    manage_rounds,
    assess_applications,
    award_grants,
    give_advice,
    evaluate_assigned, ///< the work assigned to this evaluator, nothing else
    read_council,      ///< what the executive has shared with its council
    answer_own,        ///< only what a guest was let in for by a link: the own answers; no account has it
    count_
};

inline constexpr std::size_t permission_count = static_cast<std::size_t>(Permission::count_);

/// The name in logs, in the OpenAPI document (x-permission) and in data files: "award_grants".
std::string_view permission_name(Permission permission);
std::optional<Permission> permission_from_name(std::string_view name);

/// Some permissions. Always holds Permission::public_.
class PermissionSet
{
public:
    PermissionSet() { add(Permission::public_); }
    PermissionSet(std::initializer_list<Permission> permissions) : PermissionSet()
    {
        for (const auto permission : permissions)
            add(permission);
    }

    void add(Permission permission) { bits_.set(static_cast<std::size_t>(permission)); }
    void add(const PermissionSet& other) { bits_ |= other.bits_; }
    bool has(Permission permission) const
    {
        return static_cast<std::size_t>(permission) < permission_count &&
               bits_.test(static_cast<std::size_t>(permission));
    }
    bool operator==(const PermissionSet&) const = default;

private:
    std::bitset<permission_count> bits_;
};

} // namespace beproefd
