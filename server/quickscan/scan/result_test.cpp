// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/result.hpp"

#include "quickscan/instrument/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

using namespace beproefd;
using namespace beproefd::quickscan;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

const Instrument& first_version() { return *shipped_instruments().current("quickscan-local-approach"); }

/// A later version in which q1 became q2 and the other way round, q3 asks something else and q4 is new.
Instrument second_version()
{
    Instrument later = first_version();
    later.version = 2;
    Crosswalk crosswalk{.from_version = 1, .map = {}};
    const auto line = [](std::optional<std::string> from, std::optional<std::string> to, CrosswalkHow how) {
        return CrosswalkLine{.from = std::move(from), .to = std::move(to), .how = how, .parts = {}, .remark = {}};
    };
    crosswalk.map = {line("q1", "q2", CrosswalkHow::reworded), line("q2", "q1", CrosswalkHow::reworded),
                     line("q3", "q3", CrosswalkHow::changed), line("q4", std::nullopt, CrosswalkHow::dropped),
                     line(std::nullopt, "q4", CrosswalkHow::added)};
    for (int number = 5; number <= 26; ++number)
        crosswalk.map.push_back(line(fmt::format("q{}", number), fmt::format("q{}", number), CrosswalkHow::same));
    later.crosswalks = {crosswalk};
    return later;
}

Settled settled(std::string question, AnswerValue value, bool supported = false)
{
    Settled one;
    one.question = std::move(question);
    one.value = value;
    if (supported)
        one.proofs.value = {{ProofKind::link, "Programma", "https://a.example", {}}};
    return one;
}

Scan scan_of(const Instrument& instrument, int year)
{
    Scan scan;
    scan.id = Id<Scan>::create();
    scan.instrument_key = instrument.key;
    scan.instrument_version = instrument.version;
    scan.period_from = Day{year, 1, 1};
    scan.period_to = Day{year, 12, 31};
    scan.state = ScanState::closed;
    scan.closed_at = Instant::from_text(fmt::format("{}-12-20T09:00:00Z", year));
    return scan;
}

Action action(std::string question, ActionStatus status, std::optional<Day> closed_on)
{
    Action one;
    one.id = Id<Action>::create();
    one.question = std::move(question);
    one.description = "Doe iets";
    one.status = status;
    one.closed_on = closed_on;
    return one;
}

const ContinuityFinding& finding(const ScanResult& result, ContinuityRisk kind)
{
    for (const auto& one : result.continuity) {
        if (one.kind == kind)
            return one;
    }
    throw std::logic_error("no such finding");
}

using enum AnswerValue;

} // namespace

TEST(Result, TellsOfEachAnswerWhatItMeans)
{
    const auto& instrument = first_version();
    const std::vector all{settled("q1", yes, true), settled("q2", yes),     settled("q3", partly),
                          settled("q4", no),        settled("q5", unknown), settled("q6", not_applicable)};

    const auto result = result_of(instrument, scan_of(instrument, 2026), all, {}, {});

    EXPECT_THAT(result.strengths, ElementsAre("q1"));
    EXPECT_THAT(result.unsupported, ElementsAre("q2"));
    EXPECT_THAT(result.blind_spots, ElementsAre("q3", "q4"));
    EXPECT_THAT(result.unknowns, ElementsAre("q5"));
    EXPECT_EQ(result.unanswered.size(), 20u);
    EXPECT_EQ(result.total.counted, 4);
    EXPECT_EQ(result.change, std::nullopt);
}

TEST(Result, ComparesVersionsOnlyWhereTheyAskTheSame)
{
    const auto later = second_version();
    const auto earlier = scan_of(first_version(), 2025);
    PreviousScan previous{
        .scan = earlier,
        .settled = {settled("q1", no), settled("q2", yes), settled("q3", no), settled("q4", no), settled("q5", no)},
        .actions = {action("q1", ActionStatus::done, Day{2026, 5, 1}),
                    action("q3", ActionStatus::done, Day{2026, 5, 1}),
                    action("q5", ActionStatus::done, Day{2027, 5, 1}),
                    action("q5", ActionStatus::dropped, Day{2026, 5, 1}), action("q5", ActionStatus::open, {})}};
    const std::vector now{settled("q1", yes), settled("q2", yes), settled("q3", yes), settled("q4", yes),
                          settled("q5", yes)};

    const auto result = result_of(later, scan_of(later, 2026), now, {}, previous);

    ASSERT_TRUE(result.change);
    EXPECT_THAT(result.change->not_compared, ElementsAre("q3", "q4"));
    // q1 of last year is q2 now; it was no and became yes, with the action that did it.
    ASSERT_EQ(result.change->questions.size(), 2u);
    EXPECT_EQ(result.change->questions[0].question, "q2");
    EXPECT_EQ(result.change->questions[0].direction, Direction::better);
    EXPECT_EQ(result.change->questions[0].causes.size(), 1u);
    // What was dropped, is still open or was done after this scan closed caused nothing.
    EXPECT_EQ(result.change->questions[1].question, "q5");
    EXPECT_THAT(result.change->questions[1].causes, IsEmpty());
    // Points on shared questions only: q2 yes before; q1, q2 and q5 yes now.
    EXPECT_EQ(result.change->before.points, Fraction::of(1));
    EXPECT_EQ(result.change->now.points, Fraction::of(3));
}

TEST(Result, SaysNothingOfAVersionWithoutACrosswalk)
{
    const auto& instrument = first_version();
    auto earlier = scan_of(instrument, 2025);
    earlier.instrument_version = 7;

    const auto result = result_of(instrument, scan_of(instrument, 2026), std::vector{settled("q1", yes)}, {},
                                  PreviousScan{earlier, {settled("q1", no)}, {}});

    EXPECT_EQ(result.change, std::nullopt);
}

TEST(Result, ShowsTheRisksForContinuity)
{
    const auto& instrument = first_version();
    std::map<ContinuityRisk, std::string> question;
    for (const auto& one : instrument.questions) {
        if (one.continuity)
            question[*one.continuity] = one.key;
    }
    ASSERT_EQ(question.size(), 4u);
    const std::vector all{
        settled(question[ContinuityRisk::one_person], yes), settled(question[ContinuityRisk::external_money], no),
        settled(question[ContinuityRisk::deputy], partly), settled(question[ContinuityRisk::analysis_age], unknown)};
    auto scan = scan_of(instrument, 2026);
    scan.participants.value = {"dossierhouder"};
    const PreviousScan before{scan_of(instrument, 2025), {settled(question[ContinuityRisk::external_money], no)}, {}};

    const auto result = result_of(instrument, scan, all, {}, before);

    // One function settled everything: a point of attention, whatever it answered.
    EXPECT_EQ(finding(result, ContinuityRisk::one_person).level, RiskLevel::attention);
    EXPECT_EQ(finding(result, ContinuityRisk::one_person).functions, 1);
    EXPECT_EQ(finding(result, ContinuityRisk::external_money).level, RiskLevel::risk);
    EXPECT_TRUE(finding(result, ContinuityRisk::external_money).before_too);
    EXPECT_EQ(finding(result, ContinuityRisk::deputy).level, RiskLevel::attention);
    EXPECT_FALSE(finding(result, ContinuityRisk::deputy).before_too);
    EXPECT_EQ(finding(result, ContinuityRisk::analysis_age).level, RiskLevel::unknown);
}

TEST(Result, SuggestsAnActionForEachWeakPointWithoutOne)
{
    const std::vector all{settled("q1", yes, true), settled("q2", yes), settled("q3", no), settled("q4", unknown),
                          settled("q5", not_applicable)};
    const std::vector actions{action("q3", ActionStatus::open, {})};

    std::vector<std::string> questions;
    for (const auto& one : suggestions(first_version(), all, actions))
        questions.push_back(one.question);

    EXPECT_THAT(questions, ElementsAre("q2", "q4"));
}

TEST(LifeCycle, IsTheTableOfTheReference)
{
    std::ifstream file{BEPROEFD_SOURCE_DIR "/docs/reference/quickscan.md"};
    std::stringstream text;
    text << file.rdbuf();
    const auto page = text.str();
    const auto table = page.substr(0, page.find("| may be changed"));
    std::size_t rows = 0;
    for (auto at = table.find("\n| "); at != std::string::npos; at = table.find("\n| ", at + 1))
        ++rows;

    EXPECT_EQ(rows, life_cycle().size() + 1); // and the head
    for (const auto& step : life_cycle()) {
        const auto row = fmt::format("| {} | {} |", describe::Scalar<ScanState>::to(step.from),
                                     describe::Scalar<ScanState>::to(step.to));
        const auto found = table.find(row);
        ASSERT_NE(found, std::string::npos) << row;
        const auto line = table.substr(found, table.find('\n', found) - found);
        EXPECT_EQ(line.find("a reason") != std::string::npos, step.needs_reason) << line;
        EXPECT_EQ(line.find("every question settled") != std::string::npos, step.needs_everything_settled) << line;
        EXPECT_EQ(line.find("removed for good") != std::string::npos, step.removes_individual_answers) << line;
    }
}
