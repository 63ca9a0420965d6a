// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "vocabulary/vocabulary.hpp"

/// The vocabularies that travel inside the program. They change only with the program, so there is no database behind
/// them and any number of threads may ask.
namespace beproefd::vocabulary {

/// In the order of their keys.
const std::vector<Vocabulary>& shipped();
const Vocabulary* find(std::string_view key);
Result<Vocabulary> vocabulary(std::string_view key);
VocabularyList list();

} // namespace beproefd::vocabulary
