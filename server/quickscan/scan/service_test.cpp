// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/scan_testing.hpp"

#include <gmock/gmock.h>

using namespace beproefd;
using namespace beproefd::quickscan;
using namespace beproefd::quickscan::testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

using Scans = WithScans;
INSTANTIATE_BOTH_DATABASES(Scans);

/// SQLite has no row level security; there the repositories are the only guard.
class GuardedScans : public WithScans
{
};
INSTANTIATE_TEST_SUITE_P(On, GuardedScans, ::testing::Values(storage::Dialect::postgresql),
                         storage::testing::dialect_name);

using enum Domain;
using enum AnswerValue;

const std::string png = "\x89PNG\r\n\x1a\n and so on";

} // namespace

TEST_P(Scans, KeepTheirRowsAsTheyAreDescribed)
{
    storage::testing::expect_columns_of<Scan>(db(), "quickscan_scan");
    storage::testing::expect_columns_of<Respondent>(db(), "quickscan_respondent");
    storage::testing::expect_columns_of<Link>(db(), "quickscan_link");
    storage::testing::expect_columns_of<LinkSession>(db(), "quickscan_link_session");
    storage::testing::expect_columns_of<Answer>(db(), "quickscan_answer");
    storage::testing::expect_columns_of<Settled>(db(), "quickscan_settled");
    storage::testing::expect_columns_of<ProofFile>(db(), "quickscan_proof_file");
    storage::testing::expect_columns_of<Action>(db(), "quickscan_action");
}

TEST_P(Scans, GoFromInvitationToAction)
{
    const auto scan = open_scan();
    ASSERT_TRUE(answer(holder_, scan.id, "q1", input(yes, "Staat in hoofdstuk 2", {link_to("https://a.example/p")})));
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(no)));
    ASSERT_TRUE(service().submit(colleague_, scan.id, {.show_function = false}));

    step(scan.id, ScanState::consensus);
    const auto compared = service().comparison(colleague_, scan.id);
    ASSERT_TRUE(compared);
    EXPECT_EQ(compared->questions[0].distribution.yes, 1);
    EXPECT_EQ(compared->questions[0].distribution.no, 1);
    EXPECT_TRUE(compared->questions[0].differs);
    ASSERT_TRUE(service().put_settled(holder_, scan.id, "q1", {}, input(partly, "Besproken", {}, {"a"})));
    settle_all(scan.id, yes);
    const auto closed = step(scan.id, ScanState::closed);

    const auto result = service().result(colleague_, scan.id);
    ASSERT_TRUE(result);
    EXPECT_EQ(closed.state, ScanState::closed);
    EXPECT_THAT(result->blind_spots, ElementsAre("q1"));
    EXPECT_EQ(result->unsupported.size(), 25u);
    EXPECT_EQ(service().actions(colleague_, scan.id)->suggestions.size(), 26u);

    const auto action = service().add_action(holder_, scan.id,
                                             {.question = *Text<1, 40>::from_text("q1"),
                                              .text = *Text<1, 500>::from_text("Beschrijf de triggers"),
                                              .owner_function = function("beleidsmedewerker veiligheid"),
                                              .due_on = Day{2027, 3, 1},
                                              .confirmed = {}});
    ASSERT_TRUE(action);
    EXPECT_EQ(service().actions(colleague_, scan.id)->suggestions.size(), 25u);
    EXPECT_EQ(service().work(holder_)->items.front().kind, WorkKind::action_due);
}

TEST_P(Scans, KeepTheIndividualRoundBlind)
{
    const auto scan = open_scan();
    const auto guest_one = guest(scan.id, partner, "jongerenwerker");
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(no, "Niet gezien")));
    ASSERT_TRUE(answer(guest_one, scan.id, "q1", input(unknown)));
    const auto file = service().add_file(colleague_, scan.id, "q1", {*Text<1, 200>::from_text("plan.png"), {}}, png);
    ASSERT_TRUE(file);

    // The curious dossier holder asks everything there is.
    EXPECT_EQ(code_of(service().comparison(holder_, scan.id)), "scan-blind");
    EXPECT_EQ(code_of(service().result(holder_, scan.id)), "scan-not-settled-yet");
    EXPECT_EQ(service().file(holder_, file->id).error().kind, ProblemKind::not_found);
    EXPECT_THAT(service().own_answers(holder_, scan.id)->answers, IsEmpty());
    EXPECT_THAT(service().settled(holder_, scan.id)->items, IsEmpty());
    const auto before = describe::to_json(*service().scan(holder_, scan.id)) +
                        describe::to_json(*service().respondents(holder_, scan.id)) +
                        describe::to_json(*service().scans(holder_)) + describe::to_json(*service().work(holder_));
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(yes, "Toch gezien"), 1));
    const auto after = describe::to_json(*service().scan(holder_, scan.id)) +
                       describe::to_json(*service().respondents(holder_, scan.id)) +
                       describe::to_json(*service().scans(holder_)) + describe::to_json(*service().work(holder_));

    // Another answer of the colleague changes nothing that the dossier holder can see, not even a count.
    EXPECT_EQ(before, after);
    EXPECT_THAT(after, Not(HasSubstr("gezien")));
    // Nor does what the holder may do to an answer of another tell that it is there.
    EXPECT_EQ(service().remove_answer(holder_, scan.id, "q1", 1).error().kind, ProblemKind::not_found);
    EXPECT_TRUE(answer(holder_, scan.id, "q1", input(no)));
    // A guest sees the own answers and nothing else.
    EXPECT_EQ(service().file(guest_one, file->id).error().kind, ProblemKind::not_found);
    EXPECT_EQ(service().own_answers(guest_one, std::nullopt)->answers.size(), 1u);
}

TEST_P(Scans, KeepANoteForItsWriterAlsoInTheJointRound)
{
    const auto scan = open_scan();
    auto given = input(no, "Zichtbare toelichting");
    given.note = Explanation::from_text("Alleen voor mij");
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", given));
    ASSERT_TRUE(service().submit(colleague_, scan.id, {.show_function = true}));
    step(scan.id, ScanState::consensus);

    const auto seen = describe::to_json(*service().comparison(holder_, scan.id));

    EXPECT_THAT(seen, HasSubstr("Zichtbare toelichting"));
    EXPECT_THAT(seen, HasSubstr("beleidsmedewerker jeugd"));
    EXPECT_THAT(seen, Not(HasSubstr("Alleen voor mij")));
}

TEST_P(Scans, RefuseAStaleAnswerAndGiveBothTexts)
{
    const auto scan = open_scan();
    ASSERT_TRUE(answer(holder_, scan.id, "q1", input(yes, "Eerst")));
    ASSERT_TRUE(answer(holder_, scan.id, "q1", input(no, "Toen"), 1));

    const auto stale = answer(holder_, scan.id, "q1", input(unknown, "Te laat"), 1);
    const auto blindly = answer(holder_, scan.id, "q1", input(unknown, "Zonder versie"));

    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().kind, ProblemKind::stale);
    EXPECT_THAT(stale.error().stored, HasSubstr("Toen"));
    EXPECT_EQ(blindly.error().kind, ProblemKind::precondition);
    EXPECT_EQ(service().own_answers(holder_, scan.id)->answers[0].reason, "Toen");
}

TEST_P(Scans, UndoAnAnswer)
{
    const auto scan = open_scan();
    ASSERT_TRUE(answer(holder_, scan.id, "q1", input(yes)));

    EXPECT_EQ(service().remove_answer(holder_, scan.id, "q1", 7).error().kind, ProblemKind::stale);
    EXPECT_TRUE(service().remove_answer(holder_, scan.id, "q1", 1));
    EXPECT_THAT(service().own_answers(holder_, scan.id)->answers, IsEmpty());
    EXPECT_EQ(service().remove_answer(holder_, scan.id, "q1", 1).error().kind, ProblemKind::not_found);
}

TEST_P(Scans, AreOfAMunicipalityOnly)
{
    const auto foundation = organisation("BP9001", "implementer");
    const auto implementer = account(foundation, "uitvoerder", Role::implementer);

    const auto refused = service().create(implementer, of_year(2026));

    EXPECT_EQ(code_of(refused), "scan-not-a-municipality");
}

TEST_P(Scans, EndWithinAYearSoThatAnswersAreNotKeptForLonger)
{
    auto endless = of_year(2026);
    endless.closes_on = Day{2027, 11, 23};
    EXPECT_THAT(field_codes(service().create(holder_, endless)), ElementsAre("/closesOn day-too-far"));

    endless.closes_on = Day{2027, 11, 22};
    const auto made = service().create(holder_, endless);
    ASSERT_TRUE(made);
    EXPECT_THAT(
        field_codes(service().change(
            holder_, made->id, made->row_version,
            {.period_from = {}, .period_to = Day{2020, 1, 1}, .size_class = {}, .closes_on = Day{2030, 1, 1}})),
        ElementsAre("/periodTo period-order", "/closesOn day-too-far"));
}

TEST_P(Scans, RefuseWrongAnswersWithTheirPlace)
{
    const auto scan = open_scan();

    EXPECT_EQ(answer(holder_, scan.id, "q99", input(yes)).error().kind, ProblemKind::not_found);
    EXPECT_THAT(field_codes(answer(holder_, scan.id, "q1", input(partly))), Contains("/parts partly-without-part"));
    EXPECT_THAT(field_codes(answer(holder_, scan.id, "q1", input(partly, "", {}, {"zz"}))),
                Contains("/parts/0 answer-unknown-key"));
    EXPECT_THAT(field_codes(answer(holder_, scan.id, "q1", input(yes, "", {link_to("http://a.example")}))),
                ElementsAre("/proofs/0/url proof-address"));
    EXPECT_THAT(field_codes(answer(holder_, scan.id, "q1",
                                   input(yes, "", {{ProofKind::file, {}, {}, Id<ProofFile>::create()}}))),
                ElementsAre("/proofs/0/fileId unknown-proof-file"));
    auto nothing = input(yes);
    nothing.value.reset();
    EXPECT_THAT(field_codes(answer(holder_, scan.id, "q1", nothing)), ElementsAre("/value required"));
}

TEST_P(Scans, AskAboutNamesAndRefuseWhatIsCertain)
{
    const auto scan = open_scan();
    auto certain = input(no, "Bel mij op 06-12345678");
    auto asked = input(no, "Volgens Jan Jansen klopt dit niet");
    certain.confirmed = true;

    EXPECT_FALSE(answer(holder_, scan.id, "q1", certain));
    EXPECT_FALSE(answer(holder_, scan.id, "q1", asked));
    asked.confirmed = true;
    EXPECT_TRUE(answer(holder_, scan.id, "q1", asked));

    const auto entries = trail(city_);
    EXPECT_EQ(entries.front().action, "quickscan.confirm-text");
    for (const auto& entry : entries)
        EXPECT_THAT(audit::canonical_form(entry), Not(HasSubstr("Jansen")));
}

TEST_P(Scans, RefuseEveryFreeTextThatHoldsAPhoneNumber)
{
    const auto scan = open_scan();
    const std::string phone = "06-12345678";

    EXPECT_FALSE(service().invite(holder_, scan.id,
                                  {.domain = partner,
                                   .function = function(phone),
                                   .account = {},
                                   .link = true,
                                   .link_until = {},
                                   .confirmed = {}}));
    auto with_note = input(no);
    with_note.note = Explanation::from_text(phone);
    EXPECT_FALSE(answer(holder_, scan.id, "q1", with_note));
    EXPECT_FALSE(answer(holder_, scan.id, "q1",
                        input(yes, "", {{ProofKind::asserted, Text<0, 200>::from_text(phone), {}, {}}})));
    EXPECT_FALSE(answer(holder_, scan.id, "q1", input(yes, "", {link_to("https://a.example/" + phone)})));
    EXPECT_FALSE(
        service().add_file(holder_, scan.id, "q1", {*Text<1, 200>::from_text("bel " + phone + ".png"), {}}, png));
    step(scan.id, ScanState::consensus);
    EXPECT_FALSE(service().put_settled(holder_, scan.id, "q1", {}, input(yes, phone)));
    EXPECT_FALSE(service().set_participants(holder_, scan.id, service().scan(holder_, scan.id)->row_version,
                                            {.functions = {function(phone)}, .confirmed = {}}));
    EXPECT_FALSE(service().step(holder_, scan.id, service().scan(holder_, scan.id)->row_version,
                                {.to = ScanState::open, .reason = ReasonText::from_text(phone), .confirmed = {}}));
    EXPECT_FALSE(service().add_action(holder_, scan.id,
                                      {.question = *Text<1, 40>::from_text("q1"),
                                       .text = *Text<1, 500>::from_text(phone),
                                       .owner_function = function("beleid"),
                                       .due_on = Day{2027, 1, 1},
                                       .confirmed = {}}));
}

TEST_P(Scans, FollowTheirLifeCycleOnly)
{
    const auto empty = draft();
    const auto version = [&](const Id<Scan>& id) { return service().scan(holder_, id)->row_version; };
    const auto to = [&](const Id<Scan>& id, ScanState state, std::string_view reason = "") {
        return service().step(
            holder_, id, version(id),
            {.to = state, .reason = reason.empty() ? std::nullopt : ReasonText::from_text(reason), .confirmed = {}});
    };
    EXPECT_EQ(code_of(to(empty.id, ScanState::open)), "scan-nobody-invited");
    EXPECT_EQ(code_of(to(empty.id, ScanState::closed)), "scan-no-transition");

    const auto scan = open_scan();
    EXPECT_EQ(code_of(to(scan.id, ScanState::closed)), "scan-no-transition");
    EXPECT_EQ(code_of(to(scan.id, ScanState::archived)), "scan-reason-needed");
    EXPECT_EQ(
        code_of(service().step(holder_, scan.id, 1, {.to = ScanState::consensus, .reason = {}, .confirmed = {}})),
        "stale");
    step(scan.id, ScanState::consensus);
    EXPECT_EQ(code_of(answer(holder_, scan.id, "q1", input(yes))), "scan-not-open");
    EXPECT_EQ(code_of(to(scan.id, ScanState::open)), "scan-reason-needed");
    const auto refused = to(scan.id, ScanState::closed);
    EXPECT_EQ(code_of(refused), "scan-not-settled");
    EXPECT_THAT(refused.error().parameters, Contains(std::pair<std::string, std::string>{"count", "26"}));

    ASSERT_TRUE(to(scan.id, ScanState::open, "Twee collega's waren met verlof"));
    EXPECT_EQ(trail(city_).front().reason, "Twee collega's waren met verlof");
    step(scan.id, ScanState::consensus);
    settle_all(scan.id, no);
    step(scan.id, ScanState::closed);
    EXPECT_EQ(code_of(service().put_settled(holder_, scan.id, "q1", 1, input(yes))), "scan-not-in-consensus");
}

TEST_P(Scans, TakeNoAnswersAfterTheClosingDay)
{
    const auto scan = open_scan();

    clock_.pass(std::chrono::days{30});

    EXPECT_EQ(code_of(answer(holder_, scan.id, "q1", input(yes))), "scan-past-closing-day");
    EXPECT_FALSE(service().own_answers(holder_, scan.id)->may_answer);
    ASSERT_TRUE(
        service().change(holder_, scan.id, service().scan(holder_, scan.id)->row_version,
                         {.period_from = {}, .period_to = {}, .size_class = {}, .closes_on = Day{2027, 1, 31}}));
    EXPECT_TRUE(answer(holder_, scan.id, "q1", input(yes)));
}

TEST_P(Scans, OfAnotherMunicipalityDoNotExist)
{
    const auto scan = open_scan();
    const auto respondent = service().respondents(holder_, scan.id)->items.front();
    const auto missing = [](const auto& result) { return !result && result.error().kind == ProblemKind::not_found; };

    EXPECT_THAT(service().scans(stranger_)->items, IsEmpty());
    EXPECT_TRUE(missing(service().scan(stranger_, scan.id)));
    EXPECT_TRUE(missing(service().change(stranger_, scan.id, 1, {})));
    EXPECT_TRUE(
        missing(service().step(stranger_, scan.id, 1, {.to = ScanState::open, .reason = {}, .confirmed = {}})));
    EXPECT_TRUE(missing(service().respondents(stranger_, scan.id)));
    EXPECT_TRUE(missing(service().revoke(stranger_, respondent.id)));
    EXPECT_TRUE(missing(service().new_link(stranger_, respondent.id)));
    EXPECT_TRUE(missing(service().own_answers(stranger_, scan.id)));
    EXPECT_TRUE(missing(answer(stranger_, scan.id, "q1", input(yes))));
    EXPECT_TRUE(missing(service().comparison(stranger_, scan.id)));
    EXPECT_TRUE(missing(service().settled(stranger_, scan.id)));
    EXPECT_TRUE(missing(service().put_settled(stranger_, scan.id, "q1", {}, input(yes))));
    EXPECT_TRUE(missing(service().result(stranger_, scan.id)));
    EXPECT_TRUE(missing(service().shared_result(stranger_, scan.id)));
    EXPECT_TRUE(missing(service().actions(stranger_, scan.id)));
}

TEST_P(Scans, LetAGuestInThroughALinkThatCanEnd)
{
    const auto scan = open_scan();
    const auto invited = invite_by_link(scan.id, partner, "jongerenwerker");
    const auto token = token_in(invited);
    ASSERT_EQ(token.size(), 64u);

    const auto opened = service().open_link(token, "here");
    ASSERT_TRUE(opened);
    const auto actor = service().authenticate(opened->token);
    EXPECT_FALSE(actor.signed_in());
    EXPECT_TRUE(actor.may(Permission::answer_own));
    EXPECT_FALSE(actor.may(Permission::answer_surveys));
    ASSERT_TRUE(answer(actor, scan.id, "q1", input(unknown)));
    EXPECT_EQ(trail(city_).front().function_name, "guest");
    EXPECT_EQ(trail(city_).front().account_id, std::nullopt);

    // A new link: the old one and its session end.
    const auto renewed = service().new_link(holder_, invited.id);
    ASSERT_TRUE(renewed);
    EXPECT_EQ(code_of(service().open_link(token, "here")), "link-ended");
    EXPECT_TRUE(service().authenticate(opened->token).guest().empty());
    const auto again = service().open_link(token_in(*renewed), "here");
    ASSERT_TRUE(again);
    EXPECT_EQ(service().own_answers(service().authenticate(again->token), {})->answers.size(), 1u);

    ASSERT_TRUE(service().revoke(holder_, invited.id));
    EXPECT_EQ(code_of(service().open_link(token_in(*renewed), "here")), "link-ended");
    EXPECT_TRUE(service().authenticate(again->token).guest().empty());
    EXPECT_EQ(code_of(service().open_link(std::string(64, '0'), "here")), "link-ended");

    const auto late = service().new_link(holder_, invited.id);
    ASSERT_TRUE(late);
    clock_.pass(std::chrono::days{30});
    EXPECT_EQ(code_of(service().open_link(token_in(*late), "here")), "link-ended");
}

TEST_P(Scans, LetAGuestReadItsOwnFileAfterItWasSettledWithAndTheRoundReopened)
{
    const auto scan = open_scan();
    const auto writer = guest(scan.id, partner, "jongerenwerker");
    const auto other = guest(scan.id, partner, "wijkagent");
    const FileName name{*Text<1, 200>::from_text("plan.png"), {}};
    const auto file = service().add_file(writer, {}, "q1", name, "\x89PNG\r\n\x1a\n and so on");
    ASSERT_TRUE(file);
    const ProofInput proof{ProofKind::file, {}, {}, file->id};
    ASSERT_TRUE(answer(writer, scan.id, "q1", input(yes, "", {proof})));
    ASSERT_TRUE(service().submit(writer, {}, {.show_function = true}));
    step(scan.id, ScanState::consensus);
    ASSERT_TRUE(service().put_settled(holder_, scan.id, "q1", {}, input(yes, "", {proof})));

    step(scan.id, ScanState::open, "Een collega was met verlof");

    EXPECT_TRUE(service().file(writer, file->id)) << "it is still the proof of the own answer";
    EXPECT_EQ(code_of(service().file(other, file->id)), "not-found");
    EXPECT_TRUE(answer(writer, scan.id, "q1", input(yes, "Zie bladzijde 3", {proof}), 1));
}

TEST_P(Scans, AreNotServedWithoutTheirQuestionnaire)
{
    (void)draft();
    Service not_reading{db(), clock_, []() -> const Instruments& { throw std::logic_error("not needed"); }};
    EXPECT_TRUE(not_reading.knows_every_instrument()) << "starting does not wait for those of the program";

    const auto own = draft(2025);
    ASSERT_TRUE(db().transact([&](storage::Transaction& tx) -> Result<void> {
        tx.act_for(city_);
        tx.execute("UPDATE quickscan_scan SET instrument_key = 'survey-here' WHERE organisation_id = $1 AND id = $2",
                   city_, own.id);
        return {};
    }));

    const auto known = service().knows_every_instrument();

    EXPECT_EQ(code_of(known), "scan-instrument-gone");
    EXPECT_THAT(known.error().parameters, Contains(std::pair<std::string, std::string>{"key", "survey-here"}));
}

TEST_P(Scans, LimitHowOftenALinkIsTried)
{
    std::string last;
    for (int i = 0; i < 12; ++i)
        last = code_of(service().open_link(std::string(64, 'a'), "one place"));

    EXPECT_EQ(last, "too-many-tries");
    EXPECT_EQ(code_of(service().open_link(std::string(64, 'a'), "another place")), "link-ended");
}

TEST_P(Scans, KeepOfALinkOnlyItsHash)
{
    const auto scan = open_scan();
    const auto ask = [&] {
        return service().invite(holder_, scan.id,
                                {.domain = partner,
                                 .function = function("imam"),
                                 .account = {},
                                 .link = true,
                                 .link_until = {},
                                 .confirmed = {}},
                                {"key-12345", "fingerprint"});
    };

    const auto invited = ask();
    const auto repeated = ask();

    ASSERT_TRUE(invited);
    const auto token = token_in(*invited);
    ASSERT_TRUE(repeated);
    EXPECT_EQ(repeated->id, invited->id);
    EXPECT_EQ(repeated->link, std::nullopt);
    const auto kept = db().read(city_, [](storage::Transaction& tx) {
        return tx.select<std::string>("SELECT token_hash FROM quickscan_link UNION ALL "
                                      "SELECT body FROM storage_idempotency");
    });
    for (const auto& text : kept)
        EXPECT_THAT(text, Not(HasSubstr(token)));
}

TEST_P(Scans, CreateOnceForOneIdempotencyKey)
{
    const NewScan wanted{.instrument = *Text<1, 80>::from_text("quickscan-local-approach"),
                         .version = {},
                         .period_from = Day{2026, 1, 1},
                         .period_to = Day{2026, 12, 31},
                         .size_class = SizeClass::small,
                         .closes_on = Day{2026, 12, 15}};

    const auto first = service().create(holder_, wanted, {"key-12345", "a"});
    const auto second = service().create(holder_, wanted, {"key-12345", "a"});
    const auto other = service().create(holder_, wanted, {"key-12345", "b"});

    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    EXPECT_EQ(first->id, second->id);
    EXPECT_EQ(code_of(other), "idempotency-key-reused");
    EXPECT_EQ(rows("quickscan_scan"), 1);
}

TEST_P(Scans, GiveAProofFileBackAsItWas)
{
    const auto scan = open_scan();
    const auto file = service().add_file(holder_, scan.id, "q1", {*Text<1, 200>::from_text("foto.png"), {}}, png);
    ASSERT_TRUE(file);
    ASSERT_TRUE(answer(holder_, scan.id, "q1", input(yes, "", {{ProofKind::file, {}, {}, file->id}})));

    const auto content = service().file(holder_, file->id);

    ASSERT_TRUE(content);
    EXPECT_EQ(content->bytes, png);
    EXPECT_EQ(content->file.media_type, "image/png");
    EXPECT_TRUE(service().own_answers(holder_, scan.id)->answers[0].supported);
    EXPECT_EQ(code_of(service().add_file(holder_, scan.id, "q1", {*Text<1, 200>::from_text("a.pdf"), {}}, png)),
              "file-disguised");
    EXPECT_EQ(code_of(service().add_file(holder_, scan.id, "q1", {*Text<1, 200>::from_text("a.html"), {}}, "<html>")),
              "file-not-accepted");
    // A proof of one question is none of another.
    EXPECT_THAT(field_codes(answer(holder_, scan.id, "q2", input(yes, "", {{ProofKind::file, {}, {}, file->id}}))),
                ElementsAre("/proofs/0/fileId unknown-proof-file"));
}

TEST_P(Scans, LoseTheIndividualRoundWhenArchivedAndKeepWhatWasSettled)
{
    const auto scan = open_scan();
    const auto shown = service().add_file(holder_, scan.id, "q1", {*Text<1, 200>::from_text("a.png"), {}}, png);
    const auto other = service().add_file(holder_, scan.id, "q2", {*Text<1, 200>::from_text("b.png"), {}}, png);
    ASSERT_TRUE(shown && other);
    ASSERT_TRUE(answer(holder_, scan.id, "q1", input(yes, "", {{ProofKind::file, {}, {}, shown->id}})));
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(no)));
    (void)guest(scan.id, partner, "jongerenwerker");
    step(scan.id, ScanState::consensus);
    // The settled answer rests on the file of the dossier holder: that one stays.
    ASSERT_TRUE(
        service().put_settled(holder_, scan.id, "q1", {}, input(yes, "", {{ProofKind::file, {}, {}, shown->id}})));
    settle_all(scan.id, no);
    step(scan.id, ScanState::closed);
    const auto before = service().result(holder_, scan.id);

    step(scan.id, ScanState::archived);

    EXPECT_EQ(rows("quickscan_answer"), 0);
    if (dialect() == storage::Dialect::sqlite) {
        // Overwritten in the file, not only unlinked.
        EXPECT_EQ(db().read([](storage::Transaction& tx) { return tx.one<std::int64_t>("PRAGMA secure_delete"); }),
                  1);
    }
    EXPECT_EQ(rows("quickscan_link"), 0);
    EXPECT_EQ(rows("quickscan_link_session"), 0);
    EXPECT_EQ(rows("quickscan_settled"), 26);
    EXPECT_EQ(rows("quickscan_proof_file"), 1);
    EXPECT_TRUE(service().file(colleague_, shown->id));
    EXPECT_FALSE(service().file(holder_, other->id));
    EXPECT_EQ(code_of(service().comparison(holder_, scan.id)), "scan-individual-removed");
    EXPECT_EQ(code_of(service().own_answers(holder_, scan.id)), "scan-individual-removed");
    const auto after = service().result(holder_, scan.id);
    ASSERT_TRUE(before && after);
    EXPECT_EQ(before->total.percent, after->total.percent);
    EXPECT_EQ(before->differences.size(), 1u);
    EXPECT_THAT(after->differences, IsEmpty());
}

TEST_P(Scans, ThatWereMadeByMistakeAreRemovedWhileTheyAreDrafts)
{
    const auto mistake = draft(2025);
    const auto meant = draft(2027);
    invite(mistake.id, social, "beleidsmedewerker jeugd", "collega");
    const auto token = token_in(invite_by_link(mistake.id, partner, "jongerenwerker"));
    const auto session = service().open_link(token, "caller");
    ASSERT_TRUE(session);

    ASSERT_TRUE(service().remove_draft(holder_, mistake.id, mistake.row_version));

    EXPECT_EQ(service().scan(holder_, mistake.id).error().kind, ProblemKind::not_found);
    ASSERT_EQ(service().scans(holder_)->items.size(), 1u);
    EXPECT_EQ(service().scans(holder_)->items[0].id, meant.id);
    EXPECT_EQ(rows("quickscan_respondent"), 0);
    EXPECT_EQ(rows("quickscan_link"), 0);
    EXPECT_EQ(rows("quickscan_link_session"), 0);
    EXPECT_EQ(code_of(service().open_link(token, "caller")), "link-ended");
    EXPECT_FALSE(service().authenticate(session->token).may(Permission::answer_own));
    const auto entry = trail(city_)[0];
    EXPECT_EQ(entry.action, "quickscan.remove-draft");
    EXPECT_EQ(entry.object_id, mistake.id.to_text());
    EXPECT_EQ(entry.account_id, holder_.account().to_text());
    EXPECT_EQ(service().remove_draft(holder_, mistake.id, mistake.row_version).error().kind, ProblemKind::not_found);
}

TEST_P(Scans, ThatWereOpenedAreNotRemoved)
{
    const auto scan = open_scan();
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(yes)));
    const auto entries = trail(city_).size();

    const auto open = service().remove_draft(holder_, scan.id, scan.row_version);
    const auto consensus = step(scan.id, ScanState::consensus);
    const auto settling = service().remove_draft(holder_, scan.id, consensus.row_version);

    EXPECT_EQ(open.error().kind, ProblemKind::conflict);
    EXPECT_EQ(code_of(open), "scan-not-draft");
    EXPECT_EQ(code_of(settling), "scan-not-draft");
    EXPECT_EQ(rows("quickscan_respondent"), 2);
    EXPECT_EQ(rows("quickscan_answer"), 1);
    EXPECT_EQ(trail(city_).size(), entries + 1) << "of the step only";
}

TEST_P(Scans, AreNotRemovedByWhoDidNotSeeThemAsTheyAre)
{
    const auto scan = draft();
    const auto changed =
        service().change(holder_, scan.id, scan.row_version,
                         {.period_from = {}, .period_to = {}, .size_class = {}, .closes_on = Day{2026, 12, 20}});
    ASSERT_TRUE(changed);

    const auto late = service().remove_draft(holder_, scan.id, scan.row_version);
    const auto foreign = service().remove_draft(stranger_, scan.id, changed->row_version);

    EXPECT_EQ(late.error().kind, ProblemKind::stale);
    EXPECT_EQ(foreign.error().kind, ProblemKind::not_found);
    EXPECT_TRUE(service().scan(holder_, scan.id));
}

TEST_P(Scans, AreRemovedByTheRepositoryOfTheirOrganisationOnly)
{
    const auto scan = draft();
    const auto opened = open_scan(2027);
    const auto remove = [&](const Id<Organisation>& organisation, const Id<Scan>& id) {
        return *db().transact(
            [&](storage::Transaction& tx) -> Result<bool> { return Repository{tx, organisation}.remove_draft(id); });
    };

    EXPECT_FALSE(remove(village_, scan.id));
    EXPECT_FALSE(remove(city_, opened.id));
    EXPECT_EQ(rows("quickscan_scan"), 2);
    EXPECT_TRUE(remove(city_, scan.id));
    EXPECT_FALSE(remove(city_, scan.id));
    EXPECT_EQ(rows("quickscan_scan"), 1);
}

TEST_P(Scans, ThatNobodyOpenedWithinAYearAreRemovedByTheProgramItself)
{
    const auto forgotten = draft(2025);
    const auto respondent = invite_by_link(forgotten.id, partner, "jongerenwerker");
    ASSERT_TRUE(service().open_link(token_in(respondent), "caller"));
    const auto opened = open_scan(2024);
    EXPECT_EQ(forgotten.removed_on, (Day{2027, 11, 21}));
    EXPECT_EQ(service().scan(holder_, opened.id)->removed_on, std::nullopt);
    clock_.pass(std::chrono::days{364});
    const auto recent = draft(2027);

    service().remove_old_drafts();
    EXPECT_TRUE(service().scan(holder_, forgotten.id)) << "not before its day";

    clock_.pass(std::chrono::days{1} + std::chrono::minutes{1});
    service().remove_old_drafts();
    service().remove_old_drafts();

    EXPECT_EQ(service().scan(holder_, forgotten.id).error().kind, ProblemKind::not_found);
    EXPECT_TRUE(service().scan(holder_, opened.id));
    EXPECT_TRUE(service().scan(holder_, recent.id));
    EXPECT_EQ(rows("quickscan_respondent"), 2) << "those of the scan that was opened";
    EXPECT_EQ(rows("quickscan_link"), 0);
    EXPECT_EQ(rows("quickscan_link_session"), 0);
    const auto entries = trail(city_);
    EXPECT_EQ(entries[0].action, "quickscan.remove-draft");
    EXPECT_EQ(entries[0].function_name, "system");
    EXPECT_EQ(entries[0].object_id, forgotten.id.to_text());
    EXPECT_NE(entries[1].action, "quickscan.remove-draft") << "told once";
}

TEST_P(Scans, ShowAFileOfAnotherOnlyAsFarAsTheComparisonDoes)
{
    const auto scan = open_scan();
    const auto file = service().add_file(colleague_, scan.id, "q1", {*Text<1, 200>::from_text("a.png"), {}}, png);
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(yes, "", {{ProofKind::file, {}, {}, file->id}})));
    ASSERT_TRUE(service().submit(colleague_, scan.id, {.show_function = false}));
    step(scan.id, ScanState::consensus);

    EXPECT_FALSE(service().file(holder_, file->id));
    EXPECT_THAT(field_codes(service().put_settled(holder_, scan.id, "q1", {},
                                                  input(yes, "", {{ProofKind::file, {}, {}, file->id}}))),
                ElementsAre("/proofs/0/fileId unknown-proof-file"));

    step(scan.id, ScanState::open, "Opnieuw");
    ASSERT_TRUE(service().submit(colleague_, scan.id, {.show_function = true}));
    step(scan.id, ScanState::consensus);
    EXPECT_TRUE(service().file(holder_, file->id));
}

TEST_P(Scans, TellWhatChangedSinceThePreviousOneAndWhichActionCausedIt)
{
    const auto first = open_scan(2025);
    step(first.id, ScanState::consensus);
    settle_all(first.id, no);
    step(first.id, ScanState::closed);
    const auto action = service().add_action(holder_, first.id,
                                             {.question = *Text<1, 40>::from_text("q6"),
                                              .text = *Text<1, 500>::from_text("Maak een lokale analyse"),
                                              .owner_function = function("beleidsmedewerker veiligheid"),
                                              .due_on = Day{2026, 11, 30},
                                              .confirmed = {}});
    ASSERT_TRUE(action);
    ASSERT_TRUE(service().change_action(
        holder_, action->id, action->row_version,
        {.text = {},
         .owner_function = {},
         .due_on = {},
         .status = ActionStatus::done,
         .closing = ActionClosing{*Explanation::from_text("De analyse is af"), link_to("https://a.example/analyse")},
         .confirmed = {}}));
    clock_.pass(std::chrono::days{1});

    const auto second = open_scan(2026);
    step(second.id, ScanState::consensus);
    ASSERT_TRUE(
        service().put_settled(holder_, second.id, "q6", {}, input(yes, "", {link_to("https://a.example/analyse")})));
    settle_all(second.id, no);
    step(second.id, ScanState::closed);

    const auto result = service().result(holder_, second.id);
    ASSERT_TRUE(result && result->change);
    EXPECT_EQ(result->change->previous, first.id);
    ASSERT_EQ(result->change->questions.size(), 1u);
    EXPECT_EQ(result->change->questions[0].question, "q6");
    EXPECT_EQ(result->change->questions[0].direction, Direction::better);
    ASSERT_EQ(result->change->questions[0].causes.size(), 1u);
    EXPECT_EQ(result->change->questions[0].causes[0].text, "Maak een lokale analyse");
    EXPECT_EQ(result->change->before.points, Fraction::of(0));
    EXPECT_EQ(result->change->now.points, Fraction::of(1));
    EXPECT_EQ(service().result(holder_, first.id)->change.has_value(), false);
}

TEST_P(Scans, OfTwoVersionsAreComparedOnWhatAsksTheSame)
{
    const auto closed = [&](Service& scans, int year, AnswerValue value) {
        const auto scan = scans.create(holder_, {.instrument = *Text<1, 80>::from_text("quickscan-local-approach"),
                                                 .version = {},
                                                 .period_from = Day{year, 1, 1},
                                                 .period_to = Day{year, 12, 31},
                                                 .size_class = SizeClass::small,
                                                 .closes_on = Day{2026, 12, 15}});
        EXPECT_TRUE(scan);
        invite(scan->id, safety, "beleid", "dossierhouder");
        const auto to = [&](ScanState state) {
            const auto version = scans.scan(holder_, scan->id)->row_version;
            EXPECT_TRUE(scans.step(holder_, scan->id, version, {.to = state, .reason = {}, .confirmed = {}}));
        };
        to(ScanState::open);
        to(ScanState::consensus);
        const auto questions = scans.settled(holder_, scan->id);
        for (const auto& question : questions->unsettled)
            EXPECT_TRUE(scans.put_settled(holder_, scan->id, question, {}, input(value)));
        to(ScanState::closed);
        return scan->id;
    };
    auto retired = *shipped_instruments().find("quickscan-local-approach", 1);
    auto second = retired;
    retired.status = VersionStatus::retired;
    second.version = 2;
    second.crosswalks = {{.from_version = 1, .map = {}}};
    for (const auto& question : second.questions)
        second.crosswalks[0].map.push_back(
            {question.key, question.key, question.key == "q3" ? CrosswalkHow::changed : CrosswalkHow::same, {}, {}});
    const auto both = Instruments::of({retired, second});
    ASSERT_TRUE(both);
    Service upgraded{db(), clock_, [&]() -> const Instruments& { return *both; }};

    const auto before = closed(service(), 2025, no);
    const auto after = closed(upgraded, 2026, yes);

    EXPECT_EQ(upgraded.result(holder_, before)->instrument.version, 1) << "an opened scan keeps its version";
    const auto result = upgraded.result(holder_, after);
    ASSERT_TRUE(result && result->change);
    EXPECT_EQ(result->instrument.version, 2);
    EXPECT_EQ(result->change->instrument_version, 1);
    EXPECT_THAT(result->change->not_compared, ElementsAre("q3"));
    EXPECT_EQ(result->change->before.counted, 25);
    EXPECT_EQ(result->change->questions.size(), 25u);
}

TEST_P(Scans, CloseAnActionOnlyWithWhatWasDone)
{
    const auto scan = open_scan();
    step(scan.id, ScanState::consensus);
    const auto action = service().add_action(holder_, scan.id,
                                             {.question = *Text<1, 40>::from_text("q1"),
                                              .text = *Text<1, 500>::from_text("Doe iets"),
                                              .owner_function = function("beleid"),
                                              .due_on = Day{2026, 11, 20},
                                              .confirmed = {}});
    ASSERT_TRUE(action);
    EXPECT_TRUE(action->overdue);
    ActionChange done{
        .text = {}, .owner_function = {}, .due_on = {}, .status = ActionStatus::done, .closing = {}, .confirmed = {}};

    EXPECT_THAT(field_codes(service().change_action(holder_, action->id, 1, done)),
                ElementsAre("/closing/text required"));
    done.closing = ActionClosing{*Explanation::from_text("Gedaan"), {}};
    EXPECT_EQ(service().change_action(holder_, action->id, 9, done).error().kind, ProblemKind::stale);
    const auto closed = service().change_action(holder_, action->id, 1, done);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->closed_on, (Day{2026, 11, 21}));
    EXPECT_FALSE(closed->overdue);
}

TEST_P(Scans, CloseAnActionWithAFileOfThatAction)
{
    const auto scan = open_scan();
    step(scan.id, ScanState::consensus);
    const auto act = [&](const std::string& question) {
        return *service().add_action(holder_, scan.id,
                                     {.question = *Text<1, 40>::from_text(question),
                                      .text = *Text<1, 500>::from_text("Maak een lokale analyse"),
                                      .owner_function = function("beleid"),
                                      .due_on = Day{2026, 12, 1},
                                      .confirmed = {}});
    };
    const auto action = act("q1");
    const auto add = [&](const Actor& by, const Id<Action>& to, std::string_view name, const std::string& bytes) {
        return service().add_action_file(by, to, {*Text<1, 200>::from_text(name), {}}, bytes);
    };
    const auto close = [&](const Id<Action>& id, const Id<ProofFile>& file) {
        ActionChange change{.text = {},
                            .owner_function = {},
                            .due_on = {},
                            .status = ActionStatus::done,
                            .closing = ActionClosing{*Explanation::from_text("De analyse is af"),
                                                     ProofInput{ProofKind::file, {}, {}, file}},
                            .confirmed = {}};
        return service().change_action(holder_, id, 1, change);
    };

    const auto file = add(holder_, action.id, "analyse.png", png);
    ASSERT_TRUE(file);
    EXPECT_EQ(code_of(add(holder_, action.id, "a.html", "<html>")), "file-not-accepted");
    EXPECT_EQ(code_of(add(holder_, action.id, "a.pdf", png)), "file-disguised");
    EXPECT_FALSE(add(holder_, action.id, "bel 06-12345678.png", png));
    EXPECT_EQ(add(stranger_, action.id, "a.png", png).error().kind, ProblemKind::not_found);

    // Neither another action nor an answer can be shown with it, and the action not with a file of an answer.
    EXPECT_THAT(field_codes(close(act("q1").id, file->id)), ElementsAre("/closing/proof/fileId unknown-action-file"));
    EXPECT_FALSE(
        service().put_settled(holder_, scan.id, "q1", {}, input(yes, "", {{ProofKind::file, {}, {}, file->id}})));
    const auto settled =
        service().add_settled_file(holder_, scan.id, "q1", {*Text<1, 200>::from_text("p.png"), {}}, png);
    EXPECT_THAT(field_codes(close(action.id, settled->id)), ElementsAre("/closing/proof/fileId unknown-action-file"));

    const auto closed = close(action.id, file->id);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->closing_proofs.front().file_id, file->id);
    EXPECT_EQ(service().file(colleague_, file->id)->bytes, png);
    EXPECT_EQ(service().file(stranger_, file->id).error().kind, ProblemKind::not_found);
    for (int more = 1; more < 5; ++more)
        EXPECT_TRUE(add(holder_, action.id, "nog een.png", png));
    EXPECT_TRUE(add(holder_, action.id, "in de plaats.png", png)) << "of one that nothing rests on";
    EXPECT_EQ(rows("quickscan_proof_file"), 5 + 1) << "at most five of one action, and that of the answer";

    settle_all(scan.id, no);
    step(scan.id, ScanState::closed);
    step(scan.id, ScanState::archived);
    EXPECT_TRUE(service().file(colleague_, file->id)) << "what shows that it was done stays";
}

TEST_P(Scans, AreReadByTheCouncilOnlyClosedAndShared)
{
    const auto scan = open_scan();
    ASSERT_TRUE(answer(holder_, scan.id, "q1", input(no)));
    step(scan.id, ScanState::consensus);
    ASSERT_TRUE(service().put_settled(holder_, scan.id, "q1", {}, input(no, "Vertrouwelijke toelichting")));
    settle_all(scan.id, yes);
    const auto council = account(city_, "raadslid", Role::council_reader);
    const auto version = [&] { return service().scan(holder_, scan.id)->row_version; };

    EXPECT_EQ(code_of(service().share_with_council(holder_, scan.id, version(), true)), "scan-not-closed");
    step(scan.id, ScanState::closed);
    EXPECT_EQ(service().shared_result(council, scan.id).error().kind, ProblemKind::not_found);
    ASSERT_TRUE(service().share_with_council(holder_, scan.id, version(), true));
    const auto seen = service().shared_result(council, scan.id);
    ASSERT_TRUE(seen);
    EXPECT_THAT(describe::to_json(*seen), Not(HasSubstr("Vertrouwelijke")));
    EXPECT_THAT(seen->blind_spots, ElementsAre("q1"));
    EXPECT_EQ(service().shared_scans(council)->items.size(), 1u);
    ASSERT_TRUE(service().add_action(holder_, scan.id,
                                     {.question = *Text<1, 40>::from_text("q1"),
                                      .text = *Text<1, 500>::from_text("Wijs een vervanger aan"),
                                      .owner_function = function("vertrouwelijke functie"),
                                      .due_on = Day{2027, 3, 1},
                                      .confirmed = {}}));
    const auto planned = service().shared_actions(council, scan.id);
    ASSERT_TRUE(planned);
    EXPECT_THAT(describe::to_json(*planned), HasSubstr("Wijs een vervanger aan"));
    EXPECT_THAT(describe::to_json(*planned), Not(HasSubstr("vertrouwelijke functie")));

    step(scan.id, ScanState::consensus, "Een antwoord klopt niet");
    EXPECT_EQ(service().shared_result(council, scan.id).error().kind, ProblemKind::not_found);
    EXPECT_EQ(service().shared_actions(council, scan.id).error().kind, ProblemKind::not_found);
}

TEST_P(Scans, WriteEveryChangeInTheTrailAndNeverAText)
{
    const auto scan = open_scan();
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(no, "Een unieke toelichting")));
    ASSERT_TRUE(service().submit(colleague_, scan.id, {.show_function = false}));
    step(scan.id, ScanState::consensus);
    ASSERT_TRUE(service().put_settled(holder_, scan.id, "q1", {}, input(no, "Een unieke toelichting")));

    std::vector<std::string> actions;
    for (const auto& entry : trail(city_)) {
        if (entry.action.starts_with("quickscan."))
            actions.insert(actions.begin(), entry.action);
        EXPECT_THAT(audit::canonical_form(entry), Not(HasSubstr("unieke")));
    }
    EXPECT_THAT(actions, ElementsAre("quickscan.create-scan", "quickscan.invite", "quickscan.invite",
                                     "quickscan.to-open", "quickscan.answer", "quickscan.submit-answers",
                                     "quickscan.to-consensus", "quickscan.settle"));
}

TEST_P(Scans, WithAnInvitationTakenBackAreNotAnsweredAndGivenBackKeepTheAnswers)
{
    const auto scan = open_scan();
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(no)));
    const auto respondents = service().respondents(holder_, scan.id);
    const auto colleague = std::find_if(respondents->items.begin(), respondents->items.end(),
                                        [](const RespondentView& one) { return one.account == "collega"; });

    ASSERT_TRUE(service().revoke(holder_, colleague->id));
    EXPECT_EQ(code_of(answer(colleague_, scan.id, "q2", input(no))), "respondent-revoked");
    invite(scan.id, social, "beleidsmedewerker jeugd", "collega");
    EXPECT_EQ(service().own_answers(colleague_, scan.id)->answers.size(), 1u);
}

TEST_P(GuardedScans, AreGuardedByTheDatabaseToo)
{
    const auto scan = open_scan();
    (void)guest(scan.id, partner, "jongerenwerker");
    ASSERT_TRUE(answer(holder_, scan.id, "q1", input(no)));

    for (const auto* table :
         {"quickscan_scan", "quickscan_respondent", "quickscan_link", "quickscan_link_session", "quickscan_answer"}) {
        const auto count = [&](const Id<Organisation>& organisation) {
            return db().read(organisation, [&](storage::Transaction& tx) {
                return tx.one<std::int64_t>(fmt::format("SELECT COUNT(*) FROM {}", table));
            });
        };
        EXPECT_GT(count(city_), 0) << table;
        EXPECT_EQ(count(village_), 0) << table;
    }
}

TEST_P(Scans, OfASurveyAreAnsweredTheSameWay)
{
    const auto question = [](std::string key, int number, QuestionType type) {
        Question made;
        made.key = std::move(key);
        made.number = number;
        made.theme = "T1";
        made.type = type;
        made.text = {"Vraag", "Question"};
        return made;
    };
    Instrument survey;
    survey.key = "survey";
    survey.version = 1;
    survey.status = VersionStatus::published;
    survey.kind = InstrumentKind::survey;
    survey.title = {"Enquête", "Survey"};
    survey.themes = {{"T1", 1, {"Thema", "Theme"}}};
    for (auto [key, type] : {std::pair{"s1", QuestionType::choose_one},
                             {"s2", QuestionType::choose_many},
                             {"s3", QuestionType::number},
                             {"s4", QuestionType::text}})
        survey.questions.push_back(question(key, static_cast<int>(survey.questions.size()) + 1, type));
    for (auto& one : survey.questions) {
        if (one.type == QuestionType::choose_one || one.type == QuestionType::choose_many) {
            for (const auto* key : {"a", "b", "c"}) {
                Choice choice;
                choice.key = key;
                one.choices.push_back(choice);
            }
        }
    }
    const auto instruments = Instruments::of({survey});
    ASSERT_TRUE(instruments);
    Service surveys{db(), clock_, [&]() -> const Instruments& { return *instruments; }};
    const auto scan = surveys.create(holder_, {.instrument = *Text<1, 80>::from_text("survey"),
                                               .version = {},
                                               .period_from = Day{2026, 1, 1},
                                               .period_to = Day{2026, 12, 31},
                                               .size_class = SizeClass::small,
                                               .closes_on = Day{2026, 12, 15}});
    ASSERT_TRUE(scan);
    invite(scan->id, safety, "beleid", "dossierhouder");
    ASSERT_TRUE(surveys.step(holder_, scan->id, 1, {.to = ScanState::open, .reason = {}, .confirmed = {}}));
    const auto values = [](std::vector<std::string> all) {
        AnswerInput given;
        given.values.emplace();
        for (const auto& one : all)
            given.values->push_back(*Text<1, 2000>::from_text(one));
        return given;
    };
    const auto put = [&](const std::string& key, std::vector<std::string> all) {
        return surveys.put_answer(holder_, scan->id, key, {}, values(std::move(all)));
    };

    EXPECT_FALSE(put("s1", {"a", "b"}));
    EXPECT_FALSE(put("s1", {"z"}));
    EXPECT_TRUE(put("s1", {"a"}));
    EXPECT_TRUE(put("s2", {"a", "c"}));
    EXPECT_FALSE(put("s3", {"veel"}));
    EXPECT_TRUE(put("s3", {"12"}));
    EXPECT_FALSE(put("s4", {"Bel 06-12345678"}));
    EXPECT_TRUE(put("s4", {"Meer overleg met scholen"}));

    ASSERT_TRUE(surveys.step(holder_, scan->id, 2, {.to = ScanState::consensus, .reason = {}, .confirmed = {}}));
    const auto round = surveys.comparison(holder_, scan->id);
    ASSERT_TRUE(round);
    EXPECT_EQ(round->questions[1].distribution.choices, (std::map<std::string, int>{{"a", 1}, {"c", 1}}));
    // A text is counted by nobody: it would be shown as it was written.
    EXPECT_TRUE(round->questions[3].distribution.choices.empty());
    ASSERT_TRUE(surveys.put_settled(holder_, scan->id, "s1", {}, values({"b"})));
    const auto result = surveys.result(holder_, scan->id);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->questions[0].standing, Standing::answered);
    EXPECT_EQ(result->total.score, std::nullopt);
}

TEST_P(Scans, GiveNumbersThatEqualTheAnswersAlways)
{
    // Random answers; the result is counted again here, by hand.
    unsigned state = 20261121;
    const auto random = [&](unsigned below) {
        state = state * 1664525u + 1013904223u;
        return (state >> 16) % below;
    };
    const auto& instrument = *shipped_instruments().current("quickscan-local-approach");
    for (int round = 0; round < 12; ++round) {
        const auto scan = open_scan();
        step(scan.id, ScanState::consensus);
        std::map<std::string, std::pair<std::int64_t, std::int64_t>>
            sixtieths; // theme → points in sixtieths, counted
        std::map<std::string, int> standing;
        for (const auto& question : instrument.questions) {
            const auto value = static_cast<AnswerValue>(random(5));
            std::vector<std::string> parts;
            if (value == partly && !question.parts.empty()) {
                const auto held = 1 + random(static_cast<unsigned>(question.parts.size()) - 1);
                for (unsigned i = 0; i < held; ++i)
                    parts.push_back(question.parts[i].key);
            }
            const bool supported = random(2) == 1;
            ASSERT_TRUE(service().put_settled(
                holder_, scan.id, question.key, {},
                input(value, "", supported ? std::vector{link_to("https://a.example/p")} : std::vector<ProofInput>{},
                      parts)));
            auto& [points, counted] = sixtieths[question.theme];
            if (value == yes || value == partly || value == no)
                ++counted;
            if (value == yes)
                points += 60;
            if (value == partly)
                points += question.parts.empty() ? 30
                                                 : 60 * static_cast<std::int64_t>(parts.size()) /
                                                       static_cast<std::int64_t>(question.parts.size());
            ++standing[value == yes              ? (supported ? "strength" : "unsupported")
                       : value == unknown        ? "unknown"
                       : value == not_applicable ? "not_applicable"
                                                 : "blind_spot"];
        }

        const auto result = service().result(holder_, scan.id);
        ASSERT_TRUE(result);
        std::int64_t all_points = 0;
        std::int64_t all_counted = 0;
        for (const auto& theme : result->themes) {
            const auto [points, counted] = sixtieths[theme.theme];
            EXPECT_EQ(theme.score.points, Fraction::of(points, 60)) << theme.theme;
            EXPECT_EQ(theme.score.counted, counted) << theme.theme;
            EXPECT_EQ(theme.score.score.has_value(), counted > 0);
            if (theme.score.score) {
                EXPECT_EQ(*theme.score.score, Fraction::of(points, 60 * counted));
            }
            all_points += points;
            all_counted += counted;
        }
        EXPECT_EQ(result->total.points, Fraction::of(all_points, 60));
        EXPECT_EQ(result->total.counted, all_counted);
        EXPECT_EQ(result->strengths.size(), static_cast<std::size_t>(standing["strength"]));
        EXPECT_EQ(result->unsupported.size(), static_cast<std::size_t>(standing["unsupported"]));
        EXPECT_EQ(result->unknowns.size(), static_cast<std::size_t>(standing["unknown"]));
        EXPECT_EQ(result->blind_spots.size(), static_cast<std::size_t>(standing["blind_spot"]));
    }
}
