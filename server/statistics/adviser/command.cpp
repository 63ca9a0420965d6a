// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/adviser/command.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/sentences.hpp"
#include "statistics/adviser/adviser.hpp"

#include <istream>
#include <iterator>
#include <ostream>
#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> adviser_rules();
std::span<const File> ladder_rules();
}

namespace beproefd::statistics::adviser {

namespace {

constexpr int wrong_input = 2, wrong_usage = 64;

constexpr std::string_view advise_usage =
    "usage: beproefd advise [--text] [--language nl|en] < situation.json\n"
    "  reads a situation as JSON: sites, eligiblePerSiteAndYear and monthsToDecision, and what else is known:\n"
    "  title, staggeredStart, startMoments, lotsPossible, comparableSites, comparableProjects, "
    "preMeasurementPossible,\n"
    "  alreadyRun, seriesPointsBefore, seriesPointsAfter, seasonal, observationsPerPerson, budget, relevantEffect,\n"
    "  expectedRetention, icc, correlation, outcomeType (scale, share, count, rare), baselineShare, sensitive\n"
    "  writes which evaluation designs are feasible, as JSON in both languages or with --text as text in one\n";

constexpr std::string_view ladder_usage =
    "usage: beproefd ladder < facts.json\n"
    "  reads recorded facts, {\"goals_described\":{\"value\":1,\"source\":\"manual, ch. 2\"},…}, and writes on which "
    "step\n"
    "  of the evidence ladder they put an evaluation, with every rule and fact that decided\n";

template<class T>
T built_in(const embedded::File& file)
{
    auto read = describe::read_yaml<T>(file.content, file.path);
    if (!read)
        throw std::runtime_error(describe::explain(read.error(), describe::Language::en));
    return std::move(*read);
}

std::string everything(std::istream& in)
{
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool asks_help(std::span<const std::string> arguments)
{
    return arguments.size() == 1 && (arguments[0] == "--help" || arguments[0] == "-h");
}

} // namespace

int advise_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& error)
{
    if (asks_help(arguments)) {
        out << advise_usage;
        return 0;
    }
    bool text = false, dutch = true;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--text") {
            text = true;
        } else if (arguments[i] == "--language" && i + 1 < arguments.size() &&
                   (arguments[i + 1] == "nl" || arguments[i + 1] == "en")) {
            dutch = arguments[++i] == "nl";
        } else {
            error << advise_usage;
            return wrong_usage;
        }
    }
    const auto situation = describe::read_json<Situation>(everything(in));
    if (!situation) {
        error << describe::explain(situation.error(), describe::Language::en) << '\n';
        return wrong_input;
    }
    if (const auto wrong = wrong_members(*situation); !wrong.empty()) {
        for (const auto& member : wrong)
            error << "'" << member << "' is out of range.\n";
        return wrong_input;
    }
    const auto advice = advise(built_in<Rules>(embedded::adviser_rules().front()), *situation);
    out << (text ? as_text(advice, dutch) : describe::to_json(advice) + "\n");
    return 0;
}

int ladder_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& error)
{
    if (asks_help(arguments)) {
        out << ladder_usage;
        return 0;
    }
    if (!arguments.empty()) {
        error << ladder_usage;
        return wrong_usage;
    }
    const auto facts = describe::read_json<ladder::Facts>(everything(in));
    if (!facts) {
        error << describe::explain(facts.error(), describe::Language::en) << '\n';
        return wrong_input;
    }
    out << describe::to_json(ladder::place(built_in<ladder::Rules>(embedded::ladder_rules().front()), *facts))
        << '\n';
    return 0;
}

} // namespace beproefd::statistics::adviser
