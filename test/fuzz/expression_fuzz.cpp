// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// An expression over conditions, as someone types it.

#include "statistics/qca/expression.hpp"

#include <cstdint>
#include <cstdlib>

using namespace beproefd::statistics;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const qca::CaseSet cases{{"x", "y"}, {{"A", {0.2, 1}}, {"B", {0.7, 0}}, {"long name", {0.5, 1}}}, {1, 0}};
    const auto expression =
        qca::parse_expression({reinterpret_cast<const char*>(data), size}, {"A", "B", "long name"});
    if (!expression) {
        if (expression.error().message.empty() || expression.error().path != "options.expression")
            std::abort();
        return 0;
    }
    for (const double value : qca::membership(*expression, cases))
        if (!(value >= 0 && value <= 1))
            std::abort(); // a membership stays between out and in
    return 0;
}
