// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/linear_programme.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace beproefd::statistics::disclosure {

namespace {
constexpr double tolerance = 1e-7, pivot_tolerance = 1e-9;
constexpr double infinity = std::numeric_limits<double>::infinity();
} // namespace

LinearProgramme::LinearProgramme(std::vector<double> costs)
    : n_(costs.size()), costs_(std::move(costs)), lower_(n_, 0), upper_(n_, 1), nonbasic_(n_), nonbasic_value_(n_, 0),
      reduced_(costs_), value_(n_, 0)
{
    for (std::size_t j = 0; j < n_; ++j)
        nonbasic_[j] = j;
}

double LinearProgramme::upper(std::size_t variable) const { return variable < n_ ? upper_[variable] : infinity; }

void LinearProgramme::add(const Cut& cut)
{
    // The surplus of the cut, written in the variables that stand at a bound now.
    Row row{.basic = n_ + cuts_.size(), .coefficients = std::vector<double>(n_, 0), .constant = -cut.least};
    std::vector<double> weight(n_, 0);
    for (const auto& [variable, coefficient] : cut.terms)
        weight[variable] += coefficient;
    for (std::size_t j = 0; j < n_; ++j)
        if (nonbasic_[j] < n_)
            row.coefficients[j] = weight[nonbasic_[j]];
    for (const auto& other : rows_)
        if (other.basic < n_ && weight[other.basic] != 0) {
            const double w = weight[other.basic];
            for (std::size_t j = 0; j < n_; ++j)
                row.coefficients[j] += w * other.coefficients[j];
            row.constant += w * other.constant;
        }
    cuts_.push_back(cut);
    rows_.push_back(std::move(row));
}

void LinearProgramme::fix(std::size_t variable, bool one)
{
    lower_[variable] = upper_[variable] = one ? 1 : 0;
    for (std::size_t j = 0; j < n_; ++j)
        if (nonbasic_[j] == variable)
            nonbasic_value_[j] = one ? 1 : 0;
}

void LinearProgramme::drop_slack_cuts()
{
    std::erase_if(rows_, [&](const Row& row) { return row.basic >= n_; });
}

void LinearProgramme::pivot(std::size_t r, std::size_t c)
{
    auto& row = rows_[r];
    const double p = row.coefficients[c];
    const double inverse = 1 / p;
    // basic = constant + ... + p * entering  becomes  entering = (basic - constant - ...) / p
    for (auto& coefficient : row.coefficients)
        coefficient *= -inverse;
    row.coefficients[c] = inverse;
    row.constant *= -inverse;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (i == r)
            continue;
        auto& other = rows_[i];
        const double factor = other.coefficients[c];
        if (factor == 0)
            continue;
        other.coefficients[c] = 0;
        for (std::size_t j = 0; j < n_; ++j)
            other.coefficients[j] += factor * row.coefficients[j];
        other.constant += factor * row.constant;
    }
    const double factor = reduced_[c];
    reduced_[c] = 0;
    for (std::size_t j = 0; j < n_; ++j)
        reduced_[j] += factor * row.coefficients[j];
    std::swap(row.basic, nonbasic_[c]);
}

bool LinearProgramme::solve()
{
    // Each column rests at the bound that its reduced cost asks for.
    for (std::size_t j = 0; j < n_; ++j) {
        const auto variable = nonbasic_[j];
        if (variable < n_)
            nonbasic_value_[j] = reduced_[j] >= 0 ? lower_[variable] : upper_[variable];
        else
            nonbasic_value_[j] = 0;
    }
    std::vector<double> basic(rows_.size());
    const auto recompute = [&] {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            double sum = rows_[i].constant;
            for (std::size_t j = 0; j < n_; ++j)
                if (nonbasic_value_[j] != 0)
                    sum += rows_[i].coefficients[j] * nonbasic_value_[j];
            basic[i] = sum;
        }
    };
    recompute();

    const std::size_t most_pivots = 50 * (n_ + rows_.size()) + 1000;
    for (std::size_t pivots = 0; pivots < most_pivots; ++pivots) {
        std::size_t leaving = rows_.size();
        double worst = tolerance;
        bool too_low = false;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const double below = lower(rows_[i].basic) - basic[i], above = basic[i] - upper(rows_[i].basic);
            if (std::max(below, above) > worst) {
                worst = std::max(below, above);
                leaving = i;
                too_low = below > above;
            }
        }
        if (leaving == rows_.size())
            break;

        const auto& row = rows_[leaving];
        std::size_t entering = n_;
        double least_ratio = infinity, largest = 0;
        for (std::size_t j = 0; j < n_; ++j) {
            const auto variable = nonbasic_[j];
            if (lower(variable) == upper(variable))
                continue; // fixed
            const double coefficient = too_low ? row.coefficients[j] : -row.coefficients[j];
            const bool at_lower = nonbasic_value_[j] <= lower(variable);
            if (at_lower ? coefficient <= pivot_tolerance : coefficient >= -pivot_tolerance)
                continue;
            const double size = std::abs(coefficient), ratio = std::abs(reduced_[j]) / size;
            if (ratio < least_ratio - 1e-12 || (ratio <= least_ratio + 1e-12 && size > largest)) {
                least_ratio = std::min(ratio, least_ratio);
                largest = size;
                entering = j;
            }
        }
        if (entering == n_)
            return false;

        const double target = too_low ? lower(row.basic) : upper(row.basic);
        const double step = (target - basic[leaving]) / row.coefficients[entering];
        const double entered = nonbasic_value_[entering] + step;
        for (std::size_t i = 0; i < rows_.size(); ++i)
            basic[i] += rows_[i].coefficients[entering] * step;
        pivot(leaving, entering);
        nonbasic_value_[entering] = target;
        basic[leaving] = entered;
        if (pivots % 64 == 63)
            recompute();
    }

    for (std::size_t j = 0; j < n_; ++j)
        if (nonbasic_[j] < n_)
            value_[nonbasic_[j]] = nonbasic_value_[j];
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (rows_[i].basic < n_)
            value_[rows_[i].basic] = std::clamp(basic[i], lower_[rows_[i].basic], upper_[rows_[i].basic]);
    return true;
}

double LinearProgramme::bound() const
{
    auto remaining = costs_;
    double total = 0;
    for (std::size_t j = 0; j < n_; ++j) {
        if (nonbasic_[j] < n_ || reduced_[j] <= 0)
            continue;
        const auto& cut = cuts_[nonbasic_[j] - n_];
        total += reduced_[j] * cut.least;
        for (const auto& [variable, coefficient] : cut.terms)
            remaining[variable] -= reduced_[j] * coefficient;
    }
    for (std::size_t j = 0; j < n_; ++j)
        total += remaining[j] * (remaining[j] >= 0 ? lower_[j] : upper_[j]);
    return total;
}

} // namespace beproefd::statistics::disclosure
