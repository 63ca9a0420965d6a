// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/comparison/means.hpp"

#include "statistics/distribution.hpp"
#include "statistics/root.hpp"

#include <cmath>
#include <limits>

namespace beproefd::statistics {
namespace {

Error too_few() { return insufficient_data("A t test needs at least two values in each group."); }

Error does_not_vary()
{
    return insufficient_data("The values do not vary, so there is no standard error to test with.");
}

Error too_extreme() { return invalid_data("The values are too large to be squared and summed."); }

/// Is the standard error nothing but the rounding of numbers of this size?
bool is_rounding(double standard_error, double size)
{
    return !(standard_error > 10 * std::numeric_limits<double>::epsilon() * size);
}

MeanTest test_of(double estimate, double standard_error, double df, Alternative alternative, double level)
{
    MeanTest test{estimate, standard_error, estimate / standard_error, df, 0, {}};
    if (alternative == Alternative::two_sided) {
        const double margin = distribution::t_quantile(0.5 + level / 2, df) * standard_error;
        test.p = distribution::t_two_sided(test.statistic, df);
        test.interval = {estimate - margin, estimate + margin};
        return test;
    }
    const double margin = distribution::t_quantile(level, df) * standard_error;
    if (alternative == Alternative::greater) {
        test.p = distribution::t_sf(test.statistic, df);
        test.interval.lo = estimate - margin;
    } else {
        test.p = distribution::t_cdf(test.statistic, df);
        test.interval.hi = estimate + margin;
    }
    return test;
}

Outcome<StandardisedEffect> standardise(double estimate, double root_of_size, double df, bool small_sample_factor,
                                        Alternative alternative, double level)
{
    const double factor = small_sample_factor ? distribution::hedges_factor(df) : 1;
    if (!(factor > 0))
        return insufficient_data("The small-sample factor needs at least two degrees of freedom.");
    const double t = estimate * root_of_size;
    const double tail = alternative == Alternative::two_sided ? (1 - level) / 2 : 1 - level;
    StandardisedEffect effect{factor * estimate, {}};
    if (alternative != Alternative::less) {
        const auto bound = noncentrality_of_t(t, df, 1 - tail);
        if (!bound)
            return no_convergence("The lower bound of the interval was not found.");
        effect.interval.lo = factor * *bound / root_of_size;
    }
    if (alternative != Alternative::greater) {
        const auto bound = noncentrality_of_t(t, df, tail);
        if (!bound)
            return no_convergence("The upper bound of the interval was not found.");
        effect.interval.hi = factor * *bound / root_of_size;
    }
    return effect;
}

} // namespace

Outcome<MeanTest> one_sample_t(std::span<const double> values, double mu, Alternative alternative, double level)
{
    if (values.size() < 2)
        return too_few();
    const Moments sample = moments(values);
    const double standard_error = std::sqrt(sample.variance / static_cast<double>(sample.n));
    if (!std::isfinite(standard_error))
        return too_extreme();
    if (is_rounding(standard_error, std::abs(sample.mean)))
        return does_not_vary();
    return test_of(sample.mean - mu, standard_error, static_cast<double>(sample.n) - 1, alternative, level);
}

Outcome<MeanTest> welch_t(std::span<const double> a, std::span<const double> b, Alternative alternative, double level)
{
    if (a.size() < 2 || b.size() < 2)
        return too_few();
    const Moments first = moments(a), second = moments(b);
    const double n1 = static_cast<double>(first.n), n2 = static_cast<double>(second.n);
    const double part1 = first.variance / n1, part2 = second.variance / n2;
    const double standard_error = std::sqrt(part1 + part2);
    if (!std::isfinite(standard_error))
        return too_extreme();
    if (is_rounding(standard_error, std::max(std::abs(first.mean), std::abs(second.mean))))
        return does_not_vary();
    // As shares, so that tiny or huge variances do not underflow or overflow when squared.
    const double share1 = part1 / (part1 + part2), share2 = part2 / (part1 + part2);
    const double df = 1 / (share1 * share1 / (n1 - 1) + share2 * share2 / (n2 - 1));
    return test_of(first.mean - second.mean, standard_error, df, alternative, level);
}

Outcome<MeanTest> pooled_t(std::span<const double> a, std::span<const double> b, Alternative alternative,
                           double level)
{
    if (a.empty() || b.empty() || a.size() + b.size() < 3)
        return insufficient_data("A pooled t test needs a value in each group and three values together.");
    const Moments first = moments(a), second = moments(b);
    const double n1 = static_cast<double>(first.n), n2 = static_cast<double>(second.n), df = n1 + n2 - 2;
    const double pooled = ((n1 - 1) * first.variance + (n2 - 1) * second.variance) / df;
    const double standard_error = std::sqrt(pooled * (1 / n1 + 1 / n2));
    if (!std::isfinite(standard_error))
        return too_extreme();
    if (is_rounding(standard_error, std::max(std::abs(first.mean), std::abs(second.mean))))
        return does_not_vary();
    return test_of(first.mean - second.mean, standard_error, df, alternative, level);
}

Outcome<StandardisedEffect> standardised_two_sample(std::span<const double> a, std::span<const double> b,
                                                    bool small_sample_factor, Alternative alternative, double level)
{
    const auto test = pooled_t(a, b, Alternative::two_sided, level);
    if (!test)
        return test.error();
    const double n1 = static_cast<double>(a.size()), n2 = static_cast<double>(b.size());
    const double root_of_size = std::sqrt(n1 * n2 / (n1 + n2));
    return standardise(test->statistic / root_of_size, root_of_size, test->df, small_sample_factor, alternative,
                       level);
}

Outcome<StandardisedEffect> standardised_paired(std::span<const double> differences, bool small_sample_factor,
                                                Alternative alternative, double level)
{
    const auto test = one_sample_t(differences, 0, Alternative::two_sided, level);
    if (!test)
        return test.error();
    const double root_of_size = std::sqrt(static_cast<double>(differences.size()));
    return standardise(test->statistic / root_of_size, root_of_size, test->df, small_sample_factor, alternative,
                       level);
}

std::optional<double> noncentrality_of_t(double t, double df, double probability)
{
    // P(T <= t) falls from 1 to 0 as the noncentrality grows. The side with the smaller tail keeps its accuracy.
    const auto excess = [&](double noncentrality) {
        return probability > 0.5 ? (1 - probability) - distribution::noncentral_t_sf(t, df, noncentrality)
                                 : distribution::noncentral_t_cdf(t, df, noncentrality) - probability;
    };
    const double spread = std::sqrt(1 + t * t / (2 * df));
    return root_from(excess, t - distribution::normal_quantile(probability) * spread, 0.5 * spread, -1e13, 1e13);
}

} // namespace beproefd::statistics
