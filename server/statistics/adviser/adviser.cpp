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
    facts["sensitive"] = {s.sensitive.value_or(false) ? 1.0 : 0.0, ""};
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

constexpr double alpha = 0.05;
constexpr int step_of_measured_change = 3; ///< of the ladder: below it no outcome is measured

/// The share after the programme for an effect of d: the odds are multiplied by exp(d π/√3), and fall or rise towards
/// the middle of the scale alike. Source: Chinn 2000
double share_after(double before, double d)
{
    const double odds = before / (1 - before) * std::exp(d * 3.14159265358979323846 / std::sqrt(3.0));
    return odds / (1 + odds);
}

/// Power of two groups of equal size for an outcome on a scale, or for shares.
std::function<double(double)> two_groups(double per_group, std::optional<double> share)
{
    if (!share)
        return [=](double d) {
            return power::t_test(power::TTest::two_sample, per_group, std::nullopt, d, alpha, Alternative::two_sided);
        };
    return [=](double d) {
        return power::proportions_arcsine(per_group, power::arcsine_effect(share_after(*share, d), *share), alpha,
                                          Alternative::two_sided);
    };
}

/// A stepped wedge in which every participant is measured once, in the period of joining.
std::function<double(double)> stepped_wedge(const Situation& s, double remaining, double icc,
                                            std::optional<double> share)
{
    const int steps = std::min(std::max(s.start_moments.value_or(3), 2), s.sites);
    power::SteppedWedge design;
    for (int step = 0; step < steps; ++step) {
        const int sites = s.sites / steps + (step < s.sites % steps ? 1 : 0); // they differ by one at most
        design.clusters_per_sequence.push_back(sites);
    }
    design.n_per_cell = remaining / (s.sites * (steps + 1.0));
    const double total = share ? *share * (1 - *share) : 1;
    design.residual_variance = total * (1 - icc);
    design.tau = std::sqrt(total * icc);
    const auto standard_error = power::stepped_wedge_standard_error(design);
    if (!standard_error)
        return nullptr;
    return [=, se = *standard_error](double d) {
        return power::wald_power(share ? share_after(*share, d) - *share : d, se, alpha);
    };
}

/// Power by effect for a design in this situation; nothing when it cannot be said. share: of a yes-or-no outcome
/// before the programme, empty for a scale.
std::function<double(double)> power_of(const Design& design, const Situation& s, double remaining,
                                       std::optional<double> share)
{
    const double icc = s.icc.value_or(0.05);
    if (design.power == "paired" && remaining >= 2) {
        // d is in standard deviations of the outcome; the paired test looks at changes.
        const double change = 2 * (1 - s.correlation.value_or(0.5));
        if (share)
            return two_groups(remaining * 2 / change, share);
        return [=](double d) {
            return power::t_test(power::TTest::paired, remaining, std::nullopt, d / std::sqrt(change), alpha,
                                 Alternative::two_sided);
        };
    }
    if (design.power == "two_groups" && remaining >= 4) {
        const double per_group = design.key == "difference_in_differences" ? remaining : remaining / 2;
        return per_group < 2 ? nullptr : two_groups(per_group, share);
    }
    const double arms = s.sites / 2.0, size = remaining / s.sites;
    if (size < 1 || arms < 2)
        return nullptr;
    if (design.power == "stepped_wedge")
        return stepped_wedge(s, remaining, icc, share);
    if (design.power == "cluster") {
        if (share)
            return two_groups(power::cluster(arms, size, icc, 0, alpha).effective_n_per_arm, share);
        return [=](double d) { return power::cluster(arms, size, icc, d, alpha).power; };
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
    check(between(s.baseline_share, 0.01, 0.99), "baselineShare");
    check(!s.outcome_type || *s.outcome_type == "scale" || *s.outcome_type == "share" || *s.outcome_type == "count" ||
              *s.outcome_type == "rare",
          "outcomeType");
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
    const bool sensitive = situation.sensitive.value_or(false);
    const double retained = situation.expected_retention.value_or(0.7) * (sensitive ? rules.sensitive.retained : 1);
    const double remaining = std::floor(enrolled * retained + 1e-9);
    const auto outcome = std::find_if(rules.outcomes.begin(), rules.outcomes.end(), [&](const OutcomeRule& rule) {
        return rule.type == situation.outcome_type.value_or("scale");
    });
    const bool has_power = outcome == rules.outcomes.end() || outcome->power != "none";
    const auto share = outcome != rules.outcomes.end() && outcome->power == "proportions"
                           ? std::optional(situation.baseline_share.value_or(0.5))
                           : std::nullopt;
    const auto facts = facts_of(situation, remaining);
    const double relevant = situation.relevant_effect.value_or(0.3);
    const bool too_few = remaining < rules.smallest_participants.value;

    Advice advice;
    advice.rules_version = rules.version;
    advice.thresholds.push_back(rules.smallest_participants);
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
        if (design.power != "none" && outcome != rules.outcomes.end()) {
            option.applied.push_back(outcome->id);
            option.confirmed = option.confirmed && outcome->confirmed;
            if (outcome->remark)
                option.remarks.push_back(*outcome->remark);
        }
        if (design.power != "none" && sensitive) {
            option.applied.push_back(rules.sensitive.id);
            option.confirmed = option.confirmed && rules.sensitive.confirmed;
            for (const auto& item : rules.sensitive.rules)
                if (item.designs.empty() ||
                    std::find(item.designs.begin(), item.designs.end(), design.key) != item.designs.end()) {
                    option.applied.push_back(item.id);
                    option.remarks.push_back(item.remark);
                }
        }
        const auto power = power_of(design, situation, remaining, share);
        if (power && has_power) {
            option.power = Power{power(0.2), power(0.3), power(0.5)};
            option.minimum_detectable_effect = power::solve_rising(power, 0.8, 0.001, 20);
            if (option.minimum_detectable_effect &&
                (!participants_design || *option.minimum_detectable_effect < best_detectable))
                best_detectable = *option.minimum_detectable_effect;
            participants_design = participants_design || option.minimum_detectable_effect.has_value();
        } else if (!power && (design.power == "cluster" || design.power == "stepped_wedge")) {
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
    } else if (std::none_of(advice.designs.begin(), advice.designs.end(),
                            [](const Option& option) { return option.expected_step >= step_of_measured_change; })) {
        advice.effect_evaluation_useful = false;
        advice.warning = rules.no_effect_design;
    } else if (participants_design && !series && best_detectable > rules.weak_factor.value * relevant) {
        advice.thresholds.push_back(rules.weak_factor);
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
        if (!option.applied.empty())
            text += fmt::format("   {} {}\n", dutch ? "regels:" : "rules:", fmt::join(option.applied, ", "));
        text += (dutch ? "   opdracht: " : "   brief: ") + say(option.brief) + "\n\n";
    }
    for (const auto& threshold : advice.thresholds)
        text += fmt::format("{} = {}{}\n", threshold.id, threshold.value,
                            threshold.confirmed ? ""
                            : dutch             ? " (niet bevestigd door een bron)"
                                                : " (not confirmed by a source)");
    text += fmt::format(
        fmt::runtime(dutch ? "Regels {}. Treden en kosten zijn onze lezing en niet bevestigd door een bron.\n"
                           : "Rules {}. Steps and costs are our reading and not confirmed by a source.\n"),
        advice.rules_version);
    return text;
}

} // namespace beproefd::statistics::adviser
