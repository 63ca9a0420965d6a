// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/comparison/contingency.hpp"
#include "statistics/comparison/means.hpp"
#include "statistics/comparison/permutations.hpp"
#include "statistics/comparison/ranks.hpp"

#include "statistics/distribution.hpp"
#include "statistics/philox.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace beproefd::statistics {
namespace {

constexpr auto two_sided = Alternative::two_sided;

// MASS::shoes: wear of two materials on the feet of ten boys (Box, Hunter & Hunter 1978).
const std::vector<double> shoes_a{13.2, 8.2, 10.9, 14.3, 10.7, 6.6, 9.5, 10.8, 8.8, 13.3};
const std::vector<double> shoes_b{14, 8.8, 11.2, 14.2, 11.8, 6.4, 9.8, 11.3, 9.3, 13.6};

// datasets::sleep: extra hours of sleep with two drugs (Student 1908).
const std::vector<double> drug_1{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
const std::vector<double> drug_2{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

std::vector<double> draws(std::uint64_t seed, std::size_t count)
{
    PhiloxStream stream{seed, 0};
    std::vector<double> values(count);
    for (double& value : values)
        value = stream.normal();
    return values;
}

TEST(PairedT, AgreesWithRForTheShoes) // t.test(B, A, paired = TRUE)
{
    const auto test = one_sample_t(differences(shoes_a, shoes_b), 0, two_sided, 0.95);

    ASSERT_TRUE(test);
    EXPECT_NEAR(test->estimate, 0.41, 1e-14);
    EXPECT_NEAR(test->statistic, 3.34887653622158, 1e-12);
    EXPECT_NEAR(test->p, 0.00853878071759894, 1e-14);
    EXPECT_NEAR(*test->interval.lo, 0.133046094200381, 1e-13);
    EXPECT_NEAR(*test->interval.hi, 0.686953905799619, 1e-13);
}

TEST(WelchT, AgreesWithRForStudentsSleepData) // t.test(extra ~ group): t = -1.8608, df = 17.776, p = 0.07939
{
    const auto test = welch_t(drug_1, drug_2, two_sided, 0.95);

    ASSERT_TRUE(test);
    EXPECT_NEAR(test->statistic, -1.8608134674868526, 1e-12);
    EXPECT_NEAR(test->df, 17.776473516178495, 1e-11);
    EXPECT_NEAR(test->p, 0.07939414018735824, 1e-13);
}

TEST(PooledT, EqualsWelchForGroupsOfEqualSizeExceptForItsDegreesOfFreedom)
{
    const auto pooled = pooled_t(drug_1, drug_2, two_sided, 0.95), welch = welch_t(drug_1, drug_2, two_sided, 0.95);

    ASSERT_TRUE(pooled && welch);
    EXPECT_NEAR(pooled->statistic, welch->statistic, 1e-13);
    EXPECT_EQ(pooled->df, 18);
}

TEST(OneSidedT, LeavesTheOtherSideOfItsIntervalOpen)
{
    const auto greater = one_sample_t(shoes_a, 10, Alternative::greater, 0.95);
    const auto less = one_sample_t(shoes_a, 10, Alternative::less, 0.95);

    ASSERT_TRUE(greater && less);
    EXPECT_TRUE(greater->interval.lo && !greater->interval.hi);
    EXPECT_TRUE(!less->interval.lo && less->interval.hi);
    EXPECT_NEAR(greater->p + less->p, 1, 1e-14);
}

TEST(TTests, RefuseOneValueAndValuesThatDoNotVary)
{
    const std::vector<double> one{3}, constant{0.1 + 0.2, 0.3, 0.3}, two{1, 2};

    EXPECT_EQ(one_sample_t(one, 0, two_sided, 0.95).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(one_sample_t(constant, 0, two_sided, 0.95).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(welch_t(one, two, two_sided, 0.95).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(one_sample_t(std::vector<double>{1e308, -1e308}, 0, two_sided, 0.95).error().code,
              ErrorCode::invalid_data);
}

TEST(TTests, FollowAShiftAndAScaleOfTheData)
{
    for (std::uint64_t seed = 1; seed < 20; ++seed) {
        const auto a = draws(seed, 7), b = draws(seed + 100, 9);
        auto moved_a = a, moved_b = b;
        for (auto* values : {&moved_a, &moved_b})
            for (double& value : *values)
                value = 5 + 3 * value;

        const auto plain = welch_t(a, b, two_sided, 0.9), moved = welch_t(moved_a, moved_b, two_sided, 0.9);

        ASSERT_TRUE(plain && moved);
        EXPECT_NEAR(moved->estimate, 3 * plain->estimate, 1e-12);
        EXPECT_NEAR(moved->p, plain->p, 1e-12);
    }
}

TEST(Standardised, AgreesWithRForTheShoes) // effectsize::cohens_d(B, A, paired = TRUE), found there to four digits
{
    const auto d = standardised_paired(differences(shoes_a, shoes_b), false, two_sided, 0.95);
    const auto g = standardised_paired(differences(shoes_a, shoes_b), true, two_sided, 0.95);

    ASSERT_TRUE(d && g);
    EXPECT_NEAR(d->estimate, 1.05900774571556, 1e-12);
    EXPECT_NEAR(*d->interval.lo, 0.256165784416217, 1e-5);
    EXPECT_NEAR(*d->interval.hi, 1.82619037361865, 1e-5);
    EXPECT_NEAR(*g->interval.hi / *d->interval.hi, distribution::hedges_factor(9), 1e-14);
}

TEST(Standardised, PutsTheObservedTOnTheEdgeOfBothBounds)
{
    for (const double t : {-3.0, 0.0, 0.7, 12.0, 300.0})
        for (const double df : {2.0, 9.0, 400.0}) {
            const auto low = noncentrality_of_t(t, df, 0.975), high = noncentrality_of_t(t, df, 0.025);
            ASSERT_TRUE(low && high);
            EXPECT_NEAR(distribution::noncentral_t_sf(t, df, *low), 0.025, 1e-10);
            EXPECT_NEAR(distribution::noncentral_t_cdf(t, df, *high), 0.025, 1e-10);
        }
}

/// All 2ⁿ sign patterns, one by one.
double signed_rank_by_hand(const std::vector<double>& sizes, double observed)
{
    const double expected = std::accumulate(sizes.begin(), sizes.end(), 0.0) / 2;
    double count = 0;
    for (std::uint32_t pattern = 0; pattern < (1U << sizes.size()); ++pattern) {
        double sum = 0;
        for (std::size_t i = 0; i < sizes.size(); ++i)
            sum += (pattern >> i & 1) != 0 ? sizes[i] : 0;
        count += std::abs(sum - expected) >= std::abs(observed - expected) - 1e-9 ? 1 : 0;
    }
    return count / std::exp2(static_cast<double>(sizes.size()));
}

TEST(SignedRank, AgreesWithExactRankTestsForLikertScores) // wilcox.exact(post, pre, paired = TRUE)
{
    const std::vector<double> pre{1, 2, 2, 3, 3, 4, 2}, post{2, 2, 3, 4, 3, 5, 4};

    const auto test =
        signed_rank_test(differences(pre, post), rounding_of(pre, post), two_sided, RankDistribution::exact);

    ASSERT_TRUE(test);
    EXPECT_EQ(test->statistic, 15);
    EXPECT_DOUBLE_EQ(test->p, 0.0625);
    EXPECT_EQ(test->n_zero, 2U);
}

TEST(SignedRank, TakesDifferencesThatAreEqualButForRoundingAsTied)
{
    const auto test = signed_rank_test(differences(shoes_a, shoes_b), rounding_of(shoes_a, shoes_b), two_sided,
                                       RankDistribution::exact);

    ASSERT_TRUE(test);
    EXPECT_EQ(test->statistic, 52);
    EXPECT_DOUBLE_EQ(test->p, signed_rank_by_hand({1, 2, 4, 4, 4, 6.5, 6.5, 8, 9, 10}, 52));
}

TEST(SignedRank, RefusesWhenOnlyZerosAreLeft)
{
    EXPECT_EQ(signed_rank_test(std::vector<double>{0, 0}, 0, two_sided, RankDistribution::exact).error().code,
              ErrorCode::insufficient_data);
}

TEST(RankSum, CountsAllDivisionsWithTies)
{
    const std::vector<double> a{1, 3, 3, 5, 2}, b{2, 3, 6, 6};
    std::vector<double> all{1, 3, 3, 5, 2, 2, 3, 6, 6};
    const std::vector<double> ranks{1, 5, 5, 7, 2.5, 2.5, 5, 8.5, 8.5};
    double count = 0, total = 0;
    const double observed = 1 + 5 + 5 + 7 + 2.5, expected = 25;
    for (unsigned pattern = 0; pattern < 512; ++pattern) {
        double sum = 0;
        int chosen = 0;
        for (unsigned i = 0; i < 9; ++i)
            if ((pattern >> i & 1) != 0) {
                sum += ranks[i];
                ++chosen;
            }
        if (chosen != 5)
            continue;
        ++total;
        count += std::abs(sum - expected) >= std::abs(observed - expected) ? 1 : 0;
    }

    const auto test = rank_sum_test(a, b, two_sided, RankDistribution::exact);

    ASSERT_TRUE(test);
    EXPECT_EQ(test->statistic, observed - 15);
    EXPECT_NEAR(test->p, count / total, 1e-14);
}

TEST(RankSum, GivesTheSameAnswerFromEitherGroup)
{
    for (std::uint64_t seed = 1; seed < 30; ++seed) {
        auto a = draws(seed, 4 + seed % 5), b = draws(seed + 50, 6);
        for (auto* values : {&a, &b})
            for (double& value : *values)
                value = std::round(2 * value);

        const auto one = rank_sum_test(a, b, Alternative::greater, RankDistribution::exact);
        const auto other = rank_sum_test(b, a, Alternative::less, RankDistribution::exact);

        ASSERT_TRUE(one && other);
        EXPECT_NEAR(one->p, other->p, 1e-13);
    }
}

TEST(RankTests, SayWhenTheExactDistributionWouldTakeTooLong)
{
    const auto many = draws(3, 3000);

    EXPECT_EQ(signed_rank_test(many, 0, two_sided, RankDistribution::exact).error().code, ErrorCode::too_large);
    const auto test = signed_rank_test(many, 0, two_sided, RankDistribution::exact_or_normal);
    ASSERT_TRUE(test);
    EXPECT_FALSE(test->exact);
}

TEST(RankTests, ComeNearTheNormalApproximationWithManyRanks)
{
    const auto a = draws(5, 120), b = draws(6, 130);

    const auto exact = rank_sum_test(a, b, two_sided, RankDistribution::exact);
    const auto normal = rank_sum_test(a, b, two_sided, RankDistribution::normal);

    ASSERT_TRUE(exact && normal);
    EXPECT_NEAR(exact->p, normal->p, 0.002);
}

TEST(Permutation, AgreesWithCoinForFourAgainstFour) // oneway_test(distribution = "exact"): 8/70
{
    const std::vector<double> a{6.1, 7.2, 6.8, 7.5}, b{5.9, 6, 6.3, 6.7};

    const auto test = exact_two_sample_test(a, b, two_sided);

    ASSERT_TRUE(test);
    EXPECT_NEAR(test->p, 8.0 / 70, 1e-15);
    EXPECT_EQ(test->arrangements, 70);
}

TEST(Permutation, OfSignsFindsFishersDarwinResult) // Fisher 1935 §21: 1,670 of 32,768 sums, two-sided 2·(835+28)/2¹⁵
{
    const std::vector<double> darwin{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};

    const auto test = exact_sign_flip_test(darwin, two_sided);

    ASSERT_TRUE(test);
    EXPECT_NEAR(test->p, 2 * 863.0 / 32768, 1e-15);
}

TEST(Permutation, CountsTheSameOnAGridAndByHalves)
{
    for (std::uint64_t seed = 1; seed < 25; ++seed) {
        auto values = draws(seed, 13);
        for (double& value : values)
            value = std::round(100 * value) / 100;
        auto off_grid = values; // the same data in another unit, which is on no decimal grid
        for (double& value : off_grid)
            value *= std::sqrt(2.0);
        const auto first = std::span(values).first(6), second = std::span(values).subspan(6);
        const auto off_first = std::span(off_grid).first(6), off_second = std::span(off_grid).subspan(6);
        for (const Alternative side : {two_sided, Alternative::greater, Alternative::less}) {
            EXPECT_NEAR(exact_sign_flip_test(values, side)->p, exact_sign_flip_test(off_grid, side)->p, 1e-14);
            EXPECT_NEAR(exact_two_sample_test(first, second, side)->p,
                        exact_two_sample_test(off_first, off_second, side)->p, 1e-14);
        }
    }
}

TEST(Permutation, DrawnAtRandomComesNearTheExactAnswerOnAnyNumberOfThreads)
{
    const auto d = differences(shoes_a, shoes_b);
    const double exact = exact_sign_flip_test(d, two_sided)->p;

    const auto one = random_sign_flip_test(d, two_sided, 40'000, 7, {.threads = 1});
    const auto four = random_sign_flip_test(d, two_sided, 40'000, 7, {.threads = 4});

    ASSERT_TRUE(one && four);
    EXPECT_EQ(one->p, four->p);
    EXPECT_NEAR(one->p, exact, 5 * std::sqrt(exact / 40'000));
}

TEST(Permutation, RefusesWhatCannotBeEnumerated)
{
    EXPECT_EQ(exact_sign_flip_test(draws(1, 60), two_sided).error().code, ErrorCode::too_large);
    EXPECT_EQ(exact_sign_flip_test({}, two_sided).error().code, ErrorCode::insufficient_data);
}

TEST(Fisher, AgreesWithRForTheLadyTastingTea) // fisher.test: p 0.4857, odds ratio 6.408309
{
    const auto test = fisher_test({{{3, 1}, {1, 3}}}, two_sided, 0.95);

    ASSERT_TRUE(test);
    EXPECT_NEAR(test->p, 34.0 / 70, 1e-14);
    EXPECT_NEAR(*test->odds_ratio, 6.408309, 1e-4);
    EXPECT_NEAR(*test->interval.lo, 0.2117329, 1e-4);
}

TEST(Fisher, SaysWhatAnExtremeTableAllows)
{
    const auto none = fisher_test({{{0, 5}, {5, 5}}}, two_sided, 0.95);
    const auto all = fisher_test({{{5, 0}, {5, 5}}}, two_sided, 0.95);
    const auto empty_row = fisher_test({{{0, 0}, {3, 4}}}, two_sided, 0.95);

    ASSERT_TRUE(none && all && empty_row);
    EXPECT_EQ(*none->odds_ratio, 0);
    EXPECT_EQ(*none->interval.lo, 0);
    EXPECT_TRUE(none->interval.hi);
    EXPECT_FALSE(all->odds_ratio);
    EXPECT_TRUE(all->interval.lo && !all->interval.hi);
    EXPECT_EQ(empty_row->p, 1);
    EXPECT_EQ(fisher_test({}, two_sided, 0.95).error().code, ErrorCode::insufficient_data);
}

TEST(Fisher, TurnsTheOddsRatioRoundWithTheColumns)
{
    const auto plain = fisher_test({{{7, 3}, {4, 11}}}, two_sided, 0.9);
    const auto turned = fisher_test({{{3, 7}, {11, 4}}}, two_sided, 0.9);

    ASSERT_TRUE(plain && turned);
    EXPECT_NEAR(plain->p, turned->p, 1e-14);
    EXPECT_NEAR(*plain->odds_ratio * *turned->odds_ratio, 1, 1e-11);
    EXPECT_NEAR(*plain->interval.lo * *turned->interval.hi, 1, 1e-11);
}

TEST(McNemar, AgreesWithRForApprovalRatings) // example of ?mcnemar.test (Agresti 1990), correct = FALSE
{
    const auto test = mcnemar_test({{{794, 150}, {86, 570}}});

    EXPECT_NEAR(*test.statistic, 64.0 * 64 / 236, 1e-12);
    EXPECT_NEAR(*test.p_asymptotic, distribution::chi2_sf(64.0 * 64 / 236, 1), 1e-16);
    EXPECT_LT(test.p_exact, 4e-5);
}

TEST(McNemar, SaysNothingWhenNobodyChanged)
{
    const auto test = mcnemar_test({{{4, 0}, {0, 5}}});

    EXPECT_EQ(test.p_exact, 1);
    EXPECT_FALSE(test.statistic);
}

} // namespace
} // namespace beproefd::statistics
