// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/suppress.hpp"

#include "statistics/disclosure/flow.hpp"
#include "statistics/disclosure/linear_programme.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace beproefd::statistics::disclosure {

namespace {

/// A primary cell and how wide its range has to be.
struct Need {
    Cell cell = 0;
    std::int64_t width = 0;
};

using Pattern = std::vector<char>; ///< per cell: withheld

/// The search for the cheapest pattern.
class Search
{
public:
    Search(const Table& table, std::vector<Need> needs, const std::vector<Cell>& primary, SuppressionCost cost)
        : table_(table), needs_(std::move(needs)), is_primary_(table.cells(), 0), costs_(table.cells(), 0),
          exact_(table.rows, table.columns), scaled_(table.rows, table.columns)
    {
        for (std::size_t cell = 0; cell < table.cells(); ++cell)
            costs_[cell] = cost == SuppressionCost::cells ? 1 : table.at(cell);
        for (const auto cell : primary) {
            is_primary_[cell] = 1;
            costs_[cell] = 0;
        }
    }

    /// False when the time is up.
    bool run(std::size_t most_nodes, const Execution& execution);

    const Pattern& best() const { return best_; }
    std::int64_t best_cost() const { return best_cost_; }
    bool proven() const { return proven_; }
    std::size_t nodes() const { return nodes_; }

private:
    std::int64_t cost_of(const Pattern& pattern) const
    {
        std::int64_t cost = 0;
        for (std::size_t cell = 0; cell < pattern.size(); ++cell)
            cost += pattern[cell] ? costs_[cell] : 0;
        return cost;
    }

    bool protects(const Pattern& pattern);
    bool protects(const Need& need);
    void offer(Pattern pattern);
    void round_up(const std::vector<double>& values);
    bool add_cuts(LinearProgramme& programme);

    const Table& table_;
    std::vector<Need> needs_;
    std::vector<char> is_primary_;
    std::vector<std::int64_t> costs_;
    Network exact_, scaled_;
    Pattern best_;
    std::int64_t best_cost_ = 0;
    bool proven_ = false;
    std::size_t nodes_ = 0;
};

/// With the cells that exact_ has open.
bool Search::protects(const Need& need)
{
    const auto count = table_.at(need.cell);
    const auto fall = exact_.freedom(need.cell, false, std::min(count, need.width));
    return fall >= need.width || exact_.freedom(need.cell, true, need.width - fall) >= need.width - fall;
}

bool Search::protects(const Pattern& pattern)
{
    for (std::size_t cell = 0; cell < pattern.size(); ++cell)
        if (pattern[cell])
            exact_.withhold(table_, cell);
        else
            exact_.publish(cell);
    return std::all_of(needs_.begin(), needs_.end(), [&](const Need& need) { return protects(need); });
}

/// Leaves out what is not needed, dearest first, and keeps the pattern when it is the cheapest so far.
void Search::offer(Pattern pattern)
{
    std::vector<Cell> order;
    for (std::size_t cell = 0; cell < pattern.size(); ++cell)
        if (pattern[cell] && !is_primary_[cell])
            order.push_back(cell);
    std::stable_sort(order.begin(), order.end(), [&](Cell a, Cell b) { return costs_[a] > costs_[b]; });
    for (const auto cell : order) {
        pattern[cell] = 0;
        if (!protects(pattern))
            pattern[cell] = 1;
    }
    const auto cost = cost_of(pattern);
    if (best_.empty() || cost < best_cost_) {
        best_cost_ = cost;
        best_ = std::move(pattern);
    }
}

/// A protecting pattern near the values of the linear programme: the likeliest cells first, as many as needed.
void Search::round_up(const std::vector<double>& values)
{
    std::vector<Cell> order(table_.cells());
    std::iota(order.begin(), order.end(), Cell{0});
    std::stable_sort(order.begin(), order.end(), [&](Cell a, Cell b) {
        return values[a] != values[b] ? values[a] > values[b] : costs_[a] < costs_[b];
    });
    // More cells never protect less, so the shortest protecting prefix is found by halving.
    const auto prefix = [&](std::size_t length) {
        Pattern pattern(is_primary_.begin(), is_primary_.end());
        for (std::size_t i = 0; i < length; ++i)
            pattern[order[i]] = 1;
        return pattern;
    };
    std::size_t low = 0, high = order.size();
    while (low < high) {
        const auto middle = (low + high) / 2;
        if (protects(prefix(middle)))
            high = middle;
        else
            low = middle + 1;
    }
    offer(prefix(low));
}

/// Adds the inequalities that the present values break; false when they break none.
bool Search::add_cuts(LinearProgramme& programme)
{
    const auto& values = programme.values();
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
    for (const auto& cut : cuts)
        programme.add(cut);
    return !cuts.empty();
}

bool Search::run(std::size_t most_nodes, const Execution& execution)
{
    LinearProgramme root(std::vector<double>(costs_.begin(), costs_.end()));
    for (std::size_t cell = 0; cell < table_.cells(); ++cell)
        if (is_primary_[cell])
            root.fix(cell, true);
    Pattern everything(table_.cells(), 1);
    offer(std::move(everything));

    std::vector<LinearProgramme> open;
    open.push_back(std::move(root));
    while (!open.empty()) {
        if (nodes_ >= most_nodes)
            return true; // without a proof
        auto programme = std::move(open.back());
        open.pop_back();
        ++nodes_;
        bool hopeless = false, tried = false;
        while (true) {
            if (execution.must_stop())
                return false;
            if (!programme.solve() || std::ceil(programme.bound() - 1e-6) >= static_cast<double>(best_cost_)) {
                hopeless = true;
                break;
            }
            if (!tried || nodes_ == 1) {
                round_up(programme.values());
                tried = true;
            }
            if (!add_cuts(programme))
                break;
        }
        if (hopeless)
            continue;

        // No cut is broken: a whole solution protects, a broken one is split.
        std::size_t branch = table_.cells();
        double most = 1e-6;
        for (std::size_t cell = 0; cell < table_.cells(); ++cell) {
            const double value = programme.values()[cell], distance = std::min(value, 1 - value);
            if (distance > most + 1e-9) {
                most = distance;
                branch = cell;
            }
        }
        if (branch == table_.cells()) {
            Pattern pattern(table_.cells());
            for (std::size_t cell = 0; cell < pattern.size(); ++cell)
                pattern[cell] = programme.values()[cell] > 0.5 || is_primary_[cell];
            if (!protects(pattern))
                return true; // rounding hid a broken cut: keep the best, claim nothing
            offer(std::move(pattern));
            continue;
        }
        programme.drop_slack_cuts();
        auto without = programme;
        without.fix(branch, false);
        programme.fix(branch, true);
        open.push_back(std::move(without));
        open.push_back(std::move(programme));
    }
    proven_ = true;
    return true;
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

    Search search(table, std::move(needs), result.primary, rule.cost);
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
