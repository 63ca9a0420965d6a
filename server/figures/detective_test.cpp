// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/detective.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "figures/detective_testing.hpp"

namespace beproefd::figures::detective {
namespace {

using for_tests::printed;
using for_tests::table;

/// "1 lost_sign ander programma/2008 0.49 -> -0.49": easy to compare and to read in a failure.
std::string told(const Explanation& e, const std::vector<Table>& tables)
{
    const auto name = [&](const Place& p) {
        return fmt::format("{}/{}", tables[p.table].rows[p.row].label, tables[p.table].columns[p.column].label);
    };
    const auto number = [](const std::optional<Decimal>& d) { return d ? d->to_text() : std::string{"blank"}; };
    auto text = fmt::format("{} {} {} {} -> {}", e.rank, to_text(e.kind), name(e.place), number(e.printed),
                            number(e.corrected));
    return e.moved_to ? text + fmt::format(" to {}", name(*e.moved_to)) : text;
}

std::vector<std::string> told(const Case& c, const std::vector<Table>& tables)
{
    std::vector<std::string> lines;
    for (const auto& explanation : c.explanations)
        lines.push_back(told(explanation, tables));
    return lines;
}

std::vector<std::string> told(const Table& t) { return told(investigate(t), {t}); }

using Lines = std::vector<std::string>;

/// Beleidsdoorlichting 25.1, lines 1212–1224, million euro.
Table reallocations()
{
    return table({{"", "2008", "2009", "2010", "2011", "Totaal"},
                  {"Fietsendiefstal", "0.80", "", "", "", "0.80"},
                  {"Pilots drank- en horecawet", "1.10", "", "", "", "1.10"},
                  {"ander programma", "0.49", "0.85", "0.65", "", "1.01"},
                  {"Bezuinigingen", "2.55", "", "0.08", "4.28", "6.91"},
                  {"Eindejaarsmarge", "3.30", "0.35", "", "0.07", "3.72"},
                  {"Totaal", "7.26", "1.20", "0.73", "4.35", "13.54"}});
}

/// The same document, lines 1242–1250.
Table paid()
{
    return table({{"", "2008", "2009", "2010", "2011", "Totaal"},
                  {"Scan en monitor", "0.08", "", "", "", "0.08"},
                  {"Aanpak risicogebieden", "2.12", "4.05", "4.65", "1.10", "11.92"},
                  {"Expertisefunctie", "0.41", "0.52", "0.47", "0.47", "1.87"},
                  {"Specifieke instrumenten", "0.13", "0.23", "0.15", "0.08", "0.59"},
                  {"Totaal", "2.74", "4.80", "5.27", "1.65", "14.46"}});
}

/// The same document, lines 1266–1274, with the group totals of the paid table below it.
Table risk_areas()
{
    auto split = table({{"", "2008", "2009", "2010", "2011"},
                        {"decentralisatie-uitkering", "1.68", "2.98", "3.87", "0.66"},
                        {"gemeentenprijs", "0.04", "0.04", "0.04", ""},
                        {"regiobijeenkomsten", "0.09", "0.00", "", ""},
                        {"tijdelijke subsidieregeling", "0.31", "0.97", "0.77", "0.44"},
                        {"steun lokale aanpak", "", "0.05", "0.01", ""},
                        {"Totaal", "2.12", "4.05", "4.65", "1.10"}});
    split.tolerance = {1, 2};
    return split;
}

TEST(Detective, FindsThatTheReallocationOf2008LostItsMinusAndNothingElseFits)
{
    const auto result = investigate(reallocations());

    ASSERT_EQ(result.differences.size(), 2u);
    EXPECT_EQ(result.differences[0].sum, SumKind::row);
    EXPECT_EQ(result.differences[0].printed.to_text(), "1.01");
    EXPECT_EQ(result.differences[0].recomputed.to_text(), "1.99");
    EXPECT_EQ(result.differences[1].sum, SumKind::column);
    EXPECT_EQ(result.differences[1].printed.to_text(), "7.26");
    EXPECT_EQ(result.differences[1].recomputed.to_text(), "8.24");
    EXPECT_EQ(told(reallocations()), Lines{"1 lost_sign ander programma/2008 0.49 -> -0.49"});
}

TEST(Detective, SaysThatThreeCellsExplainThePrizeOf2010EquallyAndThePaidTableRulesTheGroupTotalOut)
{
    const std::vector<Table> tables{risk_areas(), paid()};
    std::vector<Link> links;
    for (std::size_t year = 0; year < 4; ++year)
        links.push_back({{0, 5, year}, {1, 1, year}});

    const auto result = investigate(tables, links);

    ASSERT_EQ(result.differences.size(), 1u) << "4.04 against 4.05 in 2009 lies within the tolerance";
    EXPECT_FALSE(result.differences[0].rounding_possible);
    EXPECT_EQ(told(result, tables), (Lines{"1 digit decentralisatie-uitkering/2010 3.87 -> 3.83",
                                           "1 digit gemeentenprijs/2010 0.04 -> 0.00",
                                           "1 digit tijdelijke subsidieregeling/2010 0.77 -> 0.73",
                                           "4 missing_value regiobijeenkomsten/2010 blank -> -0.04"}));
}

TEST(Detective, ThinksOfAWrongGroupTotalWhenNoOtherTableSpeaksAgainstIt)
{
    const auto split = risk_areas();

    const auto lines = told(split);

    EXPECT_NE(std::find(lines.begin(), lines.end(), "1 wrong_total Totaal/2010 4.65 -> 4.69"), lines.end());
}

TEST(Detective, TakesAConfirmedNumberForRight)
{
    auto split = risk_areas();
    split.at(5, 2).confirmed = true;

    for (const auto& line : told(split))
        EXPECT_EQ(line.find("wrong_total"), std::string::npos) << line;
}

TEST(Detective, CannotChooseBetweenTheTotalOfTheTrainingsAndThreeOfItsRows)
{
    const auto trainings = table({{"", "participants"},
                                  {"Managerssessies", "162"},
                                  {"Professionals", "457"},
                                  {"Gastlessen", "2000"},
                                  {"overige", "1000"},
                                  {"PGE", "357"},
                                  {"Totaal", "3975"}});

    const auto result = investigate(trainings);

    ASSERT_EQ(result.differences.size(), 1u);
    EXPECT_TRUE(result.differences[0].rounding_possible);
    EXPECT_EQ(
        told(trainings),
        (Lines{"1 digit Managerssessies/participants 162 -> 161", "1 digit Professionals/participants 457 -> 456",
               "1 digit PGE/participants 357 -> 356", "1 wrong_total Totaal/participants 3975 -> 3976"}));
}

TEST(Detective, HasNothingToSayAboutATableThatAddsUp)
{
    const auto result = investigate(paid());

    EXPECT_TRUE(result.consistent());
    EXPECT_EQ(result.sums, 10u);
    EXPECT_TRUE(result.explanations.empty());
}

TEST(Detective, ChecksNothingWithoutTotals)
{
    const auto result = investigate(table({{"", "a", "b"}, {"x", "1", "2"}, {"y", "3", "4"}}));

    EXPECT_TRUE(result.consistent());
    EXPECT_EQ(result.sums, 0u);
}

TEST(Detective, ExplainsNothingWhenTwoSlipsAreNeeded)
{
    auto two = reallocations();
    two.at(3, 3) = printed("4.82");

    const auto result = investigate(two);

    EXPECT_EQ(result.differences.size(), 4u);
    EXPECT_TRUE(result.explanations.empty());
}

/// A full table that adds up, in which one place is then printed wrongly.
Table honest()
{
    return table({{"", "a", "b", "c", "Totaal"},
                  {"x", "12.34", "5.60", "", "17.94"},
                  {"y", "-3.05", "100.00", "7.81", "104.76"},
                  {"z", "45.12", "", "20.08", "65.20"},
                  {"Totaal", "54.41", "105.60", "27.89", "187.90"}});
}

Table with(std::size_t row, std::size_t column, std::string_view text)
{
    auto wrong = honest();
    wrong.at(row, column) = printed(text);
    return wrong;
}

TEST(Detective, FindsALostSign) { EXPECT_EQ(told(with(1, 0, "3.05")), Lines{"1 lost_sign y/a 3.05 -> -3.05"}); }

TEST(Detective, FindsAMisprintedDroppedOrDoubledDigit)
{
    EXPECT_EQ(told(with(0, 0, "12.84")), Lines{"1 digit x/a 12.84 -> 12.34"});
    EXPECT_EQ(told(with(0, 0, "1.34")), Lines{"1 digit x/a 1.34 -> 12.34"});
    EXPECT_EQ(told(with(0, 0, "1.24")), Lines{"1 digit x/a 1.24 -> 12.34"});
    EXPECT_EQ(told(with(0, 0, "12.3")), Lines{"1 digit x/a 12.3 -> 12.34"});
    EXPECT_EQ(told(with(0, 0, "122.34")), Lines{"1 digit x/a 122.34 -> 12.34"});
    EXPECT_EQ(told(with(0, 0, "12.334")), Lines{"1 digit x/a 12.334 -> 12.34"});
}

TEST(Detective, FindsTransposedDigits)
{
    EXPECT_EQ(told(with(0, 0, "21.34")), Lines{"1 transposed_digits x/a 21.34 -> 12.34"});
    EXPECT_EQ(told(with(0, 0, "13.24")), Lines{"1 transposed_digits x/a 13.24 -> 12.34"});
    EXPECT_EQ(told(with(2, 0, "54.12")), Lines{"1 transposed_digits z/a 54.12 -> 45.12"});
}

TEST(Detective, FindsAShiftedPoint)
{
    EXPECT_EQ(told(with(0, 0, "123.4")), Lines{"1 decimal_shift x/a 123.4 -> 12.34"});
    EXPECT_EQ(told(with(0, 0, "1.234")), Lines{"1 decimal_shift x/a 1.234 -> 12.34"});
}

TEST(Detective, FindsAMissingValueWithTheDecimalsOfItsColumn)
{
    EXPECT_EQ(told(with(2, 0, "")), Lines{"1 missing_value z/a blank -> 45.12"});
    EXPECT_EQ(told(with(1, 1, "")), Lines{"1 missing_value y/b blank -> 100.00"});
}

TEST(Detective, FindsAMissingTotalFromTheTotalOfTotals)
{
    EXPECT_EQ(told(with(0, 3, "")), Lines{"1 missing_value x/Totaal blank -> 17.94"});
}

TEST(Detective, FindsAValueThatMovedToTheNeighbouringCell)
{
    auto moved = with(0, 2, "5.60");
    moved.at(0, 1) = {};

    EXPECT_EQ(told(moved), Lines{"1 moved_cell x/c 5.60 -> blank to x/b"});
}

TEST(Detective, FindsAWrongTotal)
{
    EXPECT_EQ(told(with(1, 3, "117.13")), Lines{"1 wrong_total y/Totaal 117.13 -> 104.76"});
    EXPECT_EQ(told(with(3, 3, "187.60")), Lines{"1 wrong_total Totaal/Totaal 187.60 -> 187.90"});
}

TEST(Detective, NamesTheSlipOfThePenBeforeTheAddingSlipInATotal)
{
    EXPECT_EQ(told(with(3, 1, "150.60")),
              (Lines{"1 transposed_digits Totaal/b 150.60 -> 105.60", "2 wrong_total Totaal/b 150.60 -> 105.60"}));
}

TEST(Detective, ChecksSubtotalsAndLeavesThemOutOfTheTotal)
{
    auto sub = table({{"", "a"},
                      {"p", "1"},
                      {"q", "2"},
                      {"Subtotaal", "3"},
                      {"r", "40"},
                      {"s", "7"},
                      {"Subtotaal", "47"},
                      {"Totaal", "50"}});

    EXPECT_TRUE(investigate(sub).consistent());
    EXPECT_EQ(investigate(sub).sums, 3u);

    sub.at(3, 0) = printed("41");
    const auto result = investigate(sub);

    EXPECT_EQ(result.differences.size(), 2u);
    EXPECT_EQ(told(result, {sub}).front(), "1 digit r/a 41 -> 40");
}

TEST(Detective, CountsASubtractedRowNegatively)
{
    auto available = table({{"", "2008", "2009"},
                            {"Begroot", "10.00", "6.00"},
                            {"Herschikt", "7.26", "1.20"},
                            {"Totaal", "2.74", "4.80"}});
    available.rows[1].subtracted = true;
    EXPECT_TRUE(investigate(available).consistent());

    available.at(1, 0) = printed("2.76");

    EXPECT_EQ(told(available).front(), "1 transposed_digits Herschikt/2008 2.76 -> 7.26");
}

TEST(Detective, DoesNotTakeABlankTotalForZero)
{
    const auto result = investigate(table({{"", "a", "Totaal"}, {"x", "5", ""}, {"y", "6", "6"}}));

    EXPECT_TRUE(result.consistent());
    EXPECT_EQ(result.sums, 1u);
}

TEST(Detective, SaysWhichOfTwoPrintsOfOneFactIsWrong)
{
    std::vector<Table> tables{risk_areas(), paid()};
    tables[0].at(1, 2) = printed("0.00"); // so that only the copy below is wrong
    tables[0].at(5, 2) = printed("4.56");
    const std::vector<Link> links{{{0, 5, 2}, {1, 1, 2}}};

    const auto result = investigate(tables, links);

    ASSERT_EQ(result.differences.size(), 2u);
    EXPECT_EQ(result.differences[1].sum, SumKind::copy);
    EXPECT_EQ(result.differences[1].recomputed.to_text(), "4.65");
    EXPECT_EQ(told(result, tables).front(), "1 transposed_digits Totaal/2010 4.56 -> 4.65");
}

TEST(Detective, FollowsAWronglyAddedTotalIntoTheTableThatCopiedIt)
{
    const std::vector<Table> tables{table({{"", "a"}, {"x", "11"}, {"y", "22"}, {"Totaal", "43"}}),
                                    table({{"", "b"}, {"group", "43"}, {"other", "9"}})};
    const std::vector<Link> links{{{0, 2, 0}, {1, 0, 0}}};

    const auto result = investigate(tables, links);

    ASSERT_EQ(result.differences.size(), 1u);
    EXPECT_EQ(told(result, tables),
              (Lines{"1 digit x/a 11 -> 21", "1 digit y/a 22 -> 32", "1 wrong_total Totaal/a 43 -> 33"}));
}

TEST(Detective, KnowsThatRoundingOfFourItemsCanMissTwoUnitsAndThreeItemsOnlyOne)
{
    const auto four =
        investigate(table({{"", "a"}, {"1", "1.0"}, {"2", "1.0"}, {"3", "1.0"}, {"4", "1.0"}, {"Totaal", "4.2"}}));
    const auto three = investigate(table({{"", "a"}, {"1", "1.0"}, {"2", "1.0"}, {"3", "1.0"}, {"Totaal", "3.2"}}));
    const auto coarse = investigate(table({{"", "a"}, {"1", "14.46"}, {"2", ""}, {"Totaal", "14.5"}}));

    EXPECT_TRUE(four.differences.at(0).rounding_possible);
    EXPECT_FALSE(three.differences.at(0).rounding_possible);
    EXPECT_TRUE(coarse.differences.at(0).rounding_possible);
}

TEST(Detective, AddsNumbersOfEighteenDigitsWithoutOverflow)
{
    const auto big = table({{"", "a", "b", "Totaal"},
                            {"x", "999999999999999999", "999999999999999999", "1999999999999999998"},
                            {"y", "999999999999999999", "1", "1000000000000000000"}});

    EXPECT_TRUE(investigate(big).consistent());
}

TEST(Decimal, ReadsAsItWasPrinted)
{
    EXPECT_EQ((Decimal{-49, 2}).to_text(), "-0.49");
    EXPECT_EQ((Decimal{80, 2}).to_text(), "0.80");
    EXPECT_EQ((Decimal{0, 0}).to_text(), "0");
    EXPECT_EQ((Decimal{0, 2}).to_text(), "0.00");
    EXPECT_EQ((Decimal{1000, 0}).to_text(), "1000");
}

} // namespace
} // namespace beproefd::figures::detective
