// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/accounts/service.hpp"
#include "platform/http/router.hpp"

#include <string>

namespace beproefd::auth {

/// The cookie that carries the token. Over TLS it has the prefix __Host-, so no other host or path can set it; plain
/// http is for this machine only, where browsers refuse that prefix.
std::string cookie_name(bool secure);

/// Finds out who asks from the session cookie.
class CookieAuthenticator final : public http::Authenticator
{
public:
    explicit CookieAuthenticator(Service& accounts) : accounts_(accounts) {}
    Result<std::shared_ptr<const Actor>> identify(const http::Request& request) override;

private:
    Service& accounts_;
};

/// Signing in and out, the own account, the accounts of the organisation, and what each role may do.
void mount(http::Router& routes, Service& accounts);

} // namespace beproefd::auth
