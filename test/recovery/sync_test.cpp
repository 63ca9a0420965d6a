// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// No answer leaves before its sync: SQLite runs on a file system that notes each write to its log and each sync, and
// at the moment an answer is told nothing of the log may be unsynced.

#include "platform/audit/audit.hpp"
#include "platform/storage/testing.hpp"

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <future>
#include <mutex>
#include <set>

using namespace beproefd;

namespace {

/// The file system of SQLite with two of its calls watched.
class WatchedFiles
{
public:
    static WatchedFiles& instance()
    {
        static WatchedFiles watched;
        return watched;
    }

    std::atomic<int> writes{0};   ///< to the write-ahead log
    std::atomic<int> unsynced{0}; ///< of those, after its last sync
    std::atomic<int> syncs{0};    ///< of the write-ahead log
    std::atomic<bool> fail_sync{false};

private:
    WatchedFiles() : real_(sqlite3_vfs_find(nullptr)), watched_(*real_)
    {
        watched_.zName = "watched";
        watched_.pNext = nullptr;
        watched_.xOpen = [](sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
            auto& self = instance();
            const int code = self.real_->xOpen(self.real_, name, file, flags, out);
            if (code == SQLITE_OK && (flags & SQLITE_OPEN_WAL))
                self.watch(file);
            return code;
        };
        sqlite3_vfs_register(&watched_, /*makeDflt=*/1);
    }

    /// The file keeps its own methods but for these two.
    void watch(sqlite3_file* file)
    {
        if (!methods_) {
            original_ = file->pMethods;
            methods_ = std::make_unique<sqlite3_io_methods>(*original_);
            methods_->xWrite = [](sqlite3_file* log, const void* bytes, int size, sqlite3_int64 at) {
                auto& self = instance();
                ++self.writes;
                ++self.unsynced;
                return self.original_->xWrite(log, bytes, size, at);
            };
            methods_->xSync = [](sqlite3_file* log, int flags) {
                auto& self = instance();
                if (self.fail_sync)
                    return SQLITE_IOERR_FSYNC;
                const int code = self.original_->xSync(log, flags);
                ++self.syncs;
                self.unsynced = 0;
                return code;
            };
        }
        file->pMethods = methods_.get();
    }

    sqlite3_vfs* real_;
    sqlite3_vfs watched_;
    const sqlite3_io_methods* original_ = nullptr;
    std::unique_ptr<sqlite3_io_methods> methods_;
};

class Sync : public ::testing::Test
{
protected:
    void SetUp() override
    {
        files.fail_sync = false;
        storage::Options options;
        options.opening = storage::Opening::setup;
        database = std::make_unique<storage::Database>(storage::Database::open(place.url(), options));
    }
    storage::Database& db() { return *database; }
    Result<std::int64_t> record(storage::Transaction& tx)
    {
        tx.act_for(organisation);
        audit::record(tx, {organisation, std::nullopt, "system"}, "test.write", {"a", "b"});
        return tx.one<std::int64_t>("SELECT COUNT(*) FROM audit_entry");
    }

    WatchedFiles& files = WatchedFiles::instance();
    storage::testing::EmptyPlace place{storage::Dialect::sqlite};
    std::unique_ptr<storage::Database> database;
    OrganisationId organisation = OrganisationId::create();
};

TEST_F(Sync, HappensBeforeEachAnswer)
{
    for (int number = 0; number < 100; ++number) {
        const int writes = files.writes;
        const int syncs = files.syncs;

        ASSERT_TRUE(db().transact([&](storage::Transaction& tx) { return record(tx); }));

        EXPECT_GT(files.writes, writes);
        EXPECT_GT(files.syncs, syncs);
        EXPECT_EQ(files.unsynced, 0);
    }
}

TEST_F(Sync, HappensOnceBeforeAllAnswersOfAGroup)
{
    constexpr int count = 200;
    std::atomic<int> told = 0, early = 0;
    std::promise<void> all;
    std::promise<void> release;
    auto released = release.get_future();
    db().transact_async([&](storage::Transaction&) -> Result<void> { return released.wait(), Done{}; },
                        [](std::optional<Result<void>>, std::exception_ptr) {});
    for (int number = 0; number < count; ++number)
        db().transact_async([&](storage::Transaction& tx) { return record(tx); },
                            [&](std::optional<Result<std::int64_t>> answer, std::exception_ptr) {
                                early += files.unsynced != 0 || !answer || !*answer ? 1 : 0;
                                if (++told == count)
                                    all.set_value();
                            });
    const int syncs = files.syncs;

    release.set_value();
    all.get_future().wait();

    EXPECT_EQ(early, 0);
    EXPECT_GT(files.syncs, syncs);
    EXPECT_LT(files.syncs, syncs + count / 10);
}

TEST_F(Sync, AlsoComesBeforeARefusalThatRestsOnANeighbour)
{
    std::promise<void> release;
    auto released = release.get_future();
    std::promise<int> told;
    db().transact_async([&](storage::Transaction&) -> Result<void> { return released.wait(), Done{}; },
                        [](std::optional<Result<void>>, std::exception_ptr) {});
    db().transact_async([&](storage::Transaction& tx) { return record(tx); },
                        [](std::optional<Result<std::int64_t>>, std::exception_ptr) {});
    db().transact_async(
        [&](storage::Transaction& tx) -> Result<std::int64_t> {
            if (*record(tx) > 1)
                return refuse({"ceiling-reached", ""});
            return 0;
        },
        [&](std::optional<Result<std::int64_t>> answer, std::exception_ptr) {
            told.set_value(answer && !*answer ? files.unsynced.load() : -1);
        });

    release.set_value();

    EXPECT_EQ(told.get_future().get(), 0);
}

TEST_F(Sync, ThatFailsIsNeverAcknowledged)
{
    ASSERT_TRUE(db().transact([&](storage::Transaction& tx) { return record(tx); }));

    files.fail_sync = true;
    EXPECT_THROW((void)db().transact([&](storage::Transaction& tx) { return record(tx); }), storage::Fault);
    files.fail_sync = false;

    const auto after = db().transact([&](storage::Transaction& tx) { return record(tx); });
    ASSERT_TRUE(after);
    EXPECT_EQ(*after, 2);
    EXPECT_TRUE(audit::verify(db()).damages.empty());
}

} // namespace
