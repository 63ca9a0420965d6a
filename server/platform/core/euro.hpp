// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace beproefd {

/// An amount of money in whole euro cents. There is no way from a double: rounding is a named function of who rounds.
class Euro
{
public:
    constexpr Euro() = default;
    static constexpr Euro cents(std::int64_t cents) { return Euro{cents}; }
    static constexpr Euro whole(std::int64_t euros) { return Euro{euros * 100}; }

    /// Reads "1763000", "-0.49" or "0.5": a point, at most two decimals, no grouping. Empty when it is anything else
    /// or does not fit in 64 bits of cents.
    static std::optional<Euro> from_text(std::string_view text);

    constexpr std::int64_t in_cents() const { return cents_; }
    /// "1763000.00"; the form that from_text reads.
    std::string to_text() const;

    constexpr auto operator<=>(const Euro&) const = default;
    constexpr Euro operator+(Euro other) const { return Euro{cents_ + other.cents_}; }
    constexpr Euro operator-(Euro other) const { return Euro{cents_ - other.cents_}; }
    constexpr Euro operator-() const { return Euro{-cents_}; }
    constexpr Euro& operator+=(Euro other) { return cents_ += other.cents_, *this; }
    constexpr Euro& operator-=(Euro other) { return cents_ -= other.cents_, *this; }

private:
    explicit constexpr Euro(std::int64_t cents) : cents_(cents) {}
    std::int64_t cents_ = 0;
};

inline namespace literals {
constexpr Euro operator""_euro(unsigned long long euros) { return Euro::whole(static_cast<std::int64_t>(euros)); }
} // namespace literals

} // namespace beproefd
