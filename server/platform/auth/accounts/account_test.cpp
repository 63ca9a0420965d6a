// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/account.hpp"

#include <gtest/gtest.h>

using namespace beproefd::auth;

TEST(AccountName, IsLowerCaseAndBeginsWithALetter)
{
    for (const auto* name : {"beheer", "j.jansen", "dossier-gm9001", "abc"})
        EXPECT_TRUE(is_account_name(name)) << name;
    for (const auto* name : {"", "ab", "Beheer", "9abc", "a b c", "a@b.nl", "abc\n"})
        EXPECT_FALSE(is_account_name(name)) << name;
}

TEST(Password, MayBeASentence)
{
    EXPECT_FALSE(password_refusal("vier woorden op rij", "beheer"));
    EXPECT_FALSE(password_refusal("het wachtwoord van gisteren vergeten", "beheer"));
}

TEST(Password, MustBeLongEnoughCountedInCharacters)
{
    EXPECT_EQ(password_refusal("kort", "beheer")->code, "password-short");
    EXPECT_EQ(password_refusal("ééééééééééé", "beheer")->code, "password-short");
    EXPECT_EQ(password_refusal(std::string(201, 'x') + "abcdef", "beheer")->code, "length");
}

TEST(Password, MustNotBeEasyToGuess)
{
    for (const auto* password :
         {"Wachtwoord123", "aaaaaaaaaaaaaaa", "welkom2026!!!", "xx-beheer-xx-9", "121212121212"})
        EXPECT_EQ(password_refusal(password, "beheer")->code, "password-common") << password;
}

TEST(Delay, GrowsWithEachFailureUpToAQuarterOfAnHour)
{
    EXPECT_EQ(delay_after(0).count(), 0);
    EXPECT_EQ(delay_after(4).count(), 0);
    EXPECT_EQ(delay_after(5).count(), 1);
    EXPECT_EQ(delay_after(8).count(), 8);
    EXPECT_EQ(delay_after(14).count(), 512);
    EXPECT_EQ(delay_after(15).count(), 900);
    EXPECT_EQ(delay_after(1'000'000).count(), 900);
}
