// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace beproefd::statistics::survey {

/// A mean of a finite population, in the unit of the answers.
struct Mean {
    std::size_t n = 0;
    double mean = 0;
    double se = 0; ///< with the finite population correction where the population is known
    double df = 0; ///< degrees of freedom of the t interval
    double ci_lo = 0, ci_hi = 0;
    std::optional<double> total{}, total_se{}; ///< when the population is known
};

/// The mean of a simple random sample. Without a population: as if it were very large.
/// Refuses fewer than two answers and a population below n.
/// Source: Cochran 1977, Sampling Techniques, 2.6
Outcome<Mean> mean(std::span<const double> y, std::optional<double> population, double level);

/// One layer of a population: its size, and the answers drawn from it.
struct Stratum {
    std::string name;
    double population = 0;
    std::vector<double> y{};
};

/// The mean of a population from random samples within strata, each stratum weighted by its size; df = n - H.
///
/// A stratum with one answer is refused unless that is the whole stratum: its spread cannot be known.
/// Refuses a stratum without answers, because what it would have said is not known.
/// Source: Cochran 1977, 5.3-5.5
Outcome<Mean> stratified_mean(std::span<const Stratum> strata, double level);

/// The mean over clusters that were drawn at random (schools, municipalities), every answer with equal weight;
/// linearised ratio estimate, df = clusters - 1. `cluster` numbers the cluster of each answer, from 0.
/// Refuses fewer than two clusters and a population of clusters below those drawn.
/// Source: Cochran 1977, 9A; Lumley 2010, Complex Surveys, appendix C
Outcome<Mean> cluster_mean(std::span<const double> y, std::span<const std::size_t> cluster, std::size_t clusters,
                           std::optional<double> population_clusters, double level);

} // namespace beproefd::statistics::survey
