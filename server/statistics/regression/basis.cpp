// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/regression/basis.hpp"

#include <Eigen/Dense>

#include <cmath>

namespace beproefd::statistics {

Outcome<Basis> orthonormal_basis(const Design& design, std::span<const double> weights)
{
    using Eigen::Index;
    using Eigen::MatrixXd;
    const Index n = static_cast<Index>(design.rows()), p = static_cast<Index>(design.columns());
    if (p == 0)
        return insufficient_data("The model has no coefficients.", "data.x");
    if (n < p)
        return insufficient_data("There are fewer complete rows than coefficients.", "data.x");
    MatrixXd x = Eigen::Map<const MatrixXd>(design.x.data(), n, p);
    if (!weights.empty())
        x.array().colwise() *= Eigen::Map<const Eigen::ArrayXd>(weights.data(), n).sqrt();
    Eigen::VectorXd lengths = Eigen::VectorXd::Ones(p);
    for (Index j = 0; j < p; ++j) {
        const double length = x.col(j).stableNorm();
        if (!is_computable(length))
            return invalid_data("The values of '" + design.names[static_cast<std::size_t>(j)] +
                                    "' are too large or too small to be squared.",
                                "data.x");
        if (length > 0) {
            lengths[j] = length;
            x.col(j) /= length;
        }
    }
    Eigen::ColPivHouseholderQR<MatrixXd> qr(x);
    qr.setThreshold(rank_tolerance);
    if (qr.rank() < p) {
        const std::size_t extra = static_cast<std::size_t>(qr.colsPermutation().indices()[qr.rank()]);
        return singular_design("The column '" + design.names[extra] +
                                   "' does not vary, or depends on the other columns: leave one out.",
                               "data.x");
    }
    Basis basis{Matrix(design.rows(), design.columns()), Matrix(design.columns(), design.columns()), 0};
    Eigen::Map<MatrixXd> q(basis.q.data(), n, p);
    q = qr.householderQ() * MatrixXd::Identity(n, p);
    MatrixXd inverse = MatrixXd::Identity(p, p);
    qr.matrixR().topLeftCorner(p, p).triangularView<Eigen::Upper>().solveInPlace(inverse);
    Eigen::Map<MatrixXd>(basis.inverse_r.data(), p, p) =
        lengths.cwiseInverse().asDiagonal() * (qr.colsPermutation() * inverse);
    basis.log_determinant =
        2 * (qr.matrixR().topLeftCorner(p, p).diagonal().array().abs().log().sum() + lengths.array().log().sum());
    return basis;
}

} // namespace beproefd::statistics
