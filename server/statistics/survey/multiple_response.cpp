// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/survey/multiple_response.hpp"

#include <fmt/format.h>

namespace beproefd::statistics::survey {

Outcome<MultipleResponse> multiple_response(std::span<const Ticks> responses, std::size_t categories)
{
    MultipleResponse result{.rows = std::vector<CategoryCount>(categories)};
    std::vector<std::size_t> last_ticked_by(categories, responses.size());
    for (std::size_t i = 0; i < responses.size(); ++i) {
        if (!responses[i]) {
            ++result.n_missing;
            continue;
        }
        ++result.n_valid;
        for (std::size_t j = 0; j < responses[i]->size(); ++j) {
            const auto category = (*responses[i])[j];
            if (last_ticked_by[category] == i)
                return invalid_data("A respondent ticked the same category twice.",
                                    fmt::format("data.responses[{}][{}]", i, j));
            last_ticked_by[category] = i;
            ++result.rows[category].count;
            ++result.n_responses;
        }
    }
    if (result.n_valid == 0)
        return insufficient_data("Nobody answered this question.", "data.responses");
    for (auto& row : result.rows) {
        const auto count = static_cast<double>(row.count);
        row.pct_cases = 100 * count / static_cast<double>(result.n_valid);
        if (result.n_responses > 0)
            row.pct_responses = 100 * count / static_cast<double>(result.n_responses);
    }
    return result;
}

} // namespace beproefd::statistics::survey
