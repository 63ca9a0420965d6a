// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/database.hpp"
#include "platform/storage/file_lock.hpp"
#include "platform/storage/sqlite_connection.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace beproefd::storage {

/// SQLite: one thread writes, and many changes share one COMMIT.
///
/// Each change runs in a savepoint of its own, so a refused or broken one leaves the others untouched. The group is
/// committed when the queue is empty, after 256 changes or after 5 ms, and only then every caller of the group gets
/// its answer, refusals too: they may rest on what a neighbour in the group had just written.
class SqliteEngine final : public Engine
{
public:
    SqliteEngine(const std::string& path, const Options& options);
    ~SqliteEngine() override;

    Dialect dialect() const override { return Dialect::sqlite; }
    bool write(FunctionRef<bool(Transaction&)> work) override;
    void write_later(Work work, Told told) override;
    void read(FunctionRef<void(Transaction&)> work) override;
    void maintain(FunctionRef<void(Transaction&)> work) override;
    void copy_to(const std::string& file) override;
    Statistics statistics() const override;

private:
    struct Job {
        Work work;
        Told told;
        std::exception_ptr broken{};
        bool kept = false;
    };

    bool enqueue(Job job);
    void write_until_stopped();
    void run_group(std::vector<Job>& group);
    void run_job(Job& job);
    void checkpoint_when_due();
    void checkpoint_until_stopped();
    SqliteConnection& writer();

    std::string path_;
    Options options_;
    std::optional<FileLock> lock_;
    std::unique_ptr<SqliteConnection> writer_;
    std::unique_ptr<SqliteConnection> checkpointer_;
    int checkpointed_at_ = 0;
    int restarted_at_ = 0;

    mutable std::mutex queue_mutex_;
    std::condition_variable queue_filled_;
    std::deque<Job> queue_;
    bool stopping_ = false;
    Statistics statistics_;
    std::thread thread_;

    std::mutex checkpoint_mutex_;
    std::condition_variable checkpoint_due_;
    bool checkpoint_wanted_ = false;
    bool checkpoint_stopping_ = false;
    std::thread checkpoint_thread_;

    std::mutex readers_mutex_;
    std::condition_variable reader_returned_;
    std::vector<std::unique_ptr<SqliteConnection>> idle_readers_;
    int readers_open_ = 0;
    int readers_most_ = 1;
};

} // namespace beproefd::storage
