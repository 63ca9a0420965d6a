// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/scoring.hpp"

#include "quickscan/instrument/reasons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace beproefd::quickscan {
namespace {

template<class T>
bool has_key(const std::vector<T>& all, std::string_view key)
{
    return std::any_of(all.begin(), all.end(), [&](const T& one) { return one.key == key; });
}

/// The points of an answer; empty when it is not counted.
std::optional<Fraction> points_of(const ScoringRule& rule, const Question& question, const SettledAnswer& answer)
{
    if (std::count(rule.not_counted.begin(), rule.not_counted.end(), *answer.value))
        return std::nullopt;
    switch (*answer.value) {
    case AnswerValue::yes:
        return Fraction::of(rule.yes);
    case AnswerValue::no:
        return Fraction::of(rule.no);
    case AnswerValue::partly:
        if (rule.partly == PartlyRule::half || question.parts.empty())
            return Fraction::of(1, 2);
        return Fraction::of(static_cast<std::int64_t>(answer.parts.size()),
                            static_cast<std::int64_t>(question.parts.size()));
    case AnswerValue::unknown:
    case AnswerValue::not_applicable:
        break;
    }
    return std::nullopt;
}

void finish(const Instrument& instrument, Score& score)
{
    if (score.counted == 0)
        return;
    score.score = score.points / score.counted;
    score.percent = score.score->percent();
    if (const Band* band = band_of(instrument, *score.score))
        score.band = band->key;
}

void add(Score& to, const QuestionScore& one)
{
    if (one.points) {
        to.points = to.points + *one.points;
        ++to.counted;
    } else if (!one.value) {
        ++to.unanswered;
    } else if (*one.value == AnswerValue::not_applicable) {
        ++to.not_applicable;
    } else {
        ++to.unknown;
    }
}

class AnswerCheck
{
public:
    AnswerCheck(const Question& question, const SettledAnswer& answer) : question_(question), answer_(answer) {}

    std::vector<FieldError> run()
    {
        if (question_.type == QuestionType::scale)
            scale();
        else
            values();
        return std::move(errors_);
    }

private:
    void wrong(std::string pointer, std::string code, std::vector<Parameter> parameters = {})
    {
        errors_.push_back(
            {.pointer = std::move(pointer), .code = std::move(code), .parameters = std::move(parameters)});
    }

    template<class T>
    void known(std::string_view member, const std::vector<std::string>& given, const std::vector<T>& all)
    {
        std::set<std::string> seen;
        for (std::size_t i = 0; i < given.size(); ++i) {
            if (!has_key(all, given[i]))
                wrong(fmt::format("/{}/{}", member, i), "answer-unknown-key", {{"key", given[i]}});
            else if (!seen.insert(given[i]).second)
                wrong(fmt::format("/{}/{}", member, i), "key-twice", {{"key", given[i]}});
        }
    }

    void scale()
    {
        if (!answer_.values.empty())
            wrong("/values", "answer-on-scale");
        if (!answer_.value) {
            wrong("/value", "required");
            return;
        }
        known("parts", answer_.parts, question_.parts);
        const auto held = answer_.parts.size();
        const auto all = question_.parts.size();
        switch (*answer_.value) {
        case AnswerValue::partly:
            if (all > 0 && held == 0)
                wrong("/parts", "partly-without-part");
            else if (all > 0 && held >= all)
                wrong("/parts", "partly-with-all-parts");
            break;
        case AnswerValue::yes:
            // All ticked says the same as none ticked: yes.
            if (held != 0 && held != all)
                wrong("/parts", "yes-without-all-parts");
            break;
        case AnswerValue::no:
        case AnswerValue::unknown:
        case AnswerValue::not_applicable:
            if (held != 0)
                wrong("/parts", "parts-without-partly");
        }
    }

    void values()
    {
        if (!answer_.parts.empty())
            wrong("/parts", "parts-not-here");
        if (answer_.value) {
            if (*answer_.value != AnswerValue::unknown && *answer_.value != AnswerValue::not_applicable)
                wrong("/value", "answer-not-on-scale");
            else if (!answer_.values.empty())
                wrong("/values", "answer-exclusive");
            return;
        }
        const auto given = answer_.values.size();
        if (given == 0) {
            wrong("/values", "required");
            return;
        }
        if (given > 1 && question_.type != QuestionType::choose_many)
            wrong("/values", "answer-one-only");
        if (question_.type == QuestionType::number)
            number();
        if (question_.type != QuestionType::choose_one && question_.type != QuestionType::choose_many)
            return;
        known("values", answer_.values, question_.choices);
        for (const auto& choice : question_.choices) {
            if (choice.exclusive && given > 1 && std::count(answer_.values.begin(), answer_.values.end(), choice.key))
                wrong("/values", "answer-exclusive", {{"key", choice.key}});
        }
    }

    void number()
    {
        const std::string& text = answer_.values.front();
        int value = 0;
        const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        const int least = question_.minimum.value_or(0);
        const int most = question_.maximum.value_or(1'000'000);
        if (fault != std::errc{} || stop != text.data() + text.size() || value < least || value > most)
            wrong("/values/0", "range", {{"minimum", std::to_string(least)}, {"maximum", std::to_string(most)}});
    }

    const Question& question_;
    const SettledAnswer& answer_;
    std::vector<FieldError> errors_;
};

/// The instrument with some of its questions.
Instrument with_only(Instrument instrument, const std::set<std::string>& questions)
{
    std::erase_if(instrument.questions, [&](const Question& one) { return !questions.contains(one.key); });
    return instrument;
}

const Crosswalk* crosswalk_from(const Instrument& later, int version)
{
    for (const auto& one : later.crosswalks) {
        if (one.from_version == version)
            return &one;
    }
    return nullptr;
}

bool comparable(const CrosswalkLine& line)
{
    return line.how == CrosswalkHow::same || line.how == CrosswalkHow::reworded;
}

} // namespace

std::vector<FieldError> wrong_in(const Question& question, const SettledAnswer& answer)
{
    return AnswerCheck{question, answer}.run();
}

const Band* band_of(const Instrument& instrument, Fraction score)
{
    for (const auto& band : instrument.bands) {
        if (score < Fraction::of(band.to, 100) || band.to == 100)
            return &band;
    }
    return nullptr;
}

Scores score(const Instrument& instrument, std::span<const SettledAnswer> answers)
{
    Scores out;
    for (const auto& question : instrument.questions) {
        if (question.type != QuestionType::scale)
            continue;
        QuestionScore one{question.key, std::nullopt, std::nullopt, 0, static_cast<int>(question.parts.size())};
        const auto answer = std::find_if(answers.begin(), answers.end(), [&](const SettledAnswer& given) {
            return given.question == question.key && given.value;
        });
        if (answer != answers.end()) {
            one.value = answer->value;
            if (*answer->value == AnswerValue::partly)
                one.parts_held = static_cast<int>(answer->parts.size());
            if (instrument.scoring)
                one.points = points_of(*instrument.scoring, question, *answer);
        }
        out.questions.push_back(one);
        add(out.total, one);
    }
    for (const auto& theme : instrument.themes) {
        Score sum;
        sum.theme = theme.key;
        bool any = false;
        for (std::size_t i = 0, q = 0; i < instrument.questions.size(); ++i) {
            if (instrument.questions[i].type != QuestionType::scale)
                continue;
            if (instrument.questions[i].theme == theme.key) {
                add(sum, out.questions[q]);
                any = true;
            }
            ++q;
        }
        if (!any)
            continue;
        finish(instrument, sum);
        out.themes.push_back(std::move(sum));
    }
    finish(instrument, out.total);
    return out;
}

Result<std::vector<SettledAnswer>> carried_over(const Instrument& later, int earlier_version,
                                                std::span<const SettledAnswer> answers)
{
    if (earlier_version == later.version)
        return std::vector<SettledAnswer>(answers.begin(), answers.end());
    const Crosswalk* crosswalk = crosswalk_from(later, earlier_version);
    if (!crosswalk)
        return refuse(reasons::no_crosswalk,
                      {{"from", std::to_string(earlier_version)}, {"to", std::to_string(later.version)}});
    std::vector<SettledAnswer> out;
    for (const auto& answer : answers) {
        for (const auto& line : crosswalk->map) {
            if (!comparable(line) || line.from != answer.question)
                continue;
            SettledAnswer carried = answer;
            carried.question = *line.to;
            for (auto& part : carried.parts) {
                for (const auto& renamed : line.parts) {
                    if (renamed.from == part) {
                        part = renamed.to;
                        break;
                    }
                }
            }
            out.push_back(std::move(carried));
        }
    }
    return out;
}

Result<Comparison> compare(const Instrument& later, int earlier_version, std::span<const SettledAnswer> before,
                           std::span<const SettledAnswer> now)
{
    const auto carried = carried_over(later, earlier_version, before);
    if (!carried)
        return carried.error();
    std::set<std::string> shared;
    if (const Crosswalk* crosswalk = crosswalk_from(later, earlier_version)) {
        for (const auto& line : crosswalk->map) {
            if (comparable(line))
                shared.insert(*line.to);
        }
    } else {
        for (const auto& question : later.questions)
            shared.insert(question.key);
    }
    Comparison out;
    for (const auto& question : later.questions)
        (shared.contains(question.key) ? out.compared : out.not_compared).push_back(question.key);
    const Instrument common = with_only(later, shared);
    out.before = score(common, *carried);
    out.now = score(common, now);
    return out;
}

} // namespace beproefd::quickscan
