// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// How the screening of free text grows with its length; median and largest of 21 runs. Each text is one that makes a
// naive search run back and forth: twenty times the text should take about twenty times as long.

#include "measure.hpp"

#include "platform/screening/screening.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

int main()
{
    fmt::print("| text | median | largest of 21 |\n|---|---|---|\n");
    for (const std::string_view part :
         {"0612 ", "NL91 ", "a.b@", "Jan van der ", "een jongen uit Delft ", "1 2 3 ", "A. ", "at "})
        for (const std::size_t length : {5'000, 100'000}) {
            std::string text;
            while (text.size() < length)
                text += part;
            beproefd::bench::measure(fmt::format("\"{}…\", {} characters", part, length).c_str(), 21,
                                     [&] { (void)beproefd::screening::screen(text); });
        }
}
