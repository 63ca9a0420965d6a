// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/actor.hpp"

#include <gtest/gtest.h>

namespace beproefd {
namespace {

TEST(Actor, WithoutAnAccountMayOnlyWhatIsPublic)
{
    const Actor nobody;

    EXPECT_FALSE(nobody.signed_in());
    EXPECT_TRUE(nobody.may(Permission::public_));
    for (std::size_t i = 1; i < permission_count; ++i)
        EXPECT_FALSE(nobody.may(static_cast<Permission>(i))) << permission_name(static_cast<Permission>(i));
}

TEST(Actor, MayWhatItsRolesGiveAndNothingElse)
{
    const Actor administrator{
        Id<Account>::create(), Id<Organisation>::create(), {Role::administrator}, {Permission::manage_accounts}};

    EXPECT_TRUE(administrator.may(Permission::signed_in));
    EXPECT_TRUE(administrator.may(Permission::manage_accounts));
    EXPECT_FALSE(administrator.may(Permission::read_content));
    EXPECT_FALSE(administrator.may(Permission::count_));
}

TEST(Names, OfPermissionsAndRolesReadBackAsThemselves)
{
    for (std::size_t i = 0; i < permission_count; ++i) {
        const auto permission = static_cast<Permission>(i);
        ASSERT_FALSE(permission_name(permission).empty());
        EXPECT_EQ(permission_from_name(permission_name(permission)), permission);
    }
    for (std::size_t i = 0; i < role_count; ++i) {
        const auto role = static_cast<Role>(i);
        ASSERT_FALSE(role_name(role).empty());
        EXPECT_EQ(role_from_name(role_name(role)), role);
    }
    EXPECT_FALSE(role_from_name("mayor"));
    EXPECT_FALSE(permission_from_name("everything"));
}

} // namespace
} // namespace beproefd
