// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/core/regularly.hpp"

#include <utility>

namespace beproefd {

Regularly::Regularly(std::chrono::milliseconds interval, std::function<void()> work,
                     std::function<void(const std::exception&)> failed)
    : thread_([this, interval, work = std::move(work), failed = std::move(failed)] {
          std::unique_lock lock{mutex_};
          while (!wake_.wait_for(lock, interval, [this] { return stop_; })) {
              try {
                  work();
              } catch (const std::exception& error) {
                  failed(error);
              }
          }
      })
{
}

Regularly::~Regularly()
{
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

} // namespace beproefd
