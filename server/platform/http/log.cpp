// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/log.hpp"

#include "platform/core/time.hpp"

#include <cerrno>
#include <chrono>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <system_error>

namespace beproefd::http {

namespace {

spdlog::level::level_enum spdlog_level(Log::Level level)
{
    switch (level) {
    case Log::Level::debug:
        return spdlog::level::debug;
    case Log::Level::info:
        return spdlog::level::info;
    case Log::Level::warning:
        return spdlog::level::warn;
    case Log::Level::error:
        return spdlog::level::err;
    case Log::Level::off:
        break;
    }
    return spdlog::level::off;
}

std::string_view level_name(Log::Level level)
{
    switch (level) {
    case Log::Level::debug:
        return "debug";
    case Log::Level::info:
        return "info";
    case Log::Level::warning:
        return "warning";
    case Log::Level::error:
        return "error";
    case Log::Level::off:
        break;
    }
    return "off";
}

/// The length of the UTF-8 character at the front, or 0 when the bytes are none (RFC 3629).
std::size_t utf8_character(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto follows = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
    const auto first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first < 0xE0)
        return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first < 0xF0) {
        if (!follows(1) || !follows(2) || (first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) >= 0xA0))
            return 0;
        return 3;
    }
    if (first >= 0xF0 && first < 0xF5) {
        if (!follows(1) || !follows(2) || !follows(3) || (first == 0xF0 && byte(1) < 0x90) ||
            (first == 0xF4 && byte(1) >= 0x90))
            return 0;
        return 4;
    }
    return 0;
}

/// Appends a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD, for a log must take anything.
void append_json_string(std::string& out, std::string_view text)
{
    out += '"';
    while (!text.empty()) {
        const char c = text.front();
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
        } else if (const auto size = utf8_character(text); size > 0) {
            out.append(text.substr(0, size));
            text.remove_prefix(size);
            continue;
        } else {
            out += "\xEF\xBF\xBD";
        }
        text.remove_prefix(1);
    }
    out += '"';
}

void begin_line(std::string& line, std::string_view level, std::string_view event)
{
    const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    line += R"({"time":")";
    line += Instant{now}.to_text();
    line += R"(","level":")";
    line += level;
    line += R"(","event":)";
    append_json_string(line, event);
}

} // namespace

Log::Log(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger))
{
    logger_->set_pattern("%v");
    logger_->flush_on(spdlog::level::warn);
    spdlog::drop(logger_->name());
    spdlog::register_logger(logger_); // for the periodic flush
    spdlog::flush_every(std::chrono::seconds{1});
}

std::shared_ptr<Log> Log::to_standard_output(Level level)
{
    auto logger = std::make_shared<spdlog::logger>("beproefd", std::make_shared<spdlog::sinks::stdout_sink_mt>());
    logger->set_level(spdlog_level(level));
    return std::shared_ptr<Log>{new Log{std::move(logger)}};
}

std::shared_ptr<Log> Log::to_file(const std::string& path, Level level)
{
    errno = 0;
    std::shared_ptr<spdlog::sinks::basic_file_sink_mt> file;
    try {
        file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
    } catch (const spdlog::spdlog_ex&) {
        throw std::system_error(errno ? errno : EIO, std::generic_category(), path);
    }
    auto logger = std::make_shared<spdlog::logger>("beproefd " + path, std::move(file));
    logger->set_level(spdlog_level(level));
    return std::shared_ptr<Log>{new Log{std::move(logger)}};
}

void Log::write(Level level, std::string_view event, std::initializer_list<Field> fields)
{
    if (!logger_->should_log(spdlog_level(level)))
        return;
    std::string line;
    line.reserve(256);
    begin_line(line, level_name(level), event);
    for (const auto& [name, value] : fields) {
        line += ',';
        append_json_string(line, name);
        line += ':';
        append_json_string(line, value);
    }
    line += '}';
    logger_->log(spdlog_level(level), spdlog::string_view_t{line.data(), line.size()});
}

void Log::answered(std::string_view request_id, std::string_view method, std::string_view route, int status,
                   std::int64_t microseconds, std::uint64_t bytes)
{
    if (!logger_->should_log(spdlog::level::info))
        return;
    std::string line;
    line.reserve(256);
    begin_line(line, "info", "answered");
    line += R"(,"requestId":)";
    append_json_string(line, request_id);
    line += R"(,"method":)";
    append_json_string(line, method);
    line += R"(,"route":)";
    append_json_string(line, route);
    fmt::format_to(std::back_inserter(line), R"(,"status":{},"microseconds":{},"bytes":{}}})", status, microseconds,
                   bytes);
    logger_->log(spdlog::level::info, spdlog::string_view_t{line.data(), line.size()});
}

void Log::flush() { logger_->flush(); }

} // namespace beproefd::http
