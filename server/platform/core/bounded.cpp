// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/core/bounded.hpp"

#include "platform/core/eight_bytes.hpp"

namespace beproefd {

std::optional<std::size_t> utf8_length(std::string_view text)
{
    // The well-formed byte sequences of Unicode 15, table 3-7.
    std::size_t length = 0;
    for (std::size_t i = 0; i < text.size(); ++length) {
        // Most of what is kept is ASCII.
        for (; i + 8 <= text.size() && !EightBytes{text.substr(i)}.any_beyond_ascii(); i += 8)
            length += 8;
        if (i == text.size())
            break;
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
        const unsigned char lead = byte(i);
        std::size_t following = 0;
        unsigned char low = 0x80;
        unsigned char high = 0xbf;
        if (lead < 0x80) {
            ++i;
            continue;
        } else if (lead >= 0xc2 && lead <= 0xdf) {
            following = 1;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            following = 2;
            if (lead == 0xe0)
                low = 0xa0;
            if (lead == 0xed)
                high = 0x9f;
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            following = 3;
            if (lead == 0xf0)
                low = 0x90;
            if (lead == 0xf4)
                high = 0x8f;
        } else {
            return std::nullopt;
        }
        if (i + following >= text.size())
            return std::nullopt;
        if (byte(i + 1) < low || byte(i + 1) > high)
            return std::nullopt;
        for (std::size_t k = 2; k <= following; ++k) {
            if (byte(i + k) < 0x80 || byte(i + k) > 0xbf)
                return std::nullopt;
        }
        i += following + 1;
    }
    return length;
}

bool is_clean_text(std::string_view text)
{
    // What is plain as a whole needs no closer look.
    while (text.size() >= 8) {
        const EightBytes eight{text};
        if (eight.any_beyond_ascii() || eight.any_below(0x20) || eight.any_equal(0x7f))
            break;
        text.remove_prefix(8);
    }
    if (!utf8_length(text))
        return false;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f)
            return false;
    }
    return true;
}

} // namespace beproefd
