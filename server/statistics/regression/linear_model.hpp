// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/linear.hpp"
#include "statistics/outcome.hpp"

#include <optional>
#include <span>

namespace beproefd::statistics {

/// How the variance of coefficients is estimated.
enum class Covariance {
    classical, ///< one residual variance
    hc0,       ///< White
    hc1,       ///< hc0 · n/(n − p)
    hc2,       ///< residuals over √(1 − leverage)
    hc3,       ///< residuals over 1 − leverage
    cr0,       ///< clusters, no correction
    cr1,       ///< cr0 · m/(m − 1)
    cr1s,      ///< cr0 · m(N − 1)/((m − 1)(N − p))
    cr2,       ///< Bell & McCaffrey, with independent errors of one variance as the working model
    cr3,       ///< leave-one-cluster-out like
};

inline bool needs_clusters(Covariance covariance) { return covariance >= Covariance::cr0; }

/// A least-squares model in the unit of y.
struct LinearModel {
    std::size_t n = 0;
    std::size_t clusters = 0; ///< 0 without clusters
    double df_residual = 0;
    std::vector<Coefficient> coefficients;
    /// Coefficients on which the clusters have no information, such as a group of one cluster that is fitted exactly:
    /// an estimate, and NaN for all the rest.
    std::vector<std::size_t> without_information;
    std::optional<double> r_squared; ///< about the mean with an intercept, about 0 without; empty when y is constant
    double sigma = 0;                ///< residual standard deviation
    std::vector<double> residuals;
    bool perfect_fit = false; ///< what is left is rounding: standard errors say nothing
};

/// Ordinary least squares with t intervals on n − p degrees of freedom, or with Satterthwaite degrees of freedom
/// for clusters (Bell & McCaffrey; the same working model for each of CR0–CR3).
///
/// clusters: for CR*, the number of the cluster of each row. has_intercept only decides what r_squared is about.
/// Refuses collinear columns, no residual degrees of freedom, fewer than two clusters, clusters without information
/// on any coefficient, and leverage 1 with HC2 and HC3.
/// Source: MacKinnon & White 1985, doi:10.1016/0304-4076(85)90158-7; Bell & McCaffrey 2002; Pustejovsky & Tipton
/// 2018, doi:10.1080/07350015.2016.1247004
Outcome<LinearModel> linear_model(const Design& design, bool has_intercept, std::span<const double> y,
                                  Covariance covariance, std::span<const std::size_t> clusters, double level);

/// What to say when the coefficient that was asked for is without_information.
Error no_cluster_information(const std::string& coefficient);

} // namespace beproefd::statistics
