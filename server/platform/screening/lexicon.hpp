// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace beproefd::screening {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using WordSet = std::unordered_set<std::string, TextHash, std::equal_to<>>;

/// The words of data/screening/words.yaml, all in lower case and without accents.
struct Lexicon {
    WordSet first_names;            ///< found alone
    WordSet first_names_also_words; ///< found only with a surname or a title
    WordSet particles;
    WordSet surnames;
    WordSet titles;
    WordSet persons;
    WordSet events;
    WordSet birth_words;
    WordSet bsn_words;
    WordSet plate_words;
    WordSet phone_words;
    WordSet company_words;
    WordSet at_words;
    WordSet dot_words;
    WordSet mail_providers;
    std::vector<std::string> social_media;
    std::vector<std::string> street_endings;
    WordSet clear_street_endings;
    WordSet english_streets;
    WordSet organisation_endings;
    WordSet organisation_beginnings;
    WordSet known_words; ///< also every word in the name of a municipality
    WordSet places;      ///< names of municipalities of one word

    /// What travels inside the program. Throws std::logic_error when it cannot be read: a test opens it.
    static const Lexicon& shipped();
};

} // namespace beproefd::screening
