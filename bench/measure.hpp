// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace beproefd::bench {

/// Does the work so many times and prints a line of a table: the median and the longest, in milliseconds.
template<class Work>
void measure(const char* name, int runs, Work work)
{
    std::vector<double> times;
    for (int run = 0; run < runs; ++run) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
        times.push_back(time.count());
    }
    std::sort(times.begin(), times.end());
    fmt::print("| {} | {:.2f} ms | {:.2f} ms |\n", name, times[times.size() / 2], times.back());
}

} // namespace beproefd::bench
