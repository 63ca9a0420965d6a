// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/comparison/sample.hpp"

#include <array>
#include <cstdint>

namespace beproefd::statistics {

/// Counts of a 2×2 table by row: {{a, b}, {c, d}}. None may be negative.
using TwoByTwo = std::array<std::array<std::int64_t, 2>, 2>;

struct FisherTest {
    double p = 0;
    std::optional<double> odds_ratio; ///< conditional maximum likelihood; empty when infinite or not estimable
    Interval interval;                ///< conditional exact; hi empty when unbounded
};

/// Fisher's exact test of independence given the margins.
///
/// p two-sided is the sum of the probabilities of tables that are not more probable than the observed one (with a
/// factor 1 + 1e-7 for rounding). The odds ratio maximises the noncentral hypergeometric likelihood; its interval
/// inverts the two one-sided tests. A table with an empty row or column says nothing: p is 1, the interval is
/// (0, ∞) and there is no odds ratio.
/// Refuses an empty table (insufficient_data).
/// Source: Fisher 1935, doi:10.2307/2342435; Cornfield 1956; as in R's fisher.test
Outcome<FisherTest> fisher_test(const TwoByTwo& table, Alternative alternative, double level);

struct McNemarTest {
    double p_exact = 1;                 ///< binomial
    std::optional<double> statistic;    ///< (b − c)²/(b + c); empty without discordant pairs
    std::optional<double> p_asymptotic; ///< χ² with one degree of freedom, no continuity correction
};

/// Did as many pairs change one way as the other? Only the discordant cells count.
/// Source: McNemar 1947, doi:10.1007/BF02295996
McNemarTest mcnemar_test(const TwoByTwo& table);

} // namespace beproefd::statistics
