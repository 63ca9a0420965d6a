// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/checks.hpp"
#include "figures/explained.hpp"
#include "figures/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

using namespace beproefd;
using namespace beproefd::figures;

namespace {

std::vector<Finding> findings()
{
    const auto& published = test::shipped();
    auto all = findings_with_checks(published, run_checks(published));
    add_explanations(all, explain_tables(published));
    return all;
}

const Finding& finding(const std::vector<Finding>& all, std::string_view id)
{
    for (const auto& one : all) {
        if (one.id == id)
            return one;
    }
    throw std::runtime_error("no such finding");
}

std::vector<std::string> best(const Finding& finding)
{
    std::vector<std::string> list;
    for (const auto& one : finding.explanations) {
        if (one.rank == 1)
            list.push_back(fmt::format("{} {} {} {}", one.kind, one.figure, one.printed.value_or(-999),
                                       one.corrected.value_or(-999)));
    }
    std::sort(list.begin(), list.end());
    return list;
}

} // namespace

TEST(ExplainedFindings, NameTheLostMinusSignAndNothingElseIsAsLikely)
{
    const auto all = findings();

    EXPECT_THAT(best(finding(all, "I1")),
                testing::ElementsAre("lost_sign reallocations~other-programme~2008 0.49 -0.49"));
}

TEST(ExplainedFindings, DoNotChooseBetweenThreeCellsOfThePrizeOf2010)
{
    const auto all = findings();
    std::set<std::string> cells;
    for (const auto& one : finding(all, "I2").explanations) {
        if (one.rank == 1)
            cells.insert(one.figure);
    }

    EXPECT_EQ(cells,
              (std::set<std::string>{"paid-split~decentralisation-grant~2010", "paid-split~municipality-prize~2010",
                                     "paid-split~temporary-subsidy-scheme~2010"}));
}

TEST(ExplainedFindings, SayNothingWhereTheSumsComeOut)
{
    for (const auto& one : findings()) {
        if (one.id == "I1" || one.id == "I2" || one.id == "I4")
            continue;
        EXPECT_TRUE(one.explanations.empty()) << one.id;
    }
}
