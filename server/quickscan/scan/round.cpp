// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/round.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace beproefd::quickscan {
namespace {

constexpr std::array all_domains{Domain::safety, Domain::social, Domain::education, Domain::partner};

/// Groups of one or two give away what their members answered; an empty one has nobody to give away.
constexpr bool would_give_away(std::ptrdiff_t size) { return size > 0 && size < smallest_shown_group; }

using Answers = std::vector<const GivenAnswer*>;

void add(Distribution& to, const Answer& answer)
{
    if (answer.value) {
        switch (*answer.value) {
        case AnswerValue::yes:
            ++to.yes;
            break;
        case AnswerValue::partly:
            ++to.partly;
            break;
        case AnswerValue::no:
            ++to.no;
            break;
        case AnswerValue::unknown:
            ++to.unknown;
            break;
        case AnswerValue::not_applicable:
            ++to.not_applicable;
            break;
        }
    }
    if (answer.value == AnswerValue::partly) {
        for (const auto& part : answer.parts.value)
            ++to.parts[part];
    }
    for (const auto& chosen : answer.chosen.value)
        ++to.choices[chosen];
}

Answers of_domain(const Answers& answers, Domain domain)
{
    Answers found;
    std::copy_if(answers.begin(), answers.end(), std::back_inserter(found),
                 [&](const GivenAnswer* one) { return one->domain == domain; });
    return found;
}

Distribution distribution_of(const Answers& answers)
{
    Distribution all;
    for (const auto* one : answers)
        add(all, one->answer);
    return all;
}

/// Which domains stand apart: each with enough answers, and what is left with none or enough.
std::vector<Domain> shown_domains(const Answers& answers)
{
    struct Sized {
        Domain domain;
        std::size_t size;
    };
    std::vector<Sized> shown;
    std::size_t apart = 0;
    for (const auto domain : all_domains) {
        const auto size = of_domain(answers, domain).size();
        if (size >= smallest_shown_group) {
            shown.push_back({domain, size});
            apart += size;
        }
    }
    // One more group joins the rest until the rest is large enough; the smallest, so that most stays in view.
    while (!shown.empty() && would_give_away(static_cast<std::ptrdiff_t>(answers.size() - apart))) {
        const auto smallest = std::min_element(shown.begin(), shown.end(),
                                               [](const Sized& a, const Sized& b) { return a.size < b.size; });
        apart -= smallest->size;
        shown.erase(smallest);
    }
    std::vector<Domain> domains;
    for (const auto& one : shown)
        domains.push_back(one.domain);
    return domains;
}

std::ptrdiff_t without_function(const Answers& answers)
{
    return std::count_if(answers.begin(), answers.end(), [](const GivenAnswer* one) { return !one->show_function; });
}

/// True when showing the functions that chose it would leave one or two others in some group whose sum is known.
bool functions_give_away(const Answers& answers, const std::vector<Domain>& shown)
{
    if (would_give_away(without_function(answers)))
        return true;
    Answers rest = answers;
    for (const auto domain : shown) {
        if (would_give_away(without_function(of_domain(answers, domain))))
            return true;
        std::erase_if(rest, [&](const GivenAnswer* one) { return one->domain == domain; });
    }
    return would_give_away(without_function(rest));
}

/// What a group answers most, each answer that shares the first place.
std::set<std::string> most_given(const Distribution& of)
{
    std::map<std::string, int> counts = of.choices;
    counts.insert({{"=yes", of.yes},
                   {"=partly", of.partly},
                   {"=no", of.no},
                   {"=unknown", of.unknown},
                   {"=not_applicable", of.not_applicable}});
    int most = 0;
    for (const auto& [answer, count] : counts)
        most = std::max(most, count);
    std::set<std::string> first;
    for (const auto& [answer, count] : counts) {
        if (count == most)
            first.insert(answer);
    }
    return first;
}

/// Not all the same, told from the counts alone: it must not say more than they do.
bool differs(const Distribution& of, int answered)
{
    const auto divided = [&](int count) { return count != 0 && count != answered; };
    const auto any_divided = [&](const std::map<std::string, int>& counts) {
        return std::any_of(counts.begin(), counts.end(), [&](const auto& one) { return divided(one.second); });
    };
    return divided(of.yes) || divided(of.partly) || divided(of.no) || divided(of.unknown) ||
           divided(of.not_applicable) || any_divided(of.parts) || any_divided(of.choices);
}

QuestionRound round_of(const Question& question, const Answers& answers)
{
    QuestionRound round{.question = question.key,
                        .theme = question.theme,
                        .answered = static_cast<int>(answers.size()),
                        .distribution =
                            question.type == QuestionType::text ? Distribution{} : distribution_of(answers),
                        .domains = {},
                        .functions = {}};
    const auto shown = question.type == QuestionType::text ? std::vector<Domain>{} : shown_domains(answers);
    for (const auto domain : all_domains) {
        const auto here = of_domain(answers, domain);
        if (std::find(shown.begin(), shown.end(), domain) != shown.end())
            round.domains.push_back({domain, static_cast<int>(here.size()), distribution_of(here)});
        else if (!here.empty())
            round.domains_withheld = true;
    }
    const bool chosen =
        std::any_of(answers.begin(), answers.end(), [](const GivenAnswer* one) { return one->show_function; });
    round.functions_withheld = chosen && functions_give_away(answers, shown);
    if (chosen && !round.functions_withheld) {
        for (const auto* one : answers) {
            if (one->show_function)
                round.functions.push_back({one->domain, one->function, one->answer.value, one->answer.parts.value,
                                           one->answer.chosen.value, one->answer.reason, one->answer.proofs.value});
        }
        std::sort(round.functions.begin(), round.functions.end(), [](const auto& a, const auto& b) {
            return std::tie(a.domain, a.function) < std::tie(b.domain, b.function);
        });
    }
    round.differs = differs(round.distribution, round.answered);
    for (std::size_t i = 1; i < round.domains.size(); ++i)
        round.domains_differ = round.domains_differ ||
                               most_given(round.domains[i].distribution) != most_given(round.domains[0].distribution);
    return round;
}

/// Counted from what is shown, so that it tells nothing more.
ThemeUnknowns unknowns_of(const Theme& theme, const std::vector<QuestionRound>& rounds)
{
    ThemeUnknowns all{.theme = theme.key, .domains = {}, .functions = {}};
    std::map<Domain, DomainUnknowns> domains;
    std::map<std::string, FunctionUnknowns> functions;
    for (const auto& round : rounds) {
        if (round.theme != theme.key)
            continue;
        all.unknown += round.distribution.unknown;
        all.answered += round.answered;
        for (const auto& one : round.domains) {
            auto& to = domains[one.domain];
            to.domain = one.domain;
            to.unknown += one.distribution.unknown;
            ++to.questions;
        }
        for (const auto& one : round.functions) {
            auto& to = functions[one.function];
            to.function = one.function;
            to.unknown += one.value == AnswerValue::unknown ? 1 : 0;
            ++to.questions;
        }
    }
    for (const auto& [domain, one] : domains)
        all.domains.push_back(one);
    for (auto& [function, one] : functions)
        all.functions.push_back(std::move(one));
    return all;
}

} // namespace

RoundComparison compare_round(const Instrument& instrument, const Id<Scan>& scan,
                              std::span<const GivenAnswer> answers)
{
    std::map<std::string, Answers> by_question;
    std::set<std::string> respondents;
    for (const auto& one : answers) {
        by_question[one.answer.question].push_back(&one);
        respondents.insert(one.answer.respondent_id.to_text());
    }
    RoundComparison comparison{
        .scan_id = scan, .respondents = static_cast<int>(respondents.size()), .questions = {}, .themes = {}};
    for (const auto& question : instrument.questions)
        comparison.questions.push_back(round_of(question, by_question[question.key]));
    for (const auto& theme : instrument.themes)
        comparison.themes.push_back(unknowns_of(theme, comparison.questions));
    return comparison;
}

} // namespace beproefd::quickscan
