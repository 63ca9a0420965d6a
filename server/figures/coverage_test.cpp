// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/coverage.hpp"
#include "figures/shipped.hpp"

#include <gtest/gtest.h>

using namespace beproefd;
using namespace beproefd::figures;

namespace {

const Published& published() { return test::shipped(); }

Figure& figure(Published& data, std::string_view key)
{
    for (auto& one : data.figures) {
        if (one.key == key)
            return one;
    }
    throw std::runtime_error("no such figure");
}

} // namespace

TEST(Coverage, HoldsEveryNumberOfTheFiveDocuments)
{
    const auto coverage = cover(published());

    EXPECT_EQ(coverage.numbers, 652);
    EXPECT_EQ(coverage.held, 652);
    EXPECT_EQ(coverage.figures + coverage.not_figures, 652);
    EXPECT_TRUE(coverage.unfounded.empty());
    EXPECT_TRUE(coverage.complete());
    for (const auto& number : coverage.items)
        EXPECT_NE(number.holding, Holding::missing) << number.document << ':' << number.line << ' ' << number.token;
}

TEST(Coverage, MissesTheNumberOfAnyFigureThatIsTakenAway)
{
    auto data = published();
    const auto all = data.figures;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].printed.empty() || !all[i].printed_with.empty() || all[i].table == "lead-applicants-2019")
            continue;
        data.figures = all;
        data.figures.erase(data.figures.begin() + static_cast<std::ptrdiff_t>(i));

        const auto coverage = cover(data);

        EXPECT_FALSE(coverage.complete()) << all[i].key;
        EXPECT_LT(coverage.held, 652) << all[i].key;
    }
}

TEST(Coverage, TellsOfAFigureThatIsNotPrintedWhereItSays)
{
    auto data = published();
    figure(data, "cluster-figures~prevention~2020-granted").line = 430;

    const auto coverage = cover(data);

    EXPECT_FALSE(coverage.complete());
    ASSERT_EQ(coverage.unfounded.size(), 1u);
    EXPECT_EQ(coverage.unfounded[0].key, "cluster-figures~prevention~2020-granted");
    EXPECT_EQ(coverage.held, 651);
}

TEST(Coverage, TakesEachPrintedNumberOnlyOnce)
{
    auto data = published();
    Figure twin = figure(data, "cluster-figures~prevention~2020-granted");
    twin.key = "cluster-figures~twin~2020-granted";
    data.figures.push_back(twin);

    const auto coverage = cover(data);

    EXPECT_FALSE(coverage.complete());
    ASSERT_EQ(coverage.unfounded.size(), 1u);
    EXPECT_EQ(coverage.held, 652);
}
