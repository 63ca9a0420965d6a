// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A text that someone wants to keep. Whatever it is, each finding lies inside it, in order, without overlap,
// and a confirmation takes away exactly what is asked.

#include "platform/screening/screening.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace beproefd;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto screening = screening::screen(text);
    std::size_t last = 0;
    for (const auto& finding : screening.findings) {
        if (finding.from < last || finding.to <= finding.from || finding.to > size)
            std::abort();
        last = finding.to;
    }
    const auto asked = screening::refusals(text, "/text", false);
    if (asked.errors.size() != screening.findings.size() || asked.confirmation_used)
        std::abort();
    const auto confirmed = screening::refusals(text, "/text", true);
    if (confirmed.errors.empty() == screening.refused() || confirmed.confirmation_used != screening.asks())
        std::abort();
    return 0;
}
