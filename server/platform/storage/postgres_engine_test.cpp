// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/idempotency.hpp"
#include "platform/storage/testing.hpp"

#include <atomic>
#include <future>
#include <thread>
#include <vector>

using namespace beproefd;
using namespace beproefd::storage;

namespace {

/// On PostgreSQL changes of one organisation take turns; SQLite has one writer for all.
class Turns : public storage::testing::BothDatabases
{
protected:
    /// What an audit entry does to its chain: it reads the last row and writes the next one.
    static Result<void> follow_the_last(Transaction& tx)
    {
        const auto number = tx.one<std::int64_t>("SELECT COUNT(*) FROM storage_idempotency");
        keep_answer(tx, {"account", std::to_string(number), "hash"}, {201, "{}", {}, {}}, Instant{});
        return Done{};
    }
    std::int64_t rows_of(const OrganisationId& organisation)
    {
        return db().read(organisation, [](Transaction& tx) {
            return tx.one<std::int64_t>("SELECT COUNT(*) FROM storage_idempotency");
        });
    }
    static std::int64_t turns_held_by(Transaction& tx)
    {
        return tx.one<std::int64_t>("SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND "
                                    "pid = pg_backend_pid()");
    }
    /// Of this database, so that other tests on the same server do not count.
    std::int64_t turns(bool granted)
    {
        return db().read([&](Transaction& tx) {
            return tx.one<std::int64_t>(
                "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND CAST(granted AS INTEGER) = $1 AND "
                "database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                granted);
        });
    }

    OrganisationId own = OrganisationId::create();
    OrganisationId other = OrganisationId::create();
};
INSTANTIATE_TEST_SUITE_P(On, Turns, ::testing::Values(Dialect::postgresql), storage::testing::dialect_name);

TEST_P(Turns, LetTheSecondSeeWhatTheFirstHasWritten)
{
    std::promise<void> first_has_read;
    std::promise<void> first_may_go_on;
    std::atomic<bool> second_is_done = false;
    int attempts = 0;
    std::thread first([&] {
        EXPECT_TRUE(db().transact(own, [&](Transaction& tx) -> Result<void> {
            (void)tx.one<std::int64_t>("SELECT COUNT(*) FROM storage_idempotency");
            if (++attempts == 1) {
                first_has_read.set_value();
                first_may_go_on.get_future().wait();
            }
            return follow_the_last(tx);
        }));
    });
    first_has_read.get_future().wait();

    std::thread second([&] {
        EXPECT_TRUE(db().transact(own, [&](Transaction& tx) { return follow_the_last(tx); }));
        second_is_done = true;
    });
    while (turns(false) == 0 && !second_is_done)
        std::this_thread::yield();
    first_may_go_on.set_value();
    first.join();
    second.join();

    EXPECT_EQ(rows_of(own), 2);
    EXPECT_EQ(attempts, 1);
    EXPECT_EQ(db().statistics().retries, 0u);
}

TEST_P(Turns, LetManyWritersOfOneOrganisationAllThrough)
{
    constexpr int writers = 24;
    constexpr int changes = 5;
    std::atomic<int> refused = 0;
    Options options;
    options.patience = std::chrono::minutes{10}; // however slow the disk
    reopen(options);

    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&] {
            for (int change = 0; change < changes; ++change)
                if (!db().transact(own, [&](Transaction& tx) { return follow_the_last(tx); }))
                    ++refused;
        });
    for (auto& thread : threads)
        thread.join();

    EXPECT_EQ(refused, 0);
    EXPECT_EQ(db().statistics().retries, 0u);
    EXPECT_EQ(rows_of(own), writers * changes);
}

TEST_P(Turns, DoNotHoldUpAnotherOrganisation)
{
    ASSERT_TRUE(db().transact(own, [&](Transaction& tx) -> Result<void> {
        (void)tx.one<std::int64_t>("SELECT COUNT(*) FROM storage_idempotency");
        std::thread([&] {
            EXPECT_TRUE(db().transact(other, [&](Transaction& inner) { return follow_the_last(inner); }));
        }).join();
        return Done{};
    }));

    EXPECT_EQ(rows_of(other), 1);
}

TEST_P(Turns, AreAwaitedForEveryOrganisationThatWasMetBeforeAConflict)
{
    std::vector<std::int64_t> held;

    ASSERT_TRUE(db().transact(own, [&](Transaction& tx) -> Result<void> {
        held.push_back(turns_held_by(tx));
        tx.on_behalf_of(other, [&] {
            (void)follow_the_last(tx);
            if (held.size() == 1)
                throw SerializationFailure("someone handed in a copy there at the same time");
        });
        return Done{};
    }));

    EXPECT_EQ(held, (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(rows_of(other), 1);
}

TEST_P(Turns, AreGivenBackHoweverTheChangeEnds)
{
    const auto insert = [](Transaction& tx) {
        keep_answer(tx, {"account", "key", "hash"}, {201, "{}", {}, {}}, Instant{});
    };

    ASSERT_TRUE(db().transact(own, [&](Transaction& tx) -> Result<void> { return insert(tx), Done{}; }));
    EXPECT_EQ(turns(true), 0) << "after a commit";

    EXPECT_FALSE(db().transact(own, [&](Transaction& tx) -> Result<void> {
        (void)tx.one<std::int64_t>("SELECT COUNT(*) FROM storage_idempotency");
        return refuse({"no", ""});
    }));
    EXPECT_EQ(turns(true), 0) << "after a refusal";

    EXPECT_THROW(
        (void)db().transact(
            own, [&](Transaction& tx) -> Result<std::int64_t> { return tx.execute("UPDATE nothing SET a = 1"); }),
        Fault);
    EXPECT_EQ(turns(true), 0) << "after a fault of the first statement";

    EXPECT_THROW((void)db().transact(own,
                                     [&](Transaction& tx) -> Result<void> {
                                         insert(tx);
                                         throw std::runtime_error("broke");
                                     }),
                 std::runtime_error);
    EXPECT_EQ(turns(true), 0) << "after an exception";
}

TEST_P(Turns, AnswerBusyToWhoWaitsTooLong)
{
    Options options;
    options.patience = std::chrono::milliseconds{100};
    auto impatient = Database::open(url(), options);
    std::optional<Problem> problem;

    ASSERT_TRUE(db().transact(own, [&](Transaction& tx) -> Result<void> {
        (void)tx.one<std::int64_t>("SELECT COUNT(*) FROM storage_idempotency");
        std::thread([&] {
            const auto answer = impatient.transact(own, [&](Transaction& inner) { return follow_the_last(inner); });
            if (!answer)
                problem = answer.error();
        }).join();
        return Done{};
    }));

    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->kind, ProblemKind::busy);
    EXPECT_EQ(rows_of(own), 0);
    EXPECT_TRUE(impatient.transact(own, [&](Transaction& tx) { return follow_the_last(tx); }));
}

} // namespace
