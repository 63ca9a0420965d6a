// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/texts.hpp"

#include "platform/describe/read.hpp"

#include <algorithm>
#include <stdexcept>

namespace beproefd::describe {
namespace {

std::map<std::string, std::string, std::less<>> load(std::span<const embedded::File> files, std::string_view ending)
{
    for (const auto& file : files) {
        if (!file.path.ends_with(ending))
            continue;
        const auto read = read_json<std::map<std::string, std::string>>(file.content);
        if (!read)
            throw std::logic_error(fmt::format("{}: {}", file.path, explain(read.error(), Language::en)));
        return {read->begin(), read->end()};
    }
    throw std::logic_error(fmt::format("{} does not travel inside the program", ending));
}

} // namespace

Texts::Texts(std::span<const embedded::File> files)
    : dutch_(load(files, "texts.nl.json")), english_(load(files, "texts.en.json"))
{
    const auto compare = [](const Map& one, const Map& other, std::string_view missing) {
        for (const auto& [key, text] : one)
            if (!other.contains(key))
                throw std::logic_error(fmt::format("the text {} stands not in {}", key, missing));
    };
    compare(dutch_, english_, "texts.en.json");
    compare(english_, dutch_, "texts.nl.json");
}

std::string Texts::operator()(std::string_view key, Language language, const std::vector<Parameter>& parameters) const
{
    const Map& texts = language == Language::nl ? dutch_ : english_;
    const auto found = texts.find(key);
    if (found == texts.end())
        throw std::logic_error(fmt::format("there is no text {}", key));
    const std::string& text = found->second;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text[at] == '{' ? text.find('}', at) : std::string::npos;
        if (end == std::string::npos) {
            out += text[at++];
            continue;
        }
        const auto name = std::string_view{text}.substr(at + 1, end - at - 1);
        const auto given = std::find_if(parameters.begin(), parameters.end(),
                                        [&](const auto& parameter) { return parameter.first == name; });
        if (given == parameters.end())
            throw std::logic_error(fmt::format("the text {} misses its {}", key, name));
        out += given->second;
        at = end + 1;
    }
    return out;
}

Words Texts::words(std::string_view key, const std::vector<Parameter>& parameters) const
{
    return {(*this)(key, Language::nl, parameters), (*this)(key, Language::en, parameters)};
}

std::string Texts::both(std::string_view key, const std::vector<Parameter>& parameters) const
{
    const Words said = words(key, parameters);
    return said.nl == said.en ? said.nl : said.nl + " / " + said.en;
}

std::vector<std::string> Texts::keys() const
{
    std::vector<std::string> keys;
    for (const auto& [key, text] : dutch_)
        keys.push_back(key);
    return keys;
}

} // namespace beproefd::describe
