// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/distribution.hpp"
#include "statistics/survey/mean.hpp"
#include "statistics/survey/multiple_response.hpp"
#include "statistics/survey/proportion.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace beproefd::statistics::survey {
namespace {

/// Evenly over the whole range from the first try on; RapidCheck by itself starts with small numbers.
template<class T>
auto evenly(T low, T high)
{
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(low, high));
}

RC_GTEST_PROP(FiniteProportionOf, HoldsEveryShareThatIsNotTooUnlikely, ())
{
    const auto population = *evenly<std::int64_t>(2, 60);
    const auto n = *evenly<std::int64_t>(1, population);
    const auto count = *evenly<std::int64_t>(0, n + 1);

    const auto found = finite_proportion(count, n, population, 0.9);

    // By definition, trying every M.
    std::int64_t lowest = population, highest = 0;
    for (auto marked = count; marked <= population - (n - count); ++marked) {
        double at_least = 0, at_most = 0;
        for (std::int64_t x = 0; x <= n; ++x) {
            const double p = distribution::hypergeometric_pmf(x, marked, n, population);
            at_least += x >= count ? p : 0;
            at_most += x <= count ? p : 0;
        }
        if (at_least > 0.05 * (1 + 1e-9))
            lowest = std::min(lowest, marked);
        if (at_most > 0.05 * (1 + 1e-9))
            highest = std::max(highest, marked);
    }
    const auto size = static_cast<double>(population);
    RC_ASSERT(std::abs(found->hypergeometric_lo - static_cast<double>(lowest) / size) < 1e-12);
    RC_ASSERT(std::abs(found->hypergeometric_hi - static_cast<double>(highest) / size) < 1e-12);
}

TEST(FiniteProportionOf, IsCertainWhenEverybodyAnswered)
{
    const auto found = finite_proportion(30, 49, 49, 0.95);

    EXPECT_EQ(found->hypergeometric_lo, found->estimate);
    EXPECT_EQ(found->hypergeometric_hi, found->estimate);
    EXPECT_EQ(found->se, 0);
}

TEST(FiniteProportionOf, RefusesAPopulationBelowTheSample)
{
    const auto found = finite_proportion(3, 10, 9, 0.95);

    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::invalid_data);
}

TEST(ProportionOf, StaysWithinZeroAndOneAtTheEnds)
{
    const auto nobody = proportion(0, 8, 0.95), everybody = proportion(8, 8, 0.95);

    EXPECT_EQ(nobody->wilson_lo, 0);
    EXPECT_EQ(nobody->clopper_pearson_lo, 0);
    EXPECT_EQ(nobody->jeffreys_lo, 0);
    EXPECT_EQ(everybody->wilson_hi, 1);
    EXPECT_NEAR(nobody->clopper_pearson_hi, 1 - std::pow(0.025, 1.0 / 8), 1e-12);
}

TEST(ProportionOf, RefusesWhatCannotBeAShare)
{
    EXPECT_EQ(proportion(0, 0, 0.95).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(proportion(5, 4, 0.95).error().code, ErrorCode::invalid_data);
}

RC_GTEST_PROP(MeanOf, MovesWithItsAnswers, ())
{
    const auto raw = *rc::gen::container<std::vector<int>>(12, evenly(0, 100));
    std::vector<double> y, moved;
    for (const int value : raw) {
        y.push_back(value);
        moved.push_back(3 + 2 * value);
    }

    const auto a = mean(y, 40.0, 0.95), b = mean(moved, 40.0, 0.95);

    RC_ASSERT(std::abs(b->mean - (3 + 2 * a->mean)) < 1e-10);
    RC_ASSERT(std::abs(b->se - 2 * a->se) < 1e-10);
}

RC_GTEST_PROP(StratifiedMean, WithOneStratumIsTheSimpleMean, ())
{
    const auto raw = *rc::gen::container<std::vector<int>>(9, evenly(0, 100));
    const std::vector<double> y(raw.begin(), raw.end());

    const auto simple = mean(y, 30.0, 0.95);
    const auto stratified = stratified_mean(std::vector<Stratum>{{"all", 30, y}}, 0.95);

    RC_ASSERT(std::abs(simple->se - stratified->se) < 1e-12);
    RC_ASSERT(std::abs(simple->ci_lo - stratified->ci_lo) < 1e-10);
}

RC_GTEST_PROP(ClusterMean, WithOneAnswerAClusterIsTheSimpleMean, ())
{
    const auto raw = *rc::gen::container<std::vector<int>>(9, evenly(0, 100));
    const std::vector<double> y(raw.begin(), raw.end());
    std::vector<std::size_t> cluster(9);
    for (std::size_t i = 0; i < 9; ++i)
        cluster[i] = i;

    const auto simple = mean(y, 30.0, 0.95);
    const auto clustered = cluster_mean(y, cluster, 9, 30.0, 0.95);

    RC_ASSERT(std::abs(simple->se - clustered->se) < 1e-12);
}

TEST(StratifiedMean, RefusesAStratumWithOneAnswerUnlessItIsAllOfIt)
{
    const std::vector<Stratum> open{{"a", 10, {1, 2}}, {"b", 10, {3}}}, whole{{"a", 10, {1, 2}}, {"b", 1, {3}}};

    EXPECT_EQ(stratified_mean(open, 0.95).error().code, ErrorCode::insufficient_data);
    EXPECT_TRUE(stratified_mean(whole, 0.95));
}

TEST(MultipleResponseOf, CountsNoneOfThemAsAnAnswer)
{
    const std::vector<Ticks> responses{std::vector<std::size_t>{0, 1}, std::vector<std::size_t>{}, std::nullopt,
                                       std::vector<std::size_t>{1}};

    const auto found = multiple_response(responses, 2);

    EXPECT_EQ(found->n_valid, 3U);
    EXPECT_EQ(found->n_missing, 1U);
    EXPECT_DOUBLE_EQ(found->rows[1].pct_cases, 200.0 / 3);
    EXPECT_DOUBLE_EQ(*found->rows[1].pct_responses, 200.0 / 3);
}

/// The example of README.md.
TEST(SurveyReadme, ShowsWhatTheFunctionsAnswer)
{
    const auto share = finite_proportion(31, 49, 342, 0.95);

    ASSERT_TRUE(share);
    EXPECT_NEAR(share->estimate, 0.633, 5e-4);
    EXPECT_NEAR(share->hypergeometric_lo * 342, 169, 1e-9);
    EXPECT_NEAR(share->hypergeometric_hi * 342, 258, 1e-9);

    const std::vector<Ticks> answers{Ticks{{0, 2}}, Ticks{std::vector<std::size_t>{}}, std::nullopt};
    const auto ticked = multiple_response(answers, 3);

    ASSERT_TRUE(ticked);
    EXPECT_EQ(ticked->n_valid, 2u);
    EXPECT_EQ(ticked->n_missing, 1u);
    EXPECT_EQ(ticked->rows[0].count, 1u);
    EXPECT_DOUBLE_EQ(ticked->rows[0].pct_cases, 50);
    EXPECT_DOUBLE_EQ(*ticked->rows[0].pct_responses, 50);
}

} // namespace
} // namespace beproefd::statistics::survey
