// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/permission.hpp"
#include "platform/core/id.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd {

struct Account;
struct Organisation;

/// Someone without an account who was let in by a link, for one thing. Whoever gave the link knows for what.
struct Guest;

/// A function that someone fulfils for an organisation. One person may hold several.
enum class Role : std::uint8_t {
    public_, ///< without an account
    dossier_holder,
    colleague,
    implementer,
    survey_manager,
    analyst, ///< aggregates only
    grant_manager,
    assessor,
    adviser,
    evaluator, ///< assigned work only
    council_reader,
    administrator, ///< manages accounts and the installation; cannot read content
    privacy_officer,
};

inline constexpr std::size_t role_count = 13;

/// The name in data files, in the database and in the interface: "dossier_holder".
std::string_view role_name(Role role);
std::optional<Role> role_from_name(std::string_view name);

/// Who acts: an account, for one organisation, in one or more roles. Without an account it is the public.
/// It holds no name or address, so it can be passed to logs and to the audit trail.
class Actor
{
public:
    /// The public: no account, and only Permission::public_.
    Actor() = default;

    Actor(Id<Account> account, Id<Organisation> organisation, std::vector<Role> roles, PermissionSet permissions,
          bool must_choose_password = false);

    /// Who was let in by a link: no account, no role, and only Permission::answer_own.
    static Actor let_in(Id<Guest> guest, Id<Organisation> organisation);

    /// Empty for everyone who did not come through a link.
    const Id<Guest>& guest() const { return guest_; }

    bool signed_in() const { return !account_.empty(); }
    const Id<Account>& account() const { return account_; }
    const Id<Organisation>& organisation() const { return organisation_; }
    const std::vector<Role>& roles() const { return roles_; }
    const PermissionSet& permissions() const { return permissions_; }

    /// True after signing in with a one-time password: the roles open nothing before an own password is chosen.
    bool must_choose_password() const { return must_choose_password_; }

    bool may(Permission permission) const { return permissions_.has(permission); }
    bool is(Role role) const;

private:
    Id<Account> account_;
    Id<Guest> guest_;
    Id<Organisation> organisation_;
    std::vector<Role> roles_{Role::public_};
    PermissionSet permissions_;
    bool must_choose_password_ = false;
};

} // namespace beproefd
