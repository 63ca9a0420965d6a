// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/accounts/account.hpp"
#include "platform/auth/roles.hpp"
#include "platform/storage/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::auth {

/// A session as it is kept: the SHA-256 of its token, never the token.
struct Session {
    std::string token_hash;
    Id<Organisation> organisation_id;
    Id<Account> account_id;
    Instant created_at;
    Instant last_seen_at;
    bool operator==(const Session&) const = default;
};
BOOST_DESCRIBE_STRUCT(Session, (), (token_hash, organisation_id, account_id, created_at, last_seen_at))

/// Failed attempts in a row for one name, known by its SHA-256, whether or not an account has that name.
struct SignInAttempt {
    std::string name_hash;
    std::int64_t failures = 0;
    Instant last_failed_at;
    bool operator==(const SignInAttempt&) const = default;
};
BOOST_DESCRIBE_STRUCT(SignInAttempt, (), (name_hash, failures, last_failed_at))

/// A session with its account, once for each role: everything a request needs to know who asks, in one statement.
struct SessionHolder {
    Instant created_at;
    Instant last_seen_at;
    Id<Account> account_id;
    Id<Organisation> organisation_id;
    bool disabled = false;
    bool must_change_password = false;
    std::optional<Role> role;
};
BOOST_DESCRIBE_STRUCT(SessionHolder, (),
                      (created_at, last_seen_at, account_id, organisation_id, disabled, must_change_password, role))

/// SQL through the sign-in door (migrations/access.csv): accounts and sessions of all organisations, for as long as
/// it is not yet known for which one somebody acts.
class SignInDoor
{
public:
    explicit SignInDoor(storage::Transaction& tx) : tx_(tx) { tx.act_through(storage::Purpose{"sign-in"}); }

    std::optional<Account> account_named(std::string_view name);
    bool any_account();

    /// One row per role the holder has, or one without a role; none when there is no such session.
    std::vector<SessionHolder> holder(std::string_view token_hash);
    void touch(std::string_view token_hash, Instant now);
    void end_older(Instant created_before, Instant seen_before);

    std::optional<SignInAttempt> attempt(std::string_view name_hash);
    void save(const SignInAttempt& attempt);
    void forget_attempts(std::string_view name_hash);

private:
    storage::Transaction& tx_;
};

/// SQL of the accounts and sessions of one organisation.
class Repository
{
public:
    Repository(storage::Transaction& tx, Id<Organisation> organisation)
        : tx_(tx), organisation_(std::move(organisation))
    {
        tx.act_for(organisation_);
    }

    std::vector<Account> accounts();
    std::optional<Account> account(const Id<Account>& id);
    std::vector<Role> roles(const Id<Account>& id);
    std::int64_t other_administrators(const Id<Account>& than);
    void save(const Account& account);
    void save_roles(const Id<Account>& account, const std::vector<Role>& roles);
    /// False when someone changed it first.
    bool change(const Account& account, std::int64_t row_version);

    std::optional<Session> session(std::string_view token_hash);
    void save(const Session& session);
    void end(std::string_view token_hash);
    /// Ends the sessions of an account, except one (empty: none excepted).
    void end_all(const Id<Account>& account, std::string_view except_token_hash);

private:
    storage::Transaction& tx_;
    Id<Organisation> organisation_;
};

} // namespace beproefd::auth
