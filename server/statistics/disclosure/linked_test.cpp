// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/linked.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace beproefd::statistics::disclosure {
namespace {

template<class T>
auto evenly(T low, T high)
{
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(low, high));
}

Table table_of(std::size_t rows, std::size_t columns, std::int64_t most)
{
    Table table{.rows = rows, .columns = columns};
    for (std::size_t cell = 0; cell < rows * columns; ++cell)
        table.counts.push_back(*evenly<std::int64_t>(0, most + 1));
    return table;
}

/// Answers by size class and the same answers by region: two tables with one margin in common, and regions that add
/// up to a part of the country.
struct TwoTables {
    LinkedTables tables;
    LinkedTables::Grid by_size, by_region;
};

TwoTables two_tables(const Table& by_size, std::size_t regions)
{
    TwoTables result;
    result.by_size = result.tables.add_table(by_size);
    Table by_region{.rows = by_size.rows, .columns = regions};
    for (std::size_t row = 0; row < by_size.rows; ++row) {
        auto left = result.tables.at(result.by_size.row_totals[row]);
        for (std::size_t region = 0; region + 1 < regions; ++region) {
            const auto here = *evenly<std::int64_t>(0, left + 1);
            by_region.counts.push_back(here);
            left -= here;
        }
        by_region.counts.push_back(left);
    }
    result.by_region = result.tables.add_table(
        by_region, {.row_totals = result.by_size.row_totals, .column_totals = {}, .total = result.by_size.total});
    return result;
}

/// All whole fillings of the withheld numbers up to `most`, by trying them one after another.
std::vector<Range> by_trying(const LinkedTables& tables, const std::vector<Cell>& cells, std::int64_t most)
{
    std::vector<std::int64_t> value(tables.cells());
    std::vector<char> open(tables.cells(), 0);
    for (Cell cell = 0; cell < value.size(); ++cell)
        value[cell] = tables.at(cell);
    std::vector<Range> ranges;
    for (const auto cell : cells) {
        open[cell] = 1;
        ranges.push_back({cell, value[cell], value[cell]});
    }
    const auto fits = [&] {
        return std::all_of(tables.sums().begin(), tables.sums().end(), [&](const auto& sum) {
            if (open[sum.total] || std::any_of(sum.parts.begin(), sum.parts.end(), [&](Cell p) { return open[p]; }))
                return true;
            std::int64_t total = 0;
            for (const auto part : sum.parts)
                total += value[part];
            return total == value[sum.total];
        });
    };
    const std::function<void(std::size_t)> fill = [&](std::size_t next) {
        if (!fits())
            return;
        if (next == cells.size()) {
            for (auto& range : ranges) {
                range.lower = std::min(range.lower, value[range.cell]);
                range.upper = std::max(range.upper, value[range.cell]);
            }
            return;
        }
        open[cells[next]] = 0;
        for (std::int64_t trial = 0; trial <= most; ++trial) {
            value[cells[next]] = trial;
            fill(next + 1);
        }
        open[cells[next]] = 1;
    };
    fill(0);
    return ranges;
}

std::vector<Cell> arbitrary_cells(const std::vector<Cell>& from, std::size_t most)
{
    std::vector<Cell> cells;
    for (const auto cell : from)
        if (cells.size() < most && *rc::gen::arbitrary<bool>())
            cells.push_back(cell);
    return cells;
}

RC_GTEST_PROP(AuditOfLinkedTables, FindsWhatTryingEverythingFinds, ())
{
    const auto [tables, by_size, by_region] = two_tables(table_of(2, 2, 3), 2);
    auto interior = by_size.interior;
    interior.insert(interior.end(), by_region.interior.begin(), by_region.interior.end());
    interior.insert(interior.end(), by_size.row_totals.begin(), by_size.row_totals.end());
    const auto cells = arbitrary_cells(interior, 8);

    const auto found = audit(tables, cells);

    auto sorted = cells;
    std::sort(sorted.begin(), sorted.end());
    const auto expected = by_trying(tables, sorted, 12);
    RC_ASSERT(found->size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        RC_ASSERT((*found)[i].lower == expected[i].lower);
        RC_ASSERT((*found)[i].upper == expected[i].upper);
    }
}

RC_GTEST_PROP(AuditOfLinkedTables, SaysTheSameOfOneTableAsTheAuditByFlows, ())
{
    const auto table = table_of(*evenly<std::size_t>(1, 7), *evenly<std::size_t>(1, 7), 12);
    LinkedTables tables;
    const auto grid = tables.add_table(table);
    const auto cells = arbitrary_cells(grid.interior, 49);

    const auto linked = audit(tables, cells), flows = audit(table, cells);

    for (std::size_t i = 0; i < cells.size(); ++i) {
        RC_ASSERT((*linked)[i].lower == (*flows)[i].lower);
        RC_ASSERT((*linked)[i].upper == (*flows)[i].upper);
    }
}

RC_GTEST_PROP(SuppressLinkedTables, IsProtectedByTheAuditWheneverItSaysSo, ())
{
    const auto [tables, by_size, by_region] =
        two_tables(table_of(*evenly<std::size_t>(2, 5), *evenly<std::size_t>(2, 5), 15), *evenly<std::size_t>(2, 6));
    const LinkedRule rule{.band_is_known = *rc::gen::arbitrary<bool>(),
                          .also_primary = arbitrary_cells(by_size.interior, 2),
                          .already_public = arbitrary_cells(by_region.column_totals, 6),
                          .protection_width = *evenly<std::int64_t>(1, 4),
                          .cost = *rc::gen::element(SuppressionCost::cells, SuppressionCost::sum)};

    const auto found = suppress(tables, rule);

    RC_ASSERT(found);
    auto pattern = found->primary;
    pattern.insert(pattern.end(), found->secondary.begin(), found->secondary.end());
    for (const auto cell : rule.already_public)
        RC_ASSERT(std::find(pattern.begin(), pattern.end(), cell) == pattern.end());
    std::vector<Belief> beliefs;
    for (const auto cell : found->primary)
        if (rule.band_is_known && tables.at(cell) > 0 && tables.at(cell) < rule.threshold)
            beliefs.push_back({.cell = cell, .lower = 1, .upper = rule.threshold - 1});
    const auto ranges = audit(tables, pattern, beliefs);
    for (const auto& range : *ranges)
        if (std::find(found->primary.begin(), found->primary.end(), range.cell) != found->primary.end() &&
            std::find(found->unprotected.begin(), found->unprotected.end(), range.cell) == found->unprotected.end())
            RC_ASSERT(range.upper - range.lower >= rule.protection_width);
    RC_ASSERT(found->is_protected == found->unprotected.empty());
}

RC_GTEST_PROP(SuppressLinkedTables, CostsNoMoreThanTheCheapestOfAllPatterns, ())
{
    const auto [tables, by_size, by_region] = two_tables(table_of(2, 2, 9), 2);
    const LinkedRule rule{.threshold = 3,
                          .band_is_known = *rc::gen::arbitrary<bool>(),
                          .already_public = {by_size.total, by_size.column_totals[0], by_size.column_totals[1],
                                             by_region.column_totals[0], by_region.column_totals[1]},
                          .cost = *rc::gen::element(SuppressionCost::cells, SuppressionCost::sum)};

    const auto found = suppress(tables, rule);

    RC_PRE(found->is_protected);
    std::vector<Belief> beliefs;
    std::vector<Cell> others;
    for (Cell cell = 0; cell < tables.cells(); ++cell)
        if (std::find(found->primary.begin(), found->primary.end(), cell) != found->primary.end()) {
            if (rule.band_is_known)
                beliefs.push_back({.cell = cell, .lower = 1, .upper = 2});
        } else if (std::find(rule.already_public.begin(), rule.already_public.end(), cell) ==
                   rule.already_public.end()) {
            others.push_back(cell);
        }
    std::int64_t cheapest = std::numeric_limits<std::int64_t>::max();
    for (std::size_t subset = 0; subset < std::size_t{1} << others.size(); ++subset) {
        auto pattern = found->primary;
        std::int64_t price = 0;
        for (std::size_t i = 0; i < others.size(); ++i)
            if (subset >> i & 1) {
                pattern.push_back(others[i]);
                price += rule.cost == SuppressionCost::cells ? 1 : tables.at(others[i]);
            }
        if (price >= cheapest)
            continue;
        const auto ranges = audit(tables, pattern, beliefs);
        if (std::all_of(ranges->begin(), ranges->end(), [&](const Range& range) {
                return range.upper - range.lower >= rule.protection_width ||
                       std::find(found->primary.begin(), found->primary.end(), range.cell) == found->primary.end();
            }))
            cheapest = price;
    }
    RC_ASSERT(found->cost == cheapest);
    RC_ASSERT(found->optimal);
}

TEST(SuppressLinkedTables, HidesASmallCountThatTheOtherTableWouldGiveAway)
{
    // Yes and no by size class, and by region: two said yes in region B, so yes in region A would give it away,
    // and so would the totals of region B.
    LinkedTables tables;
    const auto by_size = tables.add_table({.rows = 2, .columns = 2, .counts = {20, 22, 30, 28}});
    const auto by_region =
        tables.add_table({.rows = 2, .columns = 3, .counts = {25, 2, 15, 20, 18, 20}},
                         {.row_totals = by_size.row_totals, .column_totals = {}, .total = by_size.total});

    const auto found = suppress(tables, {.already_public = by_region.column_totals});

    ASSERT_TRUE(found);
    EXPECT_TRUE(found->is_protected);
    EXPECT_TRUE(found->optimal);
    EXPECT_EQ(found->primary, std::vector<Cell>{by_region.at(0, 1)});
    EXPECT_EQ(found->cost, 3);
}

TEST(SuppressLinkedTables, RefusesSumsThatDoNotAddUp)
{
    LinkedTables tables;
    const auto a = tables.add(3), b = tables.add(4), total = tables.add(8);
    tables.add_sum(total, {a, b});

    const auto found = suppress(tables, {});

    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::invalid_data);
}

/// A national round: 26 questions with four answers, by five size classes and by 25 regions.
TEST(SuppressLinkedTables, SettlesARoundOfTwentySixQuestionsInOneGo)
{
    LinkedTables tables;
    std::vector<Cell> known;
    std::vector<std::int64_t> in_class{60, 90, 110, 60, 22}, in_region(25, 13);
    in_region[0] = 30;
    LinkedTables::Shared by_class, by_place;
    const auto total = tables.add(342);
    for (const auto count : in_class)
        by_class.column_totals.push_back(tables.add(count));
    for (const auto count : in_region)
        by_place.column_totals.push_back(tables.add(count));
    known = by_class.column_totals;
    known.insert(known.end(), by_place.column_totals.begin(), by_place.column_totals.end());
    known.push_back(total);
    std::uint64_t state = 12345;
    const auto next = [&](std::uint64_t below) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return (state >> 33) % below;
    };
    for (int question = 0; question < 26; ++question) {
        // Every municipality has a class, a region and an answer.
        Table by_class_table{.rows = 4, .columns = 5, .counts = std::vector<std::int64_t>(20, 0)};
        Table by_place_table{.rows = 4, .columns = 25, .counts = std::vector<std::int64_t>(100, 0)};
        std::vector<std::size_t> regions;
        for (std::size_t region = 0; region < 25; ++region)
            regions.insert(regions.end(), static_cast<std::size_t>(in_region[region]), region);
        std::size_t municipality = 0;
        for (std::size_t size = 0; size < 5; ++size)
            for (std::int64_t i = 0; i < in_class[size]; ++i, ++municipality) {
                const auto draw = next(100);
                const std::size_t answer = draw < 45 ? 0 : draw < 75 ? 1 : draw < 93 ? 2 : 3;
                ++by_class_table.counts[answer * 5 + size];
                ++by_place_table.counts[answer * 25 + regions[municipality]];
            }
        by_class.total = by_place.total = total;
        const auto grid = tables.add_table(by_class_table, by_class);
        by_place.row_totals = grid.row_totals;
        tables.add_table(by_place_table, by_place);
    }

    const auto found = suppress(tables, {.already_public = known, .most_nodes = 50});

    ASSERT_TRUE(found);
    EXPECT_TRUE(found->is_protected);
    EXPECT_LT(found->secondary.size(), tables.cells() / 2);
}

} // namespace
} // namespace beproefd::statistics::disclosure
