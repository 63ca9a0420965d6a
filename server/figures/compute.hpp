// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/published.hpp"

#include <optional>
#include <span>

namespace beproefd::figures {

/// The value of a figure as a term of a sum. An empty cell and an amount below the smallest printed unit count as
/// nothing; what is not printed has no value, and so has a sum in which it stands.
std::optional<double> as_term(const Figure& figure);

/// Carries out an operation. Sums of printed decimals are exact: the outcome is rounded to a millionth, far below the
/// smallest printed unit, so that no binary fraction remains. Empty when a term has no value or a divisor is 0.
std::optional<double> carry_out(Operation operation, double factor, std::span<const Figure* const> terms);

/// Half away from zero, to so many decimals; as one rounds by hand.
double round_half_up(double value, std::int64_t decimals);

} // namespace beproefd::figures
