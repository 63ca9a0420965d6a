// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/cost/cost.hpp"

#include "statistics/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace beproefd::statistics::cost {
namespace {

const std::vector<double> cheap{10, 12, 11, 13, 9}, dear{20, 24, 21, 19, 23};
const std::vector<double> low{1, 2, 1.5, 1.2, 1.8}, high{5, 6, 5.5, 4.8, 6.2};

TEST(Effectiveness, GivesBoundsAtWhichTheNetBenefitIsJustNotSignificant)
{
    const auto found = effectiveness({dear, high}, {cheap, low}, std::nullopt, 0.95);

    ASSERT_EQ(found->icer_ci_type, RatioInterval::finite);
    for (const double bound : {*found->icer_ci_lo, *found->icer_ci_hi}) {
        const auto there = effectiveness({dear, high}, {cheap, low}, bound, 0.95);
        EXPECT_NEAR(std::abs(*there->inb / *there->inb_se), distribution::normal_quantile(0.975), 1e-8);
    }
}

TEST(Effectiveness, SaysOutsideWhenTheEffectMayBeZeroButTheCostIsNot)
{
    const auto found = effectiveness({dear, low}, {cheap, low}, 10.0, 0.95);

    EXPECT_EQ(found->icer_ci_type, RatioInterval::outside);
    EXPECT_FALSE(found->icer);
    EXPECT_FALSE(found->icer_ci_lo);
    EXPECT_LT(*found->icer_excluded_lo, 0);
    EXPECT_GT(*found->icer_excluded_hi, 0);
}

TEST(Effectiveness, SaysUnboundedWhenNothingIsExcluded)
{
    const auto found = effectiveness({cheap, low}, {cheap, low}, 10.0, 0.95);

    EXPECT_EQ(found->icer_ci_type, RatioInterval::unbounded);
}

TEST(Effectiveness, RefusesAnArmWithOnePerson)
{
    const std::vector<double> one{1};

    EXPECT_EQ(effectiveness({one, one}, {cheap, low}, 1.0, 0.95).error().code, ErrorCode::insufficient_data);
}

TEST(PresentValue, LeavesYearZeroAsItIs)
{
    const std::vector<double> amounts{100, 110};

    EXPECT_NEAR(present_value(amounts, 0.1, 0), 200, 1e-12);
    EXPECT_NEAR(present_value(amounts, 0.1, 1), 200 / 1.1, 1e-12);
}

} // namespace
} // namespace beproefd::statistics::cost
