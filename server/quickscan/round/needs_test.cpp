// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/needs.hpp"

#include "platform/storage/testing.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace beproefd;
using namespace beproefd::quickscan::national;

namespace {

class HeldClock final : public Clock
{
public:
    Instant now() const override { return *Instant::from_text("2026-11-21T09:00:00Z"); }
};

class MunicipalNeeds : public storage::testing::BothDatabases
{
protected:
    static Actor holder()
    {
        return Actor{Id<Account>::create(), Id<Organisation>::create(), {Role::dossier_holder}, {}};
    }
    static std::vector<Questionnaire> surveys()
    {
        QuestionItem item{.key = "q8.training",
                          .question = "q8",
                          .number = 8,
                          .theme = "T5",
                          .text = {"Wat hebben professionals nodig?", "What do professionals need?"},
                          .choice = Words{"Training", "Training"},
                          .answers = {}};
        auto other = item;
        other.key = "q8.network";
        return {{.key = "survey",
                 .version = 1,
                 .title = {},
                 .themes = {{"T5", {"Professionals", "Professionals"}}},
                 .items = {item, other}}};
    }
    static NewNeed need(std::string_view item, std::string_view url = "https://voorbeeld.example/training")
    {
        return {*Text<1, 80>::from_text("survey"), *Whole<1, 1000>::from(1), *Text<1, 80>::from_text(item),
                Offer{*Text<1, 120>::from_text("Training signaleren"), *Text<1, 500>::from_text(url)}};
    }
    Needs needs() { return Needs{db(), clock_, surveys()}; }
    HeldClock clock_;
};

INSTANTIATE_BOTH_DATABASES(MunicipalNeeds);

} // namespace

TEST(ShippedSurveys, HoldWhatCanBeNeededAndNothingElse)
{
    const auto surveys = shipped_surveys();

    ASSERT_EQ(surveys.size(), 1u);
    std::set<std::string> themes;
    for (const auto& item : surveys[0].items) {
        themes.insert(item.theme);
        EXPECT_TRUE(item.choice) << item.key;
        EXPECT_FALSE(item.exclusive) << item.key;
    }
    EXPECT_EQ(themes, (std::set<std::string>{"T4", "T5", "T6"})) << "the three classes of needs of 2015";
}

TEST_P(MunicipalNeeds, GoFromOpenByContactToSolvedWithTheDayOfEach)
{
    const auto actor = holder();
    const auto made = needs().add(actor, need("q8.training"));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->label.nl, "Training");
    EXPECT_EQ(made->offer->url.to_text(), "https://voorbeeld.example/training");

    const auto met = needs().change(actor, made->id, made->row_version, {NeedStatus::contact_made, {}});
    ASSERT_TRUE(met);
    EXPECT_EQ(met->contact_on, Day(2026, 11, 21));
    const auto solved = needs().change(actor, made->id, met->row_version, {NeedStatus::solved, {}});
    ASSERT_TRUE(solved);
    EXPECT_EQ(solved->solved_on, Day(2026, 11, 21));

    const auto again = needs().change(actor, made->id, solved->row_version, {NeedStatus::open, {}});
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->contact_on);
    EXPECT_FALSE(again->solved_on);
}

TEST_P(MunicipalNeeds, AreOfOneMunicipalityOnly)
{
    const auto own = holder(), other = holder();
    const auto made = needs().add(own, need("q8.training"));
    ASSERT_TRUE(made);

    EXPECT_TRUE(needs().list(other)->items.empty());
    EXPECT_EQ(needs().change(other, made->id, made->row_version, {NeedStatus::solved, {}}).error().kind,
              ProblemKind::not_found);
    EXPECT_EQ(needs().list(own)->items.size(), 1u);
    EXPECT_EQ(needs().list(own)->possible.size(), 1u);
}

TEST_P(MunicipalNeeds, AreRefusedTwiceWhenNoSurveyAsksThemAndWithALinkThatIsNotSafe)
{
    const auto actor = holder();
    ASSERT_TRUE(needs().add(actor, need("q8.training")));

    EXPECT_EQ(needs().add(actor, need("q8.training")).error().reason.code, "need-twice");
    EXPECT_EQ(needs().add(actor, need("q9.else")).error().fields.at(0).code, "unknown-need");
    EXPECT_EQ(needs().add(actor, need("q8.network", "javascript:alert(1)")).error().fields.at(0).code, "offer-url");
}

TEST_P(MunicipalNeeds, AreNotChangedByWhoReadAnOlderVersion)
{
    const auto actor = holder();
    const auto made = needs().add(actor, need("q8.training"));
    ASSERT_TRUE(needs().change(actor, made->id, made->row_version, {NeedStatus::solved, {}}));

    EXPECT_EQ(needs().change(actor, made->id, made->row_version, {NeedStatus::open, {}}).error().kind,
              ProblemKind::stale);
}
