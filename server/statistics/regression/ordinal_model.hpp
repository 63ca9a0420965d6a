// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/linear.hpp"
#include "statistics/outcome.hpp"

#include <span>

namespace beproefd::statistics {

/// Proportional odds: logit P(Y ≤ j) = threshold_j − xβ. A positive coefficient goes with higher categories.
struct OrdinalModel {
    std::size_t n = 0;
    std::vector<double> thresholds; ///< ascending; one less than the categories
    double log_likelihood = 0;
    std::vector<Coefficient> coefficients; ///< Wald, normal
};

/// Maximum likelihood by Newton's method with step halving; the log-likelihood is concave, so there is one maximum.
///
/// y: category of each row, 0 … categories − 1, each of them occurring. regressors without an intercept.
/// Refuses fewer than two categories (insufficient_data), collinear or constant columns (singular_design), and
/// (quasi-)complete separation, where estimates would be infinite (no_convergence).
/// Source: McCullagh 1980, doi:10.1111/j.2517-6161.1980.tb01109.x; Pratt 1981, doi:10.1080/01621459.1981.10477613
Outcome<OrdinalModel> ordinal_model(std::span<const Regressor> regressors, std::span<const std::size_t> y,
                                    std::size_t categories, double level);

} // namespace beproefd::statistics
