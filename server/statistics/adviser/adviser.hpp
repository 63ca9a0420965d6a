// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/ladder/ladder.hpp"

namespace beproefd::statistics::adviser {

using ladder::Condition;
using ladder::Words;

/// What is known about a place where something will be evaluated. What is not told is unknown: it never makes a
/// design feasible.
struct Situation {
    std::optional<std::string> title;
    int sites = 1;
    double eligible_per_site_and_year = 0;
    double months_to_decision = 12;
    std::optional<bool> staggered_start, lots_possible, pre_measurement_possible, already_run, seasonal, sensitive;
    std::optional<int> start_moments, comparable_sites, comparable_projects, series_points_before,
        series_points_after, observations_per_person;
    std::optional<double> budget;             ///< euros
    std::optional<double> relevant_effect;    ///< smallest that matters, in standard deviations; 0.3
    std::optional<double> expected_retention; ///< fraction; 0.7
    std::optional<double> icc;                ///< likeness within a site; 0.05
    std::optional<double> correlation;        ///< between before and after; 0.5
    std::optional<std::string> outcome_type;  ///< scale, share, count or rare
    std::optional<double> baseline_share;     ///< of a yes-or-no outcome before the programme; one half
};
BOOST_DESCRIBE_STRUCT(Situation, (),
                      (title, sites, eligible_per_site_and_year, months_to_decision, staggered_start, lots_possible,
                       pre_measurement_possible, already_run, seasonal, sensitive, start_moments, comparable_sites,
                       comparable_projects, series_points_before, series_points_after, observations_per_person,
                       budget, relevant_effect, expected_retention, icc, correlation, outcome_type, baseline_share))

struct FeasibleWhen {
    std::string id;
    std::vector<Condition> conditions;
};
BOOST_DESCRIBE_STRUCT(FeasibleWhen, (), (id, conditions))

struct Design {
    std::string key;
    int step = 0, ceiling = 0;
    std::string power; ///< cluster, stepped_wedge, two_groups, paired or none
    bool confirmed = false;
    double fixed_cost = 0, cost_per_person = 0, cost_per_site = 0; ///< euros
    std::vector<FeasibleWhen> rules;
    Words name;
    std::vector<Words> threats;
    Words lift, not_shown;
};
BOOST_DESCRIBE_STRUCT(Design, (),
                      (key, step, ceiling, power, confirmed, fixed_cost, cost_per_person, cost_per_site, rules, name,
                       threats, lift, not_shown))

/// A number that decides, and whether a source confirms it.
struct Threshold {
    std::string id;
    double value = 0;
    bool confirmed = false;
};
BOOST_DESCRIBE_STRUCT(Threshold, (), (id, value, confirmed))

/// What kind of outcome changes what can be noticed.
struct OutcomeRule {
    std::string type, id;
    std::string power; ///< t, proportions or none
    bool confirmed = false;
    std::optional<Words> remark;
};
BOOST_DESCRIBE_STRUCT(OutcomeRule, (), (type, id, power, confirmed, remark))

struct SensitiveRule {
    std::string id;
    std::vector<std::string> designs; ///< empty: every design that measures participants
    Words remark;
};
BOOST_DESCRIBE_STRUCT(SensitiveRule, (), (id, designs, remark))

struct SensitiveRules {
    std::string id;
    double retained = 1; ///< share of answers that can still be paired without names
    bool confirmed = false;
    std::vector<SensitiveRule> rules;
};
BOOST_DESCRIBE_STRUCT(SensitiveRules, (), (id, retained, confirmed, rules))

/// data/statistics/design-adviser.yaml.
struct Rules {
    std::string version, valid_from;
    Threshold smallest_participants, weak_factor;
    std::vector<OutcomeRule> outcomes;
    SensitiveRules sensitive;
    Words pool_from, pointless, no_effect_design, weak, over_budget;
    std::vector<Design> designs;
    Words brief, brief_without_test; ///< the latter for designs without a test over participants
};
BOOST_DESCRIBE_STRUCT(Rules, (),
                      (version, valid_from, smallest_participants, weak_factor, outcomes, sensitive, pool_from,
                       pointless, no_effect_design, weak, over_budget, designs, brief, brief_without_test))

/// Chance to notice an effect of d = 0.2, 0.3 and 0.5, two-sided at 0.05.
struct Power {
    double small = 0, moderate = 0, medium = 0;
};
BOOST_DESCRIBE_STRUCT(Power, (), (small, moderate, medium))

struct Option {
    std::string design, rule;
    Words name;
    int expected_step = 0, ceiling = 0;
    int participants = 0; ///< measured, after dropout
    int clusters = 0;     ///< sites, those to compare with included
    std::optional<Power> power{};
    std::optional<double> minimum_detectable_effect{}; ///< at 80 percent power, in standard deviations
    double cost = 0;                                   ///< euros; a planning figure
    bool within_budget = true;
    std::vector<Words> threats;
    Words lift, not_shown, brief{};
    std::vector<Words> remarks{};
    std::vector<std::string> applied{}; ///< ids of the rules on outcome and sensitivity behind remarks and power
    bool confirmed = false;
};
BOOST_DESCRIBE_STRUCT(Option, (),
                      (design, rule, name, expected_step, ceiling, participants, clusters, power,
                       minimum_detectable_effect, cost, within_budget, threats, lift, not_shown, brief, remarks,
                       applied, confirmed))

struct Advice {
    std::string rules_version;
    bool effect_evaluation_useful = true;
    std::optional<Words> warning;      ///< why an effect evaluation is pointless, and what is better
    std::vector<Threshold> thresholds; ///< that decided, each with whether a source confirms it
    std::vector<Option> designs;       ///< the best first
};
BOOST_DESCRIBE_STRUCT(Advice, (), (rules_version, effect_evaluation_useful, warning, thresholds, designs))

/// What is wrong with a situation, as the name of the member; empty when nothing is.
std::vector<std::string> wrong_members(const Situation& situation);

/// Which designs are feasible, in order of what they can show, with their power and cost. Where an effect evaluation
/// cannot answer the question, designs that describe stand first and the advice says so.
/// The situation has to be free of wrong members. Deterministic: the same situation gives the same advice.
Advice advise(const Rules& rules, const Situation& situation);

/// The advice as text.
std::string as_text(const Advice& advice, bool dutch);

} // namespace beproefd::statistics::adviser
