// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/limiter.hpp"

#include <algorithm>

namespace beproefd::quickscan {

std::chrono::seconds Limiter::wait(std::string_view caller, Instant now)
{
    constexpr std::size_t many = 10'000;
    const std::lock_guard lock{mutex_};
    if (full_at_.size() > many)
        std::erase_if(full_at_, [&](const auto& one) { return one.second <= now; });
    auto found = full_at_.find(caller);
    if (found == full_at_.end())
        found = full_at_.emplace(std::string{caller}, now).first;
    const auto begin = std::max(found->second, now);
    const auto after = begin.plus(interval_);
    const auto latest = now.plus(interval_ * at_once_);
    if (after > latest)
        return std::max(std::chrono::seconds{1},
                        std::chrono::ceil<std::chrono::seconds>(after.moment() - latest.moment()));
    found->second = after;
    return std::chrono::seconds{0};
}

} // namespace beproefd::quickscan
