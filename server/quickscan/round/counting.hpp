// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "quickscan/round/breakdowns.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace beproefd::quickscan::national {

/// One thing that is counted: a question, or one choice of a question where several may be chosen.
struct Item {
    std::string key;                  ///< "q6", or "q4.workload" for a choice
    std::vector<std::string> answers; ///< in the order they are shown; each answer of a copy is one of these
    bool exclusive = false;           ///< a choice that cannot be given beside another

    /// The choices of one question have it in common, and with it who did not answer: their unknown is one number.
    std::string_view question() const { return std::string_view{key}.substr(0, key.find('.')); }
};

/// What one municipality handed in, without its name.
struct Copy {
    std::string size_class;
    std::string safety_region;                  ///< empty when it has none
    std::map<std::string, std::string> answers; ///< by item; an item that is missing was not answered
};

/// How many of one group gave each answer, in the order of the item's answers. They add up to n.
struct Row {
    std::string breakdown; ///< empty for the whole country
    std::string group;
    std::int64_t n = 0; ///< how many of the group handed in
    std::vector<std::int64_t> counts{};
    std::vector<char> withheld{}; ///< of a published round: which of them were not shown; empty when nothing was

    static constexpr std::int64_t not_known = -1; ///< a count that another organisation withheld
};

/// The true counts of one item: first the whole country, then the groups of each breakdown in their order.
struct ItemCounts {
    Item item;
    std::vector<Row> rows;
};

/// The true counts of a round. They are not to be shown to anybody: withhold() comes first.
struct Counts {
    std::int64_t handed_in = 0;
    std::vector<ItemCounts> items;
};

/// An answer that was not given counts as this; every item has it.
inline constexpr std::string_view unknown_answer = "unknown";
/// The other answers of a choice where several may be chosen.
inline constexpr std::string_view chosen_answer = "chosen";
inline constexpr std::string_view not_chosen_answer = "not_chosen";

/// Counts the copies by item, for the whole country and per group. Groups that would have fewer than smallest_group
/// are taken together as rest_group, with the next smallest until the rest is at least two groups and large enough; a
/// breakdown in which nothing is left but the rest falls out. Throws std::logic_error for an answer that its item
/// does not have.
Counts count(std::span<const Item> items, const Breakdowns& breakdowns, std::span<const Copy> copies);

/// The counts of a round that asked another version, as if it had asked these items: `same` has the key there by the
/// key here. What cannot be compared is not in it; an answer that version did not have was given by nobody.
Counts carried_over(const Counts& counts, std::span<const Item> items,
                    const std::map<std::string, std::string>& same);

/// Which groups of a breakdown go into the rest, by how many handed in: those below `smallest`, and then the next
/// smallest until nobody can tell how many of the rest belong to one of them. In ascending order.
std::vector<std::size_t> too_small(std::span<const std::int64_t> handed_in, std::int64_t smallest);

} // namespace beproefd::quickscan::national
