// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace beproefd::statistics::cost {

/// Cost and effect of the people in one arm; position i is the same person in both.
struct Arm {
    std::span<const double> cost;
    std::span<const double> effect;
};

/// What Fieller's method leaves of a ratio.
enum class RatioInterval {
    finite,    ///< between two bounds
    outside,   ///< everything but what lies between two bounds: the effect difference may be zero
    unbounded, ///< every ratio is compatible with the data
};

/// "finite", "outside" or "unbounded".
std::string_view name(RatioInterval kind);

struct Effectiveness {
    double delta_cost = 0, delta_effect = 0; ///< treated minus control
    std::optional<double> icer{};            ///< delta_cost / delta_effect; none when the effects are equal
    RatioInterval icer_ci_type = RatioInterval::unbounded;
    std::optional<double> icer_ci_lo{}, icer_ci_hi{};             ///< only when finite
    std::optional<double> icer_excluded_lo{}, icer_excluded_hi{}; ///< only when outside
    /// At the willingness to pay, when one was given.
    std::optional<double> inb{}, inb_se{}, inb_ci_lo{}, inb_ci_hi{}, prob_cost_effective{};
};

/// Extra cost per extra unit of effect, with Fieller's interval, and the incremental net benefit at the price that
/// a unit of effect is worth. Large-sample (normal) intervals: with few people per arm they are too narrow.
/// The sign of a ratio alone does not tell better from worse: read delta_cost and delta_effect first.
/// Refuses fewer than two people in an arm.
/// Source: Willan & O'Brien 1996, doi:10.1002/hec.4730050404; Stinnett & Mullahy 1998,
/// doi:10.1177/0272989X98018002S09
Outcome<Effectiveness> effectiveness(Arm treated, Arm control, std::optional<double> willingness_to_pay,
                                     double level);

/// Sum of yearly amounts, each divided by (1 + rate) to the power of its year; the first falls in year first_year,
/// and year 0 is not discounted. rate is a fraction above -1.
double present_value(std::span<const double> amounts, double rate, double first_year);

} // namespace beproefd::statistics::cost
