// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/service.hpp"

#include "platform/audit/audit.hpp"
#include "platform/auth/accounts/repository.hpp"
#include "platform/describe/json.hpp"
#include "platform/storage/testing.hpp"

#include <gtest/gtest.h>

using namespace beproefd;
using namespace beproefd::auth;

namespace {

/// A clock that the test moves.
class HeldClock final : public Clock
{
public:
    Instant now() const override { return now_; }
    void pass(std::chrono::microseconds time) { now_ = now_.plus(time); }

private:
    Instant now_ = *Instant::from_text("2026-11-21T09:00:00Z");
};

constexpr HashCost cheap{.memory_kib = 64, .passes = 1};

class Accounts : public storage::testing::BothDatabases
{
protected:
    void SetUp() override
    {
        BothDatabases::SetUp();
        service_.emplace(db(), clock_, SessionLimits{}, cheap);
        first_ = organisation("GM9001");
        second_ = organisation("GM9002");
    }

    Id<Organisation> organisation(std::string_view code)
    {
        const auto id = Id<Organisation>::create();
        EXPECT_TRUE(db().transact([&](storage::Transaction& tx) -> Result<void> {
            tx.execute(R"(INSERT INTO organisations_organisation (id, kind, code, demonstration, safety_region)
                          VALUES ($1, 'municipality', $2, 1, ''))",
                       id, code);
            return {};
        }));
        return id;
    }
    Actor administrator(const Id<Organisation>& organisation)
    {
        return Actor{Id<Account>{}, organisation, {Role::administrator}, {Permission::manage_accounts}};
    }
    AccountView account(const Id<Organisation>& organisation, std::string_view name, std::vector<Role> roles)
    {
        auto made = service().create(administrator(organisation), {*Text<1, 60>::from_text(name), std::move(roles)});
        EXPECT_TRUE(made);
        return *made;
    }
    std::string one_time(const Id<Organisation>& organisation, const AccountView& account)
    {
        return service().reset_password(administrator(organisation), account.id)->password;
    }
    Result<SignedIn> sign_in(std::string_view name, std::string_view password)
    {
        return service().sign_in({*Text<1, 60>::from_text(name), *Text<1, 200>::from_text(password)});
    }
    /// Makes an account, signs in and chooses the password.
    SignedIn signed_in_with(std::string_view name, std::vector<Role> roles, std::string_view password)
    {
        const auto made = account(first_, name, std::move(roles));
        const auto once = one_time(first_, made);
        auto session = sign_in(name, once);
        EXPECT_TRUE(session);
        EXPECT_TRUE(change(*session, once, password));
        return *session;
    }
    Result<void> change(const SignedIn& session, std::string_view current, std::string_view replacement)
    {
        return service().change_password(service().authenticate(session.token),
                                         {*Text<1, 200>::from_text(current), *Text<1, 200>::from_text(replacement)},
                                         session.token);
    }
    std::vector<std::string> actions(const Id<Organisation>& organisation)
    {
        std::vector<std::string> names;
        for (const auto& entry :
             db().read(organisation, [](storage::Transaction& tx) { return audit::page(tx, {}, 100); }))
            names.insert(names.begin(), entry.action);
        return names;
    }
    Service& service() { return *service_; }

    static constexpr auto sentence = "vier woorden op rij";
    HeldClock clock_;
    Id<Organisation> first_;
    Id<Organisation> second_;

private:
    std::optional<Service> service_;
};

INSTANTIATE_BOTH_DATABASES(Accounts);

} // namespace

TEST_P(Accounts, SignInWithTheOneTimePasswordMayOnlyChooseAnOwnOne)
{
    const auto made = account(first_, "beheer", {Role::administrator});
    const auto password = one_time(first_, made);

    const auto session = sign_in("beheer", password);

    ASSERT_TRUE(session);
    EXPECT_TRUE(session->session.must_change_password);
    const auto before = service().authenticate(session->token);
    EXPECT_TRUE(before.may(Permission::signed_in));
    EXPECT_FALSE(before.may(Permission::manage_accounts));
    EXPECT_TRUE(before.must_choose_password());

    ASSERT_TRUE(change(*session, password, sentence));
    EXPECT_TRUE(service().authenticate(session->token).may(Permission::manage_accounts));
    EXPECT_FALSE(service().authenticate(session->token).must_choose_password());
    EXPECT_FALSE(sign_in("beheer", password));
    EXPECT_TRUE(sign_in("beheer", sentence));
}

TEST_P(Accounts, GetTheSameAnswerForAWrongPasswordAnUnknownNameAndABlockedAccount)
{
    signed_in_with("beheer", {Role::administrator}, sentence);
    const auto blocked = account(first_, "geblokkeerd", {Role::colleague});
    const auto password = one_time(first_, blocked);
    const auto current = service().account(administrator(first_), blocked.id);
    ASSERT_TRUE(service().change(administrator(first_), blocked.id, current->row_version, {{Role::colleague}, true}));

    for (const auto& [name, tried] : std::vector<std::pair<std::string, std::string>>{
             {"beheer", "verkeerd"}, {"niemand", "verkeerd"}, {"geblokkeerd", password}}) {
        const auto session = sign_in(name, tried);
        ASSERT_FALSE(session) << name;
        EXPECT_EQ(session.error().kind, ProblemKind::not_signed_in);
        EXPECT_EQ(session.error().reason.code, "sign-in-failed");
    }
}

TEST_P(Accounts, MustWaitLongerAfterEachFailureWhetherOrNotTheNameExists)
{
    signed_in_with("beheer", {Role::administrator}, sentence);

    for (const auto* name : {"beheer", "niemand"}) {
        for (int i = 0; i < 5; ++i)
            EXPECT_EQ(sign_in(name, "verkeerd").error().reason.code, "sign-in-failed");
        const auto delayed = sign_in(name, sentence);
        ASSERT_FALSE(delayed) << name;
        EXPECT_EQ(delayed.error().kind, ProblemKind::too_many);
        EXPECT_EQ(delayed.error().retry_after_seconds, 1);
    }

    clock_.pass(std::chrono::seconds{2});
    EXPECT_TRUE(sign_in("beheer", sentence));
    EXPECT_EQ(sign_in("beheer", "verkeerd").error().reason.code, "sign-in-failed");
}

TEST_P(Accounts, LoseTheirSessionAfterHalfAnHourOfSilenceAndEightHoursInAll)
{
    const auto session = signed_in_with("beheer", {Role::administrator}, sentence);

    clock_.pass(std::chrono::minutes{29});
    EXPECT_TRUE(service().authenticate(session.token).signed_in());
    // The moment of the last request is written down beside the answer; a change behind it in the queue waits for it.
    for (int i = 0; i < 15; ++i) {
        clock_.pass(std::chrono::minutes{29});
        ASSERT_TRUE(db().transact([](storage::Transaction&) -> Result<void> { return {}; }));
        EXPECT_TRUE(service().authenticate(session.token).signed_in()) << i;
    }
    clock_.pass(std::chrono::minutes{29});
    EXPECT_FALSE(service().authenticate(session.token).signed_in());

    const auto quiet = sign_in("beheer", sentence);
    clock_.pass(std::chrono::minutes{30});
    EXPECT_FALSE(service().authenticate(quiet->token).signed_in());
}

TEST_P(Accounts, KeepASessionThatIsUsedAlsoWhereItEndsAfterAMinuteOfSilence)
{
    const auto session = signed_in_with("beheer", {Role::administrator}, sentence);
    Service strict{db(), clock_, SessionLimits{.idle = std::chrono::minutes{1}}, cheap};

    for (int i = 0; i < 5; ++i) {
        clock_.pass(std::chrono::seconds{40});
        ASSERT_TRUE(db().transact([](storage::Transaction&) -> Result<void> { return {}; }));
        EXPECT_TRUE(strict.authenticate(session.token).signed_in()) << i;
    }
    ASSERT_TRUE(db().transact([](storage::Transaction&) -> Result<void> { return {}; }));
    clock_.pass(std::chrono::minutes{1});
    EXPECT_FALSE(strict.authenticate(session.token).signed_in());
}

TEST_P(Accounts, KeepNoTokenAndNoPasswordInTheDatabase)
{
    const auto session = signed_in_with("beheer", {Role::administrator}, sentence);

    const auto hashes = db().read(first_, [&](storage::Transaction& tx) {
        return tx.select<std::string>("SELECT token_hash FROM auth_session WHERE organisation_id = $1", first_);
    });
    for (const auto& hash : hashes)
        EXPECT_NE(hash, session.token);
    const auto password = db().read(first_, [&](storage::Transaction& tx) {
        return tx.one<std::string>("SELECT password_hash FROM auth_account WHERE organisation_id = $1", first_);
    });
    EXPECT_TRUE(password.starts_with("$argon2id$"));
}

TEST_P(Accounts, SignOutHereAndEverywhere)
{
    const auto one = signed_in_with("beheer", {Role::administrator}, sentence);
    const auto two = *sign_in("beheer", sentence);
    const auto three = *sign_in("beheer", sentence);

    ASSERT_TRUE(service().sign_out(service().authenticate(one.token), one.token));
    EXPECT_FALSE(service().authenticate(one.token).signed_in());
    EXPECT_TRUE(service().authenticate(two.token).signed_in());

    ASSERT_TRUE(service().sign_out_everywhere(service().authenticate(two.token)));
    EXPECT_FALSE(service().authenticate(two.token).signed_in());
    EXPECT_FALSE(service().authenticate(three.token).signed_in());
}

TEST_P(Accounts, SignedOutThroughAnotherProcessAreOutAfterASecondAtMost)
{
    const auto session = signed_in_with("anna", {Role::colleague}, "een lang wachtwoord");
    Service elsewhere{db(), clock_, SessionLimits{}, cheap};
    ASSERT_TRUE(service().authenticate(session.token).signed_in());

    ASSERT_TRUE(elsewhere.sign_out(elsewhere.authenticate(session.token), session.token));
    const bool there = elsewhere.authenticate(session.token).signed_in();
    clock_.pass(std::chrono::seconds{1});
    const bool here = service().authenticate(session.token).signed_in();

    EXPECT_FALSE(there);
    EXPECT_FALSE(here);
}

TEST_P(Accounts, LoseARoleWithTheNextRequest)
{
    const auto session = signed_in_with("anna", {Role::colleague, Role::administrator}, "een lang wachtwoord");
    account(first_, "bert", {Role::administrator});
    const auto self = service().authenticate(session.token);
    ASSERT_TRUE(self.may(Permission::manage_accounts));

    const auto kept = service().account(self, self.account());
    ASSERT_TRUE(service().change(administrator(first_), self.account(), kept->row_version,
                                 {{Role::colleague}, /*disabled=*/false}));

    EXPECT_FALSE(service().authenticate(session.token).may(Permission::manage_accounts));
    EXPECT_TRUE(service().authenticate(session.token).signed_in());
}

TEST_P(Accounts, ChangeTheirPasswordWithTheCurrentOneAndEndOtherSessions)
{
    const auto here = signed_in_with("beheer", {Role::administrator}, sentence);
    const auto elsewhere = *sign_in("beheer", sentence);

    EXPECT_EQ(change(here, "verkeerd verkeerd", "een heel ander rijtje").error().fields.at(0).pointer, "/current");
    EXPECT_EQ(change(here, sentence, "kort").error().fields.at(0).pointer, "/replacement");
    EXPECT_EQ(change(here, sentence, sentence).error().fields.at(0).code, "password-same");
    ASSERT_TRUE(change(here, sentence, "een heel ander rijtje"));

    EXPECT_TRUE(service().authenticate(here.token).signed_in());
    EXPECT_FALSE(service().authenticate(elsewhere.token).signed_in());
}

TEST_P(Accounts, OfAnotherOrganisationAreNotFound)
{
    const auto theirs = account(second_, "ander", {Role::colleague});
    const auto ours = administrator(first_);

    EXPECT_EQ(service().account(ours, theirs.id).error().kind, ProblemKind::not_found);
    EXPECT_EQ(service().change(ours, theirs.id, 1, {{Role::administrator}, false}).error().kind,
              ProblemKind::not_found);
    EXPECT_EQ(service().reset_password(ours, theirs.id).error().kind, ProblemKind::not_found);
    EXPECT_TRUE(service().accounts(ours)->empty());
}

TEST_P(Accounts, HaveANameThatNobodyElseHasInAnyOrganisation)
{
    account(second_, "beheer", {Role::administrator});

    const auto taken =
        service().create(administrator(first_), {*Text<1, 60>::from_text("beheer"), {Role::colleague}});
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().reason.code, "name-taken");
    EXPECT_EQ(service()
                  .create(administrator(first_), {*Text<1, 60>::from_text("Jan Jansen"), {}})
                  .error()
                  .fields.at(0)
                  .pointer,
              "/name");
}

TEST_P(Accounts, AreMadeOnceForARequestThatIsRepeated)
{
    const NewAccount wanted{*Text<1, 60>::from_text("collega"), {Role::colleague}};
    const auto first = service().create(administrator(first_), wanted, {"0123456789", "fingerprint"});
    const auto again = service().create(administrator(first_), wanted, {"0123456789", "fingerprint"});
    const auto other = service().create(administrator(first_), wanted, {"0123456789", "another"});

    ASSERT_TRUE(first && again);
    EXPECT_EQ(again->id, first->id);
    EXPECT_EQ(service().accounts(administrator(first_))->size(), 1u);
    EXPECT_EQ(other.error().reason.code, "idempotency-key-reused");
}

TEST_P(Accounts, RefuseAChangeThatSomeoneElseWasFirstWith)
{
    const auto made = account(first_, "collega", {Role::colleague});

    ASSERT_TRUE(service().change(administrator(first_), made.id, made.row_version, {{Role::dossier_holder}, false}));
    const auto late = service().change(administrator(first_), made.id, made.row_version, {{Role::analyst}, false});

    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ProblemKind::stale);
    EXPECT_EQ(service().account(administrator(first_), made.id)->roles, std::vector<std::string>{"dossier_holder"});
}

TEST_P(Accounts, KeepAtLeastOneAdministratorAndNobodyLocksOutThemselves)
{
    const auto session = signed_in_with("beheer", {Role::administrator}, sentence);
    const auto self = service().authenticate(session.token);
    const auto current = service().account(self, self.account());

    EXPECT_EQ(
        service().change(self, self.account(), current->row_version, {{Role::colleague}, false}).error().reason.code,
        "own-account");
    EXPECT_EQ(service()
                  .change(administrator(first_), self.account(), current->row_version, {{Role::administrator}, true})
                  .error()
                  .reason.code,
              "last-administrator");
}

TEST_P(Accounts, ThatAreBlockedLoseTheirSessions)
{
    const auto session = signed_in_with("collega", {Role::colleague}, sentence);
    const auto actor = service().authenticate(session.token);
    const auto current = service().account(administrator(first_), actor.account());

    ASSERT_TRUE(
        service().change(administrator(first_), actor.account(), current->row_version, {{Role::colleague}, true}));

    EXPECT_FALSE(service().authenticate(session.token).signed_in());
}

TEST_P(Accounts, LeaveATrailOfEveryChangeWithoutANameInIt)
{
    const auto session = signed_in_with("beheer", {Role::administrator}, sentence);
    ASSERT_TRUE(service().sign_out(service().authenticate(session.token), session.token));

    EXPECT_EQ(actions(first_), (std::vector<std::string>{"auth.create-account", "auth.reset-password", "auth.sign-in",
                                                         "auth.change-password", "auth.sign-out"}));
    EXPECT_TRUE(actions(second_).empty());
    EXPECT_TRUE(audit::verify(db()).damages.empty());
    const auto trail = db().read(first_, [](storage::Transaction& tx) { return audit::page(tx, {}, 100); });
    for (const auto& entry : trail)
        EXPECT_EQ(describe::to_json(entry).find("beheer"), std::string::npos);
}

TEST_P(Accounts, ForgetSessionsThatEnded)
{
    signed_in_with("beheer", {Role::administrator}, sentence);
    clock_.pass(std::chrono::hours{1});

    service().forget_ended_sessions();

    EXPECT_EQ(db().read(first_,
                        [&](storage::Transaction& tx) {
                            return tx.one<std::int64_t>(
                                "SELECT COUNT(*) FROM auth_session WHERE organisation_id = $1", first_);
                        }),
              0);
}

TEST_P(Accounts, HaveTablesThatFitTheirDescriptions)
{
    storage::testing::expect_columns_of<Account>(db(), "auth_account");
    storage::testing::expect_columns_of<Session>(db(), "auth_session");
    storage::testing::expect_columns_of<SignInAttempt>(db(), "auth_sign_in_attempt");
}
