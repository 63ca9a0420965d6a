// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::http {

/// How often and how long one route answered. Counting takes no lock.
struct RouteCounters {
    /// Upper bounds in microseconds; the last bucket has none.
    static constexpr std::array<std::int64_t, 10> bounds{500,    1'000,   2'500,   5'000,     10'000,
                                                         50'000, 100'000, 500'000, 1'000'000, 5'000'000};

    void count(int status, std::int64_t microseconds);

    std::array<std::atomic<std::uint64_t>, 6> by_class{}; ///< 2 is 2xx
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> buckets{};
    std::atomic<std::uint64_t> microseconds{0};
};

/// What /metrics shows, in the text format of Prometheus (exposition format 0.0.4).
class Metrics
{
public:
    std::atomic<std::uint64_t> connections_accepted{0};
    std::atomic<std::int64_t> connections_open{0};
    std::atomic<std::uint64_t> connections_refused{0}; ///< too many open
    std::atomic<std::uint64_t> requests_refused{0};    ///< by the framing guard or a limit
    std::atomic<std::uint64_t> requests_timed_out{0};
    std::atomic<std::uint64_t> queue_full{0};
    std::atomic<std::uint64_t> exceptions{0};
    std::atomic<std::uint64_t> bytes_sent{0};

    /// Adds something that writes its own lines when asked. Call before the server starts.
    void add(std::function<void(std::string&)> collector);

    std::string to_text() const;

    /// # HELP and # TYPE of one metric, then its value.
    static void write(std::string& out, std::string_view name, std::string_view type, std::string_view help,
                      std::int64_t value);

private:
    std::vector<std::function<void(std::string&)>> collectors_;
};

/// The lines of one route, to be written between the heads that write_route_heads gives.
struct RouteLabels {
    std::string_view method;
    std::string_view pattern;
    const RouteCounters* counters;
};
void write_routes(std::string& out, const std::vector<RouteLabels>& routes);

} // namespace beproefd::http
