// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/ladder/ladder.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace beproefd::statistics::ladder {

namespace {

enum class Holds { yes, no, unknown };

Holds holds(const Condition& condition, const Facts& facts)
{
    const auto found = facts.find(condition.fact);
    if (found == facts.end())
        return Holds::unknown;
    const double value = found->second.value;
    const bool met = (!condition.at_least || value >= *condition.at_least) &&
                     (!condition.above || value > *condition.above) && (!condition.below || value < *condition.below);
    return met ? Holds::yes : Holds::no;
}

bool all_hold(const std::vector<Condition>& conditions, const Facts& facts)
{
    return std::all_of(conditions.begin(), conditions.end(),
                       [&](const Condition& condition) { return holds(condition, facts) == Holds::yes; });
}

std::vector<std::string> facts_of(const std::vector<Condition>& conditions)
{
    std::vector<std::string> names;
    for (const auto& condition : conditions)
        names.push_back(condition.fact);
    return names;
}

} // namespace

Placement place(const Rules& rules, const Facts& facts)
{
    constexpr int first_study_step = 3;
    Placement placement{.rules_version = rules.version, .confirmed = true, .proposes = rules.proposes};

    auto steps = rules.steps;
    std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.step < b.step; });
    for (const auto& step : steps) {
        const auto rule = std::find_if(step.rules.begin(), step.rules.end(),
                                       [&](const Rule& candidate) { return all_hold(candidate.conditions, facts); });
        if (rule != step.rules.end()) {
            placement.design_step = step.step;
            placement.reached.push_back(
                {rule->id, step.step, rule->reason, rule->confirmed, rule->source, facts_of(rule->conditions)});
            placement.confirmed = placement.confirmed && rule->confirmed;
            continue;
        }
        // The rule that is nearest: the fewest facts short.
        std::size_t fewest = std::numeric_limits<std::size_t>::max();
        for (const auto& candidate : step.rules) {
            Missing missing{candidate.id, step.step, {}, {}};
            for (const auto& condition : candidate.conditions) {
                const auto state = holds(condition, facts);
                if (state == Holds::unknown)
                    missing.unknown.push_back(condition.fact);
                else if (state == Holds::no)
                    missing.not_met.push_back(condition.fact);
            }
            if (const auto lacks = missing.unknown.size() + missing.not_met.size(); lacks < fewest) {
                fewest = lacks;
                placement.missing = std::move(missing);
            }
        }
        break;
    }

    placement.step = placement.design_step;
    std::set<std::string> domains;
    for (const auto& downgrade : rules.downgrades) {
        if (placement.step < first_study_step || holds(downgrade.condition, facts) != Holds::yes ||
            !domains.insert(downgrade.domain).second)
            continue;
        --placement.step;
        placement.lowered.push_back({downgrade.id,
                                     placement.step,
                                     downgrade.reason,
                                     downgrade.confirmed,
                                     downgrade.source,
                                     {downgrade.condition.fact}});
        placement.confirmed = placement.confirmed && downgrade.confirmed;
    }

    for (const auto& ladder : rules.ladders)
        for (const auto& label : ladder.labels)
            if (label.step == placement.step && (!label.conditions || all_hold(*label.conditions, facts))) {
                placement.readings.push_back(
                    {ladder.key, label.nl, label.en, label.confirmed && placement.confirmed, ladder.source});
                break;
            }
    return placement;
}

} // namespace beproefd::statistics::ladder
