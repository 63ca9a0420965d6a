// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/meta/random_effects.hpp"
#include "statistics/parallel.hpp"

#include <cstdint>

namespace beproefd::statistics::meta {

struct PermutationOptions {
    TauMethod tau_method = TauMethod::REML;
    Test test = Test::normal;
    std::optional<bool>
        exact{}; ///< absent: all permutations when there are no more than `resamples`, else random ones
    std::size_t resamples = 10'000;
    std::uint64_t seed = 20240101;
};

struct Permutation {
    std::size_t permutations = 0; ///< the observed one included
    std::size_t failed = 0;       ///< left out, because the model could not be fitted
    bool exact = false;
    std::vector<double> p; ///< one per coefficient
};

/// How often chance alone gives a coefficient at least as far from 0 as observed, without assuming a distribution.
///
/// Without moderators the signs of the effects are flipped, with moderators the rows of the design are permuted; the
/// statistic is the z (or t) of the model fitted anew, τ² included. p = share of permutations, the observed one
/// included, with |statistic| ≥ |observed| − 1e-9.
/// Refuses what random_effects refuses; an exact test with more than 2^22 permutations is too_large.
/// Source: Higgins & Thompson 2004, doi:10.1002/sim.1752; Follmann & Proschan 1999,
/// doi:10.1111/j.0006-341X.1999.00732.x
Outcome<Permutation> permutation_test(std::span<const double> y, std::span<const double> v, const Design& design,
                                      const PermutationOptions& options, const Execution& execution = {});

} // namespace beproefd::statistics::meta
