// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "organisations/service.hpp"
#include "platform/auth/accounts/service.hpp"

#include <string>
#include <vector>

namespace beproefd::command {

struct DemonstrationAccount {
    std::string name;
    std::string organisation;
    std::vector<Role> roles;
};
BOOST_DESCRIBE_STRUCT(DemonstrationAccount, (), (name, organisation, roles))

/// What --demo adds: data/demonstration.yaml.
struct Demonstration {
    std::vector<organisations::DemonstrationOrganisation> organisations;
    std::vector<DemonstrationAccount> accounts;
};
BOOST_DESCRIBE_STRUCT(Demonstration, (), (organisations, accounts))

/// A new account with its one-time password.
struct Issued {
    std::string name;
    std::string organisation;
    std::vector<std::string> roles;
    std::string password;
};

/// Who acts on the command line: nobody with an account, for one organisation, as its administrator.
Actor operator_for(const Id<Organisation>& organisation);

/// The account of this name, as it acts after signing in: what the demonstration does, it does as its users would.
Result<Actor> account_for(auth::Service& accounts, organisations::Service& organisations,
                          std::string_view organisation_code, std::string_view name);

/// Makes the account and gives it a one-time password.
Result<Issued> issue(auth::Service& accounts, organisations::Service& organisations,
                     const std::string& organisation_code, const std::string& name, const std::vector<Role>& roles);

/// Adds the invented organisations and one account per role; those that exist stay as they are. Answers the new ones.
Result<std::vector<Issued>> add_demonstration(auth::Service& accounts, organisations::Service& organisations);

/// Writes the accounts to a file that only its owner may read; replaces it whole.
void write_accounts(const std::string& path, const std::vector<Issued>& accounts);

} // namespace beproefd::command
