// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/documents/table.hpp"

#include "platform/core/temporary_folder.hpp"
#include "platform/describe/node.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

using namespace beproefd;
using namespace beproefd::documents;

namespace {

Sheet sheet_with(std::vector<std::vector<Cell>> rows)
{
    return {.name = "Cijfers",
            .title = "Cijfers",
            .remarks = {"Bron: proef", "Licentie: CC0-1.0"},
            .columns = {{"label", "Naam"}, {"value", "Waarde"}},
            .rows = std::move(rows)};
}

/// What a command prints. Only for reading back a file with another program.
std::string output_of(const std::string& command)
{
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    char buffer[4096];
    while (const auto got = fread(buffer, 1, sizeof buffer, pipe))
        text.append(buffer, got);
    pclose(pipe);
    return text;
}

} // namespace

TEST(Csv, QuotesWhatNeedsQuotesAndEndsLinesAsTheStandardSays)
{
    const auto text =
        to_csv(sheet_with({{std::string{"a, \"b\"\nc"}, Decimal{0.5, 2}}, {std::monostate{}, std::int64_t{7}}}));

    EXPECT_EQ(text, "label,value\r\n\"a, \"\"b\"\"\nc\",0.50\r\n,7\r\n");
}

TEST(Csv, IsReadBackByOurOwnReader)
{
    const auto text = to_csv(sheet_with({{std::string{"a, \"b\"\nc"}, Day{2026, 11, 21}}}));

    const auto table = describe::parse_csv(text, "t.csv");

    ASSERT_TRUE(table);
    EXPECT_EQ(table->items.at(0).find("label")->text, "a, \"b\"\nc");
    EXPECT_EQ(table->items.at(0).find("value")->text, "2026-11-21");
}

TEST(Csv, LetsNoTextBecomeAFormula)
{
    for (const auto* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"})
        EXPECT_EQ(without_formula(text), std::string{"'"} + text);
    EXPECT_EQ(without_formula("1 = 1"), "1 = 1");
    EXPECT_EQ(without_formula("−0,49"), "−0,49");
    EXPECT_EQ(to_csv(sheet_with({{std::string{"x"}, Decimal{-0.49, 2}}})), "label,value\r\nx,-0.49\r\n");
}

TEST(Xlsx, HoldsTextAsTextAndNumbersAsNumbers)
{
    const auto bytes = to_xlsx({sheet_with({{std::string{"=1+1"}, Decimal{-0.49, 2}}})});

    ASSERT_TRUE(bytes.starts_with("PK"));
    const TemporaryFolder folder;
    const auto path = folder.path() / "sheet.xlsx";
    std::ofstream{path, std::ios::binary} << bytes;
    // unzip is the outside witness.
    const auto cells = output_of("unzip -p " + path.string() + " xl/worksheets/sheet1.xml");
    EXPECT_NE(cells.find("<v>-0.49</v>"), std::string::npos);
    EXPECT_NE(cells.find("=1+1</t>"), std::string::npos) << cells;
    EXPECT_EQ(cells.find("<f>"), std::string::npos);
    EXPECT_NE(cells.find("Licentie: CC0-1.0"), std::string::npos);
}

TEST(Xlsx, RefusesANameThatASheetCannotHave)
{
    auto sheet = sheet_with({});
    sheet.name = "a/b";

    EXPECT_THROW((void)to_xlsx({sheet}), std::runtime_error);
}
