// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/deviations.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace beproefd::statistics::disclosure {

namespace {
constexpr double tiny = 1e-9;
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
} // namespace

Deviations::Deviations(std::size_t variables, const std::vector<Equation>& equations)
    : n_(variables), tableau_(equations.size() * variables, 0.0), is_basic_(variables, 0), down_(variables, 0),
      up_(variables, 0), value_(variables, 0), price_(variables, 0)
{
    for (const auto& equation : equations) {
        double* row = &tableau_[m_ * n_];
        std::fill(row, row + n_, 0.0);
        for (const auto& [variable, coefficient] : equation)
            row[variable] += coefficient;
        for (std::size_t i = 0; i < m_; ++i) {
            const double factor = row[basic_[i]];
            if (factor != 0)
                for (std::size_t j = 0; j < n_; ++j)
                    row[j] -= factor * entry(i, j);
        }
        std::size_t largest = 0;
        for (std::size_t j = 0; j < n_; ++j)
            if (std::abs(row[j]) > std::abs(row[largest]) + tiny)
                largest = j;
        if (n_ == 0 || std::abs(row[largest]) < 1e-7)
            continue; // follows from the others
        basic_.push_back(largest);
        is_basic_[largest] = 1;
        ++m_;
        pivot(m_ - 1, largest);
    }
    tableau_.resize(m_ * n_);
}

void Deviations::set_room(std::size_t variable, double down, double up)
{
    down_[variable] = down;
    up_[variable] = up;
}

/// Makes `column` the basic variable of `row`.
void Deviations::pivot(std::size_t row, std::size_t column)
{
    double* own = &tableau_[row * n_];
    const double inverse = 1 / own[column];
    for (std::size_t j = 0; j < n_; ++j)
        own[j] *= inverse;
    own[column] = 1;
    for (std::size_t i = 0; i < m_; ++i) {
        const double factor = entry(i, column);
        if (i == row || factor == 0)
            continue;
        for (std::size_t j = 0; j < n_; ++j)
            if (own[j] != 0) {
                auto& cell = entry(i, j);
                cell -= factor * own[j];
                // Sums have coefficients of one, so what is this small is rounding.
                if (std::abs(cell) < 1e-12)
                    cell = 0;
            }
        entry(i, column) = 0;
    }
}

double Deviations::furthest(std::size_t target, bool rise)
{
    std::fill(value_.begin(), value_.end(), 0.0);
    const double sign = rise ? 1 : -1;
    // x_target = - sum of its row when it is basic: the prices of the others.
    const auto reprice = [&] {
        std::fill(price_.begin(), price_.end(), 0.0);
        if (!is_basic_[target]) {
            price_[target] = sign;
            return;
        }
        const auto row = static_cast<std::size_t>(std::find(basic_.begin(), basic_.end(), target) - basic_.begin());
        for (std::size_t j = 0; j < n_; ++j)
            price_[j] = is_basic_[j] ? 0 : -sign * entry(row, j);
    };
    reprice();

    const std::size_t most = 200 * (n_ + m_) + 1000;
    std::size_t standing_still = 0;
    for (std::size_t step = 0; step < most; ++step) {
        // The steepest that can still move; the first one after a while without progress, so that it ends.
        const bool careful = standing_still > 2 * m_ + 20;
        std::size_t entering = none;
        double best = 1e-9;
        for (std::size_t j = 0; j < n_; ++j) {
            if (is_basic_[j] || std::abs(price_[j]) <= best)
                continue;
            const double room = price_[j] > 0 ? up_[j] - value_[j] : value_[j] + down_[j];
            if (room <= tiny)
                continue;
            entering = j;
            if (careful)
                break;
            best = std::abs(price_[j]);
        }
        if (entering == none)
            break;

        const double direction = price_[entering] > 0 ? 1 : -1;
        double length = direction > 0 ? up_[entering] - value_[entering] : value_[entering] + down_[entering];
        std::size_t leaving = none;
        double leaving_size = 0;
        for (std::size_t i = 0; i < m_; ++i) {
            const double slope = -entry(i, entering) * direction;
            if (std::abs(slope) < tiny)
                continue;
            const auto variable = basic_[i];
            const double room =
                std::max(0.0, slope > 0 ? up_[variable] - value_[variable] : value_[variable] + down_[variable]);
            const double reach = room / std::abs(slope);
            const bool closer = reach < length - tiny;
            const bool level = !closer && leaving != none && reach <= length + tiny;
            if (closer || (reach <= length && leaving == none) ||
                (level && (careful ? variable < basic_[leaving] : std::abs(slope) > leaving_size))) {
                length = std::min(length, reach);
                leaving = i;
                leaving_size = std::abs(slope);
            }
        }
        standing_still = length > tiny ? 0 : standing_still + 1;
        value_[entering] += direction * length;
        for (std::size_t i = 0; i < m_; ++i)
            value_[basic_[i]] -= entry(i, entering) * direction * length;
        if (leaving == none)
            continue; // from one bound to the other
        is_basic_[basic_[leaving]] = 0;
        is_basic_[entering] = 1;
        pivot(leaving, entering);
        basic_[leaving] = entering;
        reprice();
    }
    return sign * value_[target];
}

} // namespace beproefd::statistics::disclosure
