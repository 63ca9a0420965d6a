// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/counting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace beproefd::quickscan::national {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<Item> one_question{{"q1", {"yes", "no", "unknown"}}};

std::vector<Copy> copies(std::string_view size, std::string_view region, std::string_view answer, int number)
{
    return std::vector<Copy>(static_cast<std::size_t>(number),
                             Copy{std::string{size}, std::string{region}, {{"q1", std::string{answer}}}});
}

std::vector<Copy> together(std::initializer_list<std::vector<Copy>> parts)
{
    std::vector<Copy> all;
    for (const auto& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::vector<std::string> groups_of(const Counts& counts, std::string_view breakdown)
{
    std::vector<std::string> groups;
    for (const auto& row : counts.items.at(0).rows)
        if (row.breakdown == breakdown)
            groups.push_back(row.group);
    return groups;
}

} // namespace

TEST(ShippedBreakdowns, HoldEverySafetyRegionOnceAndTheLimitOfThePrivacyRules)
{
    const auto& list = shipped_breakdowns();

    std::size_t regions = 0;
    for (const auto& group : list.find("part_of_country")->groups)
        regions += group.members.size();
    EXPECT_EQ(regions, 25u);
    EXPECT_EQ(list.limit.value(), 5);
    EXPECT_EQ(list.smallest_group.value(), 6) << "five others besides the reader's own";
}

TEST(Breakdowns, AreRefusedWhenAMemberIsInTwoGroupsOrAGroupIsTooSmallToHideACount)
{
    const auto twice = read_breakdowns(R"(
version: 1
limit: 5
smallestGroup: 5
breakdowns:
  - key: size_class
    label: {nl: a, en: a}
    source: s
    groups:
      - {key: small, label: {nl: a, en: a}, members: [small]}
      - {key: large, label: {nl: a, en: a}, members: [large, small]}
)",
                                       "list.yaml");

    ASSERT_FALSE(twice);
    ASSERT_EQ(twice.error().fields.size(), 2u);
    EXPECT_EQ(twice.error().fields[0].pointer, "/smallestGroup");
    EXPECT_EQ(twice.error().fields[1].pointer, "/breakdowns/0/groups/1/members/1");
}

TEST(TooSmall, IsNothingWhenEveryGroupIsLargeEnough)
{
    EXPECT_THAT(too_small(std::vector<std::int64_t>{6, 90, 12}, 6), IsEmpty());
}

TEST(TooSmall, TakesASecondGroupBecauseOneAloneFollowsFromTheTotal)
{
    EXPECT_THAT(too_small(std::vector<std::int64_t>{90, 3, 12}, 6), ElementsAre(1, 2));
}

TEST(TooSmall, TakesGroupsUntilTogetherTheyAreLargeEnough)
{
    EXPECT_THAT(too_small(std::vector<std::int64_t>{1, 90, 2, 40}, 6), ElementsAre(0, 2, 3));
}

TEST(TooSmall, CountsAGroupOfWhichNobodyHandedInAsSmall)
{
    EXPECT_THAT(too_small(std::vector<std::int64_t>{0, 90, 12}, 6), ElementsAre(0, 2));
}

TEST(Counting, AddsUpPerGroupAndForTheCountry)
{
    const auto handed_in = together({copies("small", "VR01", "yes", 7), copies("small", "VR20", "no", 8),
                                     copies("medium", "VR09", "yes", 9), copies("large", "VR05", "no", 10)});

    const auto counts = count(one_question, shipped_breakdowns(), handed_in);

    EXPECT_EQ(counts.handed_in, 34);
    const auto& rows = counts.items.at(0).rows;
    EXPECT_THAT(rows.at(0).counts, ElementsAre(16, 18, 0));
    EXPECT_THAT(rows.at(1).counts, ElementsAre(7, 8, 0));
    EXPECT_EQ(rows.at(1).n, 15);
    EXPECT_THAT(groups_of(counts, "part_of_country"), ElementsAre("north", "east", "west", "south"));
}

TEST(Counting, CountsAnItemThatIsMissingAsUnknown)
{
    auto handed_in = copies("small", "VR01", "yes", 8);
    handed_in[0].answers.clear();

    const auto counts = count(one_question, shipped_breakdowns(), handed_in);

    EXPECT_THAT(counts.items.at(0).rows.at(0).counts, ElementsAre(7, 0, 1));
}

TEST(Counting, TakesSmallGroupsTogetherAndLeavesOutABreakdownOfOnlyThose)
{
    const auto handed_in = together(
        {copies("small", "VR01", "yes", 30), copies("medium", "VR01", "no", 9), copies("large", "VR01", "no", 2)});

    const auto counts = count(one_question, shipped_breakdowns(), handed_in);

    EXPECT_THAT(groups_of(counts, "size_class"), ElementsAre("small", "rest"));
    EXPECT_EQ(counts.items.at(0).rows.at(2).n, 11);
    EXPECT_THAT(groups_of(counts, "part_of_country"), IsEmpty()) << "with only the north, the rest is nobody";
}

TEST(Counting, GivesMunicipalitiesWithoutASafetyRegionAGroupOfTheirOwn)
{
    const auto handed_in = together({copies("small", "VR01", "yes", 10), copies("small", "VR05", "yes", 10),
                                     copies("small", "VR09", "yes", 10), copies("small", "VR20", "yes", 10),
                                     copies("small", "", "no", 10)});

    const auto counts = count(one_question, shipped_breakdowns(), handed_in);

    EXPECT_THAT(groups_of(counts, "part_of_country"), ElementsAre("north", "east", "west", "south", "unknown"));
}

TEST(Counting, StopsAtAnAnswerThatTheItemDoesNotHave)
{
    EXPECT_THROW(count(one_question, shipped_breakdowns(), copies("small", "VR01", "perhaps", 1)), std::logic_error);
}

TEST(CountsOfAnEarlierVersion, AreThoseOfTheItemsThatAskTheSame)
{
    const Counts before{
        .handed_in = 9,
        .items = {
            {.item = {"q1", {"yes", "no"}}, .rows = {{.breakdown = "", .group = "", .n = 9, .counts = {7, 2}}}},
            {.item = {"q2", {"yes", "no"}}, .rows = {{.breakdown = "", .group = "", .n = 9, .counts = {4, 5}}}}}};
    const std::vector<Item> now{{"q1", {"no", "perhaps", "yes"}}, {"q2", {"yes", "no"}}};

    const auto carried = carried_over(before, now, {{"q1", "q2"}});

    ASSERT_EQ(carried.items.size(), 1u);
    EXPECT_EQ(carried.items[0].item.key, "q1");
    EXPECT_EQ(carried.items[0].rows[0].counts, (std::vector<std::int64_t>{5, 0, 4}));
}

} // namespace beproefd::quickscan::national
