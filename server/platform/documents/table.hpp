// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace beproefd::documents {

/// A number that is written with this many decimals, so that 0,50 does not become 0,5.
struct Decimal {
    double value = 0;
    int decimals = 0;
};

/// One cell: nothing, text, a whole number, a number with decimals, or a day.
using Cell = std::variant<std::monostate, std::string, std::int64_t, Decimal, Day>;

struct Column {
    std::string name;  ///< snake_case, the head of the column in CSV
    std::string label; ///< the head of the column in a spreadsheet
    double width = 16; ///< characters
};

/// A table on its way out: what every export carries besides its rows is who made it, from what and under which
/// licence.
struct Sheet {
    std::string name; ///< of the tab; 1 to 31 characters without []:*?/\ .
    std::string title;
    std::vector<std::string> remarks; ///< source, licence, day, "Voorbeeldgegevens"; each on a line of its own
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows; ///< each as long as columns
};

/// RFC 4180: comma, CRLF, quotes where needed, UTF-8 without a byte order mark, the names of the columns as first
/// line. Remarks are not written: a CSV file holds the table and nothing else; give them as columns where they
/// matter. Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP CSV injection).
std::string to_csv(const Sheet& sheet);

/// Office Open XML, written row by row in constant memory: each sheet has its title and remarks above the table, a
/// frozen head and a filter. Text is always written as text, so it cannot become a formula. Throws
/// std::runtime_error when the file cannot be made.
std::string to_xlsx(const std::vector<Sheet>& sheets);

/// The text with an apostrophe in front when a spreadsheet would take it for a formula.
std::string without_formula(std::string_view text);

} // namespace beproefd::documents
