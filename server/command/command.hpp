// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "command/configuration.hpp"
#include "platform/core/result.hpp"

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace beproefd::command {

/// What every subcommand receives: the settings of file, environment and options together, and a place for its
/// status.
struct Context {
    Configuration settings;
    std::function<int()> work; ///< what the chosen subcommand will do, once everything was read
};

/// One line on stderr per thing that is wrong, and the status for it.
int tell(const Problem& problem);

/// The URL of the database, or a refusal that says how to give one.
Result<std::string> database_url(const Context& context);

/// --database, for the subcommands that need one.
void add_database_option(CLI::App& subcommand, Context& context);

void add_setup(CLI::App& app, Context& context);
void add_serve(CLI::App& app, Context& context);
void add_user(CLI::App& app, Context& context);
void add_audit(CLI::App& app, Context& context);
void add_backup(CLI::App& app, Context& context);
void add_organisations(CLI::App& app, Context& context);
void add_figures(CLI::App& app, Context& context);
void add_instruments(CLI::App& app, Context& context);
void add_statistics(CLI::App& app, Context& context);
void add_openapi(CLI::App& app, Context& context);

/// The whole program: reads the command line and does it. Returns the exit status.
int run(int argc, const char* const* argv);

} // namespace beproefd::command
