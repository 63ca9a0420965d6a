// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/power/power.hpp"

#include "statistics/distribution.hpp"
#include "statistics/root.hpp"

#include <Eigen/Dense>

#include <cmath>

namespace beproefd::statistics::power {
namespace {

/// P(reject) when the statistic has a noncentral t distribution.
double noncentral_t_power(double noncentrality, double df, double alpha, Alternative alternative)
{
    const double tail = alternative == Alternative::two_sided ? alpha / 2 : alpha;
    const double critical = -distribution::t_quantile(tail, df);
    switch (alternative) {
    case Alternative::greater:
        return distribution::noncentral_t_sf(critical, df, noncentrality);
    case Alternative::less:
        return distribution::noncentral_t_cdf(-critical, df, noncentrality);
    case Alternative::two_sided:
        break;
    }
    return distribution::noncentral_t_sf(critical, df, noncentrality) +
           distribution::noncentral_t_cdf(-critical, df, noncentrality);
}

double normal_power(double shift, double alpha, Alternative alternative)
{
    const double tail = alternative == Alternative::two_sided ? alpha / 2 : alpha;
    const double critical = -distribution::normal_quantile(tail);
    switch (alternative) {
    case Alternative::greater:
        return distribution::normal_cdf(shift - critical);
    case Alternative::less:
        return distribution::normal_cdf(-shift - critical);
    case Alternative::two_sided:
        break;
    }
    return distribution::normal_cdf(shift - critical) + distribution::normal_cdf(-shift - critical);
}

} // namespace

double t_test(TTest type, double n, std::optional<double> n2, double d, double alpha, Alternative alternative)
{
    if (type != TTest::two_sample)
        return noncentral_t_power(d * std::sqrt(n), n - 1, alpha, alternative);
    const double other = n2.value_or(n);
    return noncentral_t_power(d / std::sqrt(1 / n + 1 / other), n + other - 2, alpha, alternative);
}

double anova(double groups, double n, double f, double alpha)
{
    const double df1 = groups - 1, df2 = groups * (n - 1);
    return distribution::noncentral_f_sf(distribution::f_quantile(1 - alpha, df1, df2), df1, df2, groups * n * f * f);
}

double correlation(double n, double r, double alpha, Alternative alternative)
{
    if (alternative == Alternative::less)
        return correlation(n, -r, alpha, Alternative::greater);
    const double tail = alternative == Alternative::two_sided ? alpha / 2 : alpha;
    const double t = distribution::t_quantile(tail, n - 2);
    const double critical = std::atanh(std::sqrt(t * t / (t * t + n - 2)));
    const double z = std::atanh(r) + r / (2 * (n - 1)), root = std::sqrt(n - 3);
    double power = distribution::normal_cdf((z - critical) * root);
    if (alternative == Alternative::two_sided)
        power += distribution::normal_cdf((-z - critical) * root);
    return power;
}

double arcsine_effect(double p1, double p2) { return 2 * std::asin(std::sqrt(p1)) - 2 * std::asin(std::sqrt(p2)); }

double proportions_arcsine(double n, double h, double alpha, Alternative alternative)
{
    return normal_power(h * std::sqrt(n / 2), alpha, alternative);
}

double proportions_normal(double n, double p1, double p2, double alpha, Alternative alternative)
{
    const double tail = alternative == Alternative::two_sided ? alpha / 2 : alpha;
    const double pooled = (p1 + p2) / 2, variance = p1 * (1 - p1) + p2 * (1 - p2);
    const double distance = alternative == Alternative::two_sided ? std::abs(p1 - p2)
                            : alternative == Alternative::greater ? p1 - p2
                                                                  : p2 - p1;
    return distribution::normal_cdf(
        (std::sqrt(n) * distance + distribution::normal_quantile(tail) * std::sqrt(2 * pooled * (1 - pooled))) /
        std::sqrt(variance));
}

ClusterPower cluster(double clusters_per_arm, double cluster_size, double icc, double d, double alpha)
{
    ClusterPower result;
    result.design_effect = 1 + (cluster_size - 1) * icc;
    result.effective_n_per_arm = clusters_per_arm * cluster_size / result.design_effect;
    result.df = 2 * (clusters_per_arm - 1);
    result.noncentrality = d / std::sqrt(2 / result.effective_n_per_arm);
    result.power = noncentral_t_power(result.noncentrality, result.df, alpha, Alternative::two_sided);
    return result;
}

Outcome<double> stepped_wedge_standard_error(const SteppedWedge& design)
{
    using Eigen::Index;
    using Eigen::MatrixXd;
    using Eigen::VectorXd;
    const Index sequences = static_cast<Index>(design.clusters_per_sequence.size()), periods = sequences + 1;
    // Fixed effects: one per period, and the effect last.
    MatrixXd information = MatrixXd::Zero(periods + 1, periods + 1);
    for (Index s = 0; s < sequences; ++s) {
        VectorXd treated = VectorXd::Zero(periods);
        treated.tail(periods - s - 1).setOnes();
        const VectorXd ones = VectorXd::Ones(periods);
        MatrixXd v = MatrixXd::Identity(periods, periods) *
                     (design.residual_variance / design.n_per_cell + design.gamma * design.gamma);
        v += design.tau * design.tau * ones * ones.transpose() +
             design.eta * design.eta * treated * treated.transpose() +
             design.rho * design.tau * design.eta * (ones * treated.transpose() + treated * ones.transpose());
        MatrixXd x(periods, periods + 1);
        x << MatrixXd::Identity(periods, periods), treated;
        const Eigen::LLT<MatrixXd> factor(v);
        if (factor.info() != Eigen::Success)
            return invalid_option("These standard deviations do not make a variance matrix.", "options");
        information += design.clusters_per_sequence[static_cast<std::size_t>(s)] * x.transpose() * factor.solve(x);
    }
    const Eigen::LLT<MatrixXd> periods_only(information.topLeftCorner(periods, periods));
    const VectorXd cross = information.topRightCorner(periods, 1);
    const double own = information(periods, periods);
    const double left = own - cross.dot(periods_only.solve(cross));
    if (periods_only.info() != Eigen::Success || !(left > 1e-10 * own))
        return singular_design("In this design the effect cannot be told from the periods.",
                               "options.clusters_per_sequence");
    return 1 / std::sqrt(left);
}

double wald_power(double effect, double standard_error, double alpha)
{
    return normal_power(std::abs(effect) / standard_error, alpha, Alternative::two_sided);
}

std::optional<double> solve_rising(const std::function<double(double)>& power, double target, double low, double high)
{
    const auto short_of = [&](double value) { return power(value) - target; };
    if (short_of(low) >= 0)
        return low;
    // Double the upper end until the power is there, so that powers far beyond the answer are never asked for.
    double width = std::max(1e-3, std::abs(low)), from = low;
    while (true) {
        const double to = std::min(high, low + width);
        const double value = short_of(to);
        if (std::isnan(value))
            return std::nullopt;
        if (value >= 0)
            return root(short_of, from, to);
        if (to >= high)
            return std::nullopt;
        from = to;
        width *= 2;
    }
}

} // namespace beproefd::statistics::power
