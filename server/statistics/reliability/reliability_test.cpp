// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/reliability/reliability.hpp"

#include "statistics/philox.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace beproefd::statistics {
namespace {

Matrix one_factor(const std::vector<double>& loadings, std::size_t rows, std::uint64_t seed)
{
    PhiloxStream stream{seed, 0};
    Matrix items(rows, loadings.size());
    for (std::size_t i = 0; i < rows; ++i) {
        const double factor = stream.normal();
        for (std::size_t j = 0; j < loadings.size(); ++j)
            items(i, j) = loadings[j] * factor + std::sqrt(1 - loadings[j] * loadings[j]) * stream.normal();
    }
    return items;
}

TEST(Alpha, IsTheSpearmanBrownFormulaForStandardisedItems)
{
    const auto alpha = cronbach_alpha(one_factor({0.7, 0.6, 0.8, 0.5}, 60, 3), 0.95);

    ASSERT_TRUE(alpha);
    EXPECT_NEAR(alpha->standardised, 4 * alpha->mean_correlation / (1 + 3 * alpha->mean_correlation), 1e-13);
    EXPECT_LT(*alpha->ci_lo, alpha->alpha);
    EXPECT_GT(*alpha->ci_hi, alpha->alpha);
}

TEST(Alpha, OfTwoEqualItemsIsOne)
{
    Matrix items(4, 2);
    for (std::size_t i = 0; i < 4; ++i)
        items(i, 0) = items(i, 1) = static_cast<double>(i * i);

    const auto alpha = cronbach_alpha(items, 0.95);

    ASSERT_TRUE(alpha);
    EXPECT_NEAR(alpha->alpha, 1, 1e-14);
    EXPECT_FALSE(alpha->items[0].alpha_if_dropped);
}

TEST(Alpha, RefusesOneItemAndItemsThatDoNotVary)
{
    EXPECT_EQ(cronbach_alpha(Matrix(5, 1, 1), 0.95).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(cronbach_alpha(Matrix(5, 3, 1), 0.95).error().code, ErrorCode::insufficient_data);
}

TEST(Omega, SolvesThreeItemsExactly) // just identified: λ₁² = r₁₂ r₁₃ / r₂₃
{
    const Matrix items = one_factor({0.7, 0.6, 0.8}, 200, 5);
    const auto correlation = [&](std::size_t a, std::size_t b) {
        double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
        for (std::size_t i = 0; i < 200; ++i) {
            ma += items(i, a) / 200;
            mb += items(i, b) / 200;
        }
        for (std::size_t i = 0; i < 200; ++i) {
            ab += (items(i, a) - ma) * (items(i, b) - mb);
            aa += std::pow(items(i, a) - ma, 2);
            bb += std::pow(items(i, b) - mb, 2);
        }
        return ab / std::sqrt(aa * bb);
    };

    const auto omega = mcdonald_omega(items);

    ASSERT_TRUE(omega);
    EXPECT_NEAR(omega->loadings[0] * omega->loadings[0], correlation(0, 1) * correlation(0, 2) / correlation(1, 2),
                1e-8);
    EXPECT_FALSE(omega->heywood);
}

TEST(Omega, DoesNotDependOnTheUnitsOrTheDirectionOfAllItems)
{
    Matrix items = one_factor({0.7, 0.6, 0.8, 0.5, 0.65}, 80, 7);
    const auto plain = mcdonald_omega(items);
    for (std::size_t j = 0; j < 5; ++j)
        for (std::size_t i = 0; i < 80; ++i)
            items(i, j) = 100 - static_cast<double>(j + 1) * items(i, j);

    const auto turned = mcdonald_omega(items);

    ASSERT_TRUE(plain && turned);
    EXPECT_NEAR(plain->total, turned->total, 1e-9);
    EXPECT_GT(turned->loadings[0], 0);
}

TEST(Omega, RefusesTwoItemsAndItemsThatDependOnEachOther)
{
    Matrix same = one_factor({0.7, 0.6, 0.8}, 20, 9);
    for (std::size_t i = 0; i < 20; ++i)
        same(i, 2) = same(i, 0) + same(i, 1);

    EXPECT_EQ(mcdonald_omega(one_factor({0.7, 0.6}, 20, 1)).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(mcdonald_omega(same).error().code, ErrorCode::singular_design);
}

} // namespace
} // namespace beproefd::statistics
