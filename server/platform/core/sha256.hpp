// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <string>
#include <string_view>

namespace beproefd {

/// The SHA-256 of the bytes (FIPS 180-4), as 64 lowercase hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

} // namespace beproefd
