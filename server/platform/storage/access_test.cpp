// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/access.hpp"

#include "platform/core/random.hpp"
#include "platform/storage/idempotency.hpp"
#include "platform/storage/migrations.hpp"
#include "platform/storage/postgres_connection.hpp"
#include "platform/storage/testing.hpp"

using namespace beproefd;
using namespace beproefd::storage;

namespace {

using EveryTable = storage::testing::BothDatabases;
INSTANTIATE_BOTH_DATABASES(EveryTable);

TEST_P(EveryTable, BelongsToAnOrganisationOrIsListedAsReference)
{
    db().engine().maintain([](Transaction& tx) {
        EXPECT_EQ(tables_without_rule(tx, access_rules()), std::vector<std::string>{})
            << "give the table an organisation_id, or name it in migrations/access.csv and say why";
    });
}

TEST_P(EveryTable, IsFoundWhenNothingSaysWhoseItIs)
{
    db().engine().maintain([](Transaction& tx) {
        tx.connection().script("CREATE TABLE stray (id TEXT NOT NULL)");
        EXPECT_EQ(tables_without_rule(tx, access_rules()), std::vector<std::string>{"stray"});
    });
}

/// Row level security is PostgreSQL's; SQLite has one process and no second guard.
class RowLevelSecurity : public storage::testing::BothDatabases
{
protected:
    void SetUp() override
    {
        BothDatabases::SetUp();
        for (const auto& organisation : {own, other})
            ASSERT_TRUE(db().transact(organisation, [&](Transaction& tx) -> Result<void> {
                keep_answer(tx, {"account", "key", "hash"}, {201, "{}", {}, {}}, Instant{});
                return Done{};
            }));
    }

    static std::int64_t count(Transaction& tx)
    {
        return tx.one<std::int64_t>("SELECT COUNT(*) FROM storage_idempotency");
    }

    OrganisationId own = OrganisationId::create();
    OrganisationId other = OrganisationId::create();
};
INSTANTIATE_TEST_SUITE_P(On, RowLevelSecurity, ::testing::Values(Dialect::postgresql),
                         storage::testing::dialect_name);

TEST_P(RowLevelSecurity, ShowsAnOrganisationOnlyItsOwnRows)
{
    EXPECT_EQ(db().read(own, count), 1);
    EXPECT_EQ(db().read(OrganisationId::create(), count), 0);
}

TEST_P(RowLevelSecurity, ShowsNothingToATransactionOfNobody) { EXPECT_EQ(db().read(count), 0); }

TEST_P(RowLevelSecurity, RefusesARowOfAnotherOrganisation)
{
    EXPECT_THROW((void)db().transact(own,
                                     [&](Transaction& tx) -> Result<std::int64_t> {
                                         return tx.execute("UPDATE storage_idempotency SET organisation_id = $1",
                                                           other);
                                     }),
                 AccessViolation);
    EXPECT_EQ(db().transact(own,
                            [&](Transaction& tx) -> Result<std::int64_t> {
                                return tx.execute("DELETE FROM storage_idempotency WHERE organisation_id = $1",
                                                  other);
                            })
                  .value(),
              0);
}

TEST_P(RowLevelSecurity, OpensADoorOnlyForItsPurposeAndItsCommands)
{
    const auto through = [&](const Purpose& purpose) {
        return db().read([&](Transaction& tx) {
            tx.act_through(purpose);
            return count(tx);
        });
    };

    EXPECT_EQ(through(housekeeping_purpose), 2);
    EXPECT_EQ(through(backup_purpose), 2);
    EXPECT_EQ(through(Purpose{"curiosity"}), 0);
    EXPECT_EQ(db().transact([&](Transaction& tx) -> Result<std::int64_t> {
                      tx.act_through(housekeeping_purpose);
                      return tx.execute("UPDATE storage_idempotency SET status = 500");
                  })
                  .value(),
              0);
}

TEST_P(RowLevelSecurity, ClosesTheDoorWhenAnOrganisationIsChosen)
{
    EXPECT_EQ(db().read([&](Transaction& tx) {
        tx.act_through(housekeeping_purpose);
        EXPECT_EQ(count(tx), 2);
        tx.act_for(own);
        return count(tx);
    }),
              1);
}

TEST_P(RowLevelSecurity, DoesNotOutliveItsTransactionOnAPooledConnection)
{
    Options one_connection;
    one_connection.connections = 1;
    reopen(one_connection);

    EXPECT_EQ(db().read(own, count), 1);
    EXPECT_EQ(db().read(count), 0);
    EXPECT_EQ(db().read(other, count), 1);
}

TEST_P(RowLevelSecurity, HoldsForTheOwnerOfTheTablesToo)
{
    db().engine().maintain([](Transaction& tx) {
        const auto unguarded = tx.select<std::string>(
            "SELECT CAST(relname AS TEXT) FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST('public' AS "
            "regnamespace) "
            "AND NOT (relrowsecurity AND relforcerowsecurity) "
            "AND EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'organisation_id')");
        EXPECT_EQ(unguarded, std::vector<std::string>{});
        EXPECT_FALSE(tx.one<bool>("SELECT rolsuper OR rolbypassrls OR rolcanlogin FROM pg_roles WHERE rolname = $1",
                                  application_role));
    });
}

TEST_P(RowLevelSecurity, LetsEverydayWorkAddAuditEntriesButNotChangeThem)
{
    ASSERT_TRUE(db().transact(own, [&](Transaction& tx) -> Result<std::int64_t> {
        return tx.execute("INSERT INTO audit_entry (organisation_id, number, at, function_name, action, object_kind, "
                          "object_id, reason, previous_sha256, sha256) "
                          "VALUES ($1, 1, '2026-11-21T12:00:00.000000Z', 'program', 'test', 'test', '1', '', '', '')",
                          own);
    }));

    EXPECT_THROW(
        (void)db().transact(
            own, [](Transaction& tx) -> Result<std::int64_t> { return tx.execute("DELETE FROM audit_entry"); }),
        CheckViolation)
        << "its month is not closed";
    EXPECT_THROW((void)db().transact(own,
                                     [](Transaction& tx) -> Result<std::int64_t> {
                                         return tx.execute("UPDATE audit_entry SET reason = 'x'");
                                     }),
                 AccessViolation);
    EXPECT_THROW(
        (void)db().transact(
            own, [](Transaction& tx) -> Result<std::int64_t> { return tx.execute("DELETE FROM schema_migration"); }),
        AccessViolation);
}

/// An owner without any special right, as a hosting party gives one.
class PlainOwner : public ::testing::Test
{
protected:
    void SetUp() override
    {
        storage::testing::run_on_test_server("CREATE ROLE " + name + " LOGIN");
        const auto slash = place.url().rfind('/');
        const auto database = place.url().substr(slash + 1);
        storage::testing::run_on_test_server("ALTER DATABASE " + database + " OWNER TO " + name);
        const auto at = place.url().find('@');
        url = "postgresql://" + name + place.url().substr(at);
    }
    void TearDown() override
    {
        storage::testing::run_on_test_server("ALTER DATABASE " + place.url().substr(place.url().rfind('/') + 1) +
                                             " OWNER TO CURRENT_USER");
    }
    Database set_up()
    {
        Options options;
        options.opening = Opening::setup;
        return Database::open(url, options);
    }

    storage::testing::EmptyPlace place{Dialect::postgresql};
    std::string name = "beproefd_plain_" + secure_random_hex(4);
    std::string url;
};

TEST_F(PlainOwner, IsToldWhatAnAdministratorMustDo)
{
    try {
        (void)set_up();
        FAIL();
    } catch (const CannotOpen& refused) {
        EXPECT_EQ(refused.failure(), OpenFailure::unwritable);
        EXPECT_NE(std::string{refused.what()}.find("GRANT beproefd_application TO"), std::string::npos)
            << refused.what();
    }
}

TEST_F(PlainOwner, SeesNoMoreThanItsOrganisationButMigratesEveryRow)
{
    storage::testing::run_on_test_server("DO $$ BEGIN CREATE ROLE beproefd_application NOLOGIN; "
                                         "EXCEPTION WHEN duplicate_object THEN NULL; END $$; "
                                         "GRANT beproefd_application TO " +
                                         name);
    const auto own = OrganisationId::create();
    auto db = set_up();
    ASSERT_TRUE(db.transact(own, [&](Transaction& tx) -> Result<void> {
        keep_answer(tx, {"account", "key", "hash"}, {201, "old", {}, {}}, Instant{});
        return Done{};
    }));
    db.engine().maintain([](Transaction& tx) { // as the owner of the tables, without an organisation
        EXPECT_EQ(tx.one<int>("SELECT COUNT(*) FROM storage_idempotency"), 0);
    });

    auto extended = migrations();
    const std::string change = "UPDATE storage_idempotency SET body = 'new'";
    extended.push_back({extended.back().number + 1, "change", change, change});
    db.engine().maintain([&](Transaction& tx) { migrate(tx, extended); });

    EXPECT_EQ(
        db.read(own, [](Transaction& tx) { return tx.one<std::string>("SELECT body FROM storage_idempotency"); }),
        "new");
    db.engine().maintain(
        [](Transaction& tx) { EXPECT_EQ(tx.one<int>("SELECT COUNT(*) FROM storage_idempotency"), 0); });
}

TEST_P(RowLevelSecurity, IsInPlaceOnANewConnectionAfterTheOldOneWasLost)
{
    EXPECT_EQ(db().read(own, count), 1); // leaves a connection in the pool
    storage::testing::run_on_test_server("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                                         url().substr(url().rfind('/') + 1) + "'");

    EXPECT_EQ(db().read(own, count), 1);
    EXPECT_EQ(db().read(count), 0);
    storage::testing::run_on_test_server("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                                         url().substr(url().rfind('/') + 1) + "'");
    EXPECT_EQ(db().transact(own,
                            [](Transaction& tx) -> Result<std::int64_t> {
                                return tx.execute("UPDATE storage_idempotency SET status = 200");
                            })
                  .value(),
              1);
}

TEST(AccessRules, NameTheLineThatCannotBeRead)
{
    const auto message_of = [](std::string_view csv) -> std::string {
        try {
            (void)read_access_rules(csv);
            return "";
        } catch (const std::logic_error& error) {
            return error.what();
        }
    };

    EXPECT_EQ(message_of("table,rule,detail,why\na_table,reference,,the same for all, always\n"), "");
    EXPECT_EQ(message_of("# a remark\na,free,,x\n"),
              "migrations/access.csv:2: expected reference, append_only, guarded, keep or door");
    EXPECT_EQ(message_of("a,reference,,\n"), "migrations/access.csv:1: expected the reason");
    EXPECT_EQ(message_of("a,door,sign-in DROP,x\n"),
              "migrations/access.csv:1: expected SELECT, INSERT, UPDATE or DELETE");
    EXPECT_EQ(message_of("a; DROP,reference,,x\n"), "migrations/access.csv:1: expected the name of a table");
}

} // namespace
