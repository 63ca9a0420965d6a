// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/printed.hpp"

#include <charconv>

namespace beproefd::figures {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

std::vector<std::string> tokens_of(std::string_view printed)
{
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < printed.size();) {
        if (!is_digit(printed[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < printed.size() && (is_digit(printed[end]) || printed[end] == '.' || printed[end] == ','))
            ++end;
        std::size_t last = end;
        while (!is_digit(printed[last - 1]))
            --last; // a full stop or comma behind a number belongs to the sentence
        tokens.emplace_back(printed.substr(i, last - i));
        i = end;
    }
    if (tokens.empty() && !printed.empty())
        tokens.emplace_back(printed);
    return tokens;
}

std::optional<double> read_printed(std::string_view printed)
{
    std::string digits;
    std::size_t groups = 0;
    std::size_t since_point = 0;
    bool comma = false;
    for (const char c : printed) {
        if (is_digit(c)) {
            digits += c;
            ++since_point;
        } else if (c == '.' && !comma) {
            if (groups > 0 && since_point != 3)
                return std::nullopt;
            ++groups;
            since_point = 0;
        } else if (c == ',' && !comma) {
            if (groups > 0 && since_point != 3)
                return std::nullopt;
            comma = true;
            digits += '.';
            since_point = 0;
        } else {
            return std::nullopt;
        }
    }
    // "25.1" is not grouped by thousands, so a point there is not Dutch grouping.
    if (digits.empty() || since_point == 0 || (groups > 0 && !comma && since_point != 3))
        return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

} // namespace beproefd::figures
