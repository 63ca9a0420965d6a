// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/transaction.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace beproefd::storage {

/// The queue of writers, or the pool of connections, is full.
inline constexpr Reason reason_storage_busy{"storage-busy", ""};

/// What the database is opened for.
enum class Opening {
    setup,   ///< create or upgrade: makes the SQLite file, holds its lock, applies the migrations
    serve,   ///< everyday work of the one process that writes: holds the lock; the schema must be the present one
    inspect, ///< only read, beside a running server; transact() throws std::logic_error
};

class Database;

struct Options {
    Opening opening = Opening::serve;
    /// SQLite: connections that read at once. 0: twice the processor cores.
    int readers = 0;
    /// SQLite: page cache of all connections together.
    int cache_kibibytes = 16 * 1024;
    /// PostgreSQL: connections at most.
    int connections = 16;
    /// How many changes may wait for their turn (SQLite) before transact() answers busy.
    std::size_t queue = 1000;
    /// How long a reader or a PostgreSQL writer waits for a free connection, and on PostgreSQL a writer for the turn
    /// of its organisation, before it hears that the database is busy.
    std::chrono::milliseconds patience{10'000};
    /// Gets lines for the operator's log, such as a change that held the writer for longer than 50 ms.
    std::function<void(std::string_view)> log = [](std::string_view) {};
    /// Opening::setup calls this before it changes the schema of an older database; write a backup here.
    std::function<void(Database&)> before_upgrade{};
};

/// How busy the database is; for /metrics.
struct Statistics {
    std::uint64_t commits = 0;      ///< groups on SQLite, transactions on PostgreSQL
    std::uint64_t changes = 0;      ///< transact() calls that were kept
    std::uint64_t refused_busy = 0; ///< transact() calls that found the queue full
    std::uint64_t retries = 0;      ///< transactions run again after a conflict (PostgreSQL)
    std::size_t waiting = 0;        ///< changes in the queue now
};

/// The engine behind a Database; the files of this folder have one for SQLite and one for PostgreSQL.
class Engine
{
public:
    /// Answers true when what it did is to be kept. May be run again after a conflict: no effects outside tx.
    using Work = std::function<bool(Transaction&)>;
    /// Told once, after the COMMIT has reached the disk or the work was refused. busy: it was never run.
    /// broken: it failed, and nothing of it was kept.
    using Told = std::function<void(bool busy, std::exception_ptr broken)>;

    virtual ~Engine() = default;
    virtual Dialect dialect() const = 0;
    /// False when busy. Throws what the work threw, or a Fault.
    virtual bool write(FunctionRef<bool(Transaction&)> work) = 0;
    virtual void write_later(Work work, Told told) = 0;
    virtual void read(FunctionRef<void(Transaction&)> work) = 0;
    /// A transaction of the owner of the tables, alone with the database: for migrations and restore.
    virtual void maintain(FunctionRef<void(Transaction&)> work) = 0;
    virtual void copy_to(const std::string& file) = 0;
    virtual Statistics statistics() const = 0;
};

/// The one database of the installation. Safe to use from any thread.
class Database
{
public:
    /// Opens "sqlite:PATH" or "postgresql://…" (what libpq takes). Throws CannotOpen with one plain sentence.
    static Database open(const std::string& url, const Options& options = {});

    /// Changes as one whole: kept when `work` answers a value, undone when it answers a Problem or throws.
    /// Serialisable. Returns after the change is safe on disk. `work` returns a Result and may run more than once, so
    /// it does nothing that cannot be undone: messages to others are rows of an outbox. Answers busy (503) when too
    /// many wait. Not to be called from within another transaction of this database.
    template<class Work>
    auto transact(Work work) -> std::invoke_result_t<Work&, Transaction&>
    {
        using Answer = std::invoke_result_t<Work&, Transaction&>;
        std::optional<Answer> answer;
        const auto run = [&](Transaction& tx) {
            answer.reset();
            answer.emplace(work(tx));
            return answer->has_value();
        };
        if (!engine_->write(run))
            return busy();
        return std::move(*answer);
    }

    /// As transact(), for one organisation from the start.
    template<class Work>
    auto transact(const OrganisationId& organisation, Work work) -> std::invoke_result_t<Work&, Transaction&>
    {
        return transact([&](Transaction& tx) {
            tx.act_for(organisation);
            return work(tx);
        });
    }

    /// As transact(), without a thread that waits: `done` gets the answer and an exception pointer that is empty
    /// unless something broke (then the answer is empty). On SQLite `done` runs on the writer's thread and must be
    /// short, such as handing the answer to an event loop; on PostgreSQL all of it is done on the calling thread.
    template<class Work, class Done>
    void transact_async(Work work, Done done)
    {
        using Answer = std::invoke_result_t<Work&, Transaction&>;
        struct State {
            Work work;
            Done done;
            std::optional<Answer> answer;
        };
        auto state = std::make_shared<State>(State{std::move(work), std::move(done), {}});
        engine_->write_later(
            [state](Transaction& tx) {
                state->answer.reset();
                state->answer.emplace(state->work(tx));
                return state->answer->has_value();
            },
            [state](bool was_busy, std::exception_ptr broken) {
                if (was_busy)
                    state->answer = busy();
                if (broken)
                    state->answer.reset();
                state->done(std::move(state->answer), broken);
            });
    }

    /// Reads one unchanging view, beside the writer. `work` may return anything.
    template<class Work>
    auto read(Work work) const -> std::invoke_result_t<Work&, Transaction&>
    {
        using Answer = std::invoke_result_t<Work&, Transaction&>;
        if constexpr (std::is_void_v<Answer>) {
            engine_->read([&](Transaction& tx) { work(tx); });
        } else {
            std::optional<Answer> answer;
            engine_->read([&](Transaction& tx) {
                answer.reset();
                answer.emplace(work(tx));
            });
            return std::move(*answer);
        }
    }

    /// As read(), for one organisation from the start.
    template<class Work>
    auto read(const OrganisationId& organisation, Work work) const -> std::invoke_result_t<Work&, Transaction&>
    {
        return read([&](Transaction& tx) {
            tx.act_for(organisation);
            return work(tx);
        });
    }

    Dialect dialect() const { return engine_->dialect(); }
    Statistics statistics() const { return engine_->statistics(); }
    Engine& engine() const { return *engine_; }

private:
    explicit Database(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
    static Problem busy() { return {ProblemKind::busy, reason_storage_busy, {}, {}, 1}; }

    std::unique_ptr<Engine> engine_;
};

} // namespace beproefd::storage
