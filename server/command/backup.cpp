// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/backup.hpp"
#include "command/command.hpp"
#include "platform/audit/month.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace beproefd::command {

namespace {

/// Seven years: the proposal for applications and awards in docs/explanation/privacy.md, until the archive schedule
/// of the installation says otherwise in audit_keep_months.
constexpr int usual_term_in_months = 84;

int remove_audit_months(const Context& context, const std::string& before)
{
    const auto url = database_url(context);
    if (!url)
        return tell(url.error());
    const auto month = audit::Month::from_text(before);
    if (!month)
        return tell(invalid({{.pointer = "--before", .code = "month", .parameters = {{"value", before}}}}));
    const SystemClock clock;
    const auto& term = context.settings.audit_keep_months;
    const auto kept_from =
        audit::Month::of(clock.now()).plus(-(term ? static_cast<int>(term->value()) : usual_term_in_months));
    if (*month > kept_from)
        return tell(refuse({"audit-within-term", ""}, {{"month", kept_from.to_text()}}));
    auto database = storage::Database::open(*url);
    const auto closed = audit::close_months(database, clock);
    const auto removal = audit::remove_months(database, *month, clock);
    fmt::print("{} months closed, {} months with {} entries removed\n", closed, removal.months, removal.entries);
    return status::done;
}

} // namespace

void add_audit(CLI::App& app, Context& context)
{
    auto* command = app.add_subcommand("audit", "The audit trail");
    command->require_subcommand(1);
    auto* verify = command->add_subcommand("verify", "Recompute every chain; status 1 when one is damaged");
    add_database_option(*verify, context);
    verify->callback([&context] {
        context.work = [&context] {
            const auto url = database_url(context);
            if (!url)
                return tell(url.error());
            const auto database = storage::Database::open(*url, {.opening = storage::Opening::inspect});
            const auto verification = audit::verify(database);
            for (const auto& damage : verification.damages)
                fmt::print("organisation {}, entry {}: {}\n", damage.organisation_id, damage.number, damage.what);
            fmt::print("{} entries of {} organisations, {} damaged\n", verification.entries,
                       verification.organisations, verification.damages.size());
            return verification.damages.empty() ? status::done : status::differences;
        };
    });

    auto* close =
        command->add_subcommand("close", "Close the months that have ended; a serving program does so itself");
    add_database_option(*close, context);
    close->callback([&context] {
        context.work = [&context] {
            const auto url = database_url(context);
            if (!url)
                return tell(url.error());
            auto database = storage::Database::open(*url);
            fmt::print("{} months closed\n", audit::close_months(database, SystemClock{}));
            return status::done;
        };
    });

    auto before = std::make_shared<std::string>();
    auto* remove = command->add_subcommand(
        "remove", "Remove the entries of closed months past their term of retention; their closings stay");
    add_database_option(*remove, context);
    remove->add_option("--before", *before, "YYYY-MM; older months go")->required();
    remove->callback(
        [&context, before] { context.work = [&context, before] { return remove_audit_months(context, *before); }; });
}

void add_backup(CLI::App& app, Context& context)
{
    auto file = std::make_shared<std::string>();

    auto* backup = app.add_subcommand("backup", "Write everything to one file, also while a server runs");
    add_database_option(*backup, context);
    backup->add_option("file", *file, "the new file; it must not be there yet")->required();
    backup->callback([&context, file] {
        context.work = [&context, file] {
            const auto url = database_url(context);
            if (!url)
                return tell(url.error());
            const auto database = storage::Database::open(*url, {.opening = storage::Opening::inspect});
            storage::backup(database, *file);
            fmt::print("Everything stands in {}.\n", *file);
            return status::done;
        };
    });

    auto* restore = app.add_subcommand("restore", "Fill an empty database from a backup file");
    add_database_option(*restore, context);
    restore->add_option("file", *file, "the backup file")->required();
    restore->callback([&context, file] {
        context.work = [&context, file] {
            const auto url = database_url(context);
            if (!url)
                return tell(url.error());
            storage::restore(*url, *file);
            fmt::print("Restored from {}. Check it with: beproefd figures verify, beproefd audit verify\n", *file);
            return status::done;
        };
    });
}

} // namespace beproefd::command
