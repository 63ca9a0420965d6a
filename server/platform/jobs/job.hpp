// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/actor.hpp"
#include "platform/core/time.hpp"
#include "platform/describe/sentences.hpp"
#include "platform/storage/database.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::jobs {

enum class State {
    queued,    ///< waits for its turn
    running,   ///< being done
    done,      ///< has a result
    failed,    ///< has a problem: refused, broken, or interrupted by a restart
    cancelled, ///< someone asked it to stop before it had a result
};
BOOST_DESCRIBE_ENUM(State, queued, running, done, failed, cancelled)

/// A piece of work that goes on after its request was answered, as it is kept.
struct Job {
    OrganisationId organisation_id;
    Id<Job> id;
    std::string kind; ///< kebab-case, such as audit-verification
    Id<Account> account_id;
    State state = State::queued;
    std::int64_t progress = 0;                       ///< per cent, 0 to 100, never going back
    std::optional<std::string> result{};             ///< JSON; its form belongs to the kind
    std::optional<std::string> problem{};            ///< code of the reason it failed
    std::optional<std::string> problem_parameters{}; ///< JSON list of {name, value}
    Instant created_at;
    std::optional<Instant> started_at{};
    std::optional<Instant> ended_at{};

    bool ended() const { return ended_at.has_value(); }
};
BOOST_DESCRIBE_STRUCT(Job, (),
                      (organisation_id, id, kind, account_id, state, progress, result, problem, problem_parameters,
                       created_at, started_at, ended_at))

/// Why it failed, in a sentence; nothing when it did not.
std::optional<std::string> problem_sentence(const Job& job, describe::Language language);

/// SQL of the jobs of one organisation.
class Repository
{
public:
    Repository(storage::Transaction& tx, OrganisationId organisation)
        : tx_(tx), organisation_(std::move(organisation))
    {
        tx.act_for(organisation_);
    }

    void add(const Job& job);
    std::optional<Job> job(const Id<Job>& id);

    // Each answers whether the job was in a state in which that is possible.
    bool start(const Id<Job>& id, Instant now);
    bool report(const Id<Job>& id, int percent);
    bool finish(const Id<Job>& id, const std::string& result, Instant now);
    bool fail(const Id<Job>& id, const Problem& problem, Instant now);
    /// One that waits, or one that runs and has noticed.
    bool cancel(const Id<Job>& id, State from, Instant now);

private:
    storage::Transaction& tx_;
    OrganisationId organisation_;
};

/// Marks what is queued or running, of all organisations, as failed because the process that did it is gone. Answers
/// how many there were.
std::int64_t fail_interrupted(storage::Transaction& tx, Instant now);

/// How long an ended job can be asked for.
inline constexpr std::chrono::hours kept_for{24 * 30};

/// Removes what ended longer ago, of all organisations, through storage::housekeeping_purpose.
std::int64_t remove_old(storage::Transaction& tx, Instant now);

} // namespace beproefd::jobs
