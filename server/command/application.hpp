// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "command/configuration.hpp"
#include "figures/service.hpp"
#include "organisations/service.hpp"
#include "platform/audit/month.hpp"
#include "platform/auth/accounts/routes.hpp"
#include "platform/auth/accounts/service.hpp"
#include "platform/http/log.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/runner.hpp"
#include "platform/storage/database.hpp"
#include "quickscan/report/service.hpp"
#include "quickscan/round/needs.hpp"
#include "quickscan/round/service.hpp"
#include "quickscan/scan/routes.hpp"

#include <string>

namespace beproefd::command {

/// What the operator of this installation has set, for the pages.
struct Installation {
    std::string theme;
    bool demonstration = false;
    std::string owner;
    std::string contact;
    std::optional<Day> figures_as_of{}; ///< when the published figures were last compared with the documents
};
BOOST_DESCRIBE_STRUCT(Installation, (), (theme, demonstration, owner, contact, figures_as_of))

/// Everything that answers requests: the services on one database, mounted on one router.
class Application
{
public:
    /// Background work that breaks is told to the log, when there is one.
    /// The instruments stay for as long as this does.
    Application(storage::Database& database, const Clock& clock, const Configuration& settings,
                std::shared_ptr<http::Log> log = {},
                std::function<const quickscan::Instruments&()> instruments = quickscan::shipped_instruments);

    ~Application();
    Application(const Application&) = delete;

    /// Begins with work in the background, what an earlier process left first.
    void begin_work();
    /// Reads and checks the published figures, which the first request would else wait for. Tells the log when that
    /// does not succeed; the request that needs them tells the visitor.
    void prepare();
    http::Router& router() { return router_; }
    organisations::Service& organisations() { return organisations_; }
    quickscan::Service& scans() { return scans_; }
    /// What is done now and then: sessions that ended, answers that need not be repeated any more, background
    /// work that ended long ago, drafts that nobody opened, months of the audit trail that ended.
    void keep_house();

private:
    storage::Database& database_;
    const Clock& clock_;
    std::int64_t job_days_;
    std::optional<Whole<1, 1200>> audit_keep_months_;
    std::optional<Day> files_looked_at_;          ///< the day on which unused files were looked for
    std::optional<audit::Month> audit_looked_at_; ///< the months before it are closed
    std::shared_ptr<http::Log> log_;
    jobs::Runner jobs_; // stopped by the destructor, before the services that its work uses are gone
    auth::Service accounts_;
    organisations::Service organisations_;
    figures::Service figures_;
    quickscan::Service scans_;
    quickscan::Reports reports_;
    quickscan::national::Service national_;
    quickscan::national::Needs needs_;
    auth::CookieAuthenticator authenticator_;
    quickscan::LinkAuthenticator guests_;
    http::Router router_;
};

/// The text of /.well-known/security.txt (RFC 9116).
std::string security_txt(const Configuration& settings, Day today);

} // namespace beproefd::command
