// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/published.hpp"

#include <string>
#include <vector>

namespace beproefd::figures {

/// What the table detective found in one published table, together with the tables that repeat its totals.
struct ExplainedTable {
    std::string table;
    std::vector<std::string> differing; ///< keys of the printed totals that do not come out
    std::vector<SlipExplanation> explanations;
    bool operator==(const ExplainedTable&) const = default;
};

/// Gives every published table with totals to the detective, and the payments per item together with the payments per
/// part: there each total stands in a table of its own, which rules out that the total is wrong. Only tables whose
/// sums differ come back.
std::vector<ExplainedTable> explain_tables(const Published& published);

/// Adds the explanations to the findings that tell about the differing totals.
void add_explanations(std::vector<Finding>& findings, const std::vector<ExplainedTable>& explained);

} // namespace beproefd::figures
