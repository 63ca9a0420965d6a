// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace beproefd::statistics::survey {

/// How often one category was ticked.
struct CategoryCount {
    std::size_t count = 0;
    double pct_cases = 0;                  ///< of those who answered; these add up to more than 100
    std::optional<double> pct_responses{}; ///< of all ticks; empty when nothing was ticked
};

struct MultipleResponse {
    std::size_t n_valid = 0, n_missing = 0, n_responses = 0;
    std::vector<CategoryCount> rows; ///< in category order
};

/// What one respondent ticked, as category numbers from 0; empty = none of them, nothing at all = no answer.
using Ticks = std::optional<std::vector<std::size_t>>;

/// A question where several answers may be ticked. Each respondent counts once per category.
/// Refuses when nobody answered, and a category that is ticked twice by the same respondent.
Outcome<MultipleResponse> multiple_response(std::span<const Ticks> responses, std::size_t categories);

} // namespace beproefd::statistics::survey
