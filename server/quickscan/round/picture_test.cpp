// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/picture.hpp"

#include "quickscan/instrument/service.hpp"
#include "quickscan/round/generator.hpp"

#include <gtest/gtest.h>

namespace beproefd::quickscan::national {
namespace {

const Id<SurveyRound> round_id = Id<SurveyRound>::create();

/// A round of the quickscan with invented municipalities.
struct Example {
    Questionnaire questionnaire = questionnaire_of(*shipped_instruments().find("quickscan-local-approach", 1));
    Counts counts;
    Frozen frozen;
    FrozenTables tables;
    Head head;

    Example()
    {
        const auto items = questionnaire.counted();
        const auto municipalities = invent_municipalities(11, {});
        std::vector<Copy> copies;
        for (const auto& scan : invent_scans(11, 0, municipalities, items))
            copies.push_back(copy_of(scan, municipalities, items));
        counts = count(items, shipped_breakdowns(), copies);
        frozen = withhold(counts, {}, 5);
        tables = freeze(round_id, frozen, shipped_breakdowns(), 342);
        head = {.round_id = round_id,
                .instrument_key = questionnaire.key,
                .instrument_version = 1,
                .title = "Ronde 2026",
                .criterion = "c",
                .method = "m",
                .source = "s",
                .representativeness = "r",
                .population = 342,
                .handed_in = counts.handed_in,
                .breakdowns_version = 1,
                .smallest_count = 5,
                .demonstration = true,
                .published_on = Day{2026, 5, 29}};
    }
    Picture picture() const { return picture_of(head, questionnaire, shipped_breakdowns(), tables); }
};

const Example& example()
{
    static const Example one;
    return one;
}

} // namespace

TEST(NationalPicture, ShowsTheCountsThatWereFrozenAndNothingElse)
{
    const auto picture = example().picture();

    ASSERT_EQ(picture.items.size(), example().frozen.items.size());
    for (std::size_t number = 0; number < picture.items.size(); ++number) {
        const auto& frozen = example().frozen.items[number];
        const auto same = [&](const RowView& row, std::string_view breakdown) {
            const auto* kept = frozen.row(breakdown, row.group);
            ASSERT_NE(kept, nullptr);
            ASSERT_EQ(row.cells.size(), kept->counts.size());
            for (std::size_t answer = 0; answer < row.cells.size(); ++answer) {
                EXPECT_EQ(row.cells[answer].counted, kept->counts[answer]);
                EXPECT_EQ(row.cells[answer].withheld, !kept->counts[answer]);
                EXPECT_EQ(row.cells[answer].share.has_value(), kept->counts[answer].has_value())
                    << "a share of a withheld count is the count";
            }
        };
        same(picture.items[number].country, whole_country);
        for (const auto& table : picture.items[number].tables)
            for (const auto& row : table.rows)
                same(row, table.breakdown);
    }
    EXPECT_EQ(picture.not_handed_in, 342 - picture.round.handed_in);
}

TEST(NationalPicture, GivesAnIntervalToEveryCountOfTheCountryThatIsShown)
{
    for (const auto& item : example().picture().items)
        for (const auto& cell : item.country.cells) {
            ASSERT_EQ(cell.counted.has_value(), cell.lower.has_value());
            if (!cell.counted)
                continue;
            EXPECT_LE(*cell.lower, *cell.share);
            EXPECT_GE(*cell.upper, *cell.share);
            // Whoever handed in is certain: the share of all is at least that much.
            EXPECT_GE(*cell.lower * 342, static_cast<double>(*cell.counted) - 1e-9);
        }
}

TEST(NationalPicture, KeepsBackTheIntervalOfAWithheldCount)
{
    for (const auto& cell : example().tables.cells)
        if (!cell.counted) {
            EXPECT_FALSE(cell.lower);
            EXPECT_FALSE(cell.upper);
        }
}

TEST(NationalExport, SaysWithheldInWordsAndCarriesTheLimitAndThatItIsAnExample)
{
    const auto picture = example().picture();
    const auto sheet = sheet_of(picture, describe::Language::nl);
    const auto csv = documents::to_csv(sheet);

    EXPECT_EQ(std::ssize(sheet.rows), picture.cells);
    EXPECT_EQ(sheet.remarks.front(), "Voorbeeldgegevens");
    std::int64_t withheld = 0;
    for (const auto& row : sheet.rows) {
        const auto& counted = row[9];
        if (const auto* text = std::get_if<std::string>(&counted)) {
            EXPECT_EQ(*text, "afgeschermd");
            EXPECT_TRUE(std::holds_alternative<std::monostate>(row[10])) << "no share of what is withheld";
            ++withheld;
        } else {
            const auto number = std::get<std::int64_t>(counted);
            EXPECT_TRUE(number == 0 || number >= 5);
        }
        EXPECT_EQ(std::get<std::int64_t>(row[13]), 5);
        EXPECT_EQ(std::get<std::string>(row[14]), "Voorbeeldgegevens");
    }
    EXPECT_EQ(withheld, picture.withheld);
    EXPECT_NE(csv.find("smallest_count"), std::string::npos);
    EXPECT_NE(documents::to_csv(sheet_of(picture, describe::Language::en)).find("withheld"), std::string::npos);
}

TEST(NationalPicture, NamesTheGroupsThatAreTooSmallWithoutANumber)
{
    const auto& questionnaire = example().questionnaire;
    const auto items = questionnaire.counted();
    std::vector<Copy> copies;
    for (int number = 0; number < 40; ++number)
        copies.push_back({number < 30 ? "small" : number < 38 ? "medium" : "large", "VR01", {}});
    const auto frozen = withhold(count(items, shipped_breakdowns(), copies), {}, 5);
    const auto tables = freeze(round_id, frozen, shipped_breakdowns(), 342);

    const auto picture = picture_of(example().head, questionnaire, shipped_breakdowns(), tables);

    std::vector<std::string> hidden;
    for (const auto& group : picture.hidden_groups)
        hidden.push_back(group.group);
    EXPECT_EQ(hidden, (std::vector<std::string>{"medium", "large", "north", "east", "west", "south"}));
    ASSERT_EQ(picture.items[0].tables.size(), 1u);
    EXPECT_EQ(picture.items[0].tables[0].rows.back().label.nl, "Overige groepen samen");
}

TEST(Overview, PutsRoundsBesideEachOtherAndLeavesEmptyWhatWasNotAskedThen)
{
    auto older = example().head;
    older.round_id = Id<SurveyRound>::create();
    std::vector<FrozenCell> country, without_q1;
    for (const auto& cell : example().tables.cells)
        if (cell.breakdown.empty()) {
            country.push_back(cell);
            if (cell.item != "q1")
                without_q1.push_back(cell);
        }

    const auto same = same_items(example().questionnaire, example().questionnaire);
    const auto overview =
        overview_of(example().questionnaire, {{older, without_q1, same}, {example().head, country, same}});

    ASSERT_EQ(overview.items.size(), 26u);
    EXPECT_TRUE(overview.items[0].rounds[0].cells.empty());
    EXPECT_EQ(overview.items[0].rounds[1].cells.size(), 5u);
    EXPECT_EQ(overview.items[1].rounds[0].cells.size(), 5u);
}

TEST(Overview, PutsBesideARoundOfAnEarlierVersionOnlyWhatAsksTheSame)
{
    auto before = *shipped_instruments().find("quickscan-local-approach", 1);
    before.questions.resize(3);
    auto now = before;
    now.version = 2;
    now.crosswalks = {{.from_version = 1,
                       .map = {{"q1", "q2", CrosswalkHow::same, {}, {}},
                               {"q2", "q1", CrosswalkHow::reworded, {}, {}},
                               {"q3", "q3", CrosswalkHow::changed, {}, {}}}}};
    const auto first = questionnaire_of(before), second = questionnaire_of(now);
    const auto cells = [](const Questionnaire& asked, std::int64_t yes_to_q1) {
        std::vector<FrozenCell> made;
        for (const auto& item : asked.items)
            for (const auto& answer : item.answers)
                made.push_back({.round_id = {},
                                .item = item.key,
                                .breakdown = "",
                                .group_key = "",
                                .answer = answer.key,
                                .counted = item.key == "q1" ? yes_to_q1 : 10,
                                .lower = {},
                                .upper = {}});
        return made;
    };

    const auto overview = overview_of(second, {{example().head, cells(first, 77), same_items(second, first)},
                                               {example().head, cells(second, 20), same_items(second, second)}});

    EXPECT_EQ(overview.items[0].rounds[0].cells[0].counted, 10) << "q1 of now was q2";
    EXPECT_EQ(overview.items[0].rounds[1].cells[0].counted, 20);
    EXPECT_EQ(overview.items[1].rounds[0].cells[0].counted, 77) << "q2 of now was q1";
    EXPECT_TRUE(overview.items[2].rounds[0].cells.empty()) << "q3 asks something else now";
    EXPECT_EQ(same_items(first, second).at("q1"), "q2") << "and back again, for who still has the first version";
    EXPECT_FALSE(same_items(first, second).contains("q3"));
}

} // namespace beproefd::quickscan::national
