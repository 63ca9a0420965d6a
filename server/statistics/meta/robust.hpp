// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/meta/multilevel.hpp"
#include "statistics/meta/random_effects.hpp"
#include "statistics/parallel.hpp"

namespace beproefd::statistics::meta {

/// Corrections of the sandwich for few clusters.
enum class ClusterVariance {
    CR0,
    CR1,  ///< CR0 · m/(m−1)
    CR1S, ///< CR0 · m(N−1)/((m−1)(N−p))
    CR2,  ///< unbiased under the working model; Bell & McCaffrey 2002
    CR3,  ///< approximates the jackknife
};

/// A working covariance matrix by cluster: diag(v + inner) plus `outer` within outer groups, `inner` within inner
/// groups.
struct WorkingModel {
    std::vector<double> diagonal;     ///< sampling variance, for rma with τ² added
    std::vector<std::size_t> outer{}; ///< empty without
    std::vector<std::size_t> inner{}; ///< within outer; empty without
    double outer_variance = 0;
    double inner_variance = 0;
};

struct Robust {
    std::size_t clusters = 0;
    std::vector<Coefficient> coefficients;
};

/// Standard errors that hold whatever the dependence within clusters is, with Satterthwaite degrees of freedom.
///
/// beta, covariance: the weighted fit with the working model, p and p×p; cluster numbers 0, 1, …; every random effect
/// lies within one cluster (invalid_data otherwise). Refuses fewer than 2 clusters, and clusters of more than 1,500
/// effects (too_large). Warns when a coefficient has fewer than 4 degrees of freedom: then its p says little.
/// Source: Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004; Tipton 2015, doi:10.1037/met0000011
Outcome<Robust> cluster_robust(std::span<const double> y, const Design& design, std::span<const double> beta,
                               const Matrix& covariance, std::span<const std::size_t> cluster,
                               const WorkingModel& working, ClusterVariance type, double level,
                               const Execution& execution = {});

} // namespace beproefd::statistics::meta
