// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/comparison/sample.hpp"

namespace beproefd::statistics {

/// A rank test. Ties share the middle of their ranks.
struct RankTest {
    double statistic = 0; ///< paired: sum of the positive ranks; two samples: rank sum of a minus m(m + 1)/2
    double expected = 0;  ///< its mean under the null hypothesis
    double p = 0;
    bool exact = true;
    std::size_t n = 0;      ///< observations that were ranked
    std::size_t n_zero = 0; ///< paired: zero differences, left out
    bool tied = false;      ///< did ranks have to be shared?
};

/// How the p-value is found.
enum class RankDistribution {
    exact,           ///< refuses with too_large where the exact distribution would take too long
    normal,          ///< variance corrected for ties, no continuity correction
    exact_or_normal, ///< exact where that is feasible, else normal (RankTest::exact tells)
};

/// Wilcoxon's signed-rank test of paired differences (post − pre). Zero differences are dropped.
///
/// The exact distribution given the ties comes from the shift algorithm on twice the ranks, which are whole
/// numbers: O(n · Σ ranks). p two-sided is P(|T − E| ≥ |t − E|).
/// rounding: differences nearer to each other than this are tied (see rounding_of).
/// Refuses when no difference is left.
/// Source: Wilcoxon 1945, doi:10.2307/3001968; Streitberg & Röhmel 1986, Statistical Software Newsletter 12
Outcome<RankTest> signed_rank_test(std::span<const double> differences, double rounding, Alternative alternative,
                                   RankDistribution distribution);

/// The rank-sum test of two samples (Wilcoxon; Mann & Whitney), with the same algorithm: O(m · N · Σ ranks).
/// Refuses an empty sample.
/// Source: Mann & Whitney 1947, doi:10.1214/aoms/1177730491
Outcome<RankTest> rank_sum_test(std::span<const double> a, std::span<const double> b, Alternative alternative,
                                RankDistribution distribution);

} // namespace beproefd::statistics
