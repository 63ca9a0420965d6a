// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/words.hpp"

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace beproefd::statistics::ladder {

using describe::Words;

/// A fact with a bound. Yes and no are 1 and 0.
struct Condition {
    std::string fact;
    std::optional<double> at_least, above, below;
};
BOOST_DESCRIBE_STRUCT(Condition, (), (fact, at_least, above, below))

struct Rule {
    std::string id, source;
    bool confirmed = false; ///< false: our reading, waits for a domain expert
    std::vector<Condition> conditions;
    Words reason;
};
BOOST_DESCRIBE_STRUCT(Rule, (), (id, source, confirmed, conditions, reason))

/// A step is reached when any of its rules holds, and all steps below are reached.
struct Step {
    int step = 0;
    std::vector<Rule> rules;
};
BOOST_DESCRIBE_STRUCT(Step, (), (step, rules))

struct Downgrade {
    std::string id, domain;
    bool confirmed = false;
    std::string source;
    Condition condition;
    Words reason;
};
BOOST_DESCRIBE_STRUCT(Downgrade, (), (id, domain, confirmed, source, condition, reason))

struct Label {
    int step = 0;
    bool confirmed = false;
    std::string nl, en;
    std::optional<std::vector<Condition>> conditions;
};
BOOST_DESCRIBE_STRUCT(Label, (), (step, confirmed, nl, en, conditions))

struct LadderLabels {
    std::string key, source;
    std::vector<Label> labels;
};
BOOST_DESCRIBE_STRUCT(LadderLabels, (), (key, source, labels))

/// data/statistics/evidence-ladder.yaml.
struct Rules {
    std::string version, valid_from;
    Words proposes;
    std::vector<Step> steps;
    std::vector<Downgrade> downgrades;
    std::vector<LadderLabels> ladders;
};
BOOST_DESCRIBE_STRUCT(Rules, (), (version, valid_from, proposes, steps, downgrades, ladders))

/// One recorded fact with the document it stands in.
struct Fact {
    double value = 0;
    std::string source; ///< document and place
};
BOOST_DESCRIBE_STRUCT(Fact, (), (value, source))

/// What is recorded about an evaluation, by the names of the rules. A fact that is not there is unknown, and unknown
/// never lifts and never lowers a step.
using Facts = std::map<std::string, Fact>;

/// A rule that decided, with the facts it read.
struct Decision {
    std::string rule;
    int step = 0; ///< reached by it; for a downgrade the step after it
    Words reason;
    bool confirmed = false;
    std::string source;
    std::vector<std::string> facts;
};
BOOST_DESCRIBE_STRUCT(Decision, (), (rule, step, reason, confirmed, source, facts))

/// What keeps the evaluation from the next step: the facts of the nearest rule that are unknown or too low.
struct Missing {
    std::string rule;
    int step = 0;
    std::vector<std::string> unknown, not_met;
};
BOOST_DESCRIBE_STRUCT(Missing, (), (rule, step, unknown, not_met))

struct Reading {
    std::string ladder, nl, en;
    bool confirmed = false; ///< every rule behind it and the label itself
    std::string source;
};
BOOST_DESCRIBE_STRUCT(Reading, (), (ladder, nl, en, confirmed, source))

struct Placement {
    std::string rules_version;
    int design_step = 0; ///< before downgrades: the ceiling
    int step = 0;
    std::vector<Decision> reached{}, lowered{};
    std::optional<Missing> missing{};
    std::vector<Reading> readings{};
    bool confirmed = false;
    Words proposes;
};
BOOST_DESCRIBE_STRUCT(Placement, (),
                      (rules_version, design_step, step, reached, lowered, missing, readings, confirmed, proposes))

/// On which step recorded facts put an evaluation, with every fact and rule that decided. Each GRADE domain lowers by
/// at most one step; description and foundation (steps 0 to 2) are not about a study and are never lowered.
Placement place(const Rules& rules, const Facts& facts);

} // namespace beproefd::statistics::ladder
