// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace beproefd::statistics::distribution {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Distribution, AgreesWithR) // R 4.2.2: pnorm, qt, pchisq, pf, pbeta, phyper, pbinom
{
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(t_quantile(0.975, 8), 2.306004135204166, 1e-13);
    EXPECT_NEAR(chi2_sf(14.6635177923288, 8), 0.066027971575799, 1e-13);
    EXPECT_NEAR(chi2_quantile(0.95, 1), 3.841458820694124, 1e-12);
    EXPECT_NEAR(f_sf(4, 2, 10), 0.0529221494013447, 1e-14);
    EXPECT_NEAR(beta_quantile(0.025, 7, 4), 0.347547149940003, 1e-12);
    EXPECT_NEAR(binomial_cdf(3, 10, 0.5), 0.171875, 1e-15);
    EXPECT_NEAR(hypergeometric_pmf(3, 5, 4, 12), 70.0 / 495, 1e-15);
    EXPECT_NEAR(hypergeometric_cdf(2, 5, 4, 12) + hypergeometric_sf(2, 5, 4, 12), 1, 1e-15);
}

TEST(Distribution, KeepsItsAccuracyFarInTheTail)
{
    EXPECT_NEAR(normal_sf(20) / 2.753624118606234e-89, 1, 1e-12);
    EXPECT_GT(chi2_sf(1000, 5), 0);
    EXPECT_GT(t_two_sided(1e6, 30), 0);
}

TEST(Distribution, BecomesNormalWithInfiniteDegreesOfFreedom)
{
    EXPECT_EQ(t_quantile(0.9, infinity), normal_quantile(0.9));
    EXPECT_EQ(t_two_sided(-1.5, infinity), normal_two_sided(1.5));
}

TEST(Distribution, GivesNotANumberOutsideItsDomain)
{
    EXPECT_TRUE(std::isnan(normal_quantile(1.5)));
    EXPECT_TRUE(std::isnan(t_cdf(1, -1)));
    EXPECT_TRUE(std::isnan(chi2_quantile(0.5, 0)));
    EXPECT_TRUE(std::isnan(noncentral_t_cdf(1, 5, infinity)));
    EXPECT_TRUE(std::isnan(hedges_factor(1)));
    EXPECT_EQ(t_cdf(infinity, 3), 1);
}

TEST(HedgesFactor, IsExactForSmallAndLargeSamples)
{
    EXPECT_NEAR(hedges_factor(2), 0.5641895835477563, 1e-15); // 1/√π
    EXPECT_NEAR(hedges_factor(10), 0.9227456, 1e-7);
    EXPECT_NEAR(hedges_factor(1e9), 1 - 0.75e-9, 1e-12);
}

TEST(NoncentralDistributions, GoOnWhereBoostEnds) // continuous across the change at a noncentrality of 10⁴ and 10⁸
{
    for (const double df : {3.0, 40.0, 5000.0})
        for (const double share : {0.9, 1.0, 1.05}) {
            const double x = 1e4 * share;
            EXPECT_NEAR(noncentral_t_cdf(x, df, 9999.9), noncentral_t_cdf(x * 1.00002, df, 10000.1), 2e-4);
            EXPECT_NEAR(noncentral_t_cdf(x, df, 1e5) + noncentral_t_sf(x, df, 1e5), 1, 1e-12);
        }
    EXPECT_NEAR(noncentral_f_sf(4e7, 2, 20, 0.9999e8), noncentral_f_sf(4e7 * 1.0002, 2, 20, 1.0001e8), 1e-4);
    EXPECT_NEAR(noncentral_t_sf(2, 10, 1e12), 1, 1e-12);
    EXPECT_NEAR(noncentral_t_cdf(-2, 10, 1e12), 0, 1e-12);
}

} // namespace
} // namespace beproefd::statistics::distribution
