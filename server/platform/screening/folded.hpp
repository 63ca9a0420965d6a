// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::screening {

inline constexpr char other_letter = '\x01'; ///< a letter without a look-alike in ASCII
inline constexpr char other_sign = '\x02';
inline constexpr char euro_sign = '\x03';

/// A text as it is searched: each sign one character of ASCII, so that ０６, ٠٦, 0<zero width>6 and 𝟎𝟔 are all "06".
/// Spaces of every width are ' ', lines end in '\n', dashes are '-', letters lose their accents and keep their case.
struct Folded {
    std::string text;
    std::vector<std::uint32_t> from; ///< where each character began in the original, in bytes
    std::vector<std::uint32_t> to;   ///< and ended

    std::size_t size() const { return text.size(); }
    /// The character, or a line end outside the text.
    char at(std::size_t index) const { return index < text.size() ? text[index] : '\n'; }
};

Folded fold(std::string_view text);

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z') || c == other_letter; }
constexpr bool is_word(char c) { return is_digit(c) || is_letter(c); }
constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

/// A word: letters, with an apostrophe or a hyphen between them.
struct Token {
    std::size_t from = 0; ///< in Folded::text
    std::size_t to = 0;
    std::string word{};          ///< in lower case
    bool capital = false;        ///< begins with a capital and goes on in lower case, or is one letter
    bool capitals = false;       ///< two or more, and capitals only
    bool opens_sentence = false; ///< after a full stop, a colon, a line end, a bullet or nothing
};

std::vector<Token> tokens(const Folded& folded);

} // namespace beproefd::screening
