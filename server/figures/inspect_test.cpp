// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/inspect.hpp"

#include "platform/core/temporary_folder.hpp"
#include "platform/describe/json.hpp"
#include "platform/describe/schema.hpp"
#include "platform/describe/sentences.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>

namespace beproefd::figures {
namespace {

/// Beleidsdoorlichting 25.1, lines 1212–1224, as someone would type it over.
constexpr std::string_view reallocations = "Doel;2008;2009;2010;2011;Totaal\n"
                                           "Fietsendiefstal;0,80;;;;0,80\n"
                                           "Pilots drank- en horecawet;1,10;;;;1,10\n"
                                           "ander programma;0,49;0,85;0,65;;1,01\n"
                                           "Bezuinigingen;2,55;;0,08;4,28;6,91\n"
                                           "Eindejaarsmarge;3,30;0,35;;0,07;3,72\n"
                                           "Totaal;7,26;1,20;0,73;4,35;13,54\n";

std::string json_of(std::string_view csv)
{
    const auto printed = read_printed_table(csv);
    return printed ? inspection_json(*printed, detective::investigate(printed->table)) : "refused";
}

std::string text_of(std::string_view csv)
{
    const auto printed = read_printed_table(csv);
    return printed ? inspection_text(*printed, detective::investigate(printed->table), "table.csv") : "refused";
}

TEST(Inspect, TellsTheReallocationOf2008AsTheContractSays)
{
    EXPECT_EQ(json_of(reallocations),
              R"({"consistent":false,"differences":[)"
              R"({"sum":"row","label":"ander programma","printed":1.01,"recomputed":1.99},)"
              R"({"sum":"column","label":"2008","printed":7.26,"recomputed":8.24}],)"
              R"("explanations":[{"rank":1,"kind":"lost_sign","row":"ander programma","column":"2008",)"
              R"("printed":0.49,"corrected":-0.49,"score":45}]})"
              "\n");
}

TEST(Inspect, TellsPeopleWhatItFound)
{
    EXPECT_EQ(
        text_of(reallocations),
        "table.csv: 6 rows, 5 columns, Dutch notation\n"
        "2 of 11 sums do not come out:\n"
        "  row \"ander programma\": printed 1.01, recomputed 1.99, 0.98 too much\n"
        "  column \"2008\": printed 7.26, recomputed 8.24, 0.98 too much\n"
        "One slip explains all of it, and no other single slip does:\n"
        "  1. a lost minus: row \"ander programma\", column \"2008\": printed 0.49, should be -0.49 (score 45)\n");
}

TEST(Inspect, CallsOneCorrectionThatMayHaveComeAboutInSeveralWaysOne)
{
    EXPECT_NE(text_of("x,a,b,Total\nr,6,474,4800\ns,0,1,1\nt,21,0,21\nTotal,27,475,502\n")
                  .find("One correction explains all of it, and no other does; how it came about is not certain:\n"
                        "  1. a shifted decimal point: the total of row \"r\""),
              std::string::npos);
    EXPECT_NE(text_of("x,a\nr,10\ns,20\nt,30\nTotal,69\n").find("4 corrections explain all of it equally well"),
              std::string::npos);
}

TEST(Inspect, SaysThatThereWasNothingToCheck)
{
    EXPECT_EQ(json_of("x,a,b\nr,1,2\n"), "{\"consistent\":true,\"differences\":[],\"explanations\":[]}\n");
    EXPECT_NE(text_of("x,a,b\nr,1,2\n").find("There is nothing to check"), std::string::npos);
}

TEST(Inspect, SaysThatEverythingAddsUp)
{
    EXPECT_EQ(json_of("x,a\nr,1\ns,2\nTotal,3\n"), "{\"consistent\":true,\"differences\":[],\"explanations\":[]}\n");
    EXPECT_NE(text_of("x,a\nr,1\ns,2\nTotal,3\n").find("Everything adds up: 1 sum checked."), std::string::npos);
}

TEST(Inspect, GivesNullForTheOtherSideOfATotal)
{
    const auto json = json_of("x,a,b,Total\nr,11,22,33\ns,40,50,77\nTotal,51,72,123\n");

    EXPECT_EQ(json,
              R"({"consistent":false,"differences":[{"sum":"row","label":"s","printed":77,"recomputed":90},)"
              R"({"sum":"column","label":"Total","printed":123,"recomputed":110}],"explanations":[)"
              R"({"rank":1,"kind":"wrong_total","row":"s","column":null,"printed":77,"corrected":90,"score":35}]})"
              "\n");
    EXPECT_NE(json_of("x,a,b,Total\nr,11,22,33\ns,40,50,90\nTotal,51,72,136\n")
                  .find(R"("kind":"wrong_total","row":null,"column":null,"printed":136,"corrected":123)"),
              std::string::npos);
}

TEST(Inspect, GivesNullForABlankAndTheCellWhereAMovedValueBelongs)
{
    EXPECT_NE(json_of("x,a,b,Total\nr,11,,33\ns,40,50,90\nTotal,51,72,123\n")
                  .find(R"({"rank":1,"kind":"missing_value","row":"r","column":"b","printed":null,"corrected":22)"),
              std::string::npos);
    EXPECT_NE(json_of("x,a,b,Total\nr,,33,33\ns,40,50,90\nTotal,73,50,123\n")
                  .find(R"({"rank":1,"kind":"moved_cell","row":"r","column":"b","to_row":"r","to_column":"a",)"
                        R"("printed":33,"corrected":null)"),
              std::string::npos);
}

TEST(Inspect, SaysWhereRoundingAloneCouldDoIt)
{
    EXPECT_NE(json_of("x,a\nr,1.3\ns,2.4\nTotal,3.8\n").find(R"("rounding_possible":true)"), std::string::npos);
    EXPECT_EQ(json_of("x,a\nr,1.3\ns,2.4\nTotal,4.8\n").find("rounding_possible"), std::string::npos);
}

TEST(Inspect, ExplainsNothingWhereOneSlipIsNotEnough)
{
    EXPECT_NE(json_of("x,a,b\nr,1,5\ns,2,6\nTotal,9,80\n").find(R"("explanations":[]})"), std::string::npos);
    EXPECT_NE(text_of("x,a,b\nr,1,5\ns,2,6\nTotal,9,80\n").find("No single slip explains all of it."),
              std::string::npos);
}

TEST(Inspect, KeepsLabelsAsTheyArePrinted)
{
    EXPECT_NE(json_of("x,\"\"\"a\"\" é\"\nr,1\nr,2\nTotal,4\n").find(R"("label":"\"a\" é")"), std::string::npos);
}

class InspectCommand : public testing::Test
{
protected:
    int run(std::string_view content, bool json)
    {
        std::ofstream{path_, std::ios::binary} << content;
        return run_on(path_, json);
    }

    int run_on(const std::string& path, bool json)
    {
        std::FILE* out = std::tmpfile();
        std::FILE* error = std::tmpfile();
        const int status = inspect_command(path, json, out, error);
        out_ = content(out);
        error_ = content(error);
        return status;
    }

    static std::string content(std::FILE* file)
    {
        std::string text;
        std::rewind(file);
        for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file))
            text += static_cast<char>(c);
        std::fclose(file);
        return text;
    }

    TemporaryFolder folder_;
    std::string path_ = folder_.path() / "table.csv";
    std::string out_;
    std::string error_;
};

TEST_F(InspectCommand, Returns0ForAFileThatCanBeReadWhetherOrNotItAddsUp)
{
    EXPECT_EQ(run(reallocations, true), 0);
    EXPECT_EQ(out_, json_of(reallocations));
    EXPECT_EQ(error_, "");

    EXPECT_EQ(run("x,a\nr,1\n", false), 0);
}

TEST_F(InspectCommand, Returns2AndSaysNothingOnStandardOutputWhenItCannotBeRead)
{
    EXPECT_EQ(run("x,a\nr,one\ns,two\n", true), 2);
    EXPECT_EQ(out_, "");
    EXPECT_EQ(error_, fmt::format("beproefd: {0}: line 2, column 3 (under \"a\"): \"one\" is not a number.\n"
                                  "beproefd: {0}: line 3, column 3 (under \"a\"): \"two\" is not a number.\n",
                                  path_));
}

TEST_F(InspectCommand, Returns2ForAFileThatIsNotThereAndForAFolder)
{
    EXPECT_EQ(run_on("/nowhere/at/all.csv", false), 2);
    EXPECT_NE(error_.find("cannot be read"), std::string::npos);
    EXPECT_EQ(run_on(folder_.path(), false), 2);
    EXPECT_EQ(out_, "");
}

TEST_F(InspectCommand, TellsTheFirstHundredErrorsAndCountsTheRest)
{
    std::string csv = "x,a\n";
    for (int i = 0; i < 150; ++i)
        csv += "r,no\n";

    EXPECT_EQ(run(csv, false), 2);
    EXPECT_NE(error_.find("and 50 more"), std::string::npos);
}

TEST(TableInspection, MarksTheCellsAndShowsTheSumsBeforeAndAfter)
{
    const auto result = inspect({CsvText{std::string{reallocations}}});

    ASSERT_TRUE(result);
    EXPECT_FALSE(result->consistent);
    EXPECT_EQ(result->notation, NumberNotation::dutch);
    EXPECT_EQ(result->cells[2][0].mark, InspectedMark::suspect);
    EXPECT_EQ(result->cells[2][4].mark, InspectedMark::difference);
    EXPECT_EQ(result->cells[5][0].mark, InspectedMark::difference);
    ASSERT_EQ(result->explanations.size(), 1u);
    ASSERT_EQ(result->explanations[0].sums.size(), 2u);
    const auto& row = result->explanations[0].sums[0];
    EXPECT_EQ(row.label, "ander programma");
    EXPECT_EQ(row.terms[0].printed->to_text(), "0.49");
    EXPECT_EQ(row.terms[0].corrected->to_text(), "-0.49");
    EXPECT_TRUE(row.terms[0].changed);
    EXPECT_EQ(row.recomputed.printed->to_text(), "1.99");
    EXPECT_EQ(row.recomputed.corrected->to_text(), "1.01");
    EXPECT_EQ(row.difference.printed->to_text(), "0.98");
    EXPECT_EQ(row.difference.corrected->to_text(), "0.00");
}

TEST(TableInspection, ReadsAndWritesAsTheApiDoes)
{
    const auto request = describe::read_json<TableInspectionRequest>(R"({"csv":"x,a\r\nr,1\r\nTotal,2\r\n"})");
    ASSERT_TRUE(request);

    const auto json = describe::to_json(*inspect(*request));

    EXPECT_NE(json.find(R"("roundingPossible":false)"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("printed":"2","recomputed":"1","difference":"-1")"), std::string::npos) << json;
    EXPECT_FALSE(describe::read_json<TableInspectionRequest>(R"({"csv":""})"));
}

TEST(TableInspection, RefusesWithAPointerToTheFieldAndThePlaceInTheSentence)
{
    const auto result = inspect({CsvText{"x,a\nr,one\n"}});

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ProblemKind::invalid_input);
    ASSERT_EQ(result.error().fields.size(), 1u);
    EXPECT_EQ(result.error().fields[0].pointer, "/csv");
    EXPECT_EQ(describe::sentence(result.error().fields[0].code, result.error().fields[0].parameters,
                                 describe::Language::nl),
              "regel 2, positie 3 (onder \"a\"): \"one\" is geen getal.");
}

template<class T>
void expect_every_field_described()
{
    boost::mp11::mp_for_each<describe::Members<T>>([](auto member) {
        constexpr std::string_view name = describe::json_name<T, decltype(member)>();
        EXPECT_FALSE(describe::field_description(describe::schema_name<T>(), name).empty())
            << describe::schema_name<T>() << "." << name;
    });
}

TEST(TableInspection, HasADutchDescriptionForEveryField)
{
    expect_every_field_described<TableInspectionRequest>();
    expect_every_field_described<TableInspection>();
    expect_every_field_described<InspectedLine>();
    expect_every_field_described<InspectedCell>();
    expect_every_field_described<InspectedDifference>();
    expect_every_field_described<InspectedTerm>();
    expect_every_field_described<InspectedSum>();
    expect_every_field_described<InspectedExplanation>();
}

} // namespace
} // namespace beproefd::figures
