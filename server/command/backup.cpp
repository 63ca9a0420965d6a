// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/backup.hpp"
#include "command/command.hpp"
#include "platform/audit/audit.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace beproefd::command {

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
