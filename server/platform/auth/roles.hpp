// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/actor.hpp"
#include "platform/core/result.hpp"
#include "platform/describe/scalar.hpp"
#include "platform/describe/words.hpp"

#include <boost/describe.hpp>

#include <string>
#include <string_view>
#include <vector>

/// A role is kept by its name.
template<>
struct beproefd::describe::Scalar<beproefd::Role> : beproefd::describe::detail::PlainScalar {
    static constexpr Kind kind = Kind::text;
    static std::optional<Role> from(std::string_view name)
    {
        const auto role = role_from_name(name);
        return role == Role::public_ ? std::nullopt : role;
    }
    static std::string_view to(Role role) { return role_name(role); }
    /// Without `public`, which nobody can be given.
    static std::vector<std::string_view> allowed();
    static FieldError refusal() { return describe::detail::refusal("enum", {{"allowed", joined(allowed())}}); }
};

namespace beproefd::auth {

/// One role as data/roles.yaml tells it, and as the page about roles shows it.
struct RoleDescription {
    static constexpr auto schema_name = "Role";
    std::string key;
    std::vector<std::string> permissions;
    describe::Words label;
    describe::Words may;
    describe::Words may_not;
};
BOOST_DESCRIBE_STRUCT(RoleDescription, (), (key, permissions, label, may, may_not))

/// Which role may do what: data, read once when the program starts.
class RoleBook
{
public:
    /// Refuses an unknown role or permission, a role that stands twice, and a role of the program that is missing,
    /// with the place in the file.
    static Result<RoleBook> read(std::string_view yaml, std::string_view file);

    /// The book that travels inside the program.
    static const RoleBook& shipped();

    const std::vector<RoleDescription>& roles() const { return roles_; }
    PermissionSet permissions_of(const std::vector<Role>& roles) const;

private:
    std::vector<RoleDescription> roles_;
    std::vector<PermissionSet> permissions_; ///< by the number of the role
};

} // namespace beproefd::auth
