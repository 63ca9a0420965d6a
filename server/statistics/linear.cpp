// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/linear.hpp"

#include "statistics/distribution.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Dense>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>

#include <cmath>

namespace beproefd::statistics {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Eigen::Map<const MatrixXd> view(const Matrix& a)
{
    return {a.data(), static_cast<Index>(a.rows()), static_cast<Index>(a.columns())};
}

Eigen::Map<const VectorXd> view(std::span<const double> x) { return {x.data(), static_cast<Index>(x.size())}; }

Matrix copy(const MatrixXd& a)
{
    Matrix result(static_cast<std::size_t>(a.rows()), static_cast<std::size_t>(a.cols()));
    Eigen::Map<MatrixXd>(result.data(), a.rows(), a.cols()) = a;
    return result;
}

/// √w X with each column divided by its length. A column of zeros keeps length 1, and shows up as a rank too low.
struct Scaled {
    MatrixXd x;
    VectorXd lengths;
};

Scaled scale_columns(const Matrix& x, std::span<const double> weights)
{
    Scaled scaled{view(x), VectorXd::Ones(static_cast<Index>(x.columns()))};
    if (!weights.empty())
        scaled.x.array().colwise() *= view(weights).array().sqrt();
    for (Index j = 0; j < scaled.x.cols(); ++j) {
        const double length = scaled.x.col(j).stableNorm();
        if (length > 0 && std::isfinite(length)) {
            scaled.lengths[j] = length;
            scaled.x.col(j) /= length;
        }
    }
    return scaled;
}

Error dependent_columns() { return singular_design("The regressors depend on each other: leave one of them out."); }

} // namespace

Design intercept_only(std::size_t rows) { return {Matrix(rows, 1, 1.0), {std::string(intercept_name)}}; }

Design design_of(std::span<const Regressor> regressors, bool intercept, std::size_t rows)
{
    Design design{Matrix(rows, regressors.size() + (intercept ? 1 : 0), 1.0), {}};
    if (intercept)
        design.names.emplace_back(intercept_name);
    for (const Regressor& regressor : regressors) {
        assert(regressor.values.size() == rows);
        std::copy(regressor.values.begin(), regressor.values.end(), design.x.column(design.names.size()).begin());
        design.names.push_back(regressor.name);
    }
    return design;
}

Outcome<LeastSquares> least_squares(const Matrix& x, std::span<const double> y, std::span<const double> weights)
{
    const Index n = static_cast<Index>(x.rows()), p = static_cast<Index>(x.columns());
    assert(static_cast<Index>(y.size()) == n && (weights.empty() || weights.size() == y.size()));
    if (n < p || n == 0)
        return insufficient_data("There are fewer complete rows than coefficients.", "data.x");

    LeastSquares fit;
    fit.fitted.assign(y.size(), 0);
    fit.residuals.assign(y.begin(), y.end());
    fit.leverage.assign(y.size(), 0);
    if (p > 0) {
        const Scaled scaled = scale_columns(x, weights);
        Eigen::ColPivHouseholderQR<MatrixXd> qr(scaled.x);
        qr.setThreshold(rank_tolerance);
        if (qr.rank() < p)
            return dependent_columns();
        VectorXd target = view(y);
        if (!weights.empty())
            target.array() *= view(weights).array().sqrt();
        const VectorXd scaled_beta = qr.solve(target);
        const VectorXd beta = scaled_beta.cwiseQuotient(scaled.lengths);

        MatrixXd inverse_r = MatrixXd::Identity(p, p);
        qr.matrixR().topLeftCorner(p, p).triangularView<Eigen::Upper>().solveInPlace(inverse_r);
        const MatrixXd unpivoted = qr.colsPermutation() * inverse_r;
        const MatrixXd root = scaled.lengths.cwiseInverse().asDiagonal() * unpivoted;
        fit.unscaled_covariance = copy(root * root.transpose());
        const MatrixXd q = scaled.x * unpivoted;
        const VectorXd leverage = q.rowwise().squaredNorm();
        fit.log_determinant = 2 * qr.matrixR().topLeftCorner(p, p).diagonal().array().abs().log().sum() +
                              2 * scaled.lengths.array().log().sum();
        const VectorXd fitted = view(x) * beta;
        fit.coefficients.assign(beta.data(), beta.data() + p);
        fit.fitted.assign(fitted.data(), fitted.data() + n);
        fit.leverage.assign(leverage.data(), leverage.data() + n);
    }
    for (std::size_t i = 0; i < y.size(); ++i) {
        fit.residuals[i] = y[i] - fit.fitted[i];
        fit.weighted_rss += (weights.empty() ? 1 : weights[i]) * fit.residuals[i] * fit.residuals[i];
    }
    return fit;
}

Outcome<std::size_t> check_rank(const Design& design)
{
    const std::size_t p = design.columns();
    if (design.rows() < p)
        return insufficient_data("There are fewer complete rows than coefficients.", "data.x");
    if (p == 0)
        return p;
    Eigen::ColPivHouseholderQR<MatrixXd> qr(scale_columns(design.x, {}).x);
    qr.setThreshold(rank_tolerance);
    const std::size_t rank = static_cast<std::size_t>(qr.rank());
    if (rank == p)
        return p;
    const std::size_t extra = static_cast<std::size_t>(qr.colsPermutation().indices()[static_cast<Index>(rank)]);
    return singular_design("The column '" + design.names[extra] + "' depends on the other columns: leave one out.",
                           "data.x");
}

bool tells_apart(const Matrix& q, std::span<const std::size_t> groups, std::size_t count)
{
    if (count > q.columns())
        return false;
    // The indicator of a group lies within the columns when its projection on them is as long as itself.
    std::vector<double> size(count, 0), projected(count, 0);
    for (const std::size_t group : groups)
        ++size[group];
    for (std::size_t j = 0; j < q.columns(); ++j) {
        std::vector<double> along(count, 0);
        for (std::size_t i = 0; i < groups.size(); ++i)
            along[groups[i]] += q(i, j);
        for (std::size_t group = 0; group < count; ++group)
            projected[group] += along[group] * along[group];
    }
    for (std::size_t group = 0; group < count; ++group)
        if (projected[group] < size[group] * (1 - rank_tolerance))
            return false;
    return true;
}

Outcome<SymmetricInverse> invert_symmetric(const Matrix& a)
{
    if (a.rows() == 0)
        return SymmetricInverse{};
    // Scaled to a unit diagonal first, so that columns in very different units do not count as dependent.
    const VectorXd scale = view(a).diagonal().cwiseSqrt();
    if (!(scale.minCoeff() > 0) || !scale.allFinite())
        return dependent_columns();
    const VectorXd inverse_scale = scale.cwiseInverse();
    const MatrixXd unit = inverse_scale.asDiagonal() * view(a) * inverse_scale.asDiagonal();
    const Eigen::LLT<MatrixXd> factor(unit);
    if (factor.info() != Eigen::Success)
        return dependent_columns();
    const MatrixXd l = factor.matrixL();
    const VectorXd diagonal = l.diagonal();
    if (!(diagonal.minCoeff() > 1e-8))
        return dependent_columns();
    const MatrixXd inverse = inverse_scale.asDiagonal() * factor.solve(MatrixXd::Identity(unit.rows(), unit.cols())) *
                             inverse_scale.asDiagonal();
    return SymmetricInverse{copy(0.5 * (inverse + inverse.transpose())),
                            2 * diagonal.array().log().sum() + 2 * scale.array().log().sum()};
}

SymmetricEigen symmetric_eigen(const Matrix& a)
{
    if (a.rows() == 0)
        return {};
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(view(a));
    const VectorXd& values = solver.eigenvalues();
    return {{values.data(), values.data() + values.size()}, copy(solver.eigenvectors())};
}

Matrix symmetric_power(const Matrix& a, double exponent)
{
    if (a.rows() == 0)
        return {};
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(view(a));
    VectorXd values = solver.eigenvalues();
    const double floor = 1e-10 * values.cwiseAbs().maxCoeff();
    for (double& value : values)
        value = value > floor ? std::pow(value, exponent) : 0;
    return copy(solver.eigenvectors() * values.asDiagonal() * solver.eigenvectors().transpose());
}

Matrix multiply(const Matrix& a, const Matrix& b) { return copy(view(a) * view(b)); }

Matrix transpose(const Matrix& a) { return copy(view(a).transpose()); }

std::vector<double> multiply(const Matrix& a, std::span<const double> x)
{
    const VectorXd product = view(a) * view(x);
    return {product.data(), product.data() + product.size()};
}

double dot(std::span<const double> a, std::span<const double> b)
{
    assert(a.size() == b.size());
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

double quadratic_form(const Matrix& a, std::span<const double> x) { return dot(multiply(a, x), x); }

Coefficient coefficient(std::string name, double estimate, double standard_error, double df, double level)
{
    const double statistic = estimate / standard_error;
    const double margin = distribution::t_quantile(0.5 + level / 2, df) * standard_error;
    return {
        std::move(name),   estimate,         standard_error, statistic, df, distribution::t_two_sided(statistic, df),
        estimate - margin, estimate + margin};
}

} // namespace beproefd::statistics
