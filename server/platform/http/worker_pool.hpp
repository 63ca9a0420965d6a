// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace beproefd::http {

/// A fixed number of threads and a queue with a bound: work that finds it full is refused, so that a server that
/// cannot keep up says so at once instead of answering everybody too late.
class WorkerPool
{
public:
    WorkerPool(unsigned threads, std::size_t queue_limit);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False when the queue is full or the pool is stopping. work must not throw.
    bool try_post(std::function<void()> work);

    /// Finishes what is queued, then ends the threads.
    void stop();

    std::size_t waiting() const;
    /// Nothing is queued or being done.
    bool idle() const;

private:
    void run();

    mutable std::mutex mutex_;
    std::condition_variable work_came_;
    std::deque<std::function<void()>> queue_;
    std::size_t queue_limit_;
    std::size_t idle_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace beproefd::http
