// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/questionnaire.hpp"

#include "quickscan/instrument/service.hpp"
#include "quickscan/round/round.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace beproefd::quickscan::national {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

/// A survey with one question of each type.
Instrument survey()
{
    Instrument instrument;
    instrument.key = "survey";
    instrument.version = 1;
    const auto question = [](std::string key, QuestionType type, std::vector<std::string> choices) {
        Question result;
        result.key = std::move(key);
        result.type = type;
        for (auto& choice : choices) {
            Choice made;
            made.key = std::move(choice);
            result.choices.push_back(std::move(made));
        }
        return result;
    };
    instrument.questions = {question("q1", QuestionType::choose_one, {"internal", "external", "none"}),
                            question("q2", QuestionType::choose_many, {"teachers", "police"}),
                            question("q3", QuestionType::number, {}), question("q4", QuestionType::text, {})};
    return instrument;
}

} // namespace

TEST(Questionnaires, CountEachQuestionOfTheQuickscanOnItsScale)
{
    const auto questionnaire = questionnaire_of(*shipped_instruments().find("quickscan-local-approach", 1));

    ASSERT_EQ(questionnaire.items.size(), 26u);
    EXPECT_EQ(questionnaire.themes.size(), 12u);
    EXPECT_THAT(questionnaire.counted()[5].answers, ElementsAre("yes", "partly", "no", "unknown", "not_applicable"));
}

TEST(Questionnaires, CountEachChoiceOfSeveralByItselfAndNeverFreeTextOrNumbers)
{
    const auto questionnaire = questionnaire_of(survey());

    std::vector<std::string> keys;
    for (const auto& item : questionnaire.items)
        keys.push_back(item.key);
    EXPECT_THAT(keys, ElementsAre("q1", "q2.teachers", "q2.police"));
    EXPECT_THAT(questionnaire.counted()[0].answers, ElementsAre("internal", "external", "none", "unknown"));
    EXPECT_THAT(questionnaire.counted()[1].answers, ElementsAre("chosen", "not_chosen", "unknown"));
}

TEST(Questionnaires, PutEveryPublishedFigureOf2015BesideTheAnswerThatItCounted)
{
    const auto& survey = *shipped_instruments().find("survey-2015", 1);
    const auto questionnaire = questionnaire_of(survey);
    std::map<std::string, std::vector<PublishedCount>> shown; // question and choice
    for (const auto& item : questionnaire.items)
        for (const auto& answer : item.answers)
            if (!answer.published.empty())
                shown.emplace(item.choice ? item.key : item.key + "." + answer.key, answer.published);

    std::map<std::string, std::vector<PublishedCount>> held;
    for (const auto& question : survey.questions)
        for (const auto& choice : question.choices)
            if (!choice.published.empty())
                held.emplace(question.key + "." + choice.key, choice.published);

    EXPECT_EQ(shown, held);
    EXPECT_EQ(shown.at("q4.structural").front().figure, "survey-capacity~contact-structural~count");
    EXPECT_FALSE(shown.contains("q4.none")) << "the document counted nobody there, which is not 0";
    EXPECT_THAT(shown.at("q6.internal").front().together, ElementsAre("public"));
}

TEST(WhatLeaves, IsTheValueOfAPartlyWithoutItsParts)
{
    const auto& quickscan = *shipped_instruments().find("quickscan-local-approach", 1);
    const std::vector<SettledAnswer> settled{{"q1", AnswerValue::partly, {"a", "b"}, {}}};

    EXPECT_THAT(items_of(quickscan, settled), ElementsAre(Pair("q1", "partly")));
}

TEST(WhatLeaves, HoldsNoFreeTextAndNoNumber)
{
    const std::vector<SettledAnswer> settled{{"q1", {}, {}, {"external"}},
                                             {"q2", {}, {}, {"police"}},
                                             {"q3", {}, {}, {"12"}},
                                             {"q4", {}, {}, {"our own words"}}};

    EXPECT_THAT(items_of(survey(), settled), UnorderedElementsAre(Pair("q1", "external"), Pair("q2.police", "chosen"),
                                                                  Pair("q2.teachers", "not_chosen")));
}

TEST(WhatLeaves, KeepsUnknownApartFromNotChosen)
{
    const std::vector<SettledAnswer> settled{{"q2", AnswerValue::unknown, {}, {}}};

    EXPECT_THAT(items_of(survey(), settled),
                UnorderedElementsAre(Pair("q2.police", "unknown"), Pair("q2.teachers", "unknown")));
}

TEST(Rounds, GoFromDraftToPublishedAndNeverBackFromThere)
{
    EXPECT_TRUE(step(RoundState::draft, RoundState::open, ""));
    EXPECT_TRUE(step(RoundState::open, RoundState::closed, ""));
    EXPECT_TRUE(step(RoundState::closed, RoundState::published, ""));
    for (const auto to : {RoundState::draft, RoundState::open, RoundState::closed})
        EXPECT_EQ(step(RoundState::published, to, "because").error().reason.code, "round-step");
    EXPECT_FALSE(step(RoundState::open, RoundState::published, ""));
}

TEST(Rounds, AreOpenedAgainOnlyWithAReason)
{
    EXPECT_EQ(step(RoundState::closed, RoundState::open, "").error().reason.code, "round-step-needs-reason");
    EXPECT_TRUE(step(RoundState::closed, RoundState::open, "een gemeente meldde een fout"));
}

} // namespace beproefd::quickscan::national
