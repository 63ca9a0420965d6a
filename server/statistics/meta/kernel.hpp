// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/linear.hpp"
#include "statistics/meta/random_effects.hpp"

#include <cstdint>
#include <span>
#include <vector>

/// The arithmetic all random-effects models share. Every sum is O(k p²); no k×k matrix is ever made.
namespace beproefd::statistics::meta::kernel {

/// An orthonormal basis Q of the columns of a design, so that cross-products stay well conditioned whatever the
/// units of the moderators (years, euros). X = Q R.
struct Basis {
    Matrix q;               ///< k × p; empty when the design is a single column of ones
    Matrix r_inverse;       ///< p × p
    double log_det_xtx = 0; ///< ln|X'X|
    std::size_t k = 0;
    std::size_t p = 0;
    bool ones = false; ///< a single column of ones: scalars instead of matrices
};

/// Refuses a singular design.
Outcome<Basis> make_basis(const Matrix& x);

/// Effects and variances divided by s and s², a power of two so that no bit changes: weights of any unit stay far
/// from overflow.
struct Scaled {
    std::vector<double> y;
    std::vector<double> v;
    double s = 1;
};
Scaled scale(std::span<const double> y, std::span<const double> v);

/// Weighted least squares of y on the basis with weights 1/(v+τ²), and the sums that the estimators of τ² need.
/// Used again and again without asking for memory.
class Fit
{
public:
    explicit Fit(const Basis& basis);

    /// Uses the rows of the basis in another order when `order` is given (for permutations): row i of the basis
    /// becomes row order[i]. All later calls keep it.
    void reorder(std::span<const std::uint32_t> order) { order_ = order; }

    /// False when the weighted design is numerically singular.
    bool at(std::span<const double> y, std::span<const double> v, double tau2);

    double sum_w = 0;       ///< Σw
    double sum_w2 = 0;      ///< Σw²
    double q_statistic = 0; ///< y'Py = Σ w r²
    double ypp_y = 0;       ///< y'PPy = Σ w² r²
    double trace_p = 0;     ///< tr P
    double log_det_a = 0;   ///< ln|Q'WQ|, for ones ln Σw

    const std::vector<double>& gamma() const { return gamma_; }         ///< coefficients on the basis
    const std::vector<double>& a_inverse() const { return a_inverse_; } ///< (Q'WQ)⁻¹ by columns
    const std::vector<double>& weights() const { return w_; }
    const std::vector<double>& residuals() const { return residual_; }
    /// q_i'(Q'WQ)⁻¹q_i of the last fit.
    double h(std::size_t i) const;

    /// tr(PP), tr(PVPV) and Σ P_ij² v_j of the last fit, with V = diag(v).
    struct Traces {
        double pp = 0;
        double pvpv = 0;
        double pvp = 0;
        double pv = 0;
    };
    Traces traces(std::span<const double> v) const;

private:
    const double* row(std::size_t i) const { return rows_.data() + (order_.empty() ? i : order_[i]) * basis_.p; }

    const Basis& basis_;
    std::vector<double> rows_; ///< Q by rows
    std::span<const std::uint32_t> order_;
    std::vector<double> w_, residual_, a_, a_inverse_, gamma_, b_;
};

/// Σ(y−ȳ)²/k, where Sidik and Jonkman start.
double raw_variance(std::span<const double> y);

/// τ² by a method; NaN when a weighted design is singular. v > 0. y may have any fit of the design taken off, which
/// keeps digits; raw is raw_variance() of the effects themselves. scoring_threshold as in RandomEffectsOptions, in
/// the units of y squared.
double estimate_tau2(Fit& fit, std::span<const double> y, std::span<const double> v, double raw, TauMethod method,
                     std::optional<double> scoring_threshold = {});

/// The bounds of τ² by profiling Q (Viechtbauer 2007); 0 where Q(0) is already below the quantile.
struct Bounds {
    double low = 0;
    double high = 0;
};
Bounds q_profile(Fit& fit, std::span<const double> y, std::span<const double> v, double level);

/// Everything after τ² that leave-one-out and permutations need.
struct Core {
    double tau2 = 0;
    std::vector<double> coefficients;
    Matrix covariance;
    double q0 = 0;     ///< Q at τ² = 0
    double trace0 = 0; ///< tr P at τ² = 0
    double s2 = 0;     ///< y'P(τ²)y/(k−p)
};

/// Fits without the ceremony of random_effects(); NaN everywhere when it cannot.
Core fit_core(std::span<const double> y, std::span<const double> v, const Matrix& x, TauMethod method,
              std::optional<double> scoring_threshold = {});

} // namespace beproefd::statistics::meta::kernel
