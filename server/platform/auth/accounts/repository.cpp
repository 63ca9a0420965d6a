// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/repository.hpp"

#include "platform/auth/roles.hpp"

namespace beproefd::auth {

std::optional<Account> SignInDoor::account_named(std::string_view name)
{
    return tx_.optional<Account>("SELECT * FROM auth_account WHERE name = $1", name);
}

bool SignInDoor::any_account() { return tx_.one<std::int64_t>("SELECT COUNT(*) FROM auth_account") > 0; }

std::vector<SessionHolder> SignInDoor::holder(std::string_view token_hash)
{
    return tx_.select<SessionHolder>(R"(
        SELECT session.created_at, session.last_seen_at, session.account_id, session.organisation_id,
               account.disabled, account.must_change_password, held.role
        FROM   auth_session session
        JOIN   auth_account account ON account.id = session.account_id
        LEFT   JOIN auth_account_role held
               ON held.organisation_id = session.organisation_id AND held.account_id = session.account_id
        WHERE  session.token_hash = $1
        ORDER  BY held.role)",
                                     token_hash);
}

void SignInDoor::touch(std::string_view token_hash, Instant now)
{
    tx_.execute("UPDATE auth_session SET last_seen_at = $2 WHERE token_hash = $1 AND last_seen_at < $2", token_hash,
                now);
}

void SignInDoor::end_older(Instant created_before, Instant seen_before)
{
    tx_.execute("DELETE FROM auth_session WHERE created_at < $1 OR last_seen_at < $2", created_before, seen_before);
}

std::optional<SignInAttempt> SignInDoor::attempt(std::string_view name_hash)
{
    return tx_.optional<SignInAttempt>("SELECT * FROM auth_sign_in_attempt WHERE name_hash = $1", name_hash);
}

void SignInDoor::save(const SignInAttempt& attempt)
{
    tx_.execute(R"(
        INSERT INTO auth_sign_in_attempt (name_hash, failures, last_failed_at)
        VALUES ($1, $2, $3)
        ON CONFLICT (name_hash) DO UPDATE SET failures = excluded.failures, last_failed_at = excluded.last_failed_at)",
                attempt.name_hash, attempt.failures, attempt.last_failed_at);
}

void SignInDoor::forget_attempts(std::string_view name_hash)
{
    tx_.execute("DELETE FROM auth_sign_in_attempt WHERE name_hash = $1", name_hash);
}

std::vector<Account> Repository::accounts()
{
    return tx_.select<Account>("SELECT * FROM auth_account WHERE organisation_id = $1 ORDER BY name", organisation_);
}

std::optional<Account> Repository::account(const Id<Account>& id)
{
    return tx_.optional<Account>("SELECT * FROM auth_account WHERE organisation_id = $1 AND id = $2", organisation_,
                                 id);
}

std::vector<Role> Repository::roles(const Id<Account>& id)
{
    return tx_.select<Role>(
        "SELECT role FROM auth_account_role WHERE organisation_id = $1 AND account_id = $2 ORDER BY role",
        organisation_, id);
}

std::int64_t Repository::other_administrators(const Id<Account>& than)
{
    return tx_.one<std::int64_t>(R"(
        SELECT COUNT(*)
        FROM   auth_account_role held
        JOIN   auth_account account ON account.id = held.account_id AND account.organisation_id = held.organisation_id
        WHERE  held.organisation_id = $1 AND held.role = 'administrator' AND account.disabled = 0 AND account.id <> $2)",
                                 organisation_, than);
}

void Repository::save(const Account& account) { tx_.insert("auth_account", account); }

void Repository::save_roles(const Id<Account>& account, const std::vector<Role>& roles)
{
    tx_.execute("DELETE FROM auth_account_role WHERE organisation_id = $1 AND account_id = $2", organisation_,
                account);
    for (const auto role : roles)
        tx_.execute(R"(
            INSERT INTO auth_account_role (organisation_id, account_id, role) VALUES ($1, $2, $3)
            ON CONFLICT (organisation_id, account_id, role) DO NOTHING)",
                    organisation_, account, role);
}

bool Repository::change(const Account& account, std::int64_t row_version)
{
    return tx_.execute(R"(
        UPDATE auth_account
        SET    password_hash = $3, must_change_password = $4, disabled = $5, row_version = row_version + 1
        WHERE  organisation_id = $1 AND id = $2 AND row_version = $6)",
                       organisation_, account.id, account.password_hash, account.must_change_password,
                       account.disabled, row_version) == 1;
}

std::optional<Session> Repository::session(std::string_view token_hash)
{
    return tx_.optional<Session>("SELECT * FROM auth_session WHERE organisation_id = $1 AND token_hash = $2",
                                 organisation_, token_hash);
}

void Repository::save(const Session& session) { tx_.insert("auth_session", session); }

void Repository::end(std::string_view token_hash)
{
    tx_.execute("DELETE FROM auth_session WHERE organisation_id = $1 AND token_hash = $2", organisation_, token_hash);
}

void Repository::end_all(const Id<Account>& account, std::string_view except_token_hash)
{
    tx_.execute("DELETE FROM auth_session WHERE organisation_id = $1 AND account_id = $2 AND token_hash <> $3",
                organisation_, account, except_token_hash);
}

} // namespace beproefd::auth
