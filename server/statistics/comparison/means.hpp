// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/comparison/sample.hpp"

namespace beproefd::statistics {

/// A difference of means, or of a mean and a given value, in the unit of the data.
struct MeanTest {
    double estimate = 0;
    double standard_error = 0;
    double statistic = 0;
    double df = 0;
    double p = 0;
    Interval interval; ///< the side that the alternative leaves unbounded is empty
};

/// Is the mean of the sample different from mu? estimate and interval are relative to mu. Paired data: give the
/// differences and mu = 0.
/// Refuses fewer than two values and values that do not vary (insufficient_data).
/// Source: Student 1908, doi:10.1093/biomet/6.1.1
Outcome<MeanTest> one_sample_t(std::span<const double> values, double mu, Alternative alternative, double level);

/// mean(a) − mean(b) without assuming equal variances. Two values or more on each side.
/// Source: Welch 1947, doi:10.1093/biomet/34.1-2.28
Outcome<MeanTest> welch_t(std::span<const double> a, std::span<const double> b, Alternative alternative,
                          double level);

/// mean(a) − mean(b) with one variance for both groups; three values or more together, one on each side.
Outcome<MeanTest> pooled_t(std::span<const double> a, std::span<const double> b, Alternative alternative,
                           double level);

/// Which standardised mean difference.
enum class StandardisedMeasure {
    d_pooled,   ///< (mean a − mean b) / pooled standard deviation
    g_pooled,   ///< d_pooled · J(n₁ + n₂ − 2)
    d_paired_z, ///< mean difference / standard deviation of the differences
    g_paired_z, ///< d_paired_z · J(n − 1)
};

struct StandardisedEffect {
    double estimate = 0;
    Interval interval;
};

/// A standardised mean difference with the interval that inverts the noncentral t distribution: the bounds are the
/// noncentralities for which the observed t lies on the edge. For g estimate and bounds are times the exact J.
/// Source: Hedges 1981, doi:10.3102/10769986006002107; Steiger & Fouladi 1997
Outcome<StandardisedEffect> standardised_two_sample(std::span<const double> a, std::span<const double> b,
                                                    bool small_sample_factor, Alternative alternative, double level);

/// The same for differences of pairs (post − pre).
Outcome<StandardisedEffect> standardised_paired(std::span<const double> differences, bool small_sample_factor,
                                                Alternative alternative, double level);

/// The noncentrality at which P(T ≤ t) is probability, for a t distribution with df degrees of freedom.
/// Empty when it cannot be found.
std::optional<double> noncentrality_of_t(double t, double df, double probability);

} // namespace beproefd::statistics
