// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/report/texts.hpp"

#include "platform/core/embedded.hpp"

#include <sstream>

namespace beproefd::embedded {
std::span<const File> report_texts();
}

namespace beproefd::quickscan {
namespace {

const describe::Texts& report_texts()
{
    static const describe::Texts texts{embedded::report_texts()};
    return texts;
}

} // namespace

ReportTexts::ReportTexts(describe::Language language) : language_(language), texts_(&report_texts()) {}

std::string ReportTexts::operator()(std::string_view key, const std::vector<Parameter>& parameters) const
{
    return (*texts_)(key, language_, parameters);
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

std::string ReportTexts::day_unbroken(Day day) const
{
    std::string unbroken;
    for (const char letter : this->day(day))
        unbroken += letter == ' ' ? "\u00a0" : std::string(1, letter);
    return unbroken;
}

std::string ReportTexts::period(Day from, Day to) const
{
    return (*this)("period", {{"from", day(from)}, {"to", day(to)}});
}

} // namespace beproefd::quickscan
