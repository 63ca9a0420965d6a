// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace beproefd::statistics::disclosure {

/// A two-way table of counts, row by row. Every margin and the total are published with it.
struct Table {
    std::size_t rows = 0, columns = 0;
    std::vector<std::int64_t> counts{}; ///< rows * columns, each zero or more

    std::int64_t at(std::size_t cell) const { return counts[cell]; }
    std::size_t cells() const { return counts.size(); }
};

/// A cell by its number: row * columns + column.
using Cell = std::size_t;

} // namespace beproefd::statistics::disclosure
