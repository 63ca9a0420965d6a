// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/metrics.hpp"

namespace beproefd::http {

void RouteCounters::count(int status, std::int64_t microseconds)
{
    const auto relaxed = std::memory_order_relaxed;
    by_class[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].fetch_add(1, relaxed);
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), microseconds) - bounds.begin();
    buckets[static_cast<std::size_t>(bucket)].fetch_add(1, relaxed);
    this->microseconds.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(microseconds, 0)), relaxed);
}

void Metrics::add(std::function<void(std::string&)> collector) { collectors_.push_back(std::move(collector)); }

void Metrics::write(std::string& out, std::string_view name, std::string_view type, std::string_view help,
                    std::int64_t value)
{
    fmt::format_to(std::back_inserter(out), "# HELP {0} {2}\n# TYPE {0} {1}\n{0} {3}\n", name, type, help, value);
}

std::string Metrics::to_text() const
{
    std::string out;
    const auto counter = [&](std::string_view name, std::string_view help, const std::atomic<std::uint64_t>& value) {
        write(out, name, "counter", help, static_cast<std::int64_t>(value.load()));
    };
    counter("beproefd_http_connections_total", "Connections accepted.", connections_accepted);
    write(out, "beproefd_http_connections", "gauge", "Connections open.", connections_open.load());
    counter("beproefd_http_connections_refused_total", "Connections closed because too many were open.",
            connections_refused);
    counter("beproefd_http_requests_refused_total", "Requests refused for their form or size.", requests_refused);
    counter("beproefd_http_requests_timed_out_total", "Requests that did not arrive in time.", requests_timed_out);
    counter("beproefd_http_queue_full_total", "Requests refused because no worker was free.", queue_full);
    counter("beproefd_http_exceptions_total", "Requests that ended in an exception.", exceptions);
    counter("beproefd_http_sent_bytes_total", "Bytes sent.", bytes_sent);
    for (const auto& collector : collectors_)
        collector(out);
    return out;
}

void write_routes(std::string& out, const std::vector<RouteLabels>& routes)
{
    auto append = std::back_inserter(out);
    out += "# HELP beproefd_http_requests_total Answers per route and class of status.\n"
           "# TYPE beproefd_http_requests_total counter\n";
    for (const auto& route : routes)
        for (std::size_t i = 1; i < route.counters->by_class.size(); ++i)
            if (const auto value = route.counters->by_class[i].load(); value > 0)
                fmt::format_to(append,
                               "beproefd_http_requests_total{{method=\"{}\",route=\"{}\",status=\"{}xx\"}} {}\n",
                               route.method, route.pattern, i, value);
    out +=
        "# HELP beproefd_http_request_seconds Time from the last byte of a request to the last byte of its answer.\n"
        "# TYPE beproefd_http_request_seconds histogram\n";
    for (const auto& route : routes) {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < route.counters->buckets.size(); ++i) {
            sum += route.counters->buckets[i].load();
            const auto bound = i < RouteCounters::bounds.size()
                                   ? fmt::format("{}", static_cast<double>(RouteCounters::bounds[i]) / 1e6)
                                   : std::string{"+Inf"};
            fmt::format_to(append,
                           "beproefd_http_request_seconds_bucket{{method=\"{}\",route=\"{}\",le=\"{}\"}} {}\n",
                           route.method, route.pattern, bound, sum);
        }
        fmt::format_to(append,
                       "beproefd_http_request_seconds_sum{{method=\"{0}\",route=\"{1}\"}} {2}\n"
                       "beproefd_http_request_seconds_count{{method=\"{0}\",route=\"{1}\"}} {3}\n",
                       route.method, route.pattern, static_cast<double>(route.counters->microseconds.load()) / 1e6,
                       sum);
    }
}

} // namespace beproefd::http
