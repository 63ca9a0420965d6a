// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/sentences.hpp"
#include "platform/documents/table.hpp"
#include "quickscan/round/repository.hpp"

namespace beproefd::quickscan::national {

/// What is written down for good: the groups and counts of a round, with the 95% interval of each share of the
/// country for a draw of n without replacement from the population.
struct FrozenTables {
    std::vector<FrozenGroup> groups;
    std::vector<FrozenCell> cells;
};
FrozenTables freeze(const Id<SurveyRound>& round, const Frozen& frozen, const Breakdowns& breakdowns,
                    std::int64_t population);

/// Writes down in the true counts of a published round which of them were shown.
void show(Counts& counts, const std::vector<FrozenCell>& cells);
/// The counts of a published round as everybody has them; what is withheld is not known.
Counts counts_shown(const Head& head, std::span<const Item> items, const std::vector<FrozenGroup>& groups,
                    const std::vector<FrozenCell>& cells);

/// The frozen tables in the words of the questionnaire.
Picture picture_of(const Head& head, const Questionnaire& questionnaire, const Breakdowns& breakdowns,
                   const FrozenTables& tables);

/// Rounds of one instrument beside each other; the words are those of the newest.
struct RoundOfOverview {
    Head head;
    std::vector<FrozenCell> cells;           ///< of the whole country
    std::map<std::string, std::string> same; ///< same_items() of the newest questionnaire and that of this round
};
Overview overview_of(const Questionnaire& questionnaire, const std::vector<RoundOfOverview>& oldest_first);

/// The words of a group, also of those that are not in the list.
Words group_label(const Breakdowns& breakdowns, std::string_view breakdown, std::string_view group);

/// The cells of one row, in the order of the item's answers; key is what the round calls the item.
RowView row_view(const QuestionItem& item, const std::vector<FrozenCell>& cells, std::string_view breakdown,
                 std::string_view group, std::int64_t handed_in, std::string_view key);

/// The picture as a sheet: a line for each count; a withheld count says so in words, in every language of export.
documents::Sheet sheet_of(const Picture& picture, describe::Language language);

} // namespace beproefd::quickscan::national
