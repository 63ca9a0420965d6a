// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/command.hpp"
#include "statistics/adviser/command.hpp"
#include "statistics/door/command.hpp"
#include "statistics/picture/commands.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace beproefd::command {

void add_statistics(CLI::App& app, Context& context)
{
    auto* analyse = app.add_subcommand(
        "analyse",
        "The statistics engine, JSON in, JSON out: [METHOD] [--batch] [--threads N] [--time-limit SECONDS] "
        "[--keep-request] [--as-r]");
    // The engine reads its own arguments: it has a contract of its own.
    analyse->prefix_command();
    analyse->fallthrough(false); // or its arguments would be asked of the program itself
    analyse->set_help_flag();
    analyse->callback([&context, analyse] {
        context.work = [arguments = analyse->remaining()] {
            std::ios::sync_with_stdio(false);
            return statistics::door::analyse_command(arguments, std::cin, std::cout, std::cerr, BEPROEFD_VERSION);
        };
    });

    auto* plot =
        app.add_subcommand("plot", "A figure as SVG from an analysis: KIND [--language nl|en] < exchange.json");
    plot->prefix_command();
    plot->fallthrough(false); // or its arguments would be asked of the program itself
    plot->set_help_flag();
    plot->callback([&context, plot] {
        context.work = [arguments = plot->remaining()] {
            return statistics::picture::plot_command(arguments, std::cin, std::cout, std::cerr);
        };
    });

    auto* explain =
        app.add_subcommand("explain", "Plain sentences from an analysis: [--language nl|en] < exchange.json");
    explain->prefix_command();
    explain->fallthrough(false); // or its arguments would be asked of the program itself
    explain->set_help_flag();
    explain->callback([&context, explain] {
        context.work = [arguments = explain->remaining()] {
            return statistics::picture::explain_command(arguments, std::cin, std::cout, std::cerr);
        };
    });

    auto* advise = app.add_subcommand(
        "advise", "Which evaluation design is feasible: [--text] [--language nl|en] < situation.json");
    advise->prefix_command();
    advise->fallthrough(false);
    advise->set_help_flag();
    advise->callback([&context, advise] {
        context.work = [arguments = advise->remaining()] {
            return statistics::adviser::advise_command(arguments, std::cin, std::cout, std::cerr);
        };
    });

    auto* ladder =
        app.add_subcommand("ladder", "On which step of the evidence ladder recorded facts stand: < facts.json");
    ladder->prefix_command();
    ladder->fallthrough(false);
    ladder->set_help_flag();
    ladder->callback([&context, ladder] {
        context.work = [arguments = ladder->remaining()] {
            return statistics::adviser::ladder_command(arguments, std::cin, std::cout, std::cerr);
        };
    });
}

} // namespace beproefd::command
