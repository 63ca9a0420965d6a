// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// What is read from words: names, days of birth, and one person with an age or a place and an event.

#include "platform/screening/search.hpp"

#include <array>
#include <optional>

namespace beproefd::screening {
namespace {

constexpr std::size_t nothing = static_cast<std::size_t>(-1);

class Search
{
public:
    Search(const Searched& searched, std::vector<Finding>& found)
        : searched_(searched), text_(searched.folded), tokens_(searched.tokens), words_(searched.words), found_(found)
    {
    }

    void run()
    {
        for (std::size_t index = 0; index < tokens_.size();) {
            const std::size_t after =
                std::max({name_after_title(index), name_after_person(index), name_with_initials(index),
                          name_from_list(index), unknown_name(index)});
            index = std::max(after, index + 1);
        }
        find_birth_dates();
        find_combinations();
    }

private:
    const Token* token(std::size_t index) const { return index < tokens_.size() ? &tokens_[index] : nullptr; }

    /// Only spaces, and perhaps a full stop, between two words.
    bool adjacent(std::size_t index, bool dot = false) const
    {
        if (index == 0 || index >= tokens_.size())
            return false;
        const std::size_t from = tokens_[index - 1].to, to = tokens_[index].from;
        if (to - from > 2 || to == from)
            return false;
        for (std::size_t at = from; at < to; ++at)
            if (text_.at(at) != ' ' && !(dot && text_.at(at) == '.'))
                return false;
        return true;
    }

    /// A word of which organisations, places and plans are made, or one that ends as such words do.
    bool known(const Token& word) const
    {
        if (words_.known_words.contains(word.word))
            return true;
        if (const auto hyphen = word.word.find('-'); hyphen != std::string::npos)
            return words_.known_words.contains(std::string_view{word.word}.substr(0, hyphen)) ||
                   words_.known_words.contains(std::string_view{word.word}.substr(word.word.rfind('-') + 1));
        static constexpr std::array<std::string_view, 62> endings{
            "heid",    "ing",       "tie",     "schap",   "lijk",      "lijke",     "isch",      "ische",
            "plan",    "beleid",    "aanpak",  "team",    "teams",     "overleg",   "punt",      "huis",
            "werk",    "werker",    "werkers", "zorg",    "school",    "dienst",    "raad",      "kamer",
            "wet",     "programma", "project", "netwerk", "domein",    "commissie", "college",   "ment",
            "iteit",   "isme",      "ism",     "tion",    "tions",     "ness",      "ity",       "instituut",
            "loket",   "bureau",    "gids",    "kader",   "brief",     "agenda",    "lijst",     "regio",
            "wijk",    "buurt",     "straat",  "laan",    "plein",     "gracht",    "stichting", "vereniging",
            "centrum", "fonds",     "akkoord", "monitor", "onderzoek", "rapport"};
        return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
            return word.word.size() > ending.size() + 1 && word.word.ends_with(ending);
        });
    }

    /// The words after a name say that it is the name of something else: "Jan van Galenstraat", "Anne Frank
    /// Stichting".
    bool belongs_to_organisation(std::size_t index) const
    {
        if (index > 0 && (adjacent(index, true) || tokens_[index - 1].to + 2 >= tokens_[index].from) &&
            words_.organisation_beginnings.contains(tokens_[index - 1].word))
            return true;
        for (std::size_t next = index; next < tokens_.size() && next < index + 6; ++next) {
            const Token& word = tokens_[next];
            if (next > index && !adjacent(next))
                return false;
            // "mevrouw Jansen uit de Kerkstraat" lives there; "Jan van Galenstraat" is the street.
            if (next > index && says_where(word))
                return false;
            const bool lower_case = !word.capital && !word.capitals;
            if (lower_case && next > index && !words_.particles.contains(word.word) &&
                !words_.organisation_endings.contains(word.word))
                return false;
            // "de Anne Frank school", but not "meneer Yilmaz van de moskee"
            const bool behind_particle = next > index && words_.particles.contains(tokens_[next - 1].word);
            if (next > index && words_.organisation_endings.contains(word.word))
                return !(lower_case && behind_particle);
            for (const auto& ending : words_.street_endings)
                if (word.word.size() > ending.size() + 2 && word.word.ends_with(ending) &&
                    ends_as_street(word, ending))
                    return true;
            if (next > index && compound_organisation(word))
                return true;
        }
        return false;
    }

    static bool says_where(const Token& word)
    {
        static const WordSet places{"uit", "aan", "in", "op", "bij"};
        return !word.capital && !word.capitals && places.contains(word.word);
    }

    /// "Galenstraat" always; "Terburg" only where nothing says that it is a surname.
    bool ends_as_street(const Token& word, std::string_view ending) const
    {
        return words_.clear_street_endings.contains(ending) || ending == "weg" || ending == "dijk"
                   ? !words_.surnames.contains(word.word)
                   : ending == "park" || ending == "hof" || ending == "markt" || ending == "boulevard";
    }

    /// "Kinderziekenhuis", "Cultuurfonds", "Basisschool", "Leerstoel".
    bool compound_organisation(const Token& word) const
    {
        static constexpr std::array<std::string_view, 16> endings{
            "school", "college", "stichting", "fonds", "huis",   "ziekenhuis", "stoel",        "prijs",
            "lyceum", "centrum", "museum",    "kerk",  "moskee", "academie",   "universiteit", "hogeschool"};
        return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
            return word.word.size() > ending.size() + 1 && word.word.ends_with(ending);
        });
    }

    bool capitalised(const Token& word) const { return (word.capital || word.capitals) && word.to - word.from >= 2; }

    /// Particles and a capitalised word from here: the index after it, or nothing. A surname that is a word of
    /// organisations counts only behind a particle.
    std::size_t surname(std::size_t index, bool after_dot = false) const
    {
        std::size_t next = index;
        while (next < tokens_.size() && next - index < 4 && adjacent(next, after_dot && next == index) &&
               words_.particles.contains(tokens_[next].word) &&
               (!capitalised(tokens_[next]) || !words_.surnames.contains(tokens_[next].word)))
            ++next;
        if (next >= tokens_.size() || !adjacent(next, after_dot && next == index))
            return nothing;
        const Token& word = tokens_[next];
        const bool particles = next > index;
        if (words_.surnames.contains(word.word) && (capitalised(word) || particles))
            return next + 1;
        if (!capitalised(word) || word.word.size() < 3)
            return nothing;
        if (known(word))
            return nothing;
        // "Hans van Dam-Bakker" and "Ali Ben Haddou": a second capitalised word belongs to it.
        return next + 1;
    }

    std::size_t keep(std::size_t from, std::size_t after)
    {
        found_.push_back({Kind::name, tokens_[from].from, tokens_[after - 1].to});
        return after;
    }

    bool first_name(const Token& word) const
    {
        return words_.first_names.contains(word.word) || words_.first_names_also_words.contains(word.word);
    }

    std::size_t name_after_title(std::size_t index)
    {
        if (!words_.titles.contains(tokens_[index].word))
            return 0;
        std::size_t next = index + 1;
        while (next < tokens_.size() && next < index + 5 && adjacent(next, true) &&
               (tokens_[next].to - tokens_[next].from == 1 ? is_upper(text_.at(tokens_[next].from))
                                                           : words_.titles.contains(tokens_[next].word)))
            ++next;
        if (next >= tokens_.size() || !adjacent(next, true))
            return 0;
        const Token& word = tokens_[next];
        if (first_name(word) && (capitalised(word) || words_.first_names.contains(word.word))) {
            const auto after = surname(next + 1);
            return keep(index, after == nothing ? next + 1 : after);
        }
        if (belongs_to_organisation(next))
            return 0;
        const auto after = surname(next, true);
        if (after != nothing)
            return keep(index, after);
        // "mevrouw jansen", without a capital
        if (words_.surnames.contains(word.word) && word.word.size() > 4)
            return keep(index, next + 1);
        return 0;
    }

    /// "zijn broer Karim", "leerling Sanders".
    std::size_t name_after_person(std::size_t index)
    {
        if (!words_.persons.contains(tokens_[index].word) || !adjacent(index + 1))
            return 0;
        const Token& word = tokens_[index + 1];
        if (!word.capital || word.word.size() < 3 || known(word) || words_.places.contains(word.word) ||
            belongs_to_organisation(index + 1))
            return 0;
        const auto after = surname(index + 2);
        return keep(index + 1, after == nothing ? index + 2 : after);
    }

    /// "J. de Vries", "A.B. Jansen", "P van Dam".
    std::size_t name_with_initials(std::size_t index)
    {
        std::size_t next = index;
        std::string initials;
        bool dots = true;
        while (next < tokens_.size() && next < index + 5 && tokens_[next].to - tokens_[next].from == 1 &&
               is_upper(text_.at(tokens_[next].from)) &&
               (next == index || tokens_[next].from - tokens_[next - 1].to <= 2)) {
            initials += text_.at(tokens_[next].from);
            dots = dots && text_.at(tokens_[next].to) == '.';
            ++next;
        }
        static const WordSet others{"BV", "NV", "VS", "US", "UK", "EU", "VN", "UN", "NB", "PS", "SA"};
        if (initials.empty() || others.contains(initials) || next >= tokens_.size() || belongs_to_organisation(next))
            return 0;
        const auto after = surname(next, true);
        if (after == nothing)
            return 0;
        const bool particles = after > next + 1;
        const bool common = words_.surnames.contains(tokens_[after - 1].word);
        if (!dots && !(particles && common) && !(common && !tokens_[index].opens_sentence))
            return 0;
        // "A. Aanpak" opens a paragraph; "vitamin D. Many": a letter and a new sentence.
        if (initials.size() == 1 && !particles && !common &&
            (tokens_[index].opens_sentence || text_.at(tokens_[index].from - 1) != ' '))
            return 0;
        return keep(index, after);
    }

    std::size_t name_from_list(std::size_t index)
    {
        const Token& word = tokens_[index];
        const bool clear = words_.first_names.contains(word.word) ||
                           (word.word.find('-') != std::string::npos && clear_parts(word.word));
        const bool also_word = !clear && words_.first_names_also_words.contains(word.word);
        if (!clear && !also_word)
            return 0;
        const bool capital = word.capital || word.capitals;
        if (also_word && !word.capital)
            return 0;
        // Without a capital a short word may be anything.
        if (!capital && word.word.size() < 5)
            return 0;
        if (belongs_to_organisation(index))
            return skip_name(index);
        std::size_t next = index + 1;
        while (next < tokens_.size() && next < index + 3 && adjacent(next) && capitalised(tokens_[next]) &&
               first_name(tokens_[next]) && !words_.surnames.contains(tokens_[next].word))
            ++next;
        auto after = surname(next);
        if (after == nothing && !capital)
            after = lower_case_surname(next);
        if (after != nothing && also_word && !believable(index, next, after))
            after = nothing;
        if (after == nothing) {
            if (also_word && next == index + 1)
                return initial_after(index);
            return keep(index, next);
        }
        return keep(index, after);
    }

    /// "Mark Rutte", "Ali B": a word that is also a first name needs a surname that is one, or no sentence before it.
    bool believable(std::size_t index, std::size_t next, std::size_t after) const
    {
        const bool particles = after > next + 1;
        return particles || words_.surnames.contains(tokens_[after - 1].word) || !tokens_[index].opens_sentence ||
               tokens_[after - 1].capital;
    }

    /// "Ali B." as newspapers write it.
    std::size_t initial_after(std::size_t index)
    {
        const Token* next = token(index + 1);
        if (next != nullptr && adjacent(index + 1) && next->to - next->from == 1 && is_upper(text_.at(next->from)) &&
            text_.at(next->to) == '.')
            return keep(index, index + 2);
        return 0;
    }

    std::size_t lower_case_surname(std::size_t index) const
    {
        std::size_t next = index;
        while (next < tokens_.size() && next - index < 4 && adjacent(next) &&
               words_.particles.contains(tokens_[next].word))
            ++next;
        if (next < tokens_.size() && adjacent(next) && words_.surnames.contains(tokens_[next].word))
            return next + 1;
        return nothing;
    }

    bool clear_parts(std::string_view word) const
    {
        const auto hyphen = word.find('-');
        const auto first = word.substr(0, hyphen), second = word.substr(hyphen + 1);
        return (words_.first_names.contains(first) || words_.first_names_also_words.contains(first)) &&
               (words_.first_names.contains(second) || words_.first_names_also_words.contains(second));
    }

    /// Past the words of an organisation or a street, so that its second word is not taken for a name.
    std::size_t skip_name(std::size_t index) const
    {
        std::size_t next = index + 1;
        while (next < tokens_.size() && next < index + 6 && adjacent(next) &&
               (capitalised(tokens_[next]) || words_.particles.contains(tokens_[next].word)))
            ++next;
        return next;
    }

    /// Two capitalised words that no list knows, inside a sentence.
    std::size_t unknown_name(std::size_t index)
    {
        const Token& word = tokens_[index];
        if (!word.capital || word.opens_sentence || word.word.size() < 3 || known(word) ||
            words_.places.contains(word.word))
            return 0;
        if (belongs_to_organisation(index))
            return skip_name(index);
        if (index > 0 && adjacent(index) && tokens_[index - 1].capital && !tokens_[index - 1].opens_sentence)
            return 0; // the third word of something longer
        const auto after = surname(index + 1);
        if (after == nothing || tokens_[after - 1].capitals)
            return 0;
        // "Jong Kracht Werkt" and other names of three words or more are of things.
        if (adjacent(after) && tokens_[after].capital && !tokens_[after].opens_sentence &&
            !words_.surnames.contains(tokens_[after].word))
            return skip_name(index);
        return keep(index, after);
    }

    // --- Days of birth --------------------------------------------------------------------------------------------

    /// Where a date ends that begins here: 12-06-2003, 12/6/03, 2003-06-12, 12 juni 2003 or a year alone.
    std::optional<std::size_t> date(std::size_t at, bool year_alone) const
    {
        std::array<int, 3> parts{};
        std::array<std::size_t, 3> lengths{};
        std::size_t next = at;
        std::size_t count = 0;
        std::size_t first_end = at;
        for (; count < 3; ++count) {
            const std::size_t from = next;
            while (is_digit(text_.at(next)) && next - from < 5)
                ++next;
            lengths[count] = next - from;
            if (lengths[count] == 0 || lengths[count] > 4)
                break;
            if (count == 0)
                first_end = next;
            for (std::size_t digit = from; digit < next; ++digit)
                parts[count] = parts[count] * 10 + (text_.at(digit) - '0');
            if (count == 2) {
                const bool day_first =
                    lengths[0] <= 2 && lengths[1] <= 2 && parts[1] <= 12 && (lengths[2] == 2 || lengths[2] == 4);
                const bool year_first = lengths[0] == 4 && lengths[1] <= 2 && lengths[2] <= 2;
                return day_first || year_first ? std::optional{next} : std::nullopt;
            }
            std::size_t separators = 0;
            while (separators < 2 && (text_.at(next) == '-' || text_.at(next) == '/' || text_.at(next) == '.' ||
                                      text_.at(next) == ' ')) {
                ++next;
                ++separators;
            }
            if (separators == 0)
                break;
        }
        if (lengths[0] > 0 && lengths[0] <= 2) { // 12 juni 2003
            std::size_t end = first_end;
            while (text_.at(end) == ' ' || text_.at(end) == '-')
                ++end;
            std::string month;
            while (is_letter(text_.at(end)) && month.size() < 12)
                month += lower(text_.at(end++));
            static const WordSet months{"januari",  "februari",  "maart",   "april",    "mei",      "juni",  "juli",
                                        "augustus", "september", "oktober", "november", "december", "jan",   "feb",
                                        "mrt",      "apr",       "jun",     "jul",      "aug",      "sep",   "sept",
                                        "okt",      "nov",       "dec",     "january",  "february", "march", "may",
                                        "june",     "july",      "august",  "october"};
            if (months.contains(month)) {
                while (text_.at(end) == ' ' || text_.at(end) == '-' || text_.at(end) == '.' || text_.at(end) == '\'')
                    ++end;
                const std::size_t year = end;
                while (is_digit(text_.at(end)) && end - year < 4)
                    ++end;
                return end - year == 0 || end - year == 2 || end - year == 4 ? std::optional{end} : std::nullopt;
            }
        }
        if (year_alone && lengths[0] == 4 && parts[0] >= 1900 && parts[0] < 2100)
            return first_end;
        return std::nullopt;
    }

    void find_birth_dates()
    {
        for (const auto& word : tokens_) {
            if (!words_.birth_words.contains(word.word))
                continue;
            for (std::size_t at = word.to; at < text_.size() && at < word.to + 24 && text_.at(at) != '\n'; ++at) {
                if (!is_digit(text_.at(at)) || is_word(text_.at(at - 1)))
                    continue;
                if (const auto end = date(at, true))
                    found_.push_back({Kind::birth_date, word.from, *end});
                break;
            }
        }
    }

    // --- Combinations ---------------------------------------------------------------------------------------------

    /// The age of one person from this word: "16-jarige", "16 jaar", "16-year-old", or nothing.
    std::optional<std::size_t> age(std::size_t index) const
    {
        const Token& word = tokens_[index];
        static const WordSet ages{"jarige", "jaar", "jarig", "year-old", "years", "year", "yr", "jr"};
        const bool singular = word.word == "jarige" || word.word == "year-old" || word.word == "jarig";
        if (!ages.contains(word.word) || word.from < 2)
            return std::nullopt;
        std::size_t at = word.from;
        while (at > 0 && word.from - at < 2 && (text_.at(at - 1) == ' ' || text_.at(at - 1) == '-'))
            --at;
        std::size_t from = at;
        while (from > 0 && is_digit(text_.at(from - 1)) && at - from < 3)
            --from;
        if (at - from == 0 || at - from > 2 || (at - from == 1 && text_.at(from) < '5'))
            return std::nullopt;
        if (!singular) {
            // "van 16 jaar" says an age only behind one person.
            for (std::size_t before = index; before > 0 && before + 4 > index; --before)
                if (words_.persons.contains(tokens_[before - 1].word))
                    return from;
            return std::nullopt;
        }
        // "12- tot 18-jarige" is a group.
        if (from >= 4 && text_.text.compare(from - 4, 4, "tot ") == 0)
            return std::nullopt;
        return from;
    }

    bool is_place(std::size_t index) const
    {
        const Token& word = tokens_[index];
        if (words_.places.contains(word.word) && (word.capital || word.capitals))
            return true;
        static const WordSet around{"in", "uit", "from", "te", "op", "near", "bij", "at"};
        return word.capital && index > 0 && adjacent(index) && around.contains(tokens_[index - 1].word);
    }

    bool place_word(const Token& word) const
    {
        static const WordSet all{"wijk", "buurt",      "straat",        "school",  "dorp",   "moskee", "flat", "klas",
                                 "kerk", "vereniging", "neighbourhood", "village", "mosque", "church", "club", "azc"};
        return all.contains(word.word);
    }

    /// One person, with an age and a place or an event, or with a place and an event, within one or two sentences.
    void find_combinations()
    {
        constexpr std::size_t reach = 30; // words
        for (std::size_t index = 0; index < tokens_.size(); ++index) {
            const auto aged = age(index);
            const bool person = words_.persons.contains(tokens_[index].word) && singled_out(index);
            if (!aged && !person)
                continue;
            std::size_t place = nothing, event = nothing;
            const std::size_t begin = index > 8 ? index - 8 : 0;
            for (std::size_t near = begin; near < tokens_.size() && near < index + reach; ++near) {
                if (place == nothing && (is_place(near) || (aged && place_word(tokens_[near]))))
                    place = near;
                if (event == nothing && words_.events.contains(tokens_[near].word))
                    event = near;
            }
            if (aged ? place == nothing && event == nothing : place == nothing || event == nothing)
                continue;
            std::size_t to = tokens_[index].to;
            for (const auto near : {place, event})
                if (near != nothing)
                    to = std::max(to, tokens_[near].to);
            found_.push_back({Kind::combination, aged ? *aged : tokens_[index].from, to});
            while (index + 1 < tokens_.size() && tokens_[index + 1].from < to)
                ++index;
        }
    }

    /// "een leerling", "zijn broer", "this boy": one person, not people in general.
    bool singled_out(std::size_t index) const
    {
        static const WordSet ones{"een",  "de",    "het",  "deze",  "die",   "dit",     "dat",  "zijn",
                                  "haar", "hun",   "one",  "the",   "a",     "this",    "that", "his",
                                  "her",  "their", "zo'n", "jonge", "young", "bepaalde"};
        for (std::size_t before = index; before > 0 && before + 2 > index; --before)
            if (adjacent(before) && ones.contains(tokens_[before - 1].word))
                return true;
        return false;
    }

    const Searched& searched_;
    const Folded& text_;
    const std::vector<Token>& tokens_;
    const Lexicon& words_;
    std::vector<Finding>& found_;
};

} // namespace

void find_persons(const Searched& text, std::vector<Finding>& found) { Search{text, found}.run(); }

} // namespace beproefd::screening
