// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/regression/linear_model.hpp"
#include "statistics/regression/mixed_model.hpp"

#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

namespace beproefd::statistics {
namespace {

struct Rows {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<std::size_t> groups;

    Design design() const { return design_of(std::vector<Regressor>{{"x", x}}, true, x.size()); }
};

/// Three to seven groups of one to six rows, with values in tenths.
Rows any_rows()
{
    const auto within = [](int low, int high) {
        return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high));
    };
    Rows rows;
    const int groups = within(3, 8);
    for (int g = 0; g < groups; ++g) {
        const double level = within(-20, 21);
        for (int i = within(1, 7); i > 0; --i) {
            rows.x.push_back(within(-50, 51) / 10.0);
            rows.y.push_back((level + within(-30, 31)) / 10.0);
            rows.groups.push_back(static_cast<std::size_t>(g));
        }
    }
    return rows;
}

bool near(double a, double b, double relative)
{
    return std::abs(a - b) <= relative * (1 + std::abs(a) + std::abs(b));
}

RC_GTEST_PROP(LinearModelProperty, FollowsAShiftAndAScaleOfTheOutcome, ())
{
    const Rows rows = any_rows();
    auto moved = rows.y;
    for (double& value : moved)
        value = 3 - 2 * value;
    for (const auto kind : {Covariance::classical, Covariance::hc3, Covariance::cr2}) {
        const auto plain = linear_model(rows.design(), true, rows.y, kind, rows.groups, 0.95);
        const auto other = linear_model(rows.design(), true, moved, kind, rows.groups, 0.95);
        RC_ASSERT(plain.has_value() == other.has_value());
        if (!plain || plain->perfect_fit)
            continue;
        RC_ASSERT(near(other->coefficients[1].estimate, -2 * plain->coefficients[1].estimate, 1e-9));
        RC_ASSERT(near(other->coefficients[1].standard_error, 2 * plain->coefficients[1].standard_error, 1e-8));
        RC_ASSERT(near(other->coefficients[1].df, plain->coefficients[1].df, 1e-8));
    }
}

RC_GTEST_PROP(LinearModelProperty, GivesSatterthwaiteAtMostAsManyDegreesOfFreedomAsClusters, ())
{
    const Rows rows = any_rows();
    const auto model = linear_model(rows.design(), true, rows.y, Covariance::cr2, rows.groups, 0.95);
    RC_PRE(model.has_value());
    for (const Coefficient& row : model->coefficients)
        RC_ASSERT(row.df > 0 && row.df <= static_cast<double>(model->clusters) + 1e-6);
}

RC_GTEST_PROP(MixedModelProperty, HasALikelihoodNoLowerThanWithoutGroups, ())
{
    const Rows rows = any_rows();
    const auto mixed =
        mixed_model(rows.design(), rows.y, rows.groups, Likelihood::full, MixedDf::satterthwaite, 0.95);
    const auto plain = linear_model(rows.design(), true, rows.y, Covariance::classical, {}, 0.95);
    RC_PRE(mixed.has_value() && plain.has_value() && !plain->perfect_fit);
    const double n = static_cast<double>(rows.y.size());
    const double variance = plain->sigma * plain->sigma * plain->df_residual / n;
    RC_ASSERT(mixed->log_likelihood >= -0.5 * n * (std::log(2 * 3.14159265358979323846 * variance) + 1) - 1e-7);
    RC_ASSERT(mixed->variance_group >= 0 && mixed->variance_residual > 0);
}

RC_GTEST_PROP(MixedModelProperty, DoesNotDependOnTheOrderOfRows, ())
{
    const Rows rows = any_rows();
    Rows turned = rows;
    std::reverse(turned.x.begin(), turned.x.end());
    std::reverse(turned.y.begin(), turned.y.end());
    std::reverse(turned.groups.begin(), turned.groups.end());
    for (const auto df : {MixedDf::satterthwaite, MixedDf::kenward_roger}) {
        const auto plain = mixed_model(rows.design(), rows.y, rows.groups, Likelihood::restricted, df, 0.95);
        const auto other = mixed_model(turned.design(), turned.y, turned.groups, Likelihood::restricted, df, 0.95);
        RC_ASSERT(plain.has_value() == other.has_value());
        if (!plain)
            continue;
        RC_ASSERT(near(plain->log_likelihood, other->log_likelihood, 1e-8));
        RC_ASSERT(near(plain->coefficients[1].standard_error, other->coefficients[1].standard_error, 1e-6));
    }
}

} // namespace
} // namespace beproefd::statistics
