// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// A request with its reply, as a file that someone hands to plot and explain.

#include "statistics/picture/plot.hpp"

#include <cstdint>
#include <cstdlib>

using namespace beproefd::statistics;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto exchange = picture::Exchange::read({reinterpret_cast<const char*>(data), size});
    if (!exchange)
        return 0;
    const picture::Texts texts{{}, picture::Language::nl};
    for (const auto kind : picture::kinds())
        if (const auto figure = picture::plot(kind, *exchange, texts);
            figure && figure->find("</svg>") == std::string::npos)
            std::abort();
    (void)picture::explain(*exchange, texts);
    return 0;
}
