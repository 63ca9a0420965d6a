// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/core/id.hpp"

#include "platform/core/random.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <span>

namespace beproefd {

std::string new_uuid()
{
    std::array<std::uint8_t, 16> bytes{};
    fill_with_secure_random(bytes);
    const auto now = static_cast<std::uint64_t>(
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()).time_since_epoch().count());
    for (int i = 0; i < 6; ++i)
        bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(now >> (40 - 8 * i));
    bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0f));
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));

    static constexpr char hex[] = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text += '-';
        text += hex[bytes[i] >> 4];
        text += hex[bytes[i] & 15];
    }
    return text;
}

bool is_uuid(std::string_view text)
{
    // Every identifier that is read passes here: one look-up per character, and no branch in the loop.
    static constexpr auto is_hex = [] {
        std::array<bool, 256> table{};
        for (const char c : std::string_view{"0123456789abcdef"})
            table[static_cast<unsigned char>(c)] = true;
        return table;
    }();
    if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        return false;
    std::size_t digits = 0;
    for (const char c : text)
        digits += is_hex[static_cast<unsigned char>(c)];
    return digits == 32;
}

} // namespace beproefd
