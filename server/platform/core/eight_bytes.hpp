// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace beproefd {

/// Eight bytes of a text looked at together, for what is asked of every character that is read or written.
class EightBytes
{
public:
    /// The first eight bytes of a text that has at least so many.
    explicit EightBytes(std::string_view text) { std::memcpy(&bytes_, text.data(), sizeof bytes_); }

    bool any_beyond_ascii() const { return (bytes_ & high) != 0; }
    /// limit: 1 to 128. Bytes beyond ASCII are not below it.
    bool any_below(std::uint8_t limit) const { return ((bytes_ - each * limit) & ~bytes_ & high) != 0; }
    bool any_equal(char wanted) const
    {
        const auto difference = bytes_ ^ (each * static_cast<unsigned char>(wanted));
        return ((difference - each) & ~difference & high) != 0;
    }

private:
    static constexpr std::uint64_t each = 0x0101010101010101U;
    static constexpr std::uint64_t high = 0x8080808080808080U;
    std::uint64_t bytes_ = 0;
};

} // namespace beproefd
