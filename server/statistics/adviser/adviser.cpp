// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/adviser/adviser.hpp"

#include "statistics/power/power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace beproefd::statistics::adviser {

namespace {

using Facts = ladder::Facts;

Facts facts_of(const Situation& s, double remaining)
{
    Facts facts;
    const auto tell = [&](std::string_view name, const auto& value) {
        if (value)
            facts[std::string(name)] = {static_cast<double>(*value), ""};
    };
    facts["sites"] = {static_cast<double>(s.sites), ""};
    tell("staggered_start", s.staggered_start);
    tell("lots_possible", s.lots_possible);
    tell("pre_measurement_possible", s.pre_measurement_possible);
    tell("already_run", s.already_run);
    tell("start_moments", s.start_moments);
    tell("comparable_sites", s.comparable_sites);
    tell("comparable_projects", s.comparable_projects);
    tell("series_points_before", s.series_points_before);
    tell("series_points_after", s.series_points_after);
    tell("observations_per_person", s.observations_per_person);
    facts["participants_left"] = {remaining, ""};
    facts["seasonal"] = {s.seasonal.value_or(false) ? 1.0 : 0.0, ""};
    return facts;
}

bool holds(const Condition& condition, const Facts& facts)
{
    const auto found = facts.find(condition.fact);
    if (found == facts.end())
        return false;
    const double value = found->second.value;
    return (!condition.at_least || value >= *condition.at_least) && (!condition.above || value > *condition.above) &&
           (!condition.below || value < *condition.below);
}

std::string money(double euros, bool dutch)
{
    auto digits = fmt::format("{:.0f}", euros);
    for (auto at = static_cast<int>(digits.size()); at > 3; at -= 3)
        digits.insert(static_cast<std::size_t>(at - 3), dutch ? "." : ",");
    return digits;
}

std::string decimal(double value, bool dutch)
{
    auto text = fmt::format("{:.2f}", value);
    if (dutch)
        std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

std::string filled(std::string text, const std::vector<std::pair<std::string, std::string>>& values)
{
    for (const auto& [name, value] : values)
        for (auto at = text.find("{" + name + "}"); at != std::string::npos;
             at = text.find("{" + name + "}", at + value.size()))
            text.replace(at, name.size() + 2, value);
    return text;
}

/// Power by effect for a design in this situation; nothing when it cannot be said.
std::function<double(double)> power_of(const Design& design, const Situation& s, double remaining)
{
    constexpr double alpha = 0.05;
    if (design.power == "paired" && remaining >= 2) {
        // d is in standard deviations of the outcome; the paired test looks at changes.
        const double change = std::sqrt(2 * (1 - s.correlation.value_or(0.5)));
        return [=](double d) {
            return power::t_test(power::TTest::paired, remaining, std::nullopt, d / change, alpha,
                                 Alternative::two_sided);
        };
    }
    if (design.power == "two_groups" && remaining >= 4) {
        const double per_group = design.key == "difference_in_differences" ? remaining : remaining / 2;
        if (per_group < 2)
            return nullptr;
        return [=](double d) {
            return power::t_test(power::TTest::two_sample, per_group, std::nullopt, d, alpha, Alternative::two_sided);
        };
    }
    if (design.power == "cluster") {
        const double arms = s.sites / 2.0, size = remaining / s.sites;
        if (arms < 2 || size < 1)
            return nullptr;
        return [=, icc = s.icc.value_or(0.05)](double d) { return power::cluster(arms, size, icc, d, alpha).power; };
    }
    return nullptr;
}

} // namespace

std::vector<std::string> wrong_members(const Situation& s)
{
    std::vector<std::string> wrong;
    const auto check = [&](bool fine, std::string_view name) {
        if (!fine)
            wrong.emplace_back(name);
    };
    const auto between = [](const std::optional<double>& value, double low, double high) {
        return !value || (*value >= low && *value <= high);
    };
    check(s.sites >= 1 && s.sites <= 10'000, "sites");
    check(s.eligible_per_site_and_year >= 0 && s.eligible_per_site_and_year <= 1e6, "eligiblePerSiteAndYear");
    check(s.months_to_decision > 0 && s.months_to_decision <= 240, "monthsToDecision");
    check(between(s.budget, 0, 1e9), "budget");
    check(between(s.relevant_effect, 0.01, 3), "relevantEffect");
    check(between(s.expected_retention, 0.01, 1), "expectedRetention");
    check(between(s.icc, 0, 0.99), "icc");
    check(between(s.correlation, -0.99, 0.99), "correlation");
    const auto count = [&](const std::optional<int>& value, std::string_view name) {
        check(!value || *value >= 0, name);
    };
    count(s.start_moments, "startMoments");
    count(s.comparable_sites, "comparableSites");
    count(s.comparable_projects, "comparableProjects");
    count(s.series_points_before, "seriesPointsBefore");
    count(s.series_points_after, "seriesPointsAfter");
    count(s.observations_per_person, "observationsPerPerson");
    return wrong;
}

Advice advise(const Rules& rules, const Situation& situation)
{
    const double enrolled =
        situation.sites * situation.eligible_per_site_and_year * situation.months_to_decision / 12;
    const double remaining = std::floor(enrolled * situation.expected_retention.value_or(0.7) + 1e-9);
    const auto facts = facts_of(situation, remaining);
    const double relevant = situation.relevant_effect.value_or(0.3);
    const bool too_few = remaining < rules.smallest_participants;

    Advice advice{.rules_version = rules.version};
    double best_detectable = 0;
    bool participants_design = false, series = false;
    for (const auto& design : rules.designs) {
        const auto rule = std::find_if(design.rules.begin(), design.rules.end(), [&](const FeasibleWhen& candidate) {
            return std::all_of(candidate.conditions.begin(), candidate.conditions.end(),
                               [&](const Condition& condition) { return holds(condition, facts); });
        });
        if (rule == design.rules.end() || (design.power != "none" && too_few))
            continue;
        const bool compares = design.key == "difference_in_differences";
        const int others = compares ? situation.comparable_sites.value_or(0) : 0;
        const double people =
            design.power == "none" ? 0 : remaining * (compares ? 1 + double(others) / situation.sites : 1);
        Option option{.design = design.key,
                      .rule = rule->id,
                      .name = design.name,
                      .expected_step = design.step,
                      .ceiling = design.ceiling,
                      .participants = static_cast<int>(people),
                      .clusters = situation.sites + others,
                      .cost = design.fixed_cost + design.cost_per_person * people +
                              design.cost_per_site * (situation.sites + others),
                      .threats = design.threats,
                      .lift = design.lift,
                      .not_shown = design.not_shown,
                      .confirmed = design.confirmed};
        if (const auto power = power_of(design, situation, remaining)) {
            option.power = Power{power(0.2), power(0.3), power(0.5)};
            option.minimum_detectable_effect = power::solve_rising(power, 0.8, 0.001, 20);
            if (option.minimum_detectable_effect &&
                (!participants_design || *option.minimum_detectable_effect < best_detectable))
                best_detectable = *option.minimum_detectable_effect;
            participants_design = participants_design || option.minimum_detectable_effect.has_value();
        } else if (design.power == "cluster") {
            continue; // too few sites or people per site to compare anything
        }
        series = series || design.key == "interrupted_series";
        if (situation.budget && option.cost > *situation.budget) {
            option.within_budget = false;
            option.remarks.push_back(rules.over_budget);
        }
        const auto brief = [&](const std::string& text, bool dutch) {
            const auto& name = dutch ? design.name.nl : design.name.en;
            const auto fallback = dutch ? "de aanpak" : "the programme";
            return filled(text, {{"design", name},
                                 {"title", situation.title.value_or(fallback)},
                                 {"participants", fmt::format("{}", option.participants)},
                                 {"sites", fmt::format("{}", option.clusters)},
                                 {"not_shown", dutch ? design.not_shown.nl : design.not_shown.en},
                                 {"cost", money(option.cost, dutch)}});
        };
        const auto& request = design.power == "none" ? rules.brief_without_test : rules.brief;
        option.brief = {brief(request.nl, true), brief(request.en, false)};
        advice.designs.push_back(std::move(option));
    }

    // What can be paid first, then what shows most; the order of the file decides the rest.
    std::stable_sort(advice.designs.begin(), advice.designs.end(), [](const Option& a, const Option& b) {
        return std::pair(!a.within_budget, -a.expected_step) < std::pair(!b.within_budget, -b.expected_step);
    });
    if (too_few && !series) {
        advice.effect_evaluation_useful = false;
        advice.warning =
            Words{rules.pointless.nl + " " + rules.pool_from.nl, rules.pointless.en + " " + rules.pool_from.en};
    } else if (participants_design && !series && best_detectable > 3 * relevant) {
        // Three times what matters: even a large effect would be missed.
        advice.effect_evaluation_useful = false;
        const auto words = [&](const std::string& text, bool dutch) {
            return filled(text, {{"mde", decimal(best_detectable, dutch)}, {"relevant", decimal(relevant, dutch)}});
        };
        advice.warning = Words{words(rules.weak.nl, true), words(rules.weak.en, false)};
    }
    if (!advice.effect_evaluation_useful)
        std::stable_partition(advice.designs.begin(), advice.designs.end(),
                              [](const Option& option) { return !option.minimum_detectable_effect; });
    return advice;
}

std::string as_text(const Advice& advice, bool dutch)
{
    const auto say = [&](const Words& words) { return dutch ? words.nl : words.en; };
    std::string text;
    if (advice.warning)
        text += say(*advice.warning) + "\n\n";
    int number = 0;
    for (const auto& option : advice.designs) {
        text += fmt::format("{}. {} ({})\n", ++number, say(option.name), option.rule);
        text += fmt::format(
            fmt::runtime(dutch ? "   trede {} (hoogstens {}); deelnemers {}; locaties {}; kosten ongeveer € {}\n"
                               : "   step {} (at most {}); participants {}; sites {}; cost about €{}\n"),
            option.expected_step, option.ceiling, option.participants, option.clusters, money(option.cost, dutch));
        if (option.power)
            text += fmt::format(
                fmt::runtime(
                    dutch ? "   kans om een effect op te merken: d = 0,2: {:.0f}%; 0,3: {:.0f}%; 0,5: {:.0f}%\n"
                          : "   chance to notice an effect: d = 0.2: {:.0f}%; 0.3: {:.0f}%; 0.5: {:.0f}%\n"),
                100 * option.power->small, 100 * option.power->moderate, 100 * option.power->medium);
        if (option.minimum_detectable_effect)
            text += fmt::format("   {} d = {}\n",
                                dutch ? "kleinste effect met 80% kans:" : "smallest effect with 80% chance:",
                                decimal(*option.minimum_detectable_effect, dutch));
        text += dutch ? "   bedreigingen:\n" : "   threats:\n";
        for (const auto& threat : option.threats)
            text += "   - " + say(threat) + "\n";
        text += (dutch ? "   een trede hoger: " : "   one step up: ") + say(option.lift) + "\n";
        text += (dutch ? "   dit laat niet zien: " : "   this will not show: ") + say(option.not_shown) + "\n";
        for (const auto& remark : option.remarks)
            text += "   ! " + say(remark) + "\n";
        text += (dutch ? "   opdracht: " : "   brief: ") + say(option.brief) + "\n\n";
    }
    text += fmt::format(
        fmt::runtime(dutch ? "Regels {}. Treden en kosten zijn onze lezing en niet bevestigd door een bron.\n"
                           : "Rules {}. Steps and costs are our reading and not confirmed by a source.\n"),
        advice.rules_version);
    return text;
}

} // namespace beproefd::statistics::adviser
