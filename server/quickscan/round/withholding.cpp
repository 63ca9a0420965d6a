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

/// What became of a row since an earlier round.
struct Since {
    std::int64_t change = 0;     ///< added over the answers
    const Row* before = nullptr; ///< the same row then; none when the groups were divided otherwise
};

const ItemCounts* find_item(const Counts& counts, std::string_view key)
{
    for (const auto& entry : counts.items)
        if (entry.item.key == key)
            return &entry;
    return nullptr;
}

const Row* find_row(const ItemCounts& item, std::string_view breakdown, std::string_view group)
{
    for (const auto& row : item.rows)
        if (row.breakdown == breakdown && row.group == group)
            return &row;
    return nullptr;
}

/// What can be seen of the change of one row: what another organisation withheld is known together only.
std::optional<std::int64_t> change_of(const Row& now, const Row& then)
{
    std::int64_t change = 0, rest = now.n - then.n;
    bool seen = false, hidden = false;
    for (std::size_t answer = 0; answer < now.counts.size(); ++answer) {
        if (then.counts[answer] == Row::not_known) {
            hidden = true;
            continue;
        }
        const auto difference = now.counts[answer] - then.counts[answer];
        seen = true;
        change += std::abs(difference);
        rest -= difference;
    }
    if (!seen)
        return std::nullopt;
    return change + (hidden ? std::abs(rest) : 0);
}

/// Nothing when that round asked something else, or shows nothing to compare.
std::optional<Since> since(const ItemCounts& now, const Row& row, const Counts& round)
{
    const auto* then = find_item(round, now.item.key);
    if (then == nullptr || then->item.answers.size() != now.item.answers.size())
        return std::nullopt;
    // The rows of the breakdown that the other round has not: only together they are the same municipalities.
    const auto apart = [&](const ItemCounts& here, const ItemCounts& there) {
        std::vector<const Row*> rows;
        for (const auto& one : here.rows)
            if (one.breakdown == row.breakdown && one.group != rest_group &&
                find_row(there, one.breakdown, one.group) == nullptr)
                rows.push_back(&one);
        return rows;
    };
    auto only_now = apart(now, *then), only_then = apart(*then, now);
    const bool divided_alike = only_now.empty() && only_then.empty();
    const auto* before = find_row(*then, row.breakdown, row.group);
    if (before != nullptr && (divided_alike || row.group != rest_group)) {
        const auto change = change_of(row, *before);
        return change ? std::optional{Since{*change, before}} : std::nullopt;
    }
    for (const auto& [rows, item] : {std::pair{&only_now, &now}, std::pair{&only_then, then}})
        if (const auto* rest = find_row(*item, row.breakdown, rest_group))
            rows->push_back(rest);
    if (only_now.empty() || only_then.empty())
        return std::nullopt;
    std::int64_t change = 0;
    for (std::size_t answer = 0; answer < now.item.answers.size(); ++answer) {
        std::int64_t difference = 0;
        for (const auto* one : only_now)
            difference += one->counts[answer];
        for (const auto* one : only_then) {
            if (one->counts[answer] == Row::not_known)
                return std::nullopt;
            difference -= one->counts[answer];
        }
        change += std::abs(difference);
    }
    return Since{change, nullptr};
}

/// What one attempt withholds, per item, row and answer.
using Pattern = std::vector<std::vector<std::vector<char>>>;
using Question = std::span<const ItemCounts>;

/// Cells of rows that did not change since an earlier round, as they were shown then.
struct AsBefore {
    std::vector<Cell> withheld{}, shown{};
    bool groups = false; ///< rows of groups are among them
};

/// Asks the engine, with the cells that are withheld in any case; nothing when what it finds does not protect.
std::optional<Pattern> solve(const Linked& linked, const std::vector<Cell>& also, const AsBefore& as_before,
                             std::int64_t limit, const statistics::Execution& execution)
{
    disclosure::LinkedRule rule;
    rule.threshold = limit;
    rule.also_primary = also;
    rule.also_primary.insert(rule.also_primary.end(), as_before.withheld.begin(), as_before.withheld.end());
    rule.already_public = linked.sizes;
    rule.already_public.insert(rule.already_public.end(), as_before.shown.begin(), as_before.shown.end());
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
    for (const auto& item : linked.cells) {
        pattern.emplace_back();
        for (const auto& row : item) {
            pattern.back().emplace_back();
            for (const auto cell : row)
                pattern.back().back().push_back(
                    std::find(withheld.begin(), withheld.end(), cell) != withheld.end() ? 1 : 0);
        }
    }
    return pattern;
}

/// Which cells of a row are withheld for the danger it is in. Who did not answer stays beside a choice that nobody,
/// or everybody who did answer, made: that number is the same beside the other choices and says nothing of this one.
std::vector<Cell> withheld_for(const Row& row, RowDanger danger, std::span<const Cell> cells, const Item& item,
                               bool several)
{
    if (danger == RowDanger::none)
        return {};
    const auto most = std::max_element(row.counts.begin(), row.counts.end()) - row.counts.begin();
    std::vector<Cell> withheld;
    for (std::size_t answer = 0; answer < cells.size(); ++answer)
        if (!several || danger != RowDanger::one_answer || item.answers[answer] != unknown_answer ||
            answer == static_cast<std::size_t>(most))
            withheld.push_back(cells[answer]);
    return withheld;
}

Pattern protect(Question question, std::span<const Counts> earlier, std::int64_t limit,
                const statistics::Execution& execution)
{
    AsBefore as_before;
    const auto in_any_case = [&](const Linked& linked, Question counts) {
        std::vector<Cell> also;
        as_before = {};
        for (std::size_t item = 0; item < counts.size(); ++item)
            for (std::size_t row = 0; row < counts[item].rows.size(); ++row) {
                const auto& here = counts[item].rows[row];
                const auto& cells = linked.cells[item][row];
                const auto found = danger(counts[item], row, earlier, limit);
                const auto withheld = withheld_for(here, found, cells, counts[item].item, counts.size() > 1);
                also.insert(also.end(), withheld.begin(), withheld.end());
                if (found != RowDanger::none)
                    continue;
                for (const auto& round : earlier)
                    if (const auto then = since(counts[item], here, round);
                        then && then->change == 0 && !then->before->withheld.empty()) {
                        as_before.groups = as_before.groups || row > 0;
                        for (std::size_t answer = 0; answer < cells.size(); ++answer)
                            (then->before->withheld[answer] ? as_before.withheld : as_before.shown)
                                .push_back(cells[answer]);
                    }
            }
        return also;
    };
    const auto linked = link(question);
    auto also = in_any_case(linked, question);
    // What fewer than the limit answered in the whole country is not divided over groups.
    for (std::size_t item = 0; item < question.size(); ++item)
        for (std::size_t answer = 0; answer < question[item].item.answers.size(); ++answer)
            if (const auto all = question[item].rows.front().counts[answer]; all > 0 && all < limit)
                for (std::size_t row = 1; row < question[item].rows.size(); ++row)
                    also.push_back(linked.cells[item][row][answer]);
    if (auto pattern = solve(linked, also, as_before, limit, execution))
        return *std::move(pattern);

    // No groups, only the country; and if that does not help either, nothing.
    std::vector<ItemCounts> country;
    for (const auto& item : question)
        country.push_back({.item = item.item, .rows = {item.rows.front()}});
    const auto alone = link(country);
    Pattern pattern;
    for (const auto& item : question) {
        pattern.emplace_back();
        for (const auto& row : item.rows)
            pattern.back().emplace_back(row.counts.size(), char{1});
    }
    // What an earlier round showed of a group would be subtracted from the country.
    if (as_before.groups)
        return pattern;
    also = in_any_case(alone, country);
    if (const auto first = solve(alone, also, as_before, limit, execution))
        for (std::size_t item = 0; item < question.size(); ++item)
            pattern[item].front() = (*first)[item].front();
    return pattern;
}

/// The items of each question together, in their order.
std::vector<Question> questions_of(const std::vector<ItemCounts>& items)
{
    std::vector<Question> questions;
    for (std::size_t first = 0, last = 0; first < items.size(); first = last) {
        while (last < items.size() && items[last].item.question() == items[first].item.question())
            ++last;
        questions.emplace_back(items.data() + first, last - first);
    }
    return questions;
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

RowDanger danger(const ItemCounts& item, std::size_t place, std::span<const Counts> earlier, std::int64_t limit)
{
    const auto& row = item.rows[place];
    if (row.n == 0)
        return RowDanger::none;
    if (row.n - *std::max_element(row.counts.begin(), row.counts.end()) <= 1)
        return RowDanger::one_answer;
    for (const auto& round : earlier)
        if (const auto found = since(item, row, round))
            // The same municipalities divided otherwise are two ways to look at them, also when nothing changed.
            if (found->change < limit && (found->change > 0 || found->before == nullptr))
                return RowDanger::small_change;
    return RowDanger::none;
}

Counts published(Counts counts, const Frozen& shown)
{
    for (std::size_t item = 0; item < counts.items.size(); ++item)
        for (std::size_t row = 0; row < counts.items[item].rows.size(); ++row) {
            auto& withheld = counts.items[item].rows[row].withheld;
            withheld.clear();
            for (const auto& count : shown.items.at(item).rows.at(row).counts)
                withheld.push_back(count ? 0 : 1);
        }
    return counts;
}

Linked link(std::span<const ItemCounts> question)
{
    Linked linked;
    const auto& rows = question.front().rows;
    for (const auto& row : rows)
        linked.sizes.push_back(linked.tables.add(row.n));
    for (const auto& counts : question) {
        const auto& answers = counts.item.answers;
        std::vector<std::vector<Cell>> cells(rows.size());
        std::vector<char> is_new(answers.size(), 1);
        std::optional<std::size_t> known_at; // where the first item of the question has the same number
        if (!linked.cells.empty())
            for (std::size_t answer = 0; answer < answers.size(); ++answer)
                if (answers[answer] == unknown_answer) {
                    const auto& before = question.front().item.answers;
                    known_at = static_cast<std::size_t>(std::find(before.begin(), before.end(), unknown_answer) -
                                                        before.begin());
                    is_new[answer] = 0;
                }
        for (std::size_t row = 0; row < rows.size(); ++row)
            for (std::size_t answer = 0; answer < answers.size(); ++answer)
                cells[row].push_back(is_new[answer] ? linked.tables.add(counts.rows[row].counts[answer])
                                                    : linked.cells.front()[row].at(*known_at));
        for (std::size_t row = 0; row < rows.size(); ++row)
            linked.tables.add_sum(linked.sizes[row], cells[row]);
        // The groups of one breakdown add up to the country, answer by answer.
        for (std::size_t first = 1, last = 1; first < rows.size(); first = last) {
            while (last < rows.size() && rows[last].breakdown == rows[first].breakdown)
                ++last;
            for (std::size_t answer = 0; answer < answers.size(); ++answer) {
                if (!is_new[answer])
                    continue;
                std::vector<Cell> groups;
                for (auto row = first; row < last; ++row)
                    groups.push_back(cells[row][answer]);
                linked.tables.add_sum(cells.front()[answer], std::move(groups));
            }
        }
        linked.cells.push_back(std::move(cells));
    }
    return linked;
}

Frozen withhold(const Counts& counts, std::span<const Counts> earlier, std::int64_t limit,
                const statistics::Execution& execution)
{
    const auto questions = questions_of(counts.items);
    std::vector<Pattern> patterns(questions.size());
    const bool finished =
        statistics::parallel_for(execution, questions.size(), 1, [&](std::size_t begin, std::size_t end) {
            for (auto question = begin; question < end; ++question)
                patterns[question] =
                    protect(questions[question], earlier, limit, {.threads = 1, .stop = execution.stop});
        });
    if (!finished)
        throw std::runtime_error("national tables: stopped");

    Frozen frozen{.handed_in = counts.handed_in, .items = {}};
    for (std::size_t question = 0; question < questions.size(); ++question)
        for (std::size_t number = 0; number < questions[question].size(); ++number) {
            const auto& entry = questions[question][number];
            FrozenItem item{.item = entry.item, .rows = {}};
            for (std::size_t row = 0; row < entry.rows.size(); ++row) {
                const auto& from = entry.rows[row];
                FrozenRow to{.breakdown = from.breakdown, .group = from.group, .n = from.n, .counts = {}};
                for (std::size_t answer = 0; answer < from.counts.size(); ++answer)
                    to.counts.push_back(patterns[question][number][row][answer]
                                            ? std::nullopt
                                            : std::optional<std::int64_t>{from.counts[answer]});
                item.rows.push_back(std::move(to));
            }
            frozen.items.push_back(std::move(item));
        }
    return frozen;
}

} // namespace beproefd::quickscan::national
