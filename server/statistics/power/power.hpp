// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/comparison/sample.hpp"
#include "statistics/outcome.hpp"

#include <functional>
#include <optional>
#include <vector>

/// Power of planned tests, in closed form. A power function takes sizes as real numbers, so that it can be solved
/// for them; nothing here looks at data.
namespace beproefd::statistics::power {

enum class TTest { two_sample, paired, one_sample };

/// Power of a t test for a standardised difference d. n per group (two_sample) or pairs or persons; n2 the size of
/// the second group, when that differs. Both tails count when two-sided.
/// Source: Cohen 1988, Statistical Power Analysis, ch. 2
double t_test(TTest type, double n, std::optional<double> n2, double d, double alpha, Alternative alternative);

/// Power of the F test of equal means for Cohen's f, n per group.
double anova(double groups, double n, double f, double alpha);

/// Power of the test of a correlation r, by Fisher's z with bias term r/(2(n − 1)) and the critical r of the t test.
/// n > 3.
double correlation(double n, double r, double alpha, Alternative alternative);

/// Power of the comparison of two proportions by the arcsine transformation; h = 2 arcsin√p1 − 2 arcsin√p2,
/// n per group.
double proportions_arcsine(double n, double h, double alpha, Alternative alternative);
double arcsine_effect(double p1, double p2);

/// The same by the normal approximation with the pooled variance under the null hypothesis, one tail.
double proportions_normal(double n, double p1, double p2, double alpha, Alternative alternative);

/// Two arms of whole clusters, analysed by a t test of cluster means.
struct ClusterPower {
    double design_effect = 1; ///< 1 + (m − 1)ρ
    double effective_n_per_arm = 0;
    double df = 0; ///< 2(J − 1)
    double noncentrality = 0;
    double power = 0; ///< both tails
};
/// clusters per arm (J > 1), members per cluster (m), intraclass correlation ρ, standardised effect d.
/// Source: Donner & Klar 2000, Design and Analysis of Cluster Randomization Trials
ClusterPower cluster(double clusters_per_arm, double cluster_size, double icc, double d, double alpha);

/// A stepped wedge: S sequences of clusters and S + 1 periods; sequence s crosses over after period s + 1.
struct SteppedWedge {
    std::vector<double> clusters_per_sequence;
    double n_per_cell = 1;        ///< persons per cluster and period
    double residual_variance = 1; ///< of a person, given cluster and period
    double tau = 0;               ///< standard deviation between clusters
    double eta = 0;               ///< of the effect between clusters
    double gamma = 0;             ///< of cluster-periods
    double rho = 0;               ///< correlation of cluster and effect
};

/// Standard error of the effect by generalised least squares with a fixed effect per period.
/// Refuses a design in which the effect cannot be told from the periods.
/// Source: Hussey & Hughes 2007, doi:10.1016/j.cct.2006.05.007; as in R's swCRTdesign
Outcome<double> stepped_wedge_standard_error(const SteppedWedge& design);

/// Φ(|θ|/se − z) + Φ(−|θ|/se − z).
double wald_power(double effect, double standard_error, double alpha);

/// The number in [low, high] at which a power that rises with it reaches the target. low itself when the power is
/// already there; empty when it is not reached.
std::optional<double> solve_rising(const std::function<double(double)>& power, double target, double low,
                                   double high);

} // namespace beproefd::statistics::power
