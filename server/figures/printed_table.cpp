// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/printed_table.hpp"

#include "platform/core/bounded.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

namespace beproefd::figures {
namespace {

using detective::Decimal;
using detective::Role;

constexpr std::size_t most_places = 1'000'000;

struct Cell {
    std::string text;
    int line = 0;
    int column = 0; ///< in characters, from 1
};

struct Grid {
    std::vector<std::vector<Cell>> rows;
    std::vector<FieldError> errors;
    std::size_t misfits = 0; ///< rows that are not as long as the first, and wrong quotes
};

FieldError error_at(int line, int column, std::string code, std::vector<Parameter> parameters = {})
{
    parameters.insert(parameters.begin(), {{"line", std::to_string(line)}, {"column", std::to_string(column)}});
    return {.pointer = "/csv", .code = std::move(code), .parameters = std::move(parameters)};
}

// --- text
// -----------------------------------------------------------------------------------------------------------

bool starts_with(std::string_view text, std::string_view prefix) { return text.starts_with(prefix); }

/// Everything that looks like a space: also the narrow and the unbreakable ones that word processors put in numbers.
constexpr std::array<std::string_view, 8> spaces{" ",        "\t",           "\n",           "\r",
                                                 "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89", "\xe2\x80\x87"};
/// Everything that is set as a minus: hyphen, soft and hard hyphens, en dash, em dash, the real one.
constexpr std::array<std::string_view, 9> dashes{"-",
                                                 "\xe2\x80\x90",
                                                 "\xe2\x80\x91",
                                                 "\xe2\x80\x92",
                                                 "\xe2\x80\x93",
                                                 "\xe2\x80\x94",
                                                 "\xe2\x88\x92",
                                                 "\xef\xb9\xa3",
                                                 "\xef\xbc\x8d"};
constexpr std::array<std::string_view, 7> dots{".",           "..", "...", "\xc2\xb7", "\xe2\x80\xa2", "\xe2\x80\xa6",
                                               "\xe2\x8b\x85"};
constexpr std::array<std::string_view, 3> apostrophes{"'", "\xe2\x80\x99", "\xca\xbc"};
/// What may stand before or after a number without changing it.
constexpr std::array<std::string_view, 10> units{"\xe2\x82\xac", "EUR", "eur",          "Eur", "$",
                                                 "\xc2\xa3",     "%",   "\xe2\x80\xb0", "GBP", "USD"};

template<std::size_t N>
bool drop_front(std::string_view& text, const std::array<std::string_view, N>& words)
{
    for (const auto word : words)
        if (starts_with(text, word)) {
            text.remove_prefix(word.size());
            return true;
        }
    return false;
}

template<std::size_t N>
bool drop_back(std::string_view& text, const std::array<std::string_view, N>& words)
{
    for (const auto word : words)
        if (text.ends_with(word)) {
            text.remove_suffix(word.size());
            return true;
        }
    return false;
}

std::string_view trimmed(std::string_view text)
{
    while (drop_front(text, spaces)) {
    }
    while (drop_back(text, spaces)) {
    }
    return text;
}

bool is_blank(std::string_view trimmed_text)
{
    return trimmed_text.empty() || std::find(dashes.begin(), dashes.end(), trimmed_text) != dashes.end() ||
           std::find(dots.begin(), dots.end(), trimmed_text) != dots.end();
}

/// One error per line that holds a character that is not text, at the first of them.
std::vector<FieldError> unreadable_characters(std::string_view text)
{
    std::vector<FieldError> errors;
    int line = 1;
    int column = 1;
    bool told = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        const auto character = text.substr(i, size);
        if (character == "\n") {
            ++line;
            column = 0;
            told = false;
        } else if (character.size() < size || utf8_length(character) != 1) {
            if (!told)
                errors.push_back(error_at(line, column, "table-utf8"));
            told = true;
            size = 1;
        } else if (character != "\r" && !is_clean_text(character)) {
            if (!told)
                errors.push_back(error_at(line, column, "table-control-character"));
            told = true;
        }
        i += size;
        ++column;
    }
    return errors;
}

// --- cells
// ----------------------------------------------------------------------------------------------------------

/// Cuts the text into cells. Lines end with LF, CRLF or CR; empty lines are left out.
Grid cut(std::string_view text, char separator, int line)
{
    Grid grid;
    int column = 1;
    std::size_t i = 0;
    const auto at_line_end = [&] { return i < text.size() && (text[i] == '\n' || text[i] == '\r'); };
    const auto next = [&] {
        const char c = text[i++];
        if (c == '\n' || (c == '\r' && (i == text.size() || text[i] != '\n'))) {
            ++line;
            column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80 && c != '\r') {
            ++column;
        }
        return c;
    };
    while (i < text.size()) {
        std::vector<Cell> row;
        while (true) {
            Cell cell{.text = {}, .line = line, .column = column};
            const bool quoted = i < text.size() && text[i] == '"';
            if (quoted) {
                next();
                bool closed = false;
                while (i < text.size() && !closed) {
                    const bool quote = text[i] == '"';
                    if (quote)
                        next();
                    closed = quote && (i == text.size() || text[i] != '"'); // a doubled quote is one in the text
                    if (!closed)
                        cell.text += next();
                }
                if (!closed) {
                    grid.errors.push_back(error_at(cell.line, cell.column, "table-open-quote"));
                    ++grid.misfits;
                } else if (i < text.size() && text[i] != separator && !at_line_end()) {
                    grid.errors.push_back(error_at(line, column, "table-after-quote"));
                    ++grid.misfits;
                }
            }
            bool told = quoted;
            while (i < text.size() && text[i] != separator && !at_line_end()) {
                if (text[i] == '"' && !std::exchange(told, true)) {
                    grid.errors.push_back(error_at(line, column, "table-quote"));
                    ++grid.misfits;
                }
                cell.text += next();
            }
            row.push_back(std::move(cell));
            if (i >= text.size() || at_line_end())
                break;
            next(); // the separator
        }
        if (i < text.size()) {
            const bool carriage_return = text[i] == '\r';
            next();
            if (carriage_return && i < text.size() && text[i] == '\n')
                next();
        }
        if (row.size() > 1 || !trimmed(row[0].text).empty())
            grid.rows.push_back(std::move(row));
    }
    for (const auto& row : grid.rows)
        grid.misfits += row.size() != grid.rows[0].size();
    return grid;
}

struct Separated {
    Grid grid;
    char separator;
};

/// The separator under which the rows are equally long. Where several would do, the one that is least likely to stand
/// in a label or a number wins: tab, then semicolon, then comma.
Separated separated(std::string_view text)
{
    if (starts_with(text, "sep=") && text.size() > 5 && (text[5] == '\n' || text[5] == '\r')) {
        const char named = text[4];
        auto rest = text.substr(5);
        if (starts_with(rest, "\r"))
            rest.remove_prefix(1);
        if (starts_with(rest, "\n"))
            rest.remove_prefix(1);
        return {cut(rest, named, 2), named};
    }
    std::optional<Separated> best;
    for (const char separator : {'\t', ';', ','}) {
        if (text.find(separator) == std::string_view::npos)
            continue;
        auto grid = cut(text, separator, 1);
        if (grid.rows.empty() || grid.rows[0].size() < 2)
            continue;
        if (!best || grid.misfits < best->grid.misfits)
            best = Separated{std::move(grid), separator};
    }
    if (best)
        return *std::move(best);
    return {cut(text, ',', 1), ','};
}

bool all_empty(const std::vector<Cell>& row)
{
    return std::all_of(row.begin(), row.end(), [](const Cell& cell) { return trimmed(cell.text).empty(); });
}

/// Leaves out what a spreadsheet writes without meaning anything: rows and last columns without any text.
void leave_out_empty_lines(Grid& grid)
{
    std::erase_if(grid.rows, all_empty);
    if (grid.rows.empty())
        return;
    const auto width = grid.rows[0].size();
    const auto rectangular =
        std::all_of(grid.rows.begin(), grid.rows.end(), [&](const auto& row) { return row.size() == width; });
    const auto last_is_empty = [](const auto& row) { return trimmed(row.back().text).empty(); };
    while (rectangular && grid.rows[0].size() > 1 && std::all_of(grid.rows.begin(), grid.rows.end(), last_is_empty))
        for (auto& row : grid.rows)
            row.pop_back();
}

// --- numbers
// --------------------------------------------------------------------------------------------------------

/// A number without its sign and unit: digits, points, commas and the signs between groups.
struct Bare {
    std::string marks; ///< every kind of space is ' ', every kind of apostrophe '\''
    bool negative = false;
};

/// Empty when the text cannot be a number in any notation.
std::optional<Bare> bare(std::string_view text)
{
    Bare result;
    text = trimmed(text);
    if (starts_with(text, "(") && text.ends_with(")")) { // as accountants write negative numbers
        result.negative = true;
        text = trimmed(text.substr(1, text.size() - 2));
    }
    bool unit = false;
    bool sign = result.negative;
    while (true) {
        text = trimmed(text);
        if (!unit && (drop_front(text, units) || drop_back(text, units)))
            unit = true;
        else if (!sign && (drop_front(text, dashes) || drop_back(text, dashes)))
            sign = result.negative = true;
        else if (!sign && drop_front(text, std::array<std::string_view, 1>{"+"}))
            sign = true;
        else
            break;
    }
    while (!text.empty()) {
        const char c = text.front();
        if ((c >= '0' && c <= '9') || c == '.' || c == ',') {
            result.marks += c;
            text.remove_prefix(1);
        } else if (drop_front(text, apostrophes)) {
            result.marks += '\'';
        } else if (c != '\n' && c != '\r' && drop_front(text, spaces)) {
            result.marks += ' ';
        } else {
            return std::nullopt;
        }
    }
    if (std::none_of(result.marks.begin(), result.marks.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return result;
}

/// A number that was read, before it is known whether all of them fit.
struct Reading {
    std::string digits;
    int decimals = 0;
    bool negative = false;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The number under one decimal mark; empty when it does not follow that notation. Groups have three digits, the
/// first one to three and no leading zero, and one sign between all of them.
std::optional<Reading> read_number(const Bare& number, char decimal_mark)
{
    const char group_mark = decimal_mark == ',' ? '.' : ',';
    std::string_view text = number.marks;
    Reading reading{.digits = {}, .decimals = 0, .negative = number.negative};
    std::string_view whole = text.substr(0, text.find(decimal_mark));
    std::string_view part = whole.size() < text.size() ? text.substr(whole.size() + 1) : std::string_view{};
    if (whole.size() < text.size()) {
        if (part.empty() || !std::all_of(part.begin(), part.end(), is_digit))
            return std::nullopt;
        reading.decimals = static_cast<int>(part.size());
    }
    const auto first_mark = std::find_if_not(whole.begin(), whole.end(), is_digit);
    if (first_mark == whole.end()) {
        reading.digits = whole;
    } else {
        const char mark = *first_mark;
        if (mark != group_mark && mark != ' ' && mark != '\'')
            return std::nullopt;
        const auto lead = static_cast<std::size_t>(first_mark - whole.begin());
        if (lead < 1 || lead > 3 || whole[0] == '0' || (whole.size() - lead) % 4 != 0)
            return std::nullopt;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            const bool mark_expected = i >= lead && (i - lead) % 4 == 0;
            if (mark_expected ? whole[i] != mark : !is_digit(whole[i]))
                return std::nullopt;
            if (!mark_expected)
                reading.digits += whole[i];
        }
    }
    if (reading.digits.empty() && part.empty())
        return std::nullopt;
    reading.digits += part;
    const auto significant = std::min(reading.digits.find_first_not_of('0'), reading.digits.size());
    reading.digits.erase(0, significant);
    return reading;
}

Decimal to_decimal(const Reading& reading)
{
    Decimal value{0, reading.decimals};
    for (const char digit : reading.digits)
        value.units = value.units * 10 + (digit - '0');
    if (reading.negative)
        value.units = -value.units;
    return value;
}

/// The numbers of the table under one decimal mark.
struct Readings {
    std::vector<std::optional<Reading>> numbers; ///< empty for blanks and for what does not fit
    std::size_t misfits = 0;
    int finest = 0;
    bool one_number_of_decimals = true;

    bool fits(const Reading& reading) const
    {
        return finest <= detective::most_decimals &&
               reading.digits.size() + static_cast<std::size_t>(finest - reading.decimals) <=
                   static_cast<std::size_t>(detective::most_digits);
    }
};

Readings read_all(const std::vector<std::optional<Bare>>& bares, char decimal_mark)
{
    Readings result;
    std::optional<int> decimals;
    for (const auto& number : bares) {
        auto reading = number ? read_number(*number, decimal_mark) : std::nullopt;
        result.misfits += number && !reading;
        if (reading) {
            result.finest = std::max(result.finest, reading->decimals);
            result.one_number_of_decimals =
                result.one_number_of_decimals && decimals.value_or(reading->decimals) == reading->decimals;
            decimals = reading->decimals;
        }
        result.numbers.push_back(std::move(reading));
    }
    return result;
}

std::size_t differences(detective::Table table, const Readings& readings)
{
    for (std::size_t i = 0; i < table.places.size(); ++i) {
        if (!readings.numbers[i])
            continue;
        if (!readings.fits(*readings.numbers[i]))
            return table.places.size() * 2;
        table.places[i].value = to_decimal(*readings.numbers[i]);
    }
    return detective::investigate(table).differences.size();
}

/// One reading for the whole file, from all of its evidence, the strongest first: what cannot be read otherwise; the
/// sums; the same number of decimals everywhere; the separator, because a comma between the numbers leaves the point
/// for the decimals and a semicolon is there for decimal commas. A tab tells nothing: then three digits are a group,
/// because thousands are commoner than thousandths.
NumberNotation notation_of(const Readings& dutch, const Readings& english, bool any_mark,
                           const detective::Table& table, char separator)
{
    if (dutch.misfits != english.misfits)
        return dutch.misfits < english.misfits ? NumberNotation::dutch : NumberNotation::english;
    if (!any_mark)
        return NumberNotation::either;
    if (dutch.misfits == 0) {
        const auto dutch_differences = differences(table, dutch);
        const auto english_differences = differences(table, english);
        if (dutch_differences != english_differences)
            return dutch_differences < english_differences ? NumberNotation::dutch : NumberNotation::english;
    }
    if (dutch.one_number_of_decimals != english.one_number_of_decimals)
        return dutch.one_number_of_decimals ? NumberNotation::dutch : NumberNotation::english;
    const bool english_groups = english.finest == 0 && dutch.finest > 0;
    return separator == ',' || (separator == '\t' && english_groups) ? NumberNotation::english
                                                                     : NumberNotation::dutch;
}

// --- totals
// ---------------------------------------------------------------------------------------------------------

/// The label without what does not change its meaning: capitals, brackets with a unit, a footnote star, a colon.
std::string plain(std::string_view label)
{
    std::string text;
    int depth = 0;
    for (const char c : label) {
        depth += c == '(' || c == '[';
        if (depth == 0 && c != '*' && c != ':')
            text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        depth -= depth > 0 && (c == ')' || c == ']');
    }
    return std::string{trimmed(text)};
}

bool is_total(std::string_view label)
{
    static constexpr std::array<std::string_view, 12> words{"total",       "totaal",          "sum",
                                                            "som",         "totals",          "totalen",
                                                            "grand total", "totaal generaal", "algemeen totaal",
                                                            "eindtotaal",  "general total",   "totaal-generaal"};
    return std::find(words.begin(), words.end(), plain(label)) != words.end();
}

bool is_subtotal(std::string_view label)
{
    static constexpr std::array<std::string_view, 8> words{"subtotal",  "subtotaal",  "sub-total", "sub-totaal",
                                                           "sub total", "sub totaal", "subtotals", "tussentotaal"};
    return std::find(words.begin(), words.end(), plain(label)) != words.end();
}

void give_roles(std::vector<detective::Line>& lines)
{
    if (lines.size() < 2)
        return; // alone it has nothing to add up
    const bool closed = is_total(lines.back().label);
    if (closed)
        lines.back().role = Role::total;
    for (std::size_t i = 0; i < lines.size() - closed; ++i)
        if (is_subtotal(lines[i].label) || (closed && is_total(lines[i].label)))
            lines[i].role = Role::subtotal;
}

std::string shown(std::string_view text)
{
    constexpr std::size_t most = 40;
    std::string result;
    for (const char c : text)
        result += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    if (result.size() > most) {
        std::size_t end = most;
        while ((static_cast<unsigned char>(result[end]) & 0xc0) == 0x80)
            --end;
        result = result.substr(0, end) + "…";
    }
    return result;
}

} // namespace

Result<PrintedTable> read_printed_table(std::string_view csv)
{
    if (starts_with(csv, "\xef\xbb\xbf"))
        csv.remove_prefix(3);
    if (auto errors = unreadable_characters(csv); !errors.empty())
        return invalid(std::move(errors));

    auto [grid, separator] = separated(csv);
    auto errors = std::move(grid.errors);
    leave_out_empty_lines(grid);
    if (grid.rows.empty())
        return invalid({error_at(1, 1, "table-empty")});
    const auto& header = grid.rows[0];
    if (header.size() < 2)
        errors.push_back(error_at(header[0].line, 1, "table-one-column"));
    else if (grid.rows.size() < 2)
        errors.push_back(error_at(header[0].line, 1, "table-one-row"));
    if (header.size() * grid.rows.size() > most_places)
        errors.push_back(error_at(1, 1, "table-too-large", {{"most", std::to_string(most_places)}}));
    if (header.size() < 2 || grid.rows.size() < 2 || header.size() * grid.rows.size() > most_places)
        return invalid(std::move(errors));

    PrintedTable result;
    result.separator = separator;
    auto& table = result.table;
    for (std::size_t c = 1; c < header.size(); ++c)
        table.columns.push_back({std::string{trimmed(header[c].text)}});
    std::vector<const Cell*> cells;
    std::vector<std::optional<Bare>> bares;
    bool any_mark = false;
    for (std::size_t r = 1; r < grid.rows.size(); ++r) {
        const auto& row = grid.rows[r];
        if (row.size() != header.size())
            errors.push_back(
                error_at(row[0].line, row.size() > header.size() ? row[header.size()].column : 1, "table-ragged",
                         {{"found", std::to_string(row.size())}, {"expected", std::to_string(header.size())}}));
        table.rows.push_back({std::string{trimmed(row[0].text)}});
        for (std::size_t c = 1; c < header.size(); ++c) {
            static const Cell nothing;
            const auto& cell = c < row.size() ? row[c] : nothing;
            const auto text = trimmed(cell.text);
            auto number = is_blank(text) ? std::nullopt : bare(text);
            if (!number && !is_blank(text))
                errors.push_back(error_at(cell.line, cell.column, "table-not-a-number",
                                          {{"text", shown(text)}, {"header", shown(table.columns[c - 1].label)}}));
            any_mark = any_mark || (number && number->marks.find_first_of(".,") != std::string::npos);
            cells.push_back(&cell);
            bares.push_back(std::move(number));
            result.texts.emplace_back(text);
        }
    }
    give_roles(table.rows);
    give_roles(table.columns);
    table.places.resize(bares.size());

    const auto dutch = read_all(bares, ',');
    const auto english = read_all(bares, '.');
    result.notation = notation_of(dutch, english, any_mark, table, separator);
    const auto& readings = result.notation == NumberNotation::english ? english : dutch;
    const auto& other = result.notation == NumberNotation::english ? dutch : english;
    for (std::size_t i = 0; i < bares.size(); ++i) {
        if (!bares[i])
            continue;
        const auto& header_text = table.columns[i % table.columns.size()].label;
        if (!readings.numbers[i]) {
            const auto* code = !other.numbers[i]                            ? "table-not-a-number"
                               : result.notation == NumberNotation::english ? "table-not-english"
                                                                            : "table-not-dutch";
            errors.push_back(error_at(cells[i]->line, cells[i]->column, code,
                                      {{"text", shown(result.texts[i])}, {"header", shown(header_text)}}));
        } else if (!readings.fits(*readings.numbers[i])) {
            errors.push_back(error_at(cells[i]->line, cells[i]->column, "table-number-too-large",
                                      {{"text", shown(result.texts[i])},
                                       {"header", shown(header_text)},
                                       {"digits", std::to_string(detective::most_digits)},
                                       {"decimals", std::to_string(readings.finest)}}));
        } else {
            table.places[i].value = to_decimal(*readings.numbers[i]);
        }
    }
    if (!errors.empty()) {
        std::sort(errors.begin(), errors.end(), [](const FieldError& a, const FieldError& b) {
            const auto place = [](const FieldError& e) {
                return std::tuple{std::stoi(e.parameters[0].second), std::stoi(e.parameters[1].second), e.code};
            };
            return place(a) < place(b);
        });
        return invalid(std::move(errors));
    }
    return result;
}

} // namespace beproefd::figures
