// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/comparison/contingency.hpp"
#include "statistics/comparison/means.hpp"
#include "statistics/comparison/permutations.hpp"
#include "statistics/comparison/ranks.hpp"

#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

namespace beproefd::statistics {
namespace {

/// Scores on a scale with many ties, between 1 and 12 of them.
std::vector<double> scores()
{
    const auto count = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(1, 13));
    const auto raw =
        *rc::gen::container<std::vector<int>>(count, rc::gen::resize(rc::kNominalSize, rc::gen::inRange(-7, 8)));
    return {raw.begin(), raw.end()};
}

std::vector<double> mapped(std::vector<double> values, double shift, double scale)
{
    for (double& value : values)
        value = shift + scale * value;
    return values;
}

RC_GTEST_PROP(SignedRankProperty, DoesNotDependOnTheUnitOrTheOrder, ())
{
    const auto values = scores();
    const auto plain = signed_rank_test(values, 0, Alternative::two_sided, RankDistribution::exact);
    auto other = mapped(values, 0, 2.5);
    std::reverse(other.begin(), other.end());
    const auto turned = signed_rank_test(other, 1e-12, Alternative::two_sided, RankDistribution::exact);
    RC_ASSERT(plain.has_value() == turned.has_value());
    RC_PRE(plain.has_value());
    RC_ASSERT(plain->statistic == turned->statistic);
    RC_ASSERT(plain->p == turned->p);
    RC_ASSERT(plain->p > 0 && plain->p <= 1);
}

RC_GTEST_PROP(SignedRankProperty, SplitsTheProbabilityBetweenTheSides, ())
{
    const auto values = scores();
    const auto greater = signed_rank_test(values, 0, Alternative::greater, RankDistribution::exact);
    RC_PRE(greater.has_value());
    const auto less = signed_rank_test(mapped(values, 0, -1), 0, Alternative::less, RankDistribution::exact);
    RC_ASSERT(std::abs(greater->p - less->p) < 1e-14);
}

RC_GTEST_PROP(RankSumProperty, DependsOnTheOrderOfTheValuesOnly, ())
{
    const auto a = scores(), b = scores();
    const auto stretched = [](std::vector<double> values) {
        for (double& value : values)
            value = std::exp(value / 3) + value;
        return values;
    };
    const auto plain = rank_sum_test(a, b, Alternative::two_sided, RankDistribution::exact);
    const auto other = rank_sum_test(stretched(a), stretched(b), Alternative::two_sided, RankDistribution::exact);
    RC_ASSERT(plain && other);
    RC_ASSERT(plain->statistic == other->statistic && plain->p == other->p);
}

RC_GTEST_PROP(PermutationProperty, FollowsAShiftAndAScale, ())
{
    const auto a = scores(), b = scores();
    const auto plain = exact_two_sample_test(a, b, Alternative::two_sided);
    const auto moved = exact_two_sample_test(mapped(a, 10, 0.25), mapped(b, 10, 0.25), Alternative::two_sided);
    const auto turned = exact_two_sample_test(b, a, Alternative::two_sided);
    RC_ASSERT(plain && moved && turned);
    RC_ASSERT(std::abs(moved->estimate - plain->estimate / 4) < 1e-12);
    RC_ASSERT(std::abs(plain->p - moved->p) < 1e-13);
    RC_ASSERT(std::abs(plain->p - turned->p) < 1e-13);
}

RC_GTEST_PROP(TTestProperty, HoldsTheEstimateWithinItsInterval, ())
{
    const auto a = scores();
    const auto test = one_sample_t(a, 0, Alternative::two_sided, 0.95);
    RC_PRE(test.has_value());
    RC_ASSERT(*test->interval.lo < test->estimate && test->estimate < *test->interval.hi);
    RC_ASSERT((test->p < 0.05) == (*test->interval.lo > 0 || *test->interval.hi < 0));
}

RC_GTEST_PROP(FisherProperty, HoldsTheEstimateWithinItsInterval, ())
{
    const auto count = [] { return std::int64_t{*rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, 25))}; };
    const TwoByTwo table{{{count(), count()}, {count(), count()}}};
    const auto test = fisher_test(table, Alternative::two_sided, 0.95);
    RC_PRE(test.has_value());
    RC_ASSERT(test->p > 0 && test->p <= 1);
    RC_ASSERT(test->interval.lo && *test->interval.lo >= 0);
    if (test->odds_ratio)
        RC_ASSERT(*test->interval.lo <= *test->odds_ratio &&
                  (!test->interval.hi || *test->odds_ratio <= *test->interval.hi));
}

} // namespace
} // namespace beproefd::statistics
