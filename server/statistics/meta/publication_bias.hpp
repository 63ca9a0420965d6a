// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/meta/random_effects.hpp"
#include "statistics/parallel.hpp"

namespace beproefd::statistics::meta {

/// What Egger's regression takes as its predictor.
enum class EggerPredictor { sei, vi, ni, ninv, sqrtni, sqrtninv };

struct Egger {
    double statistic = 0;
    double df = 0; ///< infinite for the mixed-effects model
    double p = 0;
    /// The intercept, where the predictor tends to 0 as studies grow; NaN otherwise.
    double limit = 0, limit_ci_lo = 0, limit_ci_hi = 0;
};

/// Do small studies find other effects than large ones? A regression of the effects on a measure of their size.
///
/// weighted: ordinary regression with weights 1/v and its own dispersion, t with k−2 df; otherwise a mixed-effects
/// model with `method`, normal. sizes (persons per study, > 0) is needed for the predictors that start with n or
/// sqrtn. Refuses fewer than 3 studies and predictors that do not vary. Warns below ten studies, where the test finds
/// little. Source: Egger et al. 1997, doi:10.1136/bmj.315.7109.629; Sterne & Egger 2005
Outcome<Egger> egger(std::span<const double> y, std::span<const double> v, std::span<const double> sizes,
                     EggerPredictor predictor, bool weighted, TauMethod method, double level);

struct Begg {
    double tau = 0; ///< Kendall's τ; NaN when either column does not vary
    double p = 0;
    bool exact = false;
};

/// Kendall's rank correlation between (y−μ)/√(v−1/Σw) and v. Exact without ties up to 1,000 studies, else the normal
/// approximation with tie correction and without continuity correction. Refuses fewer than 2 studies.
/// Source: Begg & Mazumdar 1994, doi:10.2307/2533446
Outcome<Begg> begg(std::span<const double> y, std::span<const double> v, const Execution& execution = {});

enum class Side { left, right };
enum class TrimFillEstimator { L0, R0 };

struct TrimFill {
    std::size_t filled = 0; ///< k0
    Side side = Side::left;
    RandomEffects model;            ///< with the filled studies
    std::vector<double> filled_y{}; ///< ascending
};

/// How the pooled effect would be if the funnel were symmetric: mirrors the studies that have no counterpart.
///
/// side: where studies are missing; by default right if the slope of the mixed-effects Egger regression is negative,
/// else left. Refuses fewer than 2 studies. A sensitivity analysis, no correction: heterogeneity looks the same as
/// missing studies. Where studies are filled in, REML, ML and EB end as metafor's refits do, when τ² changes by 1e-5
/// or less. Source: Duval & Tweedie 2000, doi:10.1111/j.0006-341X.2000.00455.x
Outcome<TrimFill> trim_and_fill(std::span<const double> y, std::span<const double> v, TauMethod method,
                                TrimFillEstimator estimator, std::optional<Side> side, double level);

enum class FailSafe { rosenthal, orwin, rosenberg };

/// How many unpublished studies without effect would be needed to undo the finding, rounded up.
///
/// rosenthal: Stouffer's test at one-sided alpha; orwin: the unweighted mean to `target` (half of it by default);
/// rosenberg: the weighted mean at two-sided alpha. Infinite when target is 0.
/// Source: Rosenthal 1979, doi:10.1037/0033-2909.86.3.638; Orwin 1983; Rosenberg 2005
Outcome<double> fail_safe_n(std::span<const double> y, std::span<const double> v, FailSafe type,
                            std::optional<double> target, double alpha = 0.05);

} // namespace beproefd::statistics::meta
