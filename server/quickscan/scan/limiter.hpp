// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/time.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace beproefd::quickscan {

/// How often one caller may try something: so many at once, then one each interval. Lives in memory only, so that no
/// address of a visitor is ever written down. Each process counts for itself: a token of 256 bits cannot be guessed
/// anyway, this only keeps one caller from keeping the server busy.
class Limiter
{
public:
    Limiter(int at_once, std::chrono::milliseconds interval) : at_once_(at_once), interval_(interval) {}

    /// Zero when it may be done now, which counts as done; else how long to wait.
    std::chrono::seconds wait(std::string_view caller, Instant now);

private:
    const int at_once_;
    const std::chrono::milliseconds interval_;
    std::mutex mutex_;
    std::map<std::string, Instant, std::less<>> full_at_; ///< when the whole allowance is there again
};

} // namespace beproefd::quickscan
