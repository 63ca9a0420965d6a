// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/catalogue.hpp"

#include "figures/published.hpp"
#include "platform/core/sha256.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/sentences.hpp"
#include "quickscan/instrument/reading.hpp"
#include "quickscan/instrument/scoring.hpp"
#include "vocabulary/service.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace beproefd::quickscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::filesystem::path data = BEPROEFD_SOURCE_DIR "/data";

std::string content(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

const Instrument& quickscan()
{
    const auto* found = shipped_instruments().current("quickscan-local-approach");
    if (!found)
        throw std::logic_error("the quickscan is not shipped");
    return *found;
}

/// One line of data/published/quickscan_questions.csv: what the requirement fixes about each question.
struct PublishedQuestion {
    int number = 0;
    std::string block;
    std::string theme;
    std::string theme_nl;
    std::string theme_en;
    std::string question_nl;
    std::string question_en;
    Wording status = Wording::official;
    WordingConfidence confidence = WordingConfidence::high;
    std::string line;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(PublishedQuestion, (),
                      (number, block, theme, theme_nl, theme_en, question_nl, question_en, status, confidence, line,
                       note))

TEST(Quickscan, HasTwelveThemesFifteenBlocksAndTwentySixQuestions)
{
    EXPECT_THAT(quickscan().themes, SizeIs(12));
    EXPECT_THAT(quickscan().blocks, SizeIs(15));
    EXPECT_THAT(quickscan().questions, SizeIs(26));
}

TEST(Quickscan, PutsEachQuestionUnderTheThemeBlockLineAndConfidenceOfTheRequirement)
{
    const std::string path = data / "published/quickscan_questions.csv";
    const auto published = describe::read_csv<PublishedQuestion>(content(path), path);

    ASSERT_TRUE(published) << describe::explain(published.error(), describe::Language::en);
    ASSERT_THAT(*published, SizeIs(26));
    std::map<std::string, std::string> blocks; ///< printed name of the block → ours
    for (std::size_t i = 0; i < published->size(); ++i) {
        const auto& expected = (*published)[i];
        const auto& question = quickscan().questions[i];
        SCOPED_TRACE(question.key);
        EXPECT_EQ(question.number, expected.number);
        EXPECT_EQ(question.theme, expected.theme);
        EXPECT_EQ(quickscan().theme(question.theme)->title, (Words{expected.theme_nl, expected.theme_en}));
        EXPECT_EQ(question.wording, expected.status);
        EXPECT_EQ(question.confidence, expected.confidence);
        EXPECT_EQ(blocks.emplace(expected.block, *question.block).first->second, *question.block);
        ASSERT_FALSE(question.sources.empty());
        EXPECT_EQ(question.sources[0].document, "quickscan-format");
        EXPECT_TRUE(question.sources[0].lines->starts_with(expected.line)) << *question.sources[0].lines;
    }
    EXPECT_THAT(blocks, SizeIs(15));
}

TEST(Quickscan, AsksEachQuestionWithPartsThatCanBeCheckedInTheirTurn)
{
    for (const auto& question : quickscan().questions) {
        SCOPED_TRACE(question.key);
        EXPECT_GE(question.parts.size(), 2u);
        EXPECT_LE(question.parts.size(), 6u);
    }
}

TEST(Quickscan, GivesSmallMunicipalitiesTheirOwnWordsWhereTheSourceDoes) // questions 12 to 15 and 24 (R9)
{
    std::vector<int> numbers;
    for (const auto& question : quickscan().questions) {
        if (for_size(question, SizeClass::small) != for_size(question, SizeClass::large))
            numbers.push_back(question.number);
        EXPECT_EQ(for_size(question, SizeClass::medium).text, question.text);
    }

    EXPECT_THAT(numbers, ElementsAre(12, 13, 14, 15, 24));
}

TEST(Quickscan, SaysWhichQuestionsTellAboutContinuity)
{
    std::map<ContinuityRisk, std::string> found;
    for (const auto& question : quickscan().questions) {
        if (question.continuity)
            found[*question.continuity] += question.key;
    }

    EXPECT_EQ(found, (std::map<ContinuityRisk, std::string>{{ContinuityRisk::one_person, "q20"},
                                                            {ContinuityRisk::external_money, "q21"},
                                                            {ContinuityRisk::deputy, "q24"},
                                                            {ContinuityRisk::analysis_age, "q6"}}));
}

void expect_both(const Words& words, std::string_view where)
{
    EXPECT_FALSE(words.nl.empty() || words.en.empty()) << where;
    EXPECT_NE(words.nl, words.en) << where;
}

TEST(ShippedInstruments, SayEverythingInDutchAndInEnglish)
{
    for (const auto& instrument : shipped_instruments().all()) {
        SCOPED_TRACE(instrument.key);
        expect_both(instrument.introduction, "introduction");
        for (const auto& block : instrument.blocks)
            expect_both(block.text, block.key);
        for (const auto& question : instrument.questions) {
            expect_both(question.text, question.key);
            for (const auto* words : {&question.explanation, &question.why, &question.green, &question.action}) {
                if (*words)
                    expect_both(**words, question.key);
            }
            for (const auto& hint : question.hints)
                expect_both(hint, question.key);
            for (const auto& part : question.parts)
                expect_both(part.text, question.key + part.key);
            for (const auto& variant : question.variants) {
                for (const auto* words : {&variant.text, &variant.explanation, &variant.green, &variant.action}) {
                    if (*words)
                        expect_both(**words, question.key + " variant");
                }
            }
        }
    }
}

TEST(ShippedInstruments, ReadBackTheSameFromOneFile)
{
    for (const auto& instrument : shipped_instruments().all()) {
        const auto again = read_instrument(to_yaml(instrument), "again.yaml");

        ASSERT_TRUE(again) << describe::explain(again.error(), describe::Language::en);
        EXPECT_EQ(*again, instrument);
    }
}

/// The last line of "33" or "63-70".
std::int64_t last_line(const std::string& lines) { return std::stoll(lines.substr(lines.find('-') + 1)); }

TEST(ShippedInstruments, RestOnPlacesThatTheDocumentsHave)
{
    const auto published = figures::read_published(data / "published");
    ASSERT_TRUE(published) << describe::explain(published.error(), describe::Language::en);
    const auto expect_place = [&](const std::string& document, const std::optional<std::string>& lines) {
        const auto found = std::find_if(published->documents.begin(), published->documents.end(),
                                        [&](const figures::Document& one) { return one.id == document; });
        ASSERT_NE(found, published->documents.end()) << document;
        if (lines) {
            EXPECT_LE(last_line(*lines), found->lines.value()) << document << " " << *lines;
        }
    };

    for (const auto& instrument : shipped_instruments().all()) {
        for (const auto& source : instrument.sources)
            expect_place(source.document, source.lines);
        for (const auto& block : instrument.blocks) {
            for (const auto& source : block.sources)
                expect_place(source.document, source.lines);
        }
        for (const auto& question : instrument.questions) {
            for (const auto& source : question.sources)
                expect_place(source.document, source.lines);
        }
    }
    for (const auto& list : vocabulary::shipped()) {
        for (const auto& term : list.terms) {
            for (const auto& source : term.sources) {
                if (source.document)
                    expect_place(*source.document, source.lines);
            }
        }
    }
}

TEST(Survey2015, LinksItsAnswersToThePublishedFiguresWithTheirValues)
{
    const auto published = figures::read_published(data / "published");
    ASSERT_TRUE(published) << describe::explain(published.error(), describe::Language::en);
    const auto* survey = shipped_instruments().current("survey-2015");
    ASSERT_TRUE(survey);

    std::map<std::string, std::optional<double>> linked; ///< figure → value
    for (const auto& question : survey->questions) {
        for (const auto& choice : question.choices) {
            for (const auto& count : choice.published) {
                const auto figure = std::find_if(published->figures.begin(), published->figures.end(),
                                                 [&](const figures::Figure& one) { return one.key == count.figure; });
                ASSERT_NE(figure, published->figures.end()) << count.figure << " is not held";
                EXPECT_EQ(count.printed, figure->kind != figures::Kind::not_printed) << count.figure;
                EXPECT_EQ(count.printed, figure->value.has_value()) << count.figure;
                linked[count.figure] = figure->value;
                for (const auto& other : count.together)
                    EXPECT_TRUE(std::any_of(question.choices.begin(), question.choices.end(), [&](const Choice& one) {
                        return one.key == other;
                    })) << other;
            }
        }
    }

    const std::map<std::string, std::optional<double>> expected{
        {"survey-issues~radicalisation~count", 46},
        {"survey-issues~nuisance~count", std::nullopt},
        {"survey-issues~distrust~count", 27},
        {"survey-issues~houses-of-worship~count", 23},
        {"survey-issues~discrimination~count", 21},
        {"survey-issues~tensions~count", 19},
        {"survey-capacity~safety-official~count", 49},
        {"survey-capacity~social-official~count", 29},
        {"survey-capacity~capacity-insufficient~count", 14},
        {"survey-capacity~contact-incidental~count", 22},
        {"survey-capacity~contact-structural~count", 19},
        {"survey-capacity~bridge~count", 24},
        {"survey-capacity~policy-developed~count", 20},
        {"survey-capacity~policy-in-development~count", 25},
        {"survey-reporting-points~internal~count", 20},
        {"survey-reporting-points~external~count", 4},
        {"survey-reporting-points~starting~count", 7},
        {"survey-knowledge~officials~done", 39},
        {"survey-knowledge~officials~wanted", 22},
        {"survey-knowledge~police~done", 39},
        {"survey-knowledge~police~wanted", std::nullopt},
        {"survey-knowledge~teachers~done", 20},
        {"survey-knowledge~teachers~wanted", 35},
        {"survey-knowledge~front-line~done", 28},
        {"survey-knowledge~front-line~wanted", 27},
        {"survey-knowledge~key-persons~done", std::nullopt},
        {"survey-knowledge~key-persons~wanted", std::nullopt},
        {"survey-knowledge~parents~done", std::nullopt},
        {"survey-knowledge~parents~wanted", std::nullopt},
        {"survey-needs-municipalities~exchange~count", 31},
        {"survey-needs-municipalities~network~count", 28},
        {"survey-needs-municipalities~policy-support~count", 24},
        {"survey-needs-municipalities~local-analysis~count", 15},
        {"survey-needs-municipalities~communication~count", 7},
        {"survey-needs-municipalities~script~count", 6},
        {"survey-needs-municipalities~cases~count", std::nullopt},
        {"survey-needs-professionals~education~count", 24},
        {"survey-needs-professionals~care~count", 20},
        {"survey-needs-professionals~neighbourhood-teams~count", 18},
        {"survey-needs-society~awareness~count", 20},
        {"survey-needs-society~key-person-networks~count", 18},
        {"survey-needs-society~parenting~count", 16},
        {"survey-needs-society~mediation~count", std::nullopt}};
    EXPECT_EQ(linked, expected);
}

TEST(Survey2015, KeepsDoneAndWantedAsIndependentMarks) // R13
{
    const auto* survey = shipped_instruments().current("survey-2015");
    ASSERT_TRUE(survey);
    const auto teachers = std::find_if(survey->questions.begin(), survey->questions.end(), [](const Question& one) {
        return one.choices[0].published.size() == 1 &&
               one.choices[0].published[0].figure == "survey-knowledge~teachers~done";
    });
    ASSERT_NE(teachers, survey->questions.end());

    EXPECT_THAT(wrong_in(*teachers, {teachers->key, std::nullopt, {}, {"done", "wanted"}}), IsEmpty());
    EXPECT_THAT(wrong_in(*teachers, {teachers->key, std::nullopt, {}, {"done", "neither"}}), SizeIs(1));
}

/// "sum  path", one published file a line.
std::map<std::string, std::string> kept_sums()
{
    std::map<std::string, std::string> sums;
    std::istringstream lines{content(data / "instruments/published.sha256")};
    for (std::string sum, path; lines >> sum >> path;)
        sums[path] = sum;
    return sums;
}

/// The files of a version: KEY/VERSION.yaml and what lies in KEY/VERSION/.
std::vector<std::filesystem::path> files_of(const Instrument& instrument)
{
    const auto folder = data / "instruments" / instrument.key;
    std::vector<std::filesystem::path> files{folder / fmt::format("{}.yaml", instrument.version)};
    const auto parts = folder / std::to_string(instrument.version);
    if (std::filesystem::exists(parts)) {
        for (const auto& entry : std::filesystem::directory_iterator{parts})
            files.push_back(entry.path());
    }
    return files;
}

TEST(ShippedInstruments, NeverChangeOnceTheyArePublished)
{
    const auto sums = kept_sums();
    std::set<std::string> seen;

    for (const auto& instrument : shipped_instruments().all()) {
        if (instrument.status == VersionStatus::draft)
            continue;
        for (const auto& file : files_of(instrument)) {
            const std::string path = std::filesystem::relative(file, data / "instruments").string();
            seen.insert(path);
            ASSERT_TRUE(sums.contains(path)) << path << " is published and has no line in published.sha256";
            EXPECT_EQ(sums.at(path), sha256_hex(content(file)))
                << path
                << " is published and may not change; make a next version (docs/how-to/make-an-instrument.md)";
        }
    }

    EXPECT_EQ(sums.size(), seen.size()) << "published.sha256 names a file that is gone";
}

Instrument small(std::string key, int version, VersionStatus status = VersionStatus::draft)
{
    Instrument made = quickscan();
    made.key = std::move(key);
    made.version = version;
    made.status = status;
    made.crosswalks.clear();
    return made;
}

TEST(Instruments, GiveNewScansThePublishedVersion)
{
    const auto all = Instruments::of({small("a", 3), small("a", 2, VersionStatus::published),
                                      small("a", 1, VersionStatus::retired), small("b", 1)});

    ASSERT_TRUE(all);
    EXPECT_EQ(all->current("a")->version, 2);
    EXPECT_EQ(all->current("b"), nullptr);
    EXPECT_EQ(all->find("a", 3)->version, 3);
}

TEST(Instruments, ShowNoDraftsToThePublic)
{
    const auto all = Instruments::of({small("a", 2), small("a", 1, VersionStatus::published)});

    ASSERT_TRUE(all);
    EXPECT_THAT(all->list().items, SizeIs(1));
    EXPECT_FALSE(all->instrument("a", 2));
    EXPECT_TRUE(all->instrument("a", 1));
}

TEST(Instruments, RefuseTwoPublishedVersionsAndACrosswalkThatLeavesOutAQuestion)
{
    auto second = small("a", 2, VersionStatus::published);
    Crosswalk crosswalk{1, {}};
    for (const auto& question : second.questions)
        crosswalk.map.push_back({question.key, question.key, CrosswalkHow::same, {}, std::nullopt});
    crosswalk.map[3] = {"q99", "q4", CrosswalkHow::same, {}, std::nullopt};
    second.crosswalks.push_back(crosswalk);

    const auto all = Instruments::of({small("a", 1, VersionStatus::published), second});

    ASSERT_FALSE(all);
    std::vector<std::string> codes;
    for (const auto& error : all.error().fields)
        codes.push_back(error.code + " " + error.parameters.at(0).second);
    EXPECT_THAT(codes, testing::UnorderedElementsAre("published-twice a", "unknown-key q99", "crosswalk-misses q4"));
}

} // namespace
} // namespace beproefd::quickscan
