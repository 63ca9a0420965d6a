// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// What has to hold whatever the data are. The data are random but the same every time (Philox by seed); numbers with
// an outside witness stand in test/statistics/cases.

#include "statistics/meta/bayes.hpp"
#include "statistics/meta/influence.hpp"
#include "statistics/meta/multilevel.hpp"
#include "statistics/meta/permutation.hpp"
#include "statistics/meta/publication_bias.hpp"
#include "statistics/meta/random_effects.hpp"
#include "statistics/meta/robust.hpp"
#include "statistics/meta/tables.hpp"
#include "statistics/philox.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace beproefd::statistics::meta {
namespace {

struct Sample {
    std::vector<double> y, v, x;
};

/// Studies with a heterogeneity, a number and a unit that differ by seed.
Sample sample(std::uint64_t seed)
{
    PhiloxStream random(seed, 0);
    const std::size_t k = 4 + random.index(30);
    const double tau = random.uniform() * 2 - 0.4; // a third has none
    Sample sample;
    for (std::size_t i = 0; i < k; ++i) {
        sample.v.push_back(std::exp(-1 + 1.5 * random.normal()));
        sample.x.push_back(2000 + random.index(20) + random.uniform());
        sample.y.push_back(0.3 + std::max(0.0, tau) * random.normal() + std::sqrt(sample.v[i]) * random.normal());
    }
    return sample;
}

constexpr std::array methods{TauMethod::REML, TauMethod::ML, TauMethod::DL, TauMethod::HE, TauMethod::HS,
                             TauMethod::SJ,   TauMethod::EB, TauMethod::PM, TauMethod::FE};

RandomEffects fit(const Sample& s, TauMethod method, bool moderator = false)
{
    const std::vector<Regressor> x{{"x", s.x}};
    const auto design = moderator ? design_of(x, true, s.y.size()) : intercept_only(s.y.size());
    auto model = random_effects(s.y, s.v, design, {.tau_method = method, .tau2_interval = true});
    EXPECT_TRUE(model) << (model ? "" : model.error().message);
    return std::move(*model);
}

void expect_close(double actual, double expected, double relative = 1e-8, double absolute = 1e-10)
{
    EXPECT_NEAR(actual, expected, absolute + relative * std::abs(expected));
}

class AnyStudies : public testing::TestWithParam<std::uint64_t>
{
};

TEST_P(AnyStudies, MoveTheMeanAndNothingElseWhenShifted)
{
    const auto before = sample(GetParam());
    auto after = before;
    for (double& value : after.y)
        value += 1000;

    for (const auto method : methods)
        for (const bool moderator : {false, true}) {
            const auto a = fit(before, method, moderator), b = fit(after, method, moderator);
            expect_close(b.tau2, a.tau2, 1e-6, 1e-8);
            expect_close(b.q, a.q, 1e-7);
            expect_close(b.coefficients[0].standard_error, a.coefficients[0].standard_error, 1e-6);
            expect_close(b.coefficients[0].estimate - 1000, a.coefficients[0].estimate, 1e-5, 1e-5);
        }
}

TEST_P(AnyStudies, ScaleWithTheirUnit)
{
    const auto before = sample(GetParam());
    for (const double unit : {1e-6, 0.1, 3.0, 1e8}) {
        auto after = before;
        for (double& value : after.y)
            value *= unit;
        for (double& value : after.v)
            value *= unit * unit;
        for (const auto method : methods) {
            const auto a = fit(before, method, true), b = fit(after, method, true);
            expect_close(b.tau2 / unit / unit, a.tau2, 1e-7, 1e-9);
            expect_close(b.coefficients[1].estimate / unit, a.coefficients[1].estimate, 1e-6, 1e-9);
            expect_close(b.i2, a.i2, 1e-7, 1e-6);
            expect_close(b.coefficients[1].p, a.coefficients[1].p, 1e-6, 1e-9);
        }
    }
}

TEST_P(AnyStudies, DoNotDependOnTheirOrder)
{
    const auto before = sample(GetParam());
    std::vector<std::uint32_t> order(before.y.size());
    PhiloxStream{GetParam(), 1}.permutation(order);
    Sample after;
    for (const auto i : order) {
        after.y.push_back(before.y[i]);
        after.v.push_back(before.v[i]);
        after.x.push_back(before.x[i]);
    }
    for (const auto method : methods) {
        const auto a = fit(before, method, true), b = fit(after, method, true);
        expect_close(b.tau2, a.tau2, 1e-7, 1e-9);
        expect_close(b.qm, a.qm, 1e-6, 1e-8);
        expect_close(b.log_likelihood_reml, a.log_likelihood_reml, 1e-8, 1e-8);
    }
}

TEST_P(AnyStudies, HaveNoBetterRestrictedLikelihoodAnywhere)
{
    const auto s = sample(GetParam());
    const auto best = fit(s, TauMethod::REML);

    for (int i = -200; i <= 60; ++i) {
        // The likelihood at another τ²: that τ² added to every variance of an equal-effects model.
        auto other = s;
        const double tau2 = std::exp2(i / 10.0);
        for (double& value : other.v)
            value += tau2;
        EXPECT_LE(fit(other, TauMethod::FE).log_likelihood_reml, best.log_likelihood_reml + 1e-9);
    }
}

TEST_P(AnyStudies, SolveTheEquationsThatDefineThem)
{
    const auto s = sample(GetParam());
    const auto q_at = [&](double tau2) {
        auto other = s;
        for (double& value : other.v)
            value += tau2;
        return fit(other, TauMethod::FE).q;
    };
    const double df = static_cast<double>(s.y.size()) - 1;

    const auto model = fit(s, TauMethod::PM);

    if (model.tau2 > 0)
        expect_close(q_at(model.tau2), df);
    else
        EXPECT_LE(q_at(0), df);
    EXPECT_LE(*model.tau2_lo, *model.tau2_hi);
    EXPECT_EQ(fit(s, TauMethod::EB).tau2, model.tau2);
}

TEST_P(AnyStudies, AreTheSameWithOneLevelAsWithoutLevels)
{
    const auto s = sample(GetParam());
    std::vector<std::size_t> outer(s.y.size()), one(s.y.size(), 0);
    for (std::size_t i = 0; i < outer.size(); ++i)
        outer[i] = i;

    const auto single = fit(s, TauMethod::REML);
    const auto levels = multilevel(s.y, s.v, outer, {}, intercept_only(s.y.size()));

    ASSERT_TRUE(levels);
    expect_close(levels->sigma2[0], single.tau2, 1e-6, 1e-8);
    expect_close(levels->log_likelihood, single.log_likelihood_reml, 1e-9, 1e-9);
    expect_close(levels->coefficients[0].standard_error, single.coefficients[0].standard_error, 1e-7);
}

TEST_P(AnyStudies, GiveTheSameBitsOnAnyNumberOfThreads)
{
    const auto s = sample(GetParam());
    const std::vector<Regressor> x{{"x", s.x}};
    const auto design = design_of(x, true, s.y.size());
    PermutationOptions options;
    options.exact = false;
    options.resamples = 300;
    const auto p = [&](unsigned threads) {
        return permutation_test(s.y, s.v, design, options, {.threads = threads})->p;
    };
    const auto hat = [&](unsigned threads) {
        return influence(s.y, s.v, design, TauMethod::REML, {.threads = threads})->rstudent;
    };

    EXPECT_EQ(p(1), p(2));
    EXPECT_EQ(p(1), p(16));
    EXPECT_EQ(hat(1), hat(16));
}

TEST_P(AnyStudies, GetTheirOwnSandwichWhenEachIsACluster)
{
    // With every study its own cluster CR0 is Σ w²r² / (Σw)².
    const auto s = sample(GetParam());
    const auto model = fit(s, TauMethod::DL);
    WorkingModel working{s.v};
    std::vector<std::size_t> cluster(s.y.size());
    double sum_w = 0, sum = 0;
    for (std::size_t i = 0; i < cluster.size(); ++i) {
        cluster[i] = i;
        working.diagonal[i] += model.tau2;
        const double w = 1 / working.diagonal[i], r = s.y[i] - model.coefficients[0].estimate;
        sum_w += w;
        sum += w * w * r * r;
    }
    const std::vector<double> beta{model.coefficients[0].estimate};

    const auto robust = cluster_robust(s.y, intercept_only(s.y.size()), beta, model.covariance, cluster, working,
                                       ClusterVariance::CR0, 0.95);

    ASSERT_TRUE(robust);
    expect_close(robust->coefficients[0].standard_error, std::sqrt(sum) / sum_w);
}

INSTANTIATE_TEST_SUITE_P(Random, AnyStudies, testing::Range<std::uint64_t>(1, 41));

TEST(RandomEffects, AllAgreeWhenVariancesAreEqual) // then DL, HE, REML, PM and SJ's fixed point are one formula
{
    const std::vector<double> y{0.1, 0.9, -0.4, 1.3, 0.5}, v(5, 0.2);
    const auto tau2 = [&](TauMethod method) {
        return random_effects(y, v, intercept_only(5), {.tau_method = method})->tau2;
    };

    const double expected = 0.442 - 0.2; // the variance of y minus v
    for (const auto method : {TauMethod::DL, TauMethod::HE, TauMethod::REML, TauMethod::PM})
        EXPECT_NEAR(tau2(method), expected, 1e-12);
}

TEST(RandomEffects, RefusesWhatItCannotAnswer)
{
    const std::vector<double> one{0.5}, two{0.5, 0.7}, zero{0.1, 0.0}, v1{0.1}, v2{0.1, 0.2};
    const std::vector<Regressor> constant{{"c", {3, 3}}};

    EXPECT_EQ(random_effects(one, v1, intercept_only(1)).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(random_effects(two, zero, intercept_only(2)).error().code, ErrorCode::invalid_data);
    EXPECT_EQ(random_effects(two, v2, design_of(constant, true, 2)).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(random_effects({}, {}, intercept_only(0)).error().code, ErrorCode::insufficient_data);
    const auto alone = random_effects(one, v1, intercept_only(1), {.tau_method = TauMethod::FE});
    ASSERT_TRUE(alone);
    EXPECT_EQ(alone->coefficients[0].estimate, 0.5);
    EXPECT_EQ(alone.warnings().front().code, "single_study");
}

TEST(RandomEffects, AnswersEqualEffectsAndEqualVariances)
{
    const std::vector<double> y(6, 0.25), v(6, 0.04);

    for (const auto method : methods) {
        const auto model = random_effects(y, v, intercept_only(6), {.tau_method = method});
        ASSERT_TRUE(model);
        EXPECT_EQ(model->tau2, 0);
        EXPECT_DOUBLE_EQ(model->coefficients[0].estimate, 0.25);
    }
}

TEST(PermutationTest, CountsEveryDistinctOrderOnce)
{
    const std::vector<double> y{0.1, 0.5, 0.2, 0.9, 0.4}, v{0.1, 0.2, 0.1, 0.1, 0.3};
    const std::vector<Regressor> x{{"d", {0, 1, 0, 1, 0}}};
    PermutationOptions options;
    options.exact = true;

    const auto flips = permutation_test(y, v, intercept_only(5), options);
    const auto orders = permutation_test(y, v, design_of(x, true, 5), options);

    ASSERT_TRUE(flips && orders);
    EXPECT_EQ(flips->permutations, 32U);
    EXPECT_EQ(orders->permutations, 10U);
}

TEST(PermutationTest, RefusesTooManyExactOnesAndStopsInTime)
{
    std::vector<double> y(40), v(40, 0.1);
    for (std::size_t i = 0; i < y.size(); ++i)
        y[i] = std::sin(static_cast<double>(i));
    PermutationOptions options;
    options.exact = true;
    EXPECT_EQ(permutation_test(y, v, intercept_only(40), options).error().code, ErrorCode::too_large);
    options.exact = false;

    const auto cut_off =
        permutation_test(y, v, intercept_only(40), options, {.threads = 2, .stop = [] { return true; }});

    EXPECT_EQ(cut_off.error().code, ErrorCode::too_large);
}

TEST(Begg, IsExactForFewStudies) // all concordant: 2 of the 4! orders are as extreme
{
    const std::vector<double> y{0.0, 1.0, 3.0, 9.0}, v{0.1, 0.2, 0.3, 0.4};

    const auto found = begg(y, v);

    ASSERT_TRUE(found);
    EXPECT_TRUE(found->exact);
    EXPECT_DOUBLE_EQ(found->tau, 1);
    EXPECT_NEAR(found->p, 2.0 / 24, 1e-14);
}

TEST(MantelHaenszel, GivesTheOddsRatioOfASingleTable)
{
    const std::vector<Table> tables{{12, 8, 5, 15}};

    const auto pooled = mantel_haenszel(tables, RatioMeasure::odds_ratio, true, 0.95);

    ASSERT_TRUE(pooled);
    EXPECT_NEAR(pooled->estimate, std::log(12.0 * 15 / (8 * 5)), 1e-14);
}

TEST(MantelHaenszel, RefusesTablesWithoutEvents)
{
    const std::vector<Table> none{{0, 10, 0, 10}}, negative{{-1, 10, 2, 3}}, empty_group{{0, 0, 2, 3}};

    EXPECT_EQ(mantel_haenszel(none, RatioMeasure::odds_ratio, true, 0.95).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(peto(none, 0.95).error().code, ErrorCode::insufficient_data);
    EXPECT_EQ(peto(negative, 0.95).error().code, ErrorCode::invalid_data);
    EXPECT_EQ(peto(empty_group, 0.95).error().code, ErrorCode::invalid_data);
}

TEST(Bayes, ComesToTheClassicalAnswerWhenTauIsKnownToBeSmall)
{
    const std::vector<double> y{0.2, 0.5, 0.3}, v{0.02, 0.04, 0.03};
    BayesOptions options;
    options.tau_scale = 1e-6;

    const auto found = bayes(y, v, options);
    const auto equal = random_effects(y, v, intercept_only(3), {.tau_method = TauMethod::FE});

    ASSERT_TRUE(found && equal);
    EXPECT_NEAR(found->mean_effect.mean, equal->coefficients[0].estimate, 1e-8);
    EXPECT_NEAR(found->mean_effect.sd, equal->coefficients[0].standard_error, 1e-8);
    EXPECT_NEAR(found->mean_effect.ci_lo, equal->coefficients[0].ci_lo, 1e-7);
}

TEST(Bayes, CopesWithOneStudyAndWithVeryMany)
{
    const std::vector<double> one{0.4}, v1{0.1};
    std::vector<double> many, v_many;
    PhiloxStream random(3, 0);
    for (int i = 0; i < 5'000; ++i) {
        v_many.push_back(0.01);
        many.push_back(0.2 + 0.3 * random.normal() + 0.1 * random.normal());
    }
    BayesOptions options;
    options.tau_prior = TauPrior::half_cauchy;

    const auto alone = bayes(one, v1, options);
    const auto crowd = bayes(many, v_many, options);

    ASSERT_TRUE(alone && crowd);
    EXPECT_TRUE(std::isnan(alone->tau.sd));
    EXPECT_NEAR(alone->mean_effect.median, 0.4, 1e-6);
    EXPECT_NEAR(crowd->tau.mean, 0.3, 0.02);
    EXPECT_LT(crowd->tau.ci_lo, crowd->tau.median);
    EXPECT_NEAR(crowd->tau.ci_hi - crowd->tau.ci_lo, 2 * 1.96 * crowd->tau.sd, 0.02 * crowd->tau.sd);
}

TEST(FailSafeN, IsRoundedUpAndNeverNegative)
{
    const std::vector<double> y{0.3, 0.4, 0.5}, nothing{0.01, -0.01, 0.0}, v{0.01, 0.02, 0.02};

    EXPECT_EQ(*fail_safe_n(nothing, v, FailSafe::rosenthal, {}), 0);
    EXPECT_EQ(*fail_safe_n(y, v, FailSafe::orwin, 0.1), 9); // 3 (0.4 − 0.1)/0.1
    EXPECT_TRUE(std::isinf(*fail_safe_n(y, v, FailSafe::orwin, 0.0)));
}

TEST(ClusterRobust, RefusesLevelsThatCrossClusters)
{
    const std::vector<double> y{1, 2, 3, 4};
    const WorkingModel working{{0.1, 0.1, 0.1, 0.1}, {0, 0, 1, 1}, {}, 0.2, 0};
    const std::vector<std::size_t> across{0, 1, 0, 1}, single{0, 0, 0, 0};
    const std::vector<double> beta{2.5};

    const auto crossed =
        cluster_robust(y, intercept_only(4), beta, Matrix(1, 1, 0.1), across, working, ClusterVariance::CR2, 0.95);
    const auto one =
        cluster_robust(y, intercept_only(4), beta, Matrix(1, 1, 0.1), single, working, ClusterVariance::CR2, 0.95);

    EXPECT_EQ(crossed.error().code, ErrorCode::invalid_data);
    EXPECT_EQ(one.error().code, ErrorCode::insufficient_data);
}

} // namespace
} // namespace beproefd::statistics::meta
