// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/audit.hpp"
#include "statistics/disclosure/risk.hpp"
#include "statistics/disclosure/suppress.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

namespace beproefd::statistics::disclosure {
namespace {

/// Evenly over the whole range from the first try on; RapidCheck by itself starts with small numbers.
template<class T>
auto evenly(T low, T high)
{
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(low, high));
}

Table table_of(std::size_t rows, std::size_t columns, std::vector<std::int64_t> counts)
{
    return {.rows = rows, .columns = columns, .counts = std::move(counts)};
}

/// Every way to fill the withheld cells with whole numbers so that all margins stay, by trying them all. The extreme
/// points of a table with whole margins are whole, so the range over real numbers is the same.
void fill(const Table& table, const std::vector<Cell>& cells, std::size_t next, Table& trial,
          std::vector<std::int64_t>& rows_left, std::vector<std::int64_t>& columns_left, std::vector<Range>& ranges)
{
    if (next == cells.size()) {
        if (std::any_of(rows_left.begin(), rows_left.end(), [](auto left) { return left != 0; }) ||
            std::any_of(columns_left.begin(), columns_left.end(), [](auto left) { return left != 0; }))
            return;
        for (auto& range : ranges) {
            range.lower = std::min(range.lower, trial.counts[range.cell]);
            range.upper = std::max(range.upper, trial.counts[range.cell]);
        }
        return;
    }
    const auto cell = cells[next], row = cell / table.columns, column = cell % table.columns;
    for (std::int64_t value = 0; value <= std::min(rows_left[row], columns_left[column]); ++value) {
        trial.counts[cell] = value;
        rows_left[row] -= value;
        columns_left[column] -= value;
        fill(table, cells, next + 1, trial, rows_left, columns_left, ranges);
        rows_left[row] += value;
        columns_left[column] += value;
    }
}

std::vector<Range> audit_by_trying(const Table& table, const std::vector<Cell>& cells)
{
    std::vector<std::int64_t> rows(table.rows, 0), columns(table.columns, 0);
    std::vector<Range> ranges;
    for (const auto cell : cells) {
        rows[cell / table.columns] += table.at(cell);
        columns[cell % table.columns] += table.at(cell);
        ranges.push_back({cell, table.at(cell), table.at(cell)});
    }
    Table trial = table;
    fill(table, cells, 0, trial, rows, columns, ranges);
    return ranges;
}

Table arbitrary_table(std::size_t most_rows, std::size_t most_columns, std::int64_t most)
{
    const auto rows = *evenly<std::size_t>(1, most_rows + 1);
    const auto columns = *evenly<std::size_t>(1, most_columns + 1);
    return table_of(
        rows, columns,
        *rc::gen::container<std::vector<std::int64_t>>(rows * columns, evenly<std::int64_t>(0, most + 1)));
}

bool wide_enough(const Table& table, const std::vector<Cell>& primary, std::vector<Cell> pattern, std::int64_t width)
{
    const auto ranges = audit(table, pattern);
    for (const auto& range : *ranges)
        if (std::find(primary.begin(), primary.end(), range.cell) != primary.end() &&
            range.upper - range.lower < width)
            return false;
    return true;
}

TEST(Audit, FindsTheCellThatStandsAloneInItsRow)
{
    const auto table = table_of(2, 2, {3, 10, 20, 30});

    const auto ranges = audit(table, std::vector<Cell>{0});

    ASSERT_TRUE(ranges);
    EXPECT_TRUE((*ranges)[0].exact_disclosure());
    EXPECT_EQ((*ranges)[0].lower, 3);
}

TEST(Audit, SaysThatACycleHidesAsMuchAsItsSmallestCells)
{
    const auto table = table_of(2, 2, {3, 10, 20, 30});

    const auto ranges = audit(table, std::vector<Cell>{0, 1, 2, 3});

    EXPECT_EQ((*ranges)[0].lower, 0);
    EXPECT_EQ((*ranges)[0].upper, 13);
}

RC_GTEST_PROP(Audit, FindsWhatTryingEverythingFinds, ())
{
    const auto table = arbitrary_table(3, 3, 4);
    std::vector<Cell> cells;
    for (Cell cell = 0; cell < table.cells(); ++cell)
        if (*rc::gen::arbitrary<bool>())
            cells.push_back(cell);

    const auto found = audit(table, cells);

    const auto expected = audit_by_trying(table, cells);
    RC_ASSERT(found->size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        RC_ASSERT((*found)[i].lower == expected[i].lower);
        RC_ASSERT((*found)[i].upper == expected[i].upper);
    }
}

RC_GTEST_PROP(Audit, GivesTheSameOnAnyNumberOfThreads, ())
{
    const auto table = arbitrary_table(8, 8, 30);
    std::vector<Cell> cells(table.cells());
    std::iota(cells.begin(), cells.end(), Cell{0});

    const auto one = audit(table, cells, {.threads = 1}), four = audit(table, cells, {.threads = 4});

    for (std::size_t i = 0; i < cells.size(); ++i)
        RC_ASSERT((*one)[i].upper == (*four)[i].upper && (*one)[i].lower == (*four)[i].lower);
}

RC_GTEST_PROP(Suppress, IsProtectedByTheAuditWheneverItSaysSo, ())
{
    const auto table = arbitrary_table(6, 6, 25);
    const SuppressionRule rule{.threshold = 5,
                               .protection_width = static_cast<double>(*evenly(1, 9)),
                               .cost = *rc::gen::element(SuppressionCost::cells, SuppressionCost::sum)};

    const auto found = suppress(table, rule);

    auto pattern = found->primary;
    pattern.insert(pattern.end(), found->secondary.begin(), found->secondary.end());
    RC_ASSERT(found->is_protected ==
              wide_enough(table, found->primary, pattern, static_cast<std::int64_t>(rule.protection_width)));
}

RC_GTEST_PROP(Suppress, CostsNoMoreThanTheCheapestOfAllPatterns, ())
{
    const auto table = arbitrary_table(3, 4, 12);
    const auto cost = *rc::gen::element(SuppressionCost::cells, SuppressionCost::sum);
    const std::int64_t width = *evenly(1, 8);

    const auto found =
        suppress(table, {.threshold = 4, .protection_width = static_cast<double>(width), .cost = cost});

    RC_PRE(found->is_protected);
    std::vector<Cell> others;
    for (Cell cell = 0; cell < table.cells(); ++cell)
        if (std::find(found->primary.begin(), found->primary.end(), cell) == found->primary.end())
            others.push_back(cell);
    std::int64_t cheapest = std::numeric_limits<std::int64_t>::max();
    for (std::size_t subset = 0; subset < std::size_t{1} << others.size(); ++subset) {
        auto pattern = found->primary;
        std::int64_t price = 0;
        for (std::size_t i = 0; i < others.size(); ++i)
            if (subset >> i & 1) {
                pattern.push_back(others[i]);
                price += cost == SuppressionCost::cells ? 1 : table.at(others[i]);
            }
        if (price < cheapest && wide_enough(table, found->primary, pattern, width))
            cheapest = price;
    }

    RC_ASSERT(found->cost == cheapest);
    RC_ASSERT(found->optimal);
}

TEST(Suppress, SaysWhenATableCannotHideItsSmallCounts)
{
    const auto table = table_of(1, 3, {2, 40, 50});

    const auto found = suppress(table, {.threshold = 5, .protection_width = 3});

    EXPECT_FALSE(found->is_protected);
    EXPECT_FALSE(found->optimal);
    EXPECT_EQ(found->unprotected, std::vector<Cell>{0});
}

TEST(Suppress, ProvesTheBestPatternOfATableOfTwentyByTwenty)
{
    Table table{.rows = 20, .columns = 20, .counts = {}};
    for (std::size_t cell = 0; cell < 400; ++cell)
        table.counts.push_back(static_cast<std::int64_t>(cell * cell * 7919 % 53));

    const auto found = suppress(table, {.threshold = 3, .protection_width = 4, .cost = SuppressionCost::sum});

    EXPECT_TRUE(found->is_protected);
    EXPECT_TRUE(found->optimal) << found->nodes << " nodes, cost " << found->cost;
}

TEST(Suppress, ProvesFewSmallCountsAmongLargeOnesWithinAHundredBranches)
{
    // Any of hundreds of cells is as good as another here: only a sharp bound ends the search.
    Table table{.rows = 20, .columns = 20, .counts = {}};
    for (std::size_t cell = 0; cell < 400; ++cell)
        table.counts.push_back(20 + static_cast<std::int64_t>(cell * cell * 7919 % 181));
    for (const Cell cell : {3, 47, 48, 110, 166, 205, 249, 290, 333, 387})
        table.counts[cell] = 1 + static_cast<std::int64_t>(cell % 4);

    for (const auto cost : {SuppressionCost::cells, SuppressionCost::sum}) {
        const auto found = suppress(table, {.threshold = 5, .protection_width = 10, .cost = cost, .most_nodes = 100});

        EXPECT_TRUE(found->is_protected);
        EXPECT_TRUE(found->optimal) << found->nodes << " nodes, cost " << found->cost;
    }
}

TEST(RecordRisk, ReachesItsLimitWhenEverybodyWasSampled)
{
    const std::vector<std::size_t> group{0, 1, 1, 2, 2, 2};
    const std::vector<double> weights(6, 1.0);

    const auto found = record_risk(group, 3, weights);

    ASSERT_TRUE(found);
    EXPECT_DOUBLE_EQ(found->risk[0], 1.0);
    EXPECT_DOUBLE_EQ(found->risk[1], 0.5);
    EXPECT_DOUBLE_EQ(found->risk[3], 1.0 / 3);
}

TEST(RecordRisk, IsContinuousWhereTheSeriesTakesOver)
{
    for (const std::size_t f : {1, 2}) {
        const std::vector<std::size_t> group(f, 0);
        const auto at = [&](double p) { return record_risk(group, 1, std::vector<double>(f, 1 / p))->risk[0]; };
        EXPECT_NEAR(at(1 - 0.999e-3), at(1 - 1.001e-3), 3e-6);
    }
}

TEST(RecordRisk, RefusesAPopulationSmallerThanItsSample)
{
    const auto found = record_risk(std::vector<std::size_t>{0, 0}, 1, std::vector<double>{0.5, 0.5});

    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::invalid_data);
}

} // namespace
} // namespace beproefd::statistics::disclosure
