// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/meta/robust.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Dense>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace beproefd::statistics::meta {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t largest_cluster = 1'500;

/// B^(−½) of a symmetric positive semidefinite matrix; directions without variance stay 0.
MatrixXd inverse_root(const MatrixXd& b)
{
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(b);
    VectorXd values = solver.eigenvalues();
    const double floor = 1e-12 * values.cwiseAbs().maxCoeff();
    for (double& value : values)
        value = value > floor ? 1 / std::sqrt(value) : 0;
    return solver.eigenvectors() * values.asDiagonal() * solver.eigenvectors().transpose();
}

} // namespace

Outcome<Robust> cluster_robust(std::span<const double> y, const Design& design, std::span<const double> beta,
                               const Matrix& covariance, std::span<const std::size_t> cluster,
                               const WorkingModel& working, ClusterVariance type, double level,
                               const Execution& execution)
{
    const std::size_t n = y.size(), p = design.columns();
    std::size_t clusters = 0;
    for (const std::size_t number : cluster)
        clusters = std::max(clusters, number + 1);
    if (clusters < 2)
        return insufficient_data("Cluster-robust standard errors need at least two clusters.", "data.cluster");
    std::vector<std::vector<std::size_t>> members(clusters);
    std::map<std::size_t, std::size_t> cluster_of_outer;
    for (std::size_t i = 0; i < n; ++i) {
        members[cluster[i]].push_back(i);
        if (!working.outer.empty()) {
            const auto [found, added] = cluster_of_outer.try_emplace(working.outer[i], cluster[i]);
            if (!added && found->second != cluster[i])
                return invalid_data("An outer group lies in two clusters: the random effects have to lie within the "
                                    "clusters.",
                                    "data.cluster");
        }
    }
    for (const auto& rows : members)
        if (rows.size() > largest_cluster)
            return too_large("A cluster has more than 1500 effects.", "data.cluster");

    const Index columns = static_cast<Index>(p);
    const MatrixXd m = Eigen::Map<const MatrixXd>(covariance.data(), columns, columns);
    // Per cluster: Σ X'WAe e'AWX, and for the degrees of freedom of coefficient c the vector X'a and the number a'Φa
    // with a = A'WXMc.
    std::vector<VectorXd> scores(clusters);
    std::vector<MatrixXd> xa(clusters);        // p × p: column c is X'a
    std::vector<VectorXd> quadratic(clusters); // p
    const bool finished = parallel_for(execution, clusters, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t c = begin; c < end; ++c) {
            const auto& rows = members[c];
            const Index size = static_cast<Index>(rows.size());
            MatrixXd x(size, columns), phi = MatrixXd::Zero(size, size);
            VectorXd e(size);
            for (Index i = 0; i < size; ++i) {
                const std::size_t row = rows[static_cast<std::size_t>(i)];
                double fitted = 0;
                for (std::size_t j = 0; j < p; ++j) {
                    x(i, static_cast<Index>(j)) = design.x(row, j);
                    fitted += design.x(row, j) * beta[j];
                }
                e[i] = y[row] - fitted;
                phi(i, i) = working.diagonal[row];
                for (Index l = 0; l < size && !working.outer.empty(); ++l) {
                    const std::size_t other = rows[static_cast<std::size_t>(l)];
                    if (working.outer[row] != working.outer[other])
                        continue;
                    phi(i, l) += working.outer_variance;
                    if (!working.inner.empty() && working.inner[row] == working.inner[other])
                        phi(i, l) += working.inner_variance;
                }
            }
            const Eigen::LLT<MatrixXd> factor(phi);
            const MatrixXd wx = factor.solve(x);
            MatrixXd adjusted = wx; // A'WX
            if (type == ClusterVariance::CR2) {
                const MatrixXd d = MatrixXd(factor.matrixL()).transpose(); // Φ = D'D
                const MatrixXd b = d * (phi - x * m * x.transpose()) * d.transpose();
                adjusted = d.transpose() * (inverse_root(0.5 * (b + b.transpose())) * (d * wx));
            } else if (type == ClusterVariance::CR3) {
                // A = (I − H)⁻¹ with H = XMX'W, so A'WX solves (I − WXMX') z = WX.
                const MatrixXd i_minus_h = MatrixXd::Identity(size, size) - wx * m * x.transpose();
                adjusted = i_minus_h.fullPivLu().solve(wx);
            }
            scores[c] = adjusted.transpose() * e;
            const MatrixXd a = adjusted * m; // column c: A'WXMc
            xa[c] = x.transpose() * a;
            quadratic[c] = (a.array() * (phi * a).array()).colwise().sum().transpose();
        }
    });
    if (!finished)
        return stopped();

    MatrixXd meat = MatrixXd::Zero(columns, columns);
    for (const auto& score : scores)
        meat += score * score.transpose();
    const double many = static_cast<double>(clusters), total = static_cast<double>(n);
    if (type == ClusterVariance::CR1)
        meat *= many / (many - 1);
    if (type == ClusterVariance::CR1S) {
        if (n <= p)
            return insufficient_data("CR1S needs more effects than coefficients.", "data.yi");
        meat *= many * (total - 1) / ((many - 1) * (total - static_cast<double>(p)));
    }
    const MatrixXd robust = m * meat * m;

    Robust result;
    result.clusters = clusters;
    Warnings warnings;
    for (std::size_t j = 0; j < p; ++j) {
        const Index c = static_cast<Index>(j);
        // P_ij = δ_ij a_i'Φa_i − b_i'Mb_j with b = X'a; its trace and its squared size without an m×m matrix.
        double trace = 0, squares = 0;
        MatrixXd bb = MatrixXd::Zero(columns, columns);
        for (std::size_t i = 0; i < clusters; ++i) {
            const VectorXd b = xa[i].col(c);
            const double t = quadratic[i][c], inner = b.dot(m * b);
            trace += t - inner;
            squares += t * t - 2 * t * inner;
            bb += b * b.transpose();
        }
        const MatrixXd mb = m * bb;
        squares += (mb * mb).trace();
        const double df = squares > 0 ? trace * trace / squares : std::numeric_limits<double>::quiet_NaN();
        result.coefficients.push_back(coefficient(design.names[j], beta[j], std::sqrt(robust(c, c)), df, level));
        if (!(df >= 4))
            warnings.push_back(
                {"few_degrees_of_freedom",
                 "Fewer than 4 degrees of freedom: the p and the interval of this coefficient say little.",
                 "result.coefficients[" + std::to_string(j) + "]"});
    }
    return {std::move(result), std::move(warnings)};
}

} // namespace beproefd::statistics::meta
