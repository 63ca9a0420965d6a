// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/suppress.hpp"

#include "statistics/disclosure/flow.hpp"
#include "statistics/disclosure/search.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace beproefd::statistics::disclosure {

namespace {

/// A two-way table: what protects is a flow.
class TableSearch : public Search
{
public:
    TableSearch(const Table& table, std::vector<Need> needs, std::vector<std::int64_t> costs, Pattern primary)
        : Search(std::move(costs), primary, Pattern(table.cells(), 0)), table_(table), primary_(std::move(primary)),
          needs_(std::move(needs)), exact_(table.rows, table.columns), scaled_(table.rows, table.columns)
    {
    }

private:
    bool protects(const Pattern& pattern) override;
    bool protects(const Need& need);
    std::vector<Cut> broken(const std::vector<double>& values) override;
    std::optional<Cut> sharpened(std::vector<std::pair<Cell, std::int64_t>> rooms, std::int64_t least,
                                 const std::vector<double>& values) const;
    void break_rise(const Need& need, const std::vector<double>& values, std::vector<Cut>& cuts);
    void break_width(const Need& need, const std::vector<double>& values, std::vector<Cut>& cuts);
    static void keep(Cut cut, std::vector<Cut>& cuts);

    static constexpr std::int64_t parts = std::int64_t{1} << 20; ///< of one unit in scaled_

    const Table& table_;
    Pattern primary_;
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

/// What the cells of a cut let through has to reach `least`. The primary cells, withheld anyway, have done their
/// part; no other cell counts for more than what is left. Nothing when nothing is left, or when these shares satisfy
/// it.
std::optional<Cut> TableSearch::sharpened(std::vector<std::pair<Cell, std::int64_t>> rooms, std::int64_t least,
                                          const std::vector<double>& values) const
{
    for (const auto& [cell, room] : rooms)
        if (primary_[cell])
            least -= std::min(room, least);
    if (least == 0)
        return std::nullopt;
    Cut cut{.terms = {}, .least = 1};
    double reached = 0;
    for (const auto& [cell, room] : rooms)
        if (!primary_[cell] && room > 0) {
            const double part = static_cast<double>(std::min(room, least)) / static_cast<double>(least);
            cut.terms.emplace_back(cell, part);
            reached += part * values[cell];
        }
    if (reached >= 1 - 1e-4)
        return std::nullopt;
    return cut;
}

/// The rise of a cell that it needs whatever its fall adds goes through every cut between its column and its row.
/// Looked for with the rooms of the primary cells, and once more without them: a cut that they nearly fill asks for a
/// whole cell all the same.
void TableSearch::break_rise(const Need& need, const std::vector<double>& values, std::vector<Cut>& cuts)
{
    const auto least = need.width - std::min(need.width, table_.at(need.cell));
    if (least == 0)
        return;
    for (const bool with_primary : {true, false}) {
        const auto share = [&](Cell cell, std::int64_t room) {
            const double value = primary_[cell] && !with_primary ? 0 : values[cell];
            return static_cast<std::int64_t>(
                std::floor(static_cast<double>(std::min(room, least)) * static_cast<double>(parts) * value));
        };
        for (std::size_t cell = 0; cell < table_.cells(); ++cell)
            scaled_.set_room(cell, share(cell, least), share(cell, table_.at(cell)));
        if (scaled_.freedom(need.cell, true, least * parts) >= least * parts)
            continue;
        const auto& side = scaled_.side();
        std::vector<std::pair<Cell, std::int64_t>> rooms;
        for (std::size_t cell = 0; cell < table_.cells(); ++cell) {
            const auto row = cell / table_.columns, column = table_.rows + cell % table_.columns;
            if (cell != need.cell && side[row] != side[column])
                rooms.emplace_back(cell, side[row] ? least : std::min(table_.at(cell), least));
        }
        if (auto cut = sharpened(std::move(rooms), least, values))
            keep(std::move(*cut), cuts);
    }
}

/// The rise and the fall of a cell together.
void TableSearch::break_width(const Need& need, const std::vector<double>& values, std::vector<Cut>& cuts)
{
    // What the withheld shares let through, in small whole parts; a cut is valid wherever it comes from.
    const auto share = [&](std::int64_t room, double value) {
        return static_cast<std::int64_t>(
            std::floor(static_cast<double>(std::min(room, need.width)) * static_cast<double>(parts) * value));
    };
    for (std::size_t cell = 0; cell < table_.cells(); ++cell)
        scaled_.set_room(cell, share(need.width, values[cell]), share(table_.at(cell), values[cell]));
    const auto width = need.width * parts, own = std::min(table_.at(need.cell), need.width) * parts;
    const auto rise = scaled_.freedom(need.cell, true, width);
    if (rise >= width)
        return;
    const auto rise_side = scaled_.side();
    const auto fall = scaled_.freedom(need.cell, false, own);
    if (rise + fall >= width)
        return;

    // Cells that cross a cut, with what they let through.
    const bool by_cut = fall < own;
    const auto fall_side = scaled_.side();
    std::vector<std::pair<Cell, std::int64_t>> rooms;
    for (std::size_t cell = 0; cell < table_.cells(); ++cell) {
        if (cell == need.cell)
            continue;
        const auto row = cell / table_.columns, column = table_.rows + cell % table_.columns;
        std::int64_t room = 0;
        const auto cross = [&](const std::vector<char>& side) {
            if (side[row] && !side[column])
                room += need.width; // raised without bound
            if (side[column] && !side[row])
                room += std::min(table_.at(cell), need.width);
        };
        cross(rise_side);
        if (by_cut)
            cross(fall_side);
        rooms.emplace_back(cell, room);
    }
    if (auto cut = sharpened(std::move(rooms), by_cut ? need.width : need.width - own / parts, values))
        keep(std::move(*cut), cuts);
}

void TableSearch::keep(Cut cut, std::vector<Cut>& cuts)
{
    if (std::find(cuts.begin(), cuts.end(), cut) == cuts.end())
        cuts.push_back(std::move(cut));
}

std::vector<Cut> TableSearch::broken(const std::vector<double>& values)
{
    std::vector<Cut> cuts;
    for (const auto& need : needs_) {
        const auto before = cuts.size();
        break_rise(need, values, cuts);
        if (cuts.size() == before)
            break_width(need, values, cuts);
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
