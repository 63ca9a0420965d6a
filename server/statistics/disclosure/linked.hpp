// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/disclosure/audit.hpp"
#include "statistics/disclosure/suppress.hpp"

#include <optional>
#include <span>
#include <vector>

namespace beproefd::statistics::disclosure {

/// All numbers that are published together, each once, and how they add up. Tables that share a margin, a breakdown
/// and its coarser form, or the same question over years are linked by naming the same cell in several sums.
class LinkedTables
{
public:
    /// `total` is the sum of `parts`.
    struct Sum {
        Cell total = 0;
        std::vector<Cell> parts;
    };

    /// Where the numbers of one two-way table went.
    struct Grid {
        std::size_t rows = 0, columns = 0;
        std::vector<Cell> interior;                  ///< row by row
        std::vector<Cell> row_totals, column_totals; ///< of each row; of each column
        Cell total = 0;

        Cell at(std::size_t row, std::size_t column) const { return interior[row * columns + column]; }
    };

    /// The margins that a table shares with one that is already there.
    struct Shared {
        std::vector<Cell> row_totals{}, column_totals{}; ///< empty, or one for each row or column
        std::optional<Cell> total{};
    };

    /// One more published number.
    Cell add(std::int64_t count);
    /// States that some published numbers add up to another.
    void add_sum(Cell total, std::vector<Cell> parts);
    /// A two-way table with its margins; what is in `shared` is linked instead of added.
    Grid add_table(const Table& table, const Shared& shared);
    Grid add_table(const Table& table) { return add_table(table, Shared{}); }

    /// As the upper end of a range: nothing that is published limits it.
    static constexpr std::int64_t unbounded = std::int64_t{1} << 60;

    std::size_t cells() const { return counts_.size(); }
    std::int64_t at(Cell cell) const { return counts_[cell]; }
    const std::vector<Sum>& sums() const { return sums_; }

private:
    std::vector<std::int64_t> counts_;
    std::vector<Sum> sums_;
};

/// What an attacker may know about one withheld number beforehand; nothing, unless said.
struct Belief {
    Cell cell = 0;
    std::int64_t lower = 0;
    std::optional<std::int64_t> upper{};
};

/// Everything an attacker can deduce about each withheld number from all the others, as the range of *whole* numbers
/// that still fit every sum. In ascending cell order. Where the search for whole numbers is cut off (never seen in
/// tables that add up in one or two directions) the range that was shown to be possible is given, which is the
/// narrower and thus the safer one.
///
/// Refuses sums that do not add up, negative counts and a belief that the true count contradicts.
/// Source: Hundepool e.a. 2012, Statistical Disclosure Control, 4.2-4.4
Outcome<std::vector<Range>> audit(const LinkedTables& tables, std::span<const Cell> suppressed,
                                  std::span<const Belief> beliefs = {}, const Execution& execution = {});

struct LinkedRule {
    std::int64_t threshold = 5; ///< counts above zero and below this are withheld: the primary cells
    /// The attacker knows that each primary cell lies in 1 … threshold - 1, as a published rule tells everybody.
    bool band_is_known = true;
    /// Withheld for another reason, such as a whole group that gave one answer, or a zero that gives a group away.
    std::vector<Cell> also_primary{};
    /// Known to everybody from elsewhere, such as how many municipalities a region has: cannot be withheld. When one
    /// of these is below the threshold it stays published.
    std::vector<Cell> already_public{};
    std::int64_t protection_width = 1; ///< what can be deduced about a primary cell is at least this wide
    SuppressionCost cost = SuppressionCost::cells;
    std::size_t most_nodes = 20'000; ///< of the search per group of linked sums
};

/// Which further numbers to withhold in all tables at once, so that no primary cell can be computed back by
/// combining them, at least cost. Tables that share nothing are solved apart.
///
/// Branch and cut as for one table; the inequalities come from the multipliers of the attacker's linear programme and
/// hold for any multipliers. The answer is audited once more in whole numbers; should a fraction have hidden a
/// disclosure, further cells are withheld and `optimal` is false. `optimal` is among the patterns in which
/// no number has to change by more than four times the asked width. A primary cell that cannot be protected is
/// listed in `unprotected` and protected as far as the tables allow.
/// Source: Fischetti & Salazar-González 2001, doi:10.1287/mnsc.47.7.1008.9805
Outcome<Suppression> suppress(const LinkedTables& tables, const LinkedRule& rule, const Execution& execution = {});

} // namespace beproefd::statistics::disclosure
