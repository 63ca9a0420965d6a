// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/picture/exchange.hpp"

#include <span>

namespace beproefd::statistics::picture {

/// The kinds of figures, as on the command line.
std::span<const std::string_view> kinds();

/// A figure as one SVG document with title, description and its numbers as a table. The title is the finding in one
/// sentence, the note under it says what it does not show.
///
/// forest, funnel: meta.rma. pre_post: test.t, test.wilcoxon, test.permutation or effect.standardised with pre and
/// post. its: design.its. did: design.did. qca_xy: qca.fit. truth_table: qca.truth_table. power_curve: power.t and
/// power.cluster. attrition: a list context.steps of {label, n, reason} with any method. Refuses other combinations.
Outcome<std::string> plot(std::string_view kind, const Exchange& exchange, const Texts& texts);

/// Two or three plain sentences: the estimate with its interval, the number and the design, and what cannot be
/// concluded. Refuses a method for which there are no sentences.
Outcome<std::string> explain(const Exchange& exchange, const Texts& texts);

} // namespace beproefd::statistics::picture
