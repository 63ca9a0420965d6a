// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace beproefd {

/// Does something every so often on a thread of its own, until it is gone. Work that throws is told to `failed` and
/// done again at its next turn: a database that is away for a moment ends no program.
class Regularly
{
public:
    Regularly(std::chrono::milliseconds interval, std::function<void()> work,
              std::function<void(const std::exception&)> failed);
    /// Waits for work that is under way.
    ~Regularly();
    Regularly(const Regularly&) = delete;
    Regularly& operator=(const Regularly&) = delete;

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stop_ = false;
    std::thread thread_;
};

} // namespace beproefd
