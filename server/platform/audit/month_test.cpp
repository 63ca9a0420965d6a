// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/audit/month.hpp"

#include "platform/core/sha256.hpp"
#include "platform/storage/backup.hpp"
#include "platform/storage/testing.hpp"

using namespace beproefd;
using audit::Month;

namespace {

/// A clock that the test sets.
struct SetClock final : Clock {
    Instant now() const override { return moment; }
    void set(std::string_view text) { moment = *Instant::from_text(text); }
    Instant moment = *Instant::from_text("2026-09-10T12:00:00Z");
};

class AuditMonths : public storage::testing::BothDatabases
{
protected:
    void record(const OrganisationId& organisation, std::string_view at, int times = 1)
    {
        const auto now = clock.moment;
        clock.set(at);
        for (int time = 0; time < times; ++time)
            ASSERT_TRUE(db().transact(organisation, [&](storage::Transaction& tx) -> Result<void> {
                audit::record(tx, {organisation, std::nullopt, "grant_manager"}, "grants.award",
                              {"grants_application", "a-1"}, "", clock);
                return Done{};
            }));
        clock.moment = std::max(now, clock.moment);
    }
    /// Three months of one organisation, closed on the first of December.
    void three_closed_months()
    {
        record(own, "2026-09-10T12:00:00Z", 3);
        record(own, "2026-10-10T12:00:00Z", 2);
        record(own, "2026-11-10T12:00:00Z", 1);
        clock.set("2026-12-01T00:00:00Z");
        ASSERT_EQ(audit::close_months(db(), clock), 3);
    }
    std::vector<audit::Closing> closings(const OrganisationId& organisation)
    {
        return db().read(organisation, [](storage::Transaction& tx) { return audit::closings(tx); });
    }
    std::vector<std::int64_t> numbers(const OrganisationId& organisation)
    {
        return db().read(organisation, [](storage::Transaction& tx) {
            return tx.select<std::int64_t>("SELECT number FROM audit_entry ORDER BY number");
        });
    }
    /// Both ways of verifying must agree; the damage they found.
    std::optional<audit::Damage> damage()
    {
        const auto all = audit::verify(db());
        const auto alone = audit::verify(db(), own, [](std::int64_t, std::int64_t) { return true; });
        EXPECT_TRUE(alone);
        EXPECT_EQ(all.damages.empty(), alone->damages.empty());
        if (all.damages.empty() || alone->damages.empty())
            return std::nullopt;
        EXPECT_EQ(all.damages[0].what, alone->damages[0].what);
        return all.damages[0];
    }
    /// As someone with full access to the database would.
    void tamper(const std::string& sql)
    {
        db().engine().maintain([&](storage::Transaction& tx) {
            const bool sqlite = tx.dialect() == storage::Dialect::sqlite;
            for (const auto& [trigger, table] : {std::pair{"audit_entry_is_removed_by_month", "audit_entry"},
                                                 std::pair{"audit_month_is_never_changed", "audit_month"}})
                tx.connection().script(
                    fmt::format("DROP TRIGGER IF EXISTS {} {} {}", trigger, sqlite ? "" : "ON", sqlite ? "" : table));
            if (sqlite)
                tx.connection().script("DROP TRIGGER IF EXISTS audit_month_is_never_removed; "
                                       "DROP TRIGGER IF EXISTS audit_entry_is_never_changed");
            EXPECT_GT(tx.execute(sql), 0) << sql;
        });
    }
    bool refused(const std::string& sql)
    {
        try {
            (void)db().transact(own, [&](storage::Transaction& tx) -> Result<void> {
                tx.execute(sql);
                return Done{};
            });
            return false;
        } catch (const storage::Fault&) {
            return true;
        }
    }

    SetClock clock;
    OrganisationId own = OrganisationId::create();
    OrganisationId other = OrganisationId::create();
};
INSTANTIATE_BOTH_DATABASES(AuditMonths);

} // namespace

TEST(AuditMonth, IsReadAndCountedOnAcrossYears)
{
    const auto december = Month::from_text("2026-12");

    ASSERT_TRUE(december);
    EXPECT_EQ(december->plus(1).to_text(), "2027-01");
    EXPECT_EQ(december->plus(-84).to_text(), "2019-12");
    EXPECT_EQ(Month::of(*Instant::from_text("2026-12-31T23:59:59.999999Z")), *december);
    EXPECT_EQ(december->begin(), *Instant::from_text("2026-12-01T00:00:00Z"));
    for (const auto wrong : {"2026-13", "2026-00", "2026-1", "26-01", "2026-011", "2026/01", "-026-01", ""})
        EXPECT_FALSE(Month::from_text(wrong)) << wrong;
}

TEST_P(AuditMonths, AreClosedWhenTheyHaveEndedWithTheHashOfTheirLastEntry)
{
    record(own, "2026-09-10T12:00:00Z", 2);
    record(own, "2026-09-30T23:59:59Z");
    record(own, "2026-10-01T00:00:00Z");
    record(other, "2026-10-02T00:00:00Z");
    clock.set("2026-10-31T23:59:59Z");

    const auto closed = audit::close_months(db(), clock);
    const auto again = audit::close_months(db(), clock);

    EXPECT_EQ(closed, 1);
    EXPECT_EQ(again, 0);
    const auto all = closings(own);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].month, "2026-09");
    EXPECT_EQ(all[0].first_number, 1);
    EXPECT_EQ(all[0].last_number, 3);
    EXPECT_TRUE(closings(other).empty());
    const auto form =
        fmt::format(R"({{"closedAt":"2026-10-31T23:59:59.000000Z","firstNumber":1,"lastNumber":3,"lastSha256":"{}",)"
                    R"("month":"2026-09","organisationId":"{}"}})",
                    all[0].last_sha256, own.to_text());
    EXPECT_EQ(audit::canonical_form(all[0]), form);
    EXPECT_EQ(all[0].sha256, sha256_hex(std::string(64, '0') + "\n" + form));
    const auto newest = db().read(own, [](storage::Transaction& tx) { return audit::page(tx, {}, 1); }).at(0);
    EXPECT_EQ(newest.action, "audit.close");
    EXPECT_EQ(newest.object_id, "2026-09");
    EXPECT_EQ(newest.reason, all[0].sha256);
    EXPECT_FALSE(damage());
    storage::testing::expect_columns_of<audit::Closing>(db(), "audit_month");
}

TEST_P(AuditMonths, TakeAnEntryThatASlowerClockWroteLateIntoTheNext)
{
    record(own, "2026-09-30T23:59:59Z");
    record(own, "2026-10-01T00:00:01Z");
    record(own, "2026-09-30T23:59:58Z"); // another machine, whose clock is behind
    clock.set("2026-10-05T00:00:00Z");
    ASSERT_EQ(audit::close_months(db(), clock), 1);
    record(own, "2026-09-29T00:00:00Z");
    clock.set("2026-11-05T00:00:00Z");
    ASSERT_EQ(audit::close_months(db(), clock), 1);

    const auto all = closings(own);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].last_number, 3);
    EXPECT_EQ(all[1].month, "2026-10");
    EXPECT_EQ(all[1].first_number, 4);
    EXPECT_FALSE(damage());
}

TEST_P(AuditMonths, CanBeRemovedAsAWholeAndTheRestStillVerifies)
{
    three_closed_months();
    clock.set("2026-12-02T00:00:00Z");

    const auto removal = audit::remove_months(db(), *Month::from_text("2026-11"), clock);

    EXPECT_EQ(removal.months, 2);
    EXPECT_EQ(removal.entries, 5);
    EXPECT_EQ(numbers(own), (std::vector<std::int64_t>{6, 7, 8, 9, 10, 11}));
    const auto all = closings(own);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_TRUE(all[0].removed_at && all[1].removed_at);
    EXPECT_FALSE(all[2].removed_at);
    EXPECT_FALSE(damage());
    EXPECT_EQ(audit::remove_months(db(), *Month::from_text("2026-11"), clock).months, 0);
}

TEST_P(AuditMonths, GoOnBeingClosedAndRemovedForYears)
{
    for (int month = 0; month < 24; ++month) {
        const auto first = Month::from_text("2026-09")->plus(month);
        record(own, first.to_text() + "-10T12:00:00Z");
        clock.moment = first.plus(1).begin();
        audit::close_months(db(), clock);
        audit::remove_months(db(), first.plus(-2), clock);
        ASSERT_FALSE(damage()) << first.to_text();
    }
    EXPECT_EQ(closings(own).size(), 24u);
}

TEST_P(AuditMonths, AreRemovedOnlyWhenClosed)
{
    record(own, "2026-09-10T12:00:00Z", 3);
    clock.set("2026-12-01T00:00:00Z");

    EXPECT_EQ(audit::remove_months(db(), *Month::from_text("2026-12"), clock).entries, 0);
    EXPECT_EQ(numbers(own).size(), 3u);
    EXPECT_TRUE(refused("DELETE FROM audit_entry"));
}

TEST_P(AuditMonths, AreGuardedByTheDatabaseItself)
{
    three_closed_months();

    EXPECT_TRUE(refused("DELETE FROM audit_entry WHERE number <= 3"));
    EXPECT_TRUE(refused("DELETE FROM audit_month"));
    EXPECT_TRUE(refused("UPDATE audit_month SET last_number = 2 WHERE month = '2026-09'"));
    EXPECT_TRUE(refused("UPDATE audit_month SET removed_at = 'now', sha256 = 'x' WHERE month = '2026-09'"));
    (void)audit::remove_months(db(), *Month::from_text("2026-10"), clock);
    EXPECT_TRUE(refused("UPDATE audit_month SET removed_at = NULL WHERE month = '2026-09'"));
    EXPECT_FALSE(damage());
}

TEST_P(AuditMonths, ShowThatAClosingWasChanged)
{
    const std::vector<std::string> changes{"last_sha256 = 'x'",
                                           "sha256 = 'x'",
                                           "previous_sha256 = 'x'",
                                           "last_number = 4",
                                           "closed_at = '2026-12-01T00:00:00.000001Z'",
                                           "month = '2026-08'"};
    for (const auto& change : changes) {
        own = OrganisationId::create();
        clock.set("2026-09-01T00:00:00Z");
        three_closed_months();

        tamper("UPDATE audit_month SET " + change + " WHERE month = '2026-09' AND organisation_id = '" +
               own.to_text() + "'");

        const auto alone = audit::verify(db(), own, [](std::int64_t, std::int64_t) { return true; });
        ASSERT_EQ(alone->damages.size(), 1u) << change;
        EXPECT_EQ(alone->damages[0].kind, audit::DamageKind::closing) << change;
        const auto all = audit::verify(db()).damages;
        EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const audit::Damage& found) {
            return found.organisation_id == own.to_text() && found.kind == audit::DamageKind::closing;
        })) << change;
    }
}

TEST_P(AuditMonths, ShowThatAClosingIsGone)
{
    three_closed_months();
    tamper("DELETE FROM audit_month WHERE month = '2026-10'");

    ASSERT_TRUE(damage());
    EXPECT_EQ(damage()->kind, audit::DamageKind::closing);
}

TEST_P(AuditMonths, ShowThatOneWasRemovedInSecret)
{
    three_closed_months();
    tamper("UPDATE audit_month SET removed_at = '2026-12-01T00:00:00.000000Z' WHERE month = '2026-09'");
    tamper("DELETE FROM audit_entry WHERE number <= 3");

    ASSERT_TRUE(damage());
    EXPECT_EQ(damage()->kind, audit::DamageKind::closing);
    EXPECT_NE(damage()->what.find("was removed and no entry tells of it"), std::string::npos);
}

TEST_P(AuditMonths, ShowThatEntriesAreMissingWhoseMonthWasNotRemoved)
{
    three_closed_months();
    tamper("DELETE FROM audit_entry WHERE number <= 3");

    ASSERT_TRUE(damage());
    EXPECT_EQ(damage()->kind, audit::DamageKind::missing);
    EXPECT_EQ(damage()->number, 1);
}

TEST_P(AuditMonths, ShowAChangedEntryBehindWhatWasRemoved)
{
    three_closed_months();
    (void)audit::remove_months(db(), *Month::from_text("2026-11"), clock);
    tamper("UPDATE audit_entry SET reason = 'x' WHERE number = 6");

    ASSERT_TRUE(damage());
    EXPECT_EQ(damage()->number, 6);
    EXPECT_EQ(damage()->kind, audit::DamageKind::changed);
}

TEST_P(AuditMonths, AreWholeInABackup)
{
    three_closed_months();
    (void)audit::remove_months(db(), *Month::from_text("2026-11"), clock);
    const auto file = (folder() / "backup.beproefd").string();
    const storage::testing::EmptyPlace elsewhere{dialect() == storage::Dialect::sqlite ? storage::Dialect::postgresql
                                                                                       : storage::Dialect::sqlite};

    storage::backup(db(), file);
    storage::restore(elsewhere.url(), file);

    const auto restored = audit::verify(storage::Database::open(elsewhere.url()));
    EXPECT_EQ(restored.entries, 6);
    EXPECT_TRUE(restored.damages.empty());
}
