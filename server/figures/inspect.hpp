// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/detective.hpp"
#include "figures/printed_table.hpp"
#include "platform/core/bounded.hpp"
#include "platform/core/result.hpp"
#include "platform/describe/scalar.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::figures {

/// `beproefd figures inspect FILE.csv [--json]`: gives anyone's table to the detective. What it found goes to `out`;
/// what is wrong with the file goes to `error`, all of it at once, with line and column, and nothing to `out`.
/// Returns 0 when the file could be read (whether or not it adds up), 2 when it could not.
int inspect_command(const std::string& path, bool json, std::FILE* out, std::FILE* error);

/// What was found, as the JSON of the command (one line). Keys are snake_case; numbers keep their printed decimals.
std::string inspection_json(const PrintedTable& printed, const detective::Case& found);

/// What was found, for a terminal. name is what the table is called.
std::string inspection_text(const PrintedTable& printed, const detective::Case& found, std::string_view name);

// --- POST /api/v1/table-inspections
// -----------------------------------------------------------------------------------

/// A table in CSV as it was pasted or uploaded: up to a million bytes, of any kind of line end.
struct CsvText {
    static constexpr std::size_t minimum = 1;
    static constexpr std::size_t maximum = 1'000'000;
    std::string text;
};

struct TableInspectionRequest {
    CsvText csv;
};
BOOST_DESCRIBE_STRUCT(TableInspectionRequest, (), (csv))

BOOST_DESCRIBE_ENUM(NumberNotation, either, dutch, english)

/// A row or column of an inspected table.
struct InspectedLine {
    std::string label{};
    detective::Role role = detective::Role::item;
};
BOOST_DESCRIBE_STRUCT(InspectedLine, (), (label, role))

/// How a cell looks beside the others.
enum class InspectedMark {
    none,
    suspect,    ///< a slip here may explain everything; an explanation of rank 1
    difference, ///< the total of a sum that does not come out
};
BOOST_DESCRIBE_ENUM(InspectedMark, none, suspect, difference)

struct InspectedCell {
    std::string text{};                        ///< as it was typed; empty where nothing stands
    std::optional<detective::Decimal> value{}; ///< as it was read
    InspectedMark mark = InspectedMark::none;
};
BOOST_DESCRIBE_STRUCT(InspectedCell, (), (text, value, mark))

enum class InspectedSumKind { row, column };
BOOST_DESCRIBE_ENUM(InspectedSumKind, row, column)

/// A sum that does not come out. row and column (from 0) are where its total stands.
struct InspectedDifference {
    InspectedSumKind sum = InspectedSumKind::row;
    std::string label{};
    std::int64_t row = 0;
    std::int64_t column = 0;
    detective::Decimal printed{};
    detective::Decimal recomputed{};
    detective::Decimal difference{}; ///< recomputed − printed
    bool rounding_possible = false;
};
BOOST_DESCRIBE_STRUCT(InspectedDifference, (),
                      (sum, label, row, column, printed, recomputed, difference, rounding_possible))

/// One number of a sum, before and after the correction.
struct InspectedTerm {
    std::string label{};
    std::optional<detective::Decimal> printed{};
    std::optional<detective::Decimal> corrected{};
    bool changed = false;
};
BOOST_DESCRIBE_STRUCT(InspectedTerm, (), (label, printed, corrected, changed))

/// A sum that did not come out, added up as printed and as corrected.
struct InspectedSum {
    InspectedSumKind sum = InspectedSumKind::row;
    std::string label{};
    std::vector<InspectedTerm> terms{};
    InspectedTerm recomputed{};
    InspectedTerm total{};
    InspectedTerm difference{}; ///< recomputed − total
};
BOOST_DESCRIBE_STRUCT(InspectedSum, (), (sum, label, terms, recomputed, total, difference))

/// One printed slip that explains every difference. row and column (from 0) are where it stands; labels are those of
/// the command: absent for the side of a total.
struct InspectedExplanation {
    std::int64_t rank = 1;
    std::string kind{};
    std::optional<std::string> row_label{};
    std::optional<std::string> column_label{};
    std::int64_t row = 0;
    std::int64_t column = 0;
    std::optional<std::int64_t> to_row{};
    std::optional<std::int64_t> to_column{};
    std::optional<std::string> to_row_label{};
    std::optional<std::string> to_column_label{};
    std::optional<detective::Decimal> printed{};
    std::optional<detective::Decimal> corrected{};
    std::int64_t score = 0;
    std::vector<InspectedSum> sums{}; ///< of the first three explanations only
};
BOOST_DESCRIBE_STRUCT(InspectedExplanation, (),
                      (rank, kind, row_label, column_label, row, column, to_row, to_column, to_row_label,
                       to_column_label, printed, corrected, score, sums))

struct TableInspection {
    bool consistent = true;
    std::int64_t sums = 0; ///< how many could be checked; 0 when no total is printed
    NumberNotation notation = NumberNotation::either;
    std::vector<InspectedLine> columns{};
    std::vector<InspectedLine> rows{};
    std::vector<std::vector<InspectedCell>> cells{}; ///< row by row
    std::vector<InspectedDifference> differences{};
    std::vector<InspectedExplanation> explanations{}; ///< most likely first
};
BOOST_DESCRIBE_STRUCT(TableInspection, (),
                      (consistent, sums, notation, columns, rows, cells, differences, explanations))

/// The use case behind the route. Keeps nothing. Refuses what read_printed_table refuses.
Result<TableInspection> inspect(const TableInspectionRequest& request);

namespace detective {
BOOST_DESCRIBE_ENUM(Role, item, subtotal, total)
} // namespace detective

} // namespace beproefd::figures

namespace beproefd::describe {

/// A decimal number is text in the API ("-0.49"), because a JSON number would lose its printed decimals on the way.
template<>
struct Scalar<figures::detective::Decimal> : detail::PlainScalar {
    static constexpr Kind kind = Kind::text;
    static std::optional<figures::detective::Decimal> from(std::string_view text);
    static std::string to(const figures::detective::Decimal& value) { return value.to_text(); }
    static FieldError refusal() { return detail::refusal("number"); }
};

template<>
struct Scalar<figures::CsvText> : detail::PlainScalar {
    static constexpr Kind kind = Kind::text;
    static std::optional<figures::CsvText> from(std::string_view text)
    {
        if (text.empty() || text.size() > figures::CsvText::maximum)
            return std::nullopt;
        return figures::CsvText{std::string{text}};
    }
    static std::string_view to(const figures::CsvText& value) { return value.text; }
    static FieldError refusal()
    {
        return detail::refusal("length", {{"minimum", std::to_string(figures::CsvText::minimum)},
                                          {"maximum", std::to_string(figures::CsvText::maximum)}});
    }
};

} // namespace beproefd::describe
