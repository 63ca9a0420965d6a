// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/command.hpp"
#include "figures/command.hpp"
#include "figures/inspect.hpp"
#include "figures/service.hpp"
#include "platform/describe/read.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace beproefd::command {
namespace {

struct FigureOptions {
    std::string data;
    bool json = false;
    bool all = false;
    std::string format = "csv";
    std::string output;
    std::string file;
    std::map<std::string, std::string> filters;
};

/// Does the work on what is loaded in the database, or on a folder with data files when one is given.
int with_catalogue(const Context& context, const FigureOptions& options,
                   const std::function<int(const figures::Catalogue&)>& work)
{
    if (!options.data.empty()) {
        if (!std::filesystem::is_directory(options.data))
            return tell(invalid(
                {{.pointer = "--data", .code = "figures-file-missing", .parameters = {{"name", options.data}}}}));
        auto published = figures::read_published(std::filesystem::path{options.data});
        if (!published)
            return tell(published.error());
        return work(figures::Catalogue{std::move(*published)});
    }
    const auto url = database_url(context);
    if (!url)
        return tell(url.error());
    auto database = storage::Database::open(*url, {.opening = storage::Opening::inspect});
    figures::Service service{database};
    const auto catalogue = service.catalogue();
    if (!catalogue)
        return tell(catalogue.error());
    return work(**catalogue);
}

/// The filters as the API takes them, with the same refusals.
Result<figures::FigureFilter> filter_of(const std::map<std::string, std::string>& given)
{
    describe::Node node;
    node.type = describe::Node::Type::object;
    for (const auto& [name, value] : given) {
        if (value.empty())
            continue;
        describe::Node text;
        text.type = describe::Node::Type::word;
        text.text = value;
        node.members.emplace_back(name, std::move(text));
    }
    auto filter = describe::read<figures::FigureFilter>(Result<describe::Node>{std::move(node)});
    if (!filter) {
        // "/kind" of a body is the option "--kind" here.
        for (auto& field : filter.error().fields)
            field.pointer = "--" + field.pointer.substr(1);
    }
    return filter;
}

} // namespace

void add_figures(CLI::App& app, Context& context)
{
    auto* command = app.add_subcommand("figures", "Published figures: held, checked, written out");
    command->require_subcommand(1);
    auto options = std::make_shared<FigureOptions>();
    const auto add = [&](const char* name, const char* text) {
        auto* added = command->add_subcommand(name, text);
        add_database_option(*added, context);
        added->add_option("--data", options->data, "a folder such as data/published instead of the database");
        return added;
    };

    auto* coverage = add("coverage", "Is every number of the documents held by a figure, or known to be none? "
                                     "Status 1 when one is missing");
    coverage->add_flag("--all", options->all, "list every number, not only what is missing");
    coverage->add_flag("--json", options->json, "write one JSON object");
    coverage->callback([&context, options] {
        context.work = [&context, options] {
            return with_catalogue(context, *options, [&](const figures::Catalogue& catalogue) {
                return figures::coverage_command(catalogue, options->json, options->all, stdout);
            });
        };
    });

    auto* verify = add("verify", "Recompute every check. Status 1 unless exactly the known differences remain");
    verify->add_flag("--json", options->json, "write one JSON object");
    verify->callback([&context, options] {
        context.work = [&context, options] {
            return with_catalogue(context, *options, [&](const figures::Catalogue& catalogue) {
                return figures::verify_command(catalogue, options->json, stdout);
            });
        };
    });

    auto* exporting = add("export", "Write figures as CSV, XLSX or JSON, each with its source and licence");
    exporting->add_option("--format", options->format, "csv, xlsx or json")->capture_default_str();
    exporting->add_option("--output", options->output, "file; without it the standard output");
    for (const auto& [name, text] : std::initializer_list<std::pair<const char*, const char*>>{
             {"q", "words in label, printed text or key"},
             {"document", "only of this document"},
             {"table", "only of this table or rule"},
             {"row", "only of this row"},
             {"cluster", "only of this cluster"},
             {"unit", "only in this unit"},
             {"year", "only with this year in the period"},
             {"kind", "only of this kind, such as number or not_printed"},
             {"source", "printed or computed"}})
        exporting->add_option(std::string{"--"} + name, options->filters[name], text);
    exporting->add_option("--query", options->filters["q"], "the same as --q");
    exporting->callback([&context, options] {
        context.work = [&context, options] {
            const auto filter = filter_of(options->filters);
            if (!filter)
                return tell(filter.error());
            return with_catalogue(context, *options, [&](const figures::Catalogue& catalogue) {
                return figures::export_command(catalogue, *filter, options->format, options->output, stdout, stderr);
            });
        };
    });

    auto* inspect =
        command->add_subcommand("inspect", "Which single printed slip explains that a table does not add up?");
    inspect->add_option("file", options->file, "CSV: first column labels, first row headers")->required();
    inspect->add_flag("--json", options->json, "write one JSON object");
    inspect->callback([&context, options] {
        context.work = [options] { return figures::inspect_command(options->file, options->json, stdout, stderr); };
    });
}

} // namespace beproefd::command
