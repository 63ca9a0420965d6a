// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/accounts/account.hpp"
#include "platform/auth/accounts/password.hpp"
#include "platform/auth/accounts/session_memory.hpp"
#include "platform/auth/roles.hpp"
#include "platform/storage/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::auth {

/// What signing in asks.
struct Credentials {
    Text<1, 60> name;
    Text<1, 200> password;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (name, password))

/// Who is signed in, for the pages. It never holds the token.
struct SessionView {
    static constexpr auto schema_name = "Session";
    Id<Account> account_id;
    std::string name;
    Id<Organisation> organisation_id;
    std::vector<std::string> roles;
    std::vector<std::string> permissions;
    bool must_change_password = false;
    Instant ends_at; ///< when it ends at the latest; idle sessions end sooner
};
BOOST_DESCRIBE_STRUCT(SessionView, (),
                      (account_id, name, organisation_id, roles, permissions, must_change_password, ends_at))

/// A fresh session: the token goes into the cookie, once.
struct SignedIn {
    std::string token;
    SessionView session;
};

/// A person chooses another password and proves to know the present one.
struct PasswordChange {
    Text<1, 200> current;
    Text<1, 200> replacement;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (current, replacement))

/// An account as an administrator sees it.
struct AccountView {
    static constexpr auto schema_name = "Account";
    Id<Account> id;
    std::string name;
    std::vector<std::string> roles;
    bool disabled = false;
    bool must_change_password = false;
    Instant created_at;
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(AccountView, (), (id, name, roles, disabled, must_change_password, created_at, row_version))

/// An account to be made; it gets a one-time password.
struct NewAccount {
    Text<1, 60> name;
    std::vector<Role> roles;
};
BOOST_DESCRIBE_STRUCT(NewAccount, (), (name, roles))

/// What an administrator changes: the roles are all that it will hold.
struct AccountChange {
    std::vector<Role> roles;
    bool disabled = false;
};
BOOST_DESCRIBE_STRUCT(AccountChange, (), (roles, disabled))

/// Shown once, to be changed at the first sign-in.
struct OneTimePassword {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(OneTimePassword, (), (password))

/// Which request it is, so that a repeated one does nothing twice: its Idempotency-Key and its fingerprint.
struct RequestIdentity {
    std::string key;
    std::string fingerprint;
};

/// Accounts, sessions and passwords. What it refuses is told in reasons.*.json; what it changes is audited in the
/// same transaction. An administrator manages the accounts of the own organisation; for another organisation there is
/// the command line.
class Service
{
public:
    Service(storage::Database& database, const Clock& clock, SessionLimits limits = {}, HashCost cost = {});

    /// Equal answer and equal time for a wrong password, an unknown name and a disabled account. Refuses after too
    /// many failures in a row with the seconds to wait.
    Result<SignedIn> sign_in(const Credentials& credentials);

    /// Who a token stands for: the public when it is unknown, ended, or its account is disabled. While the one-time
    /// password must still be changed, the actor may do nothing but that.
    Actor authenticate(std::string_view token);
    /// The same for each request: null for the public, and remembered for a moment.
    std::shared_ptr<const Actor> holder_of(std::string_view token);

    Result<SessionView> session(const Actor& actor, std::string_view token);
    Result<void> sign_out(const Actor& actor, std::string_view token);
    Result<void> sign_out_everywhere(const Actor& actor);
    /// Ends all other sessions of the account too.
    Result<void> change_password(const Actor& actor, const PasswordChange& change, std::string_view token);

    Result<std::vector<AccountView>> accounts(const Actor& actor);
    Result<AccountView> account(const Actor& actor, const Id<Account>& id);
    /// Refuses a name that someone has. With a key, the same request gives the same answer instead of a second
    /// account.
    Result<AccountView> create(const Actor& actor, const NewAccount& wanted, const RequestIdentity& request = {});
    Result<AccountView> change(const Actor& actor, const Id<Account>& id, std::int64_t row_version,
                               const AccountChange& request);
    /// Gives a new one-time password and ends all sessions of the account.
    Result<OneTimePassword> reset_password(const Actor& actor, const Id<Account>& id);

    /// Which organisation the account of this name belongs to; for the command line, which serves all of them.
    std::optional<Id<Organisation>> organisation_of(std::string_view name);

    /// Whether anyone has an account yet.
    bool any_account();

    /// Removes sessions that ended; run now and then.
    void forget_ended_sessions();

private:
    void note(storage::Transaction& tx, const Actor& actor, std::string_view action, const Id<Account>& account);

    storage::Database& database_;
    const Clock& clock_;
    SessionLimits limits_;
    SessionMemory memory_;
    PasswordHasher hasher_;
};

} // namespace beproefd::auth
