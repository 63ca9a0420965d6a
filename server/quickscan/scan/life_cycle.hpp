// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/words.hpp"

#include <boost/describe.hpp>

#include <span>
#include <string>
#include <vector>

namespace beproefd::quickscan {

enum class ScanState {
    draft,     ///< being prepared; nobody answers yet
    open,      ///< each respondent answers alone and sees nobody else
    consensus, ///< answers are compared and settled together
    closed,    ///< the result stands; actions go on
    archived,  ///< the individual answers are gone; the settled ones stay
};
BOOST_DESCRIBE_ENUM(ScanState, draft, open, consensus, closed, archived)

/// One step that a scan may take.
struct Transition {
    static constexpr auto schema_name = "ScanTransition";
    ScanState from = ScanState::draft;
    ScanState to = ScanState::draft;
    bool needs_reason = false; ///< going back or stopping is told why, in the audit trail
    bool needs_everything_settled = false;
    bool removes_individual_answers = false;
    bool operator==(const Transition&) const = default;
};
BOOST_DESCRIBE_STRUCT(Transition, (), (from, to, needs_reason, needs_everything_settled, removes_individual_answers))

/// The whole life of a scan; what does not stand here cannot happen. docs/reference/quickscan.md shows the same
/// table.
std::span<const Transition> life_cycle();

/// Null when there is no such step.
const Transition* transition(ScanState from, ScanState to);

} // namespace beproefd::quickscan
