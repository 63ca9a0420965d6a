// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/withholding.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace beproefd::quickscan::national {
namespace {

namespace disclosure = statistics::disclosure;
using disclosure::Cell;

/// How long the engine looks for fewer cells before it takes the best it has.
constexpr std::size_t most_nodes = 400;

const Row* find_row(const Counts& counts, std::string_view item, const Row& like)
{
    for (const auto& entry : counts.items) {
        if (entry.item.key != item)
            continue;
        for (const auto& row : entry.rows)
            if (row.breakdown == like.breakdown && row.group == like.group && row.counts.size() == like.counts.size())
                return &row;
    }
    return nullptr;
}

/// What one attempt withholds, per row and answer.
using Pattern = std::vector<std::vector<char>>;

/// Asks the engine, with the cells that are withheld in any case; nothing when what it finds does not protect.
std::optional<Pattern> solve(const ItemCounts& counts, const Linked& linked, const std::vector<Cell>& also,
                             std::int64_t limit, const statistics::Execution& execution)
{
    disclosure::LinkedRule rule;
    rule.threshold = limit;
    rule.also_primary = also;
    rule.already_public = linked.sizes;
    rule.protection_width = limit;
    // Rather a few more small counts than one large: what is withheld should describe few municipalities.
    rule.cost = disclosure::SuppressionCost::sum;
    rule.most_nodes = most_nodes;
    const auto found = disclosure::suppress(linked.tables, rule, execution);
    if (!found)
        throw std::runtime_error("national tables: " + found.error().message);

    std::vector<Cell> withheld = found->primary;
    withheld.insert(withheld.end(), found->secondary.begin(), found->secondary.end());

    // The engine's word is not enough: what it found is audited as an attacker would, who knows the rule. A small
    // number in a row that is withheld as a whole may as well be there for that reason.
    const auto is_small = [&](Cell cell) { return linked.tables.at(cell) > 0 && linked.tables.at(cell) < limit; };
    const auto is_listed = [&](Cell cell) { return std::find(also.begin(), also.end(), cell) != also.end(); };
    std::vector<disclosure::Belief> beliefs;
    for (const auto cell : withheld)
        if (is_small(cell) && !is_listed(cell))
            beliefs.push_back({cell, 1, limit - 1});
    const auto ranges = disclosure::audit(linked.tables, withheld, beliefs, execution);
    if (!ranges)
        throw std::runtime_error("national tables: " + ranges.error().message);
    for (const auto& range : *ranges) {
        const auto width = range.upper - range.lower;
        const bool large = linked.tables.at(range.cell) >= limit;
        if (large ? is_listed(range.cell) && width < limit : width < limit - 2)
            return std::nullopt;
    }

    Pattern pattern;
    for (std::size_t row = 0; row < counts.rows.size(); ++row) {
        pattern.emplace_back();
        for (const auto cell : linked.cells[row])
            pattern.back().push_back(std::find(withheld.begin(), withheld.end(), cell) != withheld.end() ? 1 : 0);
    }
    return pattern;
}

Pattern protect(const ItemCounts& counts, std::span<const Counts> earlier, std::int64_t limit,
                const statistics::Execution& execution)
{
    const auto linked = link(counts);
    std::vector<Cell> also;
    for (std::size_t row = 0; row < counts.rows.size(); ++row)
        if (danger(counts.rows[row], earlier, counts.item.key, limit) != RowDanger::none)
            also.insert(also.end(), linked.cells[row].begin(), linked.cells[row].end());
    // What fewer than the limit answered in the whole country is not divided over groups.
    for (std::size_t answer = 0; answer < counts.item.answers.size(); ++answer)
        if (const auto all = counts.rows.front().counts[answer]; all > 0 && all < limit)
            for (std::size_t row = 1; row < counts.rows.size(); ++row)
                also.push_back(linked.cells[row][answer]);
    if (auto pattern = solve(counts, linked, also, limit, execution))
        return *std::move(pattern);

    // No groups, only the country; and if that does not help either, nothing.
    ItemCounts country{.item = counts.item, .rows = {counts.rows.front()}};
    const auto alone = link(country);
    std::vector<Cell> also_alone;
    if (danger(counts.rows.front(), earlier, counts.item.key, limit) != RowDanger::none)
        also_alone = alone.cells.front();
    Pattern pattern;
    for (const auto& row : counts.rows)
        pattern.emplace_back(row.counts.size(), char{1});
    if (const auto first = solve(country, alone, also_alone, limit, execution))
        pattern.front() = first->front();
    return pattern;
}

} // namespace

const FrozenRow* FrozenItem::row(std::string_view breakdown, std::string_view group) const
{
    for (const auto& row : rows)
        if (row.breakdown == breakdown && row.group == group)
            return &row;
    return nullptr;
}

std::int64_t Frozen::cells() const
{
    std::int64_t cells = 0;
    for (const auto& item : items)
        for (const auto& row : item.rows)
            cells += std::ssize(row.counts);
    return cells;
}

std::int64_t Frozen::withheld() const
{
    std::int64_t withheld = 0;
    for (const auto& item : items)
        for (const auto& row : item.rows)
            withheld += std::count(row.counts.begin(), row.counts.end(), std::nullopt);
    return withheld;
}

RowDanger danger(const Row& row, std::span<const Counts> earlier, std::string_view item, std::int64_t limit)
{
    if (row.n == 0)
        return RowDanger::none;
    if (row.n - *std::max_element(row.counts.begin(), row.counts.end()) <= 1)
        return RowDanger::one_answer;
    for (const auto& round : earlier) {
        const auto* before = find_row(round, item, row);
        if (before == nullptr)
            continue;
        std::int64_t change = 0;
        for (std::size_t answer = 0; answer < row.counts.size(); ++answer)
            change += std::abs(row.counts[answer] - before->counts[answer]);
        if (change > 0 && change < limit)
            return RowDanger::small_change;
    }
    return RowDanger::none;
}

Linked link(const ItemCounts& counts)
{
    Linked linked;
    linked.cells.resize(counts.rows.size());
    linked.sizes.resize(counts.rows.size());
    auto& country = linked.cells.front();
    for (const auto count : counts.rows.front().counts)
        country.push_back(linked.tables.add(count));
    linked.sizes.front() = linked.tables.add(counts.rows.front().n);
    linked.tables.add_sum(linked.sizes.front(), country);

    // The groups of one breakdown add up to the country, answer by answer.
    for (std::size_t first = 1; first < counts.rows.size();) {
        auto last = first;
        while (last < counts.rows.size() && counts.rows[last].breakdown == counts.rows[first].breakdown)
            ++last;
        disclosure::Table table{.rows = last - first, .columns = country.size()};
        for (auto row = first; row < last; ++row)
            table.counts.insert(table.counts.end(), counts.rows[row].counts.begin(), counts.rows[row].counts.end());
        const auto grid = linked.tables.add_table(
            table, {.row_totals = {}, .column_totals = country, .total = linked.sizes.front()});
        for (auto row = first; row < last; ++row) {
            linked.sizes[row] = grid.row_totals[row - first];
            for (std::size_t answer = 0; answer < country.size(); ++answer)
                linked.cells[row].push_back(grid.at(row - first, answer));
        }
        first = last;
    }
    return linked;
}

Frozen withhold(const Counts& counts, std::span<const Counts> earlier, std::int64_t limit,
                const statistics::Execution& execution)
{
    std::vector<Pattern> patterns(counts.items.size());
    const bool finished =
        statistics::parallel_for(execution, counts.items.size(), 1, [&](std::size_t begin, std::size_t end) {
            for (auto item = begin; item < end; ++item)
                patterns[item] = protect(counts.items[item], earlier, limit, {.threads = 1, .stop = execution.stop});
        });
    if (!finished)
        throw std::runtime_error("national tables: stopped");

    Frozen frozen{.handed_in = counts.handed_in, .items = {}};
    for (std::size_t number = 0; number < counts.items.size(); ++number) {
        const auto& entry = counts.items[number];
        FrozenItem item{.item = entry.item, .rows = {}};
        for (std::size_t row = 0; row < entry.rows.size(); ++row) {
            const auto& from = entry.rows[row];
            FrozenRow to{.breakdown = from.breakdown, .group = from.group, .n = from.n, .counts = {}};
            for (std::size_t answer = 0; answer < from.counts.size(); ++answer)
                to.counts.push_back(patterns[number][row][answer] ? std::nullopt
                                                                  : std::optional<std::int64_t>{from.counts[answer]});
            item.rows.push_back(std::move(to));
        }
        frozen.items.push_back(std::move(item));
    }
    return frozen;
}

} // namespace beproefd::quickscan::national
