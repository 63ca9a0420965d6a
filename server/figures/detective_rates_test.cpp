// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// Corrupts random tables that add up with one slip of each kind, and counts how often the detective names it first.
// The counts are those of docs/reference/detective.md: who changes the detective or the tables, writes them there.
// RapidCheck makes the tables and checks what must hold for every one of them.

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>

#include "figures/detective.hpp"

namespace beproefd::figures::detective {
namespace {

enum class Sums { both, columns_only, rows_only };

struct Sample {
    Table table;
    Sums sums;
};

/// Recomputes every total, so that the table adds up.
void add_up(Table& table)
{
    const auto decimals = table.tolerance.decimals;
    const auto rows = table.rows.size();
    const auto columns = table.columns.size();
    if (table.columns.back().role == Role::total)
        for (std::size_t r = 0; r < rows; ++r) {
            Decimal sum{0, decimals};
            for (std::size_t c = 0; c + 1 < columns; ++c)
                sum.units += table.at(r, c).value.value_or(Decimal{}).units;
            table.at(r, columns - 1).value = sum;
        }
    if (table.rows.back().role == Role::total)
        for (std::size_t c = 0; c < columns; ++c) {
            Decimal sum{0, decimals};
            for (std::size_t r = 0; r + 1 < rows; ++r)
                sum.units += table.at(r, c).value.value_or(Decimal{}).units;
            table.at(rows - 1, c).value = sum;
        }
}

/// A table of 2 to 8 rows and 2 to 6 columns as policy documents print them: amounts of 1 to 5 digits, 0 to 2
/// decimals, some blanks, sometimes negative numbers.
rc::Gen<Sample> tables_that_add_up(Sums sums)
{
    return rc::gen::exec([sums] {
        Sample sample{.table = {}, .sums = sums};
        auto& table = sample.table;
        const int rows = *rc::gen::inRange(2, 9);
        const int columns = *rc::gen::inRange(2, 7);
        const int decimals = *rc::gen::inRange(0, 3);
        const int blank_percent = *rc::gen::element(0, 5, 15, 30);
        const int negative_percent = *rc::gen::element(0, 0, 10);
        const int digits = *rc::gen::inRange(2, 6);
        const int limit = std::array{1, 10, 100, 1000, 10'000, 100'000}.at(static_cast<std::size_t>(digits));
        for (int r = 0; r < rows; ++r)
            table.rows.push_back({fmt::format("row {}", r)});
        for (int c = 0; c < columns; ++c)
            table.columns.push_back({fmt::format("column {}", c)});
        if (sums != Sums::rows_only)
            table.rows.push_back({"Totaal", Role::total});
        if (sums != Sums::columns_only)
            table.columns.push_back({"Totaal", Role::total});
        table.places.resize(table.rows.size() * table.columns.size());
        table.tolerance.decimals = decimals;
        for (std::size_t r = 0; r < static_cast<std::size_t>(rows); ++r)
            for (std::size_t c = 0; c < static_cast<std::size_t>(columns); ++c) {
                if (*rc::gen::resize(100, rc::gen::inRange(0, 100)) < blank_percent)
                    continue;
                const int magnitude = *rc::gen::resize(100, rc::gen::inRange(1, limit));
                const bool negative = *rc::gen::resize(100, rc::gen::inRange(0, 100)) < negative_percent;
                table.at(r, c).value = Decimal{negative ? -magnitude : magnitude, decimals};
            }
        add_up(table);
        return sample;
    });
}

/// What was done to a table.
struct Slipped {
    SlipKind kind;
    Table table;
    Place place;
    std::optional<Place> moved_to;
};

std::vector<Place> places(const Table& table, bool totals)
{
    std::vector<Place> found;
    for (std::size_t r = 0; r < table.rows.size(); ++r)
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            if ((table.rows[r].role == Role::total || table.columns[c].role == Role::total) == totals)
                found.push_back({0, r, c});
    return found;
}

/// One slip of the kind at a random place where it is possible; empty when it is possible nowhere. Written apart from
/// the detective: it works on the printed text, as a typesetter does.
std::optional<Slipped> corrupted(const Sample& sample, SlipKind kind, rc::Random random)
{
    const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random.next() % n); };
    const auto as_number = [&](const std::string& digits, int decimals, bool negative) {
        Units units = 0;
        for (const char c : digits)
            units = units * 10 + (c - '0');
        return Decimal{negative ? -units : units, decimals};
    };
    auto choices = places(sample.table, kind == SlipKind::wrong_total);
    for (std::size_t i = choices.size(); i > 1; --i)
        std::swap(choices[i - 1], choices[below(i)]);
    for (const auto& place : choices) {
        Slipped slipped{kind, sample.table, place, std::nullopt};
        auto& value = slipped.table.at(place.row, place.column).value;
        if (!value)
            continue;
        const auto before = *value;
        const bool negative = before.units < 0;
        auto digits = before.to_text();
        digits.erase(std::remove_if(digits.begin(), digits.end(), [](char c) { return c == '-' || c == '.'; }),
                     digits.end());
        switch (kind) {
        case SlipKind::lost_sign:
            // The true value is negative: make it so, add up again, then lose the sign.
            value->units = -(before.units < 0 ? -before.units : before.units);
            add_up(slipped.table);
            value->units = -value->units;
            break;
        case SlipKind::digit: {
            const auto at = below(digits.size());
            const auto way = below(3);
            if (way == 0)
                digits[at] = static_cast<char>('0' + (digits[at] - '0' + 1 + static_cast<int>(below(9))) % 10);
            else if (way == 1 && digits.size() > 1)
                digits.erase(at, 1);
            else
                digits.insert(at, 1, digits[at]);
            if (digits[0] == '0' && digits.size() > static_cast<std::size_t>(before.decimals) + 1)
                continue; // nobody prints 012
            *value = as_number(digits, before.decimals, negative);
            break;
        }
        case SlipKind::transposed_digits: {
            if (digits.size() < 2)
                continue;
            const auto at = below(digits.size() - 1);
            std::swap(digits[at], digits[at + 1]);
            *value = as_number(digits, before.decimals, negative);
            break;
        }
        case SlipKind::decimal_shift:
            if (below(2) == 0 || before.units % 10 != 0)
                value->units *= 10;
            else
                value->units /= 10;
            break;
        case SlipKind::missing_value:
            value.reset();
            break;
        case SlipKind::wrong_total:
            value->units += (below(2) ? 1 : -1) * static_cast<Units>(1 + below(below(2) ? 9 : 500));
            break;
        case SlipKind::moved_cell: {
            for (const auto& [r, c] : {std::pair{0, 1}, std::pair{0, -1}, std::pair{1, 0}, std::pair{-1, 0}}) {
                const Place to{0, place.row + static_cast<std::size_t>(r),
                               place.column + static_cast<std::size_t>(c)};
                if (to.row >= sample.table.rows.size() || to.column >= sample.table.columns.size() ||
                    sample.table.rows[to.row].role != Role::item ||
                    sample.table.columns[to.column].role != Role::item || sample.table.at(to.row, to.column).value)
                    continue;
                slipped.place = to; // printed there, belongs at `place`
                slipped.moved_to = place;
                slipped.table.at(to.row, to.column).value = before;
                value.reset();
                break;
            }
            if (!slipped.moved_to)
                continue;
            break;
        }
        }
        slipped.table.tolerance = {};
        if (investigate(slipped.table).consistent())
            continue; // the slip shows in no sum: moved within one row of a table without column totals, 5 for 5
        return slipped;
    }
    return std::nullopt;
}

bool is_the_slip(const Explanation& explanation, const Slipped& slipped)
{
    return explanation.kind == slipped.kind && explanation.place == slipped.place &&
           explanation.moved_to == slipped.moved_to;
}

struct Rate {
    int cases = 0;
    int first = 0;  ///< at rank 1, perhaps with others
    int alone = 0;  ///< the only one at rank 1
    int place = 0;  ///< some explanation at rank 1 names the right place
    int listed = 0; ///< at any rank
};

constexpr std::array all_kinds{SlipKind::lost_sign,     SlipKind::digit,      SlipKind::transposed_digits,
                               SlipKind::decimal_shift, SlipKind::moved_cell, SlipKind::missing_value,
                               SlipKind::wrong_total};

Rate measure(Sums sums, SlipKind kind, int wanted)
{
    Rate rate;
    const auto tables = tables_that_add_up(sums);
    rc::Random seeds{20261121u + static_cast<std::uint64_t>(kind)};
    for (int tried = 0; rate.cases < wanted && tried < 4 * wanted; ++tried) {
        const auto sample = tables(seeds.split(), 100).value();
        const auto slipped = corrupted(sample, kind, seeds.split());
        if (!slipped)
            continue;
        const auto result = investigate(slipped->table);
        ++rate.cases;
        bool first = false;
        bool place = false;
        bool listed = false;
        int at_rank_one = 0;
        for (const auto& explanation : result.explanations) {
            at_rank_one += explanation.rank == 1;
            listed = listed || is_the_slip(explanation, *slipped);
            first = first || (explanation.rank == 1 && is_the_slip(explanation, *slipped));
            place = place || (explanation.rank == 1 && explanation.place == slipped->place);
        }
        rate.first += first;
        rate.alone += first && at_rank_one == 1;
        rate.place += place;
        rate.listed += listed;
    }
    return rate;
}

/// Rates of a table shape; docs/reference/detective.md shows them under its name.
std::map<SlipKind, Rate> rates(Sums sums, std::string_view name)
{
    std::map<SlipKind, Rate> found;
    const auto percent = [](int part, int whole) { return 100.0 * part / whole; };
    std::string rows =
        fmt::format("**{}**\n\n| slip | tables | rank 1 | alone at rank 1 | right place at rank 1 | listed "
                    "|\n|---|---|---|---|---|---|\n",
                    name);
    for (const auto kind : all_kinds) {
        const auto rate = found[kind] = measure(sums, kind, 1000);
        rows += fmt::format("| `{}` | {} | {:.1f} % | {:.1f} % | {:.1f} % | {:.1f} % |\n", to_text(kind), rate.cases,
                            percent(rate.first, rate.cases), percent(rate.alone, rate.cases),
                            percent(rate.place, rate.cases), percent(rate.listed, rate.cases));
    }
    std::ifstream page{BEPROEFD_SOURCE_DIR "/docs/reference/detective.md"};
    const std::string told{std::istreambuf_iterator<char>{page}, {}};
    EXPECT_NE(told.find(rows), std::string::npos) << "docs/reference/detective.md must say:\n" << rows;
    return found;
}

/// With both totals the place is certain and only the way is open; with one of them other places may fit by chance.
/// The floors lie some points below the measured rates.
TEST(DetectiveRates, NamesTheTrueSlipFirstInTablesWithRowAndColumnTotals)
{
    for (const auto& [kind, rate] : rates(Sums::both, "Row and column totals")) {
        ASSERT_GE(rate.cases, 900) << to_text(kind);
        EXPECT_GE(rate.first * 100, rate.cases * 97) << to_text(kind);
        EXPECT_GE(rate.alone * 100, rate.cases * 88) << to_text(kind);
        EXPECT_EQ(rate.place, rate.cases) << to_text(kind);
        EXPECT_EQ(rate.listed, rate.cases) << to_text(kind);
    }
}

TEST(DetectiveRates, NamesTheTrueSlipAmongTheFirstInTablesWithTotalsOneWayOnly)
{
    for (const auto& [sums, name] :
         {std::pair{Sums::columns_only, "Column totals only"}, std::pair{Sums::rows_only, "Row totals only"}}) {
        for (const auto& [kind, rate] : rates(sums, name)) {
            ASSERT_GE(rate.cases, 700) << to_text(kind) << ", " << name;
            EXPECT_GE(rate.first * 100, rate.cases * 89) << to_text(kind) << ", " << name;
            EXPECT_GE(rate.alone * 100, rate.cases * 30) << to_text(kind) << ", " << name;
            EXPECT_EQ(rate.listed, rate.cases) << to_text(kind) << ", " << name;
        }
    }
}

Sums any_sums() { return *rc::gen::element(Sums::both, Sums::columns_only, Sums::rows_only); }

TEST(DetectiveProperty, FindsNoDifferenceInATableThatAddsUp)
{
    EXPECT_TRUE(rc::check("a table that adds up is consistent", [] {
        auto sample = *tables_that_add_up(any_sums());
        sample.table.tolerance = {};
        RC_ASSERT(investigate(sample.table).consistent());
    }));
}

TEST(DetectiveProperty, EveryExplanationMakesEverySumRightAndChangesOnlyWhatItSays)
{
    EXPECT_TRUE(rc::check("each explanation repairs everything", [] {
        const auto sample = *tables_that_add_up(any_sums());
        const auto kind = *rc::gen::elementOf(std::vector<SlipKind>(all_kinds.begin(), all_kinds.end()));
        const auto slipped = corrupted(sample, kind, rc::Random{*rc::gen::arbitrary<std::uint64_t>()});
        RC_PRE(slipped.has_value());
        const auto result = investigate(slipped->table);
        for (const auto& explanation : result.explanations) {
            std::vector<Table> repaired{slipped->table};
            correct(explanation, repaired);
            RC_ASSERT(investigate(repaired[0]).consistent());
            RC_ASSERT(explanation.score % 5 == 0);
        }
        for (std::size_t i = 1; i < result.explanations.size(); ++i) {
            const auto& better = result.explanations[i - 1];
            const auto& worse = result.explanations[i];
            RC_ASSERT(better.score >= worse.score);
            RC_ASSERT((better.score == worse.score) == (better.rank == worse.rank));
        }
    }));
}

TEST(DetectiveProperty, ListsTheTrueSlipWhateverItIs)
{
    EXPECT_TRUE(rc::check("the true slip is among the explanations", [] {
        const auto sample = *tables_that_add_up(any_sums());
        const auto kind = *rc::gen::elementOf(std::vector<SlipKind>(all_kinds.begin(), all_kinds.end()));
        const auto slipped = corrupted(sample, kind, rc::Random{*rc::gen::arbitrary<std::uint64_t>()});
        RC_PRE(slipped.has_value());
        const auto result = investigate(slipped->table);
        RC_ASSERT(std::any_of(result.explanations.begin(), result.explanations.end(),
                              [&](const Explanation& e) { return is_the_slip(e, *slipped); }));
    }));
}

} // namespace
} // namespace beproefd::figures::detective
