// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/regression/linear_model.hpp"
#include "statistics/regression/mixed_model.hpp"
#include "statistics/regression/ordinal_model.hpp"

#include "statistics/philox.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace beproefd::statistics {
namespace {

// datasets::women: height in inches, weight in pounds.
const std::vector<double> weight{115, 117, 120, 123, 126, 129, 132, 135, 139, 142, 146, 150, 154, 159, 164};
Design height_design()
{
    std::vector<double> height;
    for (int inches = 58; inches <= 72; ++inches)
        height.push_back(inches);
    return design_of(std::vector<Regressor>{{"height", height}}, true, height.size());
}

struct Sample {
    std::vector<double> y;
    std::vector<double> x;
    std::vector<std::size_t> groups;

    Design design() const { return design_of(std::vector<Regressor>{{"x", x}}, true, y.size()); }
};

/// Groups of unequal size with an effect of their own.
Sample sample(std::uint64_t seed, double between, std::size_t groups)
{
    PhiloxStream stream{seed, 0};
    Sample sample;
    for (std::size_t g = 0; g < groups; ++g) {
        const double level = between * stream.normal();
        for (std::size_t i = 0; i < 2 + g % 4; ++i) {
            sample.x.push_back(stream.normal() + 0.3 * static_cast<double>(g));
            sample.y.push_back(1 + 0.5 * sample.x.back() + level + stream.normal());
            sample.groups.push_back(g);
        }
    }
    return sample;
}

TEST(LinearModel, AgreesWithRForTheWomen) // lm and sandwich::vcovHC(type = "HC3")
{
    const auto model = linear_model(height_design(), true, weight, Covariance::hc3, {}, 0.95);

    ASSERT_TRUE(model);
    EXPECT_NEAR(model->coefficients[0].estimate, -87.5166666666665, 1e-10);
    EXPECT_NEAR(model->coefficients[0].standard_error, 9.07227237582839, 1e-10);
    EXPECT_NEAR(model->coefficients[1].ci_lo, 3.14494990298549, 1e-12);
    EXPECT_NEAR(*model->r_squared, 0.99100983268575, 1e-13);
}

TEST(LinearModel, GivesHc0WhenEveryRowIsItsOwnCluster)
{
    const Sample data = sample(2, 0.5, 8);
    std::vector<std::size_t> alone(data.y.size());
    for (std::size_t i = 0; i < alone.size(); ++i)
        alone[i] = i;

    const auto hc = linear_model(data.design(), true, data.y, Covariance::hc0, {}, 0.95);
    const auto cr = linear_model(data.design(), true, data.y, Covariance::cr0, alone, 0.95);
    const auto hc2 = linear_model(data.design(), true, data.y, Covariance::hc2, {}, 0.95);
    const auto cr2 = linear_model(data.design(), true, data.y, Covariance::cr2, alone, 0.95);

    ASSERT_TRUE(hc && cr && hc2 && cr2);
    EXPECT_NEAR(hc->coefficients[1].standard_error, cr->coefficients[1].standard_error, 1e-13);
    EXPECT_NEAR(hc2->coefficients[1].standard_error, cr2->coefficients[1].standard_error, 1e-13);
}

TEST(LinearModel, DoesNotDependOnTheUnitOrOriginOfARegressor)
{
    const Sample data = sample(5, 0.5, 9);
    Sample years = data;
    for (double& value : years.x)
        value = 2010 + 1e-3 * value;

    for (const auto vcov : {Covariance::classical, Covariance::hc3, Covariance::cr2}) {
        const auto plain = linear_model(data.design(), true, data.y, vcov, data.groups, 0.95);
        const auto moved = linear_model(years.design(), true, data.y, vcov, data.groups, 0.95);
        ASSERT_TRUE(plain && moved);
        EXPECT_NEAR(moved->coefficients[1].statistic, plain->coefficients[1].statistic, 1e-6);
        EXPECT_NEAR(moved->coefficients[1].df, plain->coefficients[1].df, 1e-5);
    }
}

TEST(LinearModel, RefusesWhatHasNoAnswer)
{
    const std::vector<double> x{1, 2, 3, 4};
    const Design collinear = design_of(std::vector<Regressor>{{"x", x}, {"twice", {2, 4, 6, 8}}}, true, 4);
    const Design full = design_of(std::vector<Regressor>{{"x", {1, 2}}}, true, 2);
    const Design plain = design_of(std::vector<Regressor>{{"x", x}}, true, 4);
    const std::vector<double> y{1, 3, 2, 5};
    const std::vector<std::size_t> one_cluster{0, 0, 0, 0};

    EXPECT_EQ(linear_model(collinear, true, y, Covariance::classical, {}, 0.95).error().code,
              ErrorCode::singular_design);
    EXPECT_EQ(linear_model(full, true, std::vector<double>{1, 2}, Covariance::classical, {}, 0.95).error().code,
              ErrorCode::insufficient_data);
    EXPECT_EQ(linear_model(plain, true, y, Covariance::cr2, one_cluster, 0.95).error().code,
              ErrorCode::insufficient_data);
}

/// One control site, measured before and after: how much control sites differ is not in the data, but how much the
/// treated ones changed is.
TEST(LinearModelOf, AnswersWhatTheClustersDoKnow)
{
    const std::vector<double> y{1, 2, 3, 5, 2, 4, 1, 1, 3}, treated{0, 0, 1, 1, 1, 1, 1, 1, 1};
    const std::vector<std::size_t> site{0, 0, 1, 1, 2, 2, 3, 3, 3};
    const std::array<Regressor, 1> columns{Regressor{"treated", treated}};

    const auto model = linear_model(design_of(columns, true, 9), true, y, Covariance::cr2, site, 0.95);

    ASSERT_TRUE(model);
    EXPECT_EQ(model->without_information, std::vector<std::size_t>{0});
    EXPECT_TRUE(std::isnan(model->coefficients[0].standard_error));
    EXPECT_DOUBLE_EQ(model->coefficients[0].estimate, 1.5);
    EXPECT_TRUE(std::isfinite(model->coefficients[1].standard_error));
}

TEST(MixedModel, IsTheOneWayAnalysisOfVarianceForEqualGroups) // REML = ANOVA estimators when balanced and positive
{
    const std::vector<double> y{1, 2, 3, 6, 7, 9, 4, 4, 6, 0, 2, 2};
    const std::vector<std::size_t> groups{0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3};
    // Group means 2, 22/3, 14/3, 4/3; within mean square 40/3/8 … by hand below.
    double within = 0, between = 0, grand = 46.0 / 12;
    const std::vector<double> means{2, 22.0 / 3, 14.0 / 3, 4.0 / 3};
    for (std::size_t i = 0; i < y.size(); ++i)
        within += std::pow(y[i] - means[groups[i]], 2) / 8;
    for (const double mean : means)
        between += 3 * std::pow(mean - grand, 2) / 3;

    const auto model =
        mixed_model(intercept_only(12), y, groups, Likelihood::restricted, MixedDf::satterthwaite, 0.95);

    ASSERT_TRUE(model);
    EXPECT_NEAR(model->variance_residual, within, 1e-10);
    EXPECT_NEAR(model->variance_group, (between - within) / 3, 1e-10);
    EXPECT_NEAR(model->coefficients[0].df, 3, 1e-8);
    EXPECT_NEAR(model->coefficients[0].standard_error, std::sqrt(between / 12), 1e-10);
}

TEST(MixedModel, EqualsLeastSquaresWhenGroupsDoNotDiffer)
{
    std::size_t at_zero = 0;
    for (std::uint64_t seed = 1; seed < 40; ++seed) {
        const Sample data = sample(seed, 0, 7);
        const auto mixed =
            mixed_model(data.design(), data.y, data.groups, Likelihood::restricted, MixedDf::satterthwaite, 0.95);
        const auto least_squares = linear_model(data.design(), true, data.y, Covariance::classical, {}, 0.95);
        ASSERT_TRUE(mixed && least_squares);
        if (!mixed->boundary)
            continue;
        ++at_zero;
        EXPECT_NEAR(mixed->coefficients[1].estimate, least_squares->coefficients[1].estimate, 1e-12);
        EXPECT_NEAR(mixed->coefficients[1].standard_error, least_squares->coefficients[1].standard_error, 1e-12);
        EXPECT_EQ(mixed->coefficients[1].df, least_squares->df_residual);
    }
    EXPECT_GT(at_zero, 5U);
}

TEST(MixedModel, DoesNotDependOnTheOrderOfRowsOrGroups)
{
    const Sample data = sample(11, 1, 9);
    Sample turned;
    for (std::size_t i = data.y.size(); i-- > 0;) {
        turned.y.push_back(100 - 2 * data.y[i]);
        turned.x.push_back(data.x[i]);
        turned.groups.push_back(8 - data.groups[i]);
    }
    for (const auto df : {MixedDf::satterthwaite, MixedDf::kenward_roger}) {
        const auto plain = mixed_model(data.design(), data.y, data.groups, Likelihood::restricted, df, 0.95);
        const auto other = mixed_model(turned.design(), turned.y, turned.groups, Likelihood::restricted, df, 0.95);
        ASSERT_TRUE(plain && other);
        EXPECT_NEAR(other->variance_group, 4 * plain->variance_group, 1e-8);
        EXPECT_NEAR(other->coefficients[1].statistic, -plain->coefficients[1].statistic, 1e-8);
        EXPECT_NEAR(other->coefficients[1].df, plain->coefficients[1].df, 1e-6);
    }
}

TEST(MixedModel, RefusesDataThatCannotTellGroupsFromResiduals)
{
    const std::vector<double> y{1, 2, 3, 4}, steps{1, 1, 5, 5};
    const auto refused = [](const std::vector<double>& values, std::vector<std::size_t> groups) {
        return mixed_model(intercept_only(values.size()), values, groups, Likelihood::restricted,
                           MixedDf::satterthwaite, 0.95)
            .error()
            .code;
    };

    EXPECT_EQ(refused(y, {0, 0, 0, 0}), ErrorCode::insufficient_data);
    EXPECT_EQ(refused(y, {0, 1, 2, 3}), ErrorCode::insufficient_data);
    EXPECT_EQ(refused(steps, {0, 0, 1, 1}), ErrorCode::no_convergence);
    EXPECT_EQ(refused({2, 2, 2, 2}, {0, 0, 1, 1}), ErrorCode::insufficient_data);
}

TEST(OrdinalModel, WithTwoCategoriesAndAGroupGivesTheLogOddsRatio)
{
    // 3 of 10 high without, 7 of 10 with: θ = ln(7/3), β = ln(7/3) − ln(3/7).
    std::vector<std::size_t> y;
    Regressor treated{"treated", {}};
    for (int group = 0; group < 2; ++group)
        for (int i = 0; i < 10; ++i) {
            y.push_back(i < (group == 0 ? 3 : 7) ? 1 : 0);
            treated.values.push_back(group);
        }

    const auto model = ordinal_model(std::vector{treated}, y, 2, 0.95);

    ASSERT_TRUE(model);
    EXPECT_NEAR(model->thresholds[0], std::log(7.0 / 3), 1e-9);
    EXPECT_NEAR(model->coefficients[0].estimate, 2 * std::log(7.0 / 3), 1e-9);
    EXPECT_NEAR(model->coefficients[0].standard_error, std::sqrt(2 * (1.0 / 3 + 1.0 / 7)), 1e-9);
}

TEST(OrdinalModel, TurnsRoundWhenTheCategoriesDo)
{
    PhiloxStream stream{8, 0};
    Regressor x{"x", {}};
    std::vector<std::size_t> y, turned;
    for (int i = 0; i < 80; ++i) {
        x.values.push_back(stream.normal());
        const double latent = x.values.back() + 2 * stream.normal();
        y.push_back(latent < -1 ? 0 : latent < 1 ? 1 : latent < 2 ? 2 : 3);
        turned.push_back(3 - y.back());
    }

    const auto plain = ordinal_model(std::vector{x}, y, 4, 0.95),
               other = ordinal_model(std::vector{x}, turned, 4, 0.95);

    ASSERT_TRUE(plain && other);
    EXPECT_NEAR(plain->coefficients[0].estimate, -other->coefficients[0].estimate, 1e-9);
    EXPECT_NEAR(plain->thresholds[0], -other->thresholds[2], 1e-9);
    EXPECT_NEAR(plain->log_likelihood, other->log_likelihood, 1e-9);
}

TEST(OrdinalModel, RefusesSeparationAndASingleCategory)
{
    const std::vector<std::size_t> y{0, 0, 0, 1, 1, 1};
    const Regressor x{"x", {1, 2, 3, 4, 5, 6}};

    EXPECT_EQ(ordinal_model(std::vector{x}, y, 2, 0.95).error().code, ErrorCode::no_convergence);
    EXPECT_EQ(ordinal_model(std::vector{x}, std::vector<std::size_t>(6, 0), 1, 0.95).error().code,
              ErrorCode::insufficient_data);
}

} // namespace
} // namespace beproefd::statistics
