// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <optional>
#include <span>

namespace beproefd::statistics {

/// The analyses of several imputed data sets as one.
struct PooledImputations {
    double estimate = 0;
    double standard_error = 0;
    double within = 0;              ///< mean of the squared standard errors
    double between = 0;             ///< variance of the estimates
    double relative_increase = 0;   ///< riv = (1 + 1/m) between / within
    double df = 0;                  ///< infinite when the imputations agree and n is infinite
    double missing_information = 0; ///< fmi
    double ci_lo = 0;
    double ci_hi = 0;
};

/// Rubin's rules. complete_df: residual degrees of freedom of the analysis without missing values (n − k), which
/// gives Barnard & Rubin's degrees of freedom; empty for an infinite sample (Rubin 1987).
/// Refuses fewer than two imputations, complete_df of 0 or less (insufficient_data), and standard errors that are
/// all zero.
/// Source: Rubin 1987, Multiple Imputation for Nonresponse in Surveys; Barnard & Rubin 1999,
/// doi:10.1093/biomet/86.4.948
Outcome<PooledImputations> pool_imputations(std::span<const double> estimates,
                                            std::span<const double> standard_errors,
                                            std::optional<double> complete_df, double level);

} // namespace beproefd::statistics
