// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace beproefd::statistics {

/// Which deviations count against the null hypothesis. greater: the first sample, or the post-measurement, is larger.
enum class Alternative { two_sided, greater, less };

/// An interval of which one side may be open.
struct Interval {
    std::optional<double> lo;
    std::optional<double> hi;
};

/// Size, mean and variance (divisor n − 1; 0 when n is 1) of a sample, in two passes.
struct Moments {
    std::size_t n = 0;
    double mean = 0;
    double variance = 0;
};
Moments moments(std::span<const double> values);

/// Do the values vary by no more than the rounding of their own size?
bool is_constant(const Moments& sample);

/// post − pre, position by position; both of one length.
std::vector<double> differences(std::span<const double> pre, std::span<const double> post);

/// The size of the rounding in differences of these values: a difference that is smaller counts as zero, and two
/// differences that are nearer than this count as tied. 0.3 − 0.2 and 0.2 − 0.1 are the same improvement.
double rounding_of(std::span<const double> pre, std::span<const double> post);

/// Values as whole numbers: value = offset + unit · number, exact for data written with up to six decimals.
/// Empty when they are on no such grid, or the numbers would be above 2⁵³.
struct Grid {
    double unit = 1;
    std::vector<long long> numbers;
};
std::optional<Grid> whole_numbers(std::span<const double> values);

} // namespace beproefd::statistics
