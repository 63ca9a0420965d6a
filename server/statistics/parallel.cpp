// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace beproefd::statistics {

bool parallel_for(const Execution& execution, std::size_t count, std::size_t piece,
                  const std::function<void(std::size_t, std::size_t)>& body)
{
    piece = std::max<std::size_t>(piece, 1);
    const std::size_t pieces = count / piece + (count % piece != 0 ? 1 : 0);
    const std::size_t workers = std::min<std::size_t>(std::max(execution.threads, 1U), pieces);

    std::atomic<std::size_t> next{0};
    std::atomic<bool> ended{false};
    std::exception_ptr failure;
    std::mutex failure_guard;
    const auto work = [&] {
        for (;;) {
            if (ended.load(std::memory_order_relaxed))
                return;
            const std::size_t mine = next.fetch_add(1);
            if (mine >= pieces)
                return;
            if (execution.must_stop()) {
                ended = true;
                return;
            }
            try {
                body(mine * piece, std::min(count, (mine + 1) * piece));
            } catch (...) {
                const std::lock_guard lock{failure_guard};
                if (!failure)
                    failure = std::current_exception();
                ended = true;
            }
        }
    };

    if (workers <= 1) {
        work();
    } else {
        std::vector<std::jthread> threads;
        threads.reserve(workers - 1);
        for (std::size_t i = 1; i < workers; ++i)
            threads.emplace_back(work);
        work();
    }
    if (failure)
        std::rethrow_exception(failure);
    return !ended;
}

double ordered_sum(std::span<const double> values)
{
    if (values.size() <= 32) {
        double sum = 0;
        for (const double value : values)
            sum += value;
        return sum;
    }
    const std::size_t half = values.size() / 2;
    return ordered_sum(values.first(half)) + ordered_sum(values.subspan(half));
}

} // namespace beproefd::statistics
