// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/migrations.hpp"

#include "platform/storage/testing.hpp"

#include <fstream>

using namespace beproefd;
using namespace beproefd::storage;

namespace {

OpenFailure failure_of(const std::function<void()>& work, std::string* sentence = nullptr)
{
    try {
        work();
    } catch (const CannotOpen& refusal) {
        if (sentence)
            *sentence = refusal.what();
        return refusal.failure();
    }
    ADD_FAILURE() << "nothing was refused";
    return OpenFailure::bad_address;
}

Options with(Opening opening)
{
    Options options;
    options.opening = opening;
    return options;
}

class Migrations : public storage::testing::BothDatabases
{
};
INSTANTIATE_BOTH_DATABASES(Migrations);

TEST_P(Migrations, AreAllApplied)
{
    const auto version = db().read([](Transaction& tx) { return schema_version(tx, migrations()); });

    EXPECT_EQ(version.state, SchemaState::current);
    EXPECT_EQ(version.number, migrations().back().number);
}

TEST_P(Migrations, ChangeNothingTheSecondTime)
{
    const auto history = [&] {
        return db().read([](Transaction& tx) {
            return tx.select<std::string>("SELECT at FROM schema_migration ORDER BY version");
        });
    };
    const auto before = history();

    close();
    (void)Database::open(url(), with(Opening::setup));
    reopen();

    EXPECT_EQ(history(), before);
}

TEST_P(Migrations, RefuseANewerDatabase)
{
    db().engine().maintain([](Transaction& tx) {
        tx.execute("INSERT INTO schema_migration (version, name, sha256, at) VALUES (9999, 'future', 'x', 'x')");
    });
    close();

    std::string sentence;
    EXPECT_EQ(failure_of([&] { (void)Database::open(url(), with(Opening::serve)); }, &sentence), OpenFailure::newer);
    EXPECT_NE(sentence.find("made by a newer program"), std::string::npos) << sentence;
    EXPECT_EQ(failure_of([&] { (void)Database::open(url(), with(Opening::setup)); }), OpenFailure::newer);
    EXPECT_EQ(failure_of([&] { (void)Database::open(url(), with(Opening::inspect)); }), OpenFailure::newer);
}

TEST_P(Migrations, RefuseAChangedHistory)
{
    db().engine().maintain(
        [](Transaction& tx) { tx.execute("UPDATE schema_migration SET sha256 = 'x' WHERE version = 1"); });
    close();

    EXPECT_EQ(failure_of([&] { (void)Database::open(url(), with(Opening::serve)); }), OpenFailure::foreign);
}

TEST_P(Migrations, MayLeaveANumberOutButNotAddItLater)
{
    const auto make = [](int number) {
        const auto sql = fmt::format("CREATE TABLE later_{} (organisation_id TEXT NOT NULL)", number);
        return Migration{number, fmt::format("later_{}", number), sql, sql};
    };
    const auto last = migrations().back().number;
    auto known = migrations();
    known.push_back(make(last + 3));

    db().engine().maintain([&](Transaction& tx) { migrate(tx, known); });
    known.insert(known.end() - 1, make(last + 2));
    const auto version = db().read([&](Transaction& tx) { return schema_version(tx, known); });

    EXPECT_EQ(version.state, SchemaState::changed);
    EXPECT_EQ(version.number, last + 3);
}

TEST_P(Migrations, AreAppliedAllOrNone)
{
    auto extended = migrations();
    const auto next = extended.back().number;
    extended.push_back(
        {next + 1, "good", "CREATE TABLE good (id TEXT NOT NULL)", "CREATE TABLE good (id TEXT NOT NULL)"});
    extended.push_back({next + 2, "bad", "CREATE TABLE oops (", "CREATE TABLE oops ("});

    EXPECT_THROW(db().engine().maintain([&](Transaction& tx) { migrate(tx, extended); }), Fault);

    db().engine().maintain([&](Transaction& tx) {
        const auto tables = table_names(tx);
        EXPECT_EQ(std::find(tables.begin(), tables.end(), "good"), tables.end());
        EXPECT_EQ(schema_version(tx, migrations()).state, SchemaState::current);
    });
}

class FirstMigration : public ::testing::TestWithParam<Dialect>
{
};
INSTANTIATE_BOTH_DATABASES(FirstMigration);

TEST_P(FirstMigration, IsUpgradedAfterABackupIsOffered)
{
    const storage::testing::EmptyPlace place{GetParam()};
    {
        auto engine = Database::open(place.url(), with(Opening::setup));
        engine.engine().maintain([](Transaction& tx) {
            // Back to what the first release had: only its tables and its line of history.
            for (const auto& table : table_names(tx))
                if (table != "schema_migration")
                    tx.connection().script("DROP TABLE " + table +
                                           (tx.dialect() == Dialect::postgresql ? " CASCADE" : ""));
            tx.execute("DELETE FROM schema_migration");
            apply_migrations(tx, std::span{migrations()}.first(1));
            tx.execute(
                "INSERT INTO storage_idempotency (organisation_id, account_id, request_key, request_sha256, status, "
                "body, at) VALUES ('o', 'a', 'k', 'h', 200, 'kept', 't')");
        });
    }
    EXPECT_EQ(failure_of([&] { (void)Database::open(place.url(), with(Opening::serve)); }), OpenFailure::older);

    int offered = 0;
    auto options = with(Opening::setup);
    options.before_upgrade = [&](Database&) { ++offered; };
    {
        auto upgraded = Database::open(place.url(), options);
        upgraded.engine().maintain([](Transaction& tx) {
            if (tx.dialect() == Dialect::postgresql)
                tx.act_through(Purpose{"backup"});
            EXPECT_EQ(tx.one<std::string>("SELECT body FROM storage_idempotency"), "kept");
            EXPECT_EQ(schema_version(tx, migrations()).state, SchemaState::current);
        });
    }
    EXPECT_EQ(offered, 1);
    EXPECT_NO_THROW((void)Database::open(place.url(), with(Opening::serve)));
}

TEST_P(FirstMigration, IsAskedForOnAnEmptyDatabase)
{
    const storage::testing::EmptyPlace place{GetParam()};

    const auto failure = failure_of([&] { (void)Database::open(place.url(), with(Opening::serve)); });

    EXPECT_EQ(failure, GetParam() == Dialect::sqlite ? OpenFailure::not_found : OpenFailure::not_set_up);
}

TEST(Migration, FilesSayWhoWroteThemAndNeverDeferAForeignKey)
{
    for (const auto& migration : migrations()) {
        EXPECT_NE(migration.sqlite.find("EUPL-1.2"), std::string::npos) << migration.name;
        EXPECT_EQ(migration.sqlite.find("DEFERRABLE"), std::string::npos)
            << migration.name << ": on SQLite a deferred key would fail the COMMIT that neighbours share";
    }
}

} // namespace
