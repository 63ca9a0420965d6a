// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/survey/mean.hpp"

#include "statistics/distribution.hpp"
#include "statistics/parallel.hpp"

#include <fmt/format.h>

#include <cassert>
#include <cmath>

namespace beproefd::statistics::survey {

namespace {

struct Moments {
    double mean = 0;
    double sum_of_squares = 0; ///< of deviations from the mean
};

Moments moments(std::span<const double> y)
{
    const double mean = ordered_sum(y) / static_cast<double>(y.size());
    std::vector<double> squares(y.size());
    for (std::size_t i = 0; i < y.size(); ++i)
        squares[i] = (y[i] - mean) * (y[i] - mean);
    return {mean, ordered_sum(squares)};
}

void add_interval(Mean& result, double level)
{
    const double t = distribution::t_quantile(1 - (1 - level) / 2, result.df);
    result.ci_lo = result.mean - t * result.se;
    result.ci_hi = result.mean + t * result.se;
}

} // namespace

Outcome<Mean> mean(std::span<const double> y, std::optional<double> population, double level)
{
    const auto n = static_cast<double>(y.size());
    if (population && *population < n)
        return invalid_data("The population is smaller than the sample.", "options.population");
    if (y.size() < 2)
        return insufficient_data("A standard error needs at least two answers.", "data.y");

    const auto [average, squares] = moments(y);
    const double left = population ? 1 - n / *population : 1;
    Mean result{.n = y.size(), .mean = average, .se = std::sqrt(left * squares / (n - 1) / n), .df = n - 1};
    add_interval(result, level);
    if (population) {
        result.total = *population * result.mean;
        result.total_se = *population * result.se;
    }
    return result;
}

Outcome<Mean> stratified_mean(std::span<const Stratum> strata, double level)
{
    if (strata.empty())
        return insufficient_data("There are no strata.", "data.strata");
    double everyone = 0, n = 0, total = 0, variance = 0;
    for (std::size_t h = 0; h < strata.size(); ++h) {
        const auto& stratum = strata[h];
        const auto size = static_cast<double>(stratum.y.size());
        const auto path = fmt::format("data.strata[{}]", h);
        if (stratum.y.empty())
            return insufficient_data(fmt::format("Stratum \"{}\" has no answers.", stratum.name), path);
        if (stratum.population < size)
            return invalid_data(
                fmt::format("The population of stratum \"{}\" is smaller than its sample.", stratum.name),
                path + ".population");
        const auto [average, squares] = moments(stratum.y);
        if (stratum.population > size) {
            if (stratum.y.size() < 2)
                return insufficient_data(
                    fmt::format("Stratum \"{}\" has one answer, so its spread cannot be estimated.", stratum.name),
                    path);
            variance += stratum.population * stratum.population * (1 - size / stratum.population) * squares /
                        (size - 1) / size;
        }
        everyone += stratum.population;
        total += stratum.population * average;
        n += size;
    }
    const double df = n - static_cast<double>(strata.size());
    if (df <= 0)
        return insufficient_data("Every stratum has one answer: no degrees of freedom are left.", "data.y");

    Mean result{
        .n = static_cast<std::size_t>(n), .mean = total / everyone, .se = std::sqrt(variance) / everyone, .df = df};
    add_interval(result, level);
    result.total = total;
    result.total_se = std::sqrt(variance);
    return result;
}

Outcome<Mean> cluster_mean(std::span<const double> y, std::span<const std::size_t> cluster, std::size_t clusters,
                           std::optional<double> population_clusters, double level)
{
    assert(y.size() == cluster.size());
    const auto n = static_cast<double>(y.size()), m = static_cast<double>(clusters);
    if (population_clusters && *population_clusters < m)
        return invalid_data("There are fewer clusters in the population than in the sample.",
                            "options.population_clusters");
    if (clusters < 2)
        return insufficient_data("A standard error needs at least two clusters.", "data.cluster");

    const double average = ordered_sum(y) / n;
    std::vector<double> scores(clusters, 0.0);
    for (std::size_t i = 0; i < y.size(); ++i)
        scores[cluster[i]] += (y[i] - average) / n;
    for (auto& score : scores)
        score *= score;
    const double left = population_clusters ? 1 - m / *population_clusters : 1;
    Mean result{
        .n = y.size(), .mean = average, .se = std::sqrt(left * m / (m - 1) * ordered_sum(scores)), .df = m - 1};
    add_interval(result, level);
    return result;
}

} // namespace beproefd::statistics::survey
