// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/effect/effect_size.hpp"

#include "statistics/distribution.hpp"

#include <cmath>
#include <limits>

namespace beproefd::statistics::effect {
namespace {

/// Both numbers, or neither.
Effect usable(double value, double variance)
{
    if (std::isfinite(value) && std::isfinite(variance) && variance >= 0)
        return {value, variance};
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    return {nan, nan};
}

double square(double x) { return x * x; }

} // namespace

Effect mean_difference(const Group& first, const Group& second)
{
    return usable(first.mean - second.mean,
                  square(first.standard_deviation) / first.n + square(second.standard_deviation) / second.n);
}

Effect standardised_mean_difference(const Group& first, const Group& second)
{
    const double n = first.n + second.n, df = n - 2;
    const double pooled = std::sqrt(
        ((first.n - 1) * square(first.standard_deviation) + (second.n - 1) * square(second.standard_deviation)) / df);
    const double g = distribution::hedges_factor(df) * (first.mean - second.mean) / pooled;
    return usable(g, 1 / first.n + 1 / second.n + square(g) / (2 * n));
}

Effect log_ratio_of_means(const Group& first, const Group& second)
{
    return usable(std::log(first.mean / second.mean),
                  square(first.standard_deviation) / (first.n * square(first.mean)) +
                      square(second.standard_deviation) / (second.n * square(second.mean)));
}

Effect log_risk_ratio(const TwoByTwo& t)
{
    const double n1 = t.a + t.b, n2 = t.c + t.d;
    return usable(std::log(t.a / n1) - std::log(t.c / n2), 1 / t.a - 1 / n1 + 1 / t.c - 1 / n2);
}

Effect log_odds_ratio(const TwoByTwo& t)
{
    return usable(std::log(t.a) + std::log(t.d) - std::log(t.b) - std::log(t.c),
                  1 / t.a + 1 / t.b + 1 / t.c + 1 / t.d);
}

Effect risk_difference(const TwoByTwo& t)
{
    const double n1 = t.a + t.b, n2 = t.c + t.d, p1 = t.a / n1, p2 = t.c / n2;
    return usable(p1 - p2, p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2);
}

Effect arcsine_difference(const TwoByTwo& t)
{
    const double n1 = t.a + t.b, n2 = t.c + t.d;
    return usable(std::asin(std::sqrt(t.a / n1)) - std::asin(std::sqrt(t.c / n2)), 1 / (4 * n1) + 1 / (4 * n2));
}

Effect peto_log_odds_ratio(const TwoByTwo& t)
{
    const double n1 = t.a + t.b, n2 = t.c + t.d, n = n1 + n2, events = t.a + t.c;
    const double variance = n1 * n2 * events * (n - events) / (square(n) * (n - 1));
    return usable((t.a - events * n1 / n) / variance, 1 / variance);
}

Effect mean_change(const Change& c)
{
    return usable(c.post - c.pre,
                  (square(c.first_sd) + square(c.second_sd) - 2 * c.correlation * c.first_sd * c.second_sd) / c.n);
}

Effect standardised_by_change(const Change& c)
{
    const double sd =
        std::sqrt(square(c.first_sd) + square(c.second_sd) - 2 * c.correlation * c.first_sd * c.second_sd);
    const double value = distribution::hedges_factor(c.n - 1) * (c.post - c.pre) / sd;
    return usable(value, 1 / c.n + square(value) / (2 * c.n));
}

Effect standardised_by_raw(const Change& c)
{
    const double value = distribution::hedges_factor(c.n - 1) * (c.post - c.pre) / c.first_sd;
    return usable(value, 2 * (1 - c.correlation) / c.n + square(value) / (2 * c.n));
}

Effect correlation(double r, double n) { return usable(r, square(1 - square(r)) / (n - 1)); }

Effect fisher_z(double r, double n) { return usable(std::atanh(r), 1 / (n - 3)); }

Effect proportion(double x, double n)
{
    const double p = x / n;
    return usable(p, p * (1 - p) / n);
}

Effect logit_proportion(double x, double n) { return usable(std::log(x / (n - x)), 1 / x + 1 / (n - x)); }

Effect double_arcsine_proportion(double x, double n)
{
    return usable(0.5 * (std::asin(std::sqrt(x / (n + 1))) + std::asin(std::sqrt((x + 1) / (n + 1)))),
                  1 / (4 * n + 2));
}

Effect arcsine_proportion(double x, double n) { return usable(std::asin(std::sqrt(x / n)), 1 / (4 * n)); }

} // namespace beproefd::statistics::effect
