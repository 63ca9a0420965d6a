// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/reliability/reliability.hpp"

#include "statistics/comparison/sample.hpp"
#include "statistics/distribution.hpp"

#include <Eigen/Dense>

#include <cmath>

namespace beproefd::statistics {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Refuses constant items; gives the covariance matrix.
Outcome<MatrixXd> covariance(const Matrix& items)
{
    const Eigen::Map<const MatrixXd> raw(items.data(), static_cast<Index>(items.rows()),
                                         static_cast<Index>(items.columns()));
    if (items.rows() < 2)
        return insufficient_data("Reliability needs at least two complete rows.", "data.items");
    for (std::size_t j = 0; j < items.columns(); ++j) {
        const Moments item = moments(items.column(j));
        const std::string path = "data.items[" + std::to_string(j) + "].values";
        if (!std::isfinite(item.variance))
            return invalid_data("The values are too large to be squared and summed.", path);
        if (is_constant(item))
            return insufficient_data("This item does not vary.", path);
    }
    const MatrixXd centred = raw.rowwise() - raw.colwise().mean();
    return MatrixXd(centred.transpose() * centred / static_cast<double>(items.rows() - 1));
}

double alpha_of(double k, double diagonal, double total) { return k / (k - 1) * (1 - diagonal / total); }

} // namespace

Outcome<Alpha> cronbach_alpha(const Matrix& items, double level)
{
    if (items.columns() < 2)
        return insufficient_data("A scale needs at least two items.", "data.items");
    const auto outcome = covariance(items);
    if (!outcome)
        return outcome.error();
    const MatrixXd& c = *outcome;
    const Index k = c.rows();
    const double items_count = static_cast<double>(k), rows = static_cast<double>(items.rows());
    const double trace = c.trace(), total = c.sum();
    if (!(total > 1e-12 * trace))
        return insufficient_data("The sum of the items does not vary.", "data.items");

    Alpha result;
    result.alpha = alpha_of(items_count, trace, total);
    const VectorXd scale = c.diagonal().cwiseSqrt().cwiseInverse();
    const MatrixXd r = scale.asDiagonal() * c * scale.asDiagonal();
    const double off_diagonal = r.sum() - items_count;
    result.standardised = alpha_of(items_count, items_count, items_count + off_diagonal);
    result.mean_correlation = off_diagonal / (items_count * (items_count - 1));
    const double df1 = rows - 1, df2 = df1 * (items_count - 1);
    result.ci_lo = 1 - (1 - result.alpha) * distribution::f_quantile(0.5 + level / 2, df1, df2);
    result.ci_hi = 1 - (1 - result.alpha) * distribution::f_quantile(0.5 - level / 2, df1, df2);

    const VectorXd row_sums = c.rowwise().sum();
    for (Index j = 0; j < k; ++j) {
        ItemStatistics item;
        const double rest = total - 2 * row_sums[j] + c(j, j);
        if (rest > 1e-12 * trace) {
            item.item_rest_correlation = (row_sums[j] - c(j, j)) / std::sqrt(c(j, j) * rest);
            if (k > 2)
                item.alpha_if_dropped = alpha_of(items_count - 1, trace - c(j, j), rest);
        }
        result.items.push_back(item);
    }
    return result;
}

namespace {

constexpr double least_uniqueness = 0.005;

/// The discrepancy that maximum likelihood minimises, with the best loadings for given uniquenesses, its gradient
/// in ln ψ, and an approximation of its second derivatives (Jöreskog 1967, Clarke 1970) that is never indefinite.
struct Discrepancy {
    double value = 0;
    VectorXd gradient;
    MatrixXd curvature;
    VectorXd loadings;
};

Discrepancy discrepancy(const MatrixXd& r, const VectorXd& psi)
{
    const Index p = r.rows();
    const VectorXd root = psi.cwiseSqrt();
    const MatrixXd scaled = root.cwiseInverse().asDiagonal() * r * root.cwiseInverse().asDiagonal();
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(scaled);
    const VectorXd& theta = solver.eigenvalues(); // ascending
    const MatrixXd& omega = solver.eigenvectors();
    Discrepancy d;
    const Index others = p - 1;
    d.value = -static_cast<double>(others);
    for (Index j = 0; j < others; ++j)
        d.value += theta[j] - std::log(theta[j]);
    d.loadings = root.cwiseProduct(omega.col(others)) * std::sqrt(std::max(0.0, theta[others] - 1));
    // dF/d ln psi_i = sum over the other factors of (1 - theta_m) omega_im^2
    d.gradient = (omega.leftCols(others).array().square().matrix()) * (1 - theta.head(others).array()).matrix();
    const MatrixXd projection = omega.leftCols(others) * omega.leftCols(others).transpose();
    d.curvature = projection.array().square();
    return d;
}

} // namespace

Outcome<Omega> mcdonald_omega(const Matrix& items)
{
    if (items.columns() < 3)
        return insufficient_data("One factor is only identified with three items or more.", "data.items");
    const auto outcome = covariance(items);
    if (!outcome)
        return outcome.error();
    const VectorXd scale = outcome->diagonal().cwiseSqrt().cwiseInverse();
    const MatrixXd r = scale.asDiagonal() * *outcome * scale.asDiagonal();
    const Index p = r.rows();
    const Eigen::SelfAdjointEigenSolver<MatrixXd> spectrum(r);
    if (!(spectrum.eigenvalues()[0] > 1e-10 * spectrum.eigenvalues()[p - 1]))
        return singular_design("The items depend on each other, or there are fewer complete rows than items.",
                               "data.items");

    // Start as factanal does; then Newton in ln ψ within the bounds, halving steps that do not improve.
    const MatrixXd inverse = r.llt().solve(MatrixXd::Identity(p, p));
    VectorXd psi = ((1 - 0.5 / static_cast<double>(p)) * inverse.diagonal().cwiseInverse())
                       .cwiseMax(least_uniqueness)
                       .cwiseMin(1.0);
    Discrepancy now = discrepancy(r, psi);
    bool arrived = false;
    for (int iteration = 0; iteration < 2000 && !arrived; ++iteration) {
        std::vector<Index> free;
        double worst = 0;
        for (Index j = 0; j < p; ++j) {
            const bool held =
                (psi[j] <= least_uniqueness && now.gradient[j] > 0) || (psi[j] >= 1 && now.gradient[j] < 0);
            if (held)
                continue;
            free.push_back(j);
            worst = std::max(worst, std::abs(now.gradient[j]));
        }
        if (free.empty() || worst < 1e-11) {
            arrived = true;
            break;
        }
        const Index count = static_cast<Index>(free.size());
        MatrixXd curvature(count, count);
        VectorXd gradient(count);
        for (Index i = 0; i < count; ++i) {
            gradient[i] = now.gradient[free[static_cast<std::size_t>(i)]];
            for (Index j = 0; j < count; ++j)
                curvature(i, j) = now.curvature(free[static_cast<std::size_t>(i)], free[static_cast<std::size_t>(j)]);
        }
        curvature.diagonal().array() += 1e-10;
        const VectorXd step = curvature.ldlt().solve(gradient);
        double length = 1;
        bool improved = false;
        for (int halving = 0; halving < 60; ++halving, length /= 2) {
            VectorXd next = psi;
            for (Index i = 0; i < count; ++i) {
                const Index j = free[static_cast<std::size_t>(i)];
                const double change = std::clamp(length * step[i], -3.0, 3.0);
                next[j] = std::clamp(psi[j] * std::exp(-change), least_uniqueness, 1.0);
            }
            Discrepancy there = discrepancy(r, next);
            if (there.value < now.value) {
                psi = next;
                now = std::move(there);
                improved = true;
                break;
            }
        }
        if (!improved)
            arrived = worst < 1e-6; // as far as the rounding of the discrepancy lets it go
        if (!improved)
            break;
    }
    if (!arrived)
        return no_convergence("The factor model did not converge.", "data.items");

    Omega result;
    double sum = now.loadings.sum();
    if (sum < 0)
        now.loadings = -now.loadings;
    sum = std::abs(sum);
    const double unique = static_cast<double>(p) - now.loadings.squaredNorm();
    result.total = sum * sum / (sum * sum + unique);
    result.loadings.assign(now.loadings.data(), now.loadings.data() + p);
    result.uniquenesses.assign(psi.data(), psi.data() + p);
    result.heywood = psi.minCoeff() <= least_uniqueness;
    return result;
}

} // namespace beproefd::statistics
