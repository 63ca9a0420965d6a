// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/qca/minimize.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
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

/// Searches covers over classes of implicants with the same rows.
class CoverSearch
{
public:
    CoverSearch(std::size_t rows, const std::vector<Words>& classes, const MinimizationLimits& limits,
                const Execution& execution, std::size_t& work)
        : rows_(rows), words_((rows + 63) / 64), classes_(classes), limits_(limits), execution_(execution),
          work_(work)
    {
    }

    /// Covers of at most `size` classes, as class numbers: all of them, or only whether there is one. False when a
    /// limit or the time was reached.
    bool run(std::size_t size, bool first_only, std::vector<std::vector<std::size_t>>& covers)
    {
        Words open(words_, 0);
        for (std::size_t r = 0; r < rows_; ++r)
            open[r >> 6] |= std::uint64_t{1} << (r & 63);
        std::vector<std::size_t> candidates(classes_.size());
        for (std::size_t c = 0; c < candidates.size(); ++c)
            candidates[c] = c;
        first_only_ = first_only;
        covers_ = &covers;
        widest_.assign(size + 1, std::vector<std::size_t>(rows_));
        usable_ = widest_;
        return search(open, size, candidates);
    }

private:
    bool search(const Words& open, std::size_t left, const std::vector<std::size_t>& candidates)
    {
        work_ += candidates.size() + 1;
        if (work_ > limits_.work || ((++nodes_ & 255) == 0 && execution_.must_stop()))
            return false;

        // What each candidate still adds; per open row the most that one of its candidates adds, and their number.
        auto& widest = widest_[left];
        auto& usable = usable_[left];
        std::fill(widest.begin(), widest.end(), 0);
        std::fill(usable.begin(), usable.end(), 0);
        std::vector<std::pair<std::size_t, std::size_t>> useful; // what it adds, class
        for (const auto c : candidates) {
            std::size_t adds = 0;
            for (std::size_t w = 0; w < words_; ++w)
                adds += static_cast<std::size_t>(std::popcount(open[w] & classes_[c][w]));
            if (adds == 0)
                continue;
            useful.emplace_back(adds, c);
            for (std::size_t w = 0; w < words_; ++w)
                for (auto word = open[w] & classes_[c][w]; word != 0; word &= word - 1) {
                    const auto r = w * 64 + static_cast<std::size_t>(std::countr_zero(word));
                    widest[r] = std::max(widest[r], adds);
                    ++usable[r];
                }
        }
        // A row costs at least its share of the widest candidate that covers it: no cover is smaller than the sum.
        double bound = 0;
        std::size_t branch = rows_;
        for (std::size_t w = 0; w < words_; ++w)
            for (auto word = open[w]; word != 0; word &= word - 1) {
                const auto r = w * 64 + static_cast<std::size_t>(std::countr_zero(word));
                if (usable[r] == 0)
                    return true;
                bound += 1 / static_cast<double>(widest[r]);
                if (branch == rows_ || usable[r] < usable[branch])
                    branch = r;
            }
        if (branch == rows_) {
            if (covers_->size() >= limits_.models)
                return false;
            covers_->push_back(chosen_);
            return true;
        }
        if (bound > static_cast<double>(left) + 1e-9)
            return true;

        // Each cover is found once: in the branch of the first of its implicants for this row.
        std::stable_sort(useful.begin(), useful.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<std::size_t> rest;
        for (const auto& [adds, c] : useful)
            rest.push_back(c);
        for (const auto& [adds, c] : useful) {
            if (!(classes_[c][branch >> 6] >> (branch & 63) & 1))
                continue;
            std::erase(rest, c);
            auto next = open;
            for (std::size_t w = 0; w < words_; ++w)
                next[w] &= ~classes_[c][w];
            chosen_.push_back(c);
            const bool finished = search(next, left - 1, rest);
            chosen_.pop_back();
            if (!finished)
                return false;
            if (first_only_ && !covers_->empty())
                return true;
        }
        return true;
    }

    std::size_t rows_, words_;
    const std::vector<Words>& classes_;
    const MinimizationLimits& limits_;
    const Execution& execution_;
    std::size_t& work_;
    bool first_only_ = false;
    std::size_t nodes_ = 0;
    std::vector<std::vector<std::size_t>> widest_, usable_; ///< per depth, per row
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
    const auto refused = [&] {
        return execution.must_stop()
                   ? stopped()
                   : too_large("There are too many models, or finding them all takes too long.", "data.conditions");
    };
    std::size_t work = 0;
    const auto widest = widest_classes(classes);
    std::size_t size = 1;
    for (;; ++size) {
        std::vector<std::vector<std::size_t>> one;
        if (!CoverSearch(positive.size(), widest, limits, execution, work).run(size, true, one))
            return refused();
        if (!one.empty())
            break;
    }
    std::vector<std::vector<std::size_t>> covers;
    if (!CoverSearch(positive.size(), classes, limits, execution, work).run(size, false, covers))
        return refused();
    std::vector<Model> models;
    for (const auto& cover : covers) {
        std::vector<Model> partial{{}};
        for (const auto c : cover) {
            std::vector<Model> longer;
            for (const auto& model : partial)
                for (const auto& implicant : *members[c]) {
                    longer.push_back(model);
                    longer.back().push_back(implicant);
                    if (models.size() + longer.size() > limits.models)
                        return too_large("There are too many models.", "data.conditions");
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
                return too_large("There are too many models.", "data.conditions");
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
