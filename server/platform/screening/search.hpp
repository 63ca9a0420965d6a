// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/screening/folded.hpp"
#include "platform/screening/lexicon.hpp"
#include "platform/screening/screening.hpp"

#include <vector>

namespace beproefd::screening {

/// A text with its words, searched part by part. Findings are in positions of Folded::text.
struct Searched {
    const Folded& folded;
    const std::vector<Token>& tokens;
    const Lexicon& words;

    /// Whether one of these words begins at most `distance` characters before this place.
    bool preceded_by(const WordSet& set, std::size_t place, std::size_t distance) const;
};

void find_numbers(const Searched& text, std::vector<Finding>& found);   ///< bsn, phone
void find_codes(const Searched& text, std::vector<Finding>& found);     ///< iban, plate, postcode
void find_addresses(const Searched& text, std::vector<Finding>& found); ///< e-mail, account, street
void find_persons(const Searched& text, std::vector<Finding>& found);   ///< name, birth date, combination

} // namespace beproefd::screening
