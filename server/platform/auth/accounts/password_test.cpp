// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/password.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

using namespace beproefd::auth;

namespace {

constexpr HashCost cheap{.memory_kib = 64, .passes = 1};

} // namespace

TEST(PasswordHasher, RecognisesThePasswordAndNoOther)
{
    PasswordHasher hasher{cheap};

    const auto encoded = hasher.hash("een goed wachtwoord");

    ASSERT_TRUE(encoded);
    EXPECT_TRUE(encoded->starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    EXPECT_EQ(hasher.verify("een goed wachtwoord", *encoded), true);
    EXPECT_EQ(hasher.verify("een goed wachtwoorD", *encoded), false);
}

TEST(PasswordHasher, NeverRecognisesAnAccountThatDoesNotExist)
{
    PasswordHasher hasher{cheap};

    EXPECT_EQ(hasher.verify("", ""), false);
    EXPECT_EQ(hasher.verify("anything", ""), false);
}

TEST(PasswordHasher, GivesTheSamePasswordAnotherHashEachTime)
{
    PasswordHasher hasher{cheap};

    EXPECT_NE(hasher.hash("x"), hasher.hash("x"));
}

TEST(PasswordHasher, TurnsAwayWhoComesWhenTheLineIsFull)
{
    PasswordHasher hasher{{.memory_kib = 16 * 1024, .passes = 2}, /*slots=*/1, /*waiting=*/0};
    std::atomic<bool> stop = false;
    std::thread first{[&] {
        while (!stop)
            (void)hasher.hash("x");
    }};

    std::optional<std::string> second = "not asked yet";
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (second && std::chrono::steady_clock::now() < until)
        second = hasher.hash("y");
    stop = true;
    first.join();

    EXPECT_EQ(second, std::nullopt);
}

TEST(OneTimePassword, IsLongUnambiguousAndNeverTheSame)
{
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const auto password = one_time_password();
        EXPECT_EQ(password.size(), 23u);
        EXPECT_EQ(password.find_first_of("il1o0O"), std::string::npos);
        seen.insert(password);
    }
    EXPECT_EQ(seen.size(), 200u);
}
