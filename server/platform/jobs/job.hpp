// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/actor.hpp"
#include "platform/core/time.hpp"
#include "platform/describe/sentences.hpp"
#include "platform/storage/database.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::jobs {

enum class State {
    queued,    ///< waits for its turn, the first or the next
    running,   ///< being done
    done,      ///< has a result
    failed,    ///< has a problem: refused, broken, or given up after it was interrupted too often
    cancelled, ///< someone asked it to stop before it had a result
};
BOOST_DESCRIBE_ENUM(State, queued, running, done, failed, cancelled)

/// A piece of work that goes on after its request was answered, as it is kept. It outlives the process that does it.
struct Job {
    OrganisationId organisation_id;
    Id<Job> id;
    std::string kind; ///< kebab-case, such as audit-verification
    Id<Account> account_id;
    std::string input = "{}"; ///< JSON; its form belongs to the kind
    State state = State::queued;
    std::int64_t progress = 0;                       ///< per cent, 0 to 100, never going back
    std::string stage{};                             ///< code of the sentence that says what is done now, or empty
    std::optional<std::string> checkpoint{};         ///< JSON: from where the work can go on
    std::int64_t attempts = 0;                       ///< how often it was begun and not handed back
    std::optional<std::string> owner{};              ///< which runner does it
    std::optional<Instant> lease_until{};            ///< after this moment another may take it over
    bool cancel_asked = false;                       ///< for whoever does it, in any process
    std::optional<std::string> result{};             ///< JSON; its form belongs to the kind
    std::optional<std::string> problem{};            ///< code of the reason it failed
    std::optional<std::string> problem_parameters{}; ///< JSON list of {name, value}
    Instant created_at;
    std::optional<Instant> started_at{}; ///< the first time
    std::optional<Instant> ended_at{};

    bool ended() const { return ended_at.has_value(); }
};
BOOST_DESCRIBE_STRUCT(Job, (),
                      (organisation_id, id, kind, account_id, input, state, progress, stage, checkpoint, attempts,
                       owner, lease_until, cancel_asked, result, problem, problem_parameters, created_at, started_at,
                       ended_at))

/// Why it failed, in a sentence; nothing when it did not.
std::optional<std::string> problem_sentence(const Job& job, describe::Language language);
/// What is done now, in a sentence; nothing when the work does not say.
std::optional<std::string> stage_sentence(const Job& job, describe::Language language);

/// A file that a job gave, without its content.
struct FileEntry {
    std::string name;       ///< as it is saved: factsheet-2024.pdf
    std::string media_type; ///< application/pdf
    std::int64_t size = 0;  ///< bytes
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(FileEntry, (), (name, media_type, size, sha256))

/// A file that a job gives. The name is letters, digits, '.', '-' and '_', so that it fits any header and any disk.
struct ResultFile {
    std::string name;
    std::string media_type;
    std::string bytes;
};
bool is_file_name(std::string_view name);

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
    /// How many wait for their turn.
    std::int64_t waiting();
    std::optional<FileEntry> file(const Id<Job>& id);
    std::optional<std::string> file_content(const Id<Job>& id);

    /// Takes the job when it waits, or when whoever did it let its lease end. False when someone was first.
    bool claim(const Id<Job>& id, std::string_view owner, Instant now, Instant lease_until);

    // What only its owner may do. Each answers whether the job was still that of the owner.

    enum class Held { yes, cancel_asked, lost };
    /// Keeps the lease alive, with progress and stage where given; answers too whether someone wants it to stop.
    Held hold(const Id<Job>& id, std::string_view owner, Instant lease_until, std::optional<int> percent,
              std::optional<std::string_view> stage);
    bool keep_checkpoint(const Id<Job>& id, std::string_view owner, const std::string& checkpoint);
    bool finish(const Id<Job>& id, std::string_view owner, const std::string& result,
                const std::optional<ResultFile>& file, Instant now);
    bool fail(const Id<Job>& id, std::string_view owner, const Problem& problem, Instant now);
    bool stop(const Id<Job>& id, std::string_view owner, Instant now);
    /// Lets it wait again for anyone, because this process ends. That was no attempt.
    bool hand_back(const Id<Job>& id, std::string_view owner);

    /// Cancels one that waits, asks one that runs to stop, and lets be what has ended.
    void cancel(const Id<Job>& id, Instant now);

private:
    storage::Transaction& tx_;
    OrganisationId organisation_;
};

/// The oldest job of all organisations that waits or whose lease has ended, of a kind that `known` accepts.
std::optional<Job> next_job(storage::Transaction& tx, Instant now,
                            const std::function<bool(std::string_view kind)>& known);

/// Ends the leases of all jobs that run, so that they are taken over at once. Only where no other process can be
/// doing them: on SQLite, at the start. Answers how many there were.
std::int64_t end_leases(storage::Transaction& tx, Instant now);

/// Removes what ended longer ago, of all organisations, with its files, through storage::housekeeping_purpose.
std::int64_t remove_old(storage::Transaction& tx, Instant now, std::chrono::hours kept_for);

} // namespace beproefd::jobs
