// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/parallel.hpp"
#include "statistics/qca/sets.hpp"

#include <cstdint>

namespace beproefd::statistics::qca {

/// A combination of present and absent conditions. The first condition is the highest of `conditions` bits, so that
/// ascending numbers are ascending strings of 0 and 1.
using Configuration = std::uint32_t;

struct TruthTableRule {
    double consistency_cut = 1; ///< least consistency of a row that leads to the outcome
    double pri_cut = 0;         ///< least pri of such a row
    std::size_t n_cut = 1;      ///< fewest cases for a row to count as observed
};

struct TruthTableRow {
    Configuration configuration = 0;
    std::vector<std::size_t> cases; ///< with more than half membership, in data order
    std::optional<double> consistency, pri;
    bool positive = false; ///< leads to the outcome
};

struct TruthTable {
    std::size_t conditions = 0;
    std::vector<TruthTableRow> rows; ///< observed ones, ascending; all others are remainders
};

/// Sorts the cases into combinations of conditions. Cut-offs are compared with a margin of 1e-12.
///
/// Refuses a condition of exactly 0.5 (ambiguous_membership): the case belongs to no row, and leaving it out would
/// hide it. An undefined pri counts as 0.
/// Source: Ragin 2008, ch. 7
Outcome<TruthTable> truth_table(const CaseSet& cases, const TruthTableRule& rule, const Execution& execution = {});

/// "0110".
std::string spell(Configuration configuration, std::size_t conditions);

} // namespace beproefd::statistics::qca
