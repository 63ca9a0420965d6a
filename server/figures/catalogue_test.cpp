// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/catalogue.hpp"
#include "figures/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace beproefd;
using namespace beproefd::figures;

namespace {

const Catalogue& catalogue()
{
    static const Catalogue all{test::shipped()};
    return all;
}

FigureQuery query(std::string_view words)
{
    FigureQuery query;
    query.q = Text<0, 100>::from_text(words);
    return query;
}

} // namespace

TEST(Catalogue, PagesThroughAllFiguresWithoutGapOrRepeat)
{
    FigureQuery query;
    query.limit = Whole<1, 500>::from(97);
    std::vector<std::string> keys;
    std::int64_t total = 0;

    while (true) {
        const auto page = *catalogue().figures(query);
        total = page.total;
        for (const auto& figure : page.items)
            keys.push_back(figure.key);
        if (!page.next)
            break;
        query.after = Text<0, 200>::from_text(*page.next);
    }

    EXPECT_EQ(static_cast<std::int64_t>(keys.size()), total);
    EXPECT_EQ(keys.size(), catalogue().published().figures.size());
    std::sort(keys.begin(), keys.end());
    EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end());
}

TEST(Catalogue, FindsWordsInAnyOrderAndCase)
{
    const auto page = *catalogue().figures(query("TOEGEKEND preventie 2020"));

    ASSERT_FALSE(page.items.empty());
    EXPECT_EQ(page.items[0].key, "cluster-figures~prevention~2020-granted");
    EXPECT_EQ(catalogue().figures(query("no-such-word"))->total, 0);
}

TEST(Catalogue, FiltersByYearOfThePeriodAndBySource)
{
    FigureQuery of_2010;
    of_2010.year = Whole<1900, 2100>::from(2010);
    of_2010.table = Text<0, 100>::from_text("reach");
    FigureQuery computed;
    computed.source = Origin::computed;

    const auto reach = *catalogue().figures(of_2010);

    EXPECT_EQ(reach.total, 5) << "the column 2007-2009 is not about 2010";
    const auto all_computed = *catalogue().figures(computed);
    for (const auto& figure : all_computed.items)
        EXPECT_FALSE(figure.inputs.empty());
}

TEST(Catalogue, TellsEverythingAboutOneFigure)
{
    const auto detail = catalogue().figure("reallocations~other-programme~2008");

    ASSERT_TRUE(detail);
    EXPECT_EQ(detail->document.id, "doorlichting-2007-2011");
    EXPECT_EQ(detail->checks.size(), 2u) << "its row and its column";
    EXPECT_EQ(detail->link, "/cijfers?bron=reallocations~other-programme~2008");
    EXPECT_THAT(detail->citation.nl, testing::HasSubstr("regel 1218, gedrukt: 0,49"));
    const auto finding = std::find_if(detail->used_in.begin(), detail->used_in.end(),
                                      [](const Use& use) { return use.kind == "finding" && use.key == "I1"; });
    EXPECT_NE(finding, detail->used_in.end());
    EXPECT_FALSE(catalogue().figure("no~such~figure"));
}

TEST(Catalogue, SaysInACitationWhatTheDocumentDoesNotPrint)
{
    const auto citation = catalogue().figure("cluster-figures~prevention~2020-granted")->citation;

    EXPECT_THAT(citation.nl,
                testing::HasSubstr(" per cluster (uitgever niet gedrukt, datum niet gedrukt), regel 429"));
    EXPECT_THAT(citation.en, testing::HasSubstr(" (publisher not printed, date not printed), line 429"));
}

TEST(Catalogue, ShowsTheRowsAroundANumberAsPrintedAndAdmitsWhatIsLeftOut)
{
    const auto slip = catalogue().figure("reallocations~other-programme~2008")->slip;

    ASSERT_EQ(slip.rows.size(), 4u);
    EXPECT_EQ(slip.rows[0].key, "pilots-licensing-and-catering-act");
    EXPECT_TRUE(slip.rows[0].skipped_before);
    EXPECT_TRUE(slip.rows[1].lit);
    EXPECT_TRUE(slip.rows[1].cells[0].spot);
    EXPECT_EQ(slip.rows[1].cells[0].printed, "0,49");
    EXPECT_EQ(slip.rows[1].cells[3].printed, "") << "2011 is blank in the source";
    EXPECT_TRUE(slip.rows[3].skipped_before);
    EXPECT_EQ(slip.first_line, 1216);
    EXPECT_EQ(slip.last_line, 1224);
}

TEST(Catalogue, ShowsTheInputsOfAComputedFigure)
{
    const auto detail = catalogue().figure("award-rate~prevention~2020");

    ASSERT_TRUE(detail);
    EXPECT_EQ(detail->figure.value, 75.0);
    ASSERT_TRUE(detail->rule);
    EXPECT_EQ(detail->rule->key, "award-rate");
    ASSERT_EQ(detail->inputs.size(), 2u);
    EXPECT_EQ(detail->inputs[0].value, 1763000);
    EXPECT_EQ(detail->inputs[1].value, 2350000);
}

TEST(Catalogue, GivesATableWithItsFiguresAndFindings)
{
    const auto table = catalogue().table("reallocations");

    ASSERT_TRUE(table);
    EXPECT_EQ(table->figures.size(), 30u);
    ASSERT_EQ(table->findings.size(), 1u);
    EXPECT_EQ(table->findings[0].explanations.at(0).kind, "lost_sign");
    EXPECT_FALSE(catalogue().table("no-such-table"));
}

TEST(Catalogue, CountsByClusterAndNeverByLetter)
{
    const auto prevention = catalogue().cluster("prevention");
    const auto evaluation = catalogue().cluster("evaluation");

    ASSERT_TRUE(prevention && evaluation);
    EXPECT_EQ(prevention->lines.size(), 4u) << "two years and two parts";
    EXPECT_EQ(prevention->lines[1].letter, "E+F");
    EXPECT_EQ(prevention->lines[3].granted, "cluster-figures~prevention-f~2021-granted");
    EXPECT_EQ(evaluation->lines[0].letter, "F");
    EXPECT_EQ(evaluation->lines[1].letter, "G");
    for (const auto& figure : evaluation->figures)
        EXPECT_EQ(figure.cluster, "evaluation");
    EXPECT_THAT(evaluation->findings, testing::Contains("I33"));
}

TEST(Catalogue, AddsUpTheClustersAndComparesWithTheBudget)
{
    const auto overview = catalogue().clusters();

    EXPECT_EQ(overview.clusters.size(), 6u);
    ASSERT_EQ(overview.totals.size(), 3u);
    const auto detail = catalogue().figure(overview.totals[0].granted);
    ASSERT_TRUE(detail);
    EXPECT_EQ(detail->figure.value, 7'263'000);
    EXPECT_EQ(catalogue().figure(overview.budget_difference.at(1))->figure.value, -377'000);
    for (const auto& line : overview.totals)
        EXPECT_FALSE(line.award_rate.empty());
}

TEST(Catalogue, ListsFindingsBySeverityAndDocument)
{
    FindingQuery query;
    query.severity = Severity::A;
    query.agrees = false;
    query.document = Text<0, 100>::from_text("kamerbrief-2021");

    const auto report = catalogue().findings(query);

    EXPECT_EQ(report.statements, 48);
    EXPECT_EQ(report.not_agreeing, 37);
    ASSERT_EQ(report.items.size(), 1u);
    EXPECT_EQ(report.items[0].id, "I26");
    EXPECT_THAT(report.figures,
                testing::Contains(testing::Field(&Figure::key, "letter-figures~scheme-budget~value")));
}

TEST(Catalogue, ExportsSourcePeriodDefinitionAndLicenceWithEveryFigure)
{
    FigureFilter filter;
    filter.table = Text<0, 100>::from_text("reallocations");

    const auto csv = documents::to_csv(catalogue().sheet(catalogue().selection(filter)));

    EXPECT_THAT(csv, testing::StartsWith("key,label_nl,label_en,kind,value,"));
    EXPECT_THAT(csv, testing::HasSubstr("reallocations~other-programme~2008"));
    EXPECT_THAT(csv, testing::HasSubstr("CC0-1.0"));
    EXPECT_THAT(csv, testing::HasSubstr(",0.49,"));
    EXPECT_THAT(csv, testing::HasSubstr(",-0.49,"));
    EXPECT_THAT(csv, testing::HasSubstr("blank,,,,"));
}

TEST(Catalogue, HeadsTheColumnsOfAnExportInTheLanguageOfWhatStandsThere)
{
    const auto sheet = catalogue().sheet(catalogue().selection({}));

    const auto heading = [&](std::string_view name) {
        const auto found = std::find_if(sheet.columns.begin(), sheet.columns.end(),
                                        [&](const documents::Column& column) { return column.name == name; });
        return found == sheet.columns.end() ? std::string{} : found->label;
    };
    EXPECT_EQ(sheet.title, "Beproefd: cijfers / Beproefd: figures");
    EXPECT_EQ(heading("label_nl"), "cijfer");
    EXPECT_EQ(heading("label_en"), "figure");
    EXPECT_EQ(heading("section_en"), "place");
    EXPECT_EQ(heading("value"), "waarde / value");
    EXPECT_EQ(heading("n"), "n");
    for (const auto& row : sheet.rows)
        ASSERT_EQ(row.size(), sheet.columns.size());
}
