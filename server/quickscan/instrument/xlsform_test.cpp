// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/xlsform.hpp"

#include "platform/describe/sentences.hpp"
#include "platform/documents/spreadsheet.hpp"
#include "quickscan/instrument/catalogue.hpp"
#include "quickscan/instrument/reading.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace beproefd::quickscan {
namespace {

using documents::TextSheet;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> named(const std::vector<LeftOutPart>& parts)
{
    std::vector<std::string> out;
    for (const auto& part : parts)
        out.push_back(fmt::format("{} {} {}{}{}", part.code, part.sheet, part.row, part.column.empty() ? "" : " ",
                                  part.column));
    return out;
}

std::string explained(const Problem& problem) { return describe::explain(problem, describe::Language::en); }

/// The cell in the row that has this in its first or second column, under this head.
std::string cell(const documents::ReadSheet& sheet, const std::string& row, const std::string& head)
{
    const auto& heads = sheet.rows.at(0).cells;
    const auto column = static_cast<std::size_t>(std::find(heads.begin(), heads.end(), head) - heads.begin());
    for (const auto& one : sheet.rows) {
        const auto first = one.cells.begin();
        const auto second = first + std::min<std::ptrdiff_t>(2, std::distance(first, one.cells.end()));
        if (std::find(first, second, row) != second && column < one.cells.size())
            return one.cells[column];
    }
    return "";
}

TEST(ToXlsform, BringsEveryInstrumentOfOursBackUnchanged)
{
    for (const auto& instrument : shipped_instruments().all()) {
        SCOPED_TRACE(instrument.key);

        const auto read = read_xlsform(to_xlsform(instrument));

        ASSERT_TRUE(read) << explained(read.error());
        EXPECT_THAT(named(read->left_out), IsEmpty());
        EXPECT_EQ(to_yaml(read->instrument), to_yaml(instrument));
        EXPECT_EQ(read->instrument, instrument);
    }
}

TEST(ToXlsform, GivesTheSameBytesForTheSameInstrument)
{
    for (const auto& instrument : shipped_instruments().all())
        EXPECT_EQ(to_xlsform(instrument), to_xlsform(instrument));
}

TEST(ToXlsform, IsAFormThatOtherProgramsCanShow)
{
    const auto sheets = documents::read_xlsx(to_xlsform(*shipped_instruments().current("quickscan-local-approach")));

    ASSERT_TRUE(sheets);
    ASSERT_EQ(sheets->size(), 3u);
    const auto& survey = (*sheets)[0];
    EXPECT_EQ(cell(survey, "T3", "type"), "begin_group");
    EXPECT_EQ(cell(survey, "T3", "label::English (en)"), "Local analysis");
    EXPECT_EQ(cell(survey, "B6", "type"), "note");
    EXPECT_EQ(cell(survey, "q6", "type"), "select_one scale");
    EXPECT_EQ(cell(survey, "q6_parts", "type"), "select_multiple q6_parts");
    EXPECT_EQ(cell(survey, "q6_parts", "relevant"), "${q6} = 'partly'");
    EXPECT_EQ(cell((*sheets)[1], "not_applicable", "label::Nederlands (nl)"), "Niet van toepassing");
    EXPECT_EQ(cell((*sheets)[2], "quickscan-local-approach", "version"), "1");
}

TEST(ReadXlsform, TakesWhatSomeoneChangedInTheirSpreadsheet)
{
    auto sheets = documents::read_xlsx(to_xlsform(*shipped_instruments().current("survey-2015")));
    ASSERT_TRUE(sheets);
    std::vector<TextSheet> changed;
    for (const auto& sheet : *sheets) {
        TextSheet& copy = changed.emplace_back(TextSheet{sheet.name, {}});
        for (const auto& row : sheet.rows)
            copy.rows.push_back(row.cells);
    }
    for (auto& row : changed[0].rows) {
        for (auto& text : row) {
            if (text == "Is there enough time for this subject?")
                text = "Is there time enough?";
        }
    }

    const auto read = read_whole_xlsform(documents::to_text_xlsx(changed));

    ASSERT_TRUE(read) << explained(read.error());
    EXPECT_EQ(read->question("q3")->text.en, "Is there time enough?");
    EXPECT_EQ(read->question("q3")->text.nl, "Is er genoeg tijd voor dit onderwerp?");
}

/// A form such as another program might send: Dutch and French, skip logic, a repeat, a photograph.
std::string foreign_form()
{
    return documents::to_text_xlsx(
        {{"survey",
          {{"type", "name", "label::Dutch", "label::Français (fr)", "relevant", "required", "constraint",
            "hint::Dutch"},
           {"start", "begin_tijd"},
           {"begin group", "wijk", "Uw wijk"},
           {"select_one jn", "prettig", "Woont u hier prettig?", "Aimez-vous vivre ici?", "", "yes"},
           {"integer", "jaren", "Hoeveel jaar woont u hier?", "", "", "no", ". >= 0 and . <= 120", "In hele jaren"},
           {"select_multiple klachten or_other", "klacht", "Wat kan beter?", "", "${prettig} = 'nee'"},
           {"integer", "even", "Een even getal", "", "", "", ". mod 2 = 0"},
           {"image", "foto", "Maak een foto"},
           {"begin_group", "diep", "Dieper"},
           {"text", "idee", "Wat is uw idee?"},
           {"end_group"},
           {"end group"},
           {"begin_repeat", "kind", "Kind"},
           {"text", "naam", "Hoe heet uw kind?"},
           {"end_repeat"},
           {"begin_group", "leeg", "Leeg"},
           {"note", "dank", "Dank u wel"},
           {"end_group"}}},
         {"choices",
          {{"list_name", "name", "label::Dutch", "image"},
           {"jn", "ja", "Ja", "ja.png"},
           {"jn", "nee", "Nee"},
           {"klachten", "groen", "Meer groen"},
           {"klachten", "licht", "Meer licht"}}},
         {"settings", {{"form_title", "form_id", "version", "style"}, {"Wijk", "Wijk 2026!", "v3", "pages"}}},
         {"entities", {{"dataset"}, {"wijken"}}}});
}

TEST(ReadXlsform, NamesEachPartOfAForeignFormThatHasNoPlaceHere)
{
    const auto read = read_xlsform(foreign_form());

    ASSERT_TRUE(read) << explained(read.error());
    EXPECT_THAT(named(read->left_out),
                testing::UnorderedElementsAre(
                    "xlsform-sheet entities 0", "xlsform-setting settings 2 D style",
                    "xlsform-setting settings 2 C version", "xlsform-column choices 2 D image",
                    "xlsform-one-language choices 2 label", "xlsform-type survey 2 A type",
                    "xlsform-language survey 4 D label::Français (fr)", "xlsform-column survey 4 F required",
                    "xlsform-or-other survey 6 A type", "xlsform-skip-logic survey 6 E relevant",
                    "xlsform-constraint survey 7 G constraint", "xlsform-type survey 8 A type",
                    "xlsform-nested-group survey 9 A type", "xlsform-repeat survey 13 A type",
                    "xlsform-note survey 17 A type", "xlsform-empty-group survey 16"));
    for (const auto& part : read->left_out)
        EXPECT_FALSE(part.text.nl.empty() || part.text.en.empty()) << part.code;
}

TEST(ReadXlsform, KeepsOfAForeignFormWhatHasAPlace)
{
    const auto read = read_xlsform(foreign_form());

    ASSERT_TRUE(read) << explained(read.error());
    const Instrument& form = read->instrument;
    EXPECT_EQ(form.key, "wijk-2026");
    EXPECT_EQ(form.version, 1);
    EXPECT_EQ(form.status, VersionStatus::draft);
    EXPECT_EQ(form.kind, InstrumentKind::survey);
    ASSERT_EQ(form.themes.size(), 1u);
    EXPECT_EQ(form.themes[0].title.nl, "Uw wijk");
    std::vector<std::string> keys;
    for (const auto& question : form.questions)
        keys.push_back(question.key);
    EXPECT_THAT(keys, ElementsAre("prettig", "jaren", "klacht", "even", "idee"));
    EXPECT_EQ(form.question("jaren")->minimum, 0);
    EXPECT_EQ(form.question("jaren")->maximum, 120);
    EXPECT_EQ(form.question("jaren")->explanation->nl, "In hele jaren");
    EXPECT_EQ(form.question("prettig")->choices.size(), 2u);
    EXPECT_EQ(form.question("klacht")->type, QuestionType::choose_many);
    EXPECT_FALSE(form.question("even")->minimum);
    EXPECT_EQ(form.question("idee")->theme, "wijk");
    EXPECT_THAT(wrong_in(form), IsEmpty());
}

TEST(ReadXlsform, RefusesAForeignFormWithAllOfThatUnlessToldToLeaveItOut)
{
    const auto refused = read_whole_xlsform(foreign_form());

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.size(), 16u);
    EXPECT_THAT(explained(refused.error()), testing::HasSubstr("survey:6 E relevant"));
}

TEST(ReadXlsform, NamesSheetRowAndColumnOfEveryErrorAtOnce)
{
    const auto read =
        read_xlsform(documents::to_text_xlsx({{"survey",
                                               {{"type", "name", "label", "name"},
                                                {"select_one kleuren", "kleur", "Kleur?"},
                                                {"", "wees", "Zonder soort"}}},
                                              {"choices", {{"list_name", "name", "label"}, {"", "rood", "Rood"}}}}));

    ASSERT_FALSE(read);
    std::vector<std::string> places;
    for (const auto& error : read.error().fields)
        places.push_back(error.code + " " + error.place);
    EXPECT_THAT(places, testing::UnorderedElementsAre("duplicate-member survey!B1", "required choices!A2",
                                                      "xlsform-list survey!A2", "required survey!A3"));
}

TEST(ReadXlsform, RefusesASpreadsheetThatIsNoForm)
{
    const auto other = read_xlsform(documents::to_text_xlsx({{"Cijfers", {{"a"}, {"b"}}}}));
    const auto broken = read_xlsform("PK\x03\x04 not really");

    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().fields.at(0).code, "xlsform-no-survey");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().reason.code, "not-a-spreadsheet");
}

TEST(ReadXlsform, PutsQuestionsOutsideGroupsUnderAThemeOfTheirOwn)
{
    const auto read =
        read_xlsform(documents::to_text_xlsx({{"survey",
                                               {{"type", "name", "label::Nederlands (nl)", "label::English (en)"},
                                                {"text", "a", "Eén", "One"},
                                                {"begin_group", "g", "Groep", "Group"},
                                                {"text", "b", "Twee", "Two"},
                                                {"end_group"},
                                                {"text", "c", "Drie", "Three"}}}}));

    ASSERT_TRUE(read) << explained(read.error());
    EXPECT_THAT(named(read->left_out), IsEmpty());
    ASSERT_EQ(read->instrument.themes.size(), 3u);
    EXPECT_EQ(read->instrument.themes[0].key, "general");
    EXPECT_EQ(read->instrument.questions[2].theme, "general6");
}

// --- any instrument without faults survives ---

/// Text with what spreadsheets, XML, JSON and YAML each find special.
std::string any_text()
{
    static const std::vector<std::string> pieces{"a",     "Zo", " ", "\n",  "\t",    "\"",      "'",   "<b>",
                                                 "&amp;", "é",  "€", "😀",  "=1",    "_x000D_", "]]>", ",",
                                                 ": ",    "- ", "#", "yes", "${q1}", "{}",      "\\n", "%"};
    std::string out = "x";
    const auto count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i)
        out += pieces[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(pieces.size())))];
    return out;
}

Words any_words() { return {any_text(), any_text()}; }
bool maybe() { return *rc::gen::arbitrary<bool>(); }

/// Other words everywhere, and absent what may be absent.
Instrument any_instrument()
{
    const auto& all = shipped_instruments().all();
    Instrument out = all[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(all.size())))];
    out.title = any_words();
    out.introduction = any_words();
    out.status = maybe() ? VersionStatus::draft : VersionStatus::retired;
    out.version = *rc::gen::inRange(1, 1000);
    out.minutes_per_question = *Whole<1, 60>::from(*rc::gen::inRange(1, 61));
    if (maybe())
        out.sources.clear();
    for (auto& theme : out.themes)
        theme.title = any_words();
    for (auto& block : out.blocks)
        block.text = any_words();
    for (auto& question : out.questions) {
        question.text = any_words();
        if (maybe())
            question.explanation = any_words();
        if (maybe())
            question.variants = {
                {SizeClass::large, any_words(), std::nullopt, any_words(), std::nullopt, {any_words()}, {}}};
        if (maybe())
            question.factors.clear();
        if (maybe())
            question.continuity.reset();
        for (auto& part : question.parts)
            part.text = any_words();
        for (auto& choice : question.choices) {
            choice.label = any_words();
            choice.exclusive = maybe();
            choice.asks_reason = maybe();
            if (maybe())
                choice.remark = any_words();
            if (maybe())
                choice.published.clear();
        }
        if (out.kind == InstrumentKind::survey && maybe()) {
            question.choices.clear();
            question.type = maybe() ? QuestionType::number : QuestionType::text;
            if (question.type == QuestionType::number && maybe())
                question.minimum = *rc::gen::inRange(-10, 10);
            if (question.type == QuestionType::number && maybe())
                question.maximum = *rc::gen::inRange(10, 100);
        }
    }
    return out;
}

RC_GTEST_PROP(ToXlsform, BringsAnyInstrumentBackUnchanged, ())
{
    const Instrument instrument = any_instrument();
    RC_ASSERT(wrong_in(instrument).empty());

    const std::string bytes = to_xlsform(instrument);
    const auto read = read_whole_xlsform(bytes);

    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == instrument);
    RC_ASSERT(to_xlsform(*read) == bytes);
}

RC_GTEST_PROP(ToYaml, BringsAnyInstrumentBackUnchanged, ())
{
    const Instrument instrument = any_instrument();

    const auto read = read_instrument(to_yaml(instrument), "any.yaml");

    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == instrument);
}

} // namespace
} // namespace beproefd::quickscan
