// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// What mixes letters and digits in a fixed form: account numbers, licence plates and postcodes.

#include "platform/screening/search.hpp"

#include <array>
#include <optional>

namespace beproefd::screening {
namespace {

// How long an account number is, per country (SWIFT IBAN registry, release 97): the neighbours and where residents of
// the Netherlands have accounts most.
constexpr std::array<std::pair<std::string_view, std::size_t>, 42> iban_lengths{
    {{"NL", 18}, {"BE", 16}, {"DE", 22}, {"FR", 27}, {"GB", 22}, {"ES", 24}, {"IT", 27}, {"PL", 28}, {"TR", 26},
     {"MA", 28}, {"PT", 25}, {"AT", 20}, {"LU", 20}, {"CH", 21}, {"IE", 22}, {"SE", 24}, {"DK", 18}, {"NO", 15},
     {"FI", 18}, {"RO", 24}, {"BG", 22}, {"CZ", 24}, {"HU", 28}, {"SK", 24}, {"HR", 21}, {"SI", 19}, {"GR", 27},
     {"LT", 20}, {"LV", 21}, {"EE", 20}, {"MT", 31}, {"CY", 28}, {"TN", 24}, {"AE", 23}, {"SA", 24}, {"EG", 29},
     {"IL", 23}, {"JO", 30}, {"LB", 28}, {"IQ", 23}, {"UA", 29}, {"AL", 28}}};

std::size_t iban_length(char first, char second)
{
    for (const auto& [country, length] : iban_lengths)
        if (country[0] == upper(first) && country[1] == upper(second))
            return length;
    return 0;
}

/// ISO 13616: the first four signs behind the others, letters as 10 to 35, must leave 1 when divided by 97.
bool passes_97(std::string_view signs)
{
    unsigned rest = 0;
    const auto take = [&](char c) {
        if (is_digit(c))
            rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
        else
            rest = (rest * 100 + static_cast<unsigned>(c - 'A' + 10)) % 97;
    };
    for (const char c : signs.substr(4))
        take(c);
    for (const char c : signs.substr(0, 4))
        take(c);
    return rest == 1;
}

void find_iban(const Searched& searched, std::size_t at, std::vector<Finding>& found)
{
    const Folded& text = searched.folded;
    std::string signs;
    std::size_t length = 34;
    std::size_t gap = 0;
    for (std::size_t next = at; next < text.size() && signs.size() < length; ++next) {
        const char c = upper(text.text[next]);
        if (is_digit(c) || is_upper(c)) {
            signs += c;
            gap = 0;
            if (signs.size() == 2)
                length = iban_length(signs[0], signs[1]);
            if (length == 0)
                return;
            if ((signs.size() <= 2 && !is_upper(c)) || ((signs.size() == 3 || signs.size() == 4) && !is_digit(c)))
                return;
            if (signs.size() == length) {
                if (passes_97(signs))
                    found.push_back({Kind::iban, at, next + 1});
                return;
            }
        } else if ((c != ' ' && c != '-' && c != '.') || ++gap > 2) {
            return;
        }
    }
}

// --- Licence plates -----------------------------------------------------------------------------------------------

/// The forms the RDW has issued, in their order ("sidecodes"), L a letter and D a digit.
constexpr std::array<std::string_view, 14> plate_forms{"LL-DD-DD", "DD-DD-LL", "DD-LL-DD", "LL-DD-LL", "LL-LL-DD",
                                                       "DD-LL-LL", "DD-LLL-D", "D-LLL-DD", "LL-DDD-L", "L-DDD-LL",
                                                       "LLL-DD-L", "L-DD-LLL", "D-LL-DDD", "DDD-LL-D"};

/// Letters of the forms from the third on: no vowels, and no C, M, Q and Y.
bool plate_letter(char c) { return std::string_view{"BDFGHJKLNPRSTVWXZ"}.find(upper(c)) != std::string_view::npos; }

/// Three letters that are not issued, or that mean something else in the texts we search.
bool other_letters(std::string_view letters)
{
    static const WordSet all{"GVD", "KKK", "KVT", "LPF", "NSB", "PKK", "PSV", "TBS", "PVV", "SGP", "VVD",
                             "GGD", "GGZ", "BRP", "WRR", "RSJ", "SS",  "SA",  "SD",  "EU",  "UN",  "VN",
                             "NL",  "EN",  "TM",  "DE",  "IN",  "OF",  "OP",  "IS",  "JR",  "NR",  "KB",
                             "BV",  "NV",  "BW",  "WV",  "VR",  "GM",  "ST",  "TO",  "WVO"};
    return all.contains(letters);
}

struct PlateRead {
    std::string form;    ///< "LL-DD-DD"
    std::string letters; ///< in capitals, all of them
    char separator = 0;  ///< '-', ' ' or 0 where nothing stands between
    bool capitals = true;
    std::size_t to = 0;
};

/// Six letters and digits in three parts from here, whatever they are.
std::optional<PlateRead> read_plate(const Folded& text, std::size_t at)
{
    PlateRead read;
    std::size_t signs = 0;
    std::size_t separators = 0;
    std::size_t next = at;
    char last = 0;
    while (signs < 6) {
        const char c = text.at(next);
        if (is_digit(c) || (is_letter(c) && c != other_letter)) {
            const char sort = is_digit(c) ? 'D' : 'L';
            if (sort == 'L') {
                read.letters += upper(c);
                read.capitals = read.capitals && is_upper(c);
            }
            if (last != 0 && last != '-' && last != sort && separators == 0)
                read.form += '-'; // nothing between, the sort changes
            else if (last != 0 && last != '-' && last != sort)
                return std::nullopt; // parts must all be separated once one is
            read.form += sort;
            last = sort;
            ++signs;
        } else if ((c == '-' || c == ' ') && last != 0 && last != '-' &&
                   (read.separator == 0 || read.separator == c)) {
            if (separators == 0 && read.form.find('-') != std::string::npos)
                return std::nullopt;
            read.separator = c;
            read.form += '-';
            last = '-';
            ++separators;
        } else {
            return std::nullopt;
        }
        ++next;
    }
    read.to = next;
    if (read.separator == 0) {
        if (read.form == "LLLL-DD" || read.form == "DD-LLLL")
            read.form = read.form[0] == 'L' ? "LL-LL-DD" : "DD-LL-LL";
        else if (read.form == "LL-DDDD")
            read.form = "LL-DD-DD";
        else if (read.form == "DDDD-LL")
            read.form = "DD-DD-LL";
    }
    return read;
}

void find_plate(const Searched& searched, std::size_t at, std::vector<Finding>& found)
{
    const Folded& text = searched.folded;
    if (at > 0 && (is_word(text.at(at - 1)) || text.at(at - 1) == '-'))
        return;
    const auto read = read_plate(text, at);
    if (!read || is_word(text.at(read->to)) || (text.at(read->to) == '-' && is_word(text.at(read->to + 1))))
        return;
    const auto form = std::find(plate_forms.begin(), plate_forms.end(), read->form);
    if (form == plate_forms.end())
        return;
    const auto sidecode = form - plate_forms.begin() + 1;
    const bool modern = std::all_of(read->letters.begin(), read->letters.end(), plate_letter);
    const bool named = searched.preceded_by(searched.words.plate_words, at, 24);
    // Two letters between hyphens in one of the later forms are no abbreviation.
    const bool hyphened_pair = sidecode >= 3 && read->separator == '-' && read->letters.size() == 2;
    const bool other = !hyphened_pair && other_letters(read->letters);
    bool plate = false;
    if (sidecode >= 3)
        plate = modern && (named || (!other && (read->separator == '-' || read->capitals)));
    else if (read->separator == '-')
        plate = named || (read->capitals && !other);
    else
        plate = named && sidecode == 1;
    // Lower case with spaces or nothing between may be anything.
    if (plate && !read->capitals && read->separator != '-' && !named)
        plate = false;
    if (plate)
        found.push_back({Kind::licence_plate, at, read->to});
}

// --- Postcodes ----------------------------------------------------------------------------------------------------

bool other_two_letters(std::string_view letters)
{
    static const WordSet all{"DE", "EN", "IS", "OF", "OP", "TE", "WE", "ER", "OM", "IN", "AL", "AN", "AT", "ZE",
                             "JE", "TO", "ON", "BY", "EU", "VN", "NL", "KB", "BV", "NV", "MT", "HR", "IT", "AI",
                             "PM", "ZO", "DO", "WO", "MA", "DI", "VR", "ZA", "AD", "BW", "SR", "SV", "VS", "UK",
                             "US", "UN", "GM", "NA", "EX", "NR", "TM", "ZN", "SA", "SD", "SS"};
    return all.contains(letters);
}

/// Whether the word before this place is in capitals: then two capitals say nothing.
bool in_capitals(const Searched& searched, std::size_t place)
{
    const auto next = std::partition_point(searched.tokens.begin(), searched.tokens.end(),
                                           [&](const Token& token) { return token.to <= place; });
    return next != searched.tokens.begin() && std::prev(next)->capitals;
}

/// Where a house number ends that begins after this place, or nothing.
std::optional<std::size_t> house_number_after(const Folded& text, std::size_t at)
{
    std::size_t next = at;
    std::string word;
    while (next < text.size() && next - at < 14 && !is_digit(text.at(next))) {
        const char c = text.at(next);
        if (is_letter(c))
            word += lower(c);
        else if (c != ' ' && c != ',' && c != '.' && c != '-' && c != ':' && c != '#')
            return std::nullopt;
        ++next;
    }
    if (!word.empty() && word != "nr" && word != "no" && word != "nummer" && word != "huisnummer" &&
        word != "huisnr" && word != "number")
        return std::nullopt;
    std::size_t end = next;
    while (is_digit(text.at(end)))
        ++end;
    if (end == next || end - next > 5 || text.at(next) == '0' || (word.empty() && next - at > 3))
        return std::nullopt;
    return end;
}

/// Where a house number begins that ends just before this place ("Dorpsstraat 12a, 1234 AB"), or nothing.
std::optional<std::size_t> house_number_before(const Folded& text, std::size_t at)
{
    std::size_t end = at;
    while (end > 0 && at - end < 3 && (text.at(end - 1) == ' ' || text.at(end - 1) == ','))
        --end;
    if (end == at)
        return std::nullopt;
    std::size_t from = end;
    if (from > 1 && is_letter(text.at(from - 1)) && is_digit(text.at(from - 2)))
        --from;
    const std::size_t digits_end = from;
    while (from > 0 && is_digit(text.at(from - 1)) && digits_end - from < 6)
        --from;
    if (from == digits_end || digits_end - from > 5 || from < 2 || text.at(from - 1) != ' ' ||
        !is_letter(text.at(from - 2)))
        return std::nullopt;
    return from;
}

void find_postcode(const Searched& searched, std::size_t at, std::vector<Finding>& found)
{
    const Folded& text = searched.folded;
    if (at > 0 && (is_word(text.at(at - 1)) || (text.at(at - 1) == '.' && at > 1 && is_digit(text.at(at - 2)))))
        return;
    for (std::size_t digit = 0; digit < 4; ++digit)
        if (!is_digit(text.at(at + digit)))
            return;
    if (text.at(at) == '0')
        return;
    std::size_t next = at + 4;
    bool apart = false;
    while (next - at < 6 && (text.at(next) == ' ' || text.at(next) == '-')) {
        apart = true;
        ++next;
    }
    const char first = text.at(next), second = text.at(next + 1);
    if (!is_letter(first) || !is_letter(second) || is_letter(text.at(next + 2)) || first == other_letter ||
        second == other_letter)
        return;
    const std::string letters{upper(first), upper(second)};
    const bool capitals = is_upper(first) && is_upper(second);
    static const WordSet postcode_words{"postcode", "postcodes", "pc",         "adres",
                                        "address",  "woont",     "woonachtig", "wonend"};
    const bool named = searched.preceded_by(postcode_words, at, 20);
    const bool year = text.text.compare(at, 2, "19") == 0 || text.text.compare(at, 2, "20") == 0;
    // "2015 EU 28", "IN 2023 DE 12 GEMEENTEN" and "2023 de 12" are no postcodes.
    if (apart && !named && (!capitals || (other_two_letters(letters) && (year || in_capitals(searched, at)))))
        return;
    if (!apart && !capitals && other_two_letters(letters))
        return;
    const std::size_t end = next + 2;
    if (const auto number = house_number_after(text, end))
        found.push_back({Kind::postcode_address, at, *number});
    else if (const auto from = house_number_before(text, at))
        found.push_back({Kind::postcode_address, *from, end});
    else if (named || !apart || !year)
        found.push_back({Kind::postcode, at, end});
}

} // namespace

void find_codes(const Searched& text, std::vector<Finding>& found)
{
    const Folded& folded = text.folded;
    for (std::size_t at = 0; at < folded.size(); ++at) {
        const char c = folded.text[at];
        if (!is_word(c))
            continue;
        const bool boundary = at == 0 || !is_word(folded.at(at - 1));
        if (is_letter(c) && (boundary || is_upper(c)))
            find_iban(text, at, found);
        if (boundary)
            find_plate(text, at, found);
        if (boundary && is_digit(c))
            find_postcode(text, at, found);
    }
}

} // namespace beproefd::screening
