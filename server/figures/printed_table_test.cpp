// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/printed_table.hpp"

#include "platform/describe/sentences.hpp"

#include <gtest/gtest.h>

namespace beproefd::figures {
namespace {

using detective::Role;

/// The numbers of a table, blank as "·", a space between cells and a bar between rows.
std::string numbers(std::string_view csv)
{
    const auto printed = read_printed_table(csv);
    if (!printed)
        return describe::explain(printed.error(), describe::Language::en);
    std::string text;
    for (std::size_t r = 0; r < printed->table.rows.size(); ++r)
        for (std::size_t c = 0; c < printed->table.columns.size(); ++c) {
            const auto& value = printed->table.at(r, c).value;
            text += c > 0 ? " " : r > 0 ? "|" : "";
            text += value ? value->to_text() : "·";
        }
    return text;
}

std::vector<std::string> refusals(std::string_view csv)
{
    std::vector<std::string> lines;
    if (const auto printed = read_printed_table(csv); !printed)
        for (const auto& field : printed.error().fields)
            lines.push_back(describe::sentence(field.code, field.parameters, describe::Language::en));
    return lines;
}

using Lines = std::vector<std::string>;

TEST(PrintedTable, ReadsDutchNumbersBetweenSemicolons)
{
    EXPECT_EQ(numbers(";2008;Totaal\na;1.234,56;1.234,56\nb;0,80;0,8\n"), "1234.56 1234.56|0.80 0.8");
}

TEST(PrintedTable, ReadsEnglishNumbersBetweenCommas)
{
    EXPECT_EQ(numbers(",2008,Total\na,\"1,234.56\",1234.56\nb,0.80,.5\n"), "1234.56 1234.56|0.80 0.5");
}

TEST(PrintedTable, ReadsEveryMinusThatIsSetInPrint)
{
    EXPECT_EQ(numbers("x;a;b;c;d;e\nr;-0,49;−0,49;–0,49;0,49-;(0,49)"), "-0.49 -0.49 -0.49 -0.49 -0.49");
    EXPECT_EQ(numbers("x;a;b\nr;- 5;+5"), "-5 5");
}

TEST(PrintedTable, ReadsUnitsAndEverySpaceBetweenGroups)
{
    EXPECT_EQ(numbers("x;a;b;c;d\nr;€ 1.234,50;-€ 3,00;12 %;EUR 4,10"), "1234.50 -3.00 12 4.10");
    EXPECT_EQ(numbers("x;a;b;c;d\nr;1 234 567;1\u00a0234,5;1\u202f234;1'234"), "1234567 1234.5 1234 1234");
}

TEST(PrintedTable, TakesDashesAndDotsForBlank)
{
    EXPECT_EQ(numbers("x,a,b,c,d,e,f,g\nr,,-,–,.,·,…,1"), "· · · · · · 1");
}

TEST(PrintedTable, SplitsAtTabsSemicolonsAndCommas)
{
    EXPECT_EQ(numbers("x\ta\tb\nr\t1,5\t2\n"), "1.5 2");
    EXPECT_EQ(numbers("x;a;b\nr, with a comma;1;2\n"), "1 2");
    EXPECT_EQ(numbers("x,a,b\n\"r, s; t\",1,2\n"), "1 2");
    EXPECT_EQ(numbers("sep=;\nx;a\nr;1,5\n"), "1.5");
}

TEST(PrintedTable, ReadsEveryLineEndAByteOrderMarkAndNewLinesInQuotes)
{
    EXPECT_EQ(numbers("\xef\xbb\xbfx,a\r\nr,1\r\n"), "1");
    EXPECT_EQ(numbers("x,a\rr,1\r"), "1");
    EXPECT_EQ(numbers("x,a\n\"two\nlines \"\"quoted\"\"\",1"), "1");

    const auto printed = read_printed_table("x,a\n\"two\nlines \"\"quoted\"\"\",1");
    ASSERT_TRUE(printed);
    EXPECT_EQ(printed->table.rows[0].label, "two\nlines \"quoted\"");
}

TEST(PrintedTable, LeavesOutWhatASpreadsheetAddsWithoutMeaning)
{
    EXPECT_EQ(numbers("x;a;;\nr;1;;\n;;;\n\n;;;\n"), "1");
}

TEST(PrintedTable, KnowsATotalByItsName)
{
    for (const auto* name : {"total", "Total", "TOTAAL", "totaal", "Sum", "som", " Totaal ", "Totaal (mln euro)",
                             "Totaal*", "Totaal:", "Grand total", "Eindtotaal"}) {
        const auto printed = read_printed_table("x;a;" + std::string{name} + "\nr;1;1\n" + name + ";1;1\n");

        ASSERT_TRUE(printed) << name;
        EXPECT_EQ(printed->table.columns[1].role, Role::total) << name;
        EXPECT_EQ(printed->table.rows[1].role, Role::total) << name;
    }
    for (const auto* name : {"Totaal uitgaven", "summer", "t", ""}) {
        const auto printed = read_printed_table("x;a;" + std::string{name} + "\nr;1;1\n" + name + ";1;1\n");

        ASSERT_TRUE(printed) << name;
        EXPECT_EQ(printed->table.columns[1].role, Role::item) << name;
    }
}

TEST(PrintedTable, KnowsSubtotalsAndThatOneLineAloneIsNoTotal)
{
    const auto printed = read_printed_table("x;totaal\na;1\nSubtotaal;1\nb;2\nTotaal;2\nc;1\nTotaal;4\n");

    ASSERT_TRUE(printed);
    EXPECT_EQ(printed->table.columns[0].role, Role::item);
    EXPECT_EQ(printed->table.rows[1].role, Role::subtotal);
    EXPECT_EQ(printed->table.rows[3].role, Role::subtotal);
    EXPECT_EQ(printed->table.rows[5].role, Role::total);
}

TEST(PrintedTable, DecidesForTheWholeFileWhetherAPointGroupsOrDivides)
{
    // One number that can be read in one way only decides for all.
    EXPECT_EQ(numbers("x;a;b\nr;1.234;0,5"), "1234 0.5");
    EXPECT_EQ(numbers("x;a;b\nr;1.234;0.5"), "1.234 0.5");
    EXPECT_EQ(numbers("x;a;b\nr;1.234;1.234.567"), "1234 1234567");
    EXPECT_EQ(numbers("x;a;b\nr;0.123;1.234"), "0.123 1.234");
    // The sums decide: 1,234 + 850 = 2,084.
    EXPECT_EQ(numbers("x,a\nr,1.234\ns,850\nTotaal,2.084"), "1234|850|2084");
    EXPECT_EQ(numbers("x;a\nr;1.234\ns;2\nTotaal;3.234"), "1.234|2|3.234");
    // Equal decimals: 850 beside 1.234 are whole numbers, also when one slip spoils the sum.
    EXPECT_EQ(numbers("x,a\nr,1.234\ns,850\nTotaal,2.085"), "1234|850|2085");
    // Nothing decides but the separator.
    EXPECT_EQ(numbers("x,a\nr,1.234\ns,1.000\nTotaal,2.234"), "1.234|1.000|2.234");
    EXPECT_EQ(numbers("x;a\nr;1.234\ns;1.000\nTotaal;2.234"), "1234|1000|2234");
    EXPECT_EQ(numbers("x\ta\nr\t1.234"), "1234");
    EXPECT_EQ(numbers("x\ta\nr\t1,234"), "1234");
}

TEST(PrintedTable, RefusesEverythingThatIsWrongAtOnce)
{
    EXPECT_EQ(refusals("x;2008;2009\na;1,5;n.v.t.\nb;2,5\nc;0 04;1.234.56\n"),
              (Lines{"line 2, column 7 (under \"2009\"): \"n.v.t.\" is not a number.",
                     "line 3, column 1: this row has 2 cells, the first row has 3.",
                     "line 4, column 3 (under \"2008\"): \"0 04\" is not a number.",
                     "line 4, column 8 (under \"2009\"): \"1.234.56\" is not a number."}));
}

TEST(PrintedTable, RefusesTheNumberThatIsNotInTheNotationOfTheOthers)
{
    EXPECT_EQ(
        refusals("x;a;b;c\nr;1,5;2,75;3.5\n"),
        Lines{"line 2, column 12 (under \"c\"): \"3.5\" is not a number in the Dutch notation of the rest of the "
              "table (1.234,56)."});
}

TEST(PrintedTable, RefusesBrokenCharactersWithTheirPlace)
{
    EXPECT_EQ(refusals("x,a\nr\xff,1\ns,\xc3\x28\n"),
              (Lines{"line 2, column 2: this is not valid UTF-8; save the file as CSV UTF-8.",
                     "line 3, column 3: this is not valid UTF-8; save the file as CSV UTF-8."}));
    EXPECT_EQ(refusals(std::string_view{"x,a\nr,\0\n", 8}),
              Lines{"line 2, column 3: a character that is not text (a control character)."});
    EXPECT_EQ(refusals("\xff\xfex").size(), 1u);
}

TEST(PrintedTable, RefusesQuotesThatDoNotMatch)
{
    EXPECT_EQ(refusals("x,a\n\"r,1\n"), (Lines{"line 2, column 1: the quote that opens here is never closed.",
                                               "line 2, column 1: this row has 1 cells, the first row has 2."}));
    EXPECT_EQ(refusals("x,a\n\"r\"s,1\n"),
              Lines{"line 2, column 4: after the closing quote a separator or a new line must follow."});
    EXPECT_EQ(refusals("x,a\nr\"s,1\n"),
              Lines{"line 2, column 2: a quote inside a cell; put the whole cell in quotes and double the quote."});
}

TEST(PrintedTable, RefusesWhatIsNotATable)
{
    EXPECT_EQ(refusals(""), Lines{"line 1, column 1: there is no table; the first line must name the columns."});
    EXPECT_EQ(refusals("\n;;;\n").size(), 1u);
    EXPECT_EQ(refusals("x,a\n"), Lines{"line 1, column 1: below the line that names the columns there are no rows."});
    EXPECT_EQ(refusals("just text\n1\n"), Lines{"line 1, column 1: there is only one column; separate columns with a "
                                                "comma, a semicolon or a tab."});
}

TEST(PrintedTable, RefusesNumbersThatCannotBeAddedExactly)
{
    EXPECT_EQ(numbers("x,a\nr,999999999999999999\n"), "999999999999999999");
    EXPECT_EQ(
        refusals("x,a,b\nr,9999999999999999999,1\n"),
        Lines{"line 2, column 3 (under \"a\"): \"9999999999999999999\" has too many digits: at most 18 when every "
              "number gets the 0 decimals of the finest one."});
    EXPECT_EQ(refusals("x,a,b\nr,999999999999999999,0.01\n").size(), 1u);
    EXPECT_EQ(numbers("x,a\nr,000000000000000000000001\n"), "1");
}

} // namespace
} // namespace beproefd::figures
