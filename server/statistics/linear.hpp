// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <cassert>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::statistics {

/// A dense matrix by columns. Small and plain, so that headers need no linear algebra library; .cpp files that do
/// more than this may map it with Eigen::Map<Eigen::MatrixXd>(matrix.data(), matrix.rows(), matrix.columns()).
class Matrix
{
public:
    Matrix() = default;
    Matrix(std::size_t rows, std::size_t columns, double value = 0)
        : rows_(rows), columns_(columns), values_(rows * columns, value)
    {
    }

    static Matrix identity(std::size_t size)
    {
        Matrix unit(size, size);
        for (std::size_t i = 0; i < size; ++i)
            unit(i, i) = 1;
        return unit;
    }

    std::size_t rows() const { return rows_; }
    std::size_t columns() const { return columns_; }

    double& operator()(std::size_t row, std::size_t column)
    {
        assert(row < rows_ && column < columns_);
        return values_[column * rows_ + row];
    }
    double operator()(std::size_t row, std::size_t column) const
    {
        assert(row < rows_ && column < columns_);
        return values_[column * rows_ + row];
    }

    std::span<double> column(std::size_t index) { return std::span(values_).subspan(index * rows_, rows_); }
    std::span<const double> column(std::size_t index) const
    {
        return std::span(values_).subspan(index * rows_, rows_);
    }

    double* data() { return values_.data(); }
    const double* data() const { return values_.data(); }

    bool operator==(const Matrix&) const = default;

private:
    std::size_t rows_ = 0;
    std::size_t columns_ = 0;
    std::vector<double> values_;
};

/// Regressors with their names: an (intercept) first, unless left out. Rows are observations.
struct Design {
    Matrix x;                       ///< n × p
    std::vector<std::string> names; ///< p

    std::size_t rows() const { return x.rows(); }
    std::size_t columns() const { return x.columns(); }
};

/// A column of ones and nothing else.
Design intercept_only(std::size_t rows);

/// A column of regressors by name.
struct Regressor {
    std::string name;
    std::vector<double> values;
};

/// Puts the columns side by side, with a column of ones named (intercept) first when asked.
/// All regressors have `rows` values.
Design design_of(std::span<const Regressor> regressors, bool intercept, std::size_t rows);

/// The name of the column of ones.
inline constexpr std::string_view intercept_name = "(intercept)";

/// How small the part of a column that the other columns do not explain may be, relative to the column, before the
/// design counts as singular.
inline constexpr double rank_tolerance = 1e-10;

/// Weighted least squares.
struct LeastSquares {
    std::vector<double> coefficients; ///< p
    Matrix unscaled_covariance;       ///< (X'WX)⁻¹, p × p
    std::vector<double> fitted;       ///< Xβ, n
    std::vector<double> residuals;    ///< y − Xβ, n
    std::vector<double> leverage;     ///< diagonal of X(X'WX)⁻¹X'W, n
    double weighted_rss = 0;          ///< Σ w r²
    double log_determinant = 0;       ///< ln|X'WX|
};

/// Minimises Σ w (y − xβ)² by Householder QR of √w X with columns scaled to unit length and pivoted.
///
/// weights: empty for ordinary least squares, else n values > 0.
/// Refuses a design that is singular (collinear or constant-zero columns; a column is never dropped silently), and
/// fewer rows than columns with insufficient_data.
Outcome<LeastSquares> least_squares(const Matrix& x, std::span<const double> y, std::span<const double> weights = {});

/// Refuses a design matrix whose columns depend on each other; the message names the columns.
Outcome<std::size_t> check_rank(const Design& design);

/// Whether the columns of q, at right angles and of length 1, tell all groups apart by themselves, as a column of
/// ones does with one group. Then no difference between groups is left over, and the data say nothing of its
/// variance. groups: the number of the group of each row, below `count`.
bool tells_apart(const Matrix& q, std::span<const std::size_t> groups, std::size_t count);

/// A⁻¹ and ln|A| of a symmetric positive definite matrix; singular_design when it is not.
struct SymmetricInverse {
    Matrix inverse;
    double log_determinant = 0;
};
Outcome<SymmetricInverse> invert_symmetric(const Matrix& a);

/// A^exponent by the eigenvalues of a symmetric matrix. Eigenvalues below 1e-10 of the largest in size count as 0
/// and stay 0 (the pseudo-inverse power).
Matrix symmetric_power(const Matrix& a, double exponent);

struct SymmetricEigen {
    std::vector<double> values; ///< ascending
    Matrix vectors;             ///< by columns
};
SymmetricEigen symmetric_eigen(const Matrix& a);

Matrix multiply(const Matrix& a, const Matrix& b);
Matrix transpose(const Matrix& a);
std::vector<double> multiply(const Matrix& a, std::span<const double> x);
double dot(std::span<const double> a, std::span<const double> b);

/// x'Ax.
double quadratic_form(const Matrix& a, std::span<const double> x);

/// Everything a table of coefficients needs.
struct Coefficient {
    std::string name;
    double estimate = 0;
    double standard_error = 0;
    double statistic = 0;
    double df = 0; ///< infinite where the normal distribution is used
    double p = 0;
    double ci_lo = 0;
    double ci_hi = 0;
};

/// estimate ± quantile · standard_error with its two-sided p; df infinite for the normal distribution.
Coefficient coefficient(std::string name, double estimate, double standard_error, double df, double level);

} // namespace beproefd::statistics
