// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/design/interrupted_series.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace beproefd::statistics {
namespace {

std::vector<SeriesPoint> series(const std::vector<double>& y)
{
    std::vector<SeriesPoint> points;
    for (std::size_t i = 0; i < y.size(); ++i)
        points.push_back({static_cast<double>(i + 1), y[i], static_cast<double>(i + 1), 0});
    return points;
}

TEST(InterruptedSeries, FindsTheJumpAndTheBendOfALine)
{
    std::vector<double> y;
    for (int t = 1; t <= 20; ++t)
        y.push_back(3 + 0.5 * t + (t >= 11 ? 4 - 0.25 * (t - 11) : 0) + (t % 2 == 0 ? 0.01 : -0.01));

    const auto fit = interrupted_series(series(y), {.start = 11});

    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[1].estimate, 0.5, 0.002);
    EXPECT_NEAR(fit->coefficients[2].estimate, 4, 0.02);
    EXPECT_NEAR(fit->coefficients[3].estimate, -0.25, 0.003);
    EXPECT_EQ(fit->df_residual, 16);
}

TEST(InterruptedSeries, WithLagZeroIsWhite) // HC0 by hand for a mean before and after
{
    const std::vector<double> y{1, 2, 4, 3, 9, 7, 8, 12};
    SeriesModel model{.slope_change = false, .newey_west_lag = 0, .start = 5};

    const auto newey = interrupted_series(series(y), model);
    model.newey_west_lag = 3;
    const auto longer = interrupted_series(series(y), model);

    ASSERT_TRUE(newey && longer);
    EXPECT_EQ(newey->coefficients[2].estimate, longer->coefficients[2].estimate);
    EXPECT_NE(newey->coefficients[2].standard_error, longer->coefficients[2].standard_error);
}

TEST(InterruptedSeries, OfCountsDoesNotDependOnTheUnitOfExposure)
{
    std::vector<double> y;
    for (int t = 1; t <= 30; ++t)
        y.push_back(std::round(40 + 10 * std::sin(t) - (t >= 16 ? 12 : 0)));
    auto points = series(y);
    SeriesModel model{.family = SeriesModel::Family::quasipoisson, .start = 16, .harmonics = 1, .season_period = 12};
    const auto plain = interrupted_series(points, model);
    for (SeriesPoint& point : points)
        point.log_exposure = std::log(1000.0);

    const auto per_thousand = interrupted_series(points, model);

    ASSERT_TRUE(plain && per_thousand);
    EXPECT_NEAR(plain->coefficients[2].estimate, per_thousand->coefficients[2].estimate, 1e-10);
    EXPECT_NEAR(plain->coefficients[2].standard_error, per_thousand->coefficients[2].standard_error, 1e-10);
    EXPECT_NEAR(plain->coefficients[0].estimate - per_thousand->coefficients[0].estimate, std::log(1000.0), 1e-9);
    EXPECT_EQ(plain->harmonics.size(), 2U);
}

TEST(InterruptedSeries, RefusesAStartOutsideTheSeriesAndCountsThatAreAllZero)
{
    const std::vector<double> y{1, 2, 3, 4, 5, 6};

    EXPECT_EQ(interrupted_series(series(y), {.start = 1}).error().code, ErrorCode::invalid_option);
    EXPECT_EQ(interrupted_series(series(y), {.start = 7}).error().code, ErrorCode::invalid_option);
    EXPECT_EQ(interrupted_series(series(y), {.start = 6}).error().code, ErrorCode::singular_design);
    EXPECT_EQ(interrupted_series(series(std::vector<double>(12, 0.0)),
                                 {.family = SeriesModel::Family::quasipoisson, .start = 6})
                  .error()
                  .code,
              ErrorCode::insufficient_data);
    EXPECT_EQ(interrupted_series(series({3, 4, 5, 4, 3, 5, 0, 0, 0, 0, 0, 0}),
                                 {.family = SeriesModel::Family::quasipoisson, .slope_change = false, .start = 7})
                  .error()
                  .code,
              ErrorCode::no_convergence);
}

TEST(CustomaryLag, FollowsTheRule)
{
    EXPECT_EQ(customary_lag(100), 4U);
    EXPECT_EQ(customary_lag(20), 2U);
}

} // namespace
} // namespace beproefd::statistics
