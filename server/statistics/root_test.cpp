// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/root.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace beproefd::statistics {
namespace {

TEST(Root, IsFoundToTheLastBits)
{
    const auto found = root([](double x) { return x * x * x - 2; }, 0, 10);

    ASSERT_TRUE(found);
    EXPECT_NEAR(*found, std::cbrt(2.0), 1e-15);
}

TEST(Root, IsAbsentWithoutAChangeOfSign)
{
    EXPECT_FALSE(root([](double x) { return x * x + 1; }, -1, 1));
    EXPECT_FALSE(root([](double) { return std::numeric_limits<double>::quiet_NaN(); }, -1, 1));
}

TEST(RootFrom, GrowsItsBracket)
{
    const auto found = root_from([](double x) { return std::exp(x) - 1e30; }, 0, 0.5, -1000, 1000);

    ASSERT_TRUE(found);
    EXPECT_NEAR(*found, std::log(1e30), 1e-12);
}

TEST(Minimum, IsFoundInsideAndAtTheEdge)
{
    EXPECT_NEAR(minimum([](double x) { return (x - 2) * (x - 2); }, 0, 10).at, 2, 1e-7);
    EXPECT_NEAR(minimum([](double x) { return x; }, 3, 10).at, 3, 1e-6);
}

} // namespace
} // namespace beproefd::statistics
