// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The table detective: where the sums of a printed table disagree, which single printed slip explains all of it?
/// Pure functions, exact whole-number arithmetic. Words and weights: docs/reference/detective.md and
/// docs/decisions/0035-weigh-slips-in-half-bans.md.
namespace beproefd::figures::detective {

/// 128 bits, so that a sum of very many 18-digit numbers cannot overflow.
__extension__ using Units = __int128;

/// A number as it is printed: "−0,49" is −49 units of 2 decimals. The decimals are part of what was printed, so 0.80
/// stays 0.80.
struct Decimal {
    Units units = 0;
    int decimals = 0; ///< 0 up to and including most_decimals

    /// As JSON writes numbers: "-0.49", "1000". Never "-0".
    std::string to_text() const;

    /// Equal as they are printed: 0.8 and 0.80 differ.
    bool operator==(const Decimal&) const = default;
};

inline constexpr int most_decimals = 15;
/// The largest number of digits one printed number may have once all numbers of a table share the same decimals.
inline constexpr int most_digits = 18;

/// What a row or column of a table is for.
enum class Role {
    item,     ///< its numbers are added
    subtotal, ///< the sum of the items since the subtotal before it, or since the start
    total,    ///< the sum of all items
};

/// A row or a column.
struct Line {
    std::string label;
    Role role = Role::item;
    bool subtracted = false; ///< counts negatively in the sums over these lines ("begroot min herschikt")
};

/// What stands at one place.
struct Printed {
    std::optional<Decimal> value{}; ///< empty: nothing is printed there; counts as nothing in a sum, never as a total
    bool confirmed = false;         ///< known from elsewhere to be right, so it cannot be the slip
};

/// A printed table, totals included, row by row.
struct Table {
    std::vector<Line> rows;
    std::vector<Line> columns;
    std::vector<Printed> places; ///< rows.size() × columns.size()
    Decimal tolerance{};         ///< sums that differ by no more than this count as right

    Printed& at(std::size_t row, std::size_t column) { return places[row * columns.size() + column]; }
    const Printed& at(std::size_t row, std::size_t column) const { return places[row * columns.size() + column]; }
};

struct Place {
    std::size_t table = 0;
    std::size_t row = 0;
    std::size_t column = 0;

    auto operator<=>(const Place&) const = default;
};

/// The same fact printed at two places, usually the total of one table that is an item of another. An explanation
/// must keep (or make) the two prints equal, so a total that also stands in a table that agrees is ruled out by
/// itself.
struct Link {
    Place first;
    Place second;
};

/// Which numbers should have agreed.
enum class SumKind {
    row,    ///< along a row, with the total in its last column
    column, ///< along a column
    copy,   ///< two prints of one fact
};

/// A sum that does not come out.
struct Difference {
    SumKind sum = SumKind::row;
    Place total{};               ///< where the sum is printed; of a copy: the first print
    std::optional<Place> copy{}; ///< of a copy: the second print
    Decimal printed{};
    Decimal recomputed{}; ///< from the printed items; of a copy: the second print
    bool rounding_possible =
        false; ///< rounding of the items and the sum to their printed decimals could do this alone
};

/// The slips that are considered; of equally likely ones at one place the more particular stands first. Names as in
/// the JSON of `beproefd figures inspect`.
enum class SlipKind {
    lost_sign,
    decimal_shift,
    transposed_digits,
    digit, ///< one digit misprinted, dropped or doubled
    moved_cell,
    missing_value,
    wrong_total, ///< added wrongly, or the items changed afterwards
};

std::string_view to_text(SlipKind kind);

/// One correction that makes all sums right at once, with a way in which the slip may have come about.
struct Explanation {
    int rank = 1; ///< 1 is the most likely; equal score, equal rank; then 1, 1, 3
    SlipKind kind = SlipKind::digit;
    Place place{};
    std::optional<Decimal> printed{};   ///< empty for a missing value
    std::optional<Decimal> corrected{}; ///< empty where nothing should stand (a moved value)
    std::optional<Place> moved_to{};    ///< where the printed value belongs, of a moved value
    int score = 0;                      ///< ten points more is ten times as likely; always a multiple of five
};

/// What the detective makes of it.
struct Case {
    std::size_t sums = 0; ///< how many sums could be checked; 0 means that there was nothing to check
    std::vector<Difference> differences;
    std::vector<Explanation>
        explanations; ///< most likely first; empty where no single slip explains every difference

    bool consistent() const { return differences.empty(); }
};

/// Checks every sum of the tables and their links and, where some differ, finds every single slip that makes all of
/// them right at once.
///
/// A sum is checked when its total is printed and it has at least one item. A sum within its tolerance counts as
/// right and must stay so; a sum beyond it must be exactly right after the correction. Time and memory are
/// proportional to the number of places: only places that take part in the first differing sum can hold the slip, and
/// what must stand there follows from the difference. Requires every value, written in the finest decimals of the
/// tables, to have at most most_digits digits. Source: docs/decisions/0035-weigh-slips-in-half-bans.md
Case investigate(std::span<const Table> tables, std::span<const Link> links);
Case investigate(const Table& table);

/// Makes the tables read as they would with the correction.
void correct(const Explanation& explanation, std::span<Table> tables);

/// Every way in which `right` may have come out as `wrong` in one cell, with its score: a pure comparison of two
/// numbers. usual_decimals are those of the numbers around it; signs_at_home tells that negative numbers are printed
/// elsewhere in the table.
struct Slip {
    SlipKind kind;
    int score;
};
std::vector<Slip> slips_between(const Decimal& wrong, const Decimal& right, int usual_decimals, bool signs_at_home);

} // namespace beproefd::figures::detective
