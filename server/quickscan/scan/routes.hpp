// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/router.hpp"
#include "quickscan/scan/service.hpp"

#include <string>

namespace beproefd::quickscan {

/// The cookie of who came through a link; apart from that of accounts. Over TLS it has the prefix __Host-.
std::string link_cookie_name(bool secure);

/// Finds out who came through a link, from the cookie of the link's session.
class LinkAuthenticator final : public http::Authenticator
{
public:
    explicit LinkAuthenticator(Service& scans) : scans_(scans) {}
    Result<std::shared_ptr<const Actor>> identify(const http::Request& request) override;

private:
    Service& scans_;
};

/// Scans, respondents, answers, settling, the result, actions and work; and all that a guest may do under
/// /respondent.
void mount_scans(http::Router& routes, Service& scans);

} // namespace beproefd::quickscan
