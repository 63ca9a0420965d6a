// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/backup.hpp"

#include "platform/storage/idempotency.hpp"
#include "platform/storage/testing.hpp"

#include <atomic>
#include <fstream>
#include <thread>

using namespace beproefd;
using namespace beproefd::storage;

namespace {

/// From each engine into each engine.
class Backup : public ::testing::TestWithParam<std::tuple<Dialect, Dialect>>
{
protected:
    static Database set_up(const std::string& url)
    {
        Options options;
        options.opening = Opening::setup;
        return Database::open(url, options);
    }
    static void add(Database& db, const OrganisationId& organisation, int number)
    {
        ASSERT_TRUE(db.transact(organisation, [&](Transaction& tx) -> Result<void> {
            keep_answer(tx, {"account", std::to_string(number), "hash"}, {201, "body — é", {}, {}}, Instant{});
            return Done{};
        }));
    }
    static std::int64_t count(Database& db)
    {
        return db.read([](Transaction& tx) {
            tx.act_through(housekeeping_purpose);
            return tx.one<std::int64_t>("SELECT COUNT(*) FROM storage_idempotency WHERE body = 'body — é'");
        });
    }

    storage::testing::EmptyPlace from{std::get<0>(GetParam())};
    storage::testing::EmptyPlace to{std::get<1>(GetParam())};
    OrganisationId own = OrganisationId::create();
    OrganisationId other = OrganisationId::create();
};
INSTANTIATE_TEST_SUITE_P(Of, Backup,
                         ::testing::Combine(::testing::Values(Dialect::sqlite, Dialect::postgresql),
                                            ::testing::Values(Dialect::sqlite, Dialect::postgresql)),
                         [](const auto& info) {
                             const auto name = [](Dialect dialect) {
                                 return dialect == Dialect::sqlite ? "Sqlite" : "Postgresql";
                             };
                             return std::string{name(std::get<0>(info.param))} + "To" + name(std::get<1>(info.param));
                         });

TEST_P(Backup, HoldsOneMomentOfADatabaseInUseAndIsRestoredWhole)
{
    auto db = set_up(from.url());
    const auto file = (from.folder() / "backup.beproefd").string();
    for (int number = 0; number < 200; ++number)
        add(db, number % 2 ? own : other, number);

    std::atomic<bool> stop = false;
    std::atomic<int> next = 200;
    std::thread busy([&] {
        while (!stop)
            add(db, own, next++);
    });
    const auto at_least = count(db);
    backup(db, file);
    stop = true;
    busy.join();
    restore(to.url(), file);

    auto restored = Database::open(to.url());
    EXPECT_GE(count(restored), at_least);
    EXPECT_LE(count(restored), next);
    add(restored, own, 1'000'000);
}

TEST_P(Backup, HoldsFilesByteByByte)
{
    auto db = set_up(from.url());
    std::string content;
    for (int value = 0; value < 256; ++value)
        content += static_cast<char>(value);
    ASSERT_TRUE(db.transact(own, [&](Transaction& tx) -> Result<void> {
        tx.execute(
            "INSERT INTO jobs_job (organisation_id, id, kind, account_id, state, progress, result, created_at, "
            "ended_at) VALUES ($1, 'job', 'test', 'account', 'done', 100, '{}', 'then', 'later')",
            own);
        tx.execute("INSERT INTO jobs_file (organisation_id, job_id, name, media_type, size, sha256, content) "
                   "VALUES ($1, 'job', 'a.bin', 'application/octet-stream', 256, 'hash', $2)",
                   own, Bytes{content});
        return Done{};
    }));
    const auto file = (from.folder() / "backup.beproefd").string();

    backup(db, file);
    restore(to.url(), file);

    auto restored = Database::open(to.url());
    const auto read = restored.read(own, [](Transaction& tx) {
        return tx.one<std::tuple<FileContent, std::string>>("SELECT content, name FROM jobs_file");
    });
    EXPECT_EQ(std::get<0>(read).bytes, content);
    EXPECT_EQ(std::get<1>(read), "a.bin");
}

TEST_P(Backup, IsRestoredOnlyIntoAnEmptyDatabase)
{
    const auto file = (from.folder() / "backup.beproefd").string();
    {
        auto db = set_up(from.url());
        backup(db, file);
        EXPECT_THROW(backup(db, file), CannotOpen);
    }
    (void)set_up(to.url());

    EXPECT_THROW(restore(to.url(), file), CannotOpen);
}

TEST_P(Backup, IsRefusedWhenItIsDamaged)
{
    const auto file = (from.folder() / "backup.beproefd").string();
    {
        auto db = set_up(from.url());
        for (int number = 0; number < 50; ++number)
            add(db, own, number);
        backup(db, file);
    }
    {
        std::fstream damaged(file, std::ios::in | std::ios::out | std::ios::binary);
        damaged.seekp(4096);
        damaged << std::string(8192, 'x');
    }

    EXPECT_THROW(restore(to.url(), file), CannotOpen);
}

/// A cell of a page in the middle of the file, which opening does not look at.
TEST(BackupOfADamagedDatabase, IsRefusedAndLeavesNothing)
{
    storage::testing::EmptyPlace place{Dialect::sqlite};
    Options options;
    options.opening = Opening::setup;
    (void)Database::open(place.url(), options);
    const auto path = place.url().substr(std::string_view{"sqlite:"}.size());
    const auto file = (place.folder() / "backup.beproefd").string();
    {
        std::fstream damaged(path, std::ios::in | std::ios::out | std::ios::binary);
        for (const int page : {9, 12, 15}) {
            damaged.seekp(4096 * page);
            damaged << std::string(4096, 'x');
        }
        ASSERT_TRUE(damaged);
    }

    const auto damaged = Database::open(place.url(), {.opening = Opening::inspect});
    EXPECT_THROW(backup(damaged, file), Corrupt);

    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_FALSE(std::filesystem::exists(file + ".unfinished"));
}

} // namespace
