// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/screening/folded.hpp"

#include <array>
#include <utility>

namespace beproefd::screening {
namespace {

/// One code point and how many bytes it takes; U+FFFD for a byte that begins none.
std::pair<char32_t, std::size_t> decode(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const unsigned char first = byte(at);
    if (first < 0x80)
        return {first, 1};
    const std::size_t length = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first >= 0xF5 || at + length > text.size())
        return {0xFFFD, 1};
    char32_t code = first & (0xFF >> (length + 1));
    for (std::size_t next = 1; next < length; ++next) {
        if ((byte(at + next) & 0xC0) != 0x80)
            return {0xFFFD, 1};
        code = (code << 6) | (byte(at + next) & 0x3F);
    }
    return {code, length};
}

constexpr bool within(char32_t code, char32_t first, char32_t last) { return code >= first && code <= last; }

/// Signs that take no place on paper, and accents that were written apart from their letter.
constexpr bool invisible(char32_t c)
{
    return c == 0x00AD || within(c, 0x0300, 0x036F) || c == 0x061C || within(c, 0x180B, 0x180E) ||
           within(c, 0x200B, 0x200F) || within(c, 0x202A, 0x202E) || within(c, 0x2060, 0x206F) ||
           within(c, 0x20D0, 0x20F0) || within(c, 0xFE00, 0xFE0F) || c == 0xFEFF || within(c, 0xE0000, 0xE01EF);
}

// The zero of each script with decimal digits of its own (Unicode 15, general category Nd, the living scripts).
constexpr std::array<char32_t, 20> zeros{0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6,
                                         0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0,
                                         0x0F20, 0x1040, 0x17E0, 0x1810, 0x2080, 0xFF10};

char folded_digit(char32_t c)
{
    for (const char32_t zero : zeros)
        if (within(c, zero, zero + 9))
            return static_cast<char>('0' + (c - zero));
    if (within(c, 0x1D7CE, 0x1D7FF))
        return static_cast<char>('0' + (c - 0x1D7CE) % 10);
    if (within(c, 0x2460, 0x2468))
        return static_cast<char>('1' + (c - 0x2460));
    if (within(c, 0x2776, 0x277E))
        return static_cast<char>('1' + (c - 0x2776));
    if (c == 0x24EA)
        return '0';
    return 0;
}

// U+00C0 to U+017F without their accents; '*' is no letter.
constexpr std::string_view latin = "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
                                   "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
                                   "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
static_assert(latin.size() == 0x180 - 0xC0);

// Letters of Cyrillic and Greek that look like one of ours.
constexpr std::array<std::pair<char32_t, char>, 44> look_alikes{{
    {0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'}, {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'},
    {0x0420, 'P'}, {0x0421, 'C'}, {0x0422, 'T'}, {0x0423, 'Y'}, {0x0425, 'X'}, {0x0430, 'a'}, {0x0435, 'e'},
    {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'}, {0x0456, 'i'},
    {0x0458, 'j'}, {0x0405, 'S'}, {0x0406, 'I'}, {0x0408, 'J'}, {0x04BB, 'h'}, {0x0501, 'd'}, {0x051B, 'q'},
    {0x051D, 'w'}, {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'}, {0x0399, 'I'},
    {0x039A, 'K'}, {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'},
    {0x03A7, 'X'}, {0x03BF, 'o'},
}};

char folded_letter(char32_t c)
{
    if (within(c, 0xC0, 0x17F))
        return latin[c - 0xC0] == '*' ? other_sign : latin[c - 0xC0];
    if (within(c, 0x1D400, 0x1D6A3)) {
        const auto place = (c - 0x1D400) % 52;
        return static_cast<char>(place < 26 ? 'A' + place : 'a' + (place - 26));
    }
    if (within(c, 0x24B6, 0x24CF))
        return static_cast<char>('A' + (c - 0x24B6));
    if (within(c, 0x24D0, 0x24E9))
        return static_cast<char>('a' + (c - 0x24D0));
    for (const auto& [code, letter] : look_alikes)
        if (code == c)
            return letter;
    return 0;
}

char folded_sign(char32_t c)
{
    if (c == 0xA0 || c == 0x1680 || within(c, 0x2000, 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000)
        return ' ';
    if (c == 0x85 || c == 0x2028 || c == 0x2029)
        return '\n';
    if (within(c, 0x2010, 0x2015) || c == 0x2043 || c == 0x2212 || c == 0xFE58 || c == 0xFE63)
        return '-';
    if (c == 0xB7 || c == 0x2022 || c == 0x2024 || c == 0x2027 || c == 0x3002 || c == 0x30FB)
        return '.';
    if (c == 0x2044 || c == 0x2215)
        return '/';
    if (within(c, 0x2018, 0x201B) || c == 0x02BC || c == 0xB4)
        return '\'';
    if (within(c, 0x201C, 0x201F) || c == 0xAB || c == 0xBB)
        return '"';
    if (c == 0xFE6B)
        return '@';
    if (c == 0x20AC)
        return euro_sign;
    if (c == 0xB9)
        return '1';
    if (c == 0xB2 || c == 0xB3)
        return static_cast<char>('2' + (c - 0xB2));
    if (c == 0x2070 || within(c, 0x2074, 0x2079))
        return static_cast<char>('0' + (c - 0x2070));
    return 0;
}

char folded(char32_t c)
{
    if (c < 0x80)
        return c == '\r' || c == '\v' || c == '\f' ? '\n'
               : c == '\t'                         ? ' '
               : c == '`'                          ? '\''
               : c < 0x20 && c != '\n'             ? other_sign
                                                   : static_cast<char>(c);
    if (const char digit = folded_digit(c))
        return digit;
    if (const char sign = folded_sign(c))
        return sign;
    if (const char letter = folded_letter(c))
        return letter;
    if (within(c, 0xFF01, 0xFF5E))
        return static_cast<char>(c - 0xFEE0);
    const bool sign = c < 0xC0 || within(c, 0x2000, 0x2BFF) || within(c, 0x3000, 0x303F) || c == 0xFFFD ||
                      within(c, 0xE000, 0xF8FF) || c >= 0x1F000;
    return sign ? other_sign : other_letter;
}

bool abbreviation(const Token& token)
{
    static constexpr std::array<std::string_view, 24> all{"mw", "mevr", "dhr", "hr",   "dr", "drs", "ir",  "ing",
                                                          "mr", "mrs",  "ms",  "prof", "st", "nr",  "art", "bijv",
                                                          "ds", "fam",  "e",   "jr",   "sr", "tel", "geb", "lic"};
    if (token.to - token.from == 1)
        return true; // an initial
    for (const auto known : all)
        if (token.word == known)
            return true;
    return false;
}

} // namespace

Folded fold(std::string_view text)
{
    Folded out;
    out.text.reserve(text.size());
    out.from.reserve(text.size());
    out.to.reserve(text.size());
    const auto keep = [&](char c, std::size_t from, std::size_t to) {
        out.text += c;
        out.from.push_back(static_cast<std::uint32_t>(from));
        out.to.push_back(static_cast<std::uint32_t>(to));
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, length] = decode(text, at);
        if (code == 0x132 || code == 0x133) { // Ĳ and ĳ
            keep(code == 0x132 ? 'I' : 'i', at, at + length);
            keep(code == 0x132 ? 'J' : 'j', at, at + length);
        } else if (!invisible(code)) {
            keep(folded(code), at, at + length);
        }
        at += length;
    }
    return out;
}

std::vector<Token> tokens(const Folded& folded)
{
    std::vector<Token> all;
    const std::string& text = folded.text;
    bool opens = true;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_letter(text[at])) {
            const char c = text[at];
            if (c == '.')
                opens = opens || all.empty() || all.back().to != at || !abbreviation(all.back());
            else if (c == '!' || c == '?' || c == ':' || c == '\n' || c == other_sign)
                opens = true;
            else if (is_digit(c) || c == ',' || c == ';' || c == ')')
                opens = false;
            ++at;
            continue;
        }
        Token token{.from = at};
        std::size_t capitals = 0;
        std::size_t letters = 0;
        while (at < text.size() &&
               (is_letter(text[at]) || ((text[at] == '\'' || text[at] == '-') && is_letter(folded.at(at + 1))))) {
            letters += is_letter(text[at]) ? 1 : 0;
            capitals += is_upper(text[at]) ? 1 : 0;
            token.word += lower(text[at++]);
        }
        token.to = at;
        token.capitals = letters > 1 && capitals == letters;
        token.capital = is_upper(text[token.from]) && !token.capitals;
        token.opens_sentence = opens;
        opens = false;
        all.push_back(std::move(token));
    }
    return all;
}

} // namespace beproefd::screening
