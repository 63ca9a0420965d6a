// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/actor.hpp"
#include "platform/core/time.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace beproefd::auth {

/// Who the sessions of the last moment stood for, so that a page that asks ten things looks its session up once.
/// It never outlives a change in this process: forget_all() is called before the answer of that change leaves. What
/// another process changes (several of them on PostgreSQL) is noticed after `time` at the latest. Keyed by the hash
/// of the token, never by the token. Safe from any thread. See docs/decisions/0061.
class SessionMemory
{
public:
    /// time: how long an answer of the database may be used again; zero turns the memory off.
    explicit SessionMemory(std::chrono::milliseconds time, std::size_t most = 10'000) : time_(time), most_(most) {}

    /// The actor, or null when it must be looked up.
    std::shared_ptr<const Actor> recall(std::string_view token_hash, Instant now) const;

    /// To be taken before looking up: what was read before a change is not kept after it.
    std::uint64_t change() const;
    /// Keeps what was looked up, unless anything changed since. ends_at: when the session ends by itself.
    void keep(std::string_view token_hash, std::shared_ptr<const Actor> actor, Instant read_at, Instant ends_at,
              std::uint64_t change);
    void forget_all();

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    struct Entry {
        std::shared_ptr<const Actor> actor;
        Instant read_at;
        Instant until;
    };

    const std::chrono::milliseconds time_;
    const std::size_t most_;
    mutable std::mutex mutex_;
    std::uint64_t change_ = 0;
    std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries_;
};

} // namespace beproefd::auth
