// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/service.hpp"

#include "platform/auth/accounts/on_record.hpp"
#include "platform/auth/accounts/repository.hpp"
#include "platform/core/random.hpp"
#include "platform/core/sha256.hpp"
#include "platform/describe/json.hpp"
#include "platform/storage/idempotency.hpp"

#include <algorithm>

namespace beproefd::auth {
namespace {

/// How often the moment of the last request is written down; more often would make every reader a writer.
/// How long after it was last written down that a session is used, it is written down again: a minute, or less where
/// sessions end after few idle minutes.
std::chrono::milliseconds touch_interval(const SessionLimits& limits)
{
    return std::min<std::chrono::milliseconds>(std::chrono::minutes{1}, limits.idle / 10);
}

Problem wait(Reason reason, std::chrono::seconds time)
{
    Problem problem{ProblemKind::too_many, reason, {{"seconds", std::to_string(time.count())}}, {}, 0};
    problem.retry_after_seconds = static_cast<int>(time.count());
    return problem;
}

Problem hashing_is_busy() { return {ProblemKind::busy, {"busy", ""}, {{"seconds", "2"}}, {}, 2}; }

Problem wrong_field(std::string pointer, FieldError error)
{
    error.pointer = std::move(pointer);
    return invalid({std::move(error)});
}

Problem sign_in_failed() { return {ProblemKind::not_signed_in, reasons::sign_in_failed, {}, {}, 0}; }

std::vector<std::string> names_of(const std::vector<Role>& roles)
{
    std::vector<std::string> names;
    names.reserve(roles.size());
    for (const auto role : roles)
        names.emplace_back(role_name(role));
    return names;
}

std::vector<std::string> names_of(const PermissionSet& permissions)
{
    std::vector<std::string> names;
    for (std::size_t number = 0; number < permission_count; ++number) {
        if (permissions.has(static_cast<Permission>(number)))
            names.emplace_back(permission_name(static_cast<Permission>(number)));
    }
    return names;
}

bool holds(const std::vector<Role>& roles, Role role)
{
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

AccountView view(const Account& account, const std::vector<Role>& roles)
{
    return {account.id,         account.name,       names_of(roles), account.disabled, account.must_change_password,
            account.created_at, account.row_version};
}

/// With a one-time password the only thing allowed is choosing an own one.
PermissionSet permissions_of(bool must_change_password, const std::vector<Role>& roles)
{
    return must_change_password ? PermissionSet{} : RoleBook::shipped().permissions_of(roles);
}

/// What sessions stand for may be another when this ends: after the change was kept, before its answer leaves. Also
/// when it broke, because then nobody knows whether it was kept.
struct ForgetAfterwards {
    SessionMemory& memory;
    ~ForgetAfterwards() { memory.forget_all(); }
};

} // namespace

Service::Service(storage::Database& database, const Clock& clock, SessionLimits limits, HashCost cost)
    : database_(database), clock_(clock), limits_(limits), memory_(limits.remembered), hasher_(cost)
{
}

void Service::note(storage::Transaction& tx, const Actor& actor, std::string_view action, const Id<Account>& account)
{
    audit::record(tx, on_record(actor), action, audit::object("account", account), {}, clock_);
}

Result<SignedIn> Service::sign_in(const Credentials& credentials)
{
    const auto now = clock_.now();
    const std::string name_hash = sha256_hex(credentials.name.to_text());

    // Look first, hash outside any transaction: a tenth of a second of argon2 must not hold up a writer.
    std::optional<Account> account;
    std::chrono::seconds to_wait{0};
    const auto looked = database_.read([&](storage::Transaction& tx) -> Result<void> {
        SignInDoor auth{tx};
        if (const auto attempt = auth.attempt(name_hash)) {
            const auto until = attempt->last_failed_at.plus(delay_after(attempt->failures));
            if (until > now)
                to_wait = std::chrono::ceil<std::chrono::seconds>(until.moment() - now.moment());
        }
        account = auth.account_named(credentials.name);
        return {};
    });
    if (!looked)
        return looked.error();
    if (to_wait.count() > 0)
        return wait(reasons::sign_in_delayed, to_wait);

    const bool usable = account && !account->disabled;
    const auto right = hasher_.verify(credentials.password, usable ? account->password_hash : std::string{});
    if (!right)
        return hashing_is_busy();

    if (!*right) {
        const auto noted = database_.transact([&](storage::Transaction& tx) -> Result<void> {
            SignInDoor auth{tx};
            const auto attempt = auth.attempt(name_hash);
            auth.save(SignInAttempt{name_hash, (attempt ? attempt->failures : 0) + 1, now});
            return {};
        });
        if (!noted)
            return noted.error();
        return sign_in_failed();
    }

    SignedIn signed_in{.token = secure_random_hex(32), .session = {}};
    const Session session{sha256_hex(signed_in.token), account->organisation_id, account->id, now, now};
    const auto opened = database_.transact([&](storage::Transaction& tx) -> Result<void> {
        SignInDoor{tx}.forget_attempts(name_hash);
        Repository auth{tx, account->organisation_id};
        const auto current = auth.account(account->id);
        if (!current || current->disabled || current->password_hash != account->password_hash)
            return sign_in_failed();
        auth.save(session);
        const auto roles = auth.roles(account->id);
        note(tx, Actor{account->id, account->organisation_id, roles, {}}, "auth.sign-in", account->id);
        return {};
    });
    if (!opened)
        return opened.error();

    auto shown = this->session(authenticate(signed_in.token), signed_in.token);
    if (!shown)
        return shown.error();
    signed_in.session = *std::move(shown);
    return signed_in;
}

Actor Service::authenticate(std::string_view token)
{
    const auto actor = holder_of(token);
    return actor ? *actor : Actor{};
}

std::shared_ptr<const Actor> Service::holder_of(std::string_view token)
{
    if (token.size() != 64)
        return nullptr;
    const auto now = clock_.now();
    const std::string hash = sha256_hex(token);
    if (auto known = memory_.recall(hash, now))
        return known;

    const auto change = memory_.change();
    bool touch = false;
    Instant ends_at;
    auto actor = database_.read([&](storage::Transaction& tx) -> std::shared_ptr<const Actor> {
        const auto rows = SignInDoor{tx}.holder(hash);
        if (rows.empty())
            return nullptr;
        const auto& holder = rows.front();
        ends_at = std::min(holder.created_at.plus(limits_.total), holder.last_seen_at.plus(limits_.idle));
        if (holder.disabled || ends_at <= now)
            return nullptr;
        touch = holder.last_seen_at.plus(touch_interval(limits_)) <= now;
        std::vector<Role> roles;
        for (const auto& row : rows) {
            if (row.role)
                roles.push_back(*row.role);
        }
        auto permissions = permissions_of(holder.must_change_password, roles);
        return std::make_shared<const Actor>(holder.account_id, holder.organisation_id, std::move(roles), permissions,
                                             holder.must_change_password);
    });
    if (!actor)
        return nullptr;
    memory_.keep(hash, actor, now, ends_at, change);
    if (touch) {
        // Nobody waits for this: a session that is not touched now is touched by its next request.
        database_.transact_async(
            [hash, now](storage::Transaction& tx) -> Result<void> {
                SignInDoor{tx}.touch(hash, now);
                return {};
            },
            [](const std::optional<Result<void>>&, std::exception_ptr) {});
    }
    return actor;
}

Result<SessionView> Service::session(const Actor& actor, std::string_view token)
{
    const std::string hash = sha256_hex(token);
    return database_.read([&](storage::Transaction& tx) -> Result<SessionView> {
        Repository auth{tx, actor.organisation()};
        const auto session = auth.session(hash);
        const auto account = auth.account(actor.account());
        if (!session || !account)
            return Problem{ProblemKind::not_signed_in, {"not-signed-in", ""}, {}, {}, 0};
        return SessionView{.account_id = account->id,
                           .name = account->name,
                           .organisation_id = account->organisation_id,
                           .roles = names_of(actor.roles()),
                           .permissions = names_of(actor.permissions()),
                           .must_change_password = account->must_change_password,
                           .ends_at = session->created_at.plus(limits_.total)};
    });
}

Result<void> Service::sign_out(const Actor& actor, std::string_view token)
{
    const std::string hash = sha256_hex(token);
    const ForgetAfterwards forget{memory_};
    return database_.transact([&](storage::Transaction& tx) -> Result<void> {
        Repository{tx, actor.organisation()}.end(hash);
        note(tx, actor, "auth.sign-out", actor.account());
        return {};
    });
}

Result<void> Service::sign_out_everywhere(const Actor& actor)
{
    const ForgetAfterwards forget{memory_};
    return database_.transact([&](storage::Transaction& tx) -> Result<void> {
        Repository{tx, actor.organisation()}.end_all(actor.account(), "");
        note(tx, actor, "auth.sign-out-everywhere", actor.account());
        return {};
    });
}

Result<void> Service::change_password(const Actor& actor, const PasswordChange& change, std::string_view token)
{
    auto account = database_.read([&](storage::Transaction& tx) -> Result<Account> {
        auto found = Repository{tx, actor.organisation()}.account(actor.account());
        if (!found)
            return not_found();
        return *std::move(found);
    });
    if (!account)
        return account.error();

    if (auto refusal = password_refusal(change.replacement, account->name))
        return wrong_field("/replacement", *std::move(refusal));
    const auto right = hasher_.verify(change.current, account->password_hash);
    if (!right)
        return hashing_is_busy();
    if (!*right)
        return wrong_field("/current", {.pointer = "", .code = "password-wrong"});
    if (change.current == change.replacement)
        return wrong_field("/replacement", {.pointer = "", .code = "password-same"});
    auto hash = hasher_.hash(change.replacement);
    if (!hash)
        return hashing_is_busy();

    const std::string token_hash = sha256_hex(token);
    const ForgetAfterwards forget{memory_};
    return database_.transact([&](storage::Transaction& tx) -> Result<void> {
        Repository auth{tx, actor.organisation()};
        Account changed = *account;
        changed.password_hash = *hash;
        changed.must_change_password = false;
        if (!auth.change(changed, account->row_version))
            return stale();
        auth.end_all(account->id, token_hash);
        note(tx, actor, "auth.change-password", account->id);
        return {};
    });
}

Result<std::vector<AccountView>> Service::accounts(const Actor& actor)
{
    return database_.read([&](storage::Transaction& tx) -> Result<std::vector<AccountView>> {
        Repository auth{tx, actor.organisation()};
        std::vector<AccountView> views;
        for (const auto& account : auth.accounts())
            views.push_back(view(account, auth.roles(account.id)));
        return views;
    });
}

Result<AccountView> Service::account(const Actor& actor, const Id<Account>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<AccountView> {
        Repository auth{tx, actor.organisation()};
        const auto account = auth.account(id);
        if (!account)
            return not_found();
        return view(*account, auth.roles(id));
    });
}

Result<AccountView> Service::create(const Actor& actor, const NewAccount& wanted, const RequestIdentity& request)
{
    if (!is_account_name(wanted.name.to_text()))
        return wrong_field("/name", {.pointer = "", .code = "account-name"});
    if (holds(wanted.roles, Role::public_))
        return wrong_field("/roles", {.pointer = "", .code = "public-role"});

    const storage::RequestKey key{actor.account().to_text(), request.key, request.fingerprint};
    return database_.transact([&](storage::Transaction& tx) -> Result<AccountView> {
        Repository auth{tx, actor.organisation()};
        if (!request.key.empty()) {
            const auto before = storage::answer_given(tx, key);
            if (!before)
                return before.error();
            if (*before)
                return describe::read_json<AccountView>((*before)->body);
        }

        // Without a password nobody can sign in: reset_password() gives the first one.
        const Account account{.id = Id<Account>::create(),
                              .organisation_id = actor.organisation(),
                              .name = wanted.name.to_text(),
                              .password_hash = "",
                              .must_change_password = true,
                              .disabled = false,
                              .created_at = clock_.now(),
                              .row_version = 1};
        try {
            // A name is unique in the whole installation, also among accounts that this organisation cannot see.
            tx.attempt([&] { auth.save(account); });
        } catch (const storage::UniqueViolation&) {
            return refuse(reasons::name_taken, {{"name", account.name}});
        }
        auth.save_roles(account.id, wanted.roles);
        note(tx, actor, "auth.create-account", account.id);
        auto made = view(account, auth.roles(account.id));
        if (!request.key.empty())
            storage::keep_answer(tx, key, {201, describe::to_json(made), std::nullopt, std::nullopt}, clock_.now());
        return made;
    });
}

Result<AccountView> Service::change(const Actor& actor, const Id<Account>& id, std::int64_t row_version,
                                    const AccountChange& request)
{
    if (holds(request.roles, Role::public_))
        return wrong_field("/roles", {.pointer = "", .code = "public-role"});

    const ForgetAfterwards forget{memory_};
    return database_.transact([&](storage::Transaction& tx) -> Result<AccountView> {
        Repository auth{tx, actor.organisation()};
        const auto account = auth.account(id);
        if (!account)
            return not_found();
        const bool stays_administrator = !request.disabled && holds(request.roles, Role::administrator);
        if (id == actor.account() && !stays_administrator)
            return refuse(reasons::own_account);
        if (holds(auth.roles(id), Role::administrator) && !stays_administrator && auth.other_administrators(id) == 0)
            return refuse(reasons::last_administrator);

        Account changed = *account;
        changed.disabled = request.disabled;
        if (!auth.change(changed, row_version))
            return stale();
        auth.save_roles(id, request.roles);
        if (request.disabled)
            auth.end_all(id, "");
        note(tx, actor, "auth.change-account", id);
        changed.row_version = row_version + 1;
        return view(changed, auth.roles(id));
    });
}

Result<OneTimePassword> Service::reset_password(const Actor& actor, const Id<Account>& id)
{
    OneTimePassword password{one_time_password()};
    const auto hash = hasher_.hash(password.password);
    if (!hash)
        return hashing_is_busy();

    const ForgetAfterwards forget{memory_};
    return database_.transact([&](storage::Transaction& tx) -> Result<OneTimePassword> {
        Repository auth{tx, actor.organisation()};
        const auto account = auth.account(id);
        if (!account)
            return not_found();
        Account changed = *account;
        changed.password_hash = *hash;
        changed.must_change_password = true;
        if (!auth.change(changed, account->row_version))
            return stale();
        auth.end_all(id, "");
        note(tx, actor, "auth.reset-password", id);
        return password;
    });
}

std::optional<Id<Organisation>> Service::organisation_of(std::string_view name)
{
    const auto found = database_.read([&](storage::Transaction& tx) -> Result<Id<Organisation>> {
        const auto account = SignInDoor{tx}.account_named(name);
        if (!account)
            return not_found();
        return account->organisation_id;
    });
    if (!found)
        return std::nullopt;
    return *found;
}

bool Service::any_account()
{
    return database_.read([](storage::Transaction& tx) { return SignInDoor{tx}.any_account(); });
}

void Service::forget_ended_sessions()
{
    const auto now = clock_.now();
    (void)database_.transact([&](storage::Transaction& tx) -> Result<void> {
        SignInDoor{tx}.end_older(now.plus(-limits_.total), now.plus(-limits_.idle));
        return {};
    });
}

} // namespace beproefd::auth
