// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/sentences.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/schema.hpp"

#include <map>
#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> texts();
}

namespace beproefd::describe {
namespace {

using Sentences = std::map<std::string, std::string, std::less<>>;

Sentences load(std::string_view ending)
{
    Sentences all;
    for (const auto& file : embedded::texts()) {
        if (!file.path.ends_with(ending))
            continue;
        const auto sentences = read_json<std::map<std::string, std::string>>(file.content);
        if (!sentences)
            throw std::logic_error(fmt::format("{} is not an object of texts", file.path));
        for (const auto& [code, text] : *sentences) {
            if (!all.emplace(code, text).second)
                throw std::logic_error(fmt::format("{}: the code {} has a sentence elsewhere too", file.path, code));
        }
    }
    return all;
}

const Sentences& sentences(Language language)
{
    static const Sentences dutch = load("/reasons.nl.json");
    static const Sentences english = load("/reasons.en.json");
    return language == Language::nl ? dutch : english;
}

std::map<std::string, std::map<std::string, std::string>, std::less<>> load_fields()
{
    std::map<std::string, std::map<std::string, std::string>, std::less<>> all;
    for (const auto& file : embedded::texts()) {
        if (!file.path.ends_with("/fields.nl.json"))
            continue;
        const auto fields = read_json<std::map<std::string, std::map<std::string, std::string>>>(file.content);
        if (!fields)
            throw std::logic_error(fmt::format("{}: {}", file.path, explain(fields.error(), Language::en)));
        for (const auto& [schema, members] : *fields)
            all[schema].insert(members.begin(), members.end());
    }
    return all;
}

} // namespace

std::string sentence(std::string_view code, const std::vector<Parameter>& parameters, Language language)
{
    const auto found = sentences(language).find(code);
    if (found == sentences(language).end())
        throw std::logic_error(fmt::format("the code {} has no sentence", code));
    std::string text = found->second;
    for (const auto& [name, value] : parameters) {
        const std::string hole = "{" + name + "}";
        for (auto at = text.find(hole); at != std::string::npos; at = text.find(hole, at + value.size()))
            text.replace(at, hole.size(), value);
    }
    return text;
}

std::string explain(const Problem& problem, Language language)
{
    if (problem.fields.empty())
        return sentence(problem.reason.code, problem.parameters, language);
    std::string text;
    for (const auto& field : problem.fields) {
        if (!text.empty())
            text += '\n';
        if (!field.place.empty())
            text += field.place + ": ";
        if (!field.pointer.empty())
            text += field.pointer + ": ";
        text += sentence(field.code, field.parameters, language);
    }
    return text;
}

std::vector<std::string> sentence_codes(Language language)
{
    std::vector<std::string> codes;
    for (const auto& [code, text] : sentences(language))
        codes.push_back(code);
    return codes;
}

std::string_view field_description(std::string_view schema, std::string_view member)
{
    static const auto all = load_fields();
    const auto fields = all.find(schema);
    if (fields == all.end())
        return {};
    const auto field = fields->second.find(std::string{member});
    return field == fields->second.end() ? std::string_view{} : field->second;
}

} // namespace beproefd::describe
