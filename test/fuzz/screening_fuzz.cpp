// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A text that someone wants to keep. Whatever it is, each finding lies inside it, in order, without overlap.

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
    if (screening::refusals(text, "/text", false).size() != screening.findings.size())
        std::abort();
    if (!screening.refused() && !screening::refusals(text, "/text", true).empty())
        std::abort();
    return 0;
}
