// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace beproefd {

/// A calendar day, without a time and without a zone. A deadline is a Day in Amsterdam; amsterdam_day() converts.
class Day
{
public:
    constexpr Day() = default;
    constexpr explicit Day(std::chrono::sys_days days) : days_(days) {}
    constexpr Day(int year, unsigned month, unsigned day)
        : days_(std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day})
    {
    }

    /// Reads "2026-11-21"; empty for any other form and for days that do not exist.
    static std::optional<Day> from_text(std::string_view text);
    /// "2026-11-21"
    std::string to_text() const;

    constexpr std::chrono::sys_days days() const { return days_; }
    constexpr int year() const { return static_cast<int>(std::chrono::year_month_day{days_}.year()); }
    constexpr Day plus(int days) const { return Day{days_ + std::chrono::days{days}}; }

    constexpr auto operator<=>(const Day&) const = default;

private:
    std::chrono::sys_days days_{};
};

/// A moment in UTC, to the microsecond.
class Instant
{
public:
    using Clock = std::chrono::sys_time<std::chrono::microseconds>;

    constexpr Instant() = default;
    constexpr explicit Instant(Clock moment) : moment_(moment) {}

    /// Reads RFC 3339 in UTC: "2026-11-21T13:05:00Z", with one to six decimals of a second if wanted.
    static std::optional<Instant> from_text(std::string_view text);
    /// "2026-11-21T13:05:00.000000Z": always six decimals, so that text sorts as time.
    std::string to_text() const;

    constexpr Clock moment() const { return moment_; }
    constexpr Instant plus(std::chrono::microseconds time) const { return Instant{moment_ + time}; }

    constexpr auto operator<=>(const Instant&) const = default;

private:
    Clock moment_{};
};

/// From the first up to and including the last day, as regulations write it: "1 maart t/m 31 maart".
struct Period {
    Day first;
    Day last;

    constexpr bool contains(Day day) const { return first <= day && day <= last; }
    constexpr int days() const { return static_cast<int>((last.days() - first.days()).count()) + 1; }
    bool operator==(const Period&) const = default;
};

/// Where services get the time from, so that tests own it.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock
{
public:
    Instant now() const override;
};

/// The day it is in Amsterdam at this moment.
Day amsterdam_day(Instant moment);

} // namespace beproefd
