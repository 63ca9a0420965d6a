// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/search.hpp"

#include <algorithm>
#include <cmath>

namespace beproefd::statistics::disclosure {

Search::Search(std::vector<std::int64_t> costs, Pattern primary, Pattern never)
    : costs_(std::move(costs)), primary_(std::move(primary)), never_(std::move(never))
{
    for (std::size_t cell = 0; cell < costs_.size(); ++cell)
        if (primary_[cell])
            costs_[cell] = 0;
}

std::int64_t Search::cost_of(const Pattern& pattern) const
{
    std::int64_t cost = 0;
    for (std::size_t cell = 0; cell < pattern.size(); ++cell)
        cost += pattern[cell] ? costs_[cell] : 0;
    return cost;
}

/// Leaves out what is not needed, dearest first, and keeps the pattern when it is the cheapest so far.
void Search::offer(Pattern pattern)
{
    std::vector<Cell> order;
    for (std::size_t cell = 0; cell < pattern.size(); ++cell)
        if (pattern[cell] && !primary_[cell])
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
    std::vector<Cell> order;
    for (std::size_t cell = 0; cell < never_.size(); ++cell)
        if (!never_[cell])
            order.push_back(cell);
    std::stable_sort(order.begin(), order.end(), [&](Cell a, Cell b) {
        return values[a] != values[b] ? values[a] > values[b] : costs_[a] < costs_[b];
    });
    // More cells never protect less, so the shortest protecting prefix is found by halving.
    const auto prefix = [&](std::size_t length) {
        Pattern pattern(primary_.begin(), primary_.end());
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

bool Search::run(std::size_t most_nodes, const Execution& execution)
{
    LinearProgramme root(std::vector<double>(costs_.begin(), costs_.end()));
    Pattern everything(costs_.size(), 1);
    for (std::size_t cell = 0; cell < costs_.size(); ++cell)
        if (primary_[cell]) {
            root.fix(cell, true);
        } else if (never_[cell]) {
            root.fix(cell, false);
            everything[cell] = 0;
        }
    offer(std::move(everything));

    std::vector<LinearProgramme> open;
    open.push_back(std::move(root));
    while (!open.empty()) {
        if (nodes_ >= most_nodes)
            return true; // without a proof
        auto programme = std::move(open.back());
        open.pop_back();
        ++nodes_;
        bool hopeless = false;
        for (std::size_t rounds = 1;; ++rounds) {
            if (execution.must_stop())
                return false;
            if (!programme.solve() || std::ceil(programme.bound() - 1e-6) >= static_cast<double>(best_cost_)) {
                hopeless = true;
                break;
            }
            // At the root every round may find the pattern that ends the search; deep down rounding costs more than
            // the rest of a branch and seldom finds anything cheaper.
            if (nodes_ == 1 || (rounds == 1 && (nodes_ <= 64 || nodes_ % 16 == 0)))
                round_up(programme.values());
            const auto cuts = broken(programme.values());
            if (cuts.empty())
                break;
            for (const auto& cut : cuts)
                programme.add(cut);
        }
        if (hopeless)
            continue;

        // No cut is broken: a whole solution protects, a broken one is split.
        std::size_t branch = costs_.size();
        double most = 1e-6;
        for (std::size_t cell = 0; cell < costs_.size(); ++cell) {
            const double value = programme.values()[cell], distance = std::min(value, 1 - value);
            if (distance > most + 1e-9) {
                most = distance;
                branch = cell;
            }
        }
        if (branch == costs_.size()) {
            Pattern pattern(costs_.size());
            for (std::size_t cell = 0; cell < pattern.size(); ++cell)
                pattern[cell] = programme.values()[cell] > 0.5 || primary_[cell] ? 1 : 0;
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

} // namespace beproefd::statistics::disclosure
