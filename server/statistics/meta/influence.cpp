// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/meta/influence.hpp"

#include "statistics/distribution.hpp"
#include "statistics/meta/kernel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace beproefd::statistics::meta {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> without(std::span<const double> values, std::size_t left_out)
{
    std::vector<double> rest;
    rest.reserve(values.size() - 1);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (i != left_out)
            rest.push_back(values[i]);
    return rest;
}

Matrix without_row(const Matrix& x, std::size_t left_out)
{
    Matrix rest(x.rows() - 1, x.columns());
    for (std::size_t j = 0; j < x.columns(); ++j)
        for (std::size_t i = 0, to = 0; i < x.rows(); ++i)
            if (i != left_out)
                rest(to++, j) = x(i, j);
    return rest;
}

PooledSeries empty_series(std::size_t size)
{
    const std::vector<double> none(size, nan);
    return {none, none, none, none, none, none, none, none};
}

/// One entry of a series: the pooled effect of these studies.
void pool_into(PooledSeries& series, std::size_t at, std::span<const double> y, std::span<const double> v,
               const RandomEffectsOptions& options)
{
    const double df = static_cast<double>(y.size()) - 1;
    const auto core = kernel::fit_core(y, v, Matrix(y.size(), 1, 1.0), options.tau_method);
    const bool scaled = options.test == Test::knapp_hartung && df > 0;
    const double error = std::sqrt(core.covariance(0, 0) * (scaled ? core.s2 : 1));
    const auto pooled = coefficient("", core.coefficients[0], error,
                                    scaled ? df : std::numeric_limits<double>::infinity(), options.level);
    series.estimate[at] = pooled.estimate;
    series.standard_error[at] = error;
    series.p[at] = pooled.p;
    series.ci_lo[at] = pooled.ci_lo;
    series.ci_hi[at] = pooled.ci_hi;
    series.tau2[at] = core.tau2;
    series.q[at] = df > 0 ? core.q0 : 0;
    if (df <= 0)
        series.i2[at] = 0;
    else if (options.tau_method == TauMethod::FE)
        series.i2[at] = core.q0 > 0 ? 100 * std::max(0.0, (core.q0 - df) / core.q0) : 0;
    else
        series.i2[at] = 100 * core.tau2 / (core.tau2 + df / core.trace0);
}

} // namespace

Outcome<Influence> influence(std::span<const double> y, std::span<const double> v, const Design& design,
                             TauMethod method, const Execution& execution)
{
    const auto whole = random_effects(y, v, design, {.tau_method = method});
    if (!whole)
        return whole.error();
    const std::size_t k = y.size(), p = design.columns();
    if (k < p + 2)
        return insufficient_data("Leaving a study out needs at least two studies more than coefficients.", "data.yi");
    const auto basis = kernel::make_basis(design.x);
    if (!basis)
        return basis.error();
    const auto inverse = invert_symmetric(whole->covariance);
    if (!inverse)
        return inverse.error();

    std::vector<double> beta(p);
    for (std::size_t j = 0; j < p; ++j)
        beta[j] = whole->coefficients[j].estimate;
    Influence result;
    for (auto* column : {&result.rstudent, &result.dffits, &result.cook_d, &result.cov_r, &result.tau2_del,
                         &result.qe_del, &result.hat, &result.weight})
        column->assign(k, nan);
    result.dfbs = Matrix(k, p, nan);
    result.influential.assign(k, false);

    kernel::Fit fit(*basis);
    if (!fit.at(y, v, whole->tau2))
        return no_convergence("The weighted model could not be fitted.");
    for (std::size_t i = 0; i < k; ++i) {
        result.hat[i] = fit.weights()[i] * fit.h(i);
        result.weight[i] = 100 * fit.weights()[i] / fit.sum_w;
    }
    const bool finished = parallel_for(execution, k, 1, [&](std::size_t begin, std::size_t end) {
        kernel::Fit all(*basis);
        for (std::size_t i = begin; i < end; ++i) {
            const auto rest = kernel::fit_core(without(y, i), without(v, i), without_row(design.x, i), method);
            if (std::isnan(rest.tau2))
                continue;
            result.tau2_del[i] = rest.tau2;
            result.qe_del[i] = rest.q0;
            std::vector<double> x(p), change(p);
            double fitted = 0, fitted_without = 0;
            for (std::size_t j = 0; j < p; ++j) {
                x[j] = design.x(i, j);
                fitted += x[j] * beta[j];
                fitted_without += x[j] * rest.coefficients[j];
                change[j] = beta[j] - rest.coefficients[j];
            }
            const double spread = v[i] + rest.tau2;
            double residual = y[i] - fitted_without;
            if (std::abs(residual) < 100 * std::numeric_limits<double>::epsilon())
                residual = 0;
            result.rstudent[i] = residual / std::sqrt(spread + quadratic_form(rest.covariance, x));
            result.dffits[i] = (fitted - fitted_without) / std::sqrt(result.hat[i] * spread);
            result.cook_d[i] = quadratic_form(inverse->inverse, change);
            if (const auto determinant = invert_symmetric(rest.covariance))
                result.cov_r[i] = std::exp(determinant->log_determinant - inverse->log_determinant);
            if (all.at(y, v, rest.tau2)) {
                Matrix a_inverse(p, p);
                std::copy(all.a_inverse().begin(), all.a_inverse().end(), a_inverse.data());
                for (std::size_t j = 0; j < p; ++j) {
                    std::vector<double> row(p);
                    for (std::size_t m = 0; m < p; ++m)
                        row[m] = basis->r_inverse(j, m);
                    result.dfbs(i, j) = change[j] / std::sqrt(quadratic_form(a_inverse, row));
                }
            }
        }
    });
    if (!finished)
        return stopped();

    const double n = static_cast<double>(k), m = static_cast<double>(p);
    Warnings warnings;
    for (std::size_t i = 0; i < k; ++i) {
        bool influential = std::abs(result.dffits[i]) > 3 * std::sqrt(m / (n - m)) ||
                           distribution::chi2_cdf(result.cook_d[i], m) > 0.5 || result.hat[i] > 3 * m / n;
        for (std::size_t j = 0; j < p; ++j)
            influential = influential || std::abs(result.dfbs(i, j)) > 1;
        result.influential[i] = influential;
        if (std::isnan(result.tau2_del[i]))
            warnings.push_back({"cannot_be_left_out",
                                "Without this study the model cannot be fitted; its diagnostics are null.",
                                "data.yi[" + std::to_string(i) + "]"});
    }
    return {std::move(result), std::move(warnings)};
}

Outcome<PooledSeries> leave_one_out(std::span<const double> y, std::span<const double> v,
                                    const RandomEffectsOptions& options, const Execution& execution)
{
    if (const auto error = check_studies(y, v, y.size()))
        return *error;
    if (y.size() < 2)
        return insufficient_data("Leaving a study out needs at least two studies.", "data.yi");
    auto series = empty_series(y.size());
    const bool finished = parallel_for(execution, y.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            pool_into(series, i, without(y, i), without(v, i), options);
    });
    if (!finished)
        return stopped();
    return series;
}

Outcome<PooledSeries> cumulative(std::span<const double> y, std::span<const double> v, std::span<const double> order,
                                 const RandomEffectsOptions& options, const Execution& execution)
{
    if (const auto error = check_studies(y, v, y.size()))
        return *error;
    std::vector<std::size_t> place(y.size());
    std::iota(place.begin(), place.end(), std::size_t{0});
    if (!order.empty())
        std::stable_sort(place.begin(), place.end(),
                         [&](std::size_t a, std::size_t b) { return order[a] < order[b]; });
    std::vector<double> sorted_y, sorted_v;
    for (const std::size_t i : place) {
        sorted_y.push_back(y[i]);
        sorted_v.push_back(v[i]);
    }
    auto series = empty_series(y.size());
    const bool finished = parallel_for(execution, y.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            pool_into(series, i, std::span(sorted_y).first(i + 1), std::span(sorted_v).first(i + 1), options);
    });
    if (!finished)
        return stopped();
    return series;
}

} // namespace beproefd::statistics::meta
