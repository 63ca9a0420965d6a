// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <optional>
#include <span>

namespace beproefd::statistics::meta {

/// Events and non-events in the treated group (a, b) and the control group (c, d) of one study; counts ≥ 0.
struct Table {
    double a = 0, b = 0, c = 0, d = 0;
};

enum class RatioMeasure { odds_ratio, risk_ratio, risk_difference };

/// A pooled ratio (on the log scale) or difference, without any correction of the cells.
struct PooledTables {
    double estimate = 0, standard_error = 0, ci_lo = 0, ci_hi = 0, p = 0;
    double q = 0, q_p = 0, i2 = 0;
    /// Cochran–Mantel–Haenszel and Breslow–Day–Tarone; odds ratio only, NaN where not defined.
    std::optional<double> cmh, cmh_p, tarone, tarone_p;
};

/// Mantel–Haenszel. Standard errors by Robins, Breslow & Greenland (odds ratio), Greenland & Robins (risk ratio) and
/// Sato (risk difference). Q compares the studies' own estimates, with ½ added to the cells of a study with a zero
/// cell; studies without any event, or with nothing but events, tell nothing and are left out of Q.
/// Refuses negative counts, an empty group, and data without a pooled estimate (insufficient_data).
/// Source: Mantel & Haenszel 1959, doi:10.1093/jnci/22.4.719; Greenland & Robins 1985, doi:10.2307/2530643
Outcome<PooledTables> mantel_haenszel(std::span<const Table> tables, RatioMeasure measure, bool continuity_correction,
                                      double level);

/// Peto's odds ratio, for rare events and groups of about the same size.
/// Source: Yusuf et al. 1985, doi:10.1016/S0033-0620(85)80003-7
Outcome<PooledTables> peto(std::span<const Table> tables, double level);

} // namespace beproefd::statistics::meta
