// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/regression/linear_model.hpp"

#include "statistics/regression/basis.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>

namespace beproefd::statistics {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Outcome<MatrixXd> heteroscedastic(const MatrixXd& q, const VectorXd& residuals, Covariance kind)
{
    const Index n = q.rows(), p = q.cols();
    VectorXd weights = residuals.cwiseAbs2();
    if (kind == Covariance::hc1)
        weights *= static_cast<double>(n) / static_cast<double>(n - p);
    if (kind == Covariance::hc2 || kind == Covariance::hc3)
        for (Index i = 0; i < n; ++i) {
            const double left = 1 - q.row(i).squaredNorm();
            if (!(left > 1e-10))
                return insufficient_data("Row " + std::to_string(i) +
                                             " (of the complete rows) decides a coefficient alone (leverage 1), so "
                                             "HC2 and HC3 are not defined.",
                                         "options.vcov");
            weights[i] /= kind == Covariance::hc2 ? left : left * left;
        }
    return MatrixXd(q.transpose() * weights.asDiagonal() * q);
}

/// What one cluster adds, in the p coordinates of Q: with S = Q_i'Q_i the adjustment (I − H_i)^-power is known from
/// the eigenvalues of S, so that no matrix of the size of a cluster is needed.
struct Cluster {
    MatrixXd adjusted; ///< K = V (1 − λ)^-power V'
    MatrixXd gram;     ///< S
    VectorXd score;    ///< K Q_i'e_i
};

std::vector<Cluster> cluster_parts(const MatrixXd& q, const VectorXd& residuals,
                                   std::span<const std::size_t> clusters, std::size_t count, Covariance kind)
{
    const Index p = q.cols();
    std::vector<Cluster> parts(count, {MatrixXd(), MatrixXd::Zero(p, p), VectorXd::Zero(p)});
    for (Index i = 0; i < q.rows(); ++i) {
        Cluster& part = parts[clusters[static_cast<std::size_t>(i)]];
        part.gram.noalias() += q.row(i).transpose() * q.row(i);
        part.score += q.row(i).transpose() * residuals[i];
    }
    const double power = kind == Covariance::cr2 ? -0.5 : kind == Covariance::cr3 ? -1 : 0;
    for (Cluster& part : parts) {
        part.adjusted = MatrixXd::Identity(p, p);
        if (power != 0) {
            const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(part.gram);
            VectorXd values = eigen.eigenvalues();
            for (double& value : values) {
                const double left = 1 - std::max(0.0, value);
                value = left > 1e-11 ? std::pow(left, power) : 0; // the pseudo-inverse: such a direction is lost
            }
            part.adjusted = eigen.eigenvectors() * values.asDiagonal() * eigen.eigenvectors().transpose();
        }
        part.score = part.adjusted * part.score;
    }
    return parts;
}

/// Satterthwaite degrees of freedom of the variance of z'b when errors are independent with one variance: the
/// vectors g_i = (I − H)_i' A_i X_i M l have inner products u_i'u_i [i = j] − w_i'w_j. NaN when they all vanish.
double satterthwaite(const std::vector<Cluster>& parts, const VectorXd& z)
{
    const Index p = z.size();
    MatrixXd outer = MatrixXd::Zero(p, p);
    double trace = 0, squares = 0;
    for (const Cluster& part : parts) {
        const VectorXd adjusted = part.adjusted * z, w = part.gram * adjusted;
        const double a = adjusted.dot(w), b = w.squaredNorm();
        trace += a - b;
        squares += (a - b) * (a - b) - b * b;
        outer.noalias() += w * w.transpose();
    }
    squares += outer.squaredNorm();
    // Without clusters the trace would be z'z; what is this far below it is rounding.
    if (!(trace > 1e-10 * z.squaredNorm()) || !(squares > 0))
        return std::numeric_limits<double>::quiet_NaN();
    return trace * trace / squares;
}

} // namespace

Outcome<LinearModel> linear_model(const Design& design, bool has_intercept, std::span<const double> y,
                                  Covariance covariance, std::span<const std::size_t> clusters, double level)
{
    const auto basis = orthonormal_basis(design);
    if (!basis)
        return basis.error();
    const Index n = static_cast<Index>(design.rows()), p = static_cast<Index>(design.columns());
    if (n <= p)
        return insufficient_data("There are no residual degrees of freedom: more rows than coefficients are needed.");
    const Eigen::Map<const MatrixXd> q(basis->q.data(), n, p), inverse_r(basis->inverse_r.data(), p, p);
    const Eigen::Map<const VectorXd> target(y.data(), n);

    VectorXd b = q.transpose() * target;
    VectorXd residuals = target - q * b;
    const VectorXd correction = q.transpose() * residuals; // once more, against rounding
    b += correction;
    residuals -= q * correction;
    const double rss = residuals.squaredNorm();
    const double centre = has_intercept ? target.mean() : 0;
    const double total = (target.array() - centre).square().sum();
    if (!is_computable(target.stableNorm()))
        return invalid_data("The values of y are too large or too small to be squared.", "data.y");

    LinearModel model;
    model.n = design.rows();
    model.df_residual = static_cast<double>(n - p);
    model.sigma = std::sqrt(rss / model.df_residual);
    const double scale = target.squaredNorm();
    model.perfect_fit = !(rss > 1e-28 * scale);
    if (total > 1e-28 * scale)
        model.r_squared = 1 - rss / total;
    model.residuals.assign(residuals.data(), residuals.data() + n);

    MatrixXd variance;
    std::vector<Cluster> parts;
    if (needs_clusters(covariance)) {
        model.clusters = clusters.empty() ? 0 : *std::max_element(clusters.begin(), clusters.end()) + 1;
        if (model.clusters < 2)
            return insufficient_data("A cluster-robust variance needs at least two clusters.", "data.cluster");
        parts = cluster_parts(q, residuals, clusters, model.clusters, covariance);
        variance = MatrixXd::Zero(p, p);
        for (const Cluster& part : parts)
            variance.noalias() += part.score * part.score.transpose();
        const double m = static_cast<double>(model.clusters), rows = static_cast<double>(n);
        if (covariance == Covariance::cr1)
            variance *= m / (m - 1);
        if (covariance == Covariance::cr1s)
            variance *= m * (rows - 1) / ((m - 1) * model.df_residual);
    } else if (covariance == Covariance::classical) {
        variance = MatrixXd::Identity(p, p) * (model.sigma * model.sigma);
    } else {
        auto meat = heteroscedastic(q, residuals, covariance);
        if (!meat)
            return meat.error();
        variance = *meat;
    }

    for (Index j = 0; j < p; ++j) {
        const VectorXd z = inverse_r.row(j).transpose();
        const std::string& name = design.names[static_cast<std::size_t>(j)];
        double df = model.df_residual;
        if (!parts.empty()) {
            df = satterthwaite(parts, z);
            if (std::isnan(df)) {
                model.without_information.push_back(static_cast<std::size_t>(j));
                model.coefficients.push_back({name, z.dot(b), df, df, df, df, df, df});
                continue;
            }
        }
        model.coefficients.push_back(coefficient(name, z.dot(b), std::sqrt(z.dot(variance * z)), df, level));
    }
    if (model.without_information.size() == model.coefficients.size())
        return no_cluster_information(model.coefficients.front().name);
    return model;
}

Error no_cluster_information(const std::string& coefficient)
{
    return insufficient_data("The clusters are too few, or differ too completely, to give '" + coefficient +
                                 "' a standard error.",
                             "data.cluster");
}

} // namespace beproefd::statistics
