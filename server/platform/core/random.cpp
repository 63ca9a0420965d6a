// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/core/random.hpp"

#include <cerrno>
#include <sys/random.h>
#include <system_error>
#include <vector>

namespace beproefd {

void fill_with_secure_random(std::span<std::uint8_t> bytes)
{
    while (!bytes.empty()) {
        const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
        if (got < 0) {
            if (errno == EINTR)
                continue;
            throw std::system_error(errno, std::generic_category(), "getrandom");
        }
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

std::string secure_random_hex(std::size_t bytes)
{
    std::vector<std::uint8_t> drawn(bytes);
    fill_with_secure_random(drawn);
    static constexpr char hex[] = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes);
    for (const auto byte : drawn) {
        text += hex[byte >> 4];
        text += hex[byte & 15];
    }
    return text;
}

} // namespace beproefd
