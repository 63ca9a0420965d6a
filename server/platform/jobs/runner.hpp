// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/jobs/job.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace beproefd::jobs {

inline constexpr Reason reason_busy{"jobs-busy", ""};
inline constexpr Reason reason_stopped{"job-stopped", ""};
inline constexpr Reason reason_broke{"job-broke", ""};
inline constexpr Reason reason_interrupted{"job-interrupted", ""};

/// What work answers when it ends early because progress.cancelled() was true.
inline Problem stopped() { return {ProblemKind::conflict, reason_stopped, {}, {}, 0}; }

/// How work tells how far it is, and learns that it may stop.
class Progress
{
public:
    virtual ~Progress() = default;
    /// Per cent. Less than before is ignored; what comes too soon after the last is not written down.
    virtual void report(int percent) = 0;
    /// Someone cancelled the job or the program ends: answer stopped() soon.
    virtual bool cancelled() const = 0;
};

/// Runs on a thread of its own. Answers the result as JSON, a refusal, or stopped(). What it throws ends the job as
/// failed, with a reference number that also stands in the log.
using Work = std::function<Result<std::string>(Progress&)>;

/// Which request it is: its Idempotency-Key and its fingerprint. Without a key each request is a new one.
struct RequestIdentity {
    std::string key{};
    std::string fingerprint{};
};

struct Options {
    int threads = 1;
    std::size_t queue = 100;                        ///< jobs that may wait
    std::chrono::milliseconds report_interval{500}; ///< between two times that progress is written down
    /// Told what broke: which job, the reference number, what was thrown. For the operator's log.
    std::function<void(const Id<Job>& job, std::string_view reference, std::string_view what)> broke =
        [](const Id<Job>&, std::string_view, std::string_view) {};
};

/// Does work in the background, a few at a time, and keeps in jobs_job how far it is and what came of it. One process
/// serves an installation: what is unfinished when it begins or ends is marked failed, because the work is gone.
class Runner
{
public:
    Runner(storage::Database& database, const Clock& clock, Options options = {});
    /// Asks what runs to stop, waits for it, and marks what did not get done.
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    /// Keeps the job and lets it wait for its turn. `also` is done in the transaction that keeps it, such as an entry
    /// in the audit trail. Refuses with 503 when too many wait. A repeated request gives the job as it was answered
    /// the first time, and starts nothing.
    Result<Job> submit(
        const Actor& actor, std::string_view kind, Work work, const RequestIdentity& request = {},
        std::function<void(storage::Transaction&, const Job&)> also = [](storage::Transaction&, const Job&) {});

    /// A job of the actor's organisation, for who started it and, without its result, for an administrator. Anyone
    /// else learns nothing.
    Result<Job> job(const Actor& actor, const Id<Job>& id) const;

    /// Asks a job to stop, as one who may see it. One that waits is cancelled at once, one that runs as soon as its
    /// work notices; one that has ended stays as it is.
    Result<void> cancel(const Actor& actor, const Id<Job>& id);

    /// Waits until nothing is queued or running; for tests and for commands.
    void wait_until_idle();

private:
    class Running;
    struct Queued {
        OrganisationId organisation;
        Id<Job> id;
        Work work;
    };

    void work_off_queue();
    void carry_out(Running& running, const Work& work);
    Result<std::string> attempt(Running& running, const Work& work);
    void keep(const Running& running, const std::function<void(Repository&)>& change);
    void release_place();

    storage::Database& database_;
    const Clock& clock_;
    const Options options_;

    mutable std::mutex mutex_;
    std::condition_variable work_came_;
    std::condition_variable went_idle_;
    std::deque<Queued> queue_;
    std::size_t promised_ = 0; ///< places in the queue for jobs that are being written down
    std::map<Id<Job>, std::shared_ptr<Running>> running_;
    std::atomic<bool> stopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace beproefd::jobs
