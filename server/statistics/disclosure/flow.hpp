// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/disclosure/table.hpp"

#include <vector>

namespace beproefd::statistics::disclosure {

/// The ways in which the cells of a table can change while all margins stay: a network with a node per row and per
/// column. Raising cell (i, j) is flow from row i to column j, lowering it is flow from column j to row i.
class Network
{
public:
    /// No cell can change yet.
    Network(std::size_t rows, std::size_t columns);

    /// By how much a cell may rise and fall when it serves another cell.
    void set_room(Cell cell, std::int64_t raise, std::int64_t lower);
    /// A withheld cell, as an attacker sees it: it may rise without bound, and fall to zero.
    void withhold(const Table& table, Cell cell) { set_room(cell, unbounded, table.at(cell)); }
    /// A published cell.
    void publish(Cell cell) { set_room(cell, 0, 0); }

    /// How far `cell` itself can rise (or fall, as far as the others are concerned), but not more than `enough`.
    /// Below `enough`, side() tells afterwards on which side of the least cut each row and column lies.
    std::int64_t freedom(Cell cell, bool rise, std::int64_t enough);

    /// After freedom(): true for the nodes (rows first, then columns) that more flow could still reach.
    const std::vector<char>& side() const { return reached_; }

    static constexpr std::int64_t unbounded = std::int64_t{1} << 60;

private:
    std::int64_t residual(std::size_t from, std::size_t to) const;
    void push(std::size_t from, std::size_t to, std::int64_t amount);
    bool layers(std::size_t source, std::size_t sink);
    std::int64_t augment(std::size_t node, std::size_t sink, std::int64_t amount);

    std::size_t rows_, columns_;
    std::vector<std::int64_t> raise_, lower_; ///< per cell
    std::vector<std::int64_t> change_;        ///< per cell: net change by the present flow
    Cell barred_ = 0;                         ///< the cell in question takes no part itself
    std::vector<std::size_t> layer_, next_, queue_;
    std::vector<char> reached_;
};

} // namespace beproefd::statistics::disclosure
