// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"
#include "platform/jobs/job.hpp"

#include <atomic>
#include <condition_variable>
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
inline constexpr Reason reason_file_too_large{"job-file-too-large", ""};

/// What work answers when it ends early because context.cancelled() was true.
inline Problem stopped() { return {ProblemKind::conflict, reason_stopped, {}, {}, 0}; }

/// What a job gives: a small answer as JSON, a file, or both.
struct Outcome {
    std::string result = "{}"; ///< JSON; its form belongs to the kind
    std::optional<ResultFile> file{};
};

/// What work has around it while it is being done. To be used by the thread that does the work.
class Context
{
public:
    virtual ~Context() = default;

    virtual const Id<Job>& job() const = 0;
    virtual const OrganisationId& organisation() const = 0;
    virtual const Id<Account>& account() const = 0; ///< who asked
    virtual std::int64_t attempt() const = 0;       ///< 1, and more after it was interrupted

    /// How far it is, in per cent, and optionally what is done now, as a reason whose sentence stands in
    /// reasons.*.json. Less than before is ignored; what comes too soon after the last is not written down.
    virtual void report(int percent, const Reason& stage = {}) = 0;
    /// Someone cancelled the job, or the program ends, or the lease was lost: answer stopped() soon.
    virtual bool cancelled() const = 0;

    /// Keeps JSON from where the work can go on when it is interrupted; durable when this returns.
    virtual void keep_checkpoint(const std::string& json) = 0;
    /// The last one that was kept, in this attempt or an earlier one.
    virtual const std::optional<std::string>& last_checkpoint() const = 0;

    template<describe::DescribedStruct T>
    void checkpoint(const T& reached)
    {
        keep_checkpoint(describe::to_json(reached));
    }
    /// Nothing at the first attempt, and when an older program kept it in another form: begin anew then.
    template<describe::DescribedStruct T>
    std::optional<T> checkpoint() const
    {
        if (!last_checkpoint())
            return std::nullopt;
        auto read = describe::read_json<T>(*last_checkpoint());
        if (!read)
            return std::nullopt;
        return *std::move(read);
    }
};

/// A kind of job: its name and the described struct that is its input. One constant per kind, beside its service:
///   inline constexpr jobs::Kind<ReportInput> report_kind{"report-document", Permission::read_content};
template<describe::DescribedStruct Input>
struct Kind {
    std::string_view name; ///< kebab-case; kept in the database, so it stays
    /// Without it even who asked gets no result.
    Permission permission = Permission::signed_in;
    /// Who has the permission sees the jobs of colleagues as well, with their results.
    bool shared = false;
};

/// Does the work. Answers an outcome, a refusal, or stopped(). What it throws ends the job as failed, with a
/// reference number that also stands in the log. It may be begun again from its input or its checkpoint after the
/// process was killed, so what it writes elsewhere must bear to be written twice.
template<class Input>
using Work = std::function<Result<Outcome>(const Input&, Context&)>;

/// Which request it is: its Idempotency-Key and its fingerprint. Without a key each request is a new one.
struct RequestIdentity {
    std::string key{};
    std::string fingerprint{};
};

/// Done in the transaction that keeps a new job, such as an entry in the audit trail.
using Also = std::function<void(storage::Transaction&, const Job&)>;

/// How much work is done at once, and how work of a runner that is gone is taken over.
struct Options {
    int threads = 1;
    std::int64_t waiting = 100;                     ///< jobs of one organisation that may wait
    std::int64_t attempts = 3;                      ///< a job that was interrupted so often is given up
    std::int64_t file_limit = 20 * 1024 * 1024;     ///< bytes of a result file
    std::chrono::milliseconds report_interval{500}; ///< between two times that progress is written down
    /// How long a job is left to a runner that no longer says that it is alive. Clocks of several serving machines
    /// may differ by less than half of it.
    std::chrono::milliseconds lease{30'000};
    /// How often to look for jobs that other processes kept or left.
    std::chrono::milliseconds look_interval{2'000};
    /// No other process can be doing jobs of this database: what runs at the start was left and is taken over without
    /// waiting for its lease. Unless said, so on SQLite, whose file one process serves.
    std::optional<bool> alone{};
    /// Told what broke: which job, the reference number, what was thrown. For the operator's log.
    std::function<void(const Id<Job>& job, std::string_view reference, std::string_view what)> broke =
        [](const Id<Job>&, std::string_view, std::string_view) {};
};

/// Does work in the background, a few at a time. Jobs are rows: what a killed process left is taken over from its
/// input or last checkpoint, by the next start or by another process on the same database. Each is done by one runner
/// at a time, which holds it by a lease.
class Runner
{
public:
    Runner(storage::Database& database, const Clock& clock, Options options = {});
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    /// Says how a kind of job is done. Before start().
    template<class Input>
    void add(const Kind<Input>& kind, std::type_identity_t<Work<Input>> work)
    {
        add_kind(std::string{kind.name},
                 {.permission = kind.permission,
                  .shared = kind.shared,
                  .work = [work = std::move(work)](const std::string& json, Context& context) -> Result<Outcome> {
                      const auto input = describe::read_json<Input>(json);
                      if (!input)
                          return input.error();
                      return work(*input, context);
                  }});
    }

    /// Begins to take jobs; what a process before this one left unfinished first.
    void start();
    /// Asks what runs to stop, waits for it, and hands it back. Call it before anything goes that the work uses.
    void stop();

    /// Keeps the job and lets it wait for its turn. Refuses with 503 when too many of the organisation wait. A
    /// repeated request gives the job as it was answered the first time, and starts nothing.
    template<class Input>
    Result<Job> submit(const Actor& actor, const Kind<Input>& kind, const Input& input,
                       const RequestIdentity& request = {}, const Also& also = {})
    {
        return keep_new(actor, std::string{kind.name}, describe::to_json(input), request, also);
    }

    /// A job of the actor's organisation. Who started it, and where the kind is shared a colleague with its
    /// permission, sees all of it; an administrator sees it without its result. Anyone else learns nothing.
    Result<Job> job(const Actor& actor, const Id<Job>& id) const;

    /// The file that it gave, when the actor may have its result; not_found() when there is none.
    Result<FileEntry> file(const Actor& actor, const Id<Job>& id) const;
    Result<ResultFile> file_with_content(const Actor& actor, const Id<Job>& id) const;

    /// Asks a job to stop, as one who may see it. One that waits is cancelled at once, one that runs as soon as its
    /// work notices; one that has ended stays as it is.
    Result<void> cancel(const Actor& actor, const Id<Job>& id);

    /// Waits until this runner does nothing and finds nothing to do; for tests and for commands.
    void wait_until_idle();

private:
    class Running;
    struct KindEntry {
        Permission permission = Permission::signed_in;
        bool shared = false;
        std::function<Result<Outcome>(const std::string& input, Context&)> work;
    };

    void add_kind(std::string name, KindEntry entry);
    Result<Job> keep_new(const Actor& actor, std::string kind, std::string input, const RequestIdentity& request,
                         const Also& also);
    bool may_have_result(const Actor& actor, const Job& job) const;
    bool idle() const;
    void look_for_work(std::size_t thread);
    std::shared_ptr<Running> claim();
    void carry_out(Running& running);
    Result<Outcome> attempt(Running& running);
    bool give_up(Running& running);
    void keep_leases();
    void keep(const Running& running, const std::function<void(Repository&)>& change);

    storage::Database& database_;
    const Clock& clock_;
    const Options options_;
    const std::string owner_; ///< this runner among all
    std::map<std::string, KindEntry, std::less<>> kinds_;

    mutable std::mutex mutex_;
    std::condition_variable work_came_;
    std::condition_variable went_idle_;
    std::condition_variable lease_due_;
    std::uint64_t news_ = 1; ///< raised when there may be something to do
    std::vector<std::uint64_t>
        idle_at_; ///< per thread: the news after which it found nothing to do; 0 while it looks
    std::map<Id<Job>, std::shared_ptr<Running>> running_;
    std::atomic<bool> stopping_ = false;
    std::vector<std::thread> threads_;
    std::thread lease_keeper_;
};

} // namespace beproefd::jobs
