// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "quickscan/scan/views.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// What the settled answers of a scan come to. Pure: the same answers always give the same result, and everything in
/// it can be counted again from them. docs/reference/quickscan.md says how.
namespace beproefd::quickscan {

/// What an answer tells about the approach; every question has exactly one.
enum class Standing {
    strength,       ///< yes, with something to show
    unsupported,    ///< yes, without a link or a file
    blind_spot,     ///< no or partly
    unknown,        ///< nobody knows: a result of its own
    not_applicable, ///< does not count
    unanswered,
    answered, ///< a survey question: counted, not judged
};
BOOST_DESCRIBE_ENUM(Standing, strength, unsupported, blind_spot, unknown, not_applicable, unanswered, answered)

struct QuestionResult {
    std::string question;
    int number = 0;
    std::string theme;
    Words text;
    std::optional<AnswerValue> value;
    std::vector<std::string> parts;
    std::vector<std::string> values;
    std::optional<Fraction> points; ///< absent when the answer is not counted
    Standing standing = Standing::unanswered;
    std::string reason;
    std::vector<Proof> proofs;
    std::vector<Id<Action>> actions;
};
BOOST_DESCRIBE_STRUCT(QuestionResult, (),
                      (question, number, theme, text, value, parts, values, points, standing, reason, proofs,
                       actions))

struct ThemeResult {
    std::string theme;
    int number = 0;
    Words title;
    Score score;
    std::vector<std::string> strengths; ///< keys of questions, as in the other lists
    std::vector<std::string> blind_spots;
    std::vector<std::string> unknowns;
    std::vector<std::string> unsupported;
};
BOOST_DESCRIBE_STRUCT(ThemeResult, (), (theme, number, title, score, strengths, blind_spots, unknowns, unsupported))

/// An action of the previous scan that was done before this one.
struct Cause {
    Id<Action> id;
    std::string text;
    std::string owner_function;
    Day closed_on;
};
BOOST_DESCRIBE_STRUCT(Cause, (), (id, text, owner_function, closed_on))

enum class Direction { better, worse, same, other };
BOOST_DESCRIBE_ENUM(Direction, better, worse, same, other)

struct QuestionDifference {
    static constexpr auto schema_name = "QuestionChange";
    std::string question; ///< its key in this scan
    std::optional<AnswerValue> before;
    std::optional<AnswerValue> now;
    std::optional<Fraction> points_before;
    std::optional<Fraction> points_now;
    Direction direction = Direction::same; ///< other: at least one of both is not counted
    std::vector<Cause> causes;
};
BOOST_DESCRIBE_STRUCT(QuestionDifference, (), (question, before, now, points_before, points_now, direction, causes))

struct ThemeDifference {
    static constexpr auto schema_name = "ThemeChange";
    std::string theme;
    Score before; ///< of the questions that both scans share
    Score now;
};
BOOST_DESCRIBE_STRUCT(ThemeDifference, (), (theme, before, now))

/// What changed since the previous scan of the same municipality, on the questions that can be compared.
struct ChangeSince {
    Id<Scan> previous;
    Day period_from;
    Day period_to;
    int instrument_version = 0;
    std::vector<std::string> compared;
    std::vector<std::string> not_compared;
    Score before;
    Score now;
    std::vector<ThemeDifference> themes;
    std::vector<QuestionDifference> questions; ///< only those that changed or had an action
};
BOOST_DESCRIBE_STRUCT(ChangeSince, (),
                      (previous, period_from, period_to, instrument_version, compared, not_compared, before, now,
                       themes, questions))

enum class RiskLevel { none, attention, risk, unknown };
BOOST_DESCRIBE_ENUM(RiskLevel, none, attention, risk, unknown)

/// Whether the approach would go on when a person, the money or the analysis falls away.
struct ContinuityFinding {
    ContinuityRisk kind = ContinuityRisk::one_person;
    RiskLevel level = RiskLevel::none;
    std::string question; ///< the answer it follows from
    std::optional<AnswerValue> value;
    bool before_too = false;      ///< it was a risk, a point of attention or unknown in the previous scan as well
    std::optional<int> functions; ///< one_person: how many functions took part in settling
};
BOOST_DESCRIBE_STRUCT(ContinuityFinding, (), (kind, level, question, value, before_too, functions))

/// How the individual round differed; absent once that is removed.
struct ResultDifference {
    std::string question;
    bool differs = false;
    bool domains_differ = false;
};
BOOST_DESCRIBE_STRUCT(ResultDifference, (), (question, differs, domains_differ))

struct ScanResult {
    Id<Scan> scan_id;
    InstrumentReference instrument;
    Day period_from;
    Day period_to;
    SizeClass size_class = SizeClass::medium;
    ScanState state = ScanState::draft;
    std::optional<Instant> closed_at;
    bool provisional = true; ///< the scan is not closed yet
    Score total;
    std::vector<ThemeResult> themes;       ///< all themes, in their order
    std::vector<QuestionResult> questions; ///< all questions, in their order
    std::vector<std::string> strengths;
    std::vector<std::string> blind_spots;
    std::vector<std::string> unknowns;
    std::vector<std::string> unsupported;
    std::vector<std::string> unanswered;
    std::optional<ChangeSince> change; ///< absent when there is no previous scan, or none that can be compared
    std::vector<ContinuityFinding> continuity;
    std::vector<ResultDifference> differences;
    std::vector<std::string> participants;
};
BOOST_DESCRIBE_STRUCT(ScanResult, (),
                      (scan_id, instrument, period_from, period_to, size_class, state, closed_at, provisional, total,
                       themes, questions, strengths, blind_spots, unknowns, unsupported, unanswered, change,
                       continuity, differences, participants))

/// The previous scan, with what was settled and done.
struct PreviousScan {
    Scan scan;
    std::vector<Settled> settled;
    std::vector<Action> actions;
};

/// What a weak point is: no, partly, unknown, or a yes without support.
constexpr bool is_weak(Standing standing)
{
    return standing == Standing::blind_spot || standing == Standing::unknown || standing == Standing::unsupported;
}

Standing standing_of(const Question& question, const Settled* settled);

/// instrument in the words for the scan's size class.
ScanResult result_of(const Instrument& instrument, const Scan& scan, std::span<const Settled> settled,
                     std::span<const Action> actions, const std::optional<PreviousScan>& previous);

/// Weak points without an action, in the order of the questions.
std::vector<SuggestedAction> suggestions(const Instrument& instrument, std::span<const Settled> settled,
                                         std::span<const Action> actions);

InstrumentReference reference_to(const Instrument& instrument);

} // namespace beproefd::quickscan
