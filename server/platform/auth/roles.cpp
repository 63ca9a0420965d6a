// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/roles.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/sentences.hpp"

#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> roles();
}

namespace beproefd {

std::vector<std::string_view> describe::Scalar<Role>::allowed()
{
    std::vector<std::string_view> names;
    for (std::size_t number = 1; number < role_count; ++number)
        names.push_back(role_name(static_cast<Role>(number)));
    return names;
}

} // namespace beproefd

namespace beproefd::auth {
namespace {

struct RoleFile {
    std::vector<RoleDescription> roles;
};
BOOST_DESCRIBE_STRUCT(RoleFile, (), (roles))

FieldError wrong(std::size_t role, std::string_view member, std::string_view code, std::string_view value,
                 std::string_view file)
{
    return {.pointer = fmt::format("/roles/{}/{}", role, member),
            .code = std::string{code},
            .parameters = {{"name", std::string{value}}},
            .place = std::string{file}};
}

} // namespace

Result<RoleBook> RoleBook::read(std::string_view yaml, std::string_view file)
{
    auto content = describe::read_yaml<RoleFile>(yaml, file);
    if (!content)
        return content.error();

    RoleBook book;
    book.permissions_.resize(role_count);
    std::vector<bool> seen(role_count, false);
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < content->roles.size(); ++i) {
        const auto& description = content->roles[i];
        const auto role = role_from_name(description.key);
        if (!role) {
            errors.push_back(wrong(i, "key", "unknown-role", description.key, file));
            continue;
        }
        const auto number = static_cast<std::size_t>(*role);
        if (seen[number])
            errors.push_back(wrong(i, "key", "duplicate-member", description.key, file));
        seen[number] = true;
        for (const auto& name : description.permissions) {
            if (const auto permission = permission_from_name(name))
                book.permissions_[number].add(*permission);
            else
                errors.push_back(wrong(i, "permissions", "unknown-permission", name, file));
        }
    }
    for (std::size_t number = 0; number < role_count; ++number) {
        if (!seen[number])
            errors.push_back(
                wrong(content->roles.size(), "key", "missing-role", role_name(static_cast<Role>(number)), file));
    }
    if (!errors.empty())
        return invalid(std::move(errors));
    book.roles_ = std::move(content->roles);
    return book;
}

const RoleBook& RoleBook::shipped()
{
    static const RoleBook book = [] {
        const auto& file = embedded::roles().front();
        auto read = RoleBook::read(file.content, file.path);
        if (!read)
            throw std::logic_error(describe::explain(read.error(), describe::Language::en));
        return *std::move(read);
    }();
    return book;
}

PermissionSet RoleBook::permissions_of(const std::vector<Role>& roles) const
{
    PermissionSet permissions;
    for (const auto role : roles)
        permissions.add(permissions_.at(static_cast<std::size_t>(role)));
    return permissions;
}

} // namespace beproefd::auth
