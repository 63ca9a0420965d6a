// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/actor.hpp"

#include <algorithm>
#include <array>

namespace beproefd {

namespace {

constexpr std::array<std::string_view, permission_count> permission_names{
    "public",       "signed_in",      "manage_accounts",   "read_audit",      "manage_system", "read_content",
    "edit_content", "answer_surveys", "manage_surveys",    "read_aggregates", "manage_rounds", "assess_applications",
    "award_grants", "give_advice",    "evaluate_assigned", "read_council",    "answer_own"};

constexpr std::array<std::string_view, role_count> role_names{
    "public",   "dossier_holder", "colleague", "implementer",    "survey_manager", "analyst",        "grant_manager",
    "assessor", "adviser",        "evaluator", "council_reader", "administrator",  "privacy_officer"};

template<class Enum, std::size_t Size>
std::optional<Enum> find(const std::array<std::string_view, Size>& names, std::string_view name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

} // namespace

std::string_view permission_name(Permission permission)
{
    return permission_names.at(static_cast<std::size_t>(permission));
}

std::optional<Permission> permission_from_name(std::string_view name)
{
    return find<Permission>(permission_names, name);
}

std::string_view role_name(Role role) { return role_names.at(static_cast<std::size_t>(role)); }

std::optional<Role> role_from_name(std::string_view name) { return find<Role>(role_names, name); }

Actor::Actor(Id<Account> account, Id<Organisation> organisation, std::vector<Role> roles, PermissionSet permissions,
             bool must_choose_password)
    : account_(std::move(account)), organisation_(std::move(organisation)), roles_(std::move(roles)),
      permissions_(permissions), must_choose_password_(must_choose_password)
{
    permissions_.add(Permission::signed_in);
}

Actor Actor::let_in(Id<Guest> guest, Id<Organisation> organisation)
{
    Actor actor;
    actor.guest_ = std::move(guest);
    actor.organisation_ = std::move(organisation);
    actor.permissions_.add(Permission::answer_own);
    return actor;
}

bool Actor::is(Role role) const { return std::find(roles_.begin(), roles_.end(), role) != roles_.end(); }

} // namespace beproefd
