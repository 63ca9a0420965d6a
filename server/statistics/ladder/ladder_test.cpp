// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/ladder/ladder.hpp"

#include "platform/describe/read.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace beproefd::statistics::ladder {
namespace {

Rules rules()
{
    std::ifstream in(std::string(BEPROEFD_SOURCE_DIR) + "/data/statistics/evidence-ladder.yaml");
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    auto read = describe::read_yaml<Rules>(text, "evidence-ladder.yaml");
    EXPECT_TRUE(read) << (read ? "" : read.error().fields.front().place + read.error().fields.front().pointer);
    return read ? *read : Rules{};
}

Facts described()
{
    return {{"goals_described", {1, "handleiding"}},      {"target_group_described", {1, "handleiding"}},
            {"activities_described", {1, "handleiding"}}, {"materials_described", {1, "handleiding"}},
            {"theory_of_change", {1, "handleiding"}},     {"theory_sources", {3, "handleiding"}}};
}

Facts measured()
{
    auto facts = described();
    facts["outcome_measured_before"] = {1, "rapport p. 4"};
    facts["outcome_measured_after"] = {1, "rapport p. 4"};
    facts["retained_percent"] = {60, "rapport p. 5"};
    facts["intended_change_seen"] = {1, "rapport p. 9"};
    return facts;
}

std::string label(const Placement& placement, std::string_view ladder)
{
    for (const auto& reading : placement.readings)
        if (reading.ladder == ladder)
            return reading.en;
    return "";
}

TEST(Place, GivesStepZeroWhenNothingIsRecorded)
{
    const auto placement = place(rules(), {});

    EXPECT_EQ(placement.step, 0);
    EXPECT_EQ(label(placement, "effectladder"), "0 Implicit knowledge");
    ASSERT_TRUE(placement.missing);
    EXPECT_EQ(placement.missing->unknown.size(), 4U);
}

TEST(Place, ReachesStepThreeAtExactlySixtyPercent)
{
    auto facts = measured();

    EXPECT_EQ(place(rules(), facts).step, 3);
    facts["retained_percent"].value = 59.9;
    EXPECT_EQ(place(rules(), facts).step, 2);
    EXPECT_EQ(place(rules(), facts).missing->not_met, std::vector<std::string>{"retained_percent"});
}

TEST(Place, MarksAThresholdThatNobodyConfirmed)
{
    EXPECT_TRUE(place(rules(), described()).confirmed);
    EXPECT_FALSE(place(rules(), measured()).confirmed);
}

TEST(Place, NeedsEveryStepBelow)
{
    Facts facts{{"random_allocation", {1, "rapport"}}, {"interval_excludes_no_effect", {1, "rapport"}}};

    EXPECT_EQ(place(rules(), facts).step, 0);
}

TEST(Place, LowersOneStepPerDomainAndNeverBelowWhatIsWrittenDown)
{
    auto facts = measured();
    facts["comparison_group"] = {1, "rapport"};
    facts["interval_excludes_no_effect"] = {1, "rapport"};
    facts["attrition_handled"] = {1, "rapport"};
    EXPECT_EQ(place(rules(), facts).step, 4);

    facts["attrition_percent"] = {21, "rapport"};
    facts["attrition_difference_points"] = {11, "rapport"};
    const auto biased = place(rules(), facts);
    EXPECT_EQ(biased.step, 3);
    EXPECT_EQ(biased.design_step, 4);
    EXPECT_EQ(biased.lowered.size(), 1U);

    facts["participants"] = {12, "rapport"};
    facts["outcome_chosen_afterwards"] = {1, "rapport"};
    EXPECT_EQ(place(rules(), facts).step, 2);
}

TEST(Place, AsksTwoStudiesAndHalfAYearForGoodIndications)
{
    auto facts = measured();
    facts["comparison_group"] = {1, ""};
    facts["interval_excludes_no_effect"] = {1, ""};
    facts["attrition_handled"] = {1, ""};
    EXPECT_EQ(label(place(rules(), facts), "recognition"), "First indications of effectiveness");

    facts["strong_studies"] = {2, ""};
    facts["follow_up_months"] = {6, ""};
    EXPECT_EQ(label(place(rules(), facts), "recognition"), "Good indications of effectiveness");
    EXPECT_EQ(label(place(rules(), facts), "maryland"), "3");
}

TEST(Rules, HaveALabelForEveryStepOfEveryLadder)
{
    for (const auto& ladder : rules().ladders)
        for (int step = 0; step <= 5; ++step)
            EXPECT_TRUE(std::any_of(ladder.labels.begin(), ladder.labels.end(),
                                    [&](const Label& l) { return l.step == step && !l.conditions; }))
                << ladder.key << step;
}

} // namespace
} // namespace beproefd::statistics::ladder
