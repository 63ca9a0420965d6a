// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/disclosure/linear_programme.hpp"
#include "statistics/disclosure/table.hpp"
#include "statistics/parallel.hpp"

namespace beproefd::statistics::disclosure {

/// A primary cell and how wide its range has to be.
struct Need {
    Cell cell = 0;
    std::int64_t width = 0;
};

using Pattern = std::vector<char>; ///< per cell: withheld

/// The search for the cheapest pattern that protects, by branch and cut. What protects, and which inequality a
/// pattern breaks that does not, is for the kind of table to say.
class Search
{
public:
    /// `primary` cells are withheld in every pattern and cost nothing; `never` cells in none.
    Search(std::vector<std::int64_t> costs, Pattern primary, Pattern never);
    virtual ~Search() = default;

    /// False when the time is up. Stops without a proof after `most_nodes` branches.
    bool run(std::size_t most_nodes, const Execution& execution);

    const Pattern& best() const { return best_; }
    std::int64_t best_cost() const { return best_cost_; }
    bool proven() const { return proven_; }
    std::size_t nodes() const { return nodes_; }

protected:
    /// Every need is met when these cells are withheld.
    virtual bool protects(const Pattern& pattern) = 0;
    /// Inequalities that hold for every protecting pattern and that these shares of withholding break.
    virtual std::vector<Cut> broken(const std::vector<double>& shares) = 0;

private:
    std::int64_t cost_of(const Pattern& pattern) const;
    void offer(Pattern pattern);
    void round_up(const std::vector<double>& values);

    std::vector<std::int64_t> costs_;
    Pattern primary_, never_, best_;
    std::int64_t best_cost_ = 0;
    bool proven_ = false;
    std::size_t nodes_ = 0;
};

} // namespace beproefd::statistics::disclosure
