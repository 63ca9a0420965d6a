// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/qca/truth_table.hpp"

#include <compare>

namespace beproefd::statistics::qca {

/// A conjunction: the conditions in `mask` have the values in `value`; the others may be anything. Bits as in a
/// Configuration.
struct Implicant {
    Configuration mask = 0, value = 0;

    bool covers(Configuration configuration) const { return (configuration & mask) == value; }
    auto operator<=>(const Implicant&) const = default;
};

/// A disjunction of implicants, ascending.
using Model = std::vector<Implicant>;

enum class Solution {
    conservative, ///< what was not observed does not lead to the outcome
    parsimonious, ///< what was not observed may be assumed either way
    intermediate, ///< only assumptions that agree with the directional expectations
};

struct MinimizationLimits {
    std::size_t implicants = 2'000'000;
    std::size_t models = 20'000;
    std::size_t work = 300'000'000; ///< implicants looked at in the search for covers
    std::size_t patience = 500;     ///< steps of a search before it pays for a better bound
};

/// All prime implicants of a function that cover at least one of the `positive` rows. `excluded` has a bit per
/// configuration: 64 in a word, one if an implicant may not cover it.
///
/// Around one row an implicant is the set of conditions it leaves free, and what makes such a set impossible is
/// closed under adding conditions: one pass over 2^k bits per condition finds all largest possible sets at once.
Outcome<std::vector<Implicant>> prime_implicants(std::span<const Configuration> positive,
                                                 const std::vector<std::uint64_t>& excluded, std::size_t conditions,
                                                 const MinimizationLimits& limits = {},
                                                 const Execution& execution = {});

/// Every cover of the positive rows with the least number of implicants.
/// By iterative deepening over classes of implicants that cover the same rows, branching on the row with the fewest,
/// with a bound from prices of the rows. Refuses more models than the limit: such data do not choose between them.
Outcome<std::vector<Model>> minimal_covers(std::span<const Configuration> positive,
                                           std::span<const Implicant> implicants,
                                           const MinimizationLimits& limits = {}, const Execution& execution = {});

/// All models of a solution type, without duplicates. `expected` holds for each condition (bits as in a
/// Configuration) whether it is expected to contribute when present (1) or absent (0); only for intermediate.
///
/// Conservative, parsimonious and intermediate are as the contract defines them. Refuses a table without positive
/// rows. Source: Quine 1952; McCluskey 1956; Ragin 2008, ch. 8-9; Baumgartner & Thiem 2017 on model ambiguity,
/// doi:10.1177/0049124115610351
Outcome<std::vector<Model>> minimize(const TruthTable& table, Solution solution, Configuration expected = 0,
                                     const MinimizationLimits& limits = {}, const Execution& execution = {});

/// "A*~B*C" in condition order; "1" for the implicant without conditions.
std::string spell(const Implicant& implicant, const std::vector<std::string>& names);

/// How much each case belongs to an implicant.
std::vector<double> membership(const Implicant& implicant, const CaseSet& cases);

} // namespace beproefd::statistics::qca
