// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/audit_verification.hpp"

#include "platform/storage/testing.hpp"

#include <gtest/gtest.h>

using namespace beproefd;
using namespace beproefd::auth;

namespace {

class AuditVerifications : public storage::testing::BothDatabases
{
protected:
    void SetUp() override
    {
        BothDatabases::SetUp();
        runner_.emplace(db(), clock_);
        add_audit_verification(*runner_, db());
        runner_->add(another_kind, [](const AuditVerificationInput&, jobs::Context&) -> Result<jobs::Outcome> {
            return jobs::Outcome{.result = "7"};
        });
        runner_->start();
    }
    void TearDown() override
    {
        runner_.reset();
        BothDatabases::TearDown();
    }
    static Actor officer(const Id<Organisation>& organisation)
    {
        return {Id<Account>::create(), organisation, {Role::privacy_officer}, {Permission::read_audit}};
    }
    void record(const Id<Organisation>& organisation, int times)
    {
        for (int number = 0; number < times; ++number)
            ASSERT_TRUE(db().transact(organisation, [&](storage::Transaction& tx) -> Result<void> {
                audit::record(tx, {organisation, std::nullopt, "operator"}, "grants.award", {"grants_award", "a"});
                return {};
            }));
    }
    AuditVerification verified(const Actor& actor)
    {
        const auto begun = start_audit_verification(*runner_, actor);
        EXPECT_TRUE(begun);
        runner_->wait_until_idle();
        const auto ended = audit_verification(db(), actor, begun->id, describe::Language::nl);
        EXPECT_TRUE(ended);
        return *ended;
    }

    static constexpr jobs::Kind<AuditVerificationInput> another_kind{"another-kind"};
    SystemClock clock_;
    Id<Organisation> own_ = Id<Organisation>::create();
    Id<Organisation> other_ = Id<Organisation>::create();
    std::optional<jobs::Runner> runner_;
};
INSTANTIATE_BOTH_DATABASES(AuditVerifications);

} // namespace

TEST_P(AuditVerifications, CountTheEntriesOfTheOwnChainWithTheirOwn)
{
    record(own_, 3);
    record(other_, 9);

    const auto verification = verified(officer(own_));

    EXPECT_EQ(verification.state, jobs::State::done);
    EXPECT_EQ(verification.progress, 100);
    ASSERT_TRUE(verification.result);
    EXPECT_EQ(verification.result->entries, 4);
    EXPECT_TRUE(verification.result->damages.empty());
    EXPECT_EQ(runner_->file_with_content(officer(own_), verification.id)->bytes, R"({"entries":4,"damages":[]})");
    const auto newest = db().read(own_, [](storage::Transaction& tx) { return audit::page(tx, {}, 1); }).at(0);
    EXPECT_EQ(newest.action, "audit.verify");
    EXPECT_EQ(newest.object_id, verification.id.to_text());
}

TEST_P(AuditVerifications, NameTheFirstEntryThatWasChanged)
{
    record(own_, 3);
    db().engine().maintain([&](storage::Transaction& tx) {
        if (tx.dialect() == storage::Dialect::sqlite)
            tx.connection().script("DROP TRIGGER audit_entry_is_never_changed");
        EXPECT_EQ(tx.execute("UPDATE audit_entry SET reason = 'x' WHERE number = 2"), 1);
    });

    const auto verification = verified(officer(own_));

    ASSERT_TRUE(verification.result);
    ASSERT_EQ(verification.result->damages.size(), 1u);
    EXPECT_EQ(verification.result->damages[0].number, 2);
    EXPECT_EQ(verification.result->damages[0].kind, audit::DamageKind::changed);
}

TEST_P(AuditVerifications, AreUnknownToAnotherOrganisation)
{
    const auto verification = verified(officer(own_));

    const auto colleague = audit_verification(db(), officer(own_), verification.id, describe::Language::nl);
    const auto elsewhere = audit_verification(db(), officer(other_), verification.id, describe::Language::nl);

    EXPECT_TRUE(colleague);
    ASSERT_FALSE(elsewhere);
    EXPECT_EQ(elsewhere.error().kind, ProblemKind::not_found);
}

TEST_P(AuditVerifications, ShowNoOtherKindOfJob)
{
    const auto actor = officer(own_);
    const auto other = runner_->submit(actor, another_kind, {});
    ASSERT_TRUE(other);
    runner_->wait_until_idle();

    EXPECT_FALSE(audit_verification(db(), actor, other->id, describe::Language::nl));
}

TEST_P(AuditVerifications, StartOnceForARepeatedRequest)
{
    const auto actor = officer(own_);

    const auto first = start_audit_verification(*runner_, actor, {"key-0001", "print"});
    runner_->wait_until_idle();
    const auto again = start_audit_verification(*runner_, actor, {"key-0001", "print"});

    ASSERT_TRUE(first && again);
    EXPECT_EQ(first->id, again->id);
    EXPECT_EQ(db().read(own_, [](storage::Transaction& tx) { return audit::page(tx, {}, 10); }).size(), 1u);
}
