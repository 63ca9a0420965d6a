// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/audit/audit.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/runner.hpp"

namespace beproefd::auth {

/// The chain of the organisation that asked; there is nothing to choose.
struct AuditVerificationInput {
};
BOOST_DESCRIBE_STRUCT(AuditVerificationInput, (), ())

inline constexpr jobs::Kind<AuditVerificationInput> audit_verification_kind{"audit-verification",
                                                                            Permission::read_audit, /*shared=*/true};

/// The first thing that is wrong with the chain.
struct AuditDamage {
    std::int64_t number = 0;
    audit::DamageKind kind = audit::DamageKind::missing;
};
BOOST_DESCRIBE_STRUCT(AuditDamage, (), (number, kind))

/// What verifying the chain of one organisation found.
struct AuditVerificationResult {
    std::int64_t entries = 0;
    std::vector<AuditDamage> damages; ///< empty when the chain is whole
};
BOOST_DESCRIBE_STRUCT(AuditVerificationResult, (), (entries, damages))

/// A verification with how far it is. It is a job: stop it as one.
struct AuditVerification {
    Id<jobs::Job> id;
    jobs::State state = jobs::State::queued;
    std::int64_t progress = 0;
    std::optional<AuditVerificationResult> result{};
    std::optional<std::string> problem{};
    Instant created_at;
    std::optional<Instant> ended_at{};
};
BOOST_DESCRIBE_STRUCT(AuditVerification, (), (id, state, progress, result, problem, created_at, ended_at))

/// Teaches the runner to recompute a chain. Before it starts.
void add_audit_verification(jobs::Runner& runner, const storage::Database& database);

/// Starts recomputing the audit chain of the actor's organisation, itself an entry in that chain.
Result<AuditVerification> start_audit_verification(jobs::Runner& runner, const Actor& actor,
                                                   const jobs::RequestIdentity& request = {},
                                                   const Clock& clock = SystemClock{});

/// A verification that anyone of the actor's organisation started.
Result<AuditVerification> audit_verification(storage::Database& database, const Actor& actor, const Id<jobs::Job>& id,
                                             describe::Language language);

/// Verifying the own audit chain over HTTP.
void mount_audit_verification(http::Router& routes, storage::Database& database, jobs::Runner& runner,
                              const Clock& clock);

} // namespace beproefd::auth
