// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/roles.hpp"

#include "platform/describe/sentences.hpp"

#include <gtest/gtest.h>

using namespace beproefd;
using auth::RoleBook;

TEST(RoleBook, ShipsEveryRoleInBothLanguages)
{
    const auto& book = RoleBook::shipped();

    EXPECT_EQ(book.roles().size(), role_count);
    for (const auto& role : book.roles()) {
        EXPECT_FALSE(role.label.nl.empty() || role.label.en.empty()) << role.key;
        EXPECT_FALSE(role.may.nl.empty() || role.may.en.empty()) << role.key;
        EXPECT_FALSE(role.may_not.nl.empty() || role.may_not.en.empty()) << role.key;
    }
}

TEST(RoleBook, LetsNoAdministratorReadContent)
{
    const auto permissions = RoleBook::shipped().permissions_of({Role::administrator});

    EXPECT_TRUE(permissions.has(Permission::manage_accounts));
    EXPECT_FALSE(permissions.has(Permission::read_content));
    EXPECT_FALSE(permissions.has(Permission::read_aggregates));
}

TEST(RoleBook, AddsUpTheRolesThatOnePersonHolds)
{
    const auto permissions = RoleBook::shipped().permissions_of({Role::dossier_holder, Role::council_reader});

    EXPECT_TRUE(permissions.has(Permission::edit_content));
    EXPECT_TRUE(permissions.has(Permission::read_council));
    EXPECT_FALSE(permissions.has(Permission::manage_accounts));
}

TEST(RoleBook, RefusesUnknownRolesAndPermissionsAndTellsWhichRolesAreMissing)
{
    const auto book = RoleBook::read(R"(roles:
  - {key: mayor, permissions: [], label: {nl: a, en: a}, may: {nl: a, en: a}, mayNot: {nl: a, en: a}}
  - {key: analyst, permissions: [everything], label: {nl: a, en: a}, may: {nl: a, en: a}, mayNot: {nl: a, en: a}}
)",
                                     "roles.yaml");

    ASSERT_FALSE(book);
    EXPECT_EQ(book.error().fields.at(0).code, "unknown-role");
    EXPECT_EQ(book.error().fields.at(1).code, "unknown-permission");
    EXPECT_EQ(book.error().fields.size(), 2 + role_count - 1);
}
