// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/counting.hpp"

#include <algorithm>
#include <stdexcept>

namespace beproefd::quickscan::national {
namespace {

/// Where each copy belongs in one breakdown.
struct Division {
    const Breakdown* breakdown = nullptr;
    std::vector<std::string> groups; ///< of the rows, in order
    std::vector<std::size_t> row_of; ///< per copy
};

std::optional<Division> divide(const Breakdown& breakdown, std::int64_t smallest, std::span<const Copy> copies)
{
    // First by the groups of the list, with one more for who belongs to none.
    std::map<std::string_view, std::size_t> group_of;
    for (std::size_t group = 0; group < breakdown.groups.size(); ++group)
        for (const auto& member : breakdown.groups[group].members)
            group_of.emplace(member, group);
    const auto nowhere = breakdown.groups.size();
    std::vector<std::int64_t> sizes(nowhere + 1, 0);
    Division division{.breakdown = &breakdown, .groups = {}, .row_of = {}};
    for (const auto& copy : copies) {
        const auto found = group_of.find(breakdown.key == "size_class" ? copy.size_class : copy.safety_region);
        const auto group = found == group_of.end() ? nowhere : found->second;
        division.row_of.push_back(group);
        ++sizes[group];
    }
    if (sizes[nowhere] == 0)
        sizes.pop_back();

    // Then with what is too small taken together, last.
    const auto small = too_small(sizes, smallest);
    std::vector<std::size_t> place(sizes.size(), 0);
    for (std::size_t group = 0; group < sizes.size(); ++group) {
        if (std::binary_search(small.begin(), small.end(), group))
            continue;
        place[group] = division.groups.size();
        division.groups.push_back(group == nowhere ? std::string{unknown_group} : breakdown.groups[group].key);
    }
    if (division.groups.empty())
        return std::nullopt;
    for (const auto group : small)
        place[group] = division.groups.size();
    if (!small.empty())
        division.groups.emplace_back(rest_group);
    for (auto& row : division.row_of)
        row = place[row];
    return division;
}

} // namespace

std::vector<std::size_t> too_small(std::span<const std::int64_t> handed_in, std::int64_t smallest)
{
    std::vector<std::size_t> order(handed_in.size());
    for (std::size_t group = 0; group < order.size(); ++group)
        order[group] = group;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return handed_in[a] < handed_in[b]; });
    std::vector<std::size_t> small;
    std::int64_t together = 0;
    for (const auto group : order) {
        const bool enough = small.empty() || (small.size() >= 2 && together >= smallest);
        if (handed_in[group] >= smallest && enough)
            break;
        small.push_back(group);
        together += handed_in[group];
    }
    std::sort(small.begin(), small.end());
    return small;
}

Counts count(std::span<const Item> items, const Breakdowns& breakdowns, std::span<const Copy> copies)
{
    std::vector<Division> divisions;
    for (const auto& breakdown : breakdowns.breakdowns)
        if (auto division = divide(breakdown, breakdowns.smallest_group.value(), copies))
            divisions.push_back(*std::move(division));

    Counts result{.handed_in = std::ssize(copies), .items = {}};
    for (const auto& item : items) {
        const auto place_of = [&](std::string_view answer) {
            const auto found = std::find(item.answers.begin(), item.answers.end(), answer);
            if (found == item.answers.end())
                throw std::logic_error(fmt::format("{} has no answer {}", item.key, answer));
            return static_cast<std::size_t>(found - item.answers.begin());
        };
        ItemCounts counts{.item = item, .rows = {}};
        const auto add_row = [&](std::string_view breakdown, std::string_view group) {
            counts.rows.push_back({.breakdown = std::string{breakdown},
                                   .group = std::string{group},
                                   .n = 0,
                                   .counts = std::vector<std::int64_t>(item.answers.size(), 0)});
        };
        add_row(whole_country, "");
        for (const auto& division : divisions)
            for (const auto& group : division.groups)
                add_row(division.breakdown->key, group);
        for (std::size_t number = 0; number < copies.size(); ++number) {
            const auto given = copies[number].answers.find(item.key);
            const auto answer =
                place_of(given == copies[number].answers.end() ? unknown_answer : std::string_view{given->second});
            const auto add = [&](Row& row) {
                ++row.n;
                ++row.counts[answer];
            };
            add(counts.rows[0]);
            std::size_t first = 1;
            for (const auto& division : divisions) {
                add(counts.rows[first + division.row_of[number]]);
                first += division.groups.size();
            }
        }
        result.items.push_back(std::move(counts));
    }
    return result;
}

Counts carried_over(const Counts& counts, std::span<const Item> items, const std::map<std::string, std::string>& same)
{
    Counts carried{.handed_in = counts.handed_in, .items = {}};
    for (const auto& item : items) {
        const auto key = same.find(item.key);
        if (key == same.end())
            continue;
        const auto before = std::find_if(counts.items.begin(), counts.items.end(),
                                         [&](const ItemCounts& one) { return one.item.key == key->second; });
        if (before == counts.items.end())
            continue;
        ItemCounts one{.item = item, .rows = {}};
        for (const auto& row : before->rows) {
            Row made{.breakdown = row.breakdown, .group = row.group, .n = row.n, .counts = {}, .withheld = {}};
            for (const auto& answer : item.answers) {
                const auto& there = before->item.answers;
                const auto at = std::find(there.begin(), there.end(), answer);
                const auto place = static_cast<std::size_t>(at - there.begin());
                made.counts.push_back(at == there.end() ? 0 : row.counts[place]);
                if (!row.withheld.empty())
                    made.withheld.push_back(at == there.end() ? char{0} : row.withheld[place]);
            }
            one.rows.push_back(std::move(made));
        }
        carried.items.push_back(std::move(one));
    }
    return carried;
}

} // namespace beproefd::quickscan::national
