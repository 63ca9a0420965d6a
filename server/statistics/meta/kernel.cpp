// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/meta/kernel.hpp"

#include "statistics/distribution.hpp"
#include "statistics/parallel.hpp"
#include "statistics/root.hpp"

#include <Eigen/Dense>
#include <Eigen/QR>

#include <algorithm>
#include <cmath>
#include <limits>

namespace beproefd::statistics::meta::kernel {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A⁻¹ and ln|A| of a small symmetric positive definite matrix by columns, in place of nothing; false when singular.
bool invert(std::vector<double>& a, std::vector<double>& inverse, double& log_determinant, std::size_t p)
{
    // Cholesky A = LL', then L⁻¹, then A⁻¹ = L⁻ᵀL⁻¹. a becomes L in its lower triangle.
    log_determinant = 0;
    for (std::size_t j = 0; j < p; ++j) {
        double pivot = a[j * p + j];
        const double original = pivot;
        for (std::size_t m = 0; m < j; ++m)
            pivot -= a[m * p + j] * a[m * p + j];
        if (!(pivot > original * 1e-14) || !std::isfinite(pivot))
            return false;
        const double root = std::sqrt(pivot);
        log_determinant += 2 * std::log(root);
        a[j * p + j] = root;
        for (std::size_t i = j + 1; i < p; ++i) {
            double sum = a[j * p + i];
            for (std::size_t m = 0; m < j; ++m)
                sum -= a[m * p + i] * a[m * p + j];
            a[j * p + i] = sum / root;
        }
    }
    for (std::size_t j = 0; j < p; ++j) { // L⁻¹ replaces L
        a[j * p + j] = 1 / a[j * p + j];
        for (std::size_t i = j + 1; i < p; ++i) {
            double sum = 0;
            for (std::size_t m = j; m < i; ++m)
                sum -= a[m * p + i] * a[j * p + m];
            a[j * p + i] = sum / a[i * p + i];
        }
    }
    for (std::size_t i = 0; i < p; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = 0;
            for (std::size_t m = i; m < p; ++m)
                sum += a[i * p + m] * a[j * p + m];
            inverse[j * p + i] = inverse[i * p + j] = sum;
        }
    return true;
}

} // namespace

Outcome<Basis> make_basis(const Matrix& x)
{
    Basis basis;
    basis.k = x.rows();
    basis.p = x.columns();
    if (basis.k < basis.p || basis.k == 0)
        return insufficient_data("There are fewer studies than coefficients.");
    // Every evaluation costs k p²; beyond this an answer would take minutes.
    if (static_cast<double>(basis.k) * static_cast<double>(basis.p) * static_cast<double>(basis.p) > 5e8)
        return too_large("There are too many moderators for so many studies.", "data.x");
    if (basis.p == 1 &&
        std::all_of(x.column(0).begin(), x.column(0).end(), [](double value) { return value == 1; })) {
        basis.ones = true;
        basis.r_inverse = Matrix::identity(1);
        basis.log_det_xtx = std::log(static_cast<double>(basis.k));
        return basis;
    }
    using Eigen::Index;
    using Eigen::MatrixXd;
    const Index k = static_cast<Index>(basis.k), p = static_cast<Index>(basis.p);
    MatrixXd scaled = Eigen::Map<const MatrixXd>(x.data(), k, p);
    Eigen::VectorXd lengths = Eigen::VectorXd::Ones(p);
    for (Index j = 0; j < p; ++j) {
        const double length = scaled.col(j).stableNorm();
        if (length > 0 && std::isfinite(length)) {
            lengths[j] = length;
            scaled.col(j) /= length;
        }
    }
    Eigen::ColPivHouseholderQR<MatrixXd> qr(scaled);
    qr.setThreshold(rank_tolerance);
    if (qr.rank() < p)
        return singular_design("The regressors depend on each other: leave one of them out.", "data.x");
    basis.q = Matrix(basis.k, basis.p);
    Eigen::Map<MatrixXd>(basis.q.data(), k, p) = qr.householderQ() * MatrixXd::Identity(k, p);
    MatrixXd inverse_r = MatrixXd::Identity(p, p);
    qr.matrixR().topLeftCorner(p, p).triangularView<Eigen::Upper>().solveInPlace(inverse_r);
    basis.r_inverse = Matrix(basis.p, basis.p);
    Eigen::Map<MatrixXd>(basis.r_inverse.data(), p, p) =
        lengths.cwiseInverse().asDiagonal() * (qr.colsPermutation() * inverse_r);
    basis.log_det_xtx =
        2 * qr.matrixR().topLeftCorner(p, p).diagonal().array().abs().log().sum() + 2 * lengths.array().log().sum();
    return basis;
}

Scaled scale(std::span<const double> y, std::span<const double> v)
{
    Scaled scaled{{y.begin(), y.end()}, {v.begin(), v.end()}, 1};
    if (v.empty())
        return scaled;
    const auto [low, high] = std::minmax_element(v.begin(), v.end());
    const double exponent = (std::log2(*low) + std::log2(*high)) / 4;
    if (!std::isfinite(exponent))
        return scaled;
    scaled.s = std::exp2(std::round(exponent));
    for (double& value : scaled.y)
        value /= scaled.s;
    for (double& value : scaled.v)
        value = value / scaled.s / scaled.s;
    return scaled;
}

Fit::Fit(const Basis& basis) : basis_(basis), w_(basis.k), residual_(basis.k), a_inverse_(basis.p * basis.p)
{
    const std::size_t k = basis.k, p = basis.p;
    gamma_.resize(p);
    if (basis.ones)
        return;
    a_.resize(p * p);
    b_.resize(p);
    rows_.resize(k * p);
    for (std::size_t i = 0; i < k; ++i)
        for (std::size_t j = 0; j < p; ++j)
            rows_[i * p + j] = basis.q(i, j);
}

bool Fit::at(std::span<const double> y, std::span<const double> v, double tau2)
{
    const std::size_t k = basis_.k, p = basis_.p;
    sum_w = sum_w2 = q_statistic = ypp_y = trace_p = log_det_a = 0;
    if (basis_.ones) {
        double sum_wy = 0;
        for (std::size_t i = 0; i < k; ++i) {
            const double w = 1 / (v[i] + tau2);
            w_[i] = w;
            sum_w += w;
            sum_w2 += w * w;
            sum_wy += w * y[i];
        }
        const double mean = sum_wy / sum_w;
        for (std::size_t i = 0; i < k; ++i) {
            const double r = y[i] - mean, wr = w_[i] * r;
            residual_[i] = r;
            q_statistic += wr * r;
            ypp_y += wr * wr;
        }
        gamma_[0] = mean;
        a_inverse_[0] = 1 / sum_w;
        trace_p = k == 1 ? 0 : sum_w - sum_w2 / sum_w;
        log_det_a = std::log(sum_w);
        return std::isfinite(sum_w) && std::isfinite(q_statistic);
    }
    std::fill(a_.begin(), a_.end(), 0.0);
    std::fill(b_.begin(), b_.end(), 0.0);
    for (std::size_t i = 0; i < k; ++i) {
        const double w = 1 / (v[i] + tau2);
        const double* x = row(i);
        w_[i] = w;
        sum_w += w;
        sum_w2 += w * w;
        for (std::size_t j = 0; j < p; ++j) {
            const double wx = w * x[j];
            b_[j] += wx * y[i];
            for (std::size_t m = j; m < p; ++m)
                a_[j * p + m] += wx * x[m];
        }
    }
    if (!invert(a_, a_inverse_, log_det_a, p))
        return false;
    for (std::size_t j = 0; j < p; ++j) {
        gamma_[j] = 0;
        for (std::size_t m = 0; m < p; ++m)
            gamma_[j] += a_inverse_[m * p + j] * b_[m];
    }
    for (std::size_t i = 0; i < k; ++i) {
        const double* x = row(i);
        double r = y[i];
        for (std::size_t j = 0; j < p; ++j)
            r -= x[j] * gamma_[j];
        const double wr = w_[i] * r;
        residual_[i] = r;
        q_statistic += wr * r;
        ypp_y += wr * wr;
        trace_p += w_[i] * (1 - w_[i] * h(i));
    }
    return std::isfinite(q_statistic) && std::isfinite(trace_p);
}

double Fit::h(std::size_t i) const
{
    if (basis_.ones)
        return a_inverse_[0];
    const std::size_t p = basis_.p;
    const double* x = row(i);
    double sum = 0;
    for (std::size_t j = 0; j < p; ++j) {
        double inner = 0;
        for (std::size_t m = 0; m < p; ++m)
            inner += a_inverse_[j * p + m] * x[m];
        sum += inner * x[j];
    }
    return sum;
}

Fit::Traces Fit::traces(std::span<const double> v) const
{
    // P_ij = w_i δ_ij − w_i h_ij w_j, so sums over P_ij² f_i g_j need Q'W²Q weighted by f and by g only.
    const std::size_t k = basis_.k, p = basis_.p;
    Traces traces;
    std::vector<double> plain(p * p, 0.0), with_v(p * p, 0.0);
    for (std::size_t i = 0; i < k; ++i) {
        const double w = w_[i], w2 = w * w, hi = h(i), diagonal = w2 - 2 * w2 * w * hi;
        traces.pp += diagonal;
        traces.pvp += diagonal * v[i];
        traces.pvpv += diagonal * v[i] * v[i];
        traces.pv += w * (1 - w * hi) * v[i];
        const double one = 1;
        const double* x = basis_.ones ? &one : row(i);
        for (std::size_t j = 0; j < p; ++j)
            for (std::size_t m = 0; m < p; ++m) {
                plain[j * p + m] += w2 * x[j] * x[m];
                with_v[j * p + m] += w2 * v[i] * x[j] * x[m];
            }
    }
    const auto product = [&](const std::vector<double>& b) { // (Q'WQ)⁻¹ B
        std::vector<double> result(p * p, 0.0);
        for (std::size_t j = 0; j < p; ++j)
            for (std::size_t m = 0; m < p; ++m)
                for (std::size_t l = 0; l < p; ++l)
                    result[j * p + m] += a_inverse_[j * p + l] * b[l * p + m];
        return result;
    };
    const auto trace_of_product = [&](const std::vector<double>& a, const std::vector<double>& b) {
        double sum = 0;
        for (std::size_t j = 0; j < p; ++j)
            for (std::size_t m = 0; m < p; ++m)
                sum += a[j * p + m] * b[m * p + j];
        return sum;
    };
    const auto first = product(plain), second = product(with_v);
    traces.pp += trace_of_product(first, first);
    traces.pvp += trace_of_product(first, second);
    traces.pvpv += trace_of_product(second, second);
    return traces;
}

namespace {

double unweighted_rss(Fit& fit, std::span<const double> y, std::vector<double>& ones)
{
    ones.assign(y.size(), 1.0);
    return fit.at(y, ones, 0) ? fit.q_statistic : nan;
}

/// The global maximum of the (restricted) likelihood on [0, ∞).
///
/// Its derivative is ½(y'PPy − trP), for ML ½(y'PPy − Σw). Beyond upper it is negative, because y'PPy ≤ RSS/τ⁴ and
/// trP ≥ (k−p)/(max v + τ²). Between 0 and upper a grid on the log scale finds every change of sign from + to −, each
/// is refined by its bracket, and the likelihoods of these places and of 0 are compared.
double maximum_likelihood(Fit& fit, std::span<const double> y, std::span<const double> v, bool restricted, double rss,
                          double df)
{
    const auto [low, high] = std::minmax_element(v.begin(), v.end());
    const double s2 = rss / df;
    const double upper = s2 / 2 + std::sqrt(s2 * s2 / 4 + s2 * *high);
    const auto score = [&](double tau2) {
        return fit.at(y, v, tau2) ? fit.ypp_y - (restricted ? fit.trace_p : fit.sum_w) : nan;
    };
    const auto log_likelihood = [&](double tau2) {
        if (!fit.at(y, v, tau2))
            return -std::numeric_limits<double>::infinity();
        double sum = 0;
        for (const double variance : v)
            sum += std::log(variance + tau2);
        return -0.5 * (sum + (restricted ? fit.log_det_a : 0) + fit.q_statistic);
    };
    if (!(upper > 0) || std::isinf(upper))
        return upper == 0 ? 0 : nan;

    const double first = std::max(std::min(*low * 0.01, upper * 0.01), std::numeric_limits<double>::min());
    const int points = static_cast<int>(std::clamp(8 * (std::log10(upper) - std::log10(first)), 16.0, 200.0));
    const double ratio = std::pow(10, (std::log10(upper) - std::log10(first)) / points);
    std::vector<double> maxima;
    double before = 0, score_before = score(0);
    if (std::isnan(score_before))
        return nan;
    const bool zero_is_candidate = score_before <= 0;
    for (int i = 0; i <= points; ++i) {
        const double here = i == points ? upper : first * std::pow(ratio, i);
        const double score_here = score(here);
        if (std::isnan(score_here))
            return nan;
        if (score_before > 0 && score_here <= 0)
            if (const auto place = root(score, before, here))
                maxima.push_back(*place);
        before = here;
        score_before = score_here;
    }
    if (zero_is_candidate)
        maxima.insert(maxima.begin(), 0.0);
    if (maxima.empty())
        return nan;
    if (maxima.size() == 1)
        return maxima.front();
    double best = maxima.front(), best_value = log_likelihood(best);
    for (std::size_t i = 1; i < maxima.size(); ++i)
        if (const double value = log_likelihood(maxima[i]); value > best_value) {
            best = maxima[i];
            best_value = value;
        }
    return best;
}

/// Where Q(τ²), which falls with τ², equals target; 0 when it starts below.
double solve_q(Fit& fit, std::span<const double> y, std::span<const double> v, double target, double rss)
{
    const auto excess = [&](double tau2) { return fit.at(y, v, tau2) ? fit.q_statistic - target : nan; };
    const double at_zero = excess(0);
    if (std::isnan(at_zero))
        return nan;
    if (at_zero <= 0)
        return 0;
    // Q(τ²) ≤ RSS/τ², so beyond RSS/target it is below the target.
    return root(excess, 0, rss / target * (1 + 1e-12)).value_or(nan);
}

/// Fisher scoring as RandomEffectsOptions::scoring_threshold describes it, or the solution where that ends elsewhere.
double by_scoring(Fit& fit, std::span<const double> y, std::span<const double> v, TauMethod method, double start,
                  double threshold, double solution)
{
    const double k = static_cast<double>(y.size()), p = static_cast<double>(fit.gamma().size());
    double tau2 = std::max(0.0, start);
    for (int iteration = 0; iteration <= 100; ++iteration) {
        if (!fit.at(y, v, tau2))
            return solution;
        double step = 0;
        if (method == TauMethod::REML)
            step = (fit.ypp_y - fit.trace_p) / fit.traces(v).pp;
        else if (method == TauMethod::ML)
            step = (fit.ypp_y - fit.sum_w) / fit.sum_w2;
        else
            step = (fit.q_statistic * k / (k - p) - k) / fit.sum_w;
        if (!std::isfinite(step))
            return solution;
        while (tau2 + step < 0)
            step /= 2;
        tau2 += step;
        if (std::abs(step) > threshold)
            continue;
        const double heaviest = *std::min_element(v.begin(), v.end()) + solution;
        return std::abs(tau2 - solution) <= 0.01 * heaviest ? tau2 : solution;
    }
    return solution;
}

} // namespace

double raw_variance(std::span<const double> y)
{
    const double k = static_cast<double>(y.size()), mean = ordered_sum(y) / k;
    double sum = 0;
    for (const double value : y)
        sum += (value - mean) * (value - mean);
    return sum / k;
}

double estimate_tau2(Fit& fit, std::span<const double> y, std::span<const double> v, double raw, TauMethod method,
                     std::optional<double> scoring_threshold)
{
    const double k = static_cast<double>(y.size()), p = static_cast<double>(fit.gamma().size()), df = k - p;
    if (method == TauMethod::FE)
        return 0;
    if (df <= 0)
        return nan;
    std::vector<double> ones;
    const bool scored = method == TauMethod::REML || method == TauMethod::ML || method == TauMethod::EB;
    if (scoring_threshold && scored) {
        const double solution = estimate_tau2(fit, y, v, raw, method);
        const double rss = unweighted_rss(fit, y, ones);
        return by_scoring(fit, y, v, method, (rss - fit.traces(v).pv) / df, *scoring_threshold, solution);
    }
    switch (method) {
    case TauMethod::DL:
        return fit.at(y, v, 0) ? std::max(0.0, (fit.q_statistic - df) / fit.trace_p) : nan;
    case TauMethod::HS:
        return fit.at(y, v, 0) ? std::max(0.0, (fit.q_statistic - k) / fit.sum_w) : nan;
    case TauMethod::HE: {
        const double rss = unweighted_rss(fit, y, ones);
        return std::max(0.0, (rss - fit.traces(v).pv) / df);
    }
    case TauMethod::SJ:
        if (!(raw > 0))
            return raw == 0 ? 0 : nan;
        return fit.at(y, v, raw) ? raw * fit.q_statistic / df : nan;
    case TauMethod::EB:
    case TauMethod::PM:
        return solve_q(fit, y, v, df, unweighted_rss(fit, y, ones));
    default:
        return maximum_likelihood(fit, y, v, method == TauMethod::REML, unweighted_rss(fit, y, ones), df);
    }
}

Bounds q_profile(Fit& fit, std::span<const double> y, std::span<const double> v, double level)
{
    const double df = static_cast<double>(y.size() - fit.gamma().size());
    std::vector<double> ones;
    const double rss = unweighted_rss(fit, y, ones);
    return {solve_q(fit, y, v, distribution::chi2_quantile_upper((1 - level) / 2, df), rss),
            solve_q(fit, y, v, distribution::chi2_quantile((1 - level) / 2, df), rss)};
}

Core fit_core(std::span<const double> y, std::span<const double> v, const Matrix& x, TauMethod method,
              std::optional<double> scoring_threshold)
{
    const std::size_t k = x.rows(), p = x.columns();
    Core core;
    core.tau2 = core.q0 = core.s2 = nan;
    core.coefficients.assign(p, nan);
    core.covariance = Matrix(p, p, nan);
    if (k < p)
        return core;
    const auto basis = make_basis(x);
    if (!basis)
        return core;
    // Residuals of the unweighted fit keep their digits where effects far from 0 would lose them.
    Fit fit(*basis);
    const auto [scaled_y, scaled_v, s] = scale(y, v);
    const std::vector<double> ones(k, 1.0);
    if (!fit.at(scaled_y, ones, 0))
        return core;
    const std::vector<double> centre = fit.gamma();
    const std::vector<double> residuals = fit.residuals();
    if (scoring_threshold)
        *scoring_threshold /= s * s;
    // One study alone is answered as it is; otherwise τ² needs a study more than there are coefficients.
    const double tau2 =
        k == p ? (p == 1 || method == TauMethod::FE ? 0 : nan)
               : estimate_tau2(fit, residuals, scaled_v, raw_variance(scaled_y), method, scoring_threshold);
    if (std::isnan(tau2) || !fit.at(residuals, scaled_v, 0))
        return core;
    core.q0 = fit.q_statistic;
    core.trace0 = fit.trace_p / (s * s);
    if (!fit.at(residuals, scaled_v, tau2))
        return core;
    core.tau2 = tau2 * s * s;
    core.s2 = k > p ? fit.q_statistic / static_cast<double>(k - p) : nan;
    Matrix a_inverse(p, p);
    for (std::size_t j = 0; j < p * p; ++j)
        a_inverse.data()[j] = fit.a_inverse()[j] * s * s;
    std::vector<double> gamma(p);
    for (std::size_t j = 0; j < p; ++j)
        gamma[j] = (centre[j] + fit.gamma()[j]) * s;
    if (basis->ones) {
        core.coefficients = gamma;
        core.covariance = a_inverse;
    } else {
        core.coefficients = multiply(basis->r_inverse, gamma);
        core.covariance = multiply(multiply(basis->r_inverse, a_inverse), transpose(basis->r_inverse));
    }
    return core;
}

} // namespace beproefd::statistics::meta::kernel
