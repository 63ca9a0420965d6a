// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/audit/audit.hpp"

#include "platform/core/sha256.hpp"
#include "platform/storage/access.hpp"
#include "platform/storage/backup.hpp"
#include "platform/storage/testing.hpp"

#include <atomic>
#include <thread>

using namespace beproefd;

namespace {

struct Application;

struct FixedClock final : Clock {
    Instant now() const override { return *Instant::from_text("2026-11-21T12:00:00Z"); }
};

class AuditChain : public storage::testing::BothDatabases
{
protected:
    audit::Actor actor_of(const OrganisationId& organisation) const
    {
        return {organisation, "0193a5b0-0000-7000-8000-000000000001", "grant_manager"};
    }
    void record(const OrganisationId& organisation, std::string_view action)
    {
        ASSERT_TRUE(db().transact(organisation, [&](storage::Transaction& tx) -> Result<void> {
            audit::record(tx, actor_of(organisation), action, {"grants_application", "a-1"}, "Awb 4:25",
                          FixedClock{});
            return Done{};
        }));
    }
    /// As someone with full access to the database would.
    void tamper(const std::string& sql)
    {
        db().engine().maintain([&](storage::Transaction& tx) {
            if (tx.dialect() == storage::Dialect::sqlite)
                tx.connection().script("DROP TRIGGER IF EXISTS audit_entry_is_never_changed; "
                                       "DROP TRIGGER IF EXISTS audit_entry_is_removed_by_month; "
                                       "DROP TRIGGER IF EXISTS audit_chain_is_never_removed");
            else
                tx.connection().script("DROP TRIGGER IF EXISTS audit_entry_is_removed_by_month ON audit_entry");
            EXPECT_GT(tx.execute(sql), 0) << sql;
        });
    }
    std::vector<audit::Entry> entries(const OrganisationId& organisation)
    {
        return db().read(organisation, [](storage::Transaction& tx) { return audit::page(tx, std::nullopt, 200); });
    }

    OrganisationId own = OrganisationId::create();
    OrganisationId other = OrganisationId::create();
};
INSTANTIATE_BOTH_DATABASES(AuditChain);

TEST_P(AuditChain, HoldsWhatWasDoneAndIsWhole)
{
    record(own, "grants.award");
    record(own, "grants.pay");
    record(other, "quickscan.close");

    const auto all = entries(own);
    const auto verification = audit::verify(db());

    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].number, 2);
    EXPECT_EQ(all[0].action, "grants.pay");
    EXPECT_EQ(all[0].previous_sha256, all[1].sha256);
    EXPECT_EQ(all[1].reason, "Awb 4:25");
    EXPECT_EQ(verification.organisations, 2);
    EXPECT_EQ(verification.entries, 3);
    EXPECT_TRUE(verification.damages.empty());
    storage::testing::expect_columns_of<audit::Entry>(db(), "audit_entry");
}

TEST_P(AuditChain, IsRecomputedFromItsPublishedForm)
{
    record(own, "grants.award");

    const auto entry = entries(own).at(0);

    const auto form =
        R"({"accountId":"0193a5b0-0000-7000-8000-000000000001","action":"grants.award",)"
        R"("at":"2026-11-21T12:00:00.000000Z","functionName":"grant_manager","number":1,"objectId":"a-1",)"
        R"("objectKind":"grants_application","organisationId":")" +
        own.to_text() + R"(","reason":"Awb 4:25"})";
    EXPECT_EQ(audit::canonical_form(entry), form);
    EXPECT_EQ(entry.sha256, sha256_hex(std::string(64, '0') + "\n" + form));
}

TEST_P(AuditChain, IsKeptOnlyWithTheChangeItTellsOf)
{
    const auto refused = db().transact(own, [&](storage::Transaction& tx) -> Result<void> {
        audit::record(tx, actor_of(own), "grants.award", {"grants_application", "a-1"});
        return not_found();
    });

    EXPECT_FALSE(refused);
    EXPECT_TRUE(entries(own).empty());
}

TEST_P(AuditChain, FindsOneChangedByteInAnyMember)
{
    const std::vector<std::string> changes{"at = '2026-11-21T12:00:00.000001Z'",
                                           "at = 'never'",
                                           "account_id = '0193a5b0-0000-7000-8000-000000000002'",
                                           "account_id = NULL",
                                           "function_name = 'assessor'",
                                           "action = 'grants.awarD'",
                                           "object_kind = 'grants_applicatioN'",
                                           "object_id = 'a-2'",
                                           "reason = 'Awb 4:26'",
                                           "previous_sha256 = 'x'",
                                           "sha256 = 'x'"};
    for (const auto& change : changes) {
        const auto organisation = OrganisationId::create();
        for (int number = 0; number < 4; ++number)
            record(organisation, "grants.award");

        tamper("UPDATE audit_entry SET " + change + " WHERE number = 3 AND organisation_id = '" +
               organisation.to_text() + "'");

        const auto damages = audit::verify(db()).damages;
        const auto found = std::find_if(damages.begin(), damages.end(), [&](const audit::Damage& damage) {
            return damage.organisation_id == organisation.to_text();
        });
        ASSERT_NE(found, damages.end()) << change;
        EXPECT_EQ(found->number, 3) << change;
        EXPECT_EQ(found->what, "entry 3 of organisation " + organisation.to_text() + " is not as it was written");
    }
}

TEST_P(AuditChain, FindsAnEntryThatWasRemoved)
{
    for (int number = 0; number < 4; ++number)
        record(own, "grants.award");

    tamper("DELETE FROM audit_entry WHERE number = 2");

    const auto damages = audit::verify(db()).damages;
    ASSERT_EQ(damages.size(), 1u);
    EXPECT_EQ(damages[0].number, 2);
}

TEST_P(AuditChain, FindsThatItsEndWasCutOff)
{
    for (int number = 0; number < 4; ++number)
        record(own, "grants.award");

    tamper("DELETE FROM audit_entry WHERE number >= 3");

    const auto damages = audit::verify(db()).damages;
    ASSERT_EQ(damages.size(), 1u);
    EXPECT_EQ(damages[0].what, "the chain of organisation " + own.to_text() + " ends at entry 2, not at 4");
}

TEST_P(AuditChain, FindsThatAWholeChainWasRemoved)
{
    record(own, "grants.award");

    tamper("DELETE FROM audit_entry");

    EXPECT_EQ(audit::verify(db()).damages.size(), 1u);
}

TEST_P(AuditChain, OfOneOrganisationIsVerifiedAloneAndTellsHowFarItIs)
{
    for (int number = 0; number < 3; ++number)
        record(own, "grants.award");
    record(other, "grants.award");
    std::vector<std::pair<std::int64_t, std::int64_t>> told;

    const auto whole = audit::verify(db(), own, [&](std::int64_t read, std::int64_t all) {
        told.emplace_back(read, all);
        return true;
    });
    tamper("UPDATE audit_entry SET reason = 'x' WHERE number = 2 AND organisation_id = '" + own.to_text() + "'");
    const auto go_on = [](std::int64_t, std::int64_t) { return true; };
    const auto damaged = audit::verify(db(), own, go_on);
    const auto of_other = audit::verify(db(), other, go_on);

    ASSERT_TRUE(whole && damaged && of_other);
    EXPECT_EQ(whole->entries, 3);
    EXPECT_TRUE(whole->damages.empty());
    EXPECT_EQ(told, (std::vector<std::pair<std::int64_t, std::int64_t>>{{0, 3}, {3, 3}}));
    ASSERT_EQ(damaged->damages.size(), 1u);
    EXPECT_EQ(damaged->damages[0].number, 2);
    EXPECT_EQ(damaged->damages[0].kind, audit::DamageKind::changed);
    EXPECT_EQ(of_other->entries, 1);
    EXPECT_TRUE(of_other->damages.empty());
}

TEST_P(AuditChain, OfOneOrganisationShowsThatItsEndWasCutOff)
{
    for (int number = 0; number < 4; ++number)
        record(own, "grants.award");

    tamper("DELETE FROM audit_entry WHERE number >= 3");
    const auto cut = audit::verify(db(), own, [](std::int64_t, std::int64_t) { return true; });
    tamper("DELETE FROM audit_entry");
    const auto gone = audit::verify(db(), own, [](std::int64_t, std::int64_t) { return true; });

    ASSERT_TRUE(cut && gone);
    ASSERT_EQ(cut->damages.size(), 1u);
    EXPECT_EQ(cut->damages[0].kind, audit::DamageKind::cut_off);
    EXPECT_EQ(gone->damages.size(), 1u);
}

TEST_P(AuditChain, StopsBeingVerifiedWhenAsked)
{
    record(own, "grants.award");

    const auto verification = audit::verify(db(), own, [](std::int64_t, std::int64_t) { return false; });

    EXPECT_FALSE(verification);
}

TEST_P(AuditChain, RefusesToBeChangedByEverydayWork)
{
    record(own, "grants.award");

    const auto change = [&](const std::string& sql) {
        (void)db().transact(own, [&](storage::Transaction& tx) -> Result<std::int64_t> { return tx.execute(sql); });
    };
    EXPECT_THROW(change("UPDATE audit_entry SET reason = 'x'"), storage::Fault);
    EXPECT_THROW(change("DELETE FROM audit_entry"), storage::Fault);
    EXPECT_THROW(change("DELETE FROM audit_chain"), storage::Fault);
    if (dialect() == storage::Dialect::sqlite) {
        EXPECT_THROW(change("INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry"), storage::Fault);
    }
    EXPECT_TRUE(audit::verify(db()).damages.empty());
}

TEST_P(AuditChain, RefusesAnEntryForAnotherOrganisation)
{
    EXPECT_THROW((void)db().transact(own,
                                     [&](storage::Transaction& tx) -> Result<void> {
                                         audit::record(tx, actor_of(other), "grants.award", {"a", "b"});
                                         return Done{};
                                     }),
                 std::logic_error);
}

TEST_P(AuditChain, StaysWholeWhenManyWriteAtOnce)
{
    std::atomic<int> kept = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 6; ++thread)
        threads.emplace_back([&] {
            for (int turn = 0; turn < 10; ++turn)
                kept += db().transact(own,
                                      [&](storage::Transaction& tx) -> Result<void> {
                                          audit::record(tx, actor_of(own), "grants.award", {"a", "b"});
                                          return Done{};
                                      })
                            ? 1
                            : 0;
        });
    for (auto& thread : threads)
        thread.join();

    EXPECT_EQ(kept, 60);
    EXPECT_EQ(entries(own).size(), 60u);
    EXPECT_TRUE(audit::verify(db()).damages.empty());
}

TEST_P(AuditChain, IsReadByPage)
{
    for (int number = 0; number < 5; ++number)
        record(own, "grants.award");
    const auto page = [&](std::optional<std::int64_t> before) {
        std::vector<std::int64_t> numbers;
        for (const auto& entry : db().read(own, [&](storage::Transaction& tx) { return audit::page(tx, before, 2); }))
            numbers.push_back(entry.number);
        return numbers;
    };

    EXPECT_EQ(page(std::nullopt), (std::vector<std::int64_t>{5, 4}));
    EXPECT_EQ(page(4), (std::vector<std::int64_t>{3, 2}));
    EXPECT_EQ(page(2), (std::vector<std::int64_t>{1}));
    EXPECT_EQ(page(1), (std::vector<std::int64_t>{}));
}

TEST_P(AuditChain, IsWholeInABackupTakenUnderLoad)
{
    for (int number = 0; number < 20; ++number)
        record(own, "grants.award");
    std::atomic<bool> stop = false;
    std::thread busy([&] {
        while (!stop)
            record(other, "quickscan.answer");
    });
    const auto file = (folder() / "backup.beproefd").string();
    storage::backup(db(), file);
    stop = true;
    busy.join();

    for (const auto engine : {storage::Dialect::sqlite, storage::Dialect::postgresql}) {
        const storage::testing::EmptyPlace place{engine};
        storage::restore(place.url(), file);
        auto restored = storage::Database::open(place.url());
        const auto verification = audit::verify(restored);
        EXPECT_GE(verification.entries, 20);
        EXPECT_TRUE(verification.damages.empty());
    }
}

} // namespace
