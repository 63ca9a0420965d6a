// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace beproefd {

/// How many characters (code points) a UTF-8 text has; empty when it is not valid UTF-8.
std::optional<std::size_t> utf8_length(std::string_view text);

/// Text of Minimum up to Maximum characters, valid UTF-8 without control characters other than line feed and tab.
/// The type carries the limit, so JSON, SQL and OpenAPI agree on it.
template<std::size_t Minimum, std::size_t Maximum>
class Text
{
public:
    static constexpr std::size_t minimum = Minimum;
    static constexpr std::size_t maximum = Maximum;

    Text() = default;
    static std::optional<Text> from_text(std::string_view text);

    const std::string& to_text() const { return text_; }
    operator std::string_view() const { return text_; }
    auto operator<=>(const Text&) const = default;

private:
    explicit Text(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// A whole number from Minimum up to and including Maximum.
template<std::int64_t Minimum, std::int64_t Maximum>
class Whole
{
public:
    static constexpr std::int64_t minimum = Minimum;
    static constexpr std::int64_t maximum = Maximum;

    constexpr Whole() = default;
    static constexpr std::optional<Whole> from(std::int64_t value)
    {
        if (value < Minimum || value > Maximum)
            return std::nullopt;
        return Whole{value};
    }

    constexpr std::int64_t value() const { return value_; }
    constexpr operator std::int64_t() const { return value_; }
    constexpr auto operator<=>(const Whole&) const = default;

private:
    explicit constexpr Whole(std::int64_t value) : value_(value) {}
    std::int64_t value_ = Minimum;
};

/// True when the text is valid UTF-8 without control characters other than line feed and tab.
bool is_clean_text(std::string_view text);

template<std::size_t Minimum, std::size_t Maximum>
std::optional<Text<Minimum, Maximum>> Text<Minimum, Maximum>::from_text(std::string_view text)
{
    const auto length = utf8_length(text);
    if (!length || *length < Minimum || *length > Maximum || !is_clean_text(text))
        return std::nullopt;
    return Text{std::string{text}};
}

} // namespace beproefd
