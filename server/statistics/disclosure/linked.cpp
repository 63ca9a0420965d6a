// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/linked.hpp"

#include "statistics/disclosure/deviations.hpp"
#include "statistics/disclosure/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace beproefd::statistics::disclosure {

Cell LinkedTables::add(std::int64_t count)
{
    counts_.push_back(count);
    return counts_.size() - 1;
}

void LinkedTables::add_sum(Cell total, std::vector<Cell> parts) { sums_.push_back({total, std::move(parts)}); }

LinkedTables::Grid LinkedTables::add_table(const Table& table, const Shared& shared)
{
    assert(shared.row_totals.empty() || shared.row_totals.size() == table.rows);
    assert(shared.column_totals.empty() || shared.column_totals.size() == table.columns);
    Grid grid;
    grid.rows = table.rows;
    grid.columns = table.columns;
    for (const auto count : table.counts)
        grid.interior.push_back(add(count));
    std::int64_t everything = 0;
    for (std::size_t row = 0; row < table.rows; ++row) {
        std::int64_t sum = 0;
        std::vector<Cell> parts;
        for (std::size_t column = 0; column < table.columns; ++column) {
            parts.push_back(grid.at(row, column));
            sum += table.at(row * table.columns + column);
        }
        everything += sum;
        grid.row_totals.push_back(shared.row_totals.empty() ? add(sum) : shared.row_totals[row]);
        add_sum(grid.row_totals.back(), std::move(parts));
    }
    for (std::size_t column = 0; column < table.columns; ++column) {
        std::int64_t sum = 0;
        std::vector<Cell> parts;
        for (std::size_t row = 0; row < table.rows; ++row) {
            parts.push_back(grid.at(row, column));
            sum += table.at(row * table.columns + column);
        }
        grid.column_totals.push_back(shared.column_totals.empty() ? add(sum) : shared.column_totals[column]);
        add_sum(grid.column_totals.back(), std::move(parts));
    }
    grid.total = shared.total ? *shared.total : add(everything);
    add_sum(grid.total, grid.row_totals);
    add_sum(grid.total, grid.column_totals);
    return grid;
}

namespace {

using Bounds = std::pair<std::int64_t, std::int64_t>;
constexpr auto unbounded = LinkedTables::unbounded;

/// Numbers that hang together through sums, apart from what everybody knows.
struct Group {
    std::vector<Cell> cells{};                     ///< ascending
    std::vector<Deviations::Equation> equations{}; ///< by place within the group
};

/// Sums as equations between deviations: parts - total = 0. A number in `fixed` does not move and is left out.
std::vector<Group> groups_of(const LinkedTables& tables, const std::vector<char>& fixed)
{
    std::vector<std::size_t> leader(tables.cells());
    std::iota(leader.begin(), leader.end(), std::size_t{0});
    const auto find = [&](std::size_t cell) {
        while (leader[cell] != cell)
            cell = leader[cell] = leader[leader[cell]];
        return cell;
    };
    for (const auto& sum : tables.sums()) {
        auto first = std::numeric_limits<std::size_t>::max();
        const auto join = [&](Cell cell) {
            if (fixed[cell])
                return;
            if (first == std::numeric_limits<std::size_t>::max())
                first = cell;
            const auto a = find(first), b = find(cell);
            leader[std::max(a, b)] = std::min(a, b);
        };
        join(sum.total);
        for (const auto part : sum.parts)
            join(part);
    }
    std::vector<Group> groups;
    std::vector<std::size_t> group_of(tables.cells()), place(tables.cells());
    for (std::size_t cell = 0; cell < tables.cells(); ++cell) {
        if (fixed[cell])
            continue;
        const auto lead = find(cell);
        if (lead == cell) {
            group_of[cell] = groups.size();
            groups.emplace_back();
        }
        group_of[cell] = group_of[lead];
        auto& group = groups[group_of[cell]];
        place[cell] = group.cells.size();
        group.cells.push_back(cell);
    }
    for (const auto& sum : tables.sums()) {
        Deviations::Equation equation;
        std::size_t group = 0;
        const auto take = [&](Cell cell, double coefficient) {
            if (fixed[cell])
                return;
            group = group_of[cell];
            equation.emplace_back(place[cell], coefficient);
        };
        for (const auto part : sum.parts)
            take(part, 1);
        take(sum.total, -1);
        if (!equation.empty())
            groups[group].equations.push_back(std::move(equation));
    }
    return groups;
}

/// Whole deviations that keep every sum, found by trying values near a suggestion and drawing conclusions from each.
class WholeSearch
{
public:
    WholeSearch(const std::vector<Deviations::Equation>& equations, std::vector<Bounds> room)
        : equations_(equations), room_(std::move(room))
    {
    }

    /// True when whole deviations exist with the first number at `value`; false when none do, or none were found.
    bool possible(std::size_t variable, std::int64_t value, const std::vector<double>& near)
    {
        auto room = room_;
        room[variable] = {value, value};
        left_ = 20'000;
        return settle(std::move(room), near);
    }

private:
    bool narrow(std::vector<Bounds>& room) const
    {
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& equation : equations_) {
                std::int64_t least = 0, most = 0;
                for (const auto& [variable, coefficient] : equation) {
                    const auto [low, high] = room[variable];
                    least += coefficient > 0 ? low : -high;
                    most += coefficient > 0 ? high : -low;
                }
                if (least > 0 || most < 0)
                    return false;
                for (const auto& [variable, coefficient] : equation) {
                    auto& [low, high] = room[variable];
                    const auto own_least = coefficient > 0 ? low : -high, own_most = coefficient > 0 ? high : -low;
                    // What the others leave: own in [-(most - own_most), -(least - own_least)].
                    const std::int64_t at_least = -(most - own_most), at_most = -(least - own_least);
                    const auto lower = coefficient > 0 ? at_least : -at_most;
                    const auto upper = coefficient > 0 ? at_most : -at_least;
                    if (lower > low || upper < high) {
                        least -= own_least;
                        most -= own_most;
                        low = std::max(lower, low);
                        high = std::min(upper, high);
                        if (low > high)
                            return false;
                        least += coefficient > 0 ? low : -high;
                        most += coefficient > 0 ? high : -low;
                        changed = true;
                    }
                }
            }
        }
        return true;
    }

    bool settle(std::vector<Bounds> room, const std::vector<double>& near)
    {
        if (left_ == 0 || !narrow(room))
            return false;
        std::size_t open = room.size();
        for (std::size_t i = 0; i < room.size(); ++i)
            if (room[i].first < room[i].second &&
                (open == room.size() || room[i].second - room[i].first < room[open].second - room[open].first))
                open = i;
        if (open == room.size())
            return true;
        const auto [low, high] = room[open];
        const auto first = std::clamp<std::int64_t>(std::llround(near[open]), low, high);
        for (std::int64_t away = 0; first - away >= low || first + away <= high; ++away)
            for (const auto value : {first + away, first - away}) {
                if (value < low || value > high || (away == 0 && value != first))
                    continue;
                if (left_ == 0)
                    return false;
                --left_;
                auto trial = room;
                trial[open] = {value, value};
                if (settle(std::move(trial), near))
                    return true;
                if (away == 0)
                    break;
            }
        return false;
    }

    const std::vector<Deviations::Equation>& equations_;
    std::vector<Bounds> room_;
    std::size_t left_ = 0;
};

/// The whole-number range of each withheld cell, given what may be believed about each.
std::vector<Range> ranges_of(const LinkedTables& tables, const std::vector<char>& withheld,
                             const std::vector<Bounds>& beliefs, const Execution& execution)
{
    std::vector<char> fixed(withheld.size());
    for (std::size_t cell = 0; cell < withheld.size(); ++cell)
        fixed[cell] = withheld[cell] ? 0 : 1;
    std::vector<Range> ranges;
    for (const auto& group : groups_of(tables, fixed)) {
        Deviations deviations(group.cells.size(), group.equations);
        std::vector<Bounds> room;
        for (std::size_t i = 0; i < group.cells.size(); ++i) {
            const auto cell = group.cells[i];
            room.emplace_back(beliefs[cell].first - tables.at(cell),
                              beliefs[cell].second >= unbounded ? unbounded : beliefs[cell].second - tables.at(cell));
            deviations.set_room(i, -static_cast<double>(room[i].first),
                                room[i].second >= unbounded ? 1e15 : static_cast<double>(room[i].second));
        }
        // For the search in whole numbers a bound that is never reached is as good as none.
        auto reachable = room;
        for (auto& [low, high] : reachable)
            high = std::min<std::int64_t>(high, 1'000'000'000'000'000);
        WholeSearch whole(group.equations, reachable);
        for (std::size_t i = 0; i < group.cells.size(); ++i) {
            if (execution.must_stop())
                return ranges;
            const auto cell = group.cells[i];
            const auto reach = [&](bool rise) -> std::int64_t {
                const double far = deviations.furthest(i, rise);
                if (far > 1e14)
                    return unbounded;
                auto most = static_cast<std::int64_t>(std::floor(far + 1e-6));
                const auto& values = deviations.values();
                const bool is_whole = std::all_of(values.begin(), values.end(), [](double value) {
                    return std::abs(value - std::round(value)) < 1e-6;
                });
                if (is_whole)
                    return most;
                while (most > 0 && !whole.possible(i, rise ? most : -most, values))
                    --most;
                return most;
            };
            const auto fall = reach(false), rise = reach(true);
            ranges.push_back({cell, tables.at(cell) - fall, rise >= unbounded ? unbounded : tables.at(cell) + rise});
        }
    }
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.cell < b.cell; });
    return ranges;
}

std::optional<Error> refuse(const LinkedTables& tables)
{
    for (std::size_t cell = 0; cell < tables.cells(); ++cell)
        if (tables.at(cell) < 0 || tables.at(cell) > 1'000'000'000'000)
            return invalid_data(fmt::format("Number {} is negative or above a million million.", cell));
    for (std::size_t i = 0; i < tables.sums().size(); ++i) {
        const auto& sum = tables.sums()[i];
        std::int64_t total = 0;
        for (const auto part : sum.parts)
            total += tables.at(part);
        if (total != tables.at(sum.total))
            return invalid_data(
                fmt::format("Sum {} does not add up: {} instead of {}.", i, total, tables.at(sum.total)));
    }
    return std::nullopt;
}

/// Several tables: what protects is a linear programme.
class LinkedSearch : public Search
{
public:
    LinkedSearch(const Group& group, std::vector<Need> needs, std::vector<Bounds> room,
                 std::vector<std::int64_t> costs, Pattern primary)
        : Search(std::move(costs), primary, Pattern(primary.size(), 0)), primary_(std::move(primary)),
          needs_(std::move(needs)), room_(std::move(room)), deviations_(group.cells.size(), group.equations)
    {
    }

    /// How wide the range of a need is, up to what is asked, when shares of each room are open.
    double width(const Need& need, const std::vector<double>& shares, std::vector<double>* prices = nullptr);

private:
    bool protects(const Pattern& pattern) override
    {
        const std::vector<double> shares(pattern.begin(), pattern.end());
        return std::all_of(needs_.begin(), needs_.end(), [&](const Need& need) {
            return width(need, shares) >= static_cast<double>(need.width) - 1e-6;
        });
    }
    std::vector<Cut> broken(const std::vector<double>& shares) override;
    /// No other number has to change by more than this, and the cell itself not by more than the width.
    static double cap(std::int64_t room, const Need& need, bool itself)
    {
        return static_cast<double>(std::min(room, itself ? need.width : 4 * need.width));
    }

    Pattern primary_;
    std::vector<Need> needs_;
    std::vector<Bounds> room_; ///< how far each number may fall and rise
    Deviations deviations_;
};

double LinkedSearch::width(const Need& need, const std::vector<double>& shares, std::vector<double>* prices)
{
    for (std::size_t i = 0; i < room_.size(); ++i)
        deviations_.set_room(i, cap(room_[i].first, need, i == need.cell) * shares[i],
                             cap(room_[i].second, need, i == need.cell) * shares[i]);
    const auto add = [&] {
        if (!prices)
            return;
        for (std::size_t i = 0; i < room_.size(); ++i) {
            const double price = deviations_.prices()[i];
            (*prices)[i] += price > 0 ? price * cap(room_[i].second, need, i == need.cell)
                                      : -price * cap(room_[i].first, need, i == need.cell);
        }
    };
    if (prices)
        prices->assign(room_.size(), 0.0);
    const double rise = deviations_.furthest(need.cell, true);
    add();
    if (!prices && rise >= static_cast<double>(need.width) - 1e-6)
        return rise;
    const double fall = deviations_.furthest(need.cell, false);
    add();
    return rise + fall;
}

std::vector<Cut> LinkedSearch::broken(const std::vector<double>& shares)
{
    std::vector<Cut> cuts;
    std::vector<double> prices;
    for (const auto& need : needs_) {
        const auto wanted = static_cast<double>(need.width);
        if (width(need, shares, &prices) >= wanted - 1e-4)
            continue;
        // What the primary cells give is given in every pattern.
        double least = wanted;
        for (std::size_t i = 0; i < prices.size(); ++i)
            if (primary_[i])
                least -= prices[i];
        if (least <= 1e-6)
            continue; // rounding: the whole solution is checked in the end
        Cut cut{.terms = {}, .least = 1};
        for (std::size_t i = 0; i < prices.size(); ++i)
            if (!primary_[i] && prices[i] > 1e-9)
                cut.terms.emplace_back(i, std::min(prices[i], least) / least);
        if (std::find(cuts.begin(), cuts.end(), cut) == cuts.end())
            cuts.push_back(std::move(cut));
    }
    return cuts;
}

} // namespace

Outcome<std::vector<Range>> audit(const LinkedTables& tables, std::span<const Cell> suppressed,
                                  std::span<const Belief> beliefs, const Execution& execution)
{
    if (auto error = refuse(tables))
        return *error;
    std::vector<char> withheld(tables.cells(), 0);
    for (const auto cell : suppressed)
        withheld[cell] = 1;
    std::vector<Bounds> known(tables.cells(), Bounds{0, unbounded});
    for (const auto& belief : beliefs) {
        auto& [low, high] = known[belief.cell];
        low = std::max(low, belief.lower);
        high = std::min(high, belief.upper.value_or(unbounded));
        if (tables.at(belief.cell) < low || tables.at(belief.cell) > high)
            return invalid_data(fmt::format("Number {} is not what is believed of it.", belief.cell));
    }
    auto ranges = ranges_of(tables, withheld, known, execution);
    if (execution.must_stop())
        return stopped();
    return ranges;
}

Outcome<Suppression> suppress(const LinkedTables& tables, const LinkedRule& rule, const Execution& execution)
{
    if (auto error = refuse(tables))
        return *error;
    if (rule.protection_width < 0)
        return invalid_option("The width of protection is not negative.", "protection_width");

    std::vector<char> is_public(tables.cells(), 0), is_primary(tables.cells(), 0);
    for (const auto cell : rule.already_public)
        is_public[cell] = 1;
    std::vector<Bounds> known(tables.cells(), Bounds{0, unbounded});
    for (std::size_t cell = 0; cell < tables.cells(); ++cell)
        if (!is_public[cell] && tables.at(cell) > 0 && tables.at(cell) < rule.threshold) {
            is_primary[cell] = 1;
            if (rule.band_is_known)
                known[cell] = {1, rule.threshold - 1};
        }
    for (const auto cell : rule.also_primary)
        is_primary[cell] = is_public[cell] ? 0 : 1;

    Suppression result;
    result.is_protected = result.optimal = true;
    for (std::size_t cell = 0; cell < tables.cells(); ++cell)
        if (is_primary[cell])
            result.primary.push_back(cell);

    std::vector<char> withheld = is_primary;
    const auto groups = groups_of(tables, is_public);
    for (const auto& group : groups) {
        std::vector<Bounds> room;
        std::vector<std::int64_t> costs;
        Pattern primary;
        for (const auto cell : group.cells) {
            const auto count = tables.at(cell);
            room.emplace_back(count - known[cell].first,
                              known[cell].second >= unbounded ? unbounded : known[cell].second - count);
            costs.push_back(rule.cost == SuppressionCost::cells ? 1 : count);
            primary.push_back(is_primary[cell]);
        }
        std::vector<Need> needs;
        LinkedSearch all(group, {}, room, costs, primary);
        const std::vector<double> open(group.cells.size(), 1.0);
        for (std::size_t i = 0; i < group.cells.size(); ++i) {
            if (!primary[i])
                continue;
            const Need asked{i, rule.protection_width};
            const auto widest = static_cast<std::int64_t>(std::floor(all.width(asked, open) + 1e-6));
            if (widest < rule.protection_width)
                result.unprotected.push_back(group.cells[i]);
            if (std::min(widest, rule.protection_width) > 0)
                needs.push_back({i, std::min(widest, rule.protection_width)});
        }
        if (needs.empty())
            continue;
        LinkedSearch search(group, needs, room, costs, primary);
        if (!search.run(rule.most_nodes, execution))
            return stopped();
        result.nodes += search.nodes();
        result.optimal = result.optimal && search.proven();
        for (std::size_t i = 0; i < group.cells.size(); ++i)
            if (search.best()[i])
                withheld[group.cells[i]] = 1;
    }

    // A range of real numbers can be wide where the whole numbers in it are not; then more is withheld.
    std::sort(result.unprotected.begin(), result.unprotected.end());
    while (true) {
        const auto ranges = ranges_of(tables, withheld, known, execution);
        if (execution.must_stop())
            return stopped();
        std::vector<char> narrow(tables.cells(), 0);
        bool any = false;
        for (const auto& range : ranges)
            if (is_primary[range.cell] && range.upper - range.lower < rule.protection_width &&
                !std::binary_search(result.unprotected.begin(), result.unprotected.end(), range.cell)) {
                narrow[range.cell] = 1;
                any = true;
            }
        if (!any)
            break;
        result.optimal = false;
        // The cheapest number that is still published in a sum with a number that gives itself away.
        std::optional<Cell> next;
        for (const auto& sum : tables.sums()) {
            std::vector<Cell> members = sum.parts;
            members.push_back(sum.total);
            const bool touches = std::any_of(members.begin(), members.end(),
                                             [&](Cell cell) { return narrow[cell] || withheld[cell]; });
            for (const auto cell : members)
                if (touches && !withheld[cell] && !is_public[cell] && (!next || tables.at(cell) < tables.at(*next)))
                    next = cell;
        }
        if (!next) {
            for (std::size_t cell = 0; cell < narrow.size(); ++cell)
                if (narrow[cell])
                    result.unprotected.push_back(cell);
            std::sort(result.unprotected.begin(), result.unprotected.end());
            break;
        }
        withheld[*next] = 1;
    }
    for (std::size_t cell = 0; cell < tables.cells(); ++cell)
        if (withheld[cell] && !is_primary[cell]) {
            result.secondary.push_back(cell);
            result.cost += rule.cost == SuppressionCost::cells ? 1 : tables.at(cell);
        }
    result.is_protected = result.unprotected.empty();
    result.optimal = result.optimal && result.is_protected;
    return result;
}

} // namespace beproefd::statistics::disclosure
