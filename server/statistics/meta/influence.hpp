// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/meta/random_effects.hpp"
#include "statistics/parallel.hpp"

namespace beproefd::statistics::meta {

/// What happens to a model when one study is left out; one value per study, NaN where the rest cannot be fitted.
struct Influence {
    std::vector<double> rstudent; ///< residual from the others' prediction, in its standard error
    std::vector<double> dffits;   ///< change of the fitted value in its standard error
    std::vector<double> cook_d;   ///< change of all coefficients, as a squared distance
    std::vector<double> cov_r;    ///< |covariance without the study| / |covariance|
    std::vector<double> tau2_del; ///< τ² without the study
    std::vector<double> qe_del;   ///< Q without the study
    std::vector<double> hat;      ///< leverage
    std::vector<double> weight;   ///< per cent of the sum of weights
    Matrix dfbs;                  ///< k × p: change of each coefficient in its standard error
    std::vector<bool> influential;
};

/// Deletion diagnostics, with τ² estimated anew in every deletion. Influential is |dffits| > 3√(p/(k−p)), or the
/// lower-tail χ²(p) probability of cook_d > 0.5, or hat > 3p/k, or any |dfbs| > 1.
/// Refuses what random_effects refuses, and fewer than p+2 studies.
/// Source: Viechtbauer & Cheung 2010, doi:10.1002/jrsm.11
Outcome<Influence> influence(std::span<const double> y, std::span<const double> v, const Design& design,
                             TauMethod method, const Execution& execution = {});

/// The pooled effect without each of the studies in turn (a model without moderators).
struct PooledSeries {
    std::vector<double> estimate, standard_error, p, q, tau2, i2, ci_lo, ci_hi;
};

/// Refuses fewer than 2 studies.
Outcome<PooledSeries> leave_one_out(std::span<const double> y, std::span<const double> v,
                                    const RandomEffectsOptions& options, const Execution& execution = {});

/// The pooled effect of the first study, the first two, and so on, sorted by `order` (ties keep their order; empty
/// leaves the order of the data).
Outcome<PooledSeries> cumulative(std::span<const double> y, std::span<const double> v, std::span<const double> order,
                                 const RandomEffectsOptions& options, const Execution& execution = {});

} // namespace beproefd::statistics::meta
