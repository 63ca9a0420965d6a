// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/command.hpp"
#include "command/demonstration.hpp"
#include "figures/service.hpp"
#include "platform/storage/backup.hpp"
#include "quickscan/instrument/catalogue.hpp"
#include "quickscan/round/service.hpp"
#include "quickscan/scan/demonstration.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <memory>
#include <unistd.h>

namespace beproefd::command {
namespace {

struct SetupOptions {
    bool demonstration = false;
    std::string administrator;
    std::string organisation;
    std::string accounts_file = "var/demo-accounts.txt";
    std::string backups;
};

void step(std::string_view text) { fmt::print(stderr, "  {}\n", text); }

/// Where an older database is kept as it was: beside an SQLite file, where the one who owns it may write.
std::filesystem::path folder_for_backups(std::string_view url, const std::string& wanted)
{
    constexpr std::string_view sqlite = "sqlite:";
    if (!wanted.empty())
        return wanted;
    return url.starts_with(sqlite) ? std::filesystem::path{url.substr(sqlite.size())}.parent_path() : "var";
}

/// Asks on the terminal; empty where there is none to ask.
std::string ask(std::string_view question)
{
    if (!isatty(STDIN_FILENO))
        return {};
    fmt::print(stderr, "{} ", question);
    std::string answer;
    std::getline(std::cin, answer);
    return answer;
}

/// National rounds with invented municipalities, for the ministry of the demonstration.
Result<void> add_demonstration_rounds(storage::Database& database, const Clock& clock,
                                      organisations::Service& organisations)
{
    constexpr std::uint64_t seed = 2026;
    constexpr int last_year = 2026;
    const auto holder = organisations.with_code("demo-ministry");
    if (!holder)
        return holder.error();
    quickscan::national::Service national{
        database, clock, {.questionnaire = quickscan::national::shipped_questionnaire, .scan = {}}};
    // Three rounds of the quickscan, and one of the survey of 2015 asked again, to stand beside what was published.
    for (const auto& [key, first_year] :
         {std::pair{"quickscan-local-approach", last_year - 2}, std::pair{"survey-2015", last_year}})
        if (const auto* instrument = quickscan::shipped_instruments().current(key))
            if (auto added = national.add_demonstration(operator_for(*holder),
                                                        quickscan::national::questionnaire_of(*instrument), seed,
                                                        first_year, last_year);
                !added)
                return added;
    return {};
}

int setup(const Context& context, const SetupOptions& options)
{
    const auto url = database_url(context);
    if (!url)
        return tell(url.error());
    // An older database is kept as it was before anything of it changes.
    const auto keep = [&](storage::Database& older) {
        const auto folder = folder_for_backups(*url, options.backups);
        std::error_code ignored; // what is wrong with the folder is told by the backup
        if (!folder.empty())
            std::filesystem::create_directories(folder, ignored);
        const auto now = SystemClock{}.now().to_text().substr(0, 19);
        const std::string file = folder / fmt::format("before-upgrade-{}.sqlite", now);
        storage::backup(older, file);
        step(fmt::format("the database as it was stands in {}", file));
    };
    auto database = storage::Database::open(*url, {.opening = storage::Opening::setup, .before_upgrade = keep});
    step("the tables are up to date");

    organisations::Service organisations{database};
    if (const auto loaded = organisations.load_shipped(); !loaded)
        return tell(loaded.error());
    step("municipalities, ministries and implementers are loaded");

    figures::Service figures{database};
    if (const auto loaded = figures.load_shipped(); !loaded)
        return tell(loaded.error());
    step("the published figures are loaded");

    const SystemClock clock;
    auth::Service accounts{database, clock};
    if (options.demonstration) {
        // What is invented never stands among what is real: nobody could take it out again.
        if (accounts.any_account() && !organisations.any_demonstration())
            return tell(refuse({"demonstration-among-accounts", ""}));
        const auto issued = add_demonstration(accounts, organisations);
        if (!issued)
            return tell(issued.error());
        if (!issued->empty()) {
            write_accounts(options.accounts_file, *issued);
            for (const auto& account : *issued)
                fmt::print("{:<16} {}  {}\n", account.name, account.password, fmt::join(account.roles, ","));
        }
        quickscan::Service scans{database, clock, quickscan::shipped_instruments};
        const auto find = [&](std::string_view organisation, std::string_view account) {
            return account_for(accounts, organisations, organisation, account);
        };
        if (const auto added = quickscan::add_demonstration_scans(scans, clock, find); !added)
            return tell(added.error());
        step("the scans of the demonstration are there");
        if (const auto added = add_demonstration_rounds(database, clock, organisations); !added)
            return tell(added.error());
        step("the national rounds of 342 invented municipalities are there");
        fmt::print("The demonstration accounts stand in {}.\n", options.accounts_file);
        return status::done;
    }
    if (accounts.any_account() && options.administrator.empty())
        return status::done;

    std::string name = options.administrator;
    if (name.empty())
        name = ask("Sign-in name of the first administrator:");
    if (name.empty())
        return tell(refuse({"no-administrator", ""}));
    std::string organisation = options.organisation;
    if (organisation.empty())
        organisation = ask("Organisation (municipal code such as GM0363, or a short word such as szw):");
    if (organisation.empty())
        return tell(refuse({"owner-organisation", ""}));
    const auto issued = issue(accounts, organisations, organisation, name, {Role::administrator});
    if (!issued) {
        // Setting up twice changes nothing.
        if (issued.error().reason.code == auth::reasons::name_taken.code) {
            step(fmt::format(
                "there is an account {} already, which keeps its password; `beproefd user reset {}` gives "
                "it a new one",
                name, name));
            return status::done;
        }
        return tell(issued.error());
    }
    fmt::print("{}  {}\nThe password is for one first use and is not shown again.\n", issued->name, issued->password);
    return status::done;
}

} // namespace

void add_setup(CLI::App& app, Context& context)
{
    auto* command =
        app.add_subcommand("setup", "Create or upgrade the database; load reference data and published figures");
    add_database_option(*command, context);
    auto options = std::make_shared<SetupOptions>();
    command->add_flag("--demo", options->demonstration,
                      "add invented municipalities and one account per role, with random passwords");
    command->add_option("--administrator", options->administrator, "sign-in name of the first administrator")
        ->envname("BEPROEFD_ADMINISTRATOR");
    command->add_option("--organisation", options->organisation,
                        "organisation of that administrator: code or short word");
    command->add_option("--backups", options->backups,
                        "folder for the backup before an upgrade; beside an SQLite file or var without it");
    command->add_option("--demo-accounts", options->accounts_file, "where the demonstration accounts are written")
        ->capture_default_str();
    command->callback(
        [&context, options] { context.work = [&context, options] { return setup(context, *options); }; });
}

} // namespace beproefd::command
