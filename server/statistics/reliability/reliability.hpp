// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/linear.hpp"
#include "statistics/outcome.hpp"

#include <optional>
#include <vector>

namespace beproefd::statistics {

struct ItemStatistics {
    std::optional<double> item_rest_correlation; ///< with the sum of the other items; empty when that does not vary
    std::optional<double> alpha_if_dropped;      ///< empty when one item would be left
};

/// Internal consistency of a scale.
struct Alpha {
    double alpha = 0;
    double standardised = 0;
    double mean_correlation = 0;
    std::optional<double> ci_lo; ///< Feldt
    std::optional<double> ci_hi;
    std::vector<ItemStatistics> items;
};

/// Cronbach's alpha of n complete rows by k items (columns). No item is turned round: a negative item-rest
/// correlation is for the reader to judge.
/// Refuses fewer than two items or rows, and an item that does not vary (insufficient_data).
/// Source: Cronbach 1951, doi:10.1007/BF02310555; interval: Feldt 1965, doi:10.1007/BF02289499
Outcome<Alpha> cronbach_alpha(const Matrix& items, double level);

/// McDonald's omega of standardised items.
struct Omega {
    double total = 0;
    std::vector<double> loadings;     ///< sum positive
    std::vector<double> uniquenesses; ///< within [0.005, 1]
    bool heywood = false;             ///< a uniqueness lies on its lower bound
};

/// One factor by maximum likelihood on the correlation matrix, uniquenesses at least 0.005 as in R's factanal;
/// omega = (Σλ)² / ((Σλ)² + Σ(1 − λ²)).
/// Refuses fewer than three items (not identified), an item that does not vary, collinear items or too few rows
/// (singular_design); no_convergence when the likelihood has no maximum that can be found.
/// Source: Jöreskog 1967, doi:10.1007/BF02289658; McDonald 1999, Test Theory
Outcome<Omega> mcdonald_omega(const Matrix& items);

} // namespace beproefd::statistics
