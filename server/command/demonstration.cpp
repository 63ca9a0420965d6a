// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/demonstration.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/sentences.hpp"

#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace beproefd::embedded {
std::span<const File> demonstration();
}

namespace beproefd::command {

Actor operator_for(const Id<Organisation>& organisation)
{
    return Actor{Id<Account>{},
                 organisation,
                 {Role::administrator},
                 auth::RoleBook::shipped().permissions_of({Role::administrator})};
}

Result<Actor> account_for(auth::Service& accounts, organisations::Service& organisations,
                          std::string_view organisation_code, std::string_view name)
{
    const auto organisation = organisations.with_code(organisation_code);
    if (!organisation)
        return organisation.error();
    const auto all = accounts.accounts(operator_for(*organisation));
    if (!all)
        return all.error();
    for (const auto& account : *all) {
        if (account.name != name)
            continue;
        std::vector<Role> roles;
        for (const auto& role : account.roles)
            roles.push_back(*role_from_name(role));
        const auto permissions = auth::RoleBook::shipped().permissions_of(roles);
        return Actor{account.id, *organisation, std::move(roles), permissions};
    }
    return not_found();
}

Result<Issued> issue(auth::Service& accounts, organisations::Service& organisations,
                     const std::string& organisation_code, const std::string& name, const std::vector<Role>& roles)
{
    const auto organisation = organisations.with_code(organisation_code);
    if (!organisation)
        return organisation.error();
    const auto sign_in_name = Text<1, 60>::from_text(name);
    if (!sign_in_name)
        return invalid({{.pointer = "/name", .code = "account-name"}});

    const Actor actor = operator_for(*organisation);
    const auto account = accounts.create(actor, {*sign_in_name, roles});
    if (!account)
        return account.error();
    auto password = accounts.reset_password(actor, account->id);
    if (!password)
        return password.error();
    return Issued{account->name, organisation_code, account->roles, std::move(password->password)};
}

Result<std::vector<Issued>> add_demonstration(auth::Service& accounts, organisations::Service& organisations)
{
    const auto& file = embedded::demonstration().front();
    const auto content = describe::read_yaml<Demonstration>(file.content, file.path);
    if (!content)
        throw std::logic_error(describe::explain(content.error(), describe::Language::en));
    if (auto added = organisations.add_demonstration(content->organisations); !added)
        return added.error();

    std::vector<Issued> issued;
    for (const auto& account : content->accounts) {
        auto made = issue(accounts, organisations, account.organisation, account.name, account.roles);
        if (made)
            issued.push_back(*std::move(made));
        else if (made.error().reason.code != auth::reasons::name_taken.code)
            return made.error();
    }
    return issued;
}

void write_accounts(const std::string& path, const std::vector<Issued>& accounts)
{
    const auto folder = std::filesystem::path{path}.parent_path();
    if (!folder.empty())
        std::filesystem::create_directories(folder);

    std::string text = "# Demonstration accounts. Each password is for one first use and must be changed.\n"
                       "# name  password  organisation  roles\n";
    for (const auto& account : accounts)
        text += fmt::format("{}  {}  {}  {}\n", account.name, account.password, account.organisation,
                            fmt::join(account.roles, ","));

    // Readable by its owner from the first byte on, and never half a file.
    const std::string draft = path + ".new";
    const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        throw std::system_error(errno, std::generic_category(), draft);
    const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int error = errno;
    ::close(file);
    if (!written)
        throw std::system_error(error, std::generic_category(), draft);
    std::filesystem::rename(draft, path);
}

} // namespace beproefd::command
