// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/result.hpp"

#include <algorithm>
#include <map>

namespace beproefd::quickscan {
namespace {

std::vector<SettledAnswer> plain(std::span<const Settled> settled)
{
    std::vector<SettledAnswer> answers;
    for (const auto& one : settled)
        answers.push_back(one.answer());
    return answers;
}

template<class T>
std::map<std::string, const T*> by_question(std::span<const T> all)
{
    std::map<std::string, const T*> found;
    for (const auto& one : all)
        found.emplace(one.question, &one);
    return found;
}

const QuestionScore* score_of(const Scores& scores, std::string_view question)
{
    const auto found = std::find_if(scores.questions.begin(), scores.questions.end(),
                                    [&](const QuestionScore& one) { return one.question == question; });
    return found == scores.questions.end() ? nullptr : &*found;
}

const Score* theme_score(const Scores& scores, std::string_view theme)
{
    const auto found = std::find_if(scores.themes.begin(), scores.themes.end(),
                                    [&](const Score& one) { return one.theme == theme; });
    return found == scores.themes.end() ? nullptr : &*found;
}

Direction direction(const std::optional<Fraction>& before, const std::optional<Fraction>& now)
{
    if (!before || !now)
        return Direction::other;
    return *now > *before ? Direction::better : *now < *before ? Direction::worse : Direction::same;
}

/// The questions of an earlier version under the keys of a later one.
std::map<std::string, std::string> later_keys(const Instrument& later, int earlier_version)
{
    std::map<std::string, std::string> keys;
    if (earlier_version == later.version) {
        for (const auto& question : later.questions)
            keys.emplace(question.key, question.key);
        return keys;
    }
    for (const auto& crosswalk : later.crosswalks) {
        if (crosswalk.from_version != earlier_version)
            continue;
        for (const auto& line : crosswalk.map) {
            if (line.from && line.to)
                keys.emplace(*line.from, *line.to);
        }
    }
    return keys;
}

/// The actions of the previous scan that were done between both, by question of this scan.
std::map<std::string, std::vector<Cause>> causes_of(const Instrument& instrument, const Scan& scan,
                                                    const PreviousScan& previous)
{
    const auto keys = later_keys(instrument, previous.scan.instrument_version);
    const auto until = scan.closed_at ? amsterdam_day(*scan.closed_at) : Day{9999, 12, 31};
    std::map<std::string, std::vector<Cause>> causes;
    for (const auto& action : previous.actions) {
        const auto key = keys.find(action.question);
        if (key == keys.end() || action.status != ActionStatus::done || !action.closed_on ||
            *action.closed_on > until)
            continue;
        causes[key->second].push_back({action.id, action.description, action.owner_function, *action.closed_on});
    }
    return causes;
}

std::optional<ChangeSince> change_since(const Instrument& instrument, const Scan& scan,
                                        std::span<const Settled> settled, const PreviousScan& previous)
{
    const auto before = plain(previous.settled);
    const auto compared = compare(instrument, previous.scan.instrument_version, before, plain(settled));
    if (!compared)
        return std::nullopt; // no crosswalk between both versions
    ChangeSince change{.previous = previous.scan.id,
                       .period_from = previous.scan.period_from,
                       .period_to = previous.scan.period_to,
                       .instrument_version = previous.scan.instrument_version,
                       .compared = compared->compared,
                       .not_compared = compared->not_compared,
                       .before = compared->before.total,
                       .now = compared->now.total,
                       .themes = {},
                       .questions = {}};
    for (const auto& now : compared->now.themes) {
        if (const auto* then = theme_score(compared->before, now.theme))
            change.themes.push_back({now.theme, *then, now});
    }
    auto causes = causes_of(instrument, scan, previous);
    for (const auto& key : compared->compared) {
        const auto* then = score_of(compared->before, key);
        const auto* now = score_of(compared->now, key);
        if (then == nullptr || now == nullptr)
            continue;
        QuestionDifference one{.question = key,
                               .before = then->value,
                               .now = now->value,
                               .points_before = then->points,
                               .points_now = now->points,
                               .direction = direction(then->points, now->points),
                               .causes = std::move(causes[key])};
        if (one.before == one.now && one.direction != Direction::better && one.direction != Direction::worse) {
            if (one.causes.empty())
                continue;
            one.direction = Direction::same;
        }
        change.questions.push_back(std::move(one));
    }
    return change;
}

RiskLevel risk_of(const std::optional<AnswerValue>& value)
{
    if (!value)
        return RiskLevel::unknown;
    switch (*value) {
    case AnswerValue::yes:
    case AnswerValue::not_applicable:
        return RiskLevel::none;
    case AnswerValue::partly:
        return RiskLevel::attention;
    case AnswerValue::no:
        return RiskLevel::risk;
    case AnswerValue::unknown:
        break;
    }
    return RiskLevel::unknown;
}

std::vector<ContinuityFinding> continuity_of(const Instrument& instrument, const Scan& scan,
                                             const std::map<std::string, const Settled*>& settled,
                                             const std::optional<PreviousScan>& previous)
{
    std::map<std::string, std::optional<AnswerValue>> before;
    if (previous) {
        if (const auto carried =
                carried_over(instrument, previous->scan.instrument_version, plain(previous->settled))) {
            for (const auto& one : *carried)
                before[one.question] = one.value;
        }
    }
    std::vector<ContinuityFinding> findings;
    for (const auto& question : instrument.questions) {
        if (!question.continuity)
            continue;
        const auto found = settled.find(question.key);
        ContinuityFinding finding{
            .kind = *question.continuity, .question = question.key, .value = {}, .functions = {}};
        finding.value = found == settled.end() ? std::nullopt : found->second->value;
        finding.level = risk_of(finding.value);
        const auto then = before.find(question.key);
        finding.before_too = then != before.end() && risk_of(then->second) != RiskLevel::none;
        if (finding.kind == ContinuityRisk::one_person) {
            finding.functions = static_cast<int>(scan.participants.value.size());
            // Whatever was answered: one function that settles everything alone is one person to lose.
            if (*finding.functions == 1 && finding.level == RiskLevel::none)
                finding.level = RiskLevel::attention;
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace

bool is_supported(const std::vector<Proof>& proofs)
{
    return std::any_of(proofs.begin(), proofs.end(),
                       [](const Proof& one) { return one.kind != ProofKind::asserted; });
}

InstrumentReference reference_to(const Instrument& instrument)
{
    return {instrument.key, instrument.version, instrument.kind, instrument.title};
}

Standing standing_of(const Question& question, const Settled* settled)
{
    if (settled == nullptr || (!settled->value && settled->chosen.value.empty()))
        return Standing::unanswered;
    if (!settled->value)
        return Standing::answered;
    switch (*settled->value) {
    case AnswerValue::yes:
        return question.type != QuestionType::scale  ? Standing::answered
               : is_supported(settled->proofs.value) ? Standing::strength
                                                     : Standing::unsupported;
    case AnswerValue::partly:
    case AnswerValue::no:
        return Standing::blind_spot;
    case AnswerValue::unknown:
        return Standing::unknown;
    case AnswerValue::not_applicable:
        break;
    }
    return Standing::not_applicable;
}

ScanResult result_of(const Instrument& instrument, const Scan& scan, std::span<const Settled> settled,
                     std::span<const Action> actions, const std::optional<PreviousScan>& previous)
{
    const auto answers = by_question(settled);
    const auto scores = score(instrument, plain(settled));
    ScanResult result{.scan_id = scan.id,
                      .instrument = reference_to(instrument),
                      .period_from = scan.period_from,
                      .period_to = scan.period_to,
                      .size_class = scan.size_class,
                      .state = scan.state,
                      .closed_at = scan.closed_at,
                      .provisional = !scan.closed_at,
                      .total = scores.total,
                      .themes = {},
                      .questions = {},
                      .strengths = {},
                      .blind_spots = {},
                      .unknowns = {},
                      .unsupported = {},
                      .unanswered = {},
                      .change = {},
                      .continuity = {},
                      .differences = {},
                      .participants = scan.participants.value};

    std::map<std::string, ThemeResult*> themes;
    result.themes.reserve(instrument.themes.size());
    for (const auto& theme : instrument.themes) {
        const auto* of_theme = theme_score(scores, theme.key);
        Score none{};
        none.theme = theme.key;
        result.themes.push_back({.theme = theme.key,
                                 .number = theme.number,
                                 .title = theme.title,
                                 .score = of_theme != nullptr ? *of_theme : none,
                                 .strengths = {},
                                 .blind_spots = {},
                                 .unknowns = {},
                                 .unsupported = {}});
        themes.emplace(theme.key, &result.themes.back());
    }
    for (const auto& question : instrument.questions) {
        const auto found = answers.find(question.key);
        const Settled* one = found == answers.end() ? nullptr : found->second;
        const auto* points = score_of(scores, question.key);
        QuestionResult shown{.question = question.key,
                             .number = question.number,
                             .theme = question.theme,
                             .text = question.text,
                             .value = {},
                             .parts = {},
                             .values = {},
                             .points = points != nullptr ? points->points : std::nullopt,
                             .standing = standing_of(question, one),
                             .reason = {},
                             .proofs = {},
                             .actions = {}};
        if (one != nullptr) {
            shown.value = one->value;
            shown.parts = one->parts.value;
            shown.values = one->chosen.value;
            shown.reason = one->reason;
            shown.proofs = one->proofs.value;
        }
        for (const auto& action : actions) {
            if (action.question == question.key)
                shown.actions.push_back(action.id);
        }
        const auto list = [&](std::vector<std::string>& all, std::vector<std::string> ThemeResult::* of_theme) {
            all.push_back(question.key);
            if (const auto theme = themes.find(question.theme); theme != themes.end())
                (theme->second->*of_theme).push_back(question.key);
        };
        switch (shown.standing) {
        case Standing::strength:
            list(result.strengths, &ThemeResult::strengths);
            break;
        case Standing::unsupported:
            list(result.unsupported, &ThemeResult::unsupported);
            break;
        case Standing::blind_spot:
            list(result.blind_spots, &ThemeResult::blind_spots);
            break;
        case Standing::unknown:
            list(result.unknowns, &ThemeResult::unknowns);
            break;
        case Standing::unanswered:
            result.unanswered.push_back(question.key);
            break;
        case Standing::not_applicable:
        case Standing::answered:
            break;
        }
        result.questions.push_back(std::move(shown));
    }
    if (previous)
        result.change = change_since(instrument, scan, settled, *previous);
    result.continuity = continuity_of(instrument, scan, answers, previous);
    return result;
}

std::vector<SuggestedAction> suggestions(const Instrument& instrument, std::span<const Settled> settled,
                                         std::span<const Action> actions)
{
    const auto answers = by_question(settled);
    std::vector<SuggestedAction> found;
    for (const auto& question : instrument.questions) {
        const auto answer = answers.find(question.key);
        if (answer == answers.end() || !is_weak(standing_of(question, answer->second)) || !question.action)
            continue;
        const bool has_one = std::any_of(actions.begin(), actions.end(),
                                         [&](const Action& one) { return one.question == question.key; });
        if (!has_one)
            found.push_back({question.key, *question.action});
    }
    return found;
}

} // namespace beproefd::quickscan
