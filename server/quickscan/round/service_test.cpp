// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/service.hpp"

#include "platform/audit/audit.hpp"
#include "platform/describe/json.hpp"
#include "platform/storage/testing.hpp"
#include "quickscan/instrument/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace beproefd;
using namespace beproefd::quickscan::national;

namespace {

class HeldClock final : public Clock
{
public:
    Instant now() const override { return *Instant::from_text("2026-11-21T09:00:00Z"); }
};

constexpr std::string_view instrument = "quickscan-local-approach";

class NationalRounds : public storage::testing::BothDatabases
{
protected:
    void SetUp() override
    {
        BothDatabases::SetUp();
        ministry_ = organisation("ministry-x", "ministry", "");
        national_.emplace(db(), clock_,
                          Sources{.questionnaire = shipped_questionnaire,
                                  .scan = [this](const Actor& actor, std::string_view id) -> Result<SettledScan> {
                                      const auto found =
                                          scans_.find({actor.organisation().to_text(), std::string{id}});
                                      if (found == scans_.end())
                                          return not_found();
                                      return found->second;
                                  }});
    }

    Id<Organisation> organisation(std::string_view code, std::string_view kind, std::string_view region,
                                  bool demonstration = false)
    {
        const auto id = Id<Organisation>::create();
        EXPECT_TRUE(db().transact([&](storage::Transaction& tx) -> Result<void> {
            tx.execute("INSERT INTO organisations_organisation (id, kind, code, demonstration, safety_region) "
                       "VALUES ($1, $2, $3, $4, $5)",
                       id, kind, code, demonstration, region);
            tx.execute("INSERT INTO organisations_name (named_id, number, name, current, source) "
                       "VALUES ($1, 1, $2, 1, 'test')",
                       id, code);
            return {};
        }));
        return id;
    }

    static Actor manager(const Id<Organisation>& organisation)
    {
        return Actor{Id<Account>::create(), organisation, {Role::survey_manager}, {Permission::manage_surveys}};
    }
    static Actor holder(const Id<Organisation>& organisation)
    {
        return Actor{Id<Account>::create(), organisation, {Role::dossier_holder}, {Permission::edit_content}};
    }

    /// A municipality with a closed scan in which every question got this answer.
    struct Municipality {
        Actor actor;
        std::string scan;
    };
    Municipality municipality(std::string_view size, std::string_view region, std::string_view answer,
                              bool demonstration = false)
    {
        const auto id = organisation(fmt::format("GM9{:03}", ++made_), "municipality", region, demonstration);
        SettledScan scan{.id = new_uuid(),
                         .instrument_key = std::string{instrument},
                         .instrument_version = 1,
                         .closed = true,
                         .size_class = std::string{size},
                         .period_from = Day{2026, 1, 1},
                         .period_to = Day{2026, 12, 31},
                         .answers = {}};
        for (int number = 1; number <= 26; ++number)
            scan.answers.emplace(fmt::format("q{}", number), answer);
        const auto scan_id = scan.id;
        scans_.emplace(std::pair{id.to_text(), scan_id}, std::move(scan));
        return {holder(id), scan_id};
    }
    SettledScan& scan_of(const Municipality& municipality)
    {
        return scans_.at({municipality.actor.organisation().to_text(), municipality.scan});
    }

    RoundView open_round(std::string_view title = "Ronde 2026")
    {
        const auto made = national().create(
            manager(ministry_),
            {*Text<1, 80>::from_text(instrument), *Whole<1, 1000>::from(1), *Text<1, 120>::from_text(title),
             *Text<1, 500>::from_text("alle gemeenten"), *Text<1, 500>::from_text("samen vastgesteld"),
             *Text<1, 500>::from_text("eigen opgave"), *Text<1, 1000>::from_text("vrijwillig"),
             *Whole<6, 100'000>::from(342)});
        EXPECT_TRUE(made);
        return move(*made, RoundState::open);
    }
    RoundView move(const RoundView& round, RoundState to, std::string_view reason = "")
    {
        auto moved =
            national().move(manager(ministry_), round.id, round.row_version, {to, Text<0, 500>::from_text(reason)});
        EXPECT_TRUE(moved);
        return moved ? *moved : round;
    }
    Result<HandInView> hand_in(const Municipality& municipality, const Id<SurveyRound>& round,
                               const RequestIdentity& request = {})
    {
        return national().hand_in(municipality.actor, round, {*Text<36, 36>::from_text(municipality.scan)}, request);
    }
    /// Enough municipalities to publish: of each size and answer six, spread over the country.
    std::vector<Municipality> country()
    {
        std::vector<Municipality> all;
        constexpr std::array<std::string_view, 4> regions{"VR01", "VR05", "VR09", "VR20"};
        for (const auto size : {"small", "medium", "large"})
            for (const auto answer : {"yes", "no", "unknown"})
                for (int i = 0; i < 8; ++i)
                    all.push_back(municipality(size, regions[static_cast<std::size_t>(i) % 4], answer));
        return all;
    }

    std::int64_t rows(const OrganisationId& organisation, std::string_view table)
    {
        return db().read(organisation, [&](storage::Transaction& tx) {
            return tx.one<std::int64_t>(fmt::format("SELECT COUNT(*) FROM {} WHERE organisation_id = $1", table),
                                        organisation);
        });
    }
    std::vector<std::string> audited(const OrganisationId& organisation)
    {
        return db().read(organisation, [&](storage::Transaction& tx) {
            std::vector<std::string> actions;
            for (const auto& entry : audit::page(tx, std::nullopt, 200))
                actions.push_back(entry.action);
            return actions;
        });
    }
    bool was_audited(const OrganisationId& organisation, std::string_view action)
    {
        const auto actions = audited(organisation);
        return std::find(actions.begin(), actions.end(), action) != actions.end();
    }

    Service& national() { return *national_; }
    HeldClock clock_;
    Id<Organisation> ministry_;

private:
    std::optional<Service> national_;
    std::map<std::pair<std::string, std::string>, SettledScan> scans_;
    int made_ = 0;
};

INSTANTIATE_BOTH_DATABASES(NationalRounds);

std::string_view reason_of(const auto& result) { return result ? "" : result.error().reason.code; }

} // namespace

TEST_P(NationalRounds, TakeACopyThatDoesNotSayWhoseItIs)
{
    const auto round = open_round();
    const auto one = municipality("small", "VR05", "no");

    ASSERT_TRUE(hand_in(one, round.id));

    const auto copies =
        db().read([&](storage::Transaction& tx) { return RoundRepository{tx, ministry_}.copies(round.id); });
    ASSERT_EQ(copies.size(), 1u);
    EXPECT_EQ(copies[0].size_class, "small");
    EXPECT_EQ(copies[0].safety_region, "VR05");
    EXPECT_EQ(copies[0].id[14], '4') << "random: no moment in it that a log could be laid beside";
    const auto everything = copies[0].id + copies[0].answers + copies[0].size_class + copies[0].safety_region;
    EXPECT_EQ(everything.find(one.actor.organisation().to_text()), std::string::npos);
    EXPECT_EQ(everything.find(one.scan), std::string::npos);
    EXPECT_TRUE(was_audited(one.actor.organisation(), "quickscan.hand-in"));
    EXPECT_FALSE(was_audited(ministry_, "quickscan.hand-in")) << "its moment would tell who it was";
}

TEST_P(NationalRounds, ShowExactlyWhatLeavesBeforeItDoes)
{
    const auto round = open_round();
    const auto one = municipality("large", "VR13", "partly");
    scan_of(one).answers.erase("q3");

    const auto preview = national().hand_in_preview(one.actor, one.scan);
    ASSERT_TRUE(preview);
    ASSERT_TRUE(hand_in(one, round.id));

    const auto kept =
        db().read([&](storage::Transaction& tx) { return RoundRepository{tx, ministry_}.copies(round.id); });
    std::string shown = "{";
    std::map<std::string, std::string> sorted;
    for (const auto& answer : preview->answers)
        sorted.emplace(answer.item, answer.answer);
    EXPECT_EQ(sorted.size(), 26u);
    EXPECT_EQ(sorted.at("q3"), "unknown");
    for (const auto& [item, answer] : sorted)
        shown += fmt::format("{}\"{}\":\"{}\"", shown.size() > 1 ? "," : "", item, answer);
    EXPECT_EQ(kept.at(0).answers, shown + "}");
    EXPECT_EQ(preview->size_class, kept[0].size_class);
    EXPECT_EQ(preview->safety_region, kept[0].safety_region);
    EXPECT_EQ(preview->safety_region_name, "Amsterdam-Amstelland");
    ASSERT_EQ(preview->rounds.size(), 1u);
    EXPECT_FALSE(preview->rounds[0].hand_in);
    EXPECT_TRUE(national().hand_in_preview(one.actor, one.scan)->rounds[0].hand_in);
}

TEST_P(NationalRounds, LetGoOfACopyUntilTheyClose)
{
    const auto round = open_round();
    const auto one = municipality("small", "VR05", "no"), other = municipality("small", "VR05", "yes");
    const auto first = hand_in(one, round.id), second = hand_in(other, round.id);
    ASSERT_TRUE(first && second);

    EXPECT_EQ(reason_of(national().withdraw(other.actor, round.id, first->id)), "not-found") << "not theirs";
    ASSERT_TRUE(national().withdraw(one.actor, round.id, first->id));

    EXPECT_EQ(rows(ministry_, "quickscan_round_copy"), 1);
    EXPECT_EQ(rows(one.actor.organisation(), "quickscan_hand_in"), 0);
    EXPECT_TRUE(was_audited(one.actor.organisation(), "quickscan.withdraw-hand-in"));
    EXPECT_TRUE(hand_in(one, round.id)) << "and it may hand in again";
    move(round, RoundState::closed);
    EXPECT_EQ(reason_of(national().withdraw(other.actor, round.id, second->id)), "round-not-open");
}

TEST_P(NationalRounds, TakeOneCopyPerMunicipalityAlsoWhenTheRequestIsRepeated)
{
    const auto round = open_round();
    const auto one = municipality("small", "VR05", "no");

    const auto first = hand_in(one, round.id, {"key", "print"});
    const auto again = hand_in(one, round.id, {"key", "print"});
    const auto another = hand_in(one, round.id, {"key 2", "print"});

    ASSERT_TRUE(first && again);
    EXPECT_EQ(first->id, again->id);
    EXPECT_EQ(reason_of(another), "already-handed-in");
    EXPECT_EQ(rows(ministry_, "quickscan_round_copy"), 1);
}

TEST_P(NationalRounds, RefuseWhatCannotBeHandedIn)
{
    const auto draft =
        national().create(manager(ministry_), {*Text<1, 80>::from_text(instrument), *Whole<1, 1000>::from(1),
                                               *Text<1, 120>::from_text("t"), *Text<1, 500>::from_text("c"),
                                               *Text<1, 500>::from_text("m"), *Text<1, 500>::from_text("s"),
                                               *Text<1, 1000>::from_text("r"), *Whole<6, 100'000>::from(342)});
    const auto round = open_round();
    const auto ready = municipality("small", "VR05", "no"), busy = municipality("small", "VR05", "no"),
               other = municipality("small", "VR05", "no"), invented = municipality("small", "VR05", "no", true);
    scan_of(busy).closed = false;

    EXPECT_EQ(reason_of(hand_in(ready, draft->id)), "not-found") << "a draft is nobody else's business";
    EXPECT_EQ(reason_of(hand_in(busy, round.id)), "hand-in-scan-not-closed");
    EXPECT_EQ(reason_of(hand_in(invented, round.id)), "hand-in-demonstration-apart");
    EXPECT_EQ(reason_of(hand_in({other.actor, ready.scan}, round.id)), "not-found") << "the scan of another";
    move(round, RoundState::closed);
    EXPECT_EQ(reason_of(hand_in(ready, round.id)), "round-not-open");
}

TEST_P(NationalRounds, BelongToWhoHoldsThem)
{
    const auto round = open_round();
    const auto stranger = manager(organisation("ministry-y", "ministry", ""));

    EXPECT_EQ(reason_of(national().round(stranger, round.id)), "not-found");
    EXPECT_EQ(reason_of(national().move(stranger, round.id, round.row_version, {RoundState::closed, {}})),
              "not-found");
    EXPECT_EQ(reason_of(national().preview(stranger, round.id)), "not-found");
    EXPECT_TRUE(national().rounds(stranger)->items.empty());
    EXPECT_EQ(
        reason_of(national().move(manager(ministry_), round.id, round.row_version - 1, {RoundState::closed, {}})),
        "stale");
}

TEST_P(NationalRounds, KeepTheRowsOfAMunicipalityFromWhoHoldsTheRound)
{
    const auto round = open_round();
    ASSERT_TRUE(hand_in(municipality("small", "VR05", "no"), round.id));

    const auto seen = db().read(ministry_, [&](storage::Transaction& tx) {
        return tx.one<std::int64_t>("SELECT COUNT(*) FROM quickscan_hand_in");
    });

    // SQLite has no second guard: there the repositories are the only one, and none reads without its organisation.
    EXPECT_EQ(seen, dialect() == storage::Dialect::postgresql ? 0 : 1);
}

TEST_P(NationalRounds, ArePublishedOnceAndFrozen)
{
    auto round = open_round();
    for (const auto& one : country())
        ASSERT_TRUE(hand_in(one, round.id));
    EXPECT_EQ(reason_of(national().preview(manager(ministry_), round.id)), "preview-needs-closed");
    round = move(round, RoundState::closed);
    const auto preview = national().preview(manager(ministry_), round.id);
    ASSERT_TRUE(preview);
    EXPECT_EQ(reason_of(national().picture(round.id)), "not-found") << "not before it is published";

    round = *national().round(manager(ministry_), round.id);
    round = move(round, RoundState::published);

    const auto picture = national().picture(round.id);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->round.handed_in, 72);
    EXPECT_EQ(picture->not_handed_in, 270);
    EXPECT_EQ(describe::to_json(picture->items[0]), describe::to_json(preview->items[0])) << "as the preview said";
    EXPECT_EQ(picture->items[0].country.cells[0].counted, 24);
    EXPECT_EQ(reason_of(national().move(manager(ministry_), round.id, round.row_version,
                                        {RoundState::open, Text<0, 500>::from_text("again")})),
              "round-step");
    for (const auto* table : {"quickscan_picture", "quickscan_picture_group", "quickscan_picture_cell"}) {
        EXPECT_THROW((void)db().transact([&](storage::Transaction& tx) -> Result<void> {
            tx.execute(fmt::format("DELETE FROM {}", table));
            return {};
        }),
                     storage::Fault)
            << table;
    }
    EXPECT_TRUE(was_audited(ministry_, "quickscan.publish-round"));
}

TEST_P(NationalRounds, DoNotOpenAgainOnceSomebodySawWhatTheyWouldPublish)
{
    auto round = open_round();
    for (const auto& one : country())
        ASSERT_TRUE(hand_in(one, round.id));
    round =
        move(move(move(round, RoundState::closed), RoundState::open, "a municipality was late"), RoundState::closed);
    EXPECT_THAT(round.may, ::testing::Contains(RoundState::open)) << "nobody has seen anything yet";

    ASSERT_TRUE(national().preview(manager(ministry_), round.id));
    ASSERT_TRUE(national().preview(manager(ministry_), round.id)) << "looking again changes nothing";

    const auto seen = *national().round(manager(ministry_), round.id);
    EXPECT_EQ(seen.previewed_on, amsterdam_day(clock_.now()));
    EXPECT_EQ(seen.row_version, round.row_version + 1);
    EXPECT_THAT(seen.may, ::testing::ElementsAre(RoundState::published));
    EXPECT_EQ(reason_of(national().move(manager(ministry_), seen.id, seen.row_version,
                                        {RoundState::open, Text<0, 500>::from_text("one more")})),
              "round-was-previewed");
    EXPECT_TRUE(was_audited(ministry_, "quickscan.preview-round"));
}

TEST_P(NationalRounds, AreNotPublishedWithFewerThanMakeAGroup)
{
    auto round = open_round();
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(hand_in(municipality("small", "VR05", "no"), round.id));
    round = move(round, RoundState::closed);

    EXPECT_EQ(
        reason_of(national().move(manager(ministry_), round.id, round.row_version, {RoundState::published, {}})),
        "round-too-small");
}

TEST_P(NationalRounds, DoNotTellByASecondRoundWhatOneNewMunicipalityAnswered)
{
    const auto all = country();
    auto first = open_round("Ronde 2025");
    for (const auto& one : all)
        ASSERT_TRUE(hand_in(one, first.id));
    first = move(move(first, RoundState::closed), RoundState::published);
    auto second = open_round("Ronde 2026");
    for (const auto& one : all)
        ASSERT_TRUE(hand_in(one, second.id));
    ASSERT_TRUE(hand_in(municipality("large", "VR20", "partly"), second.id));

    second = move(move(second, RoundState::closed), RoundState::published);

    const auto picture = national().picture(second.id);
    ASSERT_TRUE(picture);
    for (const auto& item : picture->items) {
        for (const auto& cell : item.country.cells)
            EXPECT_TRUE(cell.withheld);
        for (const auto& table : item.tables)
            for (const auto& row : table.rows)
                for (const auto& cell : row.cells)
                    EXPECT_TRUE(cell.withheld || (row.group != "large" && row.group != "south")) << row.group;
    }
    const auto overview = national().overview(instrument);
    ASSERT_TRUE(overview);
    EXPECT_EQ(overview->rounds.size(), 2u);
    EXPECT_EQ(overview->rounds[0].title, "Ronde 2025") << "oldest first";
}

TEST_P(NationalRounds, DoNotTellByARoundOfAnotherOrganisationWhatOneMunicipalityAnswered)
{
    const auto all = country();
    auto first = open_round("Ronde van de een");
    for (const auto& one : all)
        ASSERT_TRUE(hand_in(one, first.id));
    move(move(first, RoundState::closed), RoundState::published);
    ministry_ = organisation("ministry-z", "ministry", "");
    auto second = open_round("Ronde van de ander");
    for (const auto& one : all)
        ASSERT_TRUE(hand_in(one, second.id));
    const auto late = municipality("large", "VR20", "partly");
    ASSERT_TRUE(hand_in(late, second.id));
    const auto offers = national().hand_in_preview(late.actor, late.scan);
    ASSERT_TRUE(offers);
    EXPECT_EQ(offers->rounds.at(0).holder, "ministry-z") << "whoever hands in sees who gets the copy";

    second = move(move(second, RoundState::closed), RoundState::published);

    const auto picture = national().picture(second.id);
    ASSERT_TRUE(picture);
    for (const auto& item : picture->items) {
        for (const auto& cell : item.country.cells)
            EXPECT_TRUE(cell.withheld);
        for (const auto& table : item.tables)
            for (const auto& row : table.rows)
                for (const auto& cell : row.cells)
                    EXPECT_TRUE(cell.withheld || (row.group != "large" && row.group != "south")) << row.group;
    }
}

TEST_P(NationalRounds, ShowPeersFromTheFrozenTablesOnly)
{
    const auto all = country();
    auto round = open_round();
    for (const auto& one : all)
        ASSERT_TRUE(hand_in(one, round.id));
    ASSERT_TRUE(national().peers(all[0].actor, all[0].scan));
    EXPECT_FALSE(national().peers(all[0].actor, all[0].scan)->available) << "nothing is published yet";

    move(move(round, RoundState::closed), RoundState::published);

    const auto peers = national().peers(all[0].actor, all[0].scan);
    ASSERT_TRUE(peers);
    ASSERT_TRUE(peers->available);
    ASSERT_EQ(peers->groups.size(), 2u);
    EXPECT_EQ(peers->groups[0].group, "small");
    EXPECT_EQ(peers->groups[0].handed_in, 24);
    EXPECT_EQ(peers->groups[0].items.at(0).cells.at(0).counted, 8);
    EXPECT_EQ(peers->groups[1].group, "north");
    const auto invented = municipality("small", "VR01", "no", true);
    EXPECT_FALSE(national().peers(invented.actor, invented.scan)->available) << "examples and real ones do not mix";
}

TEST_P(NationalRounds, HideAPeerGroupInWhichTooFewHandedIn)
{
    auto round = open_round();
    for (const auto& one : country())
        if (scan_of(one).size_class != "large") {
            ASSERT_TRUE(hand_in(one, round.id));
        }
    const auto few = municipality("large", "VR01", "no");
    ASSERT_TRUE(hand_in(few, round.id));
    move(move(round, RoundState::closed), RoundState::published);

    const auto peers = national().peers(few.actor, few.scan);

    ASSERT_TRUE(peers);
    EXPECT_FALSE(peers->groups[0].shown);
    EXPECT_FALSE(peers->groups[0].handed_in);
    EXPECT_TRUE(peers->groups[0].items.empty());
}

TEST_P(NationalRounds, KeepTheirTermsOnceTheyAreOpen)
{
    const auto round = open_round();

    RoundChange title{}, criterion{};
    title.title = Text<1, 120>::from_text("Ronde 2026, voorjaar");
    criterion.criterion = Text<1, 500>::from_text("alleen grote");

    EXPECT_EQ(reason_of(national().change(manager(ministry_), round.id, round.row_version, criterion)),
              "round-fixed");
    const auto changed = national().change(manager(ministry_), round.id, round.row_version, title);
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->title, "Ronde 2026, voorjaar");
    EXPECT_EQ(changed->row_version, round.row_version + 1);
}

TEST_P(NationalRounds, HaveADemonstrationThatSaysSoOnEveryRound)
{
    const auto invented = organisation("demo-x", "ministry", "", true);
    const auto questionnaire = questionnaire_of(*quickscan::shipped_instruments().find(instrument, 1));

    ASSERT_TRUE(national().add_demonstration(manager(invented), questionnaire, 2026, 2024, 2026));
    ASSERT_TRUE(national().add_demonstration(manager(invented), questionnaire, 2026, 2024, 2026)) << "once is enough";

    const auto pictures = national().pictures({});
    ASSERT_EQ(pictures->items.size(), 3u);
    for (const auto& picture : pictures->items) {
        EXPECT_TRUE(picture.round.demonstration);
        EXPECT_EQ(picture.round.population, 342);
        EXPECT_GT(picture.round.handed_in, 150);
    }
    EXPECT_EQ(pictures->items[0].round.title, "Ronde 2026");
    EXPECT_EQ(national().rounds(manager(invented))->items.size(), 4u);
}
