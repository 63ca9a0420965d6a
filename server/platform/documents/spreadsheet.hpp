// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::documents {

/// A sheet of nothing but text, as forms are written: the first row names the columns.
struct TextSheet {
    std::string name; ///< of the tab; 1 to 31 characters without []:*?/\ .
    std::vector<std::vector<std::string>> rows;
};

/// The most characters that a cell of a spreadsheet can hold.
inline constexpr std::size_t longest_cell = 32'767;

/// Office Open XML with every cell as text, the first row bold and fixed. The same sheets always give the same bytes.
/// Throws std::runtime_error when the file cannot be made, also for a text longer than longest_cell.
std::string to_text_xlsx(const std::vector<TextSheet>& sheets);

/// One row as a spreadsheet shows it.
struct ReadRow {
    std::uint32_t number = 0;            ///< from 1
    std::vector<std::string> cells;      ///< from column A; empty where nothing stands
    std::vector<std::uint32_t> formulas; ///< columns (from 0) whose text is the outcome of a formula
    bool operator==(const ReadRow&) const = default;
};

struct ReadSheet {
    std::string name;
    std::vector<ReadRow> rows; ///< only rows in which something stands
    bool operator==(const ReadSheet&) const = default;
};

/// What a spreadsheet from outside may ask of this machine.
struct SpreadsheetLimits {
    std::size_t entries = 2'000;        ///< files in the archive
    std::size_t part_bytes = 8'000'000; ///< of one file in it, unpacked
    std::size_t all_bytes = 16'000'000; ///< of all files that are read, unpacked
    std::size_t most_expansion = 200;   ///< unpacked ÷ packed, beyond the first megabyte
    std::uint32_t sheets = 50;
    std::uint32_t rows = 20'000;         ///< highest row number
    std::uint32_t columns = 500;         ///< highest column
    std::size_t text_bytes = 16'000'000; ///< of all cells together
};

/// The text of every sheet of an Office Open XML file (.xlsx), in the order of the tabs: numbers as they are kept,
/// true and false as TRUE and FALSE, of formulas the outcome that the file holds.
///
/// Refuses what is no such file, an encrypted or broken archive, a document type declaration (entities), and whatever
/// goes beyond the limits; unpacking stops at the limit, whatever the archive says of itself.
Result<std::vector<ReadSheet>> read_xlsx(std::string_view bytes, const SpreadsheetLimits& limits = {});

/// The letters of a column: 0 is A, 26 is AA.
std::string column_letters(std::uint32_t column);

} // namespace beproefd::documents
