// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/command.hpp"

#include "platform/describe/sentences.hpp"
#include "platform/storage/fault.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <system_error>

namespace beproefd::command {
namespace {

/// The first --config among the arguments; settings must be known before the options that may replace them.
std::string configuration_path(int argc, const char* const* argv)
{
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--config" && i + 1 < argc)
            return argv[i + 1];
        if (argument.starts_with("--config="))
            return std::string{argument.substr(9)};
    }
    if (const char* path = std::getenv("BEPROEFD_CONFIG"))
        return path;
    return {};
}

/// What the database said of itself, in one line: without the statement that was running, which is for who mends it.
std::string_view in_brief(std::string_view what)
{
    return what.substr(0, std::min(what.find(", while running"), what.find('\n')));
}

} // namespace

int tell(const Problem& problem)
{
    fmt::print(stderr, "beproefd: {}\n", describe::explain(problem, describe::Language::en));
    switch (problem.kind) {
    case ProblemKind::invalid_input:
    case ProblemKind::too_large:
    case ProblemKind::unsupported:
        return status::wrong_input;
    default:
        return status::refused;
    }
}

Result<std::string> database_url(const Context& context)
{
    if (!context.settings.database || context.settings.database->empty())
        return invalid({{.pointer = "--database", .code = "database-missing"}});
    return *context.settings.database;
}

void add_database_option(CLI::App& subcommand, Context& context)
{
    subcommand.add_option("--database", context.settings.database, "sqlite:PATH or postgresql://…")
        ->envname("BEPROEFD_DATABASE");
}

int run(int argc, const char* const* argv)
try {
    Context context;
    std::string config = configuration_path(argc, argv);
    if (config.empty() && std::filesystem::exists("beproefd.toml"))
        config = "beproefd.toml";
    if (!config.empty()) {
        auto settings = read_configuration(config);
        if (!settings)
            return tell(settings.error());
        context.settings = *std::move(settings);
    }
    auto settings = with_environment(std::move(context.settings));
    if (!settings)
        return tell(settings.error());
    context.settings = *std::move(settings);

    CLI::App app{"Beproefd: the open platform for the policy cycle of preventing radicalisation.", "beproefd"};
    app.footer(
        "Exit status: 0 done, 1 done but the outcome is not what was asked, 2 wrong input, 3 refused, 70 broken.\n"
        "Settings (beproefd.example.toml has all) may stand in beproefd.toml or in the environment as BEPROEFD_….");
    app.set_version_flag("--version", "beproefd " BEPROEFD_VERSION);
    std::string shown_config;
    app.add_option("--config", shown_config,
                   "settings (TOML); without it beproefd.toml in this folder, if there is one");
    app.require_subcommand(1);
    app.fallthrough();

    add_setup(app, context);
    add_serve(app, context);
    add_figures(app, context);
    add_instruments(app, context);
    add_organisations(app, context);
    add_user(app, context);
    add_audit(app, context);
    add_backup(app, context);
    add_statistics(app, context);
    add_openapi(app, context);

    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& wanted) { // --help and --version
        return app.exit(wanted);
    } catch (const CLI::ParseError& error) {
        fmt::print(stderr, "beproefd: {} (see beproefd --help)\n", error.what());
        return status::wrong_input;
    }
    return context.work();
} catch (const storage::CannotOpen& error) {
    fmt::print(stderr, "beproefd: {}\n", error.what());
    const bool typed_wrong =
        error.failure() == storage::OpenFailure::bad_address || error.failure() == storage::OpenFailure::not_found;
    return typed_wrong ? status::wrong_input : status::refused;
} catch (const storage::Corrupt& error) { // found while at work: opening looks at the beginning only
    fmt::print(stderr, "beproefd: The database is damaged; restore a backup of it into a new file. ({})\n",
               in_brief(error.what()));
    return status::refused;
} catch (const storage::DiskFull&) {
    fmt::print(stderr, "beproefd: The disk of the database is full; make room and run the command again.\n");
    return status::refused;
} catch (const std::exception& error) {
    fmt::print(stderr, "beproefd: {}\n", error.what());
    return status::broken;
}

} // namespace beproefd::command
