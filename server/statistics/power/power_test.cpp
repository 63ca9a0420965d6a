// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/power/power.hpp"
#include "statistics/power/simulate.hpp"

#include "statistics/philox.hpp"
#include "statistics/regression/mixed_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace beproefd::statistics::power {
namespace {

constexpr auto two_sided = Alternative::two_sided;

TEST(TTestPower, AgreesWithPwr) // pwr.t.test(n = 30, d = 0.6); pwr.t2n.test(n1 = 20, n2 = 40, d = 0.5)
{
    EXPECT_NEAR(t_test(TTest::two_sample, 30, {}, 0.6, 0.05, two_sided), 0.62750458697481, 1e-11);
    EXPECT_NEAR(t_test(TTest::two_sample, 28, {}, 0.6, 0.05, two_sided),
                t_test(TTest::two_sample, 28, 28, 0.6, 0.05, two_sided), 1e-14);
}

TEST(TTestPower, WithoutAnEffectIsTheLevelOfTheTest)
{
    for (const auto alternative : {two_sided, Alternative::greater, Alternative::less}) {
        EXPECT_NEAR(t_test(TTest::paired, 12, {}, 0, 0.05, alternative), 0.05, 1e-12);
        EXPECT_NEAR(proportions_arcsine(50, 0, 0.05, alternative), 0.05, 1e-12);
    }
    EXPECT_NEAR(anova(4, 10, 0, 0.05), 0.05, 1e-12);
}

TEST(TTestPower, OfTwoGroupsIsThatOfTheAnalysisOfVariance) // f = d/2
{
    EXPECT_NEAR(t_test(TTest::two_sample, 17, {}, 0.8, 0.05, two_sided), anova(2, 17, 0.4, 0.05), 1e-10);
}

TEST(SolveRising, FindsTheSizeOfWhichThePowerWasAsked)
{
    const auto power = [](double n) { return t_test(TTest::two_sample, n, {}, 0.5, 0.05, two_sided); };

    const auto n = solve_rising(power, 0.8, 2, 1e9); // Cohen 1988: 64 per group

    ASSERT_TRUE(n);
    EXPECT_NEAR(power(*n), 0.8, 1e-10);
    EXPECT_NEAR(*n, 63.76561, 1e-4);
    EXPECT_FALSE(solve_rising([](double) { return 0.3; }, 0.8, 2, 1e9));
}

TEST(ClusterPower, IsTheTTestWhenClustersHaveOneMember)
{
    EXPECT_NEAR(cluster(20, 1, 0.3, 0.7, 0.05).power, t_test(TTest::two_sample, 20, {}, 0.7, 0.05, two_sided), 1e-12);
}

TEST(SteppedWedgePower, AgreesWithHusseyAndHughes) // 2007, their closed form of the variance
{
    const SteppedWedge design{{1, 1, 1, 1}, 100, 0.3 * 0.3 * 100, 0.015, 0, 0, 0};
    // U, V, W over the cells; N = 4 clusters, T = 5 periods, σ² the variance of a cell mean.
    const double s = 0.3 * 0.3, t2 = 0.015 * 0.015, n = 4, t = 5, u = 1 + 2 + 3 + 4, w = 16 + 9 + 4 + 1,
                 v = 16 + 9 + 4 + 1;
    const double variance = n * s * (s + t * t2) / ((n * u - w) * s + (u * u + n * t * u - t * w - n * v) * t2);

    const auto error = stepped_wedge_standard_error(design);

    ASSERT_TRUE(error);
    EXPECT_NEAR(*error * *error, variance, 1e-12);
}

TEST(SteppedWedgePower, RefusesAWedgeThatDoesNotStep)
{
    EXPECT_EQ(stepped_wedge_standard_error({{4}, 10, 1, 0.3, 0, 0, 0}).error().code, ErrorCode::singular_design);
}

TEST(Simulate, ComesNearTheClosedFormsAndDoesNotDependOnThreads)
{
    const SimulatedClusters clusters{8, 10, 0.1, 0.5};
    const SimulatedSteppedWedge wedge{{4, 4, 4, 4}, 10, 1, 0.3, 0.25};

    const auto one = simulate(clusters, 0.05, SimulationAnalysis::cluster_means_t, 20'000, 11, 0.95, {.threads = 1});
    const auto four = simulate(clusters, 0.05, SimulationAnalysis::cluster_means_t, 20'000, 11, 0.95, {.threads = 4});
    const auto stepped = simulate(wedge, 0.05, SimulationAnalysis::lmm_z, 4000, 3, 0.95, {.threads = 1});
    const auto stepped_two = simulate(wedge, 0.05, SimulationAnalysis::lmm_z, 4000, 3, 0.95, {.threads = 2});

    ASSERT_TRUE(one && four && stepped && stepped_two);
    EXPECT_EQ(one->rejected, four->rejected);
    EXPECT_EQ(stepped->rejected, stepped_two->rejected);
    EXPECT_NEAR(one->power, cluster(8, 10, 0.1, 0.5, 0.05).power, 4 * one->monte_carlo_se);
    const auto error = stepped_wedge_standard_error({{4, 4, 4, 4}, 10, 1, 0.3, 0, 0, 0});
    EXPECT_NEAR(stepped->power, wald_power(0.25, *error, 0.05), 4 * stepped->monte_carlo_se + 0.01);
    EXPECT_EQ(stepped->failed_fits, 0U);
}

TEST(BalancedIntercept, GivesWhatTheMixedModelGives)
{
    for (std::uint64_t seed = 1; seed < 12; ++seed) {
        PhiloxStream stream{seed, 0};
        const std::size_t clusters = 6, periods = 4, members = 3;
        std::vector<std::vector<std::vector<double>>> rows;
        std::vector<std::vector<double>> means;
        std::vector<double> y, treated;
        std::vector<std::size_t> groups;
        std::vector<Regressor> columns;
        for (std::size_t t = 1; t < periods; ++t)
            columns.push_back({"period", {}});
        double within = 0;
        for (std::size_t c = 0; c < clusters; ++c) {
            rows.emplace_back();
            means.emplace_back();
            const double level = 0.15 * static_cast<double>(seed) * stream.normal();
            for (std::size_t t = 0; t < periods; ++t) {
                std::vector<double> row(periods + 1, 0.0);
                row[t] = 1;
                row[periods] = t > c / 2 ? 1 : 0;
                rows.back().push_back(row);
                std::vector<double> cell(members);
                double mean = 0;
                for (double& value : cell) {
                    value = level + 0.5 * row[periods] + stream.normal();
                    mean += value / static_cast<double>(members);
                    y.push_back(value);
                    groups.push_back(c);
                    treated.push_back(row[periods]);
                    for (std::size_t p = 1; p < periods; ++p)
                        columns[p - 1].values.push_back(t == p ? 1 : 0);
                }
                for (const double value : cell)
                    within += (value - mean) * (value - mean);
                means.back().push_back(mean);
            }
        }
        columns.push_back({"treated", treated});
        const auto expected = mixed_model(design_of(columns, true, y.size()), y, groups, Likelihood::restricted,
                                          MixedDf::satterthwaite, 0.95);
        const auto model = BalancedIntercept::of(rows, static_cast<double>(members));
        ASSERT_TRUE(expected && model);

        const auto estimate = model->fit(means, within);

        ASSERT_TRUE(estimate.converged);
        EXPECT_NEAR(estimate.effect, expected->coefficients.back().estimate, 1e-9);
        EXPECT_NEAR(estimate.standard_error, expected->coefficients.back().standard_error, 1e-9);
    }
}

} // namespace
} // namespace beproefd::statistics::power
