// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/bounded.hpp"
#include "platform/core/id.hpp"
#include "platform/core/result.hpp"
#include "platform/core/time.hpp"

#include <boost/describe.hpp>

#include <array>
#include <optional>
#include <string>

namespace beproefd::quickscan::national {

enum class RoundState {
    draft,     ///< being prepared; nobody else sees it
    open,      ///< municipalities hand in and may withdraw
    closed,    ///< what was handed in stays as it is
    published, ///< counted, withheld and frozen
};
BOOST_DESCRIBE_ENUM(RoundState, draft, open, closed, published)

/// A national round of one questionnaire.
struct SurveyRound {
    Id<SurveyRound> id;
    std::string instrument_key;
    std::int64_t instrument_version = 0;
    std::string title;
    std::string criterion;          ///< who may take part
    std::string method;             ///< how the answers came about
    std::string source;             ///< on whose word: the source per respondent
    std::string representativeness; ///< the remark that stands on every figure
    std::int64_t population = 0;    ///< how many could have handed in
    RoundState state = RoundState::draft;
    bool demonstration = false;
    std::optional<Day> opened_on{};
    std::optional<Day> closed_on{};
    std::optional<Day> published_on{};
    std::optional<Day> previewed_on{}; ///< since then it does not open again
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(SurveyRound, (),
                      (id, instrument_key, instrument_version, title, criterion, method, source, representativeness,
                       population, state, demonstration, opened_on, closed_on, published_on, previewed_on,
                       row_version))

/// One step in the life of a round.
struct RoundStep {
    RoundState from = RoundState::draft;
    RoundState to = RoundState::open;
    bool needs_reason = false;
    std::string_view action; ///< in the audit trail
};

/// The whole life cycle. What is not here cannot happen; a published round stays published.
inline constexpr std::array<RoundStep, 4> round_life_cycle{{
    {RoundState::draft, RoundState::open, false, "quickscan.open-round"},
    {RoundState::open, RoundState::closed, false, "quickscan.close-round"},
    {RoundState::closed, RoundState::open, true, "quickscan.reopen-round"},
    {RoundState::closed, RoundState::published, false, "quickscan.publish-round"},
}};

/// The step, or why it cannot be made. Refuses what the life cycle does not have and a missing reason.
Result<RoundStep> step(RoundState from, RoundState to, std::string_view reason);

namespace reasons {
inline constexpr Reason round_step{"round-step", "docs/reference/national-picture.md"};
inline constexpr Reason round_step_needs_reason{"round-step-needs-reason", "docs/reference/national-picture.md"};
inline constexpr Reason round_was_previewed{"round-was-previewed", "docs/reference/national-picture.md"};
inline constexpr Reason round_fixed{"round-fixed", "docs/reference/national-picture.md"};
inline constexpr Reason round_not_open{"round-not-open", "docs/reference/national-picture.md"};
inline constexpr Reason round_too_small{"round-too-small", "docs/reference/national-picture.md"};
inline constexpr Reason already_handed_in{"already-handed-in", "docs/reference/national-picture.md"};
inline constexpr Reason scan_not_closed{"hand-in-scan-not-closed", "docs/reference/national-picture.md"};
inline constexpr Reason other_questionnaire{"hand-in-other-questionnaire", "docs/reference/national-picture.md"};
inline constexpr Reason not_a_municipality{"hand-in-not-a-municipality", "docs/reference/national-picture.md"};
inline constexpr Reason demonstration_apart{"hand-in-demonstration-apart", "docs/reference/national-picture.md"};
inline constexpr Reason preview_needs_closed{"preview-needs-closed", "docs/reference/national-picture.md"};
} // namespace reasons

} // namespace beproefd::quickscan::national
