// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/missing/rubin.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace beproefd::statistics {
namespace {

TEST(PoolImputations, AgreesWithMice) // mice::pool.scalar(c(10.1, 9.7, 10.4), c(1.2, 1.1, 1.3)^2, n = 40, k = 3)
{
    const std::vector<double> estimates{10.1, 9.7, 10.4}, errors{1.2, 1.1, 1.3};

    const auto pooled = pool_imputations(estimates, errors, 37.0, 0.95);

    ASSERT_TRUE(pooled);
    EXPECT_NEAR(pooled->standard_error, 1.26929551764398, 1e-13);
    EXPECT_NEAR(pooled->df, 27.1058316104252, 1e-11);
    EXPECT_NEAR(pooled->missing_information, 0.161720600197336, 1e-13);
}

TEST(PoolImputations, OfAnInfiniteSampleUsesRubinsDegreesOfFreedom)
{
    const std::vector<double> estimates{10.1, 9.7, 10.4}, errors{1.2, 1.1, 1.3};

    const auto pooled = pool_imputations(estimates, errors, std::nullopt, 0.95);

    ASSERT_TRUE(pooled);
    EXPECT_NEAR(pooled->df, 2 * std::pow(1 + 1 / pooled->relative_increase, 2), 1e-9);
}

TEST(PoolImputations, ThatAgreeIsTheSingleAnalysis)
{
    const std::vector<double> estimates{2, 2, 2}, errors{0.5, 0.5, 0.5};

    const auto pooled = pool_imputations(estimates, errors, std::nullopt, 0.95);

    ASSERT_TRUE(pooled);
    EXPECT_EQ(pooled->standard_error, 0.5);
    EXPECT_TRUE(std::isinf(pooled->df));
    EXPECT_NEAR(pooled->ci_hi, 2 + 0.5 * 1.959963984540054, 1e-12);
}

TEST(PoolImputations, RefusesASingleOneAndNoResidualDegreesOfFreedom)
{
    const std::vector<double> one{1}, two{1, 2}, zero{0, 0};

    EXPECT_EQ(pool_imputations(one, one, std::nullopt, 0.95).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(pool_imputations(two, two, 0.0, 0.95).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(pool_imputations(two, zero, std::nullopt, 0.95).error().code, ErrorCode::insufficient_data);
}

} // namespace
} // namespace beproefd::statistics
