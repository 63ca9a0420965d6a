// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/linear.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace beproefd::statistics {
namespace {

Design line(std::vector<double> values)
{
    const std::vector<Regressor> regressors{{"x", values}};
    return design_of(regressors, true, values.size());
}

TEST(LeastSquares, FindsTheLineThroughPointsOnIt)
{
    const auto design = line({1, 2, 4, 7});
    const std::vector<double> y{5, 7, 11, 17};

    const auto fit = least_squares(design.x, y);

    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[0], 3, 1e-12);
    EXPECT_NEAR(fit->coefficients[1], 2, 1e-12);
    EXPECT_NEAR(fit->weighted_rss, 0, 1e-20);
    EXPECT_NEAR(fit->leverage[0] + fit->leverage[1] + fit->leverage[2] + fit->leverage[3], 2, 1e-12);
}

TEST(TellsApart, IsTrueOnlyWhenNoDifferenceBetweenGroupsIsLeft)
{
    // Orthonormal columns: the mean, and the first half against the second.
    const double h = 0.5;
    Matrix mean(4, 1, h), halves(4, 2, h);
    halves(2, 1) = halves(3, 1) = -h;
    const std::vector<std::size_t> one{0, 0, 0, 0}, two{0, 0, 1, 1}, crossed{0, 1, 0, 1}, three{0, 0, 1, 2};

    EXPECT_TRUE(tells_apart(mean, one, 1));
    EXPECT_FALSE(tells_apart(mean, two, 2));
    EXPECT_TRUE(tells_apart(halves, one, 1));
    EXPECT_TRUE(tells_apart(halves, two, 2));
    EXPECT_FALSE(tells_apart(halves, crossed, 2));
    EXPECT_FALSE(tells_apart(halves, three, 3));
}

TEST(LeastSquares, WeighsAnObservationAsIfItWereThereMoreOften)
{
    const auto once = line({1, 2, 4});
    const auto often = line({1, 2, 2, 2, 4});
    const std::vector<double> y{1, 5, 2}, y_often{1, 5, 5, 5, 2}, weights{1, 3, 1};

    const auto weighted = least_squares(once.x, y, weights);
    const auto repeated = least_squares(often.x, y_often);

    ASSERT_TRUE(weighted && repeated);
    EXPECT_NEAR(weighted->coefficients[1], repeated->coefficients[1], 1e-12);
    EXPECT_NEAR(weighted->unscaled_covariance(1, 1), repeated->unscaled_covariance(1, 1), 1e-12);
    EXPECT_NEAR(weighted->log_determinant, repeated->log_determinant, 1e-12);
}

TEST(LeastSquares, CopesWithYearsAndWithUnitsFarApart)
{
    const std::vector<Regressor> regressors{{"year", {2019, 2020, 2021, 2022, 2023}},
                                            {"budget", {1e9, 3e9, 2e9, 5e9, 4e9}}};
    const auto design = design_of(regressors, true, 5);
    std::vector<double> y(5);
    for (std::size_t i = 0; i < 5; ++i)
        y[i] = 1 + 0.5 * (regressors[0].values[i] - 2019) + 1e-9 * regressors[1].values[i];

    const auto fit = least_squares(design.x, y);

    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[1], 0.5, 1e-9);
    EXPECT_NEAR(fit->coefficients[2], 1e-9, 1e-17);
}

TEST(LeastSquares, RefusesColumnsThatDependOnEachOther)
{
    const std::vector<Regressor> regressors{{"a", {1, 2, 3, 4}}, {"b", {0.3, 0.6, 0.9, 1.2}}};
    const auto design = design_of(regressors, true, 4);
    const std::vector<double> y{1, 2, 3, 5};

    const auto fit = least_squares(design.x, y);
    const auto rank = check_rank(design);

    ASSERT_FALSE(fit);
    EXPECT_EQ(fit.error().code, ErrorCode::singular_design);
    ASSERT_FALSE(rank);
    EXPECT_EQ(rank.error().code, ErrorCode::singular_design);
}

TEST(LeastSquares, RefusesFewerRowsThanColumns)
{
    const auto design = line({1});
    const std::vector<double> y{1};

    const auto fit = least_squares(design.x, y);

    ASSERT_FALSE(fit);
    EXPECT_EQ(fit.error().code, ErrorCode::insufficient_data);
}

TEST(SymmetricPower, LeavesADirectionWithoutVarianceAlone)
{
    Matrix a(2, 2);
    a(0, 0) = 4;

    const auto root = symmetric_power(a, -0.5);

    EXPECT_NEAR(root(0, 0), 0.5, 1e-15);
    EXPECT_EQ(root(1, 1), 0);
}

TEST(InvertSymmetric, RefusesWhatHasNoInverse)
{
    const Matrix ones(2, 2, 1.0);

    EXPECT_FALSE(invert_symmetric(ones));
    EXPECT_TRUE(invert_symmetric(Matrix::identity(3)));
}

} // namespace
} // namespace beproefd::statistics
