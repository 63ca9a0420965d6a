// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/questionnaire.hpp"

#include "platform/describe/scalar.hpp"
#include "quickscan/instrument/service.hpp"
#include "quickscan/round/texts.hpp"

#include <algorithm>

namespace beproefd::quickscan::national {
namespace {

std::string choice_key(const Question& question, const Choice& choice) { return question.key + "." + choice.key; }

} // namespace

Item QuestionItem::item() const
{
    Item item{.key = key, .answers = {}, .exclusive = exclusive};
    for (const auto& answer : answers)
        item.answers.push_back(answer.key);
    return item;
}

std::vector<Item> Questionnaire::counted() const
{
    std::vector<Item> counted;
    for (const auto& item : items)
        counted.push_back(item.item());
    return counted;
}

Questionnaire questionnaire_of(const Instrument& instrument)
{
    Questionnaire result{
        .key = instrument.key, .version = instrument.version, .title = instrument.title, .themes = {}, .items = {}};
    for (const auto& theme : instrument.themes)
        result.themes.push_back({theme.key, theme.title});
    for (const auto& question : instrument.questions) {
        QuestionItem item{.key = question.key,
                          .question = question.key,
                          .number = question.number,
                          .theme = question.theme,
                          .text = question.text,
                          .choice = {},
                          .answers = {}};
        switch (question.type) {
        case QuestionType::scale:
            for (const auto& value : instrument.scale)
                item.answers.push_back({std::string{describe::Scalar<AnswerValue>::to(value.value)}, value.label});
            result.items.push_back(std::move(item));
            break;
        case QuestionType::choose_one: {
            bool has_unknown = false;
            for (const auto& choice : question.choices) {
                item.answers.push_back({choice.key, choice.label, choice.published});
                has_unknown = has_unknown || choice.key == unknown_answer;
            }
            if (!has_unknown)
                item.answers.push_back({std::string{unknown_answer}, texts().words("answer.unknown")});
            result.items.push_back(std::move(item));
            break;
        }
        case QuestionType::choose_many:
            for (const auto& choice : question.choices) {
                if (choice.key == unknown_answer)
                    continue;
                auto one = item;
                one.key = choice_key(question, choice);
                one.choice = choice.label;
                one.exclusive = choice.exclusive;
                one.answers = {{std::string{chosen_answer}, texts().words("answer.chosen"), choice.published},
                               {std::string{not_chosen_answer}, texts().words("answer.not_chosen")},
                               {std::string{unknown_answer}, texts().words("answer.unknown")}};
                result.items.push_back(std::move(one));
            }
            break;
        case QuestionType::number:
        case QuestionType::text:
            break; // may tell who it is: stays in the municipality
        }
    }
    for (const auto& crosswalk : instrument.crosswalks) {
        auto& same = result.earlier[crosswalk.from_version];
        for (const auto& line : crosswalk.map) {
            if (line.how != CrosswalkHow::same && line.how != CrosswalkHow::reworded)
                continue;
            for (const auto& item : result.items)
                if (item.question == line.to)
                    same.emplace(item.key, *line.from + item.key.substr(item.question.size()));
        }
    }
    return result;
}

std::map<std::string, std::string> same_items(const Questionnaire& here, const Questionnaire& there)
{
    std::map<std::string, std::string> same;
    if (here.version == there.version) {
        for (const auto& item : here.items)
            same.emplace(item.key, item.key);
    } else if (const auto found = here.earlier.find(there.version); found != here.earlier.end()) {
        same = found->second;
    } else if (const auto later = there.earlier.find(here.version); later != there.earlier.end()) {
        for (const auto& [key_there, key_here] : later->second)
            same.emplace(key_here, key_there);
    }
    return same;
}

std::optional<Questionnaire> shipped_questionnaire(std::string_view key, std::int64_t version)
{
    return questionnaire_in(shipped_instruments(), key, version);
}

std::optional<Questionnaire> questionnaire_in(const Instruments& instruments, std::string_view key,
                                              std::int64_t version)
{
    if (version < 1 || version > 1000)
        return std::nullopt;
    const auto* found = instruments.find(key, static_cast<int>(version));
    if (found == nullptr || found->status == VersionStatus::draft)
        return std::nullopt;
    return questionnaire_of(*found);
}

std::map<std::string, std::string> items_of(const Instrument& instrument, std::span<const SettledAnswer> settled)
{
    std::map<std::string, std::string> items;
    for (const auto& answer : settled) {
        const auto* question = instrument.question(answer.question);
        if (question == nullptr)
            continue;
        const bool unknown = answer.value == AnswerValue::unknown;
        switch (question->type) {
        case QuestionType::scale:
            if (answer.value)
                items.emplace(question->key, describe::Scalar<AnswerValue>::to(*answer.value));
            break;
        case QuestionType::choose_one:
            if (!unknown && !answer.values.empty())
                items.emplace(question->key, answer.values.front());
            break;
        case QuestionType::choose_many: {
            const auto chosen = [&](std::string_view key) {
                return std::find(answer.values.begin(), answer.values.end(), key) != answer.values.end();
            };
            for (const auto& choice : question->choices)
                if (choice.key != unknown_answer)
                    items.emplace(choice_key(*question, choice),
                                  unknown || chosen(unknown_answer) ? std::string{unknown_answer}
                                  : chosen(choice.key)              ? std::string{chosen_answer}
                                                                    : std::string{not_chosen_answer});
            break;
        }
        case QuestionType::number:
        case QuestionType::text:
            break;
        }
    }
    return items;
}

} // namespace beproefd::quickscan::national
