// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/audit_verification.hpp"

#include "platform/auth/accounts/on_record.hpp"
#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"

namespace beproefd::auth {
namespace {

Result<jobs::Outcome> verify(const storage::Database& database, jobs::Context& context)
{
    const auto verification =
        audit::verify(database, context.organisation(), [&](std::int64_t read, std::int64_t all) {
            context.report(all == 0 ? 0 : static_cast<int>(read * 100 / all));
            return !context.cancelled();
        });
    if (!verification)
        return jobs::stopped();
    AuditVerificationResult result{verification->entries, {}};
    for (const auto& damage : verification->damages)
        result.damages.push_back({damage.number, damage.kind});
    const auto json = describe::to_json(result);
    // The file is for who keeps what a verification found outside the installation.
    return jobs::Outcome{.result = json,
                         .file = jobs::ResultFile{"audit-verification.json", "application/json", json}};
}

Result<AuditVerification> view(const jobs::Job& job, describe::Language language)
{
    AuditVerification verification{.id = job.id,
                                   .state = job.state,
                                   .progress = job.progress,
                                   .problem = jobs::problem_sentence(job, language),
                                   .created_at = job.created_at,
                                   .ended_at = job.ended_at};
    if (job.result) {
        auto result = describe::read_json<AuditVerificationResult>(*job.result);
        if (!result)
            return result.error();
        verification.result = *std::move(result);
    }
    return verification;
}

} // namespace

void add_audit_verification(jobs::Runner& runner, const storage::Database& database)
{
    runner.add(audit_verification_kind, [&database](const AuditVerificationInput&, jobs::Context& context) {
        return verify(database, context);
    });
}

Result<AuditVerification> start_audit_verification(jobs::Runner& runner, const Actor& actor,
                                                   const jobs::RequestIdentity& request, const Clock& clock)
{
    const auto job = runner.submit(actor, audit_verification_kind, AuditVerificationInput{}, request,
                                   [&](storage::Transaction& tx, const jobs::Job& made) {
                                       audit::record(tx, on_record(actor), "audit.verify",
                                                     audit::object("job", made.id), {}, clock);
                                   });
    if (!job)
        return job.error();
    return view(*job, describe::Language::nl); // a fresh job has no problem to tell of
}

Result<AuditVerification> audit_verification(storage::Database& database, const Actor& actor, const Id<jobs::Job>& id,
                                             describe::Language language)
{
    const auto job =
        database.read([&](storage::Transaction& tx) { return jobs::Repository{tx, actor.organisation()}.job(id); });
    if (!job || job->kind != audit_verification_kind.name)
        return not_found();
    return view(*job, language);
}

void mount_audit_verification(http::Router& routes, storage::Database& database, jobs::Runner& runner,
                              const Clock& clock)
{
    routes
        .post<AuditVerification>("/api/v1/audit-verifications", Permission::read_audit,
                                 [&](const http::Request& request) {
                                     return start_audit_verification(
                                         runner, request.actor(), {request.idempotency_key(), request.fingerprint()},
                                         clock);
                                 })
        .named("startAuditVerification");
    routes
        .get<AuditVerification>("/api/v1/audit-verifications/{id}", Permission::read_audit,
                                [&](const http::Request& request, const Id<jobs::Job>& id) {
                                    return audit_verification(database, request.actor(), id, request.language);
                                })
        .named("getAuditVerification");
}

} // namespace beproefd::auth
