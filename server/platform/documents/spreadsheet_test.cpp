// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/documents/spreadsheet.hpp"

#include <gmock/gmock.h>
#include <zip.h>

#include <map>

using namespace beproefd;
using namespace beproefd::documents;
using testing::ElementsAre;

namespace {

/// An archive with these files.
std::string archive(const std::map<std::string, std::string>& files, const char* password = nullptr)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* made = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, content] : files) {
        zip_source_t* source = zip_source_buffer(made, content.data(), content.size(), 0);
        const auto index = zip_file_add(made, name.c_str(), source, ZIP_FL_OVERWRITE);
        if (password)
            zip_file_set_encryption(made, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
    }
    zip_close(made);
    zip_source_open(target);
    zip_stat_t told;
    zip_source_stat(target, &told);
    std::string bytes(told.size, '\0');
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

/// A workbook of one sheet as a program other than ours might write it.
std::map<std::string, std::string> workbook(std::string sheet_data, std::string strings = "")
{
    return {{"xl/workbook.xml",
             R"(<workbook xmlns:r="r"><sheets><sheet name="one" sheetId="1" r:id="rId7"/></sheets></workbook>)"},
            {"xl/_rels/workbook.xml.rels",
             R"(<Relationships><Relationship Id="rId7" Target="worksheets/s.xml"/></Relationships>)"},
            {"xl/worksheets/s.xml", "<worksheet><sheetData>" + sheet_data + "</sheetData></worksheet>"},
            {"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"}};
}

std::string refusal(const std::string& bytes, const SpreadsheetLimits& limits = {})
{
    const auto read = read_xlsx(bytes, limits);
    return read ? "read" : std::string{read.error().reason.code};
}

} // namespace

TEST(TextXlsx, IsReadBackCharacterByCharacter)
{
    const std::vector<std::vector<std::string>> rows{
        {"name", "label"}, {"a", "  twee\nregels\t<&> \"één\" "}, {"", "=1+1"}, {"b", "_x000D_ stays text"}};

    const auto read = read_xlsx(to_text_xlsx({{"survey", rows}, {"leeg", {}}}));

    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 2u);
    EXPECT_EQ((*read)[0].name, "survey");
    ASSERT_EQ((*read)[0].rows.size(), 4u);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ((*read)[0].rows[i].cells, rows[i]);
        EXPECT_EQ((*read)[0].rows[i].number, i + 1);
        EXPECT_TRUE((*read)[0].rows[i].formulas.empty());
    }
    EXPECT_TRUE((*read)[1].rows.empty());
}

TEST(TextXlsx, GivesTheSameBytesForTheSameSheets)
{
    const std::vector<TextSheet> sheets{{"survey", {{"a", "b"}, {"c", "d"}}}};

    EXPECT_EQ(to_text_xlsx(sheets), to_text_xlsx(sheets));
}

TEST(ReadXlsx, TakesSharedTextRunsNumbersTruthAndTheOutcomeOfFormulas)
{
    const auto files = workbook(R"(<row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3"><v>1.50</v></c></row>
<row><c t="b"><v>1</v></c><c t="inlineStr"><is><t>in</t></is></c><c t="str"><f>1+1</f><v>2</v></c></row>)",
                                "<si><r><t>twee </t></r><r><t>lopen</t></r><rPh><t>nee</t></rPh></si>");

    const auto read = read_xlsx(archive(files));

    ASSERT_TRUE(read);
    ASSERT_EQ((*read)[0].rows.size(), 2u);
    EXPECT_EQ((*read)[0].rows[0].number, 3u);
    EXPECT_THAT((*read)[0].rows[0].cells, ElementsAre("", "twee lopen", "", "1.50"));
    EXPECT_EQ((*read)[0].rows[1].number, 4u);
    EXPECT_THAT((*read)[0].rows[1].cells, ElementsAre("TRUE", "in", "2"));
    EXPECT_THAT((*read)[0].rows[1].formulas, ElementsAre(2u));
}

TEST(ReadXlsx, RefusesWhatIsNoSpreadsheet)
{
    EXPECT_EQ(refusal(""), "not-a-spreadsheet");
    EXPECT_EQ(refusal("%PDF-1.7"), "not-a-spreadsheet");
    EXPECT_EQ(refusal(archive({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})),
              "not-a-spreadsheet");
    EXPECT_EQ(refusal(archive(workbook("<row><c t=\"s\"><v>4</v></c></row>"))), "not-a-spreadsheet");
    EXPECT_EQ(refusal(archive(workbook("<row r=\"2\"/><row r=\"1\"/>"))), "not-a-spreadsheet");
    EXPECT_EQ(refusal(archive(workbook("<row>"))), "not-a-spreadsheet");
    const std::string whole = to_text_xlsx({{"survey", {{"a"}}}});
    EXPECT_EQ(refusal(whole.substr(0, whole.size() / 2)), "not-a-spreadsheet");
}

TEST(ReadXlsx, RefusesEntities) // "billion laughs"
{
    auto files = workbook("<row><c t=\"str\"><v>&lol;</v></c></row>");
    files["xl/worksheets/s.xml"] = "<!DOCTYPE a [<!ENTITY lol \"haha\">]>" + files["xl/worksheets/s.xml"];

    EXPECT_EQ(refusal(archive(files)), "spreadsheet-doctype");
}

TEST(ReadXlsx, RefusesAPassword) { EXPECT_EQ(refusal(archive(workbook(""), "geheim")), "spreadsheet-encrypted"); }

TEST(ReadXlsx, StopsUnpackingABombWhateverItSaysOfItself)
{
    // Forty megabytes of spaces pack into some forty kilobytes.
    const std::string bomb = archive(workbook(std::string(40'000'000, ' ')));
    ASSERT_LT(bomb.size(), 100'000u);

    EXPECT_EQ(refusal(bomb), "spreadsheet-too-big");
}

TEST(ReadXlsx, RefusesSheetsBeyondItsLimits)
{
    EXPECT_EQ(refusal(archive(workbook("<row r=\"20001\"><c t=\"str\"><v>a</v></c></row>"))), "spreadsheet-too-big");
    EXPECT_EQ(refusal(archive(workbook("<row r=\"20000\"><c t=\"str\"><v>a</v></c></row>"))), "read");
    EXPECT_EQ(refusal(archive(workbook("<row><c r=\"SG1\"><v>1</v></c></row>"))), "spreadsheet-too-big");
    EXPECT_EQ(refusal(archive(workbook("<row><c r=\"SF1\"><v>1</v></c></row>"))), "read");
    EXPECT_EQ(refusal(archive(workbook("<row><c r=\"ZZZZZZZZZ1\"><v>1</v></c></row>"))), "spreadsheet-too-big");
    SpreadsheetLimits few;
    few.entries = 3;
    EXPECT_EQ(refusal(archive(workbook("")), few), "spreadsheet-too-big");
    few = {};
    few.text_bytes = 3;
    EXPECT_EQ(refusal(archive(workbook("<row><c t=\"str\"><v>abcd</v></c></row>")), few), "spreadsheet-too-big");
}

TEST(ColumnLetters, CountAsASpreadsheetDoes)
{
    EXPECT_EQ(column_letters(0), "A");
    EXPECT_EQ(column_letters(25), "Z");
    EXPECT_EQ(column_letters(26), "AA");
    EXPECT_EQ(column_letters(701), "ZZ");
    EXPECT_EQ(column_letters(702), "AAA");
}
