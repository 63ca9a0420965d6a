// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// Citizen service numbers and telephone numbers: both are digits that may be written in groups.

#include "platform/screening/search.hpp"

#include <array>
#include <optional>

namespace beproefd::screening {
namespace {

/// Digits that stand together, or one digit in a word.
struct Group {
    std::size_t from = 0;
    std::size_t to = 0;
    std::string digits{};
    bool word = false;
};

constexpr std::size_t most_digits = 15; // E.164
constexpr std::size_t widest_gap = 3;

std::optional<char> digit_in_words(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, char>, 21> all{
        {{"nul", '0'},   {"een", '1'},  {"twee", '2'},  {"drie", '3'},  {"vier", '4'},  {"vijf", '5'}, {"zes", '6'},
         {"zeven", '7'}, {"acht", '8'}, {"negen", '9'}, {"zero", '0'},  {"one", '1'},   {"two", '2'},  {"three", '3'},
         {"four", '4'},  {"five", '5'}, {"six", '6'},   {"seven", '7'}, {"eight", '8'}, {"nine", '9'}, {"oh", '0'}}};
    for (const auto& [name, digit] : all)
        if (name == word)
            return digit;
    return std::nullopt;
}

/// A letter O that does the work of a zero: in "O6" and between digits.
bool zero_in_disguise(const Folded& text, std::size_t at)
{
    if (lower(text.at(at)) != 'o')
        return false;
    const bool after_digit = at > 0 && is_digit(text.at(at - 1));
    const bool opens = at == 0 || !is_word(text.at(at - 1));
    return (after_digit && is_digit(text.at(at + 1))) || (opens && text.at(at + 1) == '6');
}

std::vector<Group> groups(const Searched& searched)
{
    std::vector<Group> all;
    const Folded& text = searched.folded;
    std::size_t token = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (is_digit(text.text[at]) || zero_in_disguise(text, at)) {
            Group group{.from = at};
            while (at < text.size() && (is_digit(text.text[at]) || zero_in_disguise(text, at))) {
                group.digits += is_digit(text.text[at]) ? text.text[at] : '0';
                ++at;
            }
            group.to = at;
            all.push_back(std::move(group));
            continue;
        }
        while (token < searched.tokens.size() && searched.tokens[token].from < at)
            ++token;
        if (token < searched.tokens.size() && searched.tokens[token].from == at) {
            const Token& word = searched.tokens[token];
            if (const auto digit = digit_in_words(word.word))
                all.push_back({.from = word.from, .to = word.to, .digits = std::string(1, *digit), .word = true});
            at = word.to;
            // A word may be followed by digits at once, and "O6" begins with a letter.
            if (at > word.from + 1 || !zero_in_disguise(text, word.from))
                continue;
            at = word.from;
        }
        ++at;
    }
    return all;
}

/// Whether what stands between two groups may belong to one number.
bool joins(const Folded& text, std::size_t from, std::size_t to, bool commas)
{
    if (to - from > widest_gap)
        return false;
    for (std::size_t at = from; at < to; ++at) {
        const char c = text.text[at];
        const bool separator =
            c == ' ' || c == '.' || c == '-' || c == '/' || c == '(' || c == ')' || c == '_' || c == '*' || c == '|';
        if (!separator && !(commas && c == ','))
            return false;
    }
    return true;
}

bool passes_eleven_test(std::string_view nine)
{
    int sum = 0;
    for (int place = 0; place < 8; ++place)
        sum += (9 - place) * (nine[static_cast<std::size_t>(place)] - '0');
    sum -= nine[8] - '0';
    return sum % 11 == 0 && nine != "000000000";
}

int number(std::string_view digits)
{
    int value = 0;
    for (const char digit : digits)
        value = value * 10 + (digit - '0');
    return value;
}

bool is_year(std::string_view digits)
{
    return digits.size() == 4 && number(digits) >= 1900 && number(digits) < 2100;
}

bool is_day(int day, int month) { return day >= 1 && day <= 31 && month >= 1 && month <= 12; }

/// 20230612 or 12062023.
bool is_date(std::string_view eight)
{
    return (is_year(eight.substr(0, 4)) && is_day(number(eight.substr(6, 2)), number(eight.substr(4, 2)))) ||
           (is_year(eight.substr(4, 4)) && is_day(number(eight.substr(0, 2)), number(eight.substr(2, 2))));
}

/// Whether money or a count of people is written around this place.
bool is_amount(const Searched& searched, std::size_t from, std::size_t to)
{
    const Folded& text = searched.folded;
    std::size_t before = from;
    while (before > 0 && from - before < 3 && text.at(before - 1) == ' ')
        --before;
    if (before > 0 && (text.at(before - 1) == euro_sign || text.at(before - 1) == '$'))
        return true;
    static const WordSet money{"euro", "eur"};
    if (searched.preceded_by(money, from, 6))
        return true;

    const auto after = [&](std::size_t step) { return text.at(to + step); };
    if (after(0) == '%' || (after(0) == ',' && (is_digit(after(1)) || after(1) == '-')))
        return true;
    std::size_t next = to;
    while (next < text.size() && next - to < 2 && text.at(next) == ' ')
        ++next;
    if (text.at(next) == euro_sign)
        return true;
    std::string word;
    for (std::size_t at = next; is_letter(text.at(at)) && word.size() < 12; ++at)
        word += lower(text.at(at));
    static const WordSet units{"euro",     "eur",         "miljoen", "mln",    "miljard",  "million",
                               "inwoners", "inhabitants", "mensen",  "people", "personen", "billion"};
    return units.contains(word);
}

class Search
{
public:
    Search(const Searched& searched, std::vector<Finding>& found)
        : searched_(searched), text_(searched.folded), groups_(groups(searched)), found_(found)
    {
    }

    void run()
    {
        for (std::size_t first = 0; first < groups_.size(); ++first) {
            find_phone(first);
            find_bsn(first);
        }
    }

private:
    /// Calls `seen` with the index of the last group and the digits so far, as long as the groups may be one number.
    template<class Seen>
    void extend(std::size_t first, bool commas, const Seen& seen) const
    {
        std::string digits;
        std::size_t words = 0;
        for (std::size_t last = first; last < groups_.size(); ++last) {
            if (last > first && !joins(text_, groups_[last - 1].to, groups_[last].from, commas))
                return;
            digits += groups_[last].digits;
            words += groups_[last].word ? 1 : 0;
            if (digits.size() > most_digits)
                return;
            // "een" is an article and "twee" a count, unless it goes on like that.
            if (words == 0 || words >= 4 || (words == 2 && digits.starts_with("06")))
                seen(last, digits);
        }
    }

    void keep(Kind kind, std::size_t first, std::size_t last)
    {
        found_.push_back({kind, groups_[first].from, groups_[last].to});
    }

    bool glued_to_letters(std::size_t first) const
    {
        return groups_[first].from > 0 && is_letter(text_.at(groups_[first].from - 1));
    }

    bool after_plus(std::size_t first) const
    {
        std::size_t at = groups_[first].from;
        while (at > 0 && (text_.at(at - 1) == '(' || text_.at(at - 1) == ' ') && groups_[first].from - at < 2)
            --at;
        return at > 0 && text_.at(at - 1) == '+';
    }

    /// A number that everyone may call and that is nobody's: 0800, 0900.
    static bool is_service_number(std::string_view digits)
    {
        return digits.starts_with("0800") || digits.starts_with("0900") || digits.starts_with("0906") ||
               digits.starts_with("0909");
    }

    /// Mobile numbers, numbers without a place, and the area codes that exist (Numbering plan for telephone
    /// services).
    static bool is_area(std::string_view digits)
    {
        static const WordSet areas{"10", "11", "13", "15", "16", "17", "18", "20", "22", "23", "24", "25",
                                   "26", "29", "30", "31", "32", "33", "34", "35", "36", "38", "40", "41",
                                   "43", "45", "46", "47", "48", "49", "50", "51", "52", "53", "54", "55",
                                   "56", "57", "58", "59", "70", "71", "72", "73", "74", "75", "76", "77",
                                   "78", "79", "84", "85", "87", "88", "91", "97"};
        return digits[1] == '6' || areas.contains(digits.substr(1, 2));
    }

    bool begins_with_date(std::size_t first) const
    {
        if (first + 2 >= groups_.size())
            return false;
        const auto &day = groups_[first].digits, &month = groups_[first + 1].digits,
                   &year = groups_[first + 2].digits;
        return day.size() <= 2 && month.size() <= 2 && is_year(year) && is_day(number(day), number(month));
    }

    void find_phone(std::size_t first)
    {
        const Group& group = groups_[first];
        const bool plus = after_plus(first);
        const bool named = searched_.preceded_by(searched_.words.phone_words, group.from, 20);
        if (!plus && !named && glued_to_letters(first) && group.digits.size() != 10)
            return;
        if (begins_with_date(first))
            return;
        bool done = false;
        extend(first, group.word, [&](std::size_t last, std::string_view digits) {
            if (done)
                return;
            const bool clear_start = group.word || group.digits.size() >= 2;
            std::string_view rest = digits;
            if (plus || rest.starts_with("00")) {
                rest.remove_prefix(plus ? 0 : 2);
                const bool dutch = rest.starts_with("31");
                std::string_view subscriber = dutch ? rest.substr(2) : rest;
                if (dutch && subscriber.starts_with('0'))
                    subscriber.remove_prefix(1);
                const bool whole =
                    last + 1 == groups_.size() || !joins(text_, groups_[last].to, groups_[last + 1].from, false);
                done = dutch ? subscriber.size() == 9
                             : clear_start && whole && rest.size() >= 9 && rest[0] != '0' && !is_year(group.digits);
            } else if (rest.size() == 10 && rest[0] == '0' && rest[1] != '0' && clear_start) {
                done = is_area(rest) && !is_service_number(rest);
            } else if (rest.size() == 9 && rest[0] == '6' && named) {
                done = true;
            }
            if (done)
                keep(Kind::phone, first, last);
        });
    }

    std::string gap(std::size_t group) const
    {
        return text_.text.substr(groups_[group - 1].to, groups_[group].from - groups_[group - 1].to);
    }

    /// Whether groups are written the way people write one number: alike separated, in threes, pairs or single
    /// digits, or at most four groups with nothing of the kind beside them.
    bool reads_as_one(std::size_t first, std::size_t last) const
    {
        const std::string between = gap(first + 1);
        bool threes = true, pairs = true, singles = true, years = false;
        for (std::size_t group = first; group <= last; ++group) {
            if (group > first && gap(group) != between)
                return false;
            const auto& digits = groups_[group].digits;
            threes = threes && digits.size() == 3;
            pairs = pairs && (digits.size() == 2 || group == first || group == last);
            singles = singles && digits.size() == 1;
            years = years || is_year(digits);
        }
        const bool more_before =
            first > 0 && joins(text_, groups_[first - 1].to, groups_[first].from, false) && gap(first) == between;
        const bool more_after = last + 1 < groups_.size() &&
                                joins(text_, groups_[last].to, groups_[last + 1].from, false) &&
                                gap(last + 1) == between;
        if (threes && between != ".")
            return true;
        if (more_before || more_after)
            return false;
        return threes || singles || (!years && (pairs || last - first < 4));
    }

    void find_bsn(std::size_t first)
    {
        const Group& group = groups_[first];
        const bool named = searched_.preceded_by(searched_.words.bsn_words, group.from, 30);
        if (!named && group.from > 1 && text_.at(group.from - 1) == ',' && is_digit(text_.at(group.from - 2)))
            return; // behind a decimal comma
        bool done = false;
        extend(first, named || group.word, [&](std::size_t last, std::string_view digits) {
            if (done || (digits.size() != 8 && digits.size() != 9))
                return;
            const std::string nine = digits.size() == 8 ? "0" + std::string{digits} : std::string{digits};
            if (!passes_eleven_test(nine) || nine.starts_with("00"))
                return;
            if (!named) {
                if (is_amount(searched_, group.from, groups_[last].to))
                    return;
                if (digits.size() == 8 && (last > first || is_date(digits) ||
                                           searched_.preceded_by(searched_.words.company_words, group.from, 24)))
                    return;
                if (last > first && !group.word && !reads_as_one(first, last))
                    return;
            }
            done = true;
            keep(Kind::bsn, first, last);
        });
    }

    const Searched& searched_;
    const Folded& text_;
    const std::vector<Group> groups_;
    std::vector<Finding>& found_;
};

} // namespace

void find_numbers(const Searched& text, std::vector<Finding>& found) { Search{text, found}.run(); }

} // namespace beproefd::screening
