// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstddef>
#include <vector>

namespace beproefd::statistics::disclosure {

/// How far numbers can move away from their true values while every sum stays true:
/// sums . x = 0, -down <= x <= up. Solved by the primal simplex method from x = 0, which always fits, so there is
/// no first phase and the basis of the last question serves the next.
class Deviations
{
public:
    /// One sum: coefficients by variable.
    using Equation = std::vector<std::pair<std::size_t, double>>;

    Deviations(std::size_t variables, const std::vector<Equation>& equations);

    /// By how much a variable may fall and rise; both zero or more.
    void set_room(std::size_t variable, double down, double up);

    /// The furthest that `variable` can rise (or fall, as a positive number) within its own room.
    /// Should the iteration be cut off, it is what was reached; the prices hold all the same.
    double furthest(std::size_t variable, bool rise);

    /// After furthest(): where everything stood then.
    const std::vector<double>& values() const { return value_; }
    /// After furthest(): d with furthest <= sum of max(d, 0) * up + max(-d, 0) * down for any rooms.
    const std::vector<double>& prices() const { return price_; }

private:
    double& entry(std::size_t row, std::size_t column) { return tableau_[row * n_ + column]; }
    void pivot(std::size_t row, std::size_t column);

    std::size_t n_, m_ = 0;
    std::vector<double> tableau_; ///< m rows: basic variable + sum of the others = 0
    std::vector<std::size_t> basic_;
    std::vector<char> is_basic_;
    std::vector<double> down_, up_, value_, price_;
};

} // namespace beproefd::statistics::disclosure
