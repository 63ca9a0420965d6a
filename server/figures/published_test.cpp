// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/published.hpp"

#include "figures/compute.hpp"
#include "figures/printed.hpp"
#include "platform/core/temporary_folder.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/sentences.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

using namespace beproefd;
using namespace beproefd::figures;
using testing::Contains;
using testing::ElementsAre;
using testing::StartsWith;

namespace {

const Published& published()
{
    static const Published loaded = [] {
        auto read = read_published(FIGURES_DATA);
        if (!read)
            throw std::runtime_error(describe::explain(read.error(), describe::Language::en));
        return std::move(*read);
    }();
    return loaded;
}

const Figure& figure(std::string_view key)
{
    static const FigureIndex index{published().figures};
    const Figure* found = index.find(key);
    if (!found)
        throw std::runtime_error("no figure " + std::string{key});
    return *found;
}

std::string text_of(const std::filesystem::path& path)
{
    std::ostringstream text;
    text << std::ifstream{path, std::ios::binary}.rdbuf();
    return std::move(text).str();
}

/// A copy of the data in which files can be spoilt.
class SpoiltData : public testing::Test
{
protected:
    void SetUp() override { std::filesystem::copy(FIGURES_DATA, folder, std::filesystem::copy_options::recursive); }

    void replace(const std::string& file, std::string_view from, std::string_view to)
    {
        std::string text = text_of(folder / file);
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        text.replace(at, from.size(), to);
        std::ofstream{folder / file, std::ios::binary} << text;
    }

    std::vector<std::string> errors() const
    {
        const auto read = read_published(folder);
        std::vector<std::string> list;
        if (read)
            return list;
        for (const auto& error : read.error().fields)
            list.push_back(error.place + " " + error.code);
        return list;
    }

    TemporaryFolder temporary;
    std::filesystem::path folder = temporary.path() / "published";
};

} // namespace

TEST(PublishedFigures, AreReadWithoutAnError)
{
    const auto& data = published();

    EXPECT_EQ(data.documents.size(), 6u);
    EXPECT_EQ(data.index.size(), 652u);
    EXPECT_EQ(data.findings.size(), 48u);
    EXPECT_EQ(data.clusters.size(), 6u);
    EXPECT_EQ(data.questions.size(), 26u);
    EXPECT_EQ(data.thresholds.size(), 17u);
    EXPECT_EQ(data.interventions.size(), 13u);
}

TEST(PublishedFigures, CarryMoneyInCentsAndThePrintedText)
{
    const auto& granted = figure("cluster-figures~prevention~2020-granted");

    EXPECT_EQ(granted.amount, Euro::whole(1'763'000));
    EXPECT_EQ(granted.printed, "1.763.000");
    EXPECT_EQ(granted.line, 429);
    EXPECT_EQ(granted.letter, "E");
    EXPECT_EQ(granted.cluster, "prevention");
    EXPECT_EQ(granted.label.nl, "Preventie: toegekend, 2020");
    ASSERT_TRUE(granted.period);
    EXPECT_EQ(granted.period->years, 1);
}

TEST(PublishedFigures, KeepThePrintedValueBesideTheCorrectedOne)
{
    const auto& moved = figure("reallocations~other-programme~2008");

    EXPECT_EQ(moved.value, 0.49);
    EXPECT_EQ(moved.amount, Euro::whole(490'000));
    EXPECT_EQ(moved.corrected, -0.49);
    EXPECT_EQ(moved.corrected_amount, Euro::whole(-490'000));
}

TEST(PublishedFigures, NeverTurnWhatIsNotPrintedIntoZero)
{
    for (const auto& one : published().figures) {
        if (one.kind == Kind::not_printed || one.kind == Kind::blank) {
            EXPECT_FALSE(one.value) << one.key;
            EXPECT_FALSE(one.amount) << one.key;
            EXPECT_TRUE(one.printed.empty()) << one.key;
        }
    }
    EXPECT_EQ(figure("cluster-figures~analysis~2020-municipalities").high, 19);
    EXPECT_EQ(figure("paid-split~trend-analysis~2009").kind, Kind::below_threshold);
    EXPECT_FALSE(figure("paid-split~trend-analysis~2009").value);
}

TEST(PublishedFigures, HaveLabelsAndDefinitionsInBothLanguages)
{
    for (const auto& one : published().figures) {
        EXPECT_FALSE(one.label.nl.empty()) << one.key;
        EXPECT_FALSE(one.label.en.empty()) << one.key;
        EXPECT_FALSE(one.definition.nl.empty()) << one.key;
        EXPECT_FALSE(one.definition.en.empty()) << one.key;
        EXPECT_FALSE(one.unit_words.nl.empty()) << one.key;
        EXPECT_FALSE(one.document.empty()) << one.key;
        EXPECT_EQ(one.confidence == Confidence::printed, one.confidence_reason.nl.empty()) << one.key;
    }
}

TEST(PublishedFigures, TravelInsideTheProgram)
{
    const auto shipped = read_published(shipped_sources());

    ASSERT_TRUE(shipped);
    EXPECT_EQ(*shipped, published());
}

namespace wide {

// The wide tables as another hand made them; they are compared with the facts and never loaded.
struct Cluster {
    std::string cluster_id, cluster_nl, cluster_en, letter_2020, letter_2021;
    double activities_2020 = 0, activities_2021 = 0;
    double requested_eur_2020 = 0, granted_eur_2020 = 0, requested_eur_2021 = 0, granted_eur_2021 = 0;
    std::optional<double> municipalities_2020, municipalities_2021;
    std::string confidence_amounts, document, note;
};
BOOST_DESCRIBE_STRUCT(Cluster, (),
                      (cluster_id, cluster_nl, cluster_en, letter_2020, letter_2021, activities_2020, activities_2021,
                       requested_eur_2020, granted_eur_2020, requested_eur_2021, granted_eur_2021,
                       municipalities_2020, municipalities_2021, confidence_amounts, document, note))

struct Derived {
    std::string cluster_id, year;
    double requested_eur = 0, granted_eur = 0, not_granted_eur = 0, award_rate_pct = 0, activities = 0,
           granted_per_activity_eur = 0;
    std::string document, derived, note;
};
BOOST_DESCRIBE_STRUCT(Derived, (),
                      (cluster_id, year, requested_eur, granted_eur, not_granted_eur, award_rate_pct, activities,
                       granted_per_activity_eur, document, derived, note))

struct Money {
    std::string row_nl, row_en;
    std::optional<double> y2008_meur, y2009_meur, y2010_meur, y2011_meur, total_meur;
    std::string line, document;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Money, (),
                      (row_nl, row_en, y2008_meur, y2009_meur, y2010_meur, y2011_meur, total_meur, line, document,
                       note))

struct Item {
    std::string group_nl, group_en, item_nl, item_en;
    std::optional<double> y2008_meur, y2009_meur, y2010_meur, y2011_meur;
    std::optional<std::string> printed_2008, printed_2009, printed_2010, printed_2011;
    std::string line, document;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Item, (),
                      (group_nl, group_en, item_nl, item_en, y2008_meur, y2009_meur, y2010_meur, y2011_meur,
                       printed_2008, printed_2009, printed_2010, printed_2011, line, document, note))

template<class T>
std::vector<T> rows(const std::string& file)
{
    const auto text = text_of(std::filesystem::path{FIGURES_DATA} / "compared" / file);
    auto read = describe::read_csv<T>(text, file);
    if (!read)
        throw std::runtime_error(describe::explain(read.error(), describe::Language::en));
    return *read;
}

std::string kebab(std::string id)
{
    std::replace(id.begin(), id.end(), '_', '-');
    return id == "ALL" ? "all" : id;
}

} // namespace wide

TEST(PublishedFigures, AgreeWithTheWideTableOfClusters)
{
    for (const auto& row : wide::rows<wide::Cluster>("cluster_wide.csv")) {
        const std::string key = "cluster-figures~" + wide::kebab(row.cluster_id) + "~";
        EXPECT_EQ(figure(key + "2020-activities").value, row.activities_2020);
        EXPECT_EQ(figure(key + "2021-activities").value, row.activities_2021);
        EXPECT_EQ(figure(key + "2020-requested").value, row.requested_eur_2020);
        EXPECT_EQ(figure(key + "2020-granted").value, row.granted_eur_2020);
        EXPECT_EQ(figure(key + "2021-requested").value, row.requested_eur_2021);
        EXPECT_EQ(figure(key + "2021-granted").value, row.granted_eur_2021);
        EXPECT_EQ(figure(key + "2020-granted").letter, row.letter_2020);
        EXPECT_EQ(figure(key + "2021-granted").letter, row.letter_2021);
    }
}

TEST(PublishedFigures, AgreeWithTheWideTablesOfMoney)
{
    for (const std::string name : {"budget", "reallocations", "available", "paid"}) {
        const auto rows = wide::rows<wide::Money>(name + ".csv");
        const auto table = std::find_if(published().tables.begin(), published().tables.end(),
                                        [&](const PublishedTable& one) { return one.key == name; });
        ASSERT_NE(table, published().tables.end());
        ASSERT_EQ(table->rows.size(), rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string key = name + "~" + table->rows[i].key + "~";
            EXPECT_EQ(figure(key + "2008").value, rows[i].y2008_meur) << key;
            EXPECT_EQ(figure(key + "2009").value, rows[i].y2009_meur) << key;
            EXPECT_EQ(figure(key + "2010").value, rows[i].y2010_meur) << key;
            EXPECT_EQ(figure(key + "2011").value, rows[i].y2011_meur) << key;
            EXPECT_EQ(figure(key + "total").value, rows[i].total_meur) << key;
        }
    }
}

TEST(PublishedFigures, AgreeWithTheWideTableOfPaymentsPerItemAsPrinted)
{
    const auto rows = wide::rows<wide::Item>("paid_split.csv");
    const auto table = std::find_if(published().tables.begin(), published().tables.end(),
                                    [](const PublishedTable& one) { return one.key == "paid-split"; });
    ASSERT_NE(table, published().tables.end());
    ASSERT_EQ(table->rows.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string key = "paid-split~" + table->rows[i].key + "~";
        EXPECT_EQ(figure(key + "2008").value, rows[i].y2008_meur) << key;
        EXPECT_EQ(figure(key + "2009").value, rows[i].y2009_meur) << key;
        EXPECT_EQ(figure(key + "2010").value, rows[i].y2010_meur) << key;
        EXPECT_EQ(figure(key + "2011").value, rows[i].y2011_meur) << key;
        EXPECT_EQ(figure(key + "2008").printed, rows[i].printed_2008.value_or("")) << key;
        EXPECT_EQ(figure(key + "2009").printed, rows[i].printed_2009.value_or("")) << key;
        EXPECT_EQ(figure(key + "2010").printed, rows[i].printed_2010.value_or("")) << key;
        EXPECT_EQ(figure(key + "2011").printed, rows[i].printed_2011.value_or("")) << key;
    }
}

TEST(ComputedFigures, AgreeWithTheDerivedTotalsThatAnotherProgramMade)
{
    for (const auto& row : wide::rows<wide::Derived>("derived_totals.csv")) {
        const std::string end = wide::kebab(row.cluster_id) + "~" + row.year;
        EXPECT_EQ(figure("not-granted~" + end).value, row.not_granted_eur) << end;
        EXPECT_EQ(figure("award-rate~" + end).value, row.award_rate_pct) << end;
        EXPECT_EQ(figure("granted-per-activity~" + end).value, row.granted_per_activity_eur) << end;
    }
    EXPECT_EQ(figure("total~clusters~2020-granted").value, 7'263'000);
    EXPECT_EQ(figure("total~clusters~2021-granted").value, 6'623'000);
    EXPECT_EQ(figure("total~clusters~2020-activities").value, 187);
    EXPECT_EQ(figure("total~clusters~2021-activities").value, 202);
    EXPECT_EQ(figure("mean~granted~2020-2021").value, 6'943'000);
    EXPECT_EQ(figure("total~lead-applicants~2019").value, 7'204'578);
}

TEST(ComputedFigures, AgreeWithSumsDoneByHand)
{
    EXPECT_EQ(figure("factor~reach-total~2010").value, 3.64);
    EXPECT_EQ(figure("factor~reach-total-per-year~2010").value, 10.9);
    EXPECT_EQ(figure("factor~reach-without-other~2010").value, 1.69);
    EXPECT_EQ(figure("per-year~reach-total~2007-2009").value, 11'883);
    EXPECT_EQ(figure("share~reach-other~2010").value, 74.6);
    EXPECT_EQ(figure("change~reach-professionals~2010").value, -46.2);
    EXPECT_EQ(figure("share~students~trainings").value, 50.3);
    EXPECT_EQ(figure("per-training~pge~done").value, 17);
    EXPECT_EQ(figure("share~spent-of-budget~2008-2011").value, 51.6);
    EXPECT_EQ(figure("share~paid-middle-years~2009-2010").value, 69.6);
    EXPECT_EQ(figure("total~paid-split~2008-2011").value, 14.48);
    EXPECT_EQ(figure("difference~national~2008-2011").value, 2.01);
    EXPECT_EQ(figure("least-overlap~knowledge~officials").value, 12);
    EXPECT_EQ(figure("not-told~reporting-points~2015").value, 18);
    EXPECT_EQ(figure("total~quickscan~questions").value, 26);
    EXPECT_EQ(figure("change~prevention~requested").value, -17.7);
    EXPECT_EQ(figure("change~prevention~granted").value, -22.1);
    EXPECT_EQ(figure("change~evaluation~granted").value, -57.6);
}

TEST(ComputedFigures, AreNoMoreCertainThanTheLeastCertainInput)
{
    EXPECT_EQ(figure("award-rate~prevention~2020").confidence, Confidence::high);
    EXPECT_EQ(figure("award-rate~analysis~2020").confidence, Confidence::medium_high);
    EXPECT_EQ(figure("granted-per-activity~expertise~2020").confidence, Confidence::medium);
    EXPECT_EQ(figure("share~students~trainings").confidence, Confidence::printed);
}

TEST(ReadPrinted, ReadsDutchNumbersAndNothingElse)
{
    EXPECT_EQ(read_printed("1.763.000"), 1763000);
    EXPECT_EQ(read_printed("14,46"), 14.46);
    EXPECT_EQ(read_printed("2159"), 2159);
    EXPECT_EQ(read_printed("25.1"), std::nullopt);
    EXPECT_EQ(read_printed("0 04"), std::nullopt);
    EXPECT_EQ(read_printed("< 0,00"), std::nullopt);
    EXPECT_EQ(read_printed("negentien"), std::nullopt);
    EXPECT_EQ(read_printed("1.23.456"), std::nullopt);
    EXPECT_EQ(read_printed(""), std::nullopt);
}

TEST(TokensOf, FindsEachNumberInAPrintedText)
{
    EXPECT_THAT(tokens_of("7,5 – 8"), ElementsAre("7,5", "8"));
    EXPECT_THAT(tokens_of("0 04"), ElementsAre("0", "04"));
    EXPECT_THAT(tokens_of("6, 7 en 8"), ElementsAre("6", "7", "8"));
    EXPECT_THAT(tokens_of("20,21,22,23"), ElementsAre("20,21,22,23"));
    EXPECT_THAT(tokens_of("negentien"), ElementsAre("negentien"));
    EXPECT_TRUE(tokens_of("").empty());
}

TEST_F(SpoiltData, NamesFileLineAndColumnOfEveryErrorAtOnce)
{
    replace("tables/budget.csv", "scan-and-monitor,2008", "scan-and-moniter,2008");
    replace("tables/reach.csv", "18.644", "18.645");
    replace("tables/cluster-figures.yaml", "cluster: analysis", "cluster: anlysis");
    replace("checks.yaml", "printed: cluster-figures~prevention~2021-activities", "printed: no~such~figure");

    EXPECT_THAT(errors(), testing::UnorderedElementsAre(
                              "tables/budget.csv:2:1 figures-unknown-row", StartsWith("tables/reach.csv:2:"),
                              StartsWith("tables/cluster-figures.yaml:"), "checks.yaml:7:14 figures-unknown-figure"));
}

TEST_F(SpoiltData, TellsAnErrorOnceAndNotWhatFollowsFromIt)
{
    replace("tables/budget.csv", "row,column,kind", "row,colum,kind");
    replace("units.yaml", "units:", "unit:");

    const auto found = errors();

    EXPECT_THAT(found, testing::Each(testing::AnyOf(StartsWith("tables/budget.csv:"), StartsWith("units.yaml:"))));
    EXPECT_THAT(found, Contains(StartsWith("tables/budget.csv:")));
    EXPECT_THAT(found, Contains(StartsWith("units.yaml:")));
}

TEST_F(SpoiltData, TellsAMissingInputOnceAndNotWhatIsComputedFromIt)
{
    replace("computed.csv", "total,cluster-figures~analysis", "total,cluster-figure~analysis");

    EXPECT_THAT(errors(), testing::ElementsAre(StartsWith("computed.csv:2:")));
}

TEST_F(SpoiltData, IsRefusedWhenATableHasOnlyOneOfItsTwoFiles)
{
    std::filesystem::remove(folder / "tables/budget.yaml");
    std::filesystem::remove(folder / "tables/reach.csv");

    EXPECT_THAT(errors(), testing::UnorderedElementsAre("tables/budget.yaml:1:1 figures-file-missing",
                                                        "tables/reach.csv:1:1 figures-file-missing"));
}

TEST_F(SpoiltData, IsRefusedForAWrongColumnADuplicateKeyAndBrokenUtf8)
{
    replace("tables/paid.csv", "row,column,kind", "row,colum,kind");
    replace("tables/budget.csv", "scan-and-monitor,2009", "scan-and-monitor,2008");
    replace("tables/reach.yaml", "Bereik van", "Bereik \xff van");

    const auto found = errors();

    EXPECT_THAT(found, Contains("tables/budget.csv:3:1 figures-duplicate-key"));
    EXPECT_THAT(found, Contains("tables/paid.csv:1:5 csv-unknown-column"));
    EXPECT_THAT(found, Contains("tables/paid.csv:1:1 csv-missing-column"));
    EXPECT_THAT(found, Contains(StartsWith("tables/reach.yaml:")));
}

TEST_F(SpoiltData, IsRefusedWhenSomethingNotPrintedHasAValue)
{
    replace("tables/reallocations.csv", "bicycle-theft,2009,blank,,,", "bicycle-theft,2009,blank,,,0");

    EXPECT_THAT(errors(), Contains("tables/reallocations.csv:3:20 figures-kind"));
}

TEST_F(SpoiltData, IsRefusedWhenAFileIsMissing)
{
    std::filesystem::remove(folder / "findings.yaml");

    EXPECT_THAT(errors(), Contains("findings.yaml:1:1 figures-file-missing"));
}
