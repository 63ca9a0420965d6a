// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/adviser/adviser.hpp"

#include "platform/describe/read.hpp"
#include "statistics/adviser/command.hpp"
#include "statistics/power/power.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>

namespace beproefd::statistics::adviser {
namespace {

Rules rules()
{
    std::ifstream in(std::string(BEPROEFD_SOURCE_DIR) + "/data/statistics/design-adviser.yaml");
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    auto read = describe::read_yaml<Rules>(text, "design-adviser.yaml");
    EXPECT_TRUE(read) << (read ? "" : read.error().fields.front().place + read.error().fields.front().pointer);
    return read ? *read : Rules{};
}

Situation one_school_with(double participants)
{
    Situation situation;
    situation.eligible_per_site_and_year = participants / 0.7 + 0.01;
    situation.pre_measurement_possible = true;
    return situation;
}

const Option* find(const Advice& advice, std::string_view design)
{
    const auto found = std::find_if(advice.designs.begin(), advice.designs.end(),
                                    [&](const Option& option) { return option.design == design; });
    return found == advice.designs.end() ? nullptr : &*found;
}

TEST(Advise, PutsLotsFirstWhereTheyArePossible)
{
    Situation situation = one_school_with(30);
    situation.sites = 6;
    situation.lots_possible = true;

    const auto advice = advise(rules(), situation);

    ASSERT_FALSE(advice.designs.empty());
    EXPECT_EQ(advice.designs[0].design, "cluster_randomised");
    EXPECT_EQ(advice.designs[0].rule, "A1-cluster");
    EXPECT_EQ(advice.designs[0].expected_step, 5);
}

TEST(Advise, AsksSixSitesForALotteryOfSites)
{
    Situation situation = one_school_with(30);
    situation.sites = 5;
    situation.lots_possible = true;

    EXPECT_FALSE(find(advise(rules(), situation), "cluster_randomised"));
}

TEST(Advise, DoesNotTakeTheUnknownForPossible)
{
    Situation situation;
    situation.eligible_per_site_and_year = 100;

    const auto advice = advise(rules(), situation);

    ASSERT_EQ(advice.designs.size(), 1U);
    EXPECT_EQ(advice.designs[0].design, "contribution");
    EXPECT_FALSE(advice.effect_evaluation_useful);
    ASSERT_TRUE(advice.warning);
    EXPECT_NE(advice.warning->en.find("With what is known now"), std::string::npos);
}

TEST(Advise, SaysPlainlyWhenSevenRemain)
{
    const auto seven = advise(rules(), one_school_with(7)), eight = advise(rules(), one_school_with(8));

    EXPECT_FALSE(seven.effect_evaluation_useful);
    ASSERT_TRUE(seven.warning);
    EXPECT_NE(seven.warning->en.find("pointless"), std::string::npos);
    EXPECT_FALSE(find(seven, "pre_post"));
    EXPECT_TRUE(find(eight, "pre_post"));
}

TEST(Advise, AsksTwelvePointsOfASeasonalSeries)
{
    Situation situation = one_school_with(0);
    situation.series_points_before = 10;
    situation.series_points_after = 10;
    EXPECT_TRUE(find(advise(rules(), situation), "interrupted_series"));

    situation.seasonal = true;
    EXPECT_FALSE(find(advise(rules(), situation), "interrupted_series"));
}

TEST(Advise, CountsSharesWhereTheOutcomeIsYesOrNo)
{
    auto situation = one_school_with(100);
    situation.lots_possible = true;
    situation.outcome_type = "share";
    situation.baseline_share = 0.3;

    const auto advice = advise(rules(), situation);

    const auto* option = find(advice, "individual_randomised");
    ASSERT_TRUE(option && option->power);
    // From 30% by an odds ratio of exp(0.5 pi / sqrt 3) = 2.477 to 51.5%; pwr.2p.test(ES.h(.5149, .3), 50) in R.
    EXPECT_NEAR(option->power->medium, 0.5974, 1e-4);
    EXPECT_EQ(option->applied, std::vector<std::string>{"O2-share"});
    EXPECT_FALSE(option->remarks.empty());
}

TEST(Advise, ComputesNothingFromDForARareOutcome)
{
    auto situation = one_school_with(100);
    situation.outcome_type = "rare";

    const auto advice = advise(rules(), situation);

    const auto* option = find(advice, "pre_post");
    ASSERT_TRUE(option);
    EXPECT_FALSE(option->power);
    EXPECT_FALSE(option->minimum_detectable_effect);
    EXPECT_EQ(option->applied, std::vector<std::string>{"O4-rare"});
}

TEST(Advise, CountsOnFewerPairsAndOnNoCodesPerPersonWhereTheSubjectIsSensitive)
{
    auto situation = one_school_with(100);
    situation.lots_possible = true;
    const auto open = advise(rules(), situation);
    situation.sensitive = true;

    const auto advice = advise(rules(), situation);

    EXPECT_EQ(find(open, "pre_post")->participants, 100);
    EXPECT_EQ(find(advice, "pre_post")->participants, 85);
    EXPECT_EQ(find(advice, "individual_randomised")->applied,
              (std::vector<std::string>{"O1-scale", "S1-pairing", "S2-anonymous", "S3-lots"}));
    EXPECT_TRUE(find(advice, "contribution")->applied.empty());

    auto few = one_school_with(5);
    few.observations_per_person = 30;
    EXPECT_TRUE(find(advise(rules(), few), "single_case"));
    few.sensitive = true;
    EXPECT_FALSE(find(advise(rules(), few), "single_case"));
}

TEST(Advise, TakesThePowerOfASteppedWedgeFromItsOwnMethod)
{
    auto situation = one_school_with(40);
    situation.sites = 6;
    situation.staggered_start = true;
    situation.start_moments = 3;

    const auto advice = advise(rules(), situation);

    const auto* option = find(advice, "stepped_wedge");
    ASSERT_TRUE(option && option->power);
    // The same wedge by power.stepped_wedge: 3 sequences of 2 sites, 240/24 persons per cell, icc 0.05.
    power::SteppedWedge wedge;
    wedge.clusters_per_sequence = {2, 2, 2};
    wedge.n_per_cell = option->participants / 24.0;
    wedge.residual_variance = 0.95;
    wedge.tau = std::sqrt(0.05);
    EXPECT_NEAR(option->power->medium, power::wald_power(0.5, *power::stepped_wedge_standard_error(wedge), 0.05),
                1e-12);
}

TEST(Advise, MarksTheThresholdsThatNoSourceConfirms)
{
    const auto seven = advise(rules(), one_school_with(7));

    ASSERT_EQ(seven.thresholds.size(), 1U);
    EXPECT_EQ(seven.thresholds[0].id, "T1-participants");
    EXPECT_FALSE(seven.thresholds[0].confirmed);
}

TEST(Advise, GivesTheEffectThatIsNoticedFourTimesOutOfFive)
{
    const auto advice = advise(rules(), one_school_with(34));

    const auto* option = find(advice, "pre_post");
    ASSERT_TRUE(option && option->minimum_detectable_effect && option->power);
    EXPECT_EQ(option->participants, 34);
    // Cohen 1988: a paired t test of 34 pairs notices d = 0.5 with 80 percent power; r = 0.5 leaves d as it is.
    EXPECT_NEAR(*option->minimum_detectable_effect, 0.495, 0.01);
    EXPECT_GT(option->power->medium, 0.8);
}

TEST(Advise, PutsWhatCannotBePaidLast)
{
    Situation situation = one_school_with(40);
    situation.lots_possible = true;
    situation.budget = 15'000;

    const auto advice = advise(rules(), situation);

    EXPECT_TRUE(advice.designs.front().within_budget);
    EXPECT_FALSE(find(advice, "individual_randomised")->within_budget);
    EXPECT_FALSE(find(advice, "individual_randomised")->remarks.empty());
}

TEST(Advise, FillsEveryBlankOfItsTexts)
{
    Situation situation = one_school_with(12);
    situation.sites = 8;
    situation.lots_possible = situation.staggered_start = situation.already_run = true;
    situation.start_moments = 4;
    situation.comparable_sites = 3;
    situation.comparable_projects = 12;
    for (const bool dutch : {true, false}) {
        const auto text = as_text(advise(rules(), situation), dutch);
        EXPECT_EQ(text.find('{'), std::string::npos) << text;
    }
}

TEST(AdviseCommand, RefusesASituationWithoutItsSize)
{
    std::istringstream in("{\"sites\":2}");
    std::ostringstream out, error;

    EXPECT_EQ(advise_command({}, in, out, error), 2);
    EXPECT_TRUE(out.str().empty());
    EXPECT_NE(error.str().find("eligiblePerSiteAndYear"), std::string::npos) << error.str();
}

TEST(AdviseCommand, RefusesWhatCannotBe)
{
    std::istringstream in(R"({"sites":0,"eligiblePerSiteAndYear":10,"monthsToDecision":12})");
    std::ostringstream out, error;

    EXPECT_EQ(advise_command({}, in, out, error), 2);
    EXPECT_NE(error.str().find("sites"), std::string::npos);
}

TEST(AdviseCommand, AnswersInJson)
{
    std::istringstream in(
        R"({"sites":4,"eligiblePerSiteAndYear":25,"monthsToDecision":24,"staggeredStart":true,"preMeasurementPossible":true})");
    std::ostringstream out, error;

    EXPECT_EQ(advise_command({}, in, out, error), 0) << error.str();
    EXPECT_NE(out.str().find("\"rule\":\"A2-stepped\""), std::string::npos) << out.str();
}

TEST(LadderCommand, ShowsTheRulesThatDecided)
{
    std::istringstream in(
        R"({"goals_described":{"value":1,"source":"manual"},"target_group_described":{"value":1,"source":"manual"},
"activities_described":{"value":1,"source":"manual"},"materials_described":{"value":1,"source":"manual"}})");
    std::ostringstream out, error;

    EXPECT_EQ(ladder_command({}, in, out, error), 0) << error.str();
    EXPECT_NE(out.str().find("L1-described"), std::string::npos);
    EXPECT_NE(out.str().find("\"step\":1"), std::string::npos);
}

} // namespace
} // namespace beproefd::statistics::adviser
