// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/survey/proportion.hpp"

#include "statistics/distribution.hpp"

#include <cmath>
#include <optional>

namespace beproefd::statistics::survey {

namespace {

std::optional<Error> check(std::int64_t count, std::int64_t n)
{
    if (n < 0)
        return invalid_data("The number of answers is below zero.", "data.n");
    if (count < 0)
        return invalid_data("The count is below zero.", "data.count");
    if (n == 0)
        return insufficient_data("There are no answers, so there is no share.", "data.n");
    if (count > n)
        return invalid_data("The count is larger than the number of answers.", "data.count");
    return std::nullopt;
}

} // namespace

Outcome<Proportion> proportion(std::int64_t count, std::int64_t n, double level)
{
    if (const auto refused = check(count, n))
        return *refused;
    const double tail = (1 - level) / 2, z = distribution::normal_quantile(1 - tail);
    const auto x = static_cast<double>(count), size = static_cast<double>(n);
    const double p = x / size;
    const double centre = (p + z * z / (2 * size)) / (1 + z * z / size);
    const double half = z / (1 + z * z / size) * std::sqrt(p * (1 - p) / size + z * z / (4 * size * size));
    const bool nobody = count == 0, everybody = count == n;
    return Proportion{
        .estimate = p,
        .wilson_lo = nobody ? 0 : centre - half,
        .wilson_hi = everybody ? 1 : centre + half,
        .clopper_pearson_lo = nobody ? 0 : distribution::beta_quantile(tail, x, size - x + 1),
        .clopper_pearson_hi = everybody ? 1 : distribution::beta_quantile(1 - tail, x + 1, size - x),
        .jeffreys_lo = nobody ? 0 : distribution::beta_quantile(tail, x + 0.5, size - x + 0.5),
        .jeffreys_hi = everybody ? 1 : distribution::beta_quantile(1 - tail, x + 0.5, size - x + 0.5),
    };
}

Outcome<FiniteProportion> finite_proportion(std::int64_t count, std::int64_t n, std::int64_t population, double level)
{
    if (const auto refused = check(count, n))
        return *refused;
    if (population < n)
        return invalid_data("The population is smaller than the sample.", "options.population");

    const auto size = static_cast<double>(n), all = static_cast<double>(population);
    const double p = static_cast<double>(count) / size;
    FiniteProportion result{.estimate = p};
    if (count > 0 && count < n)
        result.se = std::sqrt((1 - size / all) * p * (1 - p) / (size - 1));
    if (n == population) {
        result.hypergeometric_lo = result.hypergeometric_hi = p;
        return result;
    }

    // The tail has to be above, not at, half of alpha: the margin keeps a rounded tie on the right side.
    const double bar = (1 - level) / 2 * (1 + 1e-10);
    std::int64_t low = count, high = population - (n - count);
    while (low < high) { // smallest M with P(X >= count) above the bar; it rises with M
        const auto middle = low + (high - low) / 2;
        if (distribution::hypergeometric_sf(count - 1, middle, n, population) > bar)
            high = middle;
        else
            low = middle + 1;
    }
    result.hypergeometric_lo = static_cast<double>(low) / all;
    low = count, high = population - (n - count);
    while (low < high) { // largest M with P(X <= count) above the bar; it falls with M
        const auto middle = low + (high - low + 1) / 2;
        if (distribution::hypergeometric_cdf(count, middle, n, population) > bar)
            low = middle;
        else
            high = middle - 1;
    }
    result.hypergeometric_hi = static_cast<double>(low) / all;
    return result;
}

} // namespace beproefd::statistics::survey
