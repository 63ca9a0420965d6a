// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/risk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace beproefd::statistics::disclosure {

namespace {

double match_probability(std::size_t sampled, double p)
{
    const double q = 1 - p;
    if (sampled >= 3)
        return p / (static_cast<double>(sampled) - q);
    if (q < 1e-3) { // the formulas below are differences of large numbers here; these are their series in q
        if (sampled == 1)
            return p * (1 + q / 2 + q * q / 3 + q * q * q / 4 + q * q * q * q / 5);
        return p - p * p * (0.5 + q / 3 + q * q / 4 + q * q * q / 5 + q * q * q * q / 6);
    }
    const double odds = p / q, logarithm = -std::log(p);
    return sampled == 1 ? odds * logarithm : odds - odds * odds * logarithm;
}

} // namespace

Outcome<RecordRisk> record_risk(std::span<const std::size_t> group, std::size_t groups,
                                std::span<const double> weights)
{
    assert(group.size() == weights.size());
    if (group.empty())
        return insufficient_data("There are no records.", "data.keys");
    std::vector<std::size_t> sampled(groups, 0);
    std::vector<double> population(groups, 0);
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (!(weights[i] > 0))
            return invalid_data("A weight is not above zero.", fmt::format("data.weights[{}]", i));
        ++sampled[group[i]];
        population[group[i]] += weights[i];
    }
    RecordRisk result;
    for (std::size_t i = 0; i < group.size(); ++i) {
        const auto f = sampled[group[i]];
        const auto all = population[group[i]], size = static_cast<double>(f);
        if (all < size * (1 - 1e-9))
            return invalid_data("The weights of a key add up to less than the records that have it.",
                                fmt::format("data.weights[{}]", i));
        result.fk.push_back(f);
        result.Fk.push_back(all);
        result.risk.push_back(match_probability(f, std::min(1.0, size / all)));
        result.n_unique += f == 1;
        result.n_below_3 += f < 3;
    }
    return result;
}

} // namespace beproefd::statistics::disclosure
