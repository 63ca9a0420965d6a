// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/linear.hpp"
#include "statistics/outcome.hpp"

#include <span>

namespace beproefd::statistics {

enum class Likelihood { restricted, full };

/// Degrees of freedom of the coefficients of a mixed model.
enum class MixedDf {
    satterthwaite, ///< from the observed information, as lmerTest
    kenward_roger, ///< from the expected information, with adjusted standard errors, as pbkrtest
};

/// A linear model whose groups each have an intercept of their own, drawn from a normal distribution.
struct MixedModel {
    std::size_t n = 0;
    std::size_t groups = 0;
    double variance_group = 0;
    double variance_residual = 0;
    double log_likelihood = 0; ///< restricted: without the ½ ln|X'X| term, as lme4
    std::vector<Coefficient> coefficients;
    bool boundary = false; ///< the variance between groups is estimated as 0
};

/// Maximum (restricted) likelihood over λ = σ²_group/σ²_residual on [0, ∞): one pass over the rows, then
/// O(distinct group sizes · p²) per evaluation; a grid over λ finds the global maximum and the root of the score
/// makes it exact.
///
/// groups: the number of the group of each row.
/// Refuses collinear columns, no residual degrees of freedom, a single group, groups of one row each,
/// regressors that tell all groups apart (insufficient_data), Kenward–Roger without REML (invalid_option), and data
/// without residual variation. Source: Bates et al. 2015, doi:10.18637/jss.v067.i01; Satterthwaite as in Kuznetsova
/// et al. 2017, doi:10.18637/jss.v082.i13; Kenward & Roger 1997, doi:10.2307/2533558
Outcome<MixedModel> mixed_model(const Design& design, std::span<const double> y, std::span<const std::size_t> groups,
                                Likelihood likelihood, MixedDf df, double level);

} // namespace beproefd::statistics
