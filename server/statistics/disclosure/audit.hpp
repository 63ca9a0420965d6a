// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/disclosure/table.hpp"
#include "statistics/outcome.hpp"
#include "statistics/parallel.hpp"

#include <span>

namespace beproefd::statistics::disclosure {

/// What someone with the published table can find out about one withheld cell: it lies between these two.
struct Range {
    Cell cell = 0;
    std::int64_t lower = 0, upper = 0;

    bool exact_disclosure() const { return lower == upper; }
};

/// Everything an attacker can deduce about each withheld cell from the other cells and all margins, as the exact
/// range over non-negative numbers. `suppressed` may name a cell twice; the answer is in ascending cell order.
///
/// A withheld cell can rise by as much as can flow back from its column to its row through the other withheld cells,
/// where raising a cell is free and lowering one is bounded by its count: a maximum flow, so whole numbers in give
/// whole numbers out, without rounding.
/// Source: Gusfield 1988, doi:10.1137/0217034; Dinic 1970 for the flow
Outcome<std::vector<Range>> audit(const Table& table, std::span<const Cell> suppressed,
                                  const Execution& execution = {});

} // namespace beproefd::statistics::disclosure
