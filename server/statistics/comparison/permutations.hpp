// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/comparison/sample.hpp"
#include "statistics/parallel.hpp"

#include <cstdint>

namespace beproefd::statistics {

/// A difference in means judged against all ways the data could have been labelled.
struct PermutationTest {
    double estimate = 0;
    double p = 0;
    bool exact = true;
    double arrangements = 0; ///< how many were, in effect, enumerated, or drawn (the observed one included)
};

/// Exact test by sign flips of paired differences: p = P(|mean| ≥ |observed mean|) over all 2ⁿ flips.
///
/// Data on a decimal grid are counted by dynamic programming over whole numbers, other data by meet in the middle:
/// the sums of two halves, sorted, O(n · 2^(n/2)). Sums within rounding of the observed one count as equal.
/// Refuses no differences (insufficient_data), and more than can be enumerated (too_large).
/// Source: Fisher 1935, The Design of Experiments, §21; Streitberg & Röhmel 1986; Horowitz & Sahni 1974
Outcome<PermutationTest> exact_sign_flip_test(std::span<const double> differences, Alternative alternative);

/// Exact test of mean(a) − mean(b) over all N!/(m!(N−m)!) divisions of the values in groups of these sizes.
/// Source: Pitman 1937, doi:10.2307/2984124
Outcome<PermutationTest> exact_two_sample_test(std::span<const double> a, std::span<const double> b,
                                               Alternative alternative);

/// The same with random flips or divisions: (1 + those at least as far out) / (1 + resamples).
/// Source: Phipson & Smyth 2010, doi:10.2202/1544-6115.1585
Outcome<PermutationTest> random_sign_flip_test(std::span<const double> differences, Alternative alternative,
                                               std::size_t resamples, std::uint64_t seed, const Execution& execution);
Outcome<PermutationTest> random_two_sample_test(std::span<const double> a, std::span<const double> b,
                                                Alternative alternative, std::size_t resamples, std::uint64_t seed,
                                                const Execution& execution);

} // namespace beproefd::statistics
