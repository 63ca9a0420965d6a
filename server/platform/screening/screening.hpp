// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"
#include "platform/describe/sentences.hpp"

#include <boost/describe.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::screening {

/// What could point at a person.
enum class Kind {
    bsn,              ///< citizen service number: eight or nine digits that pass the eleven-test
    phone,            ///< a Dutch number or one that begins with a country code
    email,            ///< also with "apenstaartje" or "[at]"
    iban,             ///< an account number that passes the test modulo 97 (ISO 13616)
    licence_plate,    ///< one of the fourteen Dutch forms
    postcode_address, ///< a postcode with a house number
    postcode,         ///< a postcode alone: some twenty addresses
    street_address,   ///< a street with a house number
    birth_date,
    name,
    account,     ///< a name on a social medium
    combination, ///< one person with an age or a place and an event: recognisable without a name
};
BOOST_DESCRIBE_ENUM(Kind, bsn, phone, email, iban, licence_plate, postcode_address, postcode, street_address,
                    birth_date, name, account, combination)

/// What happens to the text.
enum class Certainty {
    certain, ///< refused; nobody can confirm it
    ask,     ///< may be kept by who says that it points at nobody; that is logged
};
BOOST_DESCRIBE_ENUM(Certainty, certain, ask)

/// The first six kinds have a form or a check digit of their own; the others are read from words.
constexpr Certainty certainty_of(Kind kind)
{
    return kind <= Kind::postcode_address ? Certainty::certain : Certainty::ask;
}

/// A place in the text, in bytes of its UTF-8.
struct Finding {
    Kind kind = Kind::name;
    std::size_t from = 0;
    std::size_t to = 0; ///< one past the last

    bool operator==(const Finding&) const = default;
};

/// What was found, in the order of the text; findings do not overlap, the most certain one is kept.
struct Screening {
    std::vector<Finding> findings;

    bool refused() const;
    bool asks() const;
};

/// Searches a text, in time proportional to its length, for what could point at a person. It knows spellings that
/// hide (spaces, dots, digits and letters of other scripts, characters without width, digits in words). It does not
/// know all names and no misspelt ones: docs/reference/screening.md says how much of a test set it finds and how
/// often it is wrong. What is not UTF-8 is searched as far as it can be read. Source: docs/explanation/privacy.md.
Screening screen(std::string_view text);

/// What stands between a text and its being kept.
struct Refusals {
    std::vector<FieldError> errors; ///< empty: the text may be kept
    bool confirmation_used = false; ///< something passed only because it was confirmed: this is what is logged
};

/// The same as field errors, for who keeps the text: what is certain, and what is asked about unless `confirmed`.
/// Each names its place in characters as a browser counts them (UTF-16), as {from} and {to}.
Refusals refusals(std::string_view text, std::string_view pointer, bool confirmed);

/// The code of the sentence that says what stands there and what helps: "text-has-phone".
std::string_view sentence_code(Kind kind);

/// How many UTF-16 units stand before this byte.
std::size_t utf16_position(std::string_view text, std::size_t byte);

} // namespace beproefd::screening
