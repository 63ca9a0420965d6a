// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/comparison/sample.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace beproefd::statistics {

Moments moments(std::span<const double> values)
{
    Moments sample{values.size(), 0, 0};
    if (values.empty())
        return sample;
    const double n = static_cast<double>(values.size());
    double sum = 0;
    for (const double value : values)
        sum += value;
    sample.mean = sum / n;
    double correction = 0;
    for (const double value : values)
        correction += value - sample.mean;
    sample.mean += correction / n;
    if (values.size() < 2)
        return sample;
    double squares = 0;
    for (const double value : values)
        squares += (value - sample.mean) * (value - sample.mean);
    sample.variance = squares / (n - 1);
    return sample;
}

bool is_constant(const Moments& sample)
{
    return !(std::sqrt(sample.variance) > 10 * std::numeric_limits<double>::epsilon() * std::abs(sample.mean));
}

std::vector<double> differences(std::span<const double> pre, std::span<const double> post)
{
    assert(pre.size() == post.size());
    std::vector<double> result(pre.size());
    for (std::size_t i = 0; i < pre.size(); ++i)
        result[i] = post[i] - pre[i];
    return result;
}

double rounding_of(std::span<const double> pre, std::span<const double> post)
{
    double largest = 0;
    for (const double value : pre)
        largest = std::max(largest, std::abs(value));
    for (const double value : post)
        largest = std::max(largest, std::abs(value));
    return 8 * std::numeric_limits<double>::epsilon() * largest;
}

std::optional<Grid> whole_numbers(std::span<const double> values)
{
    constexpr double largest = 9007199254740992.0; // 2^53
    double power = 1;
    for (int decimals = 0; decimals <= 6; ++decimals, power *= 10) {
        Grid grid{1 / power, {}};
        grid.numbers.reserve(values.size());
        for (const double value : values) {
            const double scaled = value * power, nearest = std::round(scaled);
            // Each value carries the rounding of its own subtraction: a few units in the last place.
            if (!(std::abs(nearest) < largest) ||
                !(std::abs(scaled - nearest) <= 1e-9 * std::max(1.0, std::abs(nearest) * 1e-3)))
                break;
            grid.numbers.push_back(static_cast<long long>(nearest));
        }
        if (grid.numbers.size() == values.size())
            return grid;
    }
    return std::nullopt;
}

} // namespace beproefd::statistics
