// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/command.hpp"
#include "command/demonstration.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace beproefd::command {
namespace {

struct UserOptions {
    std::string name;
    std::string organisation;
    std::vector<std::string> roles;
    bool enable = false;
};

/// The account of this name with the actor who may change it; every organisation is looked through.
struct Found {
    Actor actor;
    auth::AccountView account;
};

Result<std::vector<Role>> roles_from(const std::vector<std::string>& names)
{
    std::vector<Role> roles;
    std::vector<FieldError> errors;
    for (const auto& name : names) {
        if (const auto role = role_from_name(name))
            roles.push_back(*role);
        else
            errors.push_back({.pointer = "--role", .code = "unknown-role", .parameters = {{"name", name}}});
    }
    if (!errors.empty())
        return invalid(std::move(errors));
    return roles;
}

template<class Work>
int with_accounts(const Context& context, storage::Opening opening, Work work)
{
    const auto url = database_url(context);
    if (!url)
        return tell(url.error());
    auto database = storage::Database::open(*url, {.opening = opening});
    const SystemClock clock;
    auth::Service accounts{database, clock};
    organisations::Service organisations{database};
    return work(accounts, organisations);
}

Result<Found> find_account(auth::Service& accounts, const std::string& name)
{
    const auto organisation = accounts.organisation_of(name);
    if (!organisation)
        return Problem{ProblemKind::not_found, {"user-unknown", ""}, {{"name", name}}, {}, 0};
    const Actor actor = operator_for(*organisation);
    const auto all = accounts.accounts(actor);
    if (!all)
        return all.error();
    for (const auto& account : *all) {
        if (account.name == name)
            return Found{actor, account};
    }
    return Problem{ProblemKind::not_found, {"user-unknown", ""}, {{"name", name}}, {}, 0};
}

} // namespace

void add_user(CLI::App& app, Context& context)
{
    auto* user = app.add_subcommand("user", "Manage accounts of any organisation");
    user->require_subcommand(1);
    add_database_option(*user, context);
    auto options = std::make_shared<UserOptions>();

    auto* add = user->add_subcommand("add", "Make an account and print its one-time password");
    add->add_option("name", options->name, "sign-in name")->required();
    add->add_option("--organisation", options->organisation, "municipal code or short word")->required();
    add->add_option("--role", options->roles, "one or more roles, see data/roles.yaml")->required()->delimiter(',');
    add->callback([&context, options] {
        context.work = [&context, options] {
            return with_accounts(context, storage::Opening::serve,
                                 [&](auth::Service& accounts, organisations::Service& organisations) {
                                     const auto roles = roles_from(options->roles);
                                     if (!roles)
                                         return tell(roles.error());
                                     const auto issued =
                                         issue(accounts, organisations, options->organisation, options->name, *roles);
                                     if (!issued)
                                         return tell(issued.error());
                                     fmt::print("{}  {}\nThe password is for one first use and is not shown again.\n",
                                                issued->name, issued->password);
                                     return status::done;
                                 });
        };
    });

    auto* list = user->add_subcommand("list", "List the accounts of one organisation");
    list->add_option("--organisation", options->organisation, "municipal code or short word")->required();
    list->callback([&context, options] {
        context.work = [&context, options] {
            return with_accounts(context, storage::Opening::inspect,
                                 [&](auth::Service& accounts, organisations::Service& organisations) {
                                     const auto organisation = organisations.with_code(options->organisation);
                                     if (!organisation)
                                         return tell(organisation.error());
                                     const auto all = accounts.accounts(operator_for(*organisation));
                                     if (!all)
                                         return tell(all.error());
                                     for (const auto& account : *all)
                                         fmt::print("{:<30} {:<9} {}\n", account.name,
                                                    account.disabled ? "disabled" : "active",
                                                    fmt::join(account.roles, ","));
                                     return status::done;
                                 });
        };
    });

    auto* disable = user->add_subcommand("disable", "Refuse this account from now on; --enable undoes it");
    disable->add_option("name", options->name, "sign-in name")->required();
    disable->add_flag("--enable", options->enable, "let it sign in again");
    disable->callback([&context, options] {
        context.work = [&context, options] {
            return with_accounts(
                context, storage::Opening::serve, [&](auth::Service& accounts, organisations::Service&) {
                    const auto found = find_account(accounts, options->name);
                    if (!found)
                        return tell(found.error());
                    const auto roles = roles_from(found->account.roles);
                    const auto changed = accounts.change(found->actor, found->account.id, found->account.row_version,
                                                         {*roles, !options->enable});
                    return changed ? status::done : tell(changed.error());
                });
        };
    });

    auto* roles = user->add_subcommand("roles", "Replace the roles of an account");
    roles->add_option("name", options->name, "sign-in name")->required();
    roles->add_option("--role", options->roles, "all roles it will hold")->required()->delimiter(',');
    roles->callback([&context, options] {
        context.work = [&context, options] {
            return with_accounts(
                context, storage::Opening::serve, [&](auth::Service& accounts, organisations::Service&) {
                    const auto wanted = roles_from(options->roles);
                    if (!wanted)
                        return tell(wanted.error());
                    const auto found = find_account(accounts, options->name);
                    if (!found)
                        return tell(found.error());
                    const auto changed = accounts.change(found->actor, found->account.id, found->account.row_version,
                                                         {*wanted, found->account.disabled});
                    return changed ? status::done : tell(changed.error());
                });
        };
    });

    auto* reset = user->add_subcommand("reset", "Print a new one-time password and end all sessions");
    reset->add_option("name", options->name, "sign-in name")->required();
    reset->callback([&context, options] {
        context.work = [&context, options] {
            return with_accounts(context, storage::Opening::serve,
                                 [&](auth::Service& accounts, organisations::Service&) {
                                     const auto found = find_account(accounts, options->name);
                                     if (!found)
                                         return tell(found.error());
                                     const auto password = accounts.reset_password(found->actor, found->account.id);
                                     if (!password)
                                         return tell(password.error());
                                     fmt::print("{}  {}\nThe password is for one first use and is not shown again.\n",
                                                options->name, password->password);
                                     return status::done;
                                 });
        };
    });
}

} // namespace beproefd::command
