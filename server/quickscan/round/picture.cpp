// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/picture.hpp"

#include "quickscan/round/texts.hpp"
#include "statistics/survey/proportion.hpp"

#include <algorithm>
#include <array>

namespace beproefd::quickscan::national {
namespace {

constexpr double confidence = 0.95;

using CellKey = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;
using CellIndex = std::map<CellKey, const FrozenCell*>;

CellIndex index_of(const std::vector<FrozenCell>& cells)
{
    CellIndex index;
    for (const auto& cell : cells)
        index.emplace(CellKey{cell.item, cell.breakdown, cell.group_key, cell.answer}, &cell);
    return index;
}

/// key: how the round calls the item.
RowView row_from(const QuestionItem& item, const CellIndex& index, std::string_view breakdown, std::string_view group,
                 std::int64_t handed_in, std::string_view key)
{
    RowView row{.group = std::string{group}, .label = {}, .handed_in = handed_in, .cells = {}};
    for (const auto& answer : item.answers) {
        const auto found = index.find({key, breakdown, group, answer.key});
        if (found == index.end())
            return row; // this round did not ask it so
        const auto& cell = *found->second;
        CellView view{.withheld = !cell.counted, .counted = cell.counted, .share = {}, .lower = {}, .upper = {}};
        if (cell.counted && handed_in > 0) {
            view.share = static_cast<double>(*cell.counted) / static_cast<double>(handed_in);
            view.lower = cell.lower;
            view.upper = cell.upper;
        }
        row.cells.push_back(view);
    }
    return row;
}

} // namespace

FrozenTables freeze(const Id<SurveyRound>& round, const Frozen& frozen, const Breakdowns& breakdowns,
                    std::int64_t population)
{
    FrozenTables tables;
    // Each group of the list is there; one that is in the rest, or in a breakdown that fell out, has no number.
    std::map<std::pair<std::string, std::string>, std::int64_t> shown;
    if (!frozen.items.empty())
        for (const auto& row : frozen.items.front().rows)
            if (!row.breakdown.empty())
                shown.emplace(std::pair{row.breakdown, row.group}, row.n);
    for (const auto& breakdown : breakdowns.breakdowns)
        for (const auto& group : breakdown.groups)
            if (!shown.contains({breakdown.key, group.key}))
                tables.groups.push_back({round, breakdown.key, group.key, std::nullopt});
    for (const auto& [key, n] : shown)
        tables.groups.push_back({round, key.first, key.second, n});

    for (const auto& item : frozen.items)
        for (const auto& row : item.rows)
            for (std::size_t answer = 0; answer < row.counts.size(); ++answer) {
                FrozenCell cell{.round_id = round,
                                .item = item.item.key,
                                .breakdown = row.breakdown,
                                .group_key = row.group,
                                .answer = item.item.answers[answer],
                                .counted = row.counts[answer],
                                .lower = {},
                                .upper = {}};
                if (cell.counted && row.breakdown.empty())
                    if (const auto share =
                            statistics::survey::finite_proportion(*cell.counted, row.n, population, confidence)) {
                        cell.lower = share->hypergeometric_lo;
                        cell.upper = share->hypergeometric_hi;
                    }
                tables.cells.push_back(std::move(cell));
            }
    return tables;
}

void show(Counts& counts, const std::vector<FrozenCell>& cells)
{
    const auto index = index_of(cells);
    for (auto& item : counts.items)
        for (auto& row : item.rows) {
            row.withheld.clear();
            for (const auto& answer : item.item.answers) {
                const auto found = index.find({item.item.key, row.breakdown, row.group, answer});
                row.withheld.push_back(found == index.end() || !found->second->counted ? 1 : 0);
            }
        }
}

Counts counts_shown(const Head& head, std::span<const Item> items, const std::vector<FrozenGroup>& groups,
                    const std::vector<FrozenCell>& cells)
{
    Counts counts{.handed_in = head.handed_in, .items = {}};
    const auto index = index_of(cells);
    for (const auto& item : items) {
        ItemCounts made{.item = item, .rows = {}};
        const auto add = [&](std::string_view breakdown, std::string_view group, std::int64_t n) {
            Row row{.breakdown = std::string{breakdown}, .group = std::string{group}, .n = n};
            for (const auto& answer : item.answers) {
                const auto found = index.find({item.key, breakdown, group, answer});
                if (found == index.end())
                    return; // that round did not ask it
                row.counts.push_back(found->second->counted.value_or(Row::not_known));
                row.withheld.push_back(found->second->counted ? 0 : 1);
            }
            made.rows.push_back(std::move(row));
        };
        add(whole_country, "", head.handed_in);
        for (const auto& group : groups)
            if (group.handed_in)
                add(group.breakdown, group.group_key, *group.handed_in);
        counts.items.push_back(std::move(made));
    }
    return counts;
}

Words group_label(const Breakdowns& breakdowns, std::string_view breakdown, std::string_view group)
{
    if (group == rest_group)
        return texts().words("group.rest");
    if (group == unknown_group)
        return texts().words("group.unknown");
    if (const auto* found = breakdowns.find(breakdown))
        for (const auto& entry : found->groups)
            if (entry.key == group)
                return entry.label;
    return {std::string{group}, std::string{group}};
}

RowView row_view(const QuestionItem& item, const std::vector<FrozenCell>& cells, std::string_view breakdown,
                 std::string_view group, std::int64_t handed_in, std::string_view key)
{
    return row_from(item, index_of(cells), breakdown, group, handed_in, key);
}

Picture picture_of(const Head& head, const Questionnaire& questionnaire, const Breakdowns& breakdowns,
                   const FrozenTables& tables)
{
    Picture picture{.round = head,
                    .instrument_title = questionnaire.title,
                    .not_handed_in = head.population - head.handed_in,
                    .cells = std::ssize(tables.cells),
                    .withheld = std::count_if(tables.cells.begin(), tables.cells.end(),
                                              [](const FrozenCell& cell) { return !cell.counted; }),
                    .hidden_groups = {},
                    .themes = questionnaire.themes,
                    .items = {}};
    // The groups of a breakdown in the order of the list; what is not in the list comes last.
    std::vector<std::pair<const Breakdown*, std::vector<const FrozenGroup*>>> shown;
    for (const auto& breakdown : breakdowns.breakdowns) {
        std::vector<const FrozenGroup*> groups;
        const auto take = [&](std::string_view key) {
            for (const auto& group : tables.groups)
                if (group.breakdown == breakdown.key && group.group_key == key) {
                    if (group.handed_in)
                        groups.push_back(&group);
                    else
                        picture.hidden_groups.push_back(
                            {breakdown.key, group.group_key, group_label(breakdowns, breakdown.key, key)});
                }
        };
        for (const auto& group : breakdown.groups)
            take(group.key);
        take(unknown_group);
        take(rest_group);
        if (!groups.empty())
            shown.emplace_back(&breakdown, std::move(groups));
    }

    const auto index = index_of(tables.cells);
    for (const auto& item : questionnaire.items) {
        ItemView view{.key = item.key,
                      .question = item.question,
                      .number = item.number,
                      .theme = item.theme,
                      .text = item.text,
                      .choice = item.choice,
                      .answers = item.answers,
                      .country = row_from(item, index, whole_country, "", head.handed_in, item.key),
                      .tables = {}};
        view.country.label = texts().words("group.country");
        for (const auto& [breakdown, groups] : shown) {
            TableView table{.breakdown = breakdown->key, .label = breakdown->label, .rows = {}};
            for (const auto* group : groups) {
                table.rows.push_back(
                    row_from(item, index, breakdown->key, group->group_key, *group->handed_in, item.key));
                table.rows.back().label = group_label(breakdowns, breakdown->key, group->group_key);
            }
            view.tables.push_back(std::move(table));
        }
        picture.items.push_back(std::move(view));
    }
    return picture;
}

Overview overview_of(const Questionnaire& questionnaire, const std::vector<RoundOfOverview>& oldest_first)
{
    Overview overview{.instrument_key = questionnaire.key,
                      .instrument_title = questionnaire.title,
                      .rounds = {},
                      .themes = questionnaire.themes,
                      .items = {}};
    std::vector<CellIndex> indices;
    for (const auto& round : oldest_first) {
        overview.rounds.push_back(round.head);
        indices.push_back(index_of(round.cells));
    }
    for (const auto& item : questionnaire.items) {
        OverviewItem view{.key = item.key,
                          .question = item.question,
                          .number = item.number,
                          .theme = item.theme,
                          .text = item.text,
                          .choice = item.choice,
                          .answers = item.answers,
                          .rounds = {}};
        for (std::size_t round = 0; round < oldest_first.size(); ++round) {
            const auto& [head, cells, same] = oldest_first[round];
            // A round that asked something else has no cells here, also when it had a question of this key.
            RowView row{.group = {}, .label = {}, .handed_in = head.handed_in, .cells = {}};
            if (const auto there = same.find(item.key); there != same.end())
                row = row_from(item, indices[round], whole_country, "", head.handed_in, there->second);
            row.group = head.round_id.to_text();
            row.label = {head.title, head.title};
            view.rounds.push_back(std::move(row));
        }
        overview.items.push_back(std::move(view));
    }
    return overview;
}

documents::Sheet sheet_of(const Picture& picture, describe::Language language)
{
    const auto say = [&](const Words& words) { return language == describe::Language::nl ? words.nl : words.en; };
    const auto text = [&](std::string_view key, const std::vector<Parameter>& parameters = {}) {
        return texts()(key, language, parameters);
    };
    const auto& round = picture.round;
    const std::string example = text("sheet.example");
    documents::Sheet sheet{
        .name = text("sheet.name"),
        .title = text("sheet.title", {{"instrument", say(picture.instrument_title)}, {"round", round.title}}),
        .remarks = {},
        .columns = {},
        .rows = {}};
    constexpr std::array<std::pair<std::string_view, double>, 15> columns{{{"round", 24},
                                                                           {"published_on", 14},
                                                                           {"breakdown", 20},
                                                                           {"group", 32},
                                                                           {"handed_in", 12},
                                                                           {"not_handed_in", 16},
                                                                           {"item", 14},
                                                                           {"question", 60},
                                                                           {"answer", 24},
                                                                           {"counted", 12},
                                                                           {"share", 10},
                                                                           {"lower", 14},
                                                                           {"upper", 14},
                                                                           {"smallest_count", 14},
                                                                           {"demonstration", 18}}};
    for (const auto& [key, width] : columns)
        sheet.columns.push_back({std::string{key}, text(fmt::format("column.{}", key)), width});
    if (round.demonstration)
        sheet.remarks.push_back(example);
    sheet.remarks.push_back(text("remark.criterion", {{"text", round.criterion}}));
    sheet.remarks.push_back(text("remark.method", {{"text", round.method}}));
    sheet.remarks.push_back(text("remark.source", {{"text", round.source}}));
    sheet.remarks.push_back(text("remark.representativeness", {{"text", round.representativeness}}));
    sheet.remarks.push_back(text("remark.handed_in", {{"handed_in", std::to_string(round.handed_in)},
                                                      {"population", std::to_string(round.population)},
                                                      {"missing", std::to_string(picture.not_handed_in)}}));
    sheet.remarks.push_back(text("remark.withheld", {{"most", std::to_string(round.smallest_count - 1)}}));

    const auto add = [&](const ItemView& item, std::string_view breakdown, const Words& breakdown_label,
                         const RowView& row) {
        for (std::size_t answer = 0; answer < row.cells.size(); ++answer) {
            const auto& cell = row.cells[answer];
            const auto number = [](const std::optional<double>& value) -> documents::Cell {
                return value ? documents::Cell{documents::Decimal{*value, 3}} : documents::Cell{};
            };
            sheet.rows.push_back(
                {round.title, round.published_on, breakdown.empty() ? std::string{} : say(breakdown_label),
                 say(row.label), row.handed_in,
                 breakdown.empty() ? documents::Cell{picture.not_handed_in} : documents::Cell{}, item.key,
                 item.choice ? text("sheet.choice", {{"question", say(item.text)}, {"choice", say(*item.choice)}})
                             : say(item.text),
                 say(item.answers[answer].label),
                 cell.counted ? documents::Cell{*cell.counted} : documents::Cell{text("sheet.withheld")},
                 number(cell.share), number(cell.lower), number(cell.upper), round.smallest_count,
                 round.demonstration ? example : std::string{}});
        }
    };
    for (const auto& item : picture.items) {
        add(item, whole_country, {}, item.country);
        for (const auto& table : item.tables)
            for (const auto& row : table.rows)
                add(item, table.breakdown, table.label, row);
    }
    return sheet;
}

} // namespace beproefd::quickscan::national
