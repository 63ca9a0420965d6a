// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace beproefd::describe {

/// Dutch is the first language; English is complete.
enum class Language { nl, en };

/// The sentence of a reason or field error, with its parameters filled in. The sentences stand in reasons.nl.json and
/// reasons.en.json beside the code that refuses and travel inside the program. Throws std::logic_error for a code
/// that has no sentence: a test asks for all of them.
std::string sentence(std::string_view code, const std::vector<Parameter>& parameters, Language language);

/// A problem for a terminal: one line per wrong field, with its place or pointer, or the one sentence of the reason.
std::string explain(const Problem& problem, Language language);

/// All codes that have a sentence in this language.
std::vector<std::string> sentence_codes(Language language);

} // namespace beproefd::describe
