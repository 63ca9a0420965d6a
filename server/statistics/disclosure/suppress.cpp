// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/suppress.hpp"

#include "statistics/disclosure/flow.hpp"
#include "statistics/disclosure/search.hpp"

#include <algorithm>
#include <cmath>

namespace beproefd::statistics::disclosure {

namespace {

/// A two-way table: what protects is a flow.
class TableSearch : public Search
{
public:
    TableSearch(const Table& table, std::vector<Need> needs, std::vector<std::int64_t> costs, Pattern primary)
        : Search(std::move(costs), std::move(primary), Pattern(table.cells(), 0)), table_(table),
          needs_(std::move(needs)), exact_(table.rows, table.columns), scaled_(table.rows, table.columns)
    {
    }

private:
    bool protects(const Pattern& pattern) override;
    bool protects(const Need& need);
    std::vector<Cut> broken(const std::vector<double>& values) override;

    const Table& table_;
    std::vector<Need> needs_;
    Network exact_, scaled_;
};

/// With the cells that exact_ has open.
bool TableSearch::protects(const Need& need)
{
    const auto count = table_.at(need.cell);
    const auto fall = exact_.freedom(need.cell, false, std::min(count, need.width));
    return fall >= need.width || exact_.freedom(need.cell, true, need.width - fall) >= need.width - fall;
}

bool TableSearch::protects(const Pattern& pattern)
{
    for (std::size_t cell = 0; cell < pattern.size(); ++cell)
        if (pattern[cell])
            exact_.withhold(table_, cell);
        else
            exact_.publish(cell);
    return std::all_of(needs_.begin(), needs_.end(), [&](const Need& need) { return protects(need); });
}

std::vector<Cut> TableSearch::broken(const std::vector<double>& values)
{
    std::vector<Cut> cuts;
    for (const auto& need : needs_) {
        // What the withheld shares let through, in small whole parts; a cut is valid wherever it comes from.
        const std::int64_t parts = std::int64_t{1} << 20;
        const auto share = [&](std::int64_t room, double value) {
            return static_cast<std::int64_t>(
                std::floor(static_cast<double>(std::min(room, need.width)) * static_cast<double>(parts) * value));
        };
        for (std::size_t cell = 0; cell < table_.cells(); ++cell)
            scaled_.set_room(cell, share(need.width, values[cell]), share(table_.at(cell), values[cell]));
        const auto width = need.width * parts, own = std::min(table_.at(need.cell), need.width) * parts;
        const auto rise = scaled_.freedom(need.cell, true, width);
        if (rise >= width)
            continue;
        const auto rise_side = scaled_.side();
        const auto fall = scaled_.freedom(need.cell, false, own);
        if (rise + fall >= width - parts / 10'000)
            continue;

        // Cells that cross a cut, with what they let through.
        const bool by_cut = fall < own;
        const auto fall_side = scaled_.side();
        const auto least = static_cast<double>(by_cut ? need.width : need.width - own / parts);
        Cut cut{.terms = {}, .least = least};
        for (std::size_t cell = 0; cell < table_.cells(); ++cell) {
            if (cell == need.cell)
                continue;
            const auto row = cell / table_.columns, column = table_.rows + cell % table_.columns;
            double coefficient = 0;
            const auto cross = [&](const std::vector<char>& side) {
                if (side[row] && !side[column])
                    coefficient += static_cast<double>(need.width); // raised without bound
                if (side[column] && !side[row])
                    coefficient += static_cast<double>(std::min(table_.at(cell), need.width));
            };
            cross(rise_side);
            if (by_cut)
                cross(fall_side);
            if (coefficient > 0)
                cut.terms.emplace_back(cell, std::min(coefficient, least) / least);
        }
        cut.least = 1;
        if (std::find(cuts.begin(), cuts.end(), cut) == cuts.end())
            cuts.push_back(std::move(cut));
    }
    return cuts;
}

} // namespace

Outcome<Suppression> suppress(const Table& table, const SuppressionRule& rule, const Execution& execution)
{
    Suppression result;
    for (std::size_t cell = 0; cell < table.cells(); ++cell)
        if (table.at(cell) > 0 && static_cast<double>(table.at(cell)) < rule.threshold)
            result.primary.push_back(cell);

    // Ends of a range are whole numbers, so its width is too.
    const auto asked = static_cast<std::int64_t>(std::ceil(rule.protection_width));
    Network everything(table.rows, table.columns);
    for (std::size_t cell = 0; cell < table.cells(); ++cell)
        everything.withhold(table, cell);
    std::vector<Need> needs;
    for (const auto cell : result.primary) {
        const auto widest =
            everything.freedom(cell, false, std::min(table.at(cell), asked)) + everything.freedom(cell, true, asked);
        if (widest < asked)
            result.unprotected.push_back(cell);
        needs.push_back({cell, std::min(asked, widest)});
    }
    std::erase_if(needs, [](const Need& need) { return need.width == 0; });
    result.is_protected = result.unprotected.empty();

    std::vector<std::int64_t> costs(table.cells());
    for (std::size_t cell = 0; cell < table.cells(); ++cell)
        costs[cell] = rule.cost == SuppressionCost::cells ? 1 : table.at(cell);
    Pattern primary(table.cells(), 0);
    for (const auto cell : result.primary)
        primary[cell] = 1;
    TableSearch search(table, std::move(needs), std::move(costs), std::move(primary));
    if (!search.run(rule.most_nodes, execution))
        return stopped();
    for (std::size_t cell = 0; cell < table.cells(); ++cell)
        if (search.best()[cell] && !std::binary_search(result.primary.begin(), result.primary.end(), cell))
            result.secondary.push_back(cell);
    result.cost = search.best_cost();
    result.nodes = search.nodes();
    result.optimal = search.proven() && result.is_protected;
    return result;
}

} // namespace beproefd::statistics::disclosure
