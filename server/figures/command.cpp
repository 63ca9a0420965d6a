// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/command.hpp"

#include "platform/describe/json.hpp"
#include "platform/documents/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace beproefd::figures {
namespace {

void print(std::FILE* out, std::string_view text) { std::fwrite(text.data(), 1, text.size(), out); }

/// A number with the decimals it needs, up to six; "-" where there is none.
std::string shown(const std::optional<double>& value, std::int64_t decimals)
{
    if (!value)
        return "-";
    while (decimals < 6 &&
           std::abs(std::round(*value * std::pow(10, decimals)) / std::pow(10, decimals) - *value) > 5e-7)
        ++decimals;
    return fmt::format("{:.{}f}", *value, decimals);
}

std::string_view outcome_word(const Check& check)
{
    switch (check.outcome) {
    case Outcome::agrees:
        return "ok";
    case Outcome::within_rounding:
        return check.known ? "rounding" : "ROUNDING";
    case Outcome::differs:
        return check.known ? "differs" : "DIFFERS";
    }
    return "";
}

/// Cuts at a whole character, so that columns stay in line.
std::string fitted(std::string_view text, std::size_t width)
{
    std::string out;
    std::size_t characters = 0;
    for (const char byte : text) {
        if ((static_cast<unsigned char>(byte) & 0xc0) != 0x80 && ++characters > width)
            return out;
        out += byte;
    }
    out.append(width - characters, ' ');
    return out;
}

std::string explanation_line(const SlipExplanation& one)
{
    return fmt::format("{}. {}: {} / {}, printed {}, should be {}", one.rank, one.kind, one.row.value_or("-"),
                       one.column.value_or("-"), one.printed ? shown(one.printed, 0) : "nothing",
                       one.corrected ? shown(one.corrected, 0) : "nothing");
}

} // namespace

int coverage_command(const Catalogue& catalogue, bool json, bool all, std::FILE* out)
{
    const auto coverage = cover(catalogue.published());
    const int status = coverage.complete() ? 0 : 1;
    if (json) {
        print(out, describe::to_json(coverage) + "\n");
        return status;
    }
    for (const auto& number : coverage.items) {
        if (!all && number.holding != Holding::missing)
            continue;
        const char* word = number.holding == Holding::figure       ? "figure    "
                           : number.holding == Holding::not_figure ? "not figure"
                                                                   : "MISSING   ";
        print(out,
              fmt::format("{}  {}:{}  {}  {}\n", word, number.document, number.line, number.token, number.held_by));
    }
    for (const auto& one : coverage.unfounded)
        print(out, fmt::format("UNFOUNDED   {}:{}  {}  {} says it is printed there\n", one.document, one.line,
                               one.token, one.key));
    print(out, fmt::format("{} of {}: {} figures, {} not figures\n", coverage.held, coverage.numbers,
                           coverage.figures, coverage.not_figures));
    return status;
}

int verify_command(const Catalogue& catalogue, bool json, std::FILE* out)
{
    const auto& report = catalogue.checks();
    const int status = report.as_known ? 0 : 1;
    if (json) {
        print(out, fmt::format("{{\"checks\":{},\"findings\":{}}}\n", describe::to_json(report),
                               describe::to_json(catalogue.findings({}))));
        return status;
    }
    print(out, fmt::format("{:<9} {:<5} {} {:>14} {:>14} {:>12}\n", "outcome", "known", fitted("check", 58),
                           "printed", "recomputed", "difference"));
    for (const auto& check : report.items) {
        const bool differs = check.outcome != Outcome::agrees;
        print(out, fmt::format("{:<9} {:<5} {} {:>14} {:>14} {:>12}\n", outcome_word(check),
                               differs ? check.finding : "", fitted(check.title.en, 58),
                               shown(check.printed, check.decimals), shown(check.recomputed, check.decimals),
                               differs ? shown(check.difference, check.decimals) : ""));
    }
    for (const auto& finding : catalogue.findings({}).items) {
        const bool differs = std::any_of(finding.checks.begin(), finding.checks.end(),
                                         [](const Check& check) { return check.outcome != Outcome::agrees; });
        if (!differs)
            continue;
        print(out, fmt::format("\n{} ({})  {}\n", finding.id, describe::Scalar<Severity>::to(finding.severity),
                               finding.title.en));
        for (const auto& check : finding.checks) {
            if (check.outcome != Outcome::agrees)
                print(out, fmt::format("    {}: {}, printed {}\n", check.title.en, check.formula.en,
                                       shown(check.printed, check.decimals)));
        }
        print(out, fmt::format("    {}\n", finding.explanation.en));
        const auto& explanations = finding.explanations;
        const auto best = std::count_if(explanations.begin(), explanations.end(),
                                        [](const SlipExplanation& one) { return one.rank == 1; });
        if (best > 1)
            print(out, fmt::format("    The table detective cannot choose between {}:\n", best));
        else if (best == 1)
            print(out, "    The table detective finds:\n");
        for (const auto& one : explanations) {
            if (one.rank == 1)
                print(out, fmt::format("      {}\n", explanation_line(one)));
        }
    }
    print(out, "\n");
    for (const auto& key : report.unexpected)
        print(out, fmt::format("NOT KNOWN: {}\n", key));
    for (const auto& key : report.disappeared)
        print(out, fmt::format("GONE: {} is on the list of known differences and does not differ that way\n", key));
    print(out, fmt::format("{} checks: {} agree, {} differ. {} statements checked, {} do not agree.\n", report.checks,
                           report.agree, report.differ, report.statements, report.statements_not_agreeing));
    print(out, report.as_known ? "Exactly the known differences remain.\n"
                               : "This is not the list of known differences.\n");
    return status;
}

int export_command(const Catalogue& catalogue, const FigureFilter& filter, const std::string& format,
                   const std::string& output, std::FILE* out, std::FILE* error)
{
    const auto selection = catalogue.selection(filter);
    std::string content;
    if (format == "csv") {
        content = documents::to_csv(catalogue.sheet(selection));
    } else if (format == "xlsx") {
        content = documents::to_xlsx({catalogue.sheet(selection)});
    } else if (format == "json") {
        content = describe::to_json(selection) + "\n";
    } else {
        print(error, fmt::format("beproefd: the format must be csv, xlsx or json, not {}\n", format));
        return 2;
    }
    if (output.empty()) {
        print(out, content);
        return 0;
    }
    std::FILE* file = std::fopen(output.c_str(), "wb");
    const bool written = file && std::fwrite(content.data(), 1, content.size(), file) == content.size();
    const bool closed = file && std::fclose(file) == 0;
    if (!written || !closed)
        throw std::runtime_error(fmt::format("{} cannot be written: {}", output, std::strerror(errno)));
    print(error, fmt::format("{} figures written to {}\n", selection.items.size(), output));
    return 0;
}

} // namespace beproefd::figures
