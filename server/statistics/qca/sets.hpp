// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace beproefd::statistics::qca {

/// A condition: how much each case belongs to a set, from 0 (fully out) to 1 (fully in).
struct Condition {
    std::string name;
    std::vector<double> membership;
};

/// Cases with conditions and an outcome; all columns have one value per case.
struct CaseSet {
    std::vector<std::string> cases;
    std::vector<Condition> conditions;
    std::vector<double> outcome;
};

/// The set of cases where the outcome is absent.
CaseSet with_negated_outcome(CaseSet cases);

/// How a set fits with being sufficient for the outcome. Empty = not defined, because a sum below the line is zero.
struct Sufficiency {
    std::optional<double> consistency, pri, coverage;
};

/// How a set fits with being necessary for the outcome.
struct Necessity {
    std::optional<double> consistency, coverage, relevance;
};

/// Source: Ragin 2008, Redesigning Social Inquiry; pri: Schneider & Wagemann 2012, 9.1
Sufficiency sufficiency(std::span<const double> set, std::span<const double> outcome);

/// Source: Ragin 2008; relevance: Schneider & Wagemann 2012, 9.2
Necessity necessity(std::span<const double> set, std::span<const double> outcome);

/// How raw values become memberships by three anchors. exclusion < crossover < inclusion, or all the other way round
/// when lower values mean more membership.
struct Anchors {
    double exclusion = 0, crossover = 0, inclusion = 0;
};

/// The direct method: log odds in proportion to the distance from the crossover; an anchor has membership idm or
/// 1 - idm. Refuses anchors that are not in order, and idm outside (0.5, 1).
/// Source: Ragin 2008, ch. 5
Outcome<std::vector<double>> calibrate_logistic(std::span<const double> values, Anchors anchors, double idm);

/// Straight lines through (exclusion, 0), (crossover, 0.5), (inclusion, 1).
Outcome<std::vector<double>> calibrate_linear(std::span<const double> values, Anchors anchors);

/// How many thresholds a value reaches; one that equals a threshold reaches it. Thresholds ascend strictly.
Outcome<std::vector<double>> calibrate_crisp(std::span<const double> values, std::span<const double> thresholds);

} // namespace beproefd::statistics::qca
