// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/qca/sets.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace beproefd::statistics::qca {

namespace {

std::optional<double> ratio(double above, double below)
{
    if (!(below > 1e-14))
        return std::nullopt;
    return above / below;
}

std::optional<Error> check(Anchors anchors)
{
    const auto [e, c, i] = anchors;
    if ((e < c && c < i) || (e > c && c > i))
        return std::nullopt;
    return invalid_option("The crossover has to lie between exclusion and inclusion, and all three have to differ.",
                          "options.crossover");
}

} // namespace

CaseSet with_negated_outcome(CaseSet cases)
{
    for (auto& value : cases.outcome)
        value = 1 - value;
    return cases;
}

Sufficiency sufficiency(std::span<const double> set, std::span<const double> outcome)
{
    assert(set.size() == outcome.size());
    double x_sum = 0, y_sum = 0, both = 0, contradiction = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        const double x = set[i], y = outcome[i];
        x_sum += x;
        y_sum += y;
        both += std::min(x, y);
        contradiction += std::min({x, y, 1 - y});
    }
    return {ratio(both, x_sum), ratio(both - contradiction, x_sum - contradiction), ratio(both, y_sum)};
}

Necessity necessity(std::span<const double> set, std::span<const double> outcome)
{
    assert(set.size() == outcome.size());
    double x_sum = 0, y_sum = 0, both = 0, out = 0, not_both = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        const double x = set[i], y = outcome[i], least = std::min(x, y);
        x_sum += x;
        y_sum += y;
        both += least;
        out += 1 - x;
        not_both += 1 - least;
    }
    return {ratio(both, y_sum), ratio(both, x_sum), ratio(out, not_both)};
}

Outcome<std::vector<double>> calibrate_logistic(std::span<const double> values, Anchors anchors, double idm)
{
    if (const auto refused = check(anchors))
        return *refused;
    if (!(idm > 0.5 && idm < 1))
        return invalid_option("The degree of membership at an anchor lies between 0.5 and 1.", "options.idm");
    const double log_odds = std::log(idm / (1 - idm));
    const bool rising = anchors.inclusion > anchors.crossover;
    std::vector<double> membership;
    membership.reserve(values.size());
    for (const double x : values) {
        const bool inclusion_side = rising ? x >= anchors.crossover : x <= anchors.crossover;
        const double scale =
            inclusion_side ? anchors.inclusion - anchors.crossover : anchors.crossover - anchors.exclusion;
        membership.push_back(1 / (1 + std::exp(-log_odds * (x - anchors.crossover) / scale)));
    }
    return membership;
}

Outcome<std::vector<double>> calibrate_linear(std::span<const double> values, Anchors anchors)
{
    if (const auto refused = check(anchors))
        return *refused;
    const bool rising = anchors.inclusion > anchors.crossover;
    std::vector<double> membership;
    membership.reserve(values.size());
    for (const double x : values) {
        const bool inclusion_side = rising ? x >= anchors.crossover : x <= anchors.crossover;
        const double scale =
            inclusion_side ? anchors.inclusion - anchors.crossover : anchors.crossover - anchors.exclusion;
        membership.push_back(std::clamp(0.5 + 0.5 * (x - anchors.crossover) / scale, 0.0, 1.0));
    }
    return membership;
}

Outcome<std::vector<double>> calibrate_crisp(std::span<const double> values, std::span<const double> thresholds)
{
    if (thresholds.empty())
        return invalid_option("Give at least one threshold.", "options.thresholds");
    for (std::size_t i = 1; i < thresholds.size(); ++i)
        if (!(thresholds[i] > thresholds[i - 1]))
            return invalid_option("Thresholds have to ascend.", "options.thresholds");
    std::vector<double> membership;
    membership.reserve(values.size());
    for (const double x : values)
        membership.push_back(
            static_cast<double>(std::upper_bound(thresholds.begin(), thresholds.end(), x) - thresholds.begin()));
    return membership;
}

} // namespace beproefd::statistics::qca
