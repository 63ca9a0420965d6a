// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstddef>
#include <functional>
#include <span>

namespace beproefd::statistics {

/// How a long computation may run. It never changes the outcome, only how soon it is there.
struct Execution {
    unsigned threads = 1;                 ///< at most this many at once; 0 counts as 1
    std::function<bool()> stop = nullptr; ///< asked now and then; true ends the computation with too_large

    bool must_stop() const { return stop && stop(); }
};

/// Calls body(begin, end) for consecutive pieces of [0, count), on as many threads as execution allows.
///
/// The pieces depend on count and piece only, never on the number of threads: a body that writes what it finds at
/// its own indices, reduced afterwards in index order, gives the same bits on 1, 2 or 16 threads.
/// False when execution.stop ended it early. An exception in a body is thrown again here.
bool parallel_for(const Execution& execution, std::size_t count, std::size_t piece,
                  const std::function<void(std::size_t begin, std::size_t end)>& body);

/// Sum by halves: error grows with log n instead of n, and the order is fixed.
double ordered_sum(std::span<const double> values);

} // namespace beproefd::statistics
