// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/command.hpp"
#include "platform/describe/scalar.hpp"
#include "quickscan/instrument/catalogue.hpp"
#include "quickscan/instrument/folder.hpp"
#include "quickscan/instrument/reading.hpp"
#include "quickscan/instrument/xlsform.hpp"

#include <CLI/CLI.hpp>

#include <fstream>
#include <memory>
#include <sstream>

namespace beproefd::command {
namespace {

struct InstrumentOptions {
    std::string file;
    std::string key;
    int version = 0;
    std::string output;
    bool leave_out = false;
};

Problem unreadable(const std::string& path)
{
    return invalid({{.pointer = "", .code = "file-unreadable", .parameters = {{"file", path}}}});
}

std::optional<std::string> content_of(std::string_view path)
{
    std::ifstream file{std::string{path}, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        return std::nullopt;
    return std::move(text).str();
}

/// Writes to the file, or to standard output for "-".
int write(const std::string& path, const std::string& content)
{
    if (path == "-") {
        fmt::print("{}", content);
        return status::done;
    }
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << content;
    file.close();
    if (!file)
        return tell(unreadable(path));
    return status::done;
}

bool is_spreadsheet(std::string_view bytes) { return bytes.starts_with("PK"); }

/// An instrument from a YAML file or an XLSForm, whichever it is.
Result<quickscan::Instrument> instrument_in(const std::string& path)
{
    const auto content = content_of(path);
    if (!content)
        return unreadable(path);
    if (is_spreadsheet(*content))
        return quickscan::read_whole_xlsform(*content);
    return quickscan::read_instrument(*content, path, content_of);
}

/// Those of the program, with those of the folder in the settings.
Result<quickscan::Instruments> known(const Context& context)
{
    if (context.settings.instruments)
        return quickscan::instruments_with(*context.settings.instruments);
    return quickscan::shipped_instruments();
}

int list(const Context& context)
{
    const auto all = known(context);
    if (!all)
        return tell(all.error());
    for (const auto& one : all->all())
        fmt::print("{}  version {}  {}  {} questions  {}\n", one.key, one.version,
                   describe::Scalar<quickscan::VersionStatus>::to(one.status), one.questions.size(), one.title.en);
    return status::done;
}

int check(const InstrumentOptions& options)
{
    const auto instrument = instrument_in(options.file);
    if (!instrument)
        return tell(instrument.error());
    // Beside the versions that this program knows: what its crosswalks say of them. It replaces the one of its
    // number, and may become the published one.
    std::vector<quickscan::Instrument> all{*instrument};
    all.front().status = quickscan::VersionStatus::draft;
    for (const auto& known : quickscan::shipped_instruments().all()) {
        if (known.key == instrument->key && known.version != instrument->version)
            all.push_back(known);
    }
    if (const auto together = quickscan::Instruments::of(std::move(all)); !together)
        return tell(together.error());
    fmt::print("{} version {}: {} themes, {} questions, no faults\n", instrument->key, instrument->version,
               instrument->themes.size(), instrument->questions.size());
    return status::done;
}

int export_form(const Context& context, const InstrumentOptions& options)
{
    const auto all = known(context);
    if (!all)
        return tell(all.error());
    const auto* instrument =
        options.version == 0 ? all->current(options.key) : all->find(options.key, options.version);
    if (!instrument)
        return tell(invalid({{.pointer = "KEY",
                              .code = "unknown-key",
                              .parameters = {{"key", options.version == 0 ? options.key
                                                                          : fmt::format("{} version {}", options.key,
                                                                                        options.version)}}}}));
    return write(options.output, quickscan::to_xlsform(*instrument));
}

int import_form(const InstrumentOptions& options)
{
    const auto content = content_of(options.file);
    if (!content)
        return tell(unreadable(options.file));
    if (!options.leave_out) {
        const auto instrument = quickscan::read_whole_xlsform(*content);
        return instrument ? write(options.output, quickscan::to_yaml(*instrument)) : tell(instrument.error());
    }
    const auto read = quickscan::read_xlsform(*content);
    if (!read)
        return tell(read.error());
    for (const auto& part : read->left_out)
        fmt::print(stderr, "left out: {}\n", part.text.en);
    return write(options.output, quickscan::to_yaml(read->instrument));
}

} // namespace

void add_instruments(CLI::App& app, Context& context)
{
    auto* command = app.add_subcommand("instruments", "Questionnaires: list, check, and exchange them as XLSForm");
    command->require_subcommand(1);
    auto options = std::make_shared<InstrumentOptions>();

    command->add_subcommand("list", "The questionnaires that this program carries")->callback([&context] {
        context.work = [&context] { return list(context); };
    });

    auto* checking =
        command->add_subcommand("check", "Say what is wrong with a questionnaire, with file, line and path");
    checking->add_option("file", options->file, "YAML file or XLSForm")->required();
    checking->callback([&context, options] { context.work = [options] { return check(*options); }; });

    auto* exporting = command->add_subcommand("export", "Write a questionnaire as XLSForm");
    exporting->add_option("key", options->key, "such as quickscan-local-approach")->required();
    exporting->add_option("--version", options->version, "without it the published one")->check(CLI::PositiveNumber);
    exporting->add_option("-o,--output", options->output, "XLSX file")->required();
    exporting->callback(
        [&context, options] { context.work = [&context, options] { return export_form(context, *options); }; });

    auto* importing = command->add_subcommand("import", "Read an XLSForm and write it as YAML");
    importing->add_option("file", options->file, "XLSX file")->required();
    importing->add_flag("--leave-out-unsupported", options->leave_out,
                        "leave out what has no place here, and name it, instead of refusing the form");
    importing->add_option("-o,--output", options->output, "YAML file, or - for standard output")->required();
    importing->callback([&context, options] { context.work = [options] { return import_form(*options); }; });
}

} // namespace beproefd::command
