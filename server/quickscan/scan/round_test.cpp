// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/round.hpp"

#include "quickscan/instrument/catalogue.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace beproefd;
using namespace beproefd::quickscan;

namespace {

const Instrument& questionnaire() { return *shipped_instruments().current("quickscan-local-approach"); }

GivenAnswer given(Domain domain, AnswerValue value, bool show = false, std::string question = "q1")
{
    static int number = 0;
    GivenAnswer one{
        .domain = domain, .function = fmt::format("functie {}", ++number), .show_function = show, .answer = {}};
    one.answer.respondent_id = Id<Respondent>::create();
    one.answer.question = std::move(question);
    one.answer.value = value;
    return one;
}

QuestionRound first(const std::vector<GivenAnswer>& answers)
{
    return compare_round(questionnaire(), Id<Scan>::create(), answers).questions.front();
}

std::vector<Domain> shown(const QuestionRound& round)
{
    std::vector<Domain> domains;
    for (const auto& one : round.domains)
        domains.push_back(one.domain);
    return domains;
}

using enum Domain;
using enum AnswerValue;

} // namespace

TEST(Round, ShowsADomainApartFromThreeAnswersOn)
{
    const auto round = first({given(safety, yes), given(safety, no), given(safety, no), given(social, yes),
                              given(social, yes), given(social, yes)});

    EXPECT_EQ(shown(round), (std::vector{safety, social}));
    EXPECT_EQ(round.domains[0].distribution.no, 2);
    EXPECT_FALSE(round.domains_withheld);
    EXPECT_TRUE(round.differs);
    EXPECT_TRUE(round.domains_differ);
}

TEST(Round, HidesADomainWhenTheRestWouldFollowBySubtraction)
{
    // Safety alone would leave one answer: that of education.
    const auto round = first({given(safety, yes), given(safety, no), given(safety, no), given(education, unknown)});

    EXPECT_TRUE(round.domains.empty());
    EXPECT_TRUE(round.domains_withheld);
    EXPECT_EQ(round.distribution.unknown, 1);
}

TEST(Round, LetsTheSmallestDomainJoinARestThatIsTooSmall)
{
    const auto round = first({given(safety, yes), given(safety, yes), given(safety, yes), given(safety, yes),
                              given(social, no), given(social, no), given(social, no), given(partner, no)});

    EXPECT_EQ(shown(round), (std::vector{safety}));
    EXPECT_TRUE(round.domains_withheld);
}

TEST(Round, ShowsOneDistributionWhenFewAnswered)
{
    const auto round = first({given(safety, yes), given(social, no)});

    EXPECT_EQ(round.answered, 2);
    EXPECT_TRUE(round.domains.empty());
    EXPECT_EQ(round.distribution.yes, 1);
    EXPECT_EQ(round.distribution.no, 1);
}

TEST(Round, ShowsAFunctionOnlyByItsOwnChoice)
{
    const auto round = first({given(safety, yes, true), given(safety, no, true), given(social, no),
                              given(social, yes), given(social, unknown)});

    EXPECT_EQ(round.functions.size(), 2u);
    EXPECT_FALSE(round.functions_withheld);
}

TEST(Round, WithholdsFunctionsThatWouldGiveAwayWhoChoseOtherwise)
{
    // Four show their function: the answer of the fifth would follow.
    const auto round = first({given(safety, yes, true), given(safety, no, true), given(social, no, true),
                              given(social, yes, true), given(social, unknown)});

    EXPECT_TRUE(round.functions.empty());
    EXPECT_TRUE(round.functions_withheld);
}

TEST(Round, ShowsEveryFunctionWhenAllChoseIt)
{
    const auto round = first({given(safety, yes, true), given(social, no, true)});

    EXPECT_EQ(round.functions.size(), 2u);
}

TEST(Round, CountsUnknownsPerThemeDomainAndFunctionFromWhatIsShown)
{
    std::vector<GivenAnswer> answers;
    for (int i = 0; i < 3; ++i) {
        answers.push_back(given(safety, unknown, true, "q1"));
        answers.push_back(given(safety, yes, true, "q2"));
    }
    const auto comparison = compare_round(questionnaire(), Id<Scan>::create(), answers);
    const auto& theme = comparison.themes.front();

    EXPECT_EQ(theme.theme, "T1");
    EXPECT_EQ(theme.unknown, 3);
    EXPECT_EQ(theme.answered, 6);
    ASSERT_EQ(theme.domains.size(), 1u);
    EXPECT_EQ(theme.domains[0].unknown, 3);
    EXPECT_EQ(theme.domains[0].questions, 2);
    EXPECT_EQ(comparison.themes[1].answered, 0);
}

/// The curious colleague adds and subtracts whatever is shown. What that leaves is the finest division of the answers
/// into groups whose sums are known: each shown domain and the rest, without the functions that show themselves.
RC_GTEST_PROP(Round, LeavesTheCuriousColleagueNoGroupOfOneOrTwo, ())
{
    const auto size = *rc::gen::inRange(0, 13);
    std::vector<GivenAnswer> answers;
    for (int i = 0; i < size; ++i)
        answers.push_back(given(static_cast<Domain>(*rc::gen::inRange(0, 4)),
                                static_cast<AnswerValue>(*rc::gen::inRange(0, 5)), *rc::gen::inRange(0, 3) == 0));

    const auto round = first(answers);

    const auto in_shown = [&](Domain domain) {
        return std::any_of(round.domains.begin(), round.domains.end(),
                           [&](const DomainAnswers& one) { return one.domain == domain; });
    };
    int rest = round.answered;
    int rest_functions = 0;
    for (const auto& one : round.functions)
        rest_functions += in_shown(one.domain) ? 0 : 1;
    const bool something_apart = !round.domains.empty() || !round.functions.empty();
    for (const auto& domain : round.domains) {
        int functions = 0;
        for (const auto& one : round.functions)
            functions += one.domain == domain.domain ? 1 : 0;
        const int others = domain.answered - functions;
        RC_ASSERT(others == 0 || others >= smallest_shown_group);
        RC_ASSERT(domain.answered >= smallest_shown_group);
        rest -= domain.answered;
    }
    const int others = rest - rest_functions;
    if (something_apart)
        RC_ASSERT(others == 0 || others >= smallest_shown_group);

    // Nothing is invented: the parts add up to no more than the whole, and only who chose it shows a function.
    Distribution sum;
    for (const auto& domain : round.domains)
        sum.yes += domain.distribution.yes;
    RC_ASSERT(sum.yes <= round.distribution.yes);
    for (const auto& function : round.functions)
        RC_ASSERT(std::any_of(answers.begin(), answers.end(), [&](const GivenAnswer& one) {
            return one.function == function.function && one.show_function;
        }));
}
