// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/cost/cost.hpp"

#include "statistics/distribution.hpp"
#include "statistics/parallel.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace beproefd::statistics::cost {

namespace {

double mean(std::span<const double> values) { return ordered_sum(values) / static_cast<double>(values.size()); }

/// Covariance of two means over the same people.
double covariance_of_means(std::span<const double> x, std::span<const double> y)
{
    const double mean_x = mean(x), mean_y = mean(y);
    std::vector<double> products(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        products[i] = (x[i] - mean_x) * (y[i] - mean_y);
    const auto n = static_cast<double>(x.size());
    return ordered_sum(products) / (n - 1) / n;
}

} // namespace

std::string_view name(RatioInterval kind)
{
    switch (kind) {
    case RatioInterval::finite:
        return "finite";
    case RatioInterval::outside:
        return "outside";
    case RatioInterval::unbounded:
        return "unbounded";
    }
    return "unbounded";
}

Outcome<Effectiveness> effectiveness(Arm treated, Arm control, std::optional<double> willingness_to_pay, double level)
{
    assert(treated.cost.size() == treated.effect.size() && control.cost.size() == control.effect.size());
    if (treated.cost.size() < 2)
        return insufficient_data("The treated arm needs at least two people.", "data.cost_treated");
    if (control.cost.size() < 2)
        return insufficient_data("The control arm needs at least two people.", "data.cost_control");

    Effectiveness result;
    const double cost = result.delta_cost = mean(treated.cost) - mean(control.cost);
    const double effect = result.delta_effect = mean(treated.effect) - mean(control.effect);
    const double variance_cost =
        covariance_of_means(treated.cost, treated.cost) + covariance_of_means(control.cost, control.cost);
    const double variance_effect =
        covariance_of_means(treated.effect, treated.effect) + covariance_of_means(control.effect, control.effect);
    const double covariance =
        covariance_of_means(treated.cost, treated.effect) + covariance_of_means(control.cost, control.effect);
    if (effect != 0)
        result.icer = cost / effect;

    // Fieller: the ratios R with (cost - R effect)^2 <= z^2 Var(cost - R effect), a quadratic in R.
    const double z = distribution::normal_quantile(1 - (1 - level) / 2), z2 = z * z;
    const double a = effect * effect - z2 * variance_effect, half_b = cost * effect - z2 * covariance,
                 c = cost * cost - z2 * variance_cost, discriminant = half_b * half_b - a * c;
    if (a != 0 && discriminant >= 0) {
        // The larger root in size first, the other by their product: no cancellation.
        const double q = half_b + std::copysign(std::sqrt(discriminant), half_b);
        const double one = q / a, other = q == 0 ? one : c / q;
        const auto [lo, hi] = std::minmax(one, other);
        if (a > 0) {
            result.icer_ci_type = RatioInterval::finite;
            result.icer_ci_lo = lo, result.icer_ci_hi = hi;
        } else {
            result.icer_ci_type = RatioInterval::outside;
            result.icer_excluded_lo = lo, result.icer_excluded_hi = hi;
        }
    }

    if (willingness_to_pay) {
        const double price = *willingness_to_pay;
        const double inb = price * effect - cost;
        const double se =
            std::sqrt(std::max(0.0, price * price * variance_effect + variance_cost - 2 * price * covariance));
        result.inb = inb;
        result.inb_se = se;
        result.inb_ci_lo = inb - z * se;
        result.inb_ci_hi = inb + z * se;
        if (se > 0)
            result.prob_cost_effective = distribution::normal_cdf(inb / se);
        else
            result.prob_cost_effective = inb > 0 ? 1.0 : inb < 0 ? 0.0 : 0.5;
    }
    return result;
}

double present_value(std::span<const double> amounts, double rate, double first_year)
{
    std::vector<double> discounted(amounts.size());
    for (std::size_t t = 0; t < amounts.size(); ++t)
        discounted[t] = amounts[t] / std::pow(1 + rate, first_year + static_cast<double>(t));
    return ordered_sum(discounted);
}

} // namespace beproefd::statistics::cost
