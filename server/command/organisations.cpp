// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/command.hpp"
#include "organisations/service.hpp"

#include <CLI/CLI.hpp>

#include <fstream>
#include <memory>
#include <sstream>

namespace beproefd::command {
namespace {

struct ImportOptions {
    std::string list;
    std::string became;
    std::string date;
};

Result<std::string> content_of(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        return invalid({{.pointer = "", .code = "file-unreadable", .parameters = {{"file", path}}}});
    return std::move(text).str();
}

int import(const Context& context, const ImportOptions& options)
{
    const auto url = database_url(context);
    if (!url)
        return tell(url.error());
    const auto day = Day::from_text(options.date);
    if (!day)
        return tell(invalid({{.pointer = "--date", .code = "date"}}));
    const auto list = content_of(options.list);
    if (!list)
        return tell(list.error());
    Result<std::string> became = std::string{};
    if (!options.became.empty())
        became = content_of(options.became);
    if (!became)
        return tell(became.error());

    auto database = storage::Database::open(*url);
    organisations::Service organisations{database};
    const auto report = organisations.import(*list, options.list, *day, *became, options.became);
    if (!report)
        return tell(report.error());
    for (const auto& row : report->added)
        fmt::print("added    {}  {}\n", row.code, row.name);
    for (const auto& code : report->ended)
        fmt::print("ended    {}  on {}\n", code, day->plus(-1).to_text());
    for (const auto& row : report->renamed)
        fmt::print("renamed  {}  {}\n", row.code, row.name);
    for (const auto& row : report->moved)
        fmt::print("moved    {}  to {}\n", row.code, row.safety_region);
    fmt::print("{} added, {} ended, {} renamed, {} moved to another safety region\n", report->added.size(),
               report->ended.size(), report->renamed.size(), report->moved.size());
    return status::done;
}

} // namespace

void add_organisations(CLI::App& app, Context& context)
{
    auto* command = app.add_subcommand("organisations", "Keep the list of organisations");
    command->require_subcommand(1);
    auto* importing =
        command->add_subcommand("import", "Import a newer list of municipalities (columns code,name,safety_region)");
    add_database_option(*importing, context);
    auto options = std::make_shared<ImportOptions>();
    importing->add_option("file", options->list, "CSV file")->required();
    importing->add_option("--date", options->date, "the day from which the list holds, such as 2026-01-01")
        ->required();
    importing->add_option("--became", options->became, "CSV file with the columns was_code,becomes_code,since");
    importing->callback(
        [&context, options] { context.work = [&context, options] { return import(context, *options); }; });
}

} // namespace beproefd::command
