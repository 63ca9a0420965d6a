// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/command.hpp"
#include "statistics/door/command.hpp"

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
    analyse->set_help_flag();
    analyse->callback([&context, analyse] {
        context.work = [arguments = analyse->remaining()] {
            std::ios::sync_with_stdio(false);
            return statistics::door::analyse_command(arguments, std::cin, std::cout, std::cerr, BEPROEFD_VERSION);
        };
    });
}

} // namespace beproefd::command
