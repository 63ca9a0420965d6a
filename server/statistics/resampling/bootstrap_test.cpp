// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/resampling/bootstrap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace beproefd::statistics {
namespace {

// boot::aircondit: hours between failures (Proschan 1963).
const std::vector<double> hours{3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487};

TEST(Bootstrap, DrawsTheSameOnAnyNumberOfThreads)
{
    const auto one = bootstrap(hours, BootstrapStatistic::mean, 5000, 9, 0.95, {.threads = 1});
    const auto three = bootstrap(hours, BootstrapStatistic::mean, 5000, 9, 0.95, {.threads = 3});

    ASSERT_TRUE(one && three);
    EXPECT_EQ(one->bca, three->bca);
    EXPECT_EQ(one->standard_error, three->standard_error);
}

TEST(Bootstrap, ComesNearTheKnownStandardErrorOfAMean) // √(Σ(y − ȳ)²/n²)
{
    const auto boot = bootstrap(hours, BootstrapStatistic::mean, 50'000, 1, 0.95, {});
    const Moments sample = moments(hours);

    ASSERT_TRUE(boot);
    EXPECT_NEAR(boot->standard_error, std::sqrt(sample.variance * 11 / 144), 0.4);
    EXPECT_NEAR(*boot->acceleration, 0.0937980738838677, 1e-14); // R boot::empinf, jackknife
}

TEST(Bootstrap, FollowsAShiftAndAScaleOfTheData)
{
    auto moved = hours;
    for (double& value : moved)
        value = 10 - 0.5 * value;

    const auto plain = bootstrap(hours, BootstrapStatistic::mean, 999, 4, 0.9, {});
    const auto turned = bootstrap(moved, BootstrapStatistic::mean, 999, 4, 0.9, {});

    ASSERT_TRUE(plain && turned);
    EXPECT_NEAR(turned->percentile.first, 10 - 0.5 * plain->percentile.second, 1e-10);
    EXPECT_NEAR(turned->normal.first, 10 - 0.5 * plain->normal.second, 1e-10);
}

TEST(Bootstrap, DoesNotCountAResampleThatEqualsTheDataAsBelow)
{
    const std::vector<double> tenths{0.1, 0.2, 0.3, 0.7, 0.4};
    // Two resamples below, one the data in another order, one above.
    const ResampleIndex index{{0, 0, 1, 1, 2}, {0, 1, 2, 2, 0}, {4, 3, 2, 1, 0}, {3, 3, 3, 4, 4}};

    const auto boot = bootstrap(tenths, BootstrapStatistic::mean, index, 0.95);

    ASSERT_TRUE(boot);
    EXPECT_NEAR(*boot->z0, 0, 1e-15); // Φ⁻¹(2/4)
}

TEST(Bootstrap, LeavesOutResamplesWithoutVariationAndSaysSo)
{
    const std::vector<double> few{1, 2, 4};
    const ResampleIndex index{{0, 0, 0}, {0, 1, 2}, {0, 1, 1}, {2, 2, 1}};

    const auto boot = bootstrap(few, BootstrapStatistic::standardised_mean, index, 0.95);

    ASSERT_TRUE(boot);
    EXPECT_EQ(boot->degenerate, 1U);
    EXPECT_EQ(boot->resamples, 3U);
}

TEST(Bootstrap, RefusesTooFewValuesAndValuesThatDoNotVary)
{
    const std::vector<double> one{1}, constant{2, 2, 2, 2};

    EXPECT_EQ(bootstrap(one, BootstrapStatistic::mean, 100, 1, 0.95, {}).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(bootstrap(constant, BootstrapStatistic::mean, 100, 1, 0.95, {}).error().code,
              ErrorCode::insufficient_data);
}

} // namespace
} // namespace beproefd::statistics
