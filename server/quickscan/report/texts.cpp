// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/report/texts.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/read.hpp"

#include <sstream>
#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> report_texts();
}

namespace beproefd::quickscan {
namespace {

std::map<std::string, std::string, std::less<>> load(std::string_view ending)
{
    for (const auto& file : embedded::report_texts())
        if (file.path.ends_with(ending)) {
            auto read = describe::read_json<std::map<std::string, std::string>>(file.content);
            if (!read)
                throw std::logic_error(
                    fmt::format("{}: {}", file.path, describe::explain(read.error(), describe::Language::en)));
            return {read->begin(), read->end()};
        }
    throw std::logic_error(fmt::format("{} does not travel inside the program", ending));
}

} // namespace

ReportTexts::ReportTexts(describe::Language language) : language_(language)
{
    static const Texts dutch = load("texts.nl.json"), english = load("texts.en.json");
    texts_ = language == describe::Language::nl ? &dutch : &english;
}

std::string ReportTexts::operator()(std::string_view key, const std::vector<Parameter>& parameters) const
{
    const auto found = texts_->find(key);
    if (found == texts_->end())
        throw std::logic_error(fmt::format("the reports have no text {}", key));
    // In one pass, so that a brace in what is filled in stays a brace.
    const std::string& text = found->second;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text[at] == '{' ? text.find('}', at) : std::string::npos;
        if (end != std::string::npos) {
            const auto name = std::string_view{text}.substr(at + 1, end - at - 1);
            const auto given = std::find_if(parameters.begin(), parameters.end(),
                                            [&](const auto& one) { return one.first == name; });
            if (given == parameters.end())
                throw std::logic_error(fmt::format("the text {} misses its {}", key, name));
            out += given->second;
            at = end + 1;
        } else {
            out += text[at++];
        }
    }
    return out;
}

std::string ReportTexts::day(Day day) const
{
    std::istringstream months{(*this)("months")};
    const auto iso = day.to_text();
    const int number = std::stoi(iso.substr(5, 2));
    std::string month;
    for (int count = 0; count < number; ++count)
        months >> month;
    return (*this)(
        "date", {{"day", std::to_string(std::stoi(iso.substr(8, 2)))}, {"month", month}, {"year", iso.substr(0, 4)}});
}

std::string ReportTexts::period(Day from, Day to) const
{
    return (*this)("period", {{"from", day(from)}, {"to", day(to)}});
}

std::vector<std::string> ReportTexts::keys() const
{
    std::vector<std::string> keys;
    for (const auto& [key, text] : *texts_)
        keys.push_back(key);
    return keys;
}

} // namespace beproefd::quickscan
