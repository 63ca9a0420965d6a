// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/core/euro.hpp"

#include <charconv>

namespace beproefd {

std::optional<Euro> Euro::from_text(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative)
        text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view euros = text.substr(0, point);
    std::string_view decimals = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (euros.empty() || decimals.size() > 2 || (point != std::string_view::npos && decimals.empty()))
        return std::nullopt;

    std::string digits{euros};
    digits += decimals;
    digits.append(2 - decimals.size(), '0');
    if (digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;

    std::int64_t cents = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), cents);
    if (error != std::errc{} || end != digits.data() + digits.size())
        return std::nullopt;
    return Euro::cents(negative ? -cents : cents);
}

std::string Euro::to_text() const
{
    // Unsigned, so that the most negative amount has a magnitude too.
    const auto magnitude = cents_ < 0 ? 0 - static_cast<std::uint64_t>(cents_) : static_cast<std::uint64_t>(cents_);
    std::string text = std::to_string(magnitude / 100);
    const auto rest = magnitude % 100;
    text += '.';
    text += static_cast<char>('0' + rest / 10);
    text += static_cast<char>('0' + rest % 10);
    return cents_ < 0 ? "-" + text : text;
}

} // namespace beproefd
