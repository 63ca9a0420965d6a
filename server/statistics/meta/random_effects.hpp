// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/linear.hpp"
#include "statistics/outcome.hpp"

#include <optional>
#include <span>
#include <vector>

namespace beproefd::statistics::meta {

/// How the variance between studies, τ², is estimated.
enum class TauMethod {
    REML, ///< restricted maximum likelihood, its global maximum on [0, ∞)
    ML,   ///< maximum likelihood, likewise
    DL,   ///< DerSimonian & Laird 1986
    HE,   ///< Hedges & Olkin 1985: unweighted
    HS,   ///< Hunter & Schmidt
    SJ,   ///< Sidik & Jonkman 2005
    EB,   ///< empirical Bayes, Morris 1983; the same root as PM
    PM,   ///< Paule & Mandel 1982
    FE,   ///< one effect for all studies: τ² = 0
};

/// Which distribution the coefficients are held against.
enum class Test {
    normal,
    knapp_hartung, ///< variance scaled by y'Py/(k−p), t with k−p degrees of freedom. Hartung & Knapp 2001
};

enum class PredictionInterval {
    same,  ///< the quantile of the confidence interval
    riley, ///< t with k−p−1 degrees of freedom (k−2 without moderators). Higgins, Thompson & Spiegelhalter 2009
};

struct RandomEffectsOptions {
    TauMethod tau_method = TauMethod::REML;
    Test test = Test::normal;
    double level = 0.95;
    PredictionInterval prediction_interval = PredictionInterval::same;
    bool tau2_interval = false; ///< Q-profile bounds
    /// For REML, ML and EB: Fisher scoring from the estimate of Hedges and Olkin, ended when τ² changes by no more
    /// than this (in units of y squared), as other programs do. Taken only where no study's weight
    /// differs by a hundredth from what it is at the solution; without it the solution itself is given.
    std::optional<double> scoring_threshold{};
};

struct Prediction {
    double estimate = 0;
    double standard_error = 0;
    double ci_lo = 0, ci_hi = 0;
    double pi_lo = 0, pi_hi = 0; ///< where the effect of a new study is expected
};

/// A random-effects (or, with FE, equal-effects) model. NaN where something is not defined.
struct RandomEffects {
    std::size_t k = 0; ///< studies
    std::size_t p = 0; ///< coefficients
    double tau2 = 0;
    double tau2_standard_error = 0; ///< NaN for FE
    double i2 = 0;                  ///< per cent
    double h2 = 0;
    double q = 0;
    double q_df = 0;
    double q_p = 0;
    std::vector<Coefficient> coefficients;
    Matrix covariance; ///< of the coefficients, scaled when Knapp–Hartung
    double qm = 0;     ///< test of all coefficients but the intercept; NaN without moderators
    double qm_df1 = 0;
    double qm_df2 = 0; ///< infinite for a χ² test
    double qm_p = 0;
    double r2 = 0; ///< per cent of τ² explained by the moderators; NaN without any
    double log_likelihood_ml = 0;
    double log_likelihood_reml = 0;
    double s2 = 0; ///< y'P(τ²)y/(k−p), the factor of Knapp–Hartung; NaN when k = p
    double critical_value = 0;
    std::optional<Prediction> pooled; ///< of the mean effect, without moderators
    std::optional<double> tau2_lo, tau2_hi, i2_lo, i2_hi;
};

/// Pools k studies, with or without moderators.
///
/// y: effects in the studies' own unit (for example log risk ratio); v: their sampling variances > 0 in that unit
/// squared; design: k × p. Refuses non-positive variances (invalid_data), a singular design, and with any method but
/// FE, or with Knapp–Hartung, fewer than p+1 studies (insufficient_data). With few studies τ² is uncertain: show its
/// interval too. Warns when s² < 1 makes the Knapp–Hartung interval narrower than the ordinary one, and when there
/// are fewer than ten studies per moderator.
/// Source: Viechtbauer 2010, doi:10.18637/jss.v036.i03; 2005, doi:10.3102/10769986030003261; 2007,
/// doi:10.1002/sim.2514
Outcome<RandomEffects> random_effects(std::span<const double> y, std::span<const double> v, const Design& design,
                                      const RandomEffectsOptions& options = {});

/// The expected effect at a row of moderators (p values, the intercept included), with its intervals.
Prediction predict(const RandomEffects& model, std::span<const double> x, const RandomEffectsOptions& options);

/// An empirical-Bayes estimate per study: λy + (1−λ)xβ with λ = τ²/(τ²+v), variance λv + (1−λ)²xVx'.
/// Intervals use the normal distribution. Source: Raudenbush & Bryk 1985, doi:10.3102/10769986010002075
std::vector<Prediction> shrunken_effects(const RandomEffects& model, std::span<const double> y,
                                         std::span<const double> v, const Design& design, double level);

/// Checks what every meta-analysis asks of its data: equal lengths, finite effects, variances > 0.
std::optional<Error> check_studies(std::span<const double> y, std::span<const double> v, std::size_t rows);

} // namespace beproefd::statistics::meta
