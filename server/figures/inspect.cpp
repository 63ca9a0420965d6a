// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/inspect.hpp"

#include "platform/describe/json.hpp"
#include "platform/describe/sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace beproefd::figures {
namespace {

using detective::Case;
using detective::Decimal;
using detective::Difference;
using detective::Explanation;
using detective::Place;
using detective::Role;
using detective::SlipKind;
using detective::SumKind;
using detective::Table;

/// A file that is larger is not a table anyone typed.
constexpr std::size_t most_bytes = 64u << 20;
constexpr std::size_t most_errors_told = 100;
/// The sums of more explanations would make the answer long without making it clearer.
constexpr std::size_t explanations_with_sums = 3;

/// The printed label of a line, or nothing for the side of a total.
const std::string* side(const detective::Line& line) { return line.role == Role::total ? nullptr : &line.label; }

const std::string& label_of(const Table& table, const Difference& difference)
{
    return difference.sum == SumKind::row ? table.rows[difference.total.row].label
                                          : table.columns[difference.total.column].label;
}

/// The line that a sum is printed in, when it is not the total but a subtotal.
const std::string* subtotal_of(const Table& table, const Difference& difference)
{
    const auto& line =
        difference.sum == SumKind::row ? table.columns[difference.total.column] : table.rows[difference.total.row];
    return line.role == Role::subtotal ? &line.label : nullptr;
}

void add_member(std::string& out, std::string_view name, const std::string* text)
{
    out += fmt::format(",\"{}\":", name);
    if (text)
        describe::write_text(out, *text);
    else
        out += "null";
}

void add_member(std::string& out, std::string_view name, const std::optional<Decimal>& number)
{
    out += fmt::format(",\"{}\":{}", name, number ? number->to_text() : "null");
}

// --- for people
// -------------------------------------------------------------------------------------------------------

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text)
        result += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    return result + '"';
}

std::string place_text(const Table& table, const Place& place)
{
    const auto& row = table.rows[place.row];
    const auto& column = table.columns[place.column];
    if (row.role == Role::total && column.role == Role::total)
        return "the grand total";
    if (row.role == Role::total)
        return fmt::format("the total of column {}", quoted(column.label));
    if (column.role == Role::total)
        return fmt::format("the total of row {}", quoted(row.label));
    return fmt::format("row {}, column {}", quoted(row.label), quoted(column.label));
}

std::string_view in_words(SlipKind kind)
{
    switch (kind) {
    case SlipKind::lost_sign:
        return "a lost minus";
    case SlipKind::transposed_digits:
        return "digits exchanged";
    case SlipKind::decimal_shift:
        return "a shifted decimal point";
    case SlipKind::digit:
        return "one digit misprinted, dropped or doubled";
    case SlipKind::moved_cell:
        return "a value in the neighbouring cell";
    case SlipKind::missing_value:
        return "a missing value";
    case SlipKind::wrong_total:
        return "a wrong total";
    }
    return "";
}

std::string explanation_text(const Table& table, const Explanation& e)
{
    std::string_view kind = in_words(e.kind);
    if (e.kind == SlipKind::lost_sign && e.corrected && e.corrected->units > 0)
        kind = "a minus too many";
    auto text = fmt::format("{}: {}: ", kind, place_text(table, e.place));
    if (e.moved_to)
        return text + fmt::format("{} belongs in {}", e.printed->to_text(), place_text(table, *e.moved_to));
    if (!e.printed)
        return text + fmt::format("nothing is printed, should be {}", e.corrected->to_text());
    return text + fmt::format("printed {}, should be {}", e.printed->to_text(), e.corrected->to_text());
}

std::string counted(std::size_t number, std::string_view one, std::string_view many)
{
    return fmt::format("{} {}", number, number == 1 ? one : many);
}

/// a − b in the finer decimals of the two.
Decimal minus(const Decimal& a, const Decimal& b)
{
    auto units = [finest = std::max(a.decimals, b.decimals)](Decimal value) {
        for (; value.decimals < finest; ++value.decimals)
            value.units *= 10;
        return value.units;
    };
    return {units(a) - units(b), std::max(a.decimals, b.decimals)};
}

// --- for the web
// ------------------------------------------------------------------------------------------------------

std::optional<std::string> copied(const std::string* text) { return text ? std::optional{*text} : std::nullopt; }

InspectedSum inspected_sum(const Table& printed, const Table& corrected, const Difference& difference)
{
    const bool along_row = difference.sum == SumKind::row;
    const auto& lines = along_row ? printed.columns : printed.rows;
    const auto total = along_row ? difference.total.column : difference.total.row;
    const auto value = [&](const Table& table, std::size_t line) {
        return (along_row ? table.at(difference.total.row, line) : table.at(line, difference.total.column)).value;
    };
    std::size_t first = 0;
    std::size_t end = lines.size();
    if (lines[total].role == Role::subtotal) {
        end = total;
        for (first = total; first > 0 && lines[first - 1].role != Role::subtotal;)
            --first;
    }
    InspectedSum sum{.sum = along_row ? InspectedSumKind::row : InspectedSumKind::column,
                     .label = label_of(printed, difference)};
    std::optional<Decimal> sum_of_corrected;
    for (std::size_t i = first; i < end; ++i) {
        if (lines[i].role != Role::item)
            continue;
        InspectedTerm term{lines[i].label, value(printed, i), value(corrected, i)};
        term.changed = term.printed != term.corrected;
        const auto negative = [](Decimal d) { return Decimal{-d.units, d.decimals}; };
        if (term.corrected)
            sum_of_corrected = minus(sum_of_corrected.value_or(Decimal{0, term.corrected->decimals}),
                                     lines[i].subtracted ? *term.corrected : negative(*term.corrected));
        sum.terms.push_back(std::move(term));
    }
    const auto corrected_total = value(corrected, total);
    sum.recomputed = {"", difference.recomputed, sum_of_corrected.value_or(Decimal{}), false};
    sum.recomputed.changed = sum.recomputed.printed != sum.recomputed.corrected;
    sum.total = {lines[total].label, difference.printed, corrected_total, difference.printed != corrected_total};
    sum.difference.printed = minus(difference.recomputed, difference.printed);
    if (corrected_total)
        sum.difference.corrected = minus(*sum.recomputed.corrected, *corrected_total);
    sum.difference.changed = true;
    return sum;
}

} // namespace

std::string inspection_json(const PrintedTable& printed, const Case& found)
{
    const auto& table = printed.table;
    std::string out = fmt::format("{{\"consistent\":{},\"differences\":[", found.consistent());
    bool first = true;
    for (const auto& difference : found.differences) {
        out += fmt::format("{}{{\"sum\":\"{}\"", first ? "" : ",", difference.sum == SumKind::row ? "row" : "column");
        first = false;
        add_member(out, "label", &label_of(table, difference));
        if (const auto* subtotal = subtotal_of(table, difference))
            add_member(out, "subtotal", subtotal);
        add_member(out, "printed", std::optional{difference.printed});
        add_member(out, "recomputed", std::optional{difference.recomputed});
        out += difference.rounding_possible ? ",\"rounding_possible\":true}" : "}";
    }
    out += "],\"explanations\":[";
    first = true;
    for (const auto& e : found.explanations) {
        out += fmt::format("{}{{\"rank\":{},\"kind\":\"{}\"", first ? "" : ",", e.rank, to_text(e.kind));
        first = false;
        add_member(out, "row", side(table.rows[e.place.row]));
        add_member(out, "column", side(table.columns[e.place.column]));
        if (e.moved_to) {
            add_member(out, "to_row", side(table.rows[e.moved_to->row]));
            add_member(out, "to_column", side(table.columns[e.moved_to->column]));
        }
        add_member(out, "printed", e.printed);
        add_member(out, "corrected", e.corrected);
        out += fmt::format(",\"score\":{}}}", e.score);
    }
    return out + "]}\n";
}

std::string inspection_text(const PrintedTable& printed, const Case& found, std::string_view name)
{
    const auto& table = printed.table;
    const auto notation = printed.notation == NumberNotation::dutch     ? ", Dutch notation"
                          : printed.notation == NumberNotation::english ? ", English notation"
                                                                        : "";
    std::string out = fmt::format("{}: {}, {}{}\n", name, counted(table.rows.size(), "row", "rows"),
                                  counted(table.columns.size(), "column", "columns"), notation);
    if (found.sums == 0)
        return out +
               "There is nothing to check: no last row or column called total, totaal, sum or som holds a number.\n";
    if (found.consistent())
        return out + fmt::format("Everything adds up: {} checked.\n", counted(found.sums, "sum", "sums"));

    out += fmt::format("{} of {} {} not come out:\n", found.differences.size(), counted(found.sums, "sum", "sums"),
                       found.differences.size() == 1 ? "does" : "do");
    for (const auto& difference : found.differences) {
        const auto* subtotal = subtotal_of(table, difference);
        out += fmt::format(
            "  {} {}{}: printed {}, recomputed {}, {} too {}{}\n", difference.sum == SumKind::row ? "row" : "column",
            quoted(label_of(table, difference)), subtotal ? ", " + quoted(*subtotal) : "",
            difference.printed.to_text(), difference.recomputed.to_text(),
            [&] {
                auto off = minus(difference.recomputed, difference.printed);
                off.units = off.units < 0 ? -off.units : off.units;
                return off.to_text();
            }(),
            minus(difference.recomputed, difference.printed).units > 0 ? "much" : "little",
            difference.rounding_possible ? " (rounding alone could do this)" : "");
    }
    if (found.explanations.empty())
        return out + "No single slip explains all of it.\n";

    // One correction may have come about by several slips (a lost digit, a shifted comma): it is one answer.
    const auto& all = found.explanations;
    const auto is_new_correction = [&](const Explanation& e) {
        return std::none_of(all.data(), &e, [&](const Explanation& before) {
            return e.place == before.place && e.corrected == before.corrected && e.moved_to == before.moved_to;
        });
    };
    const auto corrections = std::count_if(all.begin(), all.end(), is_new_correction);
    const auto likeliest = std::count_if(all.begin(), all.end(),
                                         [&](const Explanation& e) { return e.rank == 1 && is_new_correction(e); });
    if (all.size() == 1)
        out += "One slip explains all of it, and no other single slip does:\n";
    else if (corrections == 1)
        out += "One correction explains all of it, and no other does; how it came about is not certain:\n";
    else if (likeliest == 1)
        out += "Most likely:\n";
    else
        out += fmt::format("{} corrections explain all of it equally well; the sums alone cannot tell which:\n",
                           likeliest);
    bool others = false;
    for (const auto& e : all) {
        if (e.rank > 1 && corrections > 1 && !std::exchange(others, true))
            out += "Less likely:\n";
        out += fmt::format("  {}. {} (score {})\n", e.rank, explanation_text(table, e), e.score);
    }
    return out;
}

int inspect_command(const std::string& path, bool json, std::FILE* out, std::FILE* error)
{
    const auto refuse = [&](std::string_view why) {
        fmt::print(error, "beproefd: {}: {}\n", path, why);
        return 2;
    };
    std::ifstream file{path, std::ios::binary};
    if (!file)
        return refuse("this file cannot be read; does it exist, and may you read it?");
    std::string text;
    std::array<char, 65536> buffer{};
    while (file.read(buffer.data(), buffer.size()) || file.gcount() > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(file.gcount()));
        if (text.size() > most_bytes)
            return refuse(fmt::format("this file is larger than {} MB", most_bytes >> 20));
    }
    if (file.bad() || !file.eof())
        return refuse("this file cannot be read to its end; is it a folder?");

    const auto printed = read_printed_table(text);
    if (!printed) {
        const auto& fields = printed.error().fields;
        for (std::size_t i = 0; i < std::min(fields.size(), most_errors_told); ++i)
            refuse(describe::sentence(fields[i].code, fields[i].parameters, describe::Language::en));
        if (fields.size() > most_errors_told)
            refuse(fmt::format("and {} more", fields.size() - most_errors_told));
        return 2;
    }
    const auto found = detective::investigate(printed->table);
    fmt::print(out, "{}", json ? inspection_json(*printed, found) : inspection_text(*printed, found, path));
    return 0;
}

Result<TableInspection> inspect(const TableInspectionRequest& request)
{
    const auto read = read_printed_table(request.csv.text);
    if (!read)
        return read.error();
    const auto& table = read->table;
    const auto found = detective::investigate(table);

    TableInspection result{.consistent = found.consistent(), .sums = static_cast<std::int64_t>(found.sums)};
    result.notation = read->notation;
    for (const auto& column : table.columns)
        result.columns.push_back({column.label, column.role});
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        result.rows.push_back({table.rows[r].label, table.rows[r].role});
        auto& cells = result.cells.emplace_back();
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            cells.push_back({read->texts[r * table.columns.size() + c], table.at(r, c).value, InspectedMark::none});
    }
    const auto cell = [&](const Place& place) -> InspectedCell& { return result.cells[place.row][place.column]; };
    for (const auto& difference : found.differences) {
        cell(difference.total).mark = InspectedMark::difference;
        result.differences.push_back(
            {.sum = difference.sum == SumKind::row ? InspectedSumKind::row : InspectedSumKind::column,
             .label = label_of(table, difference),
             .row = static_cast<std::int64_t>(difference.total.row),
             .column = static_cast<std::int64_t>(difference.total.column),
             .printed = difference.printed,
             .recomputed = difference.recomputed,
             .difference = minus(difference.recomputed, difference.printed),
             .rounding_possible = difference.rounding_possible});
    }
    for (const auto& e : found.explanations) {
        InspectedExplanation told{.rank = e.rank, .kind = std::string{to_text(e.kind)}};
        told.row_label = copied(side(table.rows[e.place.row]));
        told.column_label = copied(side(table.columns[e.place.column]));
        told.row = static_cast<std::int64_t>(e.place.row);
        told.column = static_cast<std::int64_t>(e.place.column);
        if (e.moved_to) {
            told.to_row = static_cast<std::int64_t>(e.moved_to->row);
            told.to_column = static_cast<std::int64_t>(e.moved_to->column);
            told.to_row_label = copied(side(table.rows[e.moved_to->row]));
            told.to_column_label = copied(side(table.columns[e.moved_to->column]));
        }
        told.printed = e.printed;
        told.corrected = e.corrected;
        told.score = e.score;
        if (result.explanations.size() < explanations_with_sums) {
            std::vector<Table> corrected{table};
            detective::correct(e, corrected);
            for (const auto& difference : found.differences)
                told.sums.push_back(inspected_sum(table, corrected[0], difference));
        }
        if (e.rank == 1)
            cell(e.place).mark = InspectedMark::suspect;
        result.explanations.push_back(std::move(told));
    }
    return result;
}

} // namespace beproefd::figures

namespace beproefd::describe {

std::optional<figures::detective::Decimal> Scalar<figures::detective::Decimal>::from(std::string_view text)
{
    figures::detective::Decimal value;
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative);
    bool point = false;
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == '.' && !point && digits > 0) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > 36)
            return std::nullopt;
        value.units = value.units * 10 + (c - '0');
        value.decimals += point;
    }
    if (digits == 0 || (point && value.decimals == 0) || value.decimals > figures::detective::most_decimals)
        return std::nullopt;
    if (negative)
        value.units = -value.units;
    return value;
}

} // namespace beproefd::describe
