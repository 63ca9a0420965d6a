// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/meta/random_effects.hpp"

#include "statistics/distribution.hpp"
#include "statistics/meta/kernel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace beproefd::statistics::meta {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

double square(double x) { return x * x; }

/// The standard error of τ̂² in the scaled unit; formulas of the contract, section meta.rma.
double tau2_standard_error(kernel::Fit& fit, std::span<const double> y, std::span<const double> v, double raw,
                           TauMethod method, double tau2)
{
    const double k = static_cast<double>(y.size()), df = k - static_cast<double>(fit.gamma().size());
    switch (method) {
    case TauMethod::FE:
        return nan;
    case TauMethod::ML:
        return fit.at(y, v, tau2) ? std::sqrt(2 / fit.sum_w2) : nan;
    case TauMethod::REML:
        return fit.at(y, v, tau2) ? std::sqrt(2 / fit.traces(v).pp) : nan;
    case TauMethod::EB:
    case TauMethod::PM:
        return fit.at(y, v, tau2) ? std::sqrt(2 * k * k / (df * square(fit.sum_w))) : nan;
    case TauMethod::DL:
    case TauMethod::HS: {
        if (!fit.at(y, v, 0))
            return nan;
        const double numerator = 2 * df + 4 * tau2 * fit.trace_p + 2 * square(tau2) * fit.traces(v).pp;
        return std::sqrt(numerator) / (method == TauMethod::DL ? fit.trace_p : fit.sum_w);
    }
    case TauMethod::HE: {
        const std::vector<double> ones(y.size(), 1.0);
        if (!fit.at(y, ones, 0))
            return nan;
        const auto traces = fit.traces(v);
        return std::sqrt(2 * traces.pvpv + 4 * tau2 * traces.pv + 2 * square(tau2) * df) / df;
    }
    case TauMethod::SJ: {
        if (raw == 0)
            return 0;
        if (!(raw > 0) || !fit.at(y, v, raw))
            return nan;
        const auto traces = fit.traces(v);
        return raw / df * std::sqrt(2 * traces.pvpv + 4 * tau2 * traces.pvp + 2 * square(tau2) * traces.pp);
    }
    }
    return nan;
}

/// The test of all coefficients but the intercept: a Wald χ², or with Knapp–Hartung an F.
void test_moderators(RandomEffects& model, const Design& design, Test test)
{
    std::vector<std::size_t> tested;
    for (std::size_t j = 0; j < design.columns(); ++j)
        if (design.names[j] != intercept_name)
            tested.push_back(j);
    model.qm = model.qm_df1 = model.qm_df2 = model.qm_p = nan;
    if (tested.empty())
        return;
    const std::size_t m = tested.size();
    Matrix block(m, m);
    std::vector<double> beta(m);
    for (std::size_t a = 0; a < m; ++a) {
        beta[a] = model.coefficients[tested[a]].estimate;
        for (std::size_t b = 0; b < m; ++b)
            block(a, b) = model.covariance(tested[a], tested[b]);
    }
    model.qm_df1 = static_cast<double>(m);
    const auto inverse = invert_symmetric(block);
    if (!inverse)
        return;
    model.qm = quadratic_form(inverse->inverse, beta);
    if (test == Test::knapp_hartung) {
        model.qm /= model.qm_df1;
        model.qm_df2 = static_cast<double>(model.k - model.p);
        model.qm_p = distribution::f_sf(model.qm, model.qm_df1, model.qm_df2);
    } else {
        model.qm_df2 = infinity;
        model.qm_p = distribution::chi2_sf(model.qm, model.qm_df1);
    }
}

} // namespace

std::optional<Error> check_studies(std::span<const double> y, std::span<const double> v, std::size_t rows)
{
    if (y.size() != v.size() || y.size() != rows)
        return invalid_data("There have to be as many variances as effects.", "data.vi");
    if (y.empty())
        return insufficient_data("There are no studies.", "data.yi");
    for (std::size_t i = 0; i < y.size(); ++i) {
        if (!std::isfinite(y[i]))
            return invalid_data("An effect has to be a finite number.", fmt::format("data.yi[{}]", i));
        if (!(v[i] > 0) || std::isinf(v[i]))
            return invalid_data("A sampling variance has to be above 0.", fmt::format("data.vi[{}]", i));
    }
    return std::nullopt;
}

Outcome<RandomEffects> random_effects(std::span<const double> y, std::span<const double> v, const Design& design,
                                      const RandomEffectsOptions& options)
{
    if (const auto error = check_studies(y, v, design.rows()))
        return *error;
    const std::size_t k = y.size(), p = design.columns();
    const double df = static_cast<double>(k) - static_cast<double>(p);
    if (k < p)
        return insufficient_data("There are fewer studies than coefficients.", "data.yi");
    if (k == p && options.tau_method != TauMethod::FE)
        return insufficient_data(
            "The variance between studies needs more studies than coefficients; the method FE does without it.",
            "data.yi");
    if (k == p && options.test == Test::knapp_hartung)
        return insufficient_data("Knapp and Hartung's test needs more studies than coefficients.", "data.yi");
    const auto basis = kernel::make_basis(design.x);
    if (!basis)
        return basis.error();

    Warnings warnings;
    kernel::Fit fit(*basis);
    const auto [scaled_y, scaled_v, s] = kernel::scale(y, v);
    const std::vector<double> ones(k, 1.0);
    if (!fit.at(scaled_y, ones, 0))
        return no_convergence("The unweighted model could not be fitted.");
    // Residuals of the unweighted fit keep their digits where effects far from 0 would lose them.
    const std::vector<double> centre = fit.gamma(), residuals = fit.residuals();

    const double raw = kernel::raw_variance(scaled_y);

    RandomEffects model;
    model.k = k;
    model.p = p;
    const double tau2 =
        options.tau_method == TauMethod::FE
            ? 0
            : kernel::estimate_tau2(fit, residuals, scaled_v, raw, options.tau_method,
                                    options.scoring_threshold ? std::optional(*options.scoring_threshold / (s * s))
                                                              : std::nullopt);
    if (!fit.at(residuals, scaled_v, 0) || std::isnan(tau2))
        return no_convergence("The variance between studies could not be estimated.");
    model.q = k == p ? 0 : fit.q_statistic;
    model.q_df = df;
    model.q_p = df > 0 ? distribution::chi2_sf(model.q, df) : nan;
    const double typical_variance = df > 0 ? df / fit.trace_p : nan; // scaled
    const auto i2_of = [&](double value) { return 100 * value / (value + typical_variance); };

    if (options.tau2_interval && df > 0) {
        const auto bounds = kernel::q_profile(fit, residuals, scaled_v, options.level);
        model.tau2_lo = bounds.low * s * s;
        model.tau2_hi = bounds.high * s * s;
        model.i2_lo = i2_of(bounds.low);
        model.i2_hi = i2_of(bounds.high);
        if (bounds.high == 0)
            warnings.push_back({"tau2_interval_empty",
                                "The effects agree more than their variances let expect: no value of tau² fits, and "
                                "the interval is shown as 0 to 0.",
                                "result.tau2_ci_hi"});
    }
    model.tau2 = tau2 * s * s;
    model.tau2_standard_error =
        df > 0 ? tau2_standard_error(fit, residuals, scaled_v, raw, options.tau_method, tau2) * s * s : nan;
    if (options.tau_method == TauMethod::FE) {
        model.i2 = df > 0 ? (model.q > 0 ? 100 * std::max(0.0, (model.q - df) / model.q) : 0) : nan;
        model.h2 = df > 0 ? model.q / df : nan;
    } else {
        model.i2 = i2_of(tau2);
        model.h2 = 1 + tau2 / typical_variance;
    }

    if (!fit.at(residuals, scaled_v, tau2))
        return no_convergence("The weighted model could not be fitted.");
    const double weighted_rss = fit.q_statistic;
    model.s2 = df > 0 ? weighted_rss / df : nan;
    Matrix a_inverse(p, p);
    for (std::size_t j = 0; j < p * p; ++j)
        a_inverse.data()[j] = fit.a_inverse()[j] * s * s;
    std::vector<double> beta(p);
    for (std::size_t j = 0; j < p; ++j)
        beta[j] = (centre[j] + fit.gamma()[j]) * s;
    if (basis->ones) {
        model.covariance = a_inverse;
    } else {
        beta = multiply(basis->r_inverse, beta);
        model.covariance = multiply(multiply(basis->r_inverse, a_inverse), transpose(basis->r_inverse));
    }
    double log_variances = 0;
    for (const double variance : scaled_v)
        log_variances += std::log(variance + tau2);
    const double log_2pi = std::log(2 * 3.14159265358979323846), log_s2 = 2 * std::log(s);
    const double log_det_x = basis->log_det_xtx;
    // ln|X'WX| = ln|Q'WQ| + ln|X'X|; for the single column of ones Q is that column itself.
    const double log_det_xwx = fit.log_det_a + (basis->ones ? 0 : log_det_x);
    model.log_likelihood_ml =
        -0.5 * static_cast<double>(k) * (log_2pi + log_s2) - 0.5 * log_variances - 0.5 * weighted_rss;
    model.log_likelihood_reml = -0.5 * df * (log_2pi + log_s2) + 0.5 * log_det_x - 0.5 * log_variances -
                                0.5 * log_det_xwx - 0.5 * weighted_rss;

    double coefficient_df = infinity;
    if (options.test == Test::knapp_hartung) {
        coefficient_df = df;
        for (std::size_t j = 0; j < p * p; ++j)
            model.covariance.data()[j] *= model.s2;
        if (model.s2 < 1)
            warnings.push_back({"knha_narrower",
                                "The effects lie closer together than expected, so that Knapp and Hartung's standard "
                                "errors are smaller than the ordinary ones; look at both.",
                                ""});
    }
    for (std::size_t j = 0; j < p; ++j)
        model.coefficients.push_back(
            coefficient(design.names[j], beta[j], std::sqrt(model.covariance(j, j)), coefficient_df, options.level));
    model.critical_value = distribution::t_quantile(0.5 + options.level / 2, coefficient_df);
    for (const auto& item : model.coefficients)
        if (!std::isfinite(item.estimate) || !std::isfinite(item.standard_error))
            return no_convergence("The numbers are too large or too small to calculate with.");
    test_moderators(model, design, options.test);

    model.r2 = nan;
    const bool has_intercept =
        std::find(design.names.begin(), design.names.end(), intercept_name) != design.names.end();
    if (p == 1 && has_intercept) {
        const double one = 1;
        model.pooled = predict(model, {&one, 1}, options);
    } else {
        if (options.tau_method != TauMethod::FE) {
            const auto without = kernel::fit_core(y, v, Matrix(k, 1, 1.0), options.tau_method);
            if (without.tau2 > 0)
                model.r2 = 100 * std::max(0.0, (without.tau2 - model.tau2) / without.tau2);
            else if (without.tau2 == 0)
                model.r2 = 0;
        }
        if (k < 10 * (p - (has_intercept ? 1 : 0)))
            warnings.push_back(
                {"few_studies_per_moderator",
                 "There are fewer than ten studies per moderator; what is found may not hold elsewhere.", "data.x"});
    }
    if (k == 1)
        warnings.push_back({"single_study", "There is one study: the result is that study.", "data.yi"});
    return {std::move(model), std::move(warnings)};
}

Prediction predict(const RandomEffects& model, std::span<const double> x, const RandomEffectsOptions& options)
{
    Prediction prediction;
    for (std::size_t j = 0; j < model.p; ++j)
        prediction.estimate += x[j] * model.coefficients[j].estimate;
    const double variance = quadratic_form(model.covariance, x);
    prediction.standard_error = std::sqrt(variance);
    const double margin = model.critical_value * prediction.standard_error;
    prediction.ci_lo = prediction.estimate - margin;
    prediction.ci_hi = prediction.estimate + margin;
    double critical = model.critical_value;
    if (options.prediction_interval == PredictionInterval::riley) {
        const double df = static_cast<double>(model.k) - static_cast<double>(model.p) - 1;
        critical = df > 0 ? distribution::t_quantile(0.5 + options.level / 2, df) : nan;
    }
    const double spread = critical * std::sqrt(variance + model.tau2);
    prediction.pi_lo = prediction.estimate - spread;
    prediction.pi_hi = prediction.estimate + spread;
    return prediction;
}

std::vector<Prediction> shrunken_effects(const RandomEffects& model, std::span<const double> y,
                                         std::span<const double> v, const Design& design, double level)
{
    const double critical = distribution::normal_quantile(0.5 + level / 2);
    std::vector<Prediction> effects(y.size());
    std::vector<double> x(model.p);
    for (std::size_t i = 0; i < y.size(); ++i) {
        double fitted = 0;
        for (std::size_t j = 0; j < model.p; ++j) {
            x[j] = design.x(i, j);
            fitted += x[j] * model.coefficients[j].estimate;
        }
        const double own = model.tau2 / (model.tau2 + v[i]);
        auto& effect = effects[i];
        effect.estimate = own * y[i] + (1 - own) * fitted;
        effect.standard_error = std::sqrt(own * v[i] + square(1 - own) * quadratic_form(model.covariance, x));
        effect.ci_lo = effect.pi_lo = effect.estimate - critical * effect.standard_error;
        effect.ci_hi = effect.pi_hi = effect.estimate + critical * effect.standard_error;
    }
    return effects;
}

} // namespace beproefd::statistics::meta
