// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/session_memory.hpp"

namespace beproefd::auth {

std::shared_ptr<const Actor> SessionMemory::recall(std::string_view token_hash, Instant now) const
{
    const std::lock_guard lock{mutex_};
    const auto found = entries_.find(token_hash);
    // Also when the clock was set back: what was read in the future is not known now.
    if (found == entries_.end() || now < found->second.read_at || now >= found->second.until)
        return nullptr;
    return found->second.actor;
}

std::uint64_t SessionMemory::change() const
{
    const std::lock_guard lock{mutex_};
    return change_;
}

void SessionMemory::keep(std::string_view token_hash, std::shared_ptr<const Actor> actor, Instant read_at,
                         Instant ends_at, std::uint64_t change)
{
    if (time_.count() == 0)
        return;
    const std::lock_guard lock{mutex_};
    if (change != change_)
        return;
    if (entries_.size() >= most_) {
        std::erase_if(entries_, [&](const auto& entry) { return entry.second.until <= read_at; });
        if (entries_.size() >= most_)
            entries_.clear();
    }
    entries_.insert_or_assign(std::string{token_hash},
                              Entry{std::move(actor), read_at, std::min(read_at.plus(time_), ends_at)});
}

void SessionMemory::forget_all()
{
    const std::lock_guard lock{mutex_};
    ++change_;
    entries_.clear();
}

} // namespace beproefd::auth
