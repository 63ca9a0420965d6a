// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/design/interrupted_series.hpp"

#include "statistics/distribution.hpp"
#include "statistics/regression/basis.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <numbers>

namespace beproefd::statistics {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Design segments(std::span<const SeriesPoint> points, const SeriesModel& model)
{
    const double start = static_cast<double>(model.start);
    std::vector<Regressor> columns{{"time", {}}, {"level_change", {}}};
    if (model.slope_change)
        columns.push_back({"slope_change", {}});
    for (std::size_t h = 1; h <= model.harmonics; ++h) {
        columns.push_back({"sin_" + std::to_string(h), {}});
        columns.push_back({"cos_" + std::to_string(h), {}});
    }
    for (const SeriesPoint& point : points) {
        const double post = point.time >= start ? 1 : 0;
        std::size_t next = 0;
        columns[next++].values.push_back(point.time);
        columns[next++].values.push_back(post);
        if (model.slope_change)
            columns[next++].values.push_back((point.time - start) * post);
        for (std::size_t h = 1; h <= model.harmonics; ++h) {
            // Whole turns are taken off first. A sine that is 0 at every point (half a season apart) has to be 0, not
            // the rounding of π, which would be fitted as if it were a season.
            const double turns = std::remainder(static_cast<double>(h) * point.season_index / model.season_period, 1);
            const double angle = 2 * std::numbers::pi * turns;
            columns[next++].values.push_back(
                2 * std::abs(turns) == std::floor(2 * std::abs(turns)) ? 0 : std::sin(angle));
            columns[next++].values.push_back(std::cos(angle));
        }
    }
    return design_of(columns, true, points.size());
}

/// Σ scores scores' with Bartlett weights up to lag, scores by time.
MatrixXd long_run(const MatrixXd& scores, std::span<const SeriesPoint> points, std::size_t lag)
{
    const Index first = static_cast<Index>(points.front().time), last = static_cast<Index>(points.back().time);
    MatrixXd by_time = MatrixXd::Zero(last - first + 1, scores.cols());
    for (Index i = 0; i < scores.rows(); ++i)
        by_time.row(static_cast<Index>(points[static_cast<std::size_t>(i)].time) - first) = scores.row(i);
    MatrixXd sum = by_time.transpose() * by_time;
    const Index length = by_time.rows();
    for (std::size_t l = 1; l <= lag && static_cast<Index>(l) < length; ++l) {
        const double weight = 1 - static_cast<double>(l) / (static_cast<double>(lag) + 1);
        const Index shift = static_cast<Index>(l);
        const MatrixXd cross = by_time.bottomRows(length - shift).transpose() * by_time.topRows(length - shift);
        sum += weight * (cross + cross.transpose());
    }
    return sum;
}

/// Estimates in the basis, with what the covariance needs.
struct Estimates {
    Basis basis;
    VectorXd beta;      ///< coefficients of the design
    VectorXd residuals; ///< in the units of the basis: (y − μ)/√w
    double dispersion = 1;
};

Outcome<Estimates> least_squares_fit(const Design& design, const VectorXd& y, double df)
{
    auto basis = orthonormal_basis(design);
    if (!basis)
        return basis.error();
    const Index n = y.size(), p = static_cast<Index>(design.columns());
    const Eigen::Map<const MatrixXd> q(basis->q.data(), n, p), inverse_r(basis->inverse_r.data(), p, p);
    VectorXd b = q.transpose() * y;
    VectorXd residuals = y - q * b;
    const VectorXd correction = q.transpose() * residuals;
    b += correction;
    residuals -= q * correction;
    const double rss = residuals.squaredNorm();
    if (!is_computable(y.stableNorm()))
        return invalid_data("The values of y are too large or too small to be squared.", "data.y");
    return Estimates{std::move(*basis), inverse_r * b, residuals, rss / df};
}

double poisson_deviance(const VectorXd& y, const VectorXd& mu)
{
    double sum = 0;
    for (Index i = 0; i < y.size(); ++i)
        sum += 2 * ((y[i] > 0 ? y[i] * std::log(y[i] / mu[i]) : 0) - (y[i] - mu[i]));
    return sum;
}

Outcome<Estimates> poisson_fit(const Design& design, const VectorXd& y, const VectorXd& offset, double df)
{
    const Index n = y.size(), p = static_cast<Index>(design.columns());
    if (!(y.maxCoeff() > 0))
        return insufficient_data("All counts are zero.", "data.y");
    if (!is_computable(y.stableNorm()))
        return invalid_data("The counts are too large or too small to be squared.", "data.y");
    if (const auto basis = orthonormal_basis(design); !basis)
        return basis.error();
    const Eigen::Map<const MatrixXd> x(design.x.data(), n, p);
    VectorXd mu = y.array() + 0.1, eta = mu.array().log();
    VectorXd beta;
    double deviance = poisson_deviance(y, mu);
    for (int iteration = 0; iteration < 200; ++iteration) {
        const std::vector<double> weights(mu.data(), mu.data() + n);
        const auto basis = orthonormal_basis(design, weights);
        if (!basis)
            break;
        const Eigen::Map<const MatrixXd> q(basis->q.data(), n, p), inverse_r(basis->inverse_r.data(), p, p);
        const VectorXd root = mu.cwiseSqrt();
        const VectorXd working = (eta - offset).array() + (y - mu).array() / mu.array();
        VectorXd next = inverse_r * (q.transpose() * root.cwiseProduct(working));
        double next_deviance = 0;
        for (int halving = 0;; ++halving) {
            eta = x * next + offset;
            mu = eta.array().exp();
            next_deviance = poisson_deviance(y, mu);
            if (iteration == 0 || halving == 40 ||
                (std::isfinite(next_deviance) && next_deviance <= deviance + 1e-10 * (std::abs(deviance) + 1)))
                break;
            next = 0.5 * (next + beta);
        }
        if (!std::isfinite(next_deviance) || !(mu.minCoeff() > 1e-200))
            break;
        const bool arrived = iteration > 0 &&
                             std::abs(next_deviance - deviance) < 1e-14 * (std::abs(next_deviance) + 0.1) &&
                             (next - beta).cwiseAbs().maxCoeff() < 1e-9 * (1 + next.cwiseAbs().maxCoeff());
        beta = next;
        deviance = next_deviance;
        if (!arrived)
            continue;
        if (eta.maxCoeff() - eta.minCoeff() > 30 && (y.array() == 0).any())
            break; // a segment of zeros has its level going to minus infinity
        const std::vector<double> final_weights(mu.data(), mu.data() + n);
        auto final_basis = orthonormal_basis(design, final_weights);
        if (!final_basis)
            break;
        const VectorXd residuals = (y - mu).cwiseQuotient(mu.cwiseSqrt());
        return Estimates{std::move(*final_basis), beta, residuals, residuals.squaredNorm() / df};
    }
    return no_convergence("The Poisson model did not converge; are all counts in a segment zero?", "data.y");
}

} // namespace

std::size_t customary_lag(std::size_t n)
{
    return static_cast<std::size_t>(std::floor(4 * std::pow(static_cast<double>(n) / 100, 2.0 / 9)));
}

Outcome<InterruptedSeries> interrupted_series(std::span<const SeriesPoint> points, const SeriesModel& model)
{
    if (points.empty())
        return insufficient_data("The series is empty.", "data.y");
    const double last = points.back().time;
    if (model.start < 2 || static_cast<double>(model.start) > last)
        return invalid_option("The start must be a time of the series after its first one.", "options.start");
    const Design design = segments(points, model);
    const Index n = static_cast<Index>(points.size()), p = static_cast<Index>(design.columns());
    if (n <= p)
        return insufficient_data("There are no residual degrees of freedom: the series is too short.", "data.y");
    const double df = static_cast<double>(n - p);
    VectorXd y(n), offset(n);
    for (Index i = 0; i < n; ++i) {
        y[i] = points[static_cast<std::size_t>(i)].y;
        offset[i] = points[static_cast<std::size_t>(i)].log_exposure;
    }

    const bool poisson = model.family == SeriesModel::Family::quasipoisson;
    const auto estimates = poisson ? poisson_fit(design, y, offset, df) : least_squares_fit(design, y, df);
    if (!estimates)
        return estimates.error();
    const Eigen::Map<const MatrixXd> q(estimates->basis.q.data(), n, p),
        inverse_r(estimates->basis.inverse_r.data(), p, p);
    MatrixXd meat = MatrixXd::Identity(p, p) * estimates->dispersion;
    if (model.newey_west_lag)
        meat = long_run(estimates->residuals.asDiagonal() * q, points, *model.newey_west_lag);

    InterruptedSeries result;
    result.n = points.size();
    result.perfect_fit = !(estimates->residuals.squaredNorm() > 1e-28 * y.squaredNorm());
    result.df_residual = df;
    for (Index j = 0; j < p; ++j) {
        const VectorXd z = inverse_r.row(j).transpose();
        Coefficient row = coefficient(design.names[static_cast<std::size_t>(j)], estimates->beta[j],
                                      std::sqrt(z.dot(meat * z)), df, model.level);
        if (model.normal_interval) {
            const double margin = distribution::normal_quantile(0.5 + model.level / 2) * row.standard_error;
            row.ci_lo = row.estimate - margin;
            row.ci_hi = row.estimate + margin;
        }
        const Index named = model.slope_change ? 4 : 3;
        (j < named ? result.coefficients : result.harmonics).push_back(std::move(row));
    }
    if (poisson) {
        result.dispersion = estimates->dispersion;
    } else if (static_cast<double>(n) == last - points.front().time + 1) {
        const VectorXd& e = estimates->residuals;
        const double rss = e.squaredNorm();
        if (rss > 1e-28 * y.squaredNorm())
            result.durbin_watson = (e.tail(n - 1) - e.head(n - 1)).squaredNorm() / rss;
    }
    return result;
}

} // namespace beproefd::statistics
