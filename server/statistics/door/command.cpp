// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/command.hpp"

#include "statistics/door/analyse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <istream>
#include <iterator>
#include <optional>
#include <ostream>
#include <thread>
#include <vector>

namespace beproefd::statistics::door {
namespace {

constexpr std::string_view usage =
    "usage: beproefd analyse [METHOD] [--batch] [--threads N] [--time-limit SECONDS] [--keep-request] [--as-r]\n"
    "  reads a request of the contract beproefd.analyse/1 as JSON from standard input, writes the reply as JSON\n"
    "  --batch         one request a line, one reply a line (an empty line too), in the same order\n"
    "  --threads N     use at most N threads; the outcome does not depend on it (default: all processors)\n"
    "  --time-limit S  refuse with too_large what takes longer than S seconds (default: 60)\n"
    "  --keep-request  write {\"request\":…,\"reply\":…}, which `beproefd plot` and `beproefd explain` read\n"
    "  --as-r          write an R script that repeats the analysis\n";

struct Arguments {
    std::string method;
    bool batch = false;
    bool keep_request = false;
    bool as_r = false;
    bool help = false;
    unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    double time_limit_seconds = 60;
};

std::optional<double> as_number(std::string_view text)
{
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// The arguments, or what is wrong with them.
std::variant<Arguments, std::string> parse(std::span<const std::string> words)
{
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--batch") {
            arguments.batch = true;
        } else if (word == "--keep-request") {
            arguments.keep_request = true;
        } else if (word == "--as-r") {
            arguments.as_r = true;
        } else if (word == "--help" || word == "-h") {
            arguments.help = true;
        } else if (word == "--threads" || word == "--time-limit") {
            const auto value = i + 1 < words.size() ? as_number(words[i + 1]) : std::nullopt;
            if (!value)
                return fmt::format("{} needs a number", word);
            ++i;
            if (word == "--threads") {
                if (!(*value >= 1 && *value <= 1024 && std::floor(*value) == *value))
                    return "--threads needs a whole number from 1 to 1024";
                arguments.threads = static_cast<unsigned>(*value);
            } else {
                if (!(*value > 0 && *value <= 1e6))
                    return "--time-limit needs a number of seconds above 0 and at most 1000000";
                arguments.time_limit_seconds = *value;
            }
        } else if (word.starts_with("-")) {
            return fmt::format("unknown option {}", word);
        } else if (arguments.method.empty()) {
            arguments.method = word;
        } else {
            return fmt::format("unexpected argument {}", word);
        }
    }
    if (arguments.as_r && (arguments.batch || arguments.keep_request))
        return "--as-r goes with one request and without --batch or --keep-request";
    return arguments;
}

AnalyseSettings settings_from(const Arguments& arguments, unsigned threads, std::string_view version)
{
    const auto limit = std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::duration<double>(arguments.time_limit_seconds));
    const auto deadline = std::chrono::steady_clock::now() + limit;
    AnalyseSettings settings;
    settings.method = arguments.method;
    settings.execution.threads = threads;
    settings.execution.stop = [deadline] { return std::chrono::steady_clock::now() > deadline; };
    settings.keep_request = arguments.keep_request;
    settings.version = std::string(version);
    return settings;
}

/// Takes a handful of lines at a time, answers them side by side, and writes the replies in order.
void answer_batch(const Registry& registry, const Arguments& arguments, std::istream& in, std::ostream& out,
                  std::string_view version)
{
    std::vector<std::string> lines, replies;
    const std::size_t handful = std::size_t{arguments.threads} * 16;
    bool more = true;
    while (more) {
        lines.clear();
        std::string line;
        while (lines.size() < handful && (more = static_cast<bool>(std::getline(in, line)))) {
            if (!line.empty() && line.back() == '\r')
                line.pop_back();
            // An empty line is answered too, so that reply n belongs to line n.
            lines.push_back(std::move(line));
            // Whoever waits for an answer before asking the next question gets it.
            if (in.rdbuf()->in_avail() <= 0)
                break;
        }
        replies.assign(lines.size(), {});
        const unsigned threads = lines.size() > 1 ? 1 : arguments.threads;
        parallel_for({.threads = arguments.threads}, lines.size(), 1, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i)
                replies[i] = analyse(registry, lines[i], settings_from(arguments, threads, version)).text;
        });
        for (const auto& reply : replies)
            out << reply << '\n';
        out.flush();
    }
}

} // namespace

int analyse_command(std::span<const std::string> words, std::istream& in, std::ostream& out, std::ostream& error,
                    std::string_view version)
{
    const auto parsed = parse(words);
    if (const auto* mistake = std::get_if<std::string>(&parsed)) {
        error << "beproefd analyse: " << *mistake << '\n' << usage;
        return 2;
    }
    const auto& arguments = std::get<Arguments>(parsed);
    if (arguments.help) {
        out << usage;
        return 0;
    }
    const Registry registry = all_methods();
    if (arguments.batch) {
        answer_batch(registry, arguments, in, out, version);
        return out ? 0 : 70;
    }
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto settings = settings_from(arguments, arguments.threads, version);
    const Reply reply = arguments.as_r ? as_r(registry, text, settings) : analyse(registry, text, settings);
    out << reply.text;
    if (!reply.text.ends_with('\n'))
        out << '\n';
    out.flush();
    return out ? reply.status : 70;
}

} // namespace beproefd::statistics::door
