// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <optional>
#include <span>

namespace beproefd::statistics::meta {

enum class TauPrior { half_normal, half_cauchy };

struct BayesOptions {
    TauPrior tau_prior = TauPrior::half_normal;
    double tau_scale = 0.5;        ///< in the unit of the effects, > 0
    bool informative_mean = false; ///< false: every mean is equally likely beforehand
    double mean_prior_mean = 0;
    double mean_prior_sd = 1; ///< > 0
    double level = 0.95;
};

/// A posterior distribution; the interval is central. sd is NaN where the variance is infinite.
struct Posterior {
    double mean = 0, median = 0, sd = 0, ci_lo = 0, ci_hi = 0;
};

struct Bayes {
    Posterior mean_effect;
    Posterior tau;
    Posterior new_study; ///< the true effect of a new study
};

/// Random-effects meta-analysis with prior knowledge: normal effects, normal errors, a prior on τ and one on the
/// mean.
///
/// Deterministic: given τ the mean has a normal posterior, and what is left is a one-dimensional integral over τ, by
/// Gauss–Legendre quadrature over the range where the posterior is. No sampling. Refuses what check_studies refuses.
/// Source: Röver 2020, doi:10.18637/jss.v093.i06
Outcome<Bayes> bayes(std::span<const double> y, std::span<const double> v, const BayesOptions& options);

} // namespace beproefd::statistics::meta
