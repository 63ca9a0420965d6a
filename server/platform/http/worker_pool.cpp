// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/worker_pool.hpp"

namespace beproefd::http {

WorkerPool::WorkerPool(unsigned threads, std::size_t queue_limit) : queue_limit_(queue_limit)
{
    threads_.reserve(threads);
    for (unsigned i = 0; i < threads; ++i)
        threads_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::try_post(std::function<void()> work)
{
    bool wake = false;
    {
        const std::lock_guard lock{mutex_};
        if (stopping_ || queue_.size() >= queue_limit_)
            return false;
        queue_.push_back(std::move(work));
        wake = idle_ > 0;
    }
    if (wake) // waking costs a system call; a busy worker takes the next one by itself
        work_came_.notify_one();
    return true;
}

void WorkerPool::stop()
{
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    work_came_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable())
            thread.join();
}

std::size_t WorkerPool::waiting() const
{
    const std::lock_guard lock{mutex_};
    return queue_.size();
}

bool WorkerPool::idle() const
{
    const std::lock_guard lock{mutex_};
    return queue_.empty() && idle_ == threads_.size();
}

void WorkerPool::run()
{
    std::unique_lock lock{mutex_};
    for (;;) {
        while (queue_.empty()) {
            if (stopping_)
                return;
            ++idle_;
            work_came_.wait(lock);
            --idle_;
        }
        auto work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work();
        work = nullptr; // what it held is freed here, not under the lock
        lock.lock();
    }
}

} // namespace beproefd::http
