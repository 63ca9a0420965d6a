// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/command.hpp"
#include "figures/command.hpp"
#include "figures/inspect.hpp"
#include "figures/service.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace beproefd::command {
namespace {

struct FigureOptions {
    bool json = false;
    bool all = false;
    std::string file;
    std::string format = "csv";
    std::string output;
    std::string query, document, table, cluster;
};

template<class Work>
int with_catalogue(const Context& context, Work work)
{
    const auto url = database_url(context);
    if (!url)
        return tell(url.error());
    // Reading beside a running server is fine.
    auto database = storage::Database::open(*url, {.opening = storage::Opening::inspect});
    figures::Service service{database};
    const auto catalogue = service.catalogue();
    if (!catalogue)
        return tell(catalogue.error());
    return work(**catalogue);
}

Result<figures::FigureFilter> filter_from(const FigureOptions& options)
{
    figures::FigureFilter filter;
    std::vector<FieldError> errors;
    const auto set = [&](auto& target, const std::string& text, const char* option) {
        if (text.empty())
            return;
        using Kept = typename std::remove_cvref_t<decltype(target)>::value_type;
        target = Kept::from_text(text);
        if (!target)
            errors.push_back({.pointer = option,
                              .code = "length",
                              .parameters = {{"minimum", "0"}, {"maximum", std::to_string(Kept::maximum)}}});
    };
    set(filter.q, options.query, "--query");
    set(filter.document, options.document, "--document");
    set(filter.table, options.table, "--table");
    set(filter.cluster, options.cluster, "--cluster");
    if (!errors.empty())
        return invalid(std::move(errors));
    return filter;
}

} // namespace

void add_figures(CLI::App& app, Context& context)
{
    auto* command = app.add_subcommand("figures", "Published figures: verify, cover, inspect, export");
    command->require_subcommand(1);
    auto options = std::make_shared<FigureOptions>();

    auto* verify =
        command->add_subcommand("verify", "Recompute every check; status 0 when only known differences remain");
    add_database_option(*verify, context);
    verify->add_flag("--json", options->json, "as JSON");
    verify->callback([&context, options] {
        context.work = [&context, options] {
            return with_catalogue(context, [&](const figures::Catalogue& catalogue) {
                return figures::verify_command(catalogue, options->json, stdout);
            });
        };
    });

    auto* coverage =
        command->add_subcommand("coverage", "Is every printed number held? Status 1 when one is missing");
    add_database_option(*coverage, context);
    coverage->add_flag("--json", options->json, "as JSON");
    coverage->add_flag("--all", options->all, "every number, not only what is missing");
    coverage->callback([&context, options] {
        context.work = [&context, options] {
            return with_catalogue(context, [&](const figures::Catalogue& catalogue) {
                return figures::coverage_command(catalogue, options->json, options->all, stdout);
            });
        };
    });

    auto* inspect = command->add_subcommand("inspect", "Check anyone's table: which slip explains its differences?");
    inspect->add_option("file", options->file, "CSV: labels in the first column, heads in the first row")->required();
    inspect->add_flag("--json", options->json, "as JSON");
    inspect->callback([&context, options] {
        context.work = [options] { return figures::inspect_command(options->file, options->json, stdout, stderr); };
    });

    auto* exporting = command->add_subcommand("export", "Write figures out with their sources");
    add_database_option(*exporting, context);
    exporting->add_option("--format", options->format, "csv, xlsx or json")->capture_default_str();
    exporting->add_option("--output", options->output, "file; without it the terminal");
    exporting->add_option("--query", options->query, "words in label, printed text or key");
    exporting->add_option("--document", options->document, "key of a document");
    exporting->add_option("--table", options->table, "key of a table");
    exporting->add_option("--cluster", options->cluster, "key of a cluster");
    exporting->callback([&context, options] {
        context.work = [&context, options] {
            const auto filter = filter_from(*options);
            if (!filter)
                return tell(filter.error());
            return with_catalogue(context, [&](const figures::Catalogue& catalogue) {
                return figures::export_command(catalogue, *filter, options->format, options->output, stdout, stderr);
            });
        };
    });
}

} // namespace beproefd::command
