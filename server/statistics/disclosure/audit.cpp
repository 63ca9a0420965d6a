// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/audit.hpp"

#include "statistics/disclosure/flow.hpp"

#include <algorithm>

namespace beproefd::statistics::disclosure {

Outcome<std::vector<Range>> audit(const Table& table, std::span<const Cell> suppressed, const Execution& execution)
{
    std::vector<Cell> cells(suppressed.begin(), suppressed.end());
    std::sort(cells.begin(), cells.end());
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());

    std::vector<Range> ranges(cells.size());
    const bool finished = parallel_for(execution, cells.size(), 16, [&](std::size_t begin, std::size_t end) {
        Network network(table.rows, table.columns);
        for (const auto cell : cells)
            network.withhold(table, cell);
        for (auto i = begin; i < end && !execution.must_stop(); ++i) {
            const auto count = table.at(cells[i]);
            ranges[i] = {cells[i], count - network.freedom(cells[i], false, count),
                         count + network.freedom(cells[i], true, Network::unbounded)};
        }
    });
    if (!finished || execution.must_stop())
        return stopped();
    return ranges;
}

} // namespace beproefd::statistics::disclosure
