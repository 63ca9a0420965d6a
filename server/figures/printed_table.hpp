// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/detective.hpp"
#include "platform/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace beproefd::figures {

/// How the numbers of a table are written.
enum class NumberNotation {
    either,  ///< nothing in the table tells: no point and no comma
    dutch,   ///< 1.234,56
    english, ///< 1,234.56
};

/// Anyone's table as it was typed: labels, numbers and what is a total.
struct PrintedTable {
    detective::Table table;
    std::vector<std::string> texts; ///< the text of each place, trimmed, in the order of table.places
    NumberNotation notation = NumberNotation::either;
    char separator = ',';
};

/// Reads a table in CSV: the first row names the columns, the first column the rows, everything else is a number or
/// blank. A last row or column called total, totaal, sum or som is a total; an earlier one called subtotaal (or
/// totaal, when a total follows) is a subtotal. Separated by comma, semicolon or tab; quotes as in RFC 4180. What
/// counts as a number, how Dutch and English notation are told apart and what counts as blank:
/// docs/reference/inspect.md. Refuses, with line and column and everything at once: broken UTF-8 and control
/// characters, rows of another length than the first, quotes that do not match, anything that is not a number,
/// numbers of more than 18 digits, a table without rows or columns, and more than a million places.
Result<PrintedTable> read_printed_table(std::string_view csv);

} // namespace beproefd::figures
