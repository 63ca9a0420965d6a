// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace spdlog {
class logger;
}

namespace beproefd::http {

/// The technical log: one line of JSON per event, on standard output for journald or a file to read.
///
/// It never holds a path, a query value, a cookie, a header or a body: those can name people. A route's pattern says
/// what was asked.
class Log
{
public:
    enum class Level { debug, info, warning, error, off };

    /// To standard output; lines are written out at least every second and at once from a warning on.
    static std::shared_ptr<Log> to_standard_output(Level level = Level::info);
    /// To a file, appended; its folder is made when it is not there. std::system_error when it cannot be written.
    static std::shared_ptr<Log> to_file(const std::string& path, Level level = Level::info);

    using Field = std::pair<std::string_view, std::string_view>;

    /// {"time":…,"level":…,"event":"…", fields…}
    void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

    /// One answered request.
    void answered(std::string_view request_id, std::string_view method, std::string_view route, int status,
                  std::int64_t microseconds, std::uint64_t bytes);

    void flush();

private:
    explicit Log(std::shared_ptr<spdlog::logger> logger);
    std::shared_ptr<spdlog::logger> logger_;
};

} // namespace beproefd::http
