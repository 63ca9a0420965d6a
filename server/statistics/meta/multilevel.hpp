// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/linear.hpp"
#include "statistics/outcome.hpp"

#include <span>
#include <vector>

namespace beproefd::statistics::meta {

enum class Likelihood { REML, ML };

struct Multilevel {
    std::vector<double> sigma2; ///< variance between groups, outer level first
    double log_likelihood = 0;  ///< REML with +½ln|X'X|
    double q = 0;               ///< residual heterogeneity of the equal-effects model
    double q_df = 0;
    double q_p = 0;
    std::vector<Coefficient> coefficients; ///< against the normal distribution
    Matrix covariance;
};

/// Effects that belong together: several outcomes of a project, several projects of a municipality.
///
/// y = Xβ + outer + inner + error with known sampling variances v > 0. outer and inner number the groups 0, 1, …;
/// inner counts within outer, so one number in two outer groups is two groups. An empty inner gives one level. Every
/// step is O(groups · p²); no k×k matrix. The maximum is looked for on [0, ∞)², from a grid, by average information
/// steps. Refuses as random_effects does, and with insufficient_data when k ≤ p, when the regressors (the intercept,
/// for one group) tell all outer groups apart, and when each outer group holds one inner group. Source:
/// Konstantopoulos 2011, doi:10.1002/jrsm.35
Outcome<Multilevel> multilevel(std::span<const double> y, std::span<const double> v,
                               std::span<const std::size_t> outer, std::span<const std::size_t> inner,
                               const Design& design, Likelihood likelihood = Likelihood::REML, double level = 0.95);

} // namespace beproefd::statistics::meta
