// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/scoring.hpp"

#include "quickscan/instrument/reading.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace beproefd::quickscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Question question(std::string key, std::string theme, std::size_t parts)
{
    Question out;
    out.key = std::move(key);
    out.theme = std::move(theme);
    for (std::size_t i = 0; i < parts; ++i)
        out.parts.push_back({std::string(1, static_cast<char>('a' + i)), {}});
    return out;
}

Band band(std::string key, std::int64_t from, std::int64_t to)
{
    return {std::move(key), *Whole<0, 100>::from(from), *Whole<0, 100>::from(to), {}, {}};
}

/// Theme T1 with questions of 2, 3 and 4 parts, theme T2 with one question without parts.
Instrument instrument()
{
    Instrument out;
    out.version = 1;
    out.scoring = ScoringRule{*Whole<0, 1>::from(1),
                              PartlyRule::share_of_parts,
                              *Whole<0, 1>::from(0),
                              {AnswerValue::unknown, AnswerValue::not_applicable},
                              {}};
    out.themes = {{"T1", 1, {}}, {"T2", 2, {}}};
    out.bands = {band("low", 0, 40), band("middle", 40, 75), band("high", 75, 100)};
    out.questions = {question("q1", "T1", 2), question("q2", "T1", 3), question("q3", "T1", 4),
                     question("q4", "T2", 0)};
    return out;
}

SettledAnswer answer(std::string question, AnswerValue value, std::vector<std::string> parts = {})
{
    return {std::move(question), value, std::move(parts), {}};
}

std::vector<std::string> codes(const std::vector<FieldError>& errors)
{
    std::vector<std::string> out;
    for (const auto& error : errors)
        out.push_back(error.code + " " + error.pointer);
    return out;
}

TEST(Score, CountsYesAsOneNoAsZeroAndPartlyAsTheShareOfItsParts)
{
    const std::vector answers{answer("q1", AnswerValue::yes), answer("q2", AnswerValue::partly, {"b"}),
                              answer("q3", AnswerValue::no)};

    const auto scores = score(instrument(), answers);

    const Score& theme = scores.themes[0];
    EXPECT_EQ(theme.points, Fraction::of(4, 3)); // 1 + 1/3 + 0
    EXPECT_EQ(theme.counted, 3);
    EXPECT_EQ(*theme.score, Fraction::of(4, 9));
    EXPECT_EQ(*theme.percent, 44);
    EXPECT_EQ(*theme.band, "middle");
}

TEST(Score, LeavesUnknownAndNotApplicableOutOfTheDenominator)
{
    const std::vector answers{answer("q1", AnswerValue::yes), answer("q2", AnswerValue::unknown),
                              answer("q3", AnswerValue::not_applicable)};

    const auto scores = score(instrument(), answers);

    EXPECT_EQ(scores.themes[0].counted, 1);
    EXPECT_EQ(*scores.themes[0].percent, 100);
    EXPECT_EQ(scores.themes[0].unknown, 1);
    EXPECT_EQ(scores.themes[0].not_applicable, 1);
    EXPECT_EQ(scores.total.unanswered, 1);
}

TEST(Score, HasNoScoreWhereNothingCounts) // which is not the same as 0
{
    const auto nothing = score(instrument(), std::vector{answer("q4", AnswerValue::unknown)});
    const auto zero = score(instrument(), std::vector{answer("q4", AnswerValue::no)});

    EXPECT_FALSE(nothing.themes[1].score);
    EXPECT_FALSE(nothing.themes[1].band);
    EXPECT_EQ(*zero.themes[1].score, Fraction::of(0));
    EXPECT_EQ(*zero.themes[1].band, "low");
}

TEST(Score, GivesHalfAPointForPartlyWhereAQuestionHasNoParts)
{
    const auto scores = score(instrument(), std::vector{answer("q4", AnswerValue::partly)});

    EXPECT_EQ(scores.themes[1].points, Fraction::of(1, 2));
}

TEST(Score, PutsTheEdgeOfABandInTheUpperOne)
{
    Instrument made = instrument();
    made.questions = {question("q1", "T1", 5), question("q2", "T1", 4)};

    const auto edge = score(made, std::vector{answer("q1", AnswerValue::partly, {"a", "b"})});       // 40 percent
    const auto below = score(made, std::vector{answer("q2", AnswerValue::partly, {"a"})});           // 25 percent
    const auto upper = score(made, std::vector{answer("q2", AnswerValue::partly, {"a", "b", "c"})}); // 75 percent
    const auto full = score(made, std::vector{answer("q2", AnswerValue::yes)});                      // 100 percent

    EXPECT_EQ(*edge.total.band, "middle");
    EXPECT_EQ(*below.total.band, "low");
    EXPECT_EQ(*upper.total.band, "high");
    EXPECT_EQ(*full.total.band, "high");
}

TEST(Score, LeavesAnswersToQuestionsThatAreNotThereAside)
{
    const auto scores = score(instrument(), std::vector{answer("q99", AnswerValue::yes)});

    EXPECT_EQ(scores.total.unanswered, 4);
    EXPECT_EQ(scores.total.counted, 0);
}

TEST(Score, GivesNoPointsWithoutAScoringRule)
{
    Instrument made = instrument();
    made.scoring.reset();

    const auto scores = score(made, std::vector{answer("q1", AnswerValue::yes)});

    EXPECT_EQ(scores.total.counted, 0);
    EXPECT_FALSE(scores.total.score);
}

RC_GTEST_PROP(Score, EqualsTheAnswersAlways, ())
{
    // Points as sixtieths, summed apart, must equal the fractions; and every question is in exactly one of the
    // counts.
    const Instrument made = instrument();
    std::vector<SettledAnswer> answers;
    std::int64_t sixtieths = 0;
    int counted = 0;
    for (const auto& one : made.questions) {
        const auto value = *rc::gen::inRange(0, 6);
        if (value == 5)
            continue; // not answered
        SettledAnswer given{one.key, static_cast<AnswerValue>(value), {}, {}};
        const auto parts = static_cast<int>(one.parts.size());
        if (*given.value == AnswerValue::partly) {
            const int held = parts == 0 ? 0 : *rc::gen::inRange(1, parts);
            for (int i = 0; i < held; ++i)
                given.parts.push_back(one.parts[static_cast<std::size_t>(i)].key);
            sixtieths += parts == 0 ? 30 : 60 * held / parts;
        } else if (*given.value == AnswerValue::yes) {
            sixtieths += 60;
        }
        counted += value <= 2 ? 1 : 0;
        RC_ASSERT(wrong_in(one, given).empty());
        answers.push_back(std::move(given));
    }

    const auto scores = score(made, answers);

    RC_ASSERT(scores.total.points == Fraction::of(sixtieths, 60));
    RC_ASSERT(scores.total.counted == counted);
    RC_ASSERT(scores.total.counted + scores.total.unknown + scores.total.not_applicable + scores.total.unanswered ==
              4);
    Fraction themes;
    for (const auto& theme : scores.themes)
        themes = themes + theme.points;
    RC_ASSERT(themes == scores.total.points);
}

TEST(Fraction, RoundsToWholePercentWithHalvesUp)
{
    EXPECT_EQ(Fraction::of(1, 3).percent(), 33);
    EXPECT_EQ(Fraction::of(2, 3).percent(), 67);
    EXPECT_EQ(Fraction::of(1, 8).percent(), 13);
    EXPECT_EQ(Fraction::of(0).percent(), 0);
    EXPECT_EQ(Fraction::of(5, 5).percent(), 100);
    EXPECT_EQ(Fraction::of(2, -4).numerator, -1);
}

TEST(WrongIn, AsksForPartsWithPartlyAndOnlyThen)
{
    const auto one = question("q3", "T1", 4);

    EXPECT_THAT(wrong_in(one, answer("q3", AnswerValue::partly, {"a", "d"})), IsEmpty());
    EXPECT_THAT(wrong_in(one, answer("q3", AnswerValue::yes)), IsEmpty());
    EXPECT_THAT(wrong_in(one, answer("q3", AnswerValue::yes, {"a", "b", "c", "d"})), IsEmpty());
    EXPECT_THAT(codes(wrong_in(one, answer("q3", AnswerValue::partly))), ElementsAre("partly-without-part /parts"));
    EXPECT_THAT(codes(wrong_in(one, answer("q3", AnswerValue::partly, {"a", "b", "c", "d"}))),
                ElementsAre("partly-with-all-parts /parts"));
    EXPECT_THAT(codes(wrong_in(one, answer("q3", AnswerValue::yes, {"a"}))),
                ElementsAre("yes-without-all-parts /parts"));
    EXPECT_THAT(codes(wrong_in(one, answer("q3", AnswerValue::no, {"a"}))),
                ElementsAre("parts-without-partly /parts"));
    EXPECT_THAT(codes(wrong_in(one, answer("q3", AnswerValue::partly, {"a", "x", "a"}))),
                ElementsAre("answer-unknown-key /parts/1", "key-twice /parts/2"));
    EXPECT_THAT(codes(wrong_in(one, {"q3", std::nullopt, {}, {"yes"}})),
                ElementsAre("answer-on-scale /values", "required /value"));
}

TEST(WrongIn, TakesChoicesNumbersAndTextOfOtherQuestions)
{
    Question choose;
    choose.type = QuestionType::choose_many;
    choose.choices = {
        {"left", {}, {}, false, false, {}}, {"right", {}, {}, false, false, {}}, {"none", {}, {}, true, false, {}}};
    Question number;
    number.type = QuestionType::number;
    number.minimum = 1;
    number.maximum = 10;
    const auto with = [](std::vector<std::string> values) {
        return SettledAnswer{"q1", std::nullopt, {}, std::move(values)};
    };

    EXPECT_THAT(wrong_in(choose, with({"left", "right"})), IsEmpty());
    EXPECT_THAT(wrong_in(choose, answer("q1", AnswerValue::unknown)), IsEmpty());
    EXPECT_THAT(codes(wrong_in(choose, with({"left", "none"}))), ElementsAre("answer-exclusive /values"));
    EXPECT_THAT(codes(wrong_in(choose, with({"up"}))), ElementsAre("answer-unknown-key /values/0"));
    EXPECT_THAT(codes(wrong_in(choose, with({}))), ElementsAre("required /values"));
    EXPECT_THAT(codes(wrong_in(choose, answer("q1", AnswerValue::yes))), ElementsAre("answer-not-on-scale /value"));
    choose.type = QuestionType::choose_one;
    EXPECT_THAT(codes(wrong_in(choose, with({"left", "right"}))), ElementsAre("answer-one-only /values"));
    EXPECT_THAT(wrong_in(number, with({"10"})), IsEmpty());
    EXPECT_THAT(codes(wrong_in(number, with({"11"}))), ElementsAre("range /values/0"));
    EXPECT_THAT(codes(wrong_in(number, with({"1.5"}))), ElementsAre("range /values/0"));
}

/// Version 2 of the instrument: q1 stays, q2 is reworded with other keys for its parts, q3 asks something else, q4 is
/// dropped, q5 is new.
Instrument second()
{
    Instrument out = instrument();
    out.version = 2;
    out.questions = {question("q1", "T1", 2), question("q2b", "T1", 3), question("q3", "T1", 4),
                     question("q5", "T2", 2)};
    out.questions[1].parts = {{"x", {}}, {"y", {}}, {"z", {}}};
    out.crosswalks = {{1,
                       {{"q1", "q1", CrosswalkHow::same, {}, {}},
                        {"q2", "q2b", CrosswalkHow::reworded, {{"a", "x"}, {"b", "y"}, {"c", "z"}}, {}},
                        {"q3", "q3", CrosswalkHow::changed, {}, {}},
                        {"q4", std::nullopt, CrosswalkHow::dropped, {}, {}},
                        {std::nullopt, "q5", CrosswalkHow::added, {}, {}}}}};
    return out;
}

TEST(Compare, SetsTwoVersionsSideBySideOnTheQuestionsTheyShare)
{
    const std::vector before{answer("q1", AnswerValue::no), answer("q2", AnswerValue::partly, {"b"}),
                             answer("q3", AnswerValue::no), answer("q4", AnswerValue::no)};
    const std::vector now{answer("q1", AnswerValue::yes), answer("q2b", AnswerValue::partly, {"x", "y"}),
                          answer("q3", AnswerValue::yes), answer("q5", AnswerValue::yes)};

    const auto compared = compare(second(), 1, before, now);

    ASSERT_TRUE(compared);
    EXPECT_THAT(compared->compared, ElementsAre("q1", "q2b"));
    EXPECT_THAT(compared->not_compared, ElementsAre("q3", "q5"));
    EXPECT_EQ(compared->before.total.points, Fraction::of(1, 3));
    EXPECT_EQ(compared->now.total.points, Fraction::of(5, 3));
    EXPECT_EQ(compared->before.total.counted, compared->now.total.counted);
}

TEST(Compare, ScoresAnUnchangedAnswerTheSameInBothVersions)
{
    const std::vector before{answer("q2", AnswerValue::partly, {"a", "c"})};

    const auto carried = carried_over(second(), 1, before);

    ASSERT_TRUE(carried);
    EXPECT_THAT(*carried, ElementsAre(answer("q2b", AnswerValue::partly, {"x", "z"})));
    EXPECT_EQ(score(second(), *carried).total.points, score(instrument(), before).total.points);
}

TEST(Compare, TakesAllQuestionsWithinOneVersionAndRefusesVersionsWithoutCrosswalk)
{
    const std::vector same{answer("q1", AnswerValue::yes)};

    const auto within = compare(instrument(), 1, same, same);
    const auto across = compare(instrument(), 7, same, same);

    ASSERT_TRUE(within);
    EXPECT_EQ(within->compared.size(), 4u);
    ASSERT_FALSE(across);
    EXPECT_EQ(across.error().reason.code, "no-crosswalk");
}

} // namespace
} // namespace beproefd::quickscan
