// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/door/registry.hpp"

#include <algorithm>

namespace beproefd::statistics::door {

/// Members that share one explanation: "ci_lo, ci_hi" becomes a field for each name.
inline std::vector<Field> each(const std::vector<Field>& fields)
{
    std::vector<Field> result;
    for (const auto& field : fields)
        for (std::size_t begin = 0; begin <= field.name.size();) {
            const auto end = std::min(field.name.find(", ", begin), field.name.size());
            result.push_back({field.name.substr(begin, end - begin), field.shape, field.text, field.default_value});
            begin = end + 2;
        }
    return result;
}

} // namespace beproefd::statistics::door
