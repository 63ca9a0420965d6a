// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/application.hpp"

#include "figures/routes.hpp"
#include "organisations/routes.hpp"
#include "platform/auth/accounts/audit_routes.hpp"
#include "platform/auth/accounts/audit_verification.hpp"
#include "platform/jobs/routes.hpp"
#include "platform/screening/routes.hpp"
#include "platform/storage/idempotency.hpp"
#include "quickscan/instrument/routes.hpp"
#include "quickscan/report/routes.hpp"
#include "quickscan/round/routes.hpp"
#include "vocabulary/routes.hpp"

namespace beproefd::command {
namespace {

constexpr std::string_view reserved_contact = "mailto:contact@beproefd.example";
constexpr std::string_view reserved_security_contact = "mailto:security@beproefd.example";

auth::SessionLimits limits(const Configuration& settings)
{
    auth::SessionLimits limits;
    if (settings.session_idle_minutes)
        limits.idle = std::chrono::minutes{settings.session_idle_minutes->value()};
    if (settings.session_total_minutes)
        limits.total = std::chrono::minutes{settings.session_total_minutes->value()};
    if (settings.session_remembered_ms)
        limits.remembered = std::chrono::milliseconds{settings.session_remembered_ms->value()};
    return limits;
}

jobs::Options job_options(const Configuration& settings, std::shared_ptr<http::Log> log)
{
    jobs::Options options;
    if (settings.job_file_megabytes)
        options.file_limit = settings.job_file_megabytes->value() * 1024 * 1024;
    if (log)
        options.broke = [log](const Id<jobs::Job>& job, std::string_view reference, std::string_view what) {
            log->write(http::Log::Level::error, "job",
                       {{"job", job.to_text()}, {"reference", reference}, {"what", what}});
        };
    return options;
}

/// What a round needs of scans and questionnaires: what was settled, as items, of the actor's own organisation.
quickscan::national::Sources national_sources(quickscan::Service& scans)
{
    using quickscan::national::SettledScan;
    const auto settled_scan = [&scans](const Actor& actor, std::string_view id) -> Result<SettledScan> {
        const auto scan_id = Id<quickscan::Scan>::from_text(id);
        if (!scan_id)
            return not_found();
        const auto scan = scans.scan(actor, *scan_id);
        if (!scan)
            return scan.error();
        const auto settled = scans.settled(actor, *scan_id);
        if (!settled)
            return settled.error();
        const auto* instrument = scans.instruments().find(scan->instrument.key, scan->instrument.version);
        if (instrument == nullptr)
            return not_found();
        std::vector<quickscan::SettledAnswer> answers;
        for (const auto& one : settled->items)
            answers.push_back({one.question, one.value, one.parts, one.values});
        return SettledScan{.id = scan_id->to_text(),
                           .instrument_key = instrument->key,
                           .instrument_version = instrument->version,
                           .closed = scan->closed_at.has_value(),
                           .size_class = std::string{describe::Scalar<quickscan::SizeClass>::to(scan->size_class)},
                           .period_from = scan->period_from,
                           .period_to = scan->period_to,
                           .answers = quickscan::national::items_of(*instrument, answers)};
    };
    const auto questionnaire = [&scans](std::string_view key, std::int64_t version) {
        return quickscan::national::questionnaire_in(scans.instruments(), key, version);
    };
    return {.questionnaire = questionnaire, .scan = settled_scan};
}

documents::PrintSettings print_settings(const Configuration& settings)
{
    return {.browser = settings.browser, .without_sandbox = settings.print_without_sandbox.value_or(false)};
}

http::ApiInformation information(const Configuration& settings)
{
    http::ApiInformation information;
    information.description = "Elk getal met zijn bron: gepubliceerde cijfers over het voorkomen van radicalisering, "
                              "met controles en bevindingen.";
    information.contact_name = settings.owner.value_or("The Beproefd authors");
    const std::string contact = settings.contact.value_or(std::string{reserved_contact});
    if (contact.starts_with("mailto:"))
        information.contact_email = contact.substr(7);
    else
        information.contact_url = contact;
    if (settings.public_url)
        information.server = *settings.public_url;
    return information;
}

} // namespace

Application::Application(storage::Database& database, const Clock& clock, const Configuration& settings,
                         std::shared_ptr<http::Log> log, std::function<const quickscan::Instruments&()> instruments)
    : database_(database), clock_(clock), job_days_(settings.job_days ? settings.job_days->value() : 30),
      audit_keep_months_(settings.audit_keep_months), log_(std::move(log)),
      jobs_(database, clock, job_options(settings, log_)), accounts_(database, clock, limits(settings)),
      organisations_(database), figures_(database),
      scans_(database, clock, instruments, {},
             {.draft = std::chrono::days{settings.draft_days ? settings.draft_days->value() : 365},
              .individual = std::chrono::days{settings.individual_days ? settings.individual_days->value() : 365}}),
      reports_(scans_, organisations_, jobs_, documents::Printer{print_settings(settings)}, clock),
      national_(database, clock, national_sources(scans_)),
      needs_(database, clock, quickscan::national::shipped_surveys()), authenticator_(accounts_), guests_(scans_),
      router_(information(settings))
{
    router_.authenticate_with(authenticator_);
    router_.let_guests_in_with(guests_);
    router_.answer_quick_ones_at_once(database.dialect() == storage::Dialect::sqlite);
    auth::mount(router_, accounts_);
    auth::mount_audit(router_, database);
    auth::add_audit_verification(jobs_, database);
    auth::mount_audit_verification(router_, database, jobs_, clock);
    jobs::mount(router_, jobs_);
    screening::mount(router_);
    organisations::mount(router_, organisations_);
    figures::mount(router_, figures_);
    vocabulary::mount(router_);
    quickscan::national::mount(router_, national_);
    quickscan::national::mount_needs(router_, needs_);
    quickscan::mount_instruments(router_, std::move(instruments));
    quickscan::mount_scans(router_, scans_);
    quickscan::mount_reports(router_, reports_);

    Installation installation{.theme = settings.theme.value_or("beproefd-theme"),
                              .demonstration = organisations_.any_demonstration(),
                              .owner = settings.owner.value_or(""),
                              .contact = settings.contact.value_or(std::string{reserved_contact}),
                              .figures_as_of = figures_.as_of()};
    router_
        .get<Installation>("/api/v1/installation", Permission::public_,
                           [installation = std::move(installation)](const http::Request&) { return installation; })
        .named("getInstallation")
        .at_once();
    router_.serve_text("/.well-known/security.txt", "text/plain; charset=utf-8",
                       security_txt(settings, amsterdam_day(clock.now())));
    router_.ready_when([this] {
        return database_.read([](storage::Transaction& tx) { return tx.one<std::int64_t>("SELECT 1"); }) == 1;
    });
}

Application::~Application() { jobs_.stop(); }

void Application::begin_work() { jobs_.start(); }

void Application::prepare()
try {
    (void)figures_.catalogue();
} catch (const std::exception& error) {
    if (log_)
        log_->write(http::Log::Level::error, "prepare", {{"what", error.what()}});
}

void Application::keep_house()
{
    accounts_.forget_ended_sessions();
    scans_.forget_ended_sessions();
    scans_.remove_old_drafts();
    scans_.archive_old_scans();
    if (const auto today = amsterdam_day(clock_.now()); files_looked_at_ != today) { // asks every answer: once a day
        scans_.remove_unused_files();
        files_looked_at_ = today;
    }
    (void)database_.transact([&](storage::Transaction& tx) -> Result<void> {
        tx.act_through(storage::housekeeping_purpose);
        storage::remove_old_answers(tx, clock_.now());
        jobs::remove_old(tx, clock_.now(), std::chrono::hours{24} * job_days_);
        return {};
    });
    const auto month = audit::Month::of(clock_.now());
    if (audit_looked_at_ == month)
        return; // months only end once a month
    audit::close_months(database_, clock_);
    if (audit_keep_months_)
        audit::remove_months(database_, month.plus(-static_cast<int>(audit_keep_months_->value())), clock_);
    audit_looked_at_ = month;
}

std::string security_txt(const Configuration& settings, Day today)
{
    // Without a day of its own the text is good for ninety days from the last start; RFC 9116 allows a year at most.
    const std::string expires = settings.security_expires.value_or(today.plus(90).to_text());
    std::string text;
    if (!settings.security_contact)
        text += "# beproefd.example is a reserved domain that receives no mail: set security_contact.\n";
    text += fmt::format("Contact: {}\n", settings.security_contact.value_or(std::string{reserved_security_contact}));
    text += fmt::format("Expires: {}T00:00:00Z\n", expires);
    text += "Preferred-Languages: nl, en\n";
    if (settings.public_url)
        text += fmt::format("Canonical: {}/.well-known/security.txt\n", *settings.public_url);
    return text;
}

} // namespace beproefd::command
