// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// kill -9 at any moment loses nothing that was acknowledged: a child process writes with eight threads and tells each
// write after its transaction returned; the parent kills it in the middle, opens the database and looks for every
// one.

#include "platform/audit/audit.hpp"
#include "platform/storage/idempotency.hpp"
#include "platform/storage/testing.hpp"

#include <csignal>
#include <cstdlib>
#include <random>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace beproefd;

namespace {

constexpr int threads = 8;

/// Runs in the child until it is killed.
[[noreturn]] void write_without_end(const std::string& url, const std::vector<OrganisationId>& organisations,
                                    std::int32_t first, int pipe)
{
    auto db = storage::Database::open(url);
    std::vector<std::thread> writers;
    for (std::int32_t thread = 0; thread < threads; ++thread)
        writers.emplace_back([&, thread] {
            const auto& organisation = organisations[static_cast<std::size_t>(thread)];
            for (std::int32_t number = first + thread;; number += threads) {
                const auto kept = db.transact(organisation, [&](storage::Transaction& tx) -> Result<void> {
                    storage::keep_answer(tx, {"account", std::to_string(number), "hash"}, {201, "body", {}, {}},
                                         Instant{});
                    audit::record(tx, {organisation, std::nullopt, "system"}, "test.write",
                                  {"number", std::to_string(number)});
                    return Done{};
                });
                // Small enough to be written whole, whoever else writes.
                if (kept && write(pipe, &number, sizeof number) != sizeof number)
                    _exit(1);
            }
        });
    for (auto& writer : writers)
        writer.join();
    _exit(0);
}

class Kill : public storage::testing::BothDatabases
{
protected:
    /// Of every write that was kept.
    std::set<std::string> keys()
    {
        const auto held = db().read([](storage::Transaction& tx) {
            tx.act_through(storage::housekeeping_purpose);
            return tx.select<std::string>("SELECT request_key FROM storage_idempotency");
        });
        return {held.begin(), held.end()};
    }
    static int wanted()
    {
        const char* const text = std::getenv("BEPROEFD_RECOVERY_WRITES");
        return text ? std::atoi(text) : 10'000;
    }
};
INSTANTIATE_BOTH_DATABASES(Kill);

TEST_P(Kill, LosesNoAcknowledgedWriteAndLeavesNoHalfOne)
{
    std::vector<OrganisationId> organisations;
    for (int thread = 0; thread < threads; ++thread)
        organisations.push_back(OrganisationId::create());
    close();

    std::minstd_rand random{std::random_device{}()};
    std::set<std::int32_t> acknowledged;
    std::int32_t first = 0;
    int kills = 0;
    while (static_cast<int>(acknowledged.size()) < wanted()) {
        int ends[2];
        ASSERT_EQ(pipe(ends), 0);
        const pid_t child = fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(ends[0]);
            try {
                write_without_end(url(), organisations, first, ends[1]);
            } catch (const std::exception& error) {
                std::fprintf(stderr, "%s\n", error.what());
            }
            _exit(1);
        }
        ::close(ends[1]);
        const auto round =
            std::uniform_int_distribution<std::size_t>{wanted() / 20u + 1u, wanted() / 5u + 2u}(random);
        const auto goal = acknowledged.size() + round;
        std::int32_t number = 0;
        bool killed = false;
        while (read(ends[0], &number, sizeof number) == sizeof number) {
            acknowledged.insert(number);
            if (!killed && acknowledged.size() >= goal) {
                kill(child, SIGKILL);
                killed = true; // what is still in the pipe was acknowledged too
            }
        }
        ::close(ends[0]);
        int status = 0;
        waitpid(child, &status, 0);
        ASSERT_TRUE(killed && WIFSIGNALED(status)) << "the writer ended by itself";
        ++kills;

        reopen();
        auto kept = keys();
        auto verification = audit::verify(db());
        // PostgreSQL may still finish a COMMIT of the killed client: look until nothing came between the two looks.
        for (auto later = keys(); later != kept; later = keys()) {
            kept = std::move(later);
            verification = audit::verify(db());
        }
        for (const auto told : acknowledged)
            ASSERT_TRUE(kept.contains(std::to_string(told))) << "write " << told << " was acknowledged and is gone";
        ASSERT_TRUE(verification.damages.empty()) << verification.damages[0].what;
        // A write and its audit entry are there together, or neither is.
        ASSERT_EQ(verification.entries, static_cast<std::int64_t>(kept.size()));
        // The next child begins above every number, also of those kept but never told.
        for (const auto& text : kept)
            first = std::max(first, (std::atoi(text.c_str()) / threads + 1) * threads);
        close();
    }
    RecordProperty("acknowledged", static_cast<int>(acknowledged.size()));
    RecordProperty("kills", kills);
}

} // namespace
