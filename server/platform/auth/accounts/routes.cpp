// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/routes.hpp"

namespace beproefd::auth {
namespace {

struct AccountList {
    std::vector<AccountView> items;
};
BOOST_DESCRIBE_STRUCT(AccountList, (), (items))

struct RoleList {
    std::vector<RoleDescription> items;
};
BOOST_DESCRIBE_STRUCT(RoleList, (), (items))

std::string token_of(const http::Request& request)
{
    return std::string{request.cookie(cookie_name(request.secure)).value_or("")};
}

/// SameSite=Lax lets a link from elsewhere arrive signed in; changes from elsewhere are refused by the CSRF filter.
std::string cookie(const http::Request& request, std::string_view token, std::string_view more)
{
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax{}{}", cookie_name(request.secure), token,
                       request.secure ? "; Secure" : "", more);
}

http::WithHeaders<Done> signed_out(const http::Request& request)
{
    // The cache of a shared computer holds nothing of this account either.
    return {{}, {{"set-cookie", cookie(request, "", "; Max-Age=0")}, {"clear-site-data", "\"cache\", \"storage\""}}};
}

} // namespace

std::string cookie_name(bool secure) { return secure ? "__Host-beproefd" : "beproefd"; }

Result<std::shared_ptr<const Actor>> CookieAuthenticator::identify(const http::Request& request)
{
    const auto token = request.cookie(cookie_name(request.secure));
    if (!token)
        return std::shared_ptr<const Actor>{};
    return accounts_.holder_of(*token);
}

void mount(http::Router& routes, Service& accounts)
{
    using http::Request;

    routes
        .compute<SessionView>(
            "/api/v1/sessions", Permission::public_,
            [&](const Request& request, const Credentials& credentials) -> Result<http::WithHeaders<SessionView>> {
                auto signed_in = accounts.sign_in(credentials);
                if (!signed_in)
                    return signed_in.error();
                return http::WithHeaders<SessionView>{signed_in->session,
                                                      {{"set-cookie", cookie(request, signed_in->token, "")}}};
            })
        .named("signIn")
        .status(201);
    routes
        .get<SessionView>(
            "/api/v1/sessions/current", Permission::signed_in,
            [&](const Request& request) { return accounts.session(request.actor(), token_of(request)); })
        .named("getSession")
        .quick();
    routes
        .delete_<Done>("/api/v1/sessions/current", Permission::signed_in,
                       [&](const Request& request) -> Result<http::WithHeaders<Done>> {
                           if (auto done = accounts.sign_out(request.actor(), token_of(request)); !done)
                               return done.error();
                           return signed_out(request);
                       })
        .named("signOut")
        .without_if_match();
    routes
        .delete_<Done>("/api/v1/accounts/current/sessions", Permission::signed_in,
                       [&](const Request& request) -> Result<http::WithHeaders<Done>> {
                           if (auto done = accounts.sign_out_everywhere(request.actor()); !done)
                               return done.error();
                           return signed_out(request);
                       })
        .named("signOutEverywhere")
        .without_if_match();
    routes
        .put<Done>("/api/v1/accounts/current/password", Permission::signed_in,
                   [&](const Request& request, const PasswordChange& change) -> Result<Done> {
                       return accounts.change_password(request.actor(), change, token_of(request));
                   })
        .named("changePassword")
        .without_if_match();

    routes
        .get<AccountList>("/api/v1/accounts", Permission::manage_accounts,
                          [&](const Request& request) -> Result<AccountList> {
                              auto all = accounts.accounts(request.actor());
                              if (!all)
                                  return all.error();
                              return AccountList{*std::move(all)};
                          })
        .named("listAccounts");
    routes
        .post<AccountView>("/api/v1/accounts", Permission::manage_accounts,
                           [&](const Request& request, const NewAccount& account) {
                               return accounts.create(request.actor(), account,
                                                      {request.idempotency_key(), request.fingerprint()});
                           })
        .named("createAccount");
    routes
        .get<AccountView>(
            "/api/v1/accounts/{id}", Permission::manage_accounts,
            [&](const Request& request, const Id<Account>& id) { return accounts.account(request.actor(), id); })
        .named("getAccount");
    routes
        .patch<AccountView>("/api/v1/accounts/{id}", Permission::manage_accounts,
                            [&](const Request& request, const Id<Account>& id, const AccountChange& change) {
                                return accounts.change(request.actor(), id, *request.if_match_version(), change);
                            })
        .named("changeAccount");
    // Not a record to be kept or repeated: the password is told once and stored nowhere.
    routes
        .compute<OneTimePassword>("/api/v1/accounts/{id}/password-resets", Permission::manage_accounts,
                                  [&](const Request& request, const Id<Account>& id) {
                                      return accounts.reset_password(request.actor(), id);
                                  })
        .named("resetPassword");

    routes
        .get<RoleList>("/api/v1/roles", Permission::public_,
                       [](const Request&) { return RoleList{RoleBook::shipped().roles()}; })
        .named("listRoles")
        .at_once();
}

} // namespace beproefd::auth
