// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstddef>

/// How large a request may be. The door refuses what is larger with too_large before memory is touched.
namespace beproefd::statistics::limits {

inline constexpr std::size_t studies = 100'000;        ///< k, effects in a meta-analysis
inline constexpr std::size_t observations = 1'000'000; ///< n, rows of any other method
inline constexpr std::size_t resamples = 1'000'000;    ///< bootstrap samples, permutations, simulations
inline constexpr std::size_t conditions = 20;          ///< conditions of a truth table
inline constexpr std::size_t regressors = 500;         ///< columns of a design matrix

} // namespace beproefd::statistics::limits
