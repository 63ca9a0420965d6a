// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/missing/rubin.hpp"

#include "statistics/comparison/sample.hpp"
#include "statistics/distribution.hpp"

#include <cassert>
#include <cmath>
#include <limits>

namespace beproefd::statistics {

Outcome<PooledImputations> pool_imputations(std::span<const double> estimates,
                                            std::span<const double> standard_errors,
                                            std::optional<double> complete_df, double level)
{
    assert(estimates.size() == standard_errors.size());
    if (estimates.size() < 2)
        return insufficient_data("Pooling needs at least two imputations.", "data.estimates");
    if (complete_df && !(*complete_df > 0))
        return insufficient_data("The model leaves no residual degrees of freedom: n must be larger than k.",
                                 "options.n");
    const double m = static_cast<double>(estimates.size());
    const Moments estimate = moments(estimates);

    PooledImputations pooled;
    pooled.estimate = estimate.mean;
    for (const double standard_error : standard_errors)
        pooled.within += standard_error * standard_error / m;
    pooled.between = is_constant(estimate) ? 0 : estimate.variance;
    const double extra = (1 + 1 / m) * pooled.between, total = pooled.within + extra;
    if (!(pooled.within > 0))
        return insufficient_data("All standard errors are zero.", "data.ses");
    if (!std::isfinite(total))
        return invalid_data("The values are too large to be squared and summed.", "data.estimates");
    pooled.standard_error = std::sqrt(total);
    pooled.relative_increase = extra / pooled.within;

    const double share = extra / total; // lambda: what of the total variance is due to missing values
    const double rubin_df = share > 0 ? (m - 1) / (share * share) : std::numeric_limits<double>::infinity();
    pooled.df = rubin_df;
    if (complete_df) {
        const double observed = (*complete_df + 1) / (*complete_df + 3) * *complete_df * (pooled.within / total);
        pooled.df = std::isinf(rubin_df) ? observed : 1 / (1 / rubin_df + 1 / observed);
    }
    pooled.missing_information = (pooled.relative_increase + (std::isinf(pooled.df) ? 0 : 2 / (pooled.df + 3))) /
                                 (pooled.relative_increase + 1);
    const double margin = distribution::t_quantile(0.5 + level / 2, pooled.df) * pooled.standard_error;
    pooled.ci_lo = pooled.estimate - margin;
    pooled.ci_hi = pooled.estimate + margin;
    return pooled;
}

} // namespace beproefd::statistics
