// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/disclosure/table.hpp"
#include "statistics/outcome.hpp"
#include "statistics/parallel.hpp"

namespace beproefd::statistics::disclosure {

/// What withholding one more cell costs.
enum class SuppressionCost {
    cells, ///< one, whatever is in it
    sum,   ///< its count
};

struct SuppressionRule {
    double threshold = 5;        ///< counts above zero and below this are withheld: the primary cells
    double protection_width = 1; ///< what can be deduced about a primary cell is at least this wide
    SuppressionCost cost = SuppressionCost::cells;
    std::size_t most_nodes = 20'000; ///< of the search; when it is reached, `optimal` is false
};

struct Suppression {
    std::vector<Cell> primary, secondary; ///< ascending
    std::int64_t cost = 0;                ///< of the secondary cells
    bool is_protected = false;            ///< every primary cell has the asked width
    bool optimal = false;                 ///< proven: no cheaper set of secondary cells protects as much
    std::vector<Cell> unprotected{};      ///< primary cells for which even withholding everything is not enough
    std::size_t nodes = 0;                ///< how many branches the proof took
};

/// Which further cells to withhold, so that small counts cannot be computed back from the margins, at least cost.
///
/// Branch and cut. Whatever leaves a primary cell too narrow is a least cut in its network, and every cut is an
/// inequality that each protecting pattern satisfies; a linear programme over those inequalities gives the lower
/// bound. Ends with a proof, or says honestly that there is none. A primary cell that cannot be protected to the
/// asked width is protected as far as the table allows.
/// Source: Fischetti & Salazar-González 1999, doi:10.1007/s101070050003
Outcome<Suppression> suppress(const Table& table, const SuppressionRule& rule, const Execution& execution = {});

} // namespace beproefd::statistics::disclosure
