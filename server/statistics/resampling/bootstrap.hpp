// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/comparison/sample.hpp"
#include "statistics/parallel.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace beproefd::statistics {

enum class BootstrapStatistic {
    mean,
    standardised_mean, ///< mean / standard deviation
    standard_deviation,
};

using Bounds = std::pair<double, double>;

/// What the bootstrap says about one statistic of one sample, in the unit of the statistic.
struct Bootstrap {
    double observed = 0;                ///< t0
    double bias = 0;                    ///< mean(t*) − t0
    double standard_error = 0;          ///< standard deviation of t*
    std::optional<double> z0;           ///< Φ⁻¹(share of t* strictly below t0); empty when that share is 0 or 1
    std::optional<double> acceleration; ///< empty when the jackknife values do not differ
    Bounds normal;
    Bounds basic;
    Bounds percentile;
    std::optional<Bounds> bca;  ///< empty without z0 or acceleration
    std::size_t resamples = 0;  ///< used
    std::size_t degenerate = 0; ///< resamples without a value (no variation to divide by), left out
    bool extreme = false;       ///< an interval ends at the first or the last resample
};

/// Resamples by their 0-based indices, R rows of n; every index below n.
using ResampleIndex = std::vector<std::vector<std::uint32_t>>;

/// Bootstrap intervals with the resamples given.
///
/// Quantiles: rank (R + 1)α, between neighbouring order statistics interpolated on the normal-quantile scale, ends
/// clamp. normal = 2 t0 − mean(t*) ± z · sd(t*). acceleration = Σl³ / (6 (Σl²)^1.5) over the jackknife.
/// Refuses fewer than two values (three for statistics with a standard deviation), values that do not vary, and
/// fewer than two usable resamples (insufficient_data).
/// Source: Efron 1987, doi:10.1080/01621459.1987.10478410; Davison & Hinkley 1997, §5.3
Outcome<Bootstrap> bootstrap(std::span<const double> values, BootstrapStatistic statistic,
                             const ResampleIndex& resamples, double level);

/// The same with resamples drawn; resample r is a stream of its own, so threads do not matter.
Outcome<Bootstrap> bootstrap(std::span<const double> values, BootstrapStatistic statistic, std::size_t resamples,
                             std::uint64_t seed, double level, const Execution& execution);

} // namespace beproefd::statistics
