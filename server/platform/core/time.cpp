// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/core/time.hpp"

#include <charconv>
#include <date/tz.h>
#include <fmt/format.h>

namespace beproefd {
namespace {

/// Exactly these digits as a number; empty when one is not a digit.
std::optional<int> digits(std::string_view text)
{
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

std::optional<Day> Day::from_text(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day)
        return std::nullopt;
    const auto date = std::chrono::year{*year} / std::chrono::month{static_cast<unsigned>(*month)} /
                      std::chrono::day{static_cast<unsigned>(*day)};
    if (!date.ok())
        return std::nullopt;
    return Day{std::chrono::sys_days{date}};
}

std::string Day::to_text() const
{
    const std::chrono::year_month_day date{days_};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::optional<Instant> Instant::from_text(std::string_view text)
{
    if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z')
        return std::nullopt;
    const auto day = Day::from_text(text.substr(0, 10));
    const auto hour = digits(text.substr(11, 2));
    const auto minute = digits(text.substr(14, 2));
    const auto second = digits(text.substr(17, 2));
    if (!day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;

    int microseconds = 0;
    if (text.size() > 20) {
        std::string decimals{text.substr(20, text.size() - 21)};
        if (text[19] != '.' || decimals.empty() || decimals.size() > 6)
            return std::nullopt;
        decimals.append(6 - decimals.size(), '0');
        const auto value = digits(decimals);
        if (!value)
            return std::nullopt;
        microseconds = *value;
    } else if (text.size() != 20) {
        return std::nullopt;
    }
    return Instant{Clock{day->days()} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
                   std::chrono::seconds{*second} + std::chrono::microseconds{microseconds}};
}

std::string Instant::to_text() const
{
    const auto day = std::chrono::floor<std::chrono::days>(moment_);
    const auto rest = (moment_ - day).count();
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", Day{day}.to_text(), rest / 3'600'000'000,
                       rest / 60'000'000 % 60, rest / 1'000'000 % 60, rest % 1'000'000);
}

Instant SystemClock::now() const
{
    return Instant{std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now())};
}

Day amsterdam_day(Instant moment)
{
    static const date::time_zone* const amsterdam = date::locate_zone("Europe/Amsterdam");
    const auto local = std::chrono::floor<std::chrono::days>(amsterdam->to_local(moment.moment()));
    return Day{std::chrono::sys_days{local.time_since_epoch()}};
}

} // namespace beproefd
