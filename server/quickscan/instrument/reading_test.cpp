// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/reading.hpp"

#include "platform/describe/sentences.hpp"

#include <gmock/gmock.h>

namespace beproefd::quickscan {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

/// A survey of one question, ten lines.
std::string survey(std::string question_lines)
{
    return "key: tiny\n"
           "version: 1\n"
           "status: draft\n"
           "kind: survey\n"
           "title: {nl: \"Klein\", en: \"Tiny\"}\n"
           "introduction: {nl: \"Inleiding\", en: \"Introduction\"}\n"
           "reconstructed: false\n"
           "minutesPerQuestion: 1\n"
           "themes: [{key: T1, number: 1, title: {nl: \"Thema\", en: \"Theme\"}}]\n" +
           question_lines;
}

const std::string one_question = R"(questions:
  - key: q1
    number: 1
    theme: T1
    type: text
    text: {nl: "Wat?", en: "What?"}
    wording: own
)";

std::vector<std::string> errors(const Result<Instrument>& read)
{
    std::vector<std::string> out;
    for (const auto& error : read.error().fields)
        out.push_back(error.code + " " + error.pointer + " " + error.place);
    return out;
}

TEST(ReadInstrument, TakesAbsentListsForEmptyOnes)
{
    const auto read = read_instrument(survey(one_question), "tiny/1.yaml");

    ASSERT_TRUE(read) << describe::explain(read.error(), describe::Language::en);
    EXPECT_TRUE(read->bands.empty());
    EXPECT_TRUE(read->questions[0].parts.empty());
}

TEST(ReadInstrument, NamesFileLineAndPathOfEveryFaultOfSchemaAtOnce)
{
    const auto read = read_instrument(survey(R"(questions:
  - key: q1
    number: one
    theme: T1
    type: guess
    text: {nl: "Wat?"}
    wording: own
    colour: red
)"),
                                      "tiny/1.yaml");

    ASSERT_FALSE(read);
    EXPECT_THAT(errors(read), ElementsAre("integer /questions/0/number tiny/1.yaml:12:13",
                                          "enum /questions/0/type tiny/1.yaml:14:11",
                                          "required /questions/0/text/en tiny/1.yaml:15:11",
                                          "unknown-member /questions/0/colour tiny/1.yaml:17:13"));
}

TEST(ReadInstrument, NamesFileLineAndPathOfWhatOnlyARuleCanSee)
{
    const auto read = read_instrument(survey(R"(questions:
  - key: q1
    number: 2
    theme: T9
    type: choose_one
    text: {nl: "Wat?", en: "What?"}
    choices: [{key: a, label: {nl: "A", en: "A"}, exclusive: false, asksReason: false}]
    factors: [magic]
    sources: [{document: quickscan-2015, place: {nl: "ergens", en: "somewhere"}, lines: "9-3"}]
    wording: reconstructed
)"),
                                      "tiny/1.yaml");

    ASSERT_FALSE(read);
    EXPECT_THAT(errors(read), UnorderedElementsAre("question-number /questions/0/number tiny/1.yaml:12:13",
                                                   "unknown-key /questions/0/theme tiny/1.yaml:13:12",
                                                   "choices-needed /questions/0/choices tiny/1.yaml:16:14",
                                                   "unknown-key /questions/0/factors/0 tiny/1.yaml:17:15",
                                                   "source-lines /questions/0/sources/0/lines tiny/1.yaml:18:89",
                                                   "required /questions/0/confidence tiny/1.yaml:11:5",
                                                   "reconstructed-not-said /questions/0/wording tiny/1.yaml:19:14",
                                                   "not-in-order-of-questions /themes/0/key tiny/1.yaml:9:16"));
}

TEST(ReadInstrument, FindsQuestionsInOtherFilesAndSaysInWhichOneAFaultIs)
{
    const OtherFiles files = [](std::string_view path) -> std::optional<std::string> {
        if (path == "tiny/1/first.yaml")
            return one_question;
        if (path == "tiny/1/second.yaml")
            return "questions:\n  - {key: q1, number: 2, theme: T1, type: text, text: {nl: a, en: b}, wording: "
                   "own}\n";
        return std::nullopt;
    };

    const auto good = read_instrument(survey("questionFiles: [1/first.yaml]\n"), "tiny/1.yaml", files);
    const auto twice =
        read_instrument(survey("questionFiles: [1/first.yaml, 1/second.yaml]\n"), "tiny/1.yaml", files);
    const auto absent = read_instrument(survey("questionFiles: [1/third.yaml]\n"), "tiny/1.yaml", files);
    const auto outside = read_instrument(survey("questionFiles: [../secret.yaml]\n"), "tiny/1.yaml", files);

    ASSERT_TRUE(good);
    EXPECT_EQ(good->questions[0].text.en, "What?");
    EXPECT_THAT(errors(twice), ElementsAre("key-twice /questions/0/key tiny/1/second.yaml:2:11"));
    EXPECT_THAT(errors(absent), ElementsAre("question-file /questionFiles/0 tiny/1.yaml:10:17"));
    EXPECT_THAT(errors(outside), ElementsAre("question-file /questionFiles/0 tiny/1.yaml:10:17"));
}

TEST(ReadInstrument, WantsEverythingAScoredQuestionNeeds)
{
    Instrument scored;
    scored.key = "scored";
    scored.version = 1;
    scored.themes = {{"T1", 1, {"a", "b"}}};
    scored.questions.resize(1);
    scored.questions[0].key = "q1";
    scored.questions[0].number = 1;
    scored.questions[0].theme = "T1";
    const Words words{"tekst", "text"};
    scored.title = scored.introduction = scored.questions[0].text = words;
    scored.questions[0].parts = {{"a", words}};
    scored.bands = {{"low", *Whole<0, 100>::from(0), *Whole<0, 100>::from(50), words, words},
                    {"high", *Whole<0, 100>::from(60), *Whole<0, 100>::from(90), words, words}};

    std::vector<std::string> found;
    for (const auto& error : wrong_in(scored))
        found.push_back(error.code + " " + error.pointer);

    EXPECT_THAT(found, UnorderedElementsAre("required /scoring", "required /scaleRemark", "scale-incomplete /scale",
                                            "band-hole /bands/1/from", "band-hole /bands/1/to",
                                            "part-number /questions/0/parts", "required /questions/0/explanation",
                                            "required /questions/0/why", "required /questions/0/hints",
                                            "required /questions/0/scaleMeanings", "required /questions/0/green",
                                            "required /questions/0/action", "required /questions/0/sources"));
}

std::vector<std::string> faults(const Instrument& instrument)
{
    std::vector<std::string> found;
    for (const auto& error : wrong_in(instrument))
        found.push_back(error.code + " " + error.pointer);
    return found;
}

TEST(ReadInstrument, WantsBothLanguagesOfEveryText)
{
    auto read = read_instrument(survey(one_question), "tiny/1.yaml");
    ASSERT_TRUE(read);
    read->title.en.clear();
    read->questions[0].hints = {{"", "Only English"}};

    EXPECT_THAT(faults(*read), UnorderedElementsAre("required /title/en", "required /questions/0/hints/0/nl"));
}

TEST(ReadInstrument, WantsQuestionsOfOneThemeTogetherAndNamesThatAFormCanUse)
{
    auto read = read_instrument(survey(one_question), "tiny/1.yaml");
    ASSERT_TRUE(read);
    read->themes.push_back({"T2", 3, {"Twee", "Two"}});
    for (int number = 2; number <= 4; ++number) {
        read->questions.push_back(read->questions[0]);
        read->questions.back().number = number;
    }
    read->questions[1].key = "T1";       // the name of a theme
    read->questions[2].key = "3rd";      // not a name in a form
    read->questions[3].key = "q1_parts"; // the name of the parts of q1
    read->questions[1].theme = "T2";

    EXPECT_THAT(faults(*read),
                UnorderedElementsAre("theme-apart /questions/2/theme", "question-number /themes/1/number",
                                     "instrument-name /questions/1/key", "instrument-name /questions/2/key",
                                     "instrument-name /questions/3/key"));
}

TEST(ReadInstrument, NeverLetsUnknownCountAsZero)
{
    Instrument scored;
    scored.scoring = ScoringRule{};
    scored.scoring->not_counted = {AnswerValue::not_applicable, AnswerValue::no};

    std::vector<std::string> found;
    for (const auto& error : wrong_in(scored))
        found.push_back(error.code + " " + error.pointer);

    EXPECT_THAT(found, Contains("unknown-not-zero /scoring/notCounted"));
    EXPECT_THAT(found, Contains("scored-and-not-counted /scoring/notCounted/1"));
}

TEST(ReadInstrument, RefusesACrosswalkThatNamesAQuestionTwiceOrNotAtAll)
{
    auto read = read_instrument(survey(one_question), "tiny/1.yaml");
    ASSERT_TRUE(read);
    read->version = 2;
    read->crosswalks = {{2, {{"q1", "q2", CrosswalkHow::same, {}, {}}, {"q1", "q1", CrosswalkHow::dropped, {}, {}}}},
                        {1, {{"q0", std::nullopt, CrosswalkHow::dropped, {}, {}}}}};

    std::vector<std::string> found;
    for (const auto& error : wrong_in(*read))
        found.push_back(error.code + " " + error.pointer);

    EXPECT_THAT(found, UnorderedElementsAre(
                           "crosswalk-version /crosswalks/0/fromVersion", "unknown-key /crosswalks/0/map/0/to",
                           "key-twice /crosswalks/0/map/1/from", "crosswalk-dropped /crosswalks/0/map/1/to",
                           "crosswalk-misses /crosswalks/1/map"));
}

} // namespace
} // namespace beproefd::quickscan
