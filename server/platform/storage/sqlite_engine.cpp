// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/sqlite_engine.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

namespace beproefd::storage {

namespace {

constexpr std::size_t group_most_jobs = 256;
constexpr std::chrono::milliseconds group_most_time{5};
constexpr std::chrono::milliseconds slow_job{50};
constexpr int checkpoint_every_pages = 1000;     // 4 MB
constexpr int checkpoint_restart_pages = 16'000; // 64 MB

const auto ignore_rows = [](const Row&) { return true; };

/// Set while this thread is the writer's, so that a transaction within a transaction is seen instead of waiting
/// forever.
thread_local const void* writing_for = nullptr;

} // namespace

SqliteEngine::SqliteEngine(const std::string& path, const Options& options) : path_(path), options_(options)
{
    namespace fs = std::filesystem;
    std::error_code ignored;
    const bool there = fs::exists(path, ignored);
    if (fs::is_directory(path, ignored))
        throw CannotOpen(OpenFailure::not_found, fmt::format("{} is a folder; name a file in it.", path));
    if (!there && options.opening != Opening::setup)
        throw CannotOpen(
            OpenFailure::not_found,
            fmt::format("There is no database {}; make it with `beproefd setup --database sqlite:{}`.", path, path));

    readers_most_ = options.readers > 0 ? options.readers
                                        : 2 * std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const bool writes = options.opening != Opening::inspect;
    if (writes) {
        lock_.emplace(path);
        writer_ = std::make_unique<SqliteConnection>(path, SqliteSettings{options.opening == Opening::setup
                                                                              ? SqliteSettings::Mode::create
                                                                              : SqliteSettings::Mode::write,
                                                                          options.cache_kibibytes / 4});
        // Copying the log into the file is done beside the writer, so that nobody waits for it.
        checkpointer_ = std::make_unique<SqliteConnection>(path, SqliteSettings{SqliteSettings::Mode::write, 256});
        thread_ = std::thread([this] { write_until_stopped(); });
        checkpoint_thread_ = std::thread([this] { checkpoint_until_stopped(); });
    } else {
        // Open one now, so that a damaged file is told at once.
        idle_readers_.push_back(std::make_unique<SqliteConnection>(
            path, SqliteSettings{SqliteSettings::Mode::read, options.cache_kibibytes / readers_most_}));
        readers_open_ = 1;
    }
}

SqliteEngine::~SqliteEngine()
{
    {
        const std::lock_guard guard(queue_mutex_);
        stopping_ = true;
    }
    queue_filled_.notify_all();
    if (thread_.joinable())
        thread_.join();
    {
        const std::lock_guard guard(checkpoint_mutex_);
        checkpoint_stopping_ = true;
    }
    checkpoint_due_.notify_all();
    if (checkpoint_thread_.joinable())
        checkpoint_thread_.join();
    idle_readers_.clear();
}

SqliteConnection& SqliteEngine::writer()
{
    if (!writer_)
        throw std::logic_error("the database was opened to inspect, not to change");
    return *writer_;
}

bool SqliteEngine::enqueue(Job job)
{
    {
        const std::lock_guard guard(queue_mutex_);
        if (queue_.size() >= options_.queue || stopping_) {
            ++statistics_.refused_busy;
            return false;
        }
        queue_.push_back(std::move(job));
        if (queue_.size() > 1)
            return true; // the writer was woken for the first one and takes all it finds
    }
    queue_filled_.notify_one();
    return true;
}

bool SqliteEngine::write(FunctionRef<bool(Transaction&)> work)
{
    writer();
    if (writing_for == this)
        throw std::logic_error("a transaction within a transaction of the same database");

    struct Waiter {
        std::mutex mutex;
        std::condition_variable finished;
        bool done = false;
        std::exception_ptr broken;
    } waiter;
    const bool accepted = enqueue({[&](Transaction& tx) { return work(tx); },
                                   [&](bool, std::exception_ptr broken) {
                                       const std::lock_guard guard(waiter.mutex);
                                       waiter.broken = std::move(broken);
                                       waiter.done = true;
                                       waiter.finished.notify_one(); // under the lock: the waiter may vanish after it
                                   }});
    if (!accepted)
        return false;
    std::unique_lock guard(waiter.mutex);
    waiter.finished.wait(guard, [&] { return waiter.done; });
    if (waiter.broken)
        std::rethrow_exception(waiter.broken);
    return true;
}

void SqliteEngine::write_later(Work work, Told told)
{
    writer();
    auto tell = std::make_shared<Told>(std::move(told));
    if (!enqueue(
            {std::move(work), [tell](bool busy, std::exception_ptr broken) { (*tell)(busy, std::move(broken)); }}))
        (*tell)(true, nullptr);
}

void SqliteEngine::write_until_stopped()
{
    writing_for = this;
    std::vector<Job> group;
    for (;;) {
        {
            std::unique_lock guard(queue_mutex_);
            queue_filled_.wait(guard, [&] { return !queue_.empty() || stopping_; });
            if (queue_.empty())
                return;
        }
        run_group(group);
        for (auto& job : group)
            job.told(false, std::move(job.broken));
        group.clear();
        checkpoint_when_due();
    }
}

void SqliteEngine::run_group(std::vector<Job>& group)
{
    std::uint64_t kept = 0;
    try {
        writer_->begin(Isolation::write);
        const auto began = std::chrono::steady_clock::now();
        std::size_t done = 0;
        for (;;) {
            // Take what waits now in one go: one lock for many changes.
            {
                const std::lock_guard guard(queue_mutex_);
                while (!queue_.empty() && group.size() < group_most_jobs) {
                    group.push_back(std::move(queue_.front()));
                    queue_.pop_front();
                }
            }
            if (done == group.size())
                break;
            for (; done < group.size(); ++done)
                run_job(group[done]);
            if (group.size() >= group_most_jobs || std::chrono::steady_clock::now() - began >= group_most_time)
                break;
        }
        writer_->commit();
        for (const auto& job : group)
            kept += job.kept ? 1 : 0;
    } catch (...) {
        writer_->rollback();
        // Nothing of the group was kept, so nobody may hear otherwise.
        if (group.empty()) {
            const std::lock_guard guard(queue_mutex_);
            while (!queue_.empty()) {
                group.push_back(std::move(queue_.front()));
                queue_.pop_front();
            }
        }
        for (auto& job : group)
            job.broken = std::current_exception();
        kept = 0;
    }
    const std::lock_guard guard(queue_mutex_);
    ++statistics_.commits;
    statistics_.changes += kept;
}

void SqliteEngine::run_job(Job& job)
{
    const auto began = std::chrono::steady_clock::now();
    bool keep = false;
    writer_->run("SAVEPOINT job", {}, ignore_rows);
    try {
        Transaction tx{*writer_};
        keep = job.work(tx);
        if (keep && tx.doomed())
            throw Fault("SQLite: the transaction had failed before its end and was rolled back");
        if (keep && writer_->has_open_foreign_keys())
            throw ForeignKeyViolation("SQLite: a deferred foreign key is still open at the end of the transaction");
    } catch (...) {
        job.broken = std::current_exception();
        keep = false;
        // A full disk or a failing one ends the transaction of the whole group by itself.
        if (!writer_->in_transaction())
            throw;
    }
    if (!keep)
        writer_->run("ROLLBACK TO SAVEPOINT job", {}, ignore_rows);
    writer_->run("RELEASE SAVEPOINT job", {}, ignore_rows);
    job.kept = keep;

    const auto took = std::chrono::steady_clock::now() - began;
    if (took > slow_job)
        options_.log(fmt::format("a change held the writer of the database for {} ms",
                                 std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
}

void SqliteEngine::checkpoint_when_due()
{
    const int pages = writer_->log_pages();
    if (pages < checkpointed_at_)
        checkpointed_at_ = restarted_at_ = 0; // the log was begun anew
    if (pages - checkpointed_at_ < checkpoint_every_pages)
        return;
    checkpointed_at_ = pages;
    if (pages - restarted_at_ >= checkpoint_restart_pages) {
        // Under a load that never pauses the log only becomes short when the writer itself waits for the copying.
        restarted_at_ = pages - checkpoint_restart_pages + checkpoint_every_pages;
        writer_->checkpoint(/*restart=*/true);
        return;
    }
    {
        const std::lock_guard guard(checkpoint_mutex_);
        checkpoint_wanted_ = true;
    }
    checkpoint_due_.notify_one();
}

void SqliteEngine::checkpoint_until_stopped()
{
    std::unique_lock guard(checkpoint_mutex_);
    for (;;) {
        checkpoint_due_.wait(guard, [&] { return checkpoint_wanted_ || checkpoint_stopping_; });
        if (checkpoint_stopping_)
            return;
        checkpoint_wanted_ = false;
        guard.unlock();
        checkpointer_->checkpoint(/*restart=*/false);
        guard.lock();
    }
}

void SqliteEngine::read(FunctionRef<void(Transaction&)> work)
{
    std::unique_ptr<SqliteConnection> connection;
    {
        std::unique_lock guard(readers_mutex_);
        const bool free = reader_returned_.wait_for(
            guard, options_.patience, [&] { return !idle_readers_.empty() || readers_open_ < readers_most_; });
        if (!free)
            throw Busy("SQLite: no reader became free in time");
        if (!idle_readers_.empty()) {
            connection = std::move(idle_readers_.back()); // the last one used has the warmest cache
            idle_readers_.pop_back();
        } else {
            ++readers_open_;
        }
    }
    struct Return {
        SqliteEngine& engine;
        std::unique_ptr<SqliteConnection>& connection;
        ~Return()
        {
            if (connection)
                connection->rollback();
            const std::lock_guard guard(engine.readers_mutex_);
            if (connection)
                engine.idle_readers_.push_back(std::move(connection));
            else
                --engine.readers_open_;
            engine.reader_returned_.notify_one();
        }
    } const give_back{*this, connection};

    if (!connection)
        connection = std::make_unique<SqliteConnection>(
            path_, SqliteSettings{SqliteSettings::Mode::read, options_.cache_kibibytes * 3 / 4 / readers_most_});
    connection->begin(Isolation::read);
    Transaction tx{*connection};
    work(tx);
    connection->commit();
}

void SqliteEngine::maintain(FunctionRef<void(Transaction&)> work)
{
    write([&](Transaction& tx) {
        work(tx);
        return true;
    });
}

Statistics SqliteEngine::statistics() const
{
    const std::lock_guard guard(queue_mutex_);
    auto now = statistics_;
    now.waiting = queue_.size();
    return now;
}

} // namespace beproefd::storage
