// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/qca/truth_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>

namespace beproefd::statistics::qca {

Outcome<TruthTable> truth_table(const CaseSet& cases, const TruthTableRule& rule, const Execution& execution)
{
    const auto conditions = cases.conditions.size(), n = cases.outcome.size();
    assert(conditions > 0 && conditions <= 32 && n > 0);

    bool crisp = true;
    std::map<Configuration, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < n; ++i) {
        Configuration configuration = 0;
        for (std::size_t j = 0; j < conditions; ++j) {
            const double value = cases.conditions[j].membership[i];
            if (value == 0.5)
                return Error{ErrorCode::ambiguous_membership,
                             fmt::format("Case \"{}\" is exactly half in condition \"{}\", so it belongs to no row.",
                                         cases.cases[i], cases.conditions[j].name),
                             fmt::format("data.conditions[{}].values[{}]", j, i)};
            crisp = crisp && (value == 0 || value == 1);
            configuration = configuration << 1 | (value > 0.5 ? 1U : 0U);
        }
        members[configuration].push_back(i);
    }
    std::erase_if(members, [&](const auto& row) { return row.second.size() < rule.n_cut; });
    if (!crisp && static_cast<double>(members.size()) * static_cast<double>(n * conditions) > 2e10)
        return too_large("So many cases with fuzzy membership fall into too many rows.", "data.conditions");

    TruthTable table{.conditions = conditions, .rows = {}};
    std::vector<double> set, outcome;
    for (auto& [configuration, row_cases] : members) {
        if (execution.must_stop())
            return stopped();
        set.clear();
        outcome.clear();
        if (crisp) { // only its own cases belong to the row at all
            set.assign(row_cases.size(), 1);
            for (const auto i : row_cases)
                outcome.push_back(cases.outcome[i]);
        } else {
            set.assign(n, 1);
            for (std::size_t j = 0; j < conditions; ++j) {
                const bool present = configuration >> (conditions - 1 - j) & 1;
                const auto& values = cases.conditions[j].membership;
                for (std::size_t i = 0; i < n; ++i)
                    set[i] = std::min(set[i], present ? values[i] : 1 - values[i]);
            }
            outcome = cases.outcome;
        }
        const auto fit = sufficiency(set, outcome);
        constexpr double margin = 1e-12;
        table.rows.push_back({.configuration = configuration,
                              .cases = std::move(row_cases),
                              .consistency = fit.consistency,
                              .pri = fit.pri,
                              .positive = fit.consistency.value_or(0) >= rule.consistency_cut - margin &&
                                          fit.pri.value_or(0) >= rule.pri_cut - margin});
    }
    return table;
}

std::string spell(Configuration configuration, std::size_t conditions)
{
    std::string text(conditions, '0');
    for (std::size_t j = 0; j < conditions; ++j)
        if (configuration >> (conditions - 1 - j) & 1)
            text[j] = '1';
    return text;
}

} // namespace beproefd::statistics::qca
