// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace beproefd::auth {

/// How much work one guess costs. The defaults need 64 MiB and about a tenth of a second (RFC 9106, second
/// recommendation, with one lane because the queue bounds how many run at once).
struct HashCost {
    unsigned memory_kib = 64 * 1024;
    unsigned passes = 3;
};

/// Hashes passwords with argon2id, a few at a time, so that signing in cannot exhaust memory.
class PasswordHasher
{
public:
    /// slots: how many hashes run at once; waiting: how many callers may stand in line before the next is turned
    /// away.
    explicit PasswordHasher(HashCost cost = {}, std::size_t slots = 2, std::size_t waiting = 32);

    /// The encoded hash ($argon2id$…) with its own salt; empty when the line is full.
    std::optional<std::string> hash(std::string_view password);

    /// Whether the password belongs to the encoded hash; empty when the line is full. An empty encoded hash stands
    /// for an account that does not exist: it takes as long and is always false.
    std::optional<bool> verify(std::string_view password, const std::string& encoded);

private:
    class Slot;

    HashCost cost_;
    std::size_t slots_;
    std::size_t waiting_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::size_t running_ = 0;
    std::size_t in_line_ = 0;
    std::once_flag decoy_made_;
    std::string decoy_;
};

/// A password for one first use: four groups of five characters that cannot be mistaken for one another, 96 bits.
std::string one_time_password();

} // namespace beproefd::auth
