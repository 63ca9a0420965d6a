// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "organisations/service.hpp"

#include "organisations/repository.hpp"
#include "platform/storage/testing.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace beproefd;
using namespace beproefd::organisations;

namespace {

class Organisations : public storage::testing::BothDatabases
{
protected:
    void SetUp() override
    {
        BothDatabases::SetUp();
        ASSERT_TRUE(service().load_shipped());
    }
    Service service() { return Service{db()}; }

    std::vector<NamedOrganisation> municipalities(std::optional<Day> on = std::nullopt)
    {
        auto page = service().list({.kind = OrganisationKind::municipality,
                                    .q = {},
                                    .on = on,
                                    .after = {},
                                    .limit = Whole<1, 500>::from(500)});
        return page ? page->items : std::vector<NamedOrganisation>{};
    }
    /// The list that was loaded, with one line replaced ("" removes it) and one added.
    std::string newer_list(std::string_view code, std::string_view replacement, std::string_view added = "")
    {
        std::string list = "code,name,safety_region\n";
        for (const auto& row : municipalities()) {
            if (row.code == code)
                list += replacement;
            else
                list += fmt::format("{},\"{}\",{}\n", row.code, row.name, row.safety_region);
        }
        return list + std::string{added};
    }
};

INSTANTIATE_BOTH_DATABASES(Organisations);

} // namespace

TEST_P(Organisations, AreTheMunicipalitiesOf2023AndThoseThatTheDocumentsName)
{
    EXPECT_EQ(municipalities().size(), 342u);
    const auto amsterdam =
        service().list({.kind = {}, .q = Text<0, 100>::from_text("amsterdam"), .on = {}, .after = {}, .limit = {}});
    ASSERT_TRUE(amsterdam);
    EXPECT_EQ(amsterdam->items.at(0).code, "GM0363");
    EXPECT_EQ(amsterdam->items.at(0).safety_region, "VR13");
}

TEST_P(Organisations, LoadedTwiceAreTheSame)
{
    ASSERT_TRUE(service().load_shipped());

    EXPECT_EQ(municipalities().size(), 342u);
}

TEST_P(Organisations, KeepTheirFormerNameAndLeaveAnUnknownDayEmpty)
{
    const auto nctv = service().find(*service().with_code("nctv"));

    ASSERT_TRUE(nctv);
    ASSERT_EQ(nctv->names.size(), 2u);
    EXPECT_TRUE(nctv->names[0].name.find("(NCTb)") != std::string::npos);
    EXPECT_FALSE(nctv->names[0].current);
    EXPECT_EQ(nctv->names[0].last, std::nullopt);
    EXPECT_TRUE(nctv->organisation.name.find("(NCTV)") != std::string::npos);
}

TEST_P(Organisations, AreReadPageByPage)
{
    const auto first = service().list(
        {.kind = OrganisationKind::municipality, .q = {}, .on = {}, .after = {}, .limit = Whole<1, 500>::from(100)});
    ASSERT_TRUE(first && first->next);

    const auto second = service().list({.kind = OrganisationKind::municipality,
                                        .q = {},
                                        .on = {},
                                        .after = Text<0, 40>::from_text(*first->next),
                                        .limit = Whole<1, 500>::from(500)});

    ASSERT_TRUE(second);
    EXPECT_EQ(first->items.size() + second->items.size(), 342u);
    EXPECT_GT(second->items.front().code, first->items.back().code);
    EXPECT_FALSE(second->next);
}

TEST_P(Organisations, TakeAPercentSignInASearchLiterally)
{
    const auto found =
        service().list({.kind = {}, .q = Text<0, 100>::from_text("%"), .on = {}, .after = {}, .limit = {}});

    ASSERT_TRUE(found);
    EXPECT_TRUE(found->items.empty());
}

TEST_P(Organisations, EndRenameAndBeginWithANewerListAndKeepTheirHistory)
{
    const auto report =
        service().import(newer_list("GM0014", "", "GM1999,Nieuwstad,VR01\n"), "2026.csv", Day{2026, 1, 1},
                         "was_code,becomes_code,since\nGM0014,GM1999,2026-01-01\n", "was.csv");

    ASSERT_TRUE(report);
    EXPECT_EQ(report->added.size(), 1u);
    EXPECT_EQ(report->ended, std::vector<std::string>{"GM0014"});
    const auto before = municipalities(Day{2025, 12, 31});
    const auto after = municipalities(Day{2026, 1, 1});
    const auto has = [](const auto& list, std::string_view code) {
        return std::any_of(list.begin(), list.end(), [&](const auto& row) { return row.code == code; });
    };
    EXPECT_TRUE(has(before, "GM0014"));
    EXPECT_FALSE(has(before, "GM1999"));
    EXPECT_FALSE(has(after, "GM0014"));
    EXPECT_TRUE(has(after, "GM1999"));
}

TEST_P(Organisations, GetANewNameFromTheDayOfTheList)
{
    const auto report =
        service().import(newer_list("GM0014", "GM0014,Groningen-Stad,VR01\n"), "2026.csv", Day{2026, 1, 1}, "", "");

    ASSERT_TRUE(report);
    const auto found = service().find(*service().with_code("GM0014"));
    ASSERT_TRUE(found);
    ASSERT_EQ(found->names.size(), 2u);
    EXPECT_EQ(found->organisation.name, "Groningen-Stad");
    EXPECT_EQ(found->names[0].last, Day(2025, 12, 31));
    EXPECT_EQ(found->names[1].first, Day(2026, 1, 1));
}

TEST_P(Organisations, RefuseAListAsAWholeAndTellEveryWrongLine)
{
    const auto report =
        service().import("code,name,safety_region\nGM0014,A,VR99\n0363,B,VR13\nGM0014,C,VR01\nGM9001,D,VR01\n",
                         "wrong.csv", Day{2026, 1, 1}, "", "");

    ASSERT_FALSE(report);
    std::vector<std::string> places;
    for (const auto& field : report.error().fields)
        places.push_back(field.place + " " + field.code);
    EXPECT_EQ(places,
              (std::vector<std::string>{"wrong.csv:2:10 safety-region", "wrong.csv:3:1 municipality-code",
                                        "wrong.csv:4:1 municipality-twice", "wrong.csv:5:1 municipality-code"}));
    EXPECT_EQ(municipalities().size(), 342u);
}

TEST_P(Organisations, TellAWrongColumnOfAListOnceAndWhereItStands)
{
    const auto report = service().import("code,naam,safety_region\nGM0014,A,VR01\nGM0034,B,VR09\n", "wrong.csv",
                                         Day{2026, 1, 1}, "", "");

    ASSERT_FALSE(report);
    std::vector<std::string> places;
    for (const auto& field : report.error().fields)
        places.push_back(field.place + " " + field.code);
    EXPECT_EQ(places,
              (std::vector<std::string>{"wrong.csv:1:6 csv-unknown-column", "wrong.csv:1:1 csv-missing-column"}));
}

TEST_P(Organisations, TellWhatIsMissingInAListBesideWhatIsWrong)
{
    const auto report = service().import("code,name,safety_region\nGM0014,,VR01\nGM1,B,VR99\nGM0014,C,\n",
                                         "wrong.csv", Day{2026, 1, 1}, "", "");

    ASSERT_FALSE(report);
    std::set<std::string> told;
    for (const auto& field : report.error().fields)
        told.insert(field.pointer + " " + field.code);
    EXPECT_EQ(told,
              (std::set<std::string>{"/0/name required", "/1/code municipality-code", "/1/safetyRegion safety-region",
                                     "/2/code municipality-twice", "/2/safetyRegion required"}));
}

TEST_P(Organisations, RefuseAListThatIsNotNewerAndChangeNothingForAnUnknownSuccessor)
{
    const auto older = service().import(newer_list("GM0014", ""), "2022.csv", Day{2022, 1, 1}, "", "");
    ASSERT_FALSE(older);
    EXPECT_EQ(older.error().reason.code, "list-is-older");

    const auto unknown = service().import(newer_list("GM0014", ""), "2026.csv", Day{2026, 1, 1},
                                          "was_code,becomes_code,since\nGM0014,GM1998,2026-01-01\n", "was.csv");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().fields.at(0).place, "was.csv:2:8");
    EXPECT_EQ(municipalities(Day{2026, 6, 1}).size(), 342u);
}

TEST_P(Organisations, OfADemonstrationAreMarkedAndHaveNoCodeThatCouldBeReal)
{
    EXPECT_FALSE(service().any_demonstration());
    ASSERT_TRUE(service().add_demonstration({{"GM9001", OrganisationKind::municipality, "Voorbeeldstad", "VR09"}}));
    EXPECT_TRUE(service().any_demonstration());

    EXPECT_FALSE(service().add_demonstration({{"GM0363", OrganisationKind::municipality, "Amsterdam", "VR13"}}));
}

TEST_P(Organisations, OfADemonstrationLieInASafetyRegionThatExists)
{
    const auto region = [&] {
        return service()
            .list({.kind = {}, .q = Text<0, 100>::from_text("Voorbeeldstad"), .on = {}, .after = {}, .limit = {}})
            ->items.at(0)
            .safety_region;
    };

    for (const auto& wrong : {std::optional<std::string>{}, std::optional<std::string>{"VR26"}})
        EXPECT_FALSE(
            service().add_demonstration({{"GM9001", OrganisationKind::municipality, "Voorbeeldstad", wrong}}));
    ASSERT_TRUE(service().add_demonstration({{"GM9001", OrganisationKind::municipality, "Voorbeeldstad", "VR09"}}));
    EXPECT_EQ(region(), "VR09");
    ASSERT_TRUE(service().add_demonstration({{"GM9001", OrganisationKind::municipality, "Voorbeeldstad", "VR10"}}));
    EXPECT_EQ(region(), "VR10") << "a demonstration made earlier gets its region too";
}

TEST_P(Organisations, HaveTablesThatFitTheirDescriptions)
{
    storage::testing::expect_columns_of<Organisation>(db(), "organisations_organisation");
    storage::testing::expect_columns_of<OrganisationName>(db(), "organisations_name");
    storage::testing::expect_columns_of<Succession>(db(), "organisations_succession");
}
