// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace beproefd::documents {

inline constexpr Reason reason_print_unavailable{"print-unavailable", ""};
inline constexpr Reason reason_print_as_root{"print-as-root", ""};
inline constexpr Reason reason_print_not_shielded{"print-not-shielded", ""};
inline constexpr Reason reason_print_took_too_long{"print-took-too-long", ""};
inline constexpr Reason reason_print_too_large{"print-too-large", ""};
inline constexpr Reason reason_print_stopped{"print-stopped", ""};

struct PrintSettings {
    std::optional<std::string> browser{};   ///< path of Chromium; looked for in PATH without it
    bool without_sandbox = false;           ///< for tests in a container only: lets root print
    std::chrono::seconds time_limit{60};    ///< of the wall clock
    std::int64_t memory_limit = 1500 << 20; ///< bytes resident in all processes of the browser together
    std::int64_t file_limit = 20 << 20;     ///< bytes of the PDF
};

/// Prints HTML as a tagged PDF with the Chromium of this machine: headless, in its own sandbox, in a process group of
/// its own with limits on time, memory and files, without network, scripts or anything of the user, in a folder that
/// is gone afterwards.
class Printer
{
public:
    explicit Printer(PrintSettings settings = {});

    /// Why no PDF can be made here, or nothing: Chromium is not installed, the program runs as
    /// root, or this machine or service does not let Chromium shield itself (user namespaces are forbidden).
    std::optional<Reason> unavailable() const;

    /// The PDF. `cancelled` is asked every tenth of a second. Refuses when it is not available, takes too long, uses
    /// too much memory or becomes too large; throws std::runtime_error, with what the browser said, when it breaks.
    Result<std::string>
    print(const std::string& html, const std::function<bool()>& cancelled = [] { return false; }) const;

private:
    PrintSettings settings_;
    std::string browser_; ///< empty when there is none
};

} // namespace beproefd::documents
