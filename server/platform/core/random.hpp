// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace beproefd {

/// Fills the bytes from the operating system's generator for secrets. Throws when the system has none to give.
void fill_with_secure_random(std::span<std::uint8_t> bytes);

/// So many random bytes, written as two lowercase hexadecimal digits each.
std::string secure_random_hex(std::size_t bytes);

} // namespace beproefd
