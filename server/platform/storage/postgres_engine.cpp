// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/postgres_engine.hpp"

#include <fmt/format.h>

#include <chrono>
#include <random>
#include <thread>

namespace beproefd::storage {

namespace {

constexpr int most_attempts = 12;
constexpr int attempts_at_unique = 4;
constexpr int attempts_side_by_side = 3;
/// Two servers that set up one database at once wait for each other on this number ("BPFD").
constexpr std::int64_t maintenance_lock = 0x42504644;

/// Waits 1, 2, 4 … up to 128 ms, each time a random part of it, so that two that met do not meet again.
void wait_before_attempt(int attempt)
{
    thread_local std::minstd_rand random{std::random_device{}()};
    const int most = 1000 << std::min(attempt, 7);
    std::this_thread::sleep_for(
        std::chrono::microseconds{std::uniform_int_distribution<int>{most / 4, most}(random)});
}

} // namespace

/// A connection of the pool while someone uses it. A lost connection does not go back.
class PostgresEngine::Lease
{
public:
    explicit Lease(PostgresEngine& engine) : engine_(engine)
    {
        std::unique_lock guard(engine_.mutex_);
        ++engine_.waiting_;
        const bool free = engine_.returned_.wait_for(guard, engine_.options_.patience, [&] {
            return !engine_.idle_.empty() || engine_.open_ < engine_.options_.connections;
        });
        --engine_.waiting_;
        if (!free)
            throw Busy("PostgreSQL: no connection became free in time");
        if (!engine_.idle_.empty()) {
            connection_ = std::move(engine_.idle_.back());
            engine_.idle_.pop_back();
            fresh_ = false;
            return;
        }
        ++engine_.open_;
        guard.unlock();
        try {
            connection_ = std::make_unique<PostgresConnection>(engine_.url_, PostgresConnection::Role::application,
                                                               engine_.options_.patience);
        } catch (...) {
            give_back();
            throw;
        }
    }
    ~Lease() { give_back(); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    PostgresConnection& operator*() const { return *connection_; }
    PostgresConnection* operator->() const { return connection_.get(); }
    /// True when it was opened for this lease, so that a loss is not one of an old connection that died in the pool.
    bool fresh() const { return fresh_; }

private:
    void give_back()
    {
        const bool alive = connection_ && connection_->alive();
        {
            const std::lock_guard guard(engine_.mutex_);
            if (alive)
                engine_.idle_.push_back(std::move(connection_));
            else
                --engine_.open_;
        }
        engine_.returned_.notify_one();
    }

    PostgresEngine& engine_;
    std::unique_ptr<PostgresConnection> connection_;
    bool fresh_ = true;
};

PostgresEngine::PostgresEngine(const std::string& url, const Options& options) : url_(url), options_(options)
{
    // Setup comes before the role of everyday work exists.
    if (options.opening == Opening::setup)
        const PostgresConnection reachable{url, PostgresConnection::Role::owner};
    else
        const Lease reachable{*this};
}

bool PostgresEngine::write(FunctionRef<bool(Transaction&)> work)
{
    if (options_.opening == Opening::inspect)
        throw std::logic_error("the database was opened to inspect, not to change");
    // Who keeps meeting others gets out of their way: after a few conflicts this server's retries go one after
    // another.
    std::unique_lock<std::mutex> turn;
    // A change waits for the turn of the organisation it begins with. Only while it runs it shows for whom else it
    // acts, such as one who is handed a copy; after a conflict it waits for these turns as well.
    std::vector<std::string> met;
    for (int attempt = 0;; ++attempt) {
        if (attempt == attempts_side_by_side)
            turn = std::unique_lock{retry_mutex_};
        std::optional<Lease> connection;
        try {
            connection.emplace(*this);
        } catch (const Busy&) {
            const std::lock_guard guard(mutex_);
            ++statistics_.refused_busy;
            return false;
        }
        try {
            (*connection)->begin(Isolation::write);
            (*connection)->wait_for_turns_of(met);
            Transaction tx{**connection};
            const bool keep = work(tx);
            if (keep && tx.doomed())
                throw Fault("PostgreSQL: the transaction had failed before its end and was rolled back");
            if (keep)
                (*connection)->commit();
            else
                (*connection)->rollback();
            const std::lock_guard guard(mutex_);
            ++statistics_.commits;
            statistics_.changes += keep ? 1 : 0;
            return true;
        } catch (const SerializationFailure&) {
            met = (*connection)->acted_for();
            (*connection)->rollback();
            if (attempt + 1 >= most_attempts) {
                const std::lock_guard guard(mutex_);
                ++statistics_.refused_busy;
                return false;
            }
        } catch (const UniqueViolation&) {
            // Of two that insert the same first row at once, PostgreSQL tells the second this instead of a conflict;
            // with a new view it finds the row of the first. A true violation shows itself again.
            met = (*connection)->acted_for();
            (*connection)->rollback();
            if (attempt + 1 >= attempts_at_unique)
                throw;
        } catch (const Busy&) {
            (*connection)->rollback();
            const std::lock_guard guard(mutex_);
            ++statistics_.refused_busy;
            return false;
        } catch (const Unavailable&) {
            // An old connection may have died in the pool: then the first statement fails and nothing was done yet.
            // After COMMIT was sent the outcome is unknown, and the caller must hear that.
            if ((*connection)->alive() || connection->fresh() || !(*connection)->begun() ||
                attempt + 1 >= most_attempts)
                throw;
        } catch (...) {
            (*connection)->rollback();
            throw;
        }
        connection.reset();
        {
            const std::lock_guard guard(mutex_);
            ++statistics_.retries;
        }
        wait_before_attempt(attempt);
    }
}

void PostgresEngine::write_later(Work work, Told told)
{
    bool accepted = false;
    std::exception_ptr broken;
    try {
        accepted = write([&](Transaction& tx) { return work(tx); });
    } catch (...) {
        broken = std::current_exception();
    }
    told(!accepted && !broken, broken);
}

void PostgresEngine::read(FunctionRef<void(Transaction&)> work)
{
    for (int attempt = 0;; ++attempt) {
        Lease connection{*this};
        try {
            connection->begin(Isolation::read);
            Transaction tx{*connection};
            work(tx);
            connection->commit();
            return;
        } catch (const Unavailable&) {
            if (connection.fresh() || attempt >= options_.connections)
                throw;
        } catch (...) {
            connection->rollback();
            throw;
        }
    }
}

void PostgresEngine::maintain(FunctionRef<void(Transaction&)> work)
{
    PostgresConnection connection{url_, PostgresConnection::Role::owner};
    // Waits until another setup is done, before the view of the transaction is taken; freed with the connection.
    connection.script(fmt::format("SELECT pg_advisory_lock({})", maintenance_lock));
    connection.begin(Isolation::write);
    try {
        Transaction tx{connection};
        work(tx);
        connection.commit();
    } catch (...) {
        connection.rollback();
        throw;
    }
}

Statistics PostgresEngine::statistics() const
{
    const std::lock_guard guard(mutex_);
    auto now = statistics_;
    now.waiting = static_cast<std::size_t>(waiting_);
    return now;
}

} // namespace beproefd::storage
