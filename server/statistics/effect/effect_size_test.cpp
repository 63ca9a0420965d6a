// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/effect/effect_size.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace beproefd::statistics::effect {
namespace {

TEST(EffectSize, AgreesWithTheFirstStudyOfGibson) // metadat dat.gibson2002, metafor 3.8-1
{
    const auto found = standardised_mean_difference({2.2, 12.73, 50}, {5.2, 12.5, 54});

    EXPECT_NEAR(found.value, -0.236133110493955, 1e-12);
    EXPECT_NEAR(found.variance, 0.038786589892901, 1e-12);
}

TEST(EffectSize, TurnsItsSignWhenTheGroupsAreSwapped)
{
    const Group a{5, 2, 12}, b{7, 3, 9};

    EXPECT_EQ(standardised_mean_difference(a, b).value, -standardised_mean_difference(b, a).value);
    EXPECT_DOUBLE_EQ(log_odds_ratio({3, 9, 7, 5}).value, -log_odds_ratio({7, 5, 3, 9}).value);
    EXPECT_DOUBLE_EQ(peto_log_odds_ratio({3, 9, 7, 5}).value, -peto_log_odds_ratio({7, 5, 3, 9}).value);
}

TEST(EffectSize, DoesNotDependOnTheUnitWhenStandardised)
{
    const auto euros = standardised_mean_difference({500, 20, 12}, {480, 30, 9});
    const auto cents = standardised_mean_difference({50000, 2000, 12}, {48000, 3000, 9});

    EXPECT_NEAR(euros.value, cents.value, 1e-14);
    EXPECT_NEAR(euros.variance, cents.variance, 1e-14);
}

TEST(EffectSize, IsNotANumberWhereTheDataDoNotAllowOne)
{
    EXPECT_TRUE(std::isnan(standardised_mean_difference({1, 0, 5}, {2, 0, 5}).value));
    EXPECT_TRUE(std::isnan(standardised_mean_difference({1, 1, 1}, {2, 1, 1}).value));
    EXPECT_TRUE(std::isnan(log_ratio_of_means({-1, 1, 5}, {2, 1, 5}).value));
    EXPECT_TRUE(std::isnan(log_odds_ratio({0, 5, 3, 5}).variance));
    EXPECT_TRUE(std::isnan(peto_log_odds_ratio({0, 5, 0, 5}).value));
    EXPECT_TRUE(std::isnan(fisher_z(1, 10).value));
    EXPECT_TRUE(std::isnan(fisher_z(0.5, 3).variance));
}

} // namespace
} // namespace beproefd::statistics::effect
