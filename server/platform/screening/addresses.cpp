// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// Addresses: of mail, of accounts on social media, and of houses.

#include "platform/screening/search.hpp"

#include <array>
#include <optional>

namespace beproefd::screening {
namespace {

bool local_sign(char c)
{
    return (is_word(c) && c != other_letter) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}

bool bracket(char c)
{
    return c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '}' || c == '<' || c == '>';
}

std::string lower_case(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += lower(c);
    return out;
}

class Search
{
public:
    Search(const Searched& searched, std::vector<Finding>& found)
        : searched_(searched), text_(searched.folded), words_(searched.words), found_(found)
    {
    }

    void run()
    {
        for (std::size_t at = 0; at < text_.size(); ++at)
            if (text_.text[at] == '@')
                find_mail_or_account(at, at + 1);
        for (std::size_t token = 0; token < searched_.tokens.size(); ++token) {
            find_mail_with_word(searched_.tokens[token]);
            find_street(token);
            find_english_street(token);
        }
        find_profiles();
    }

private:
    /// Where the part before the @ begins, or nothing.
    std::optional<std::size_t> local_part(std::size_t at, std::size_t spaces) const
    {
        std::size_t end = at;
        while (end > 0 && at - end < spaces && (text_.at(end - 1) == ' ' || bracket(text_.at(end - 1))))
            --end;
        std::size_t from = end;
        while (from > 0 && end - from < 64 && local_sign(text_.at(from - 1)))
            --from;
        while (from < end && !is_word(text_.at(from)))
            ++from;
        return from < end ? std::optional{from} : std::nullopt;
    }

    /// Reads a dot in one of its spellings; nothing when none stands here.
    std::optional<std::size_t> dot(std::size_t at) const
    {
        if (text_.at(at) == '.')
            return at + 1;
        std::size_t next = at;
        while (next - at < 2 && (text_.at(next) == ' ' || bracket(text_.at(next))))
            ++next;
        if (next == at)
            return std::nullopt;
        if (text_.at(next) == '.' && text_.at(next + 1) == ' ')
            return next + 2;
        std::size_t end = next;
        while (is_letter(text_.at(end)) && end - next < 8)
            ++end;
        if (!words_.dot_words.contains(lower_case(text_.text.substr(next, end - next))))
            return std::nullopt;
        std::size_t after = end;
        while (after - end < 2 && (text_.at(after) == ' ' || bracket(text_.at(after))))
            ++after;
        return after > end ? std::optional{after} : std::nullopt;
    }

    struct Domain {
        std::size_t to = 0;
        std::string first;        ///< "gmail"
        bool dot_in_word = false; ///< "punt" or "dot"
    };

    /// A domain of two or more parts, of which the last is letters.
    std::optional<Domain> domain(std::size_t at) const
    {
        std::size_t next = at;
        while (next - at < 2 && (text_.at(next) == ' ' || bracket(text_.at(next))))
            ++next;
        Domain read;
        for (int parts = 1; parts <= 6; ++parts) {
            const std::size_t from = next;
            bool letters = true;
            while (next - from < 63 &&
                   ((is_word(text_.at(next)) && text_.at(next) != other_letter) || text_.at(next) == '-')) {
                letters = letters && is_letter(text_.at(next));
                ++next;
            }
            if (next == from)
                break;
            if (parts == 1)
                read.first = lower_case(text_.text.substr(from, next - from));
            else if (letters && next - from >= 2)
                read.to = next;
            const auto after = dot(next);
            if (!after)
                break;
            read.dot_in_word = read.dot_in_word || text_.at(next) != '.';
            next = *after;
        }
        return read.to > 0 ? std::optional{read} : std::nullopt;
    }

    void find_mail_or_account(std::size_t at, std::size_t after)
    {
        if (const auto from = local_part(at, 2))
            if (const auto read = domain(after)) {
                // "adressen van @gemeente.nl" says where addresses end, and is none.
                const bool apart = !local_sign(text_.at(at - 1)) && local_sign(text_.at(after));
                if (!apart || bracket(text_.at(at - 1)) || words_.mail_providers.contains(read->first))
                    found_.push_back({Kind::email, *from, read->to});
                return;
            }
        std::size_t end = after;
        while (end - after < 30 && (local_sign(text_.at(end)) || is_digit(text_.at(end))))
            ++end;
        while (end > after && !is_word(text_.at(end - 1)))
            --end;
        const bool opens = at == 0 || !is_word(text_.at(at - 1));
        if (opens && end - after >= 3 && !domain(after))
            found_.push_back({Kind::account, at, end});
    }

    /// "jan apenstaartje gmail punt com", "jan [at] gmail.com", "jan at gmail.com".
    void find_mail_with_word(const Token& word)
    {
        const bool certain_word = words_.at_words.contains(word.word);
        if (!certain_word && word.word != "at")
            return;
        const auto from = local_part(word.from, 2);
        const auto read = domain(word.to);
        if (!from || !read)
            return;
        const bool brackets = word.from > 0 && bracket(text_.at(word.from - 1)) && bracket(text_.at(word.to));
        std::size_t end = word.from;
        while (end > *from && !local_sign(text_.at(end - 1)))
            --end;
        const std::string local = text_.text.substr(*from, end - *from);
        const bool local_of_mail = local.find_first_of("._0123456789") != std::string::npos;
        if (certain_word || brackets || read->dot_in_word || words_.mail_providers.contains(read->first) ||
            local_of_mail)
            found_.push_back({Kind::email, *from, read->to});
    }

    void find_profiles()
    {
        const std::string low = lower_case(text_.text);
        for (const auto& site : words_.social_media)
            for (auto at = low.find(site); at != std::string::npos; at = low.find(site, at + site.size())) {
                if (at > 0 && (is_word(low[at - 1]) || low[at - 1] == '-'))
                    continue;
                std::size_t end = at + site.size();
                const std::size_t name = end;
                while (end < low.size() && end - name < 60 && (local_sign(low[end]) || low[end] == '/'))
                    ++end;
                if (end > name)
                    found_.push_back({Kind::account, at, end});
            }
    }

    /// The end of a house number that begins here: one to four digits that are no year, perhaps with a letter.
    std::optional<std::size_t> house_number(std::size_t at) const
    {
        std::size_t end = at;
        int value = 0;
        while (is_digit(text_.at(end)) && end - at < 5) {
            value = value * 10 + (text_.at(end) - '0');
            ++end;
        }
        const std::size_t digits = end - at;
        if (digits == 0 || digits > 4 || text_.at(at) == '0' || (value >= 1900 && value < 2100))
            return std::nullopt;
        if (is_letter(text_.at(end)) && !is_word(text_.at(end + 1)))
            ++end;
        if (is_word(text_.at(end)) || text_.at(end) == '%' || (text_.at(end) == ':' && is_digit(text_.at(end + 1))))
            return std::nullopt;
        return end;
    }

    void find_street(std::size_t index)
    {
        const Token& word = searched_.tokens[index];
        if (text_.at(word.to) != ' ')
            return;
        std::size_t after = word.to + 1;
        const auto skip = [&](std::string_view filler) {
            if (lower_case(text_.text.substr(after, filler.size())) == filler)
                after += filler.size();
        };
        skip("nummer ");
        skip("nr. ");
        skip("nr ");
        const auto end = house_number(after);
        if (!end)
            return;
        const auto ending = std::find_if(words_.street_endings.begin(), words_.street_endings.end(),
                                         [&](const std::string& known) { return word.word.ends_with(known); });
        if (ending == words_.street_endings.end())
            return;
        const bool clear = words_.clear_street_endings.contains(*ending);
        const bool compound = word.word.size() >= ending->size() + 3;
        const bool named_before = index > 0 && searched_.tokens[index - 1].capital &&
                                  searched_.tokens[index - 1].to + 1 == word.from &&
                                  !searched_.tokens[index - 1].opens_sentence;
        if (words_.known_words.contains(word.word))
            return;
        if (compound ? !clear && (!word.capital || word.opens_sentence) : !(named_before && word.capital))
            return;
        std::size_t from = word.from;
        for (std::size_t before = index; before > 0; --before) {
            const Token& part = searched_.tokens[before - 1];
            if (part.to + 1 != from || text_.at(part.to) != ' ' || !(part.capital && !part.opens_sentence))
                break;
            from = part.from;
        }
        found_.push_back({Kind::street_address, from, *end});
    }

    /// "12 Church Street" and "Church Street 12".
    void find_english_street(std::size_t index)
    {
        const Token& word = searched_.tokens[index];
        if (index == 0 || !word.capital || !words_.english_streets.contains(word.word))
            return;
        const Token& name = searched_.tokens[index - 1];
        if (!name.capital || name.to + 1 != word.from)
            return;
        if (const auto end = text_.at(word.to) == ' ' ? house_number(word.to + 1) : std::nullopt) {
            found_.push_back({Kind::street_address, name.from, *end});
            return;
        }
        std::size_t from = name.from;
        if (from < 2 || text_.at(from - 1) != ' ' || !is_word(text_.at(from - 2)))
            return;
        std::size_t begin = from - 1;
        while (begin > 0 && is_word(text_.at(begin - 1)) && from - begin < 7)
            --begin;
        if (house_number(begin) == from - 1)
            found_.push_back({Kind::street_address, begin, word.to});
    }

    const Searched& searched_;
    const Folded& text_;
    const Lexicon& words_;
    std::vector<Finding>& found_;
};

} // namespace

void find_addresses(const Searched& text, std::vector<Finding>& found) { Search{text, found}.run(); }

} // namespace beproefd::screening
