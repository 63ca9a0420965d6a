// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <cstdint>

namespace beproefd::statistics::survey {

/// A share with three intervals, for a sample from a population that is very large.
struct Proportion {
    double estimate = 0;
    double wilson_lo = 0, wilson_hi = 0;
    double clopper_pearson_lo = 0, clopper_pearson_hi = 0;
    double jeffreys_lo = 0, jeffreys_hi = 0;
};

/// How many of n said yes, as a fraction, with Wilson, Clopper-Pearson and Jeffreys intervals at `level`.
///
/// The Jeffreys interval starts at 0 when nobody said yes and ends at 1 when everybody did.
/// Refuses n = 0 and a count above n.
/// Source: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286
Outcome<Proportion> proportion(std::int64_t count, std::int64_t n, double level);

/// A share among a population of known size, sampled without replacement.
struct FiniteProportion {
    double estimate = 0;
    double se = 0; ///< with the finite population correction; 0 when nobody or everybody said yes
    double hypergeometric_lo = 0, hypergeometric_hi = 0;
};

/// As above for `population` units of which n were drawn by simple random sampling.
///
/// The interval holds every share M/N under which what was seen is not too unlikely: its ends are the smallest and
/// the largest M whose hypergeometric tail is above (1 - level) / 2. With n = population there is nothing to infer.
/// Refuses a population below n.
/// Source: Cochran 1977, Sampling Techniques, 3.2 and 3.6 (exact limits)
Outcome<FiniteProportion> finite_proportion(std::int64_t count, std::int64_t n, std::int64_t population,
                                            double level);

} // namespace beproefd::statistics::survey
