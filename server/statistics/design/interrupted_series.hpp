// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/linear.hpp"
#include "statistics/outcome.hpp"

#include <optional>
#include <span>

namespace beproefd::statistics {

/// What is asked of an interrupted time series.
struct SeriesModel {
    enum class Family { gaussian, quasipoisson } family = Family::gaussian;
    bool slope_change = true;                    ///< the term (time − start)·post
    std::optional<std::size_t> newey_west_lag{}; ///< empty: classical standard errors
    std::size_t start = 0;                       ///< first time after the change, 1-based
    std::size_t harmonics = 0;                   ///< pairs of sine and cosine
    double season_period = 0;                    ///< length of a season in points, when there are harmonics
    bool normal_interval = false;                ///< intervals from the normal distribution; p is always from t
    double level = 0.95;
};

/// One observed point. time counts 1, 2, … through the whole series, so gaps keep their length.
struct SeriesPoint {
    double time = 0;
    double y = 0;
    double season_index = 0; ///< place in the season, in points
    double log_exposure = 0; ///< offset; quasipoisson only
};

struct InterruptedSeries {
    std::size_t n = 0;
    double df_residual = 0;
    bool perfect_fit = false;              ///< what is left is rounding: standard errors say nothing
    std::vector<Coefficient> coefficients; ///< (intercept), time, level_change and, when asked, slope_change
    std::vector<Coefficient> harmonics;    ///< sin_1, cos_1, …
    std::optional<double> durbin_watson;   ///< gaussian, without gaps
    std::optional<double> dispersion;      ///< quasipoisson: Pearson χ² over the residual degrees of freedom
};

/// Segmented regression: y = level before + time·trend + level_change·post + slope_change·(time − start)·post,
/// least squares or Poisson with a log link and a free dispersion. Newey–West: Bartlett weights, no prewhitening,
/// no small-sample factor; a missing point counts as score 0 at its time.
///
/// Refuses a start outside 2 … last time, terms that cannot be told apart (singular_design), no residual degrees of
/// freedom, and counts that are all zero (or zero in a whole segment: no_convergence).
/// Source: Wagner et al. 2002, doi:10.1046/j.1365-2710.2002.00430.x; Lopez Bernal et al. 2017,
/// doi:10.1093/ije/dyw098; Newey & West 1987, doi:10.2307/1913610
Outcome<InterruptedSeries> interrupted_series(std::span<const SeriesPoint> points, const SeriesModel& model);

/// floor(4 (n/100)^(2/9)), the customary lag.
std::size_t customary_lag(std::size_t n);

} // namespace beproefd::statistics
