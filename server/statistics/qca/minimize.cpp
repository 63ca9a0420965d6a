// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/qca/minimize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <map>
#include <set>

namespace beproefd::statistics::qca {

namespace {

using Words = std::vector<std::uint64_t>;

/// Bits of a word whose number has bit b clear: the lower half of each pair of neighbours in direction b.
constexpr std::array<std::uint64_t, 6> lower_half{0x5555555555555555, 0x3333333333333333, 0x0f0f0f0f0f0f0f0f,
                                                  0x00ff00ff00ff00ff, 0x0000ffff0000ffff, 0x00000000ffffffff};

bool test(const Words& bits, Configuration at) { return bits[at >> 6] >> (at & 63) & 1; }
void set(Words& bits, Configuration at) { bits[at >> 6] |= std::uint64_t{1} << (at & 63); }
void clear(Words& bits, Configuration at) { bits[at >> 6] &= ~(std::uint64_t{1} << (at & 63)); }

/// Result bit u is source bit u ^ around.
void turn(const Words& source, Configuration around, Words& result)
{
    const std::size_t words = source.size(), high = around >> 6;
    for (std::size_t w = 0; w < words; ++w) {
        auto word = source[w ^ high];
        for (std::size_t b = 0; b < 6; ++b)
            if (around >> b & 1) {
                const auto shift = 1U << b;
                word = (word & lower_half[b]) << shift | (word >> shift & lower_half[b]);
            }
        result[w] = word;
    }
}

/// A set of conditions is impossible when it holds an impossible set: close upwards in every direction.
void close_upwards(Words& bits, std::size_t conditions)
{
    for (std::size_t b = 0; b < conditions; ++b)
        if (b < 6) {
            for (auto& word : bits)
                word |= (word & lower_half[b]) << (1U << b);
        } else {
            const std::size_t step = std::size_t{1} << (b - 6);
            for (std::size_t w = 0; w < bits.size(); ++w)
                if (w & step)
                    bits[w] |= bits[w ^ step];
        }
}

/// Of the possible sets (bits clear in `impossible`) those that cannot grow.
void keep_largest(const Words& impossible, std::size_t conditions, Words& largest)
{
    for (std::size_t w = 0; w < impossible.size(); ++w) {
        auto word = ~impossible[w];
        for (std::size_t b = 0; b < conditions && word != 0; ++b)
            if (b < 6)
                word &= impossible[w] >> (1U << b) | ~lower_half[b];
            else if (const std::size_t step = std::size_t{1} << (b - 6); !(w & step))
                word &= impossible[w ^ step];
        largest[w] = word;
    }
    if (conditions < 6)
        largest[0] &= (std::uint64_t{1} << (std::size_t{1} << conditions)) - 1;
}

Words empty_words(std::size_t conditions)
{
    return Words(std::max<std::size_t>(1, (std::size_t{1} << conditions) / 64), 0);
}

/// How a search ended.
enum class Ending { complete, too_many, too_long };

/// Searches covers over classes of implicants with the same rows.
///
/// What a cover needs at least comes from prices of the rows: when no class is worth more than 1, every cover has as
/// many classes as the rows cost together, and what a class is worth less than 1 comes on top of that when it is
/// used. Prices start at a fair share, are raised as far as they go, and improved by a few subgradient steps.
/// Source: Caprara, Fischetti & Toth 1999, doi:10.1287/opre.47.5.730
class CoverSearch
{
public:
    /// `weights`: how many implicants a class has, so how many models stand for one cover.
    CoverSearch(std::size_t rows, const std::vector<Words>& classes, const std::vector<std::size_t>& weights,
                const MinimizationLimits& limits, const Execution& execution, std::size_t& work)
        : rows_(rows), words_((rows + 63) / 64), classes_(classes), weights_(weights), limits_(limits),
          execution_(execution), work_(work)
    {
    }

    /// Covers of at most `size` classes, as class numbers: all of them, or only whether there is one.
    Ending run(std::size_t size, bool first_only, std::vector<std::vector<std::size_t>>& covers)
    {
        Words open(words_, 0);
        for (std::size_t r = 0; r < rows_; ++r)
            open[r >> 6] |= std::uint64_t{1} << (r & 63);
        std::vector<std::size_t> candidates(classes_.size());
        for (std::size_t c = 0; c < candidates.size(); ++c)
            candidates[c] = c;
        first_only_ = first_only;
        covers_ = &covers;
        models_ = 0;
        least_ = 0;
        levels_.resize(size + 1);
        return search(open, size, candidates);
    }

    /// After run: no cover has fewer classes than this.
    std::size_t least() const { return least_; }

private:
    /// A candidate with what it still adds.
    struct Useful {
        std::size_t number = 0;
        std::size_t first = 0, count = 0; ///< its open rows, in Level::rows
        double worth = 0;                 ///< 1 minus the prices of its rows
    };

    /// What a search at one depth works with; kept for the next one at that depth.
    struct Level {
        std::vector<Useful> useful;
        std::vector<std::size_t> rows;
        std::vector<std::vector<std::size_t>> users; ///< per row, as positions in `useful`
        std::vector<std::size_t> order;              ///< open rows, fewest users first

        std::span<const std::size_t> rows_of(const Useful& candidate) const
        {
            return {rows.data() + candidate.first, candidate.count};
        }
    };

    /// Raises prices from a fair share, dearest rows first, and improves them; the least number of classes that the
    /// prices prove. Leaves each candidate's worth under the prices that proved most.
    double price(Level& level, std::size_t left)
    {
        auto& useful = level.useful;
        const auto& users = level.users;
        const auto& order = level.order;
        std::vector<double> prices(rows_, 0);
        for (const auto r : order) {
            std::size_t widest = 1;
            for (const auto u : users[r])
                widest = std::max(widest, useful[u].count);
            prices[r] = 1 / static_cast<double>(widest);
        }
        double bound = 0;
        for (auto& candidate : useful) {
            candidate.worth = 1;
            for (const auto r : level.rows_of(candidate))
                candidate.worth -= prices[r];
        }
        for (const auto r : order) {
            double room = 1;
            for (const auto u : users[r])
                room = std::min(room, useful[u].worth);
            room = std::max(room, 0.0);
            prices[r] += room;
            bound += prices[r];
            for (const auto u : users[r])
                useful[u].worth -= room;
        }
        const double enough = static_cast<double>(left) + 1e-6;
        // Better prices cost more than they save in a short search, far from the goal, and at the last two levels.
        if (nodes_ < limits_.patience || bound > enough || bound < static_cast<double>(left) * 0.6 || left < 3)
            return bound;

        std::vector<double> best_worth(useful.size());
        for (std::size_t u = 0; u < useful.size(); ++u)
            best_worth[u] = useful[u].worth;
        double best = bound, step = 1;
        std::vector<double> surplus(rows_);
        for (int round = 0; round < 24 && best <= enough; ++round) {
            // What the cheapest choice at these prices leaves uncovered (+1) or covers more than once.
            double value = 0, length = 0;
            for (const auto r : order) {
                surplus[r] = 1;
                value += prices[r];
            }
            for (const auto& candidate : useful)
                if (candidate.worth < 0) {
                    value += candidate.worth;
                    for (const auto r : level.rows_of(candidate))
                        --surplus[r];
                }
            if (round > 0 && value > best) {
                best = value;
                for (std::size_t u = 0; u < useful.size(); ++u)
                    best_worth[u] = useful[u].worth;
            } else if (round % 4 == 3) {
                step /= 2;
            }
            for (const auto r : order)
                length += surplus[r] * surplus[r];
            if (length == 0)
                break;
            const double reach = step * (static_cast<double>(left) + 1 - value) / length;
            for (const auto r : order) {
                const double changed = std::max(0.0, prices[r] + reach * surplus[r]), change = changed - prices[r];
                prices[r] = changed;
                if (change != 0)
                    for (const auto u : users[r])
                        useful[u].worth -= change;
            }
        }
        work_ += useful.size() * 24;
        for (std::size_t u = 0; u < useful.size(); ++u)
            useful[u].worth = best_worth[u];
        return best;
    }

    Ending search(const Words& open, std::size_t left, const std::vector<std::size_t>& candidates)
    {
        work_ += candidates.size() + 1;
        if (work_ > limits_.work || ((++nodes_ & 255) == 0 && execution_.must_stop()))
            return Ending::too_long;
        const bool nothing_open = std::all_of(open.begin(), open.end(), [](auto word) { return word == 0; });
        if (nothing_open) {
            std::size_t stands_for = 1;
            for (const auto c : chosen_)
                stands_for = std::min(stands_for * weights_[c], limits_.models + 1);
            models_ += stands_for;
            if (models_ > limits_.models && !first_only_)
                return Ending::too_many;
            covers_->push_back(chosen_);
            return Ending::complete;
        }
        if (left == 0)
            return Ending::complete;

        auto& level = levels_[left];
        auto& useful = level.useful;
        useful.clear();
        level.rows.clear();
        level.order.clear();
        level.users.resize(rows_);
        for (auto& users : level.users)
            users.clear();
        for (const auto c : candidates) {
            const auto first = level.rows.size();
            for (std::size_t w = 0; w < words_; ++w)
                for (auto word = open[w] & classes_[c][w]; word != 0; word &= word - 1) {
                    level.rows.push_back(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
                    level.users[level.rows.back()].push_back(useful.size());
                }
            if (level.rows.size() > first)
                useful.push_back({c, first, level.rows.size() - first, 0});
        }
        for (std::size_t w = 0; w < words_; ++w)
            for (auto word = open[w]; word != 0; word &= word - 1) {
                level.order.push_back(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
                if (level.users[level.order.back()].empty())
                    return Ending::complete;
            }
        std::stable_sort(level.order.begin(), level.order.end(),
                         [&](auto a, auto b) { return level.users[a].size() < level.users[b].size(); });
        const double bound = price(level, left), goal = static_cast<double>(left) + 1e-6;
        if (chosen_.empty())
            least_ = static_cast<std::size_t>(std::ceil(bound - 1e-6));
        if (bound > goal)
            return Ending::complete;

        // Each cover is found once: in the branch of the first of its implicants for this row.
        const auto branch = level.order.front();
        std::erase_if(useful, [&](const Useful& candidate) { return bound + candidate.worth > goal; });
        std::stable_sort(useful.begin(), useful.end(),
                         [](const auto& a, const auto& b) { return a.count > b.count; });
        std::vector<std::size_t> rest;
        for (const auto& candidate : useful)
            rest.push_back(candidate.number);
        const auto all = rest;
        for (const auto c : all) {
            if (!(classes_[c][branch >> 6] >> (branch & 63) & 1))
                continue;
            std::erase(rest, c);
            auto next = open;
            for (std::size_t w = 0; w < words_; ++w)
                next[w] &= ~classes_[c][w];
            chosen_.push_back(c);
            const auto ending = search(next, left - 1, rest);
            chosen_.pop_back();
            if (ending != Ending::complete)
                return ending;
            if (first_only_ && !covers_->empty())
                return Ending::complete;
        }
        return Ending::complete;
    }

    std::size_t rows_, words_;
    const std::vector<Words>& classes_;
    const std::vector<std::size_t>& weights_;
    const MinimizationLimits& limits_;
    const Execution& execution_;
    std::size_t& work_;
    bool first_only_ = false;
    std::size_t nodes_ = 0;
    std::size_t models_ = 0;
    std::size_t least_ = 0;
    std::vector<Level> levels_; ///< by the number of classes left
    std::vector<std::size_t> chosen_;
    std::vector<std::vector<std::size_t>>* covers_ = nullptr;
};

/// Classes that are not part of a wider one: enough to know how many are needed, not to find every cover.
std::vector<Words> widest_classes(const std::vector<Words>& classes)
{
    std::vector<std::pair<int, const Words*>> by_size;
    for (const auto& rows : classes) {
        int size = 0;
        for (const auto word : rows)
            size += std::popcount(word);
        by_size.emplace_back(size, &rows);
    }
    std::stable_sort(by_size.begin(), by_size.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Words> kept;
    for (const auto& [size, rows] : by_size) {
        const bool inside = std::any_of(kept.begin(), kept.end(), [&, rows = rows](const Words& wide) {
            for (std::size_t w = 0; w < wide.size(); ++w)
                if (((*rows)[w] & ~wide[w]) != 0)
                    return false;
            return true;
        });
        if (!inside)
            kept.push_back(*rows);
    }
    return kept;
}

} // namespace

Outcome<std::vector<Implicant>> prime_implicants(std::span<const Configuration> positive,
                                                 const std::vector<std::uint64_t>& excluded, std::size_t conditions,
                                                 const MinimizationLimits& limits, const Execution& execution)
{
    const Configuration all = static_cast<Configuration>((std::uint64_t{1} << conditions) - 1);
    std::vector<Implicant> found;
    Words impossible(excluded.size()), largest(excluded.size());
    std::size_t sorted = 0;
    for (const auto row : positive) {
        if (execution.must_stop())
            return stopped();
        turn(excluded, row, impossible);
        close_upwards(impossible, conditions);
        keep_largest(impossible, conditions, largest);
        for (std::size_t w = 0; w < largest.size(); ++w)
            for (auto word = largest[w]; word != 0; word &= word - 1) {
                const auto free =
                    static_cast<Configuration>(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
                found.push_back({all & ~free, row & ~free});
            }
        if (found.size() > 2 * sorted + 4096) {
            std::sort(found.begin(), found.end());
            found.erase(std::unique(found.begin(), found.end()), found.end());
            sorted = found.size();
            if (sorted > limits.implicants)
                return too_large("There are too many prime implicants.", "data.conditions");
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.size() > limits.implicants)
        return too_large("There are too many prime implicants.", "data.conditions");
    return found;
}

Outcome<std::vector<Model>> minimal_covers(std::span<const Configuration> positive,
                                           std::span<const Implicant> implicants, const MinimizationLimits& limits,
                                           const Execution& execution)
{
    if (implicants.size() * positive.size() > 2'000'000'000)
        return too_large("There are too many prime implicants for so many rows.", "data.conditions");
    const std::size_t words = (positive.size() + 63) / 64;
    std::map<Words, std::vector<Implicant>> by_rows;
    for (const auto& implicant : implicants) {
        Words rows(words, 0);
        for (std::size_t r = 0; r < positive.size(); ++r)
            if (implicant.covers(positive[r]))
                rows[r >> 6] |= std::uint64_t{1} << (r & 63);
        by_rows[std::move(rows)].push_back(implicant);
    }
    std::vector<Words> classes;
    std::vector<const std::vector<Implicant>*> members;
    for (const auto& [rows, group] : by_rows) {
        classes.push_back(rows);
        members.push_back(&group);
    }
    std::vector<std::size_t> weights;
    for (const auto* group : members)
        weights.push_back(group->size());
    const auto refused = [&](Ending ending, std::size_t size) {
        if (execution.must_stop())
            return stopped();
        const auto reason =
            ending == Ending::too_many
                ? fmt::format("More than {} models of {} terms explain these rows equally well", limits.models, size)
                : fmt::format("There is no proof within the limits of how few terms (at least {}) explain these rows",
                              size);
        return too_large(reason + ", so the data do not choose between the conditions. Fewer conditions, a higher "
                                  "n_cut or the conservative solution leave fewer.",
                         "data.conditions");
    };
    std::size_t work = 0;
    const auto widest = widest_classes(classes);
    const std::vector<std::size_t> single(widest.size(), 1);
    CoverSearch shortest(positive.size(), widest, single, limits, execution, work);
    std::size_t size = 1;
    for (std::vector<std::vector<std::size_t>> one;; size = std::max(size + 1, shortest.least())) {
        const auto ending = shortest.run(size, true, one);
        if (ending != Ending::complete)
            return refused(ending, size);
        if (!one.empty())
            break;
    }
    std::vector<std::vector<std::size_t>> covers;
    const auto ending =
        CoverSearch(positive.size(), classes, weights, limits, execution, work).run(size, false, covers);
    if (ending != Ending::complete)
        return refused(ending, size);
    std::vector<Model> models;
    for (const auto& cover : covers) {
        std::vector<Model> partial{{}};
        for (const auto c : cover) {
            std::vector<Model> longer;
            for (const auto& model : partial)
                for (const auto& implicant : *members[c]) {
                    longer.push_back(model);
                    longer.back().push_back(implicant);
                }
            partial = std::move(longer);
        }
        for (auto& model : partial) {
            std::sort(model.begin(), model.end());
            models.push_back(std::move(model));
        }
    }
    std::sort(models.begin(), models.end());
    return models;
}

Outcome<std::vector<Model>> minimize(const TruthTable& table, Solution solution, Configuration expected,
                                     const MinimizationLimits& limits, const Execution& execution)
{
    std::vector<Configuration> positive;
    for (const auto& row : table.rows)
        if (row.positive)
            positive.push_back(row.configuration);
    if (positive.empty())
        return insufficient_data("No row of the truth table leads to the outcome, so there is nothing to minimise.",
                                 "data.outcome");

    const auto solve = [&](const Words& excluded) -> Outcome<std::vector<Model>> {
        auto implicants = prime_implicants(positive, excluded, table.conditions, limits, execution);
        if (!implicants)
            return implicants.error();
        return minimal_covers(positive, *implicants, limits, execution);
    };

    Words only_positive(empty_words(table.conditions).size(), ~std::uint64_t{0});
    Words only_negative = empty_words(table.conditions);
    for (const auto& row : table.rows)
        if (row.positive)
            clear(only_positive, row.configuration);
        else
            set(only_negative, row.configuration);
    if (solution == Solution::conservative)
        return solve(only_positive);
    if (solution == Solution::parsimonious)
        return solve(only_negative);

    const auto conservative = solve(only_positive);
    if (!conservative)
        return conservative.error();
    const auto parsimonious = solve(only_negative);
    if (!parsimonious)
        return parsimonious.error();
    std::set<Model> models;
    std::map<Model, char> solved; // many pairs of models ask for the same assumptions
    for (const auto& c : *conservative)
        for (const auto& p : *parsimonious) {
            Model terms;
            for (const auto& complex : c)
                for (const auto& simple : p) {
                    if ((simple.mask & complex.mask) != simple.mask || (complex.value & simple.mask) != simple.value)
                        continue;
                    const auto droppable = complex.mask & ~simple.mask & (complex.value ^ expected);
                    terms.push_back({complex.mask & ~droppable, complex.value & ~droppable});
                }
            std::sort(terms.begin(), terms.end());
            terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
            if (!solved.emplace(terms, 0).second)
                continue;

            Words excluded = only_positive;
            const Configuration all = static_cast<Configuration>((std::uint64_t{1} << table.conditions) - 1);
            for (const auto& term : terms) {
                // Every configuration of the term: count through the subsets of its free conditions.
                const Configuration free = all & ~term.mask;
                for (Configuration subset = free;; subset = (subset - 1) & free) {
                    if (!test(only_negative, term.value | subset))
                        clear(excluded, term.value | subset);
                    if (subset == 0)
                        break;
                }
            }
            const auto found = solve(excluded);
            if (!found)
                return found.error();
            models.insert(found->begin(), found->end());
            if (models.size() > limits.models)
                return too_large(
                    fmt::format("The solution has more than {} models, so the data do not choose between the "
                                "conditions. Fewer conditions or a higher n_cut leave fewer.",
                                limits.models),
                    "data.conditions");
        }
    return std::vector<Model>(models.begin(), models.end());
}

std::string spell(const Implicant& implicant, const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t j = 0; j < names.size(); ++j) {
        const Configuration bit = Configuration{1} << (names.size() - 1 - j);
        if (!(implicant.mask & bit))
            continue;
        if (!text.empty())
            text += '*';
        if (!(implicant.value & bit))
            text += '~';
        text += names[j];
    }
    return text.empty() ? "1" : text;
}

std::vector<double> membership(const Implicant& implicant, const CaseSet& cases)
{
    std::vector<double> result(cases.outcome.size(), 1);
    const auto conditions = cases.conditions.size();
    for (std::size_t j = 0; j < conditions; ++j) {
        const Configuration bit = Configuration{1} << (conditions - 1 - j);
        if (!(implicant.mask & bit))
            continue;
        const auto& values = cases.conditions[j].membership;
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] = std::min(result[i], implicant.value & bit ? values[i] : 1 - values[i]);
    }
    return result;
}

} // namespace beproefd::statistics::qca
