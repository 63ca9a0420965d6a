// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/jobs/runner.hpp"

#include "platform/core/random.hpp"
#include "platform/storage/idempotency.hpp"

namespace beproefd::jobs {

/// A job that this runner does.
class Runner::Running final : public Context
{
public:
    Running(Runner& runner, Job job)
        : runner_(runner), job_(std::move(job)), written_(static_cast<int>(job_.progress))
    {
    }

    const Job& kept() const { return job_; }
    const Id<Job>& job() const override { return job_.id; }
    const OrganisationId& organisation() const override { return job_.organisation_id; }
    const Id<Account>& account() const override { return job_.account_id; }
    std::int64_t attempt() const override { return job_.attempts; }

    void report(int percent, const Reason& stage) override
    {
        percent = std::clamp(percent, 0, 100);
        const bool further = percent > written_;
        const bool new_stage = !stage.code.empty() && stage.code != job_.stage;
        const auto now = std::chrono::steady_clock::now();
        if (!(further || new_stage) || now - written_at_ < runner_.options_.report_interval)
            return;
        written_ = std::max(written_, percent);
        written_at_ = now;
        std::optional<std::string_view> told;
        if (new_stage) {
            job_.stage = stage.code;
            told = job_.stage;
        }
        hold(percent, told);
    }

    bool cancelled() const override { return cancel_asked || lost || runner_.stopping_; }

    void keep_checkpoint(const std::string& json) override
    {
        runner_.keep(*this, [&](Repository& jobs) {
            if (!jobs.keep_checkpoint(job_.id, runner_.owner_, json))
                lost = true;
        });
        job_.checkpoint = json;
    }
    const std::optional<std::string>& last_checkpoint() const override { return job_.checkpoint; }

    /// Says that the job is being done still. When the database is too busy for it, the next time comes soon enough.
    void hold(std::optional<int> percent = {}, std::optional<std::string_view> stage = {})
    {
        const auto held = runner_.database_.transact([&](storage::Transaction& tx) -> Result<Repository::Held> {
            return Repository{tx, job_.organisation_id}.hold(
                job_.id, runner_.owner_, runner_.clock_.now().plus(runner_.options_.lease), percent, stage);
        });
        if (held && *held == Repository::Held::lost)
            lost = true;
        if (held && *held == Repository::Held::cancel_asked)
            cancel_asked = true;
    }

    std::atomic<bool> cancel_asked = false;
    std::atomic<bool> lost = false; ///< another took it over

private:
    Runner& runner_;
    Job job_; ///< as it was claimed, with the stage and the checkpoint of now
    int written_ = 0;
    std::chrono::steady_clock::time_point written_at_ = std::chrono::steady_clock::now();
};

Runner::Runner(storage::Database& database, const Clock& clock, Options options)
    : database_(database), clock_(clock), options_(std::move(options)), owner_(secure_random_hex(8))
{
}

Runner::~Runner() { stop(); }

void Runner::add_kind(std::string name, KindEntry entry)
{
    if (!threads_.empty())
        throw std::logic_error("the kinds of jobs are known before the runner starts");
    if (!kinds_.emplace(name, std::move(entry)).second)
        throw std::logic_error(fmt::format("two kinds of jobs are called {}", name));
}

void Runner::start()
{
    if (options_.alone.value_or(database_.dialect() == storage::Dialect::sqlite)) {
        const auto ended = database_.transact(
            [&](storage::Transaction& tx) -> Result<std::int64_t> { return end_leases(tx, clock_.now()); });
        if (!ended)
            throw std::runtime_error("the database is too busy to take over the jobs that were left");
    }
    const auto threads = static_cast<std::size_t>(options_.threads);
    idle_at_.assign(threads, 0);
    for (std::size_t number = 0; number < threads; ++number)
        threads_.emplace_back([this, number] { look_for_work(number); });
    lease_keeper_ = std::thread{[this] { keep_leases(); }};
}

void Runner::stop()
{
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    work_came_.notify_all();
    for (auto& thread : threads_)
        thread.join();
    threads_.clear();
    lease_due_.notify_all();
    if (lease_keeper_.joinable())
        lease_keeper_.join();
}

Result<Job> Runner::keep_new(const Actor& actor, std::string kind, std::string input, const RequestIdentity& request,
                             const Also& also)
{
    if (!kinds_.contains(kind))
        throw std::logic_error(fmt::format("nobody said how a job of kind {} is done", kind));
    const storage::RequestKey key{actor.account().to_text(), request.key, request.fingerprint};
    auto job = database_.transact([&](storage::Transaction& tx) -> Result<Job> {
        Repository jobs{tx, actor.organisation()};
        if (!request.key.empty()) {
            const auto before = storage::answer_given(tx, key);
            if (!before)
                return before.error();
            if (*before)
                return describe::read_json<Job>((*before)->body);
        }
        if (stopping_ || jobs.waiting() >= options_.waiting)
            return Problem{ProblemKind::busy, reason_busy, {}, {}, 5};
        const Job made{.organisation_id = actor.organisation(),
                       .id = Id<Job>::create(),
                       .kind = kind,
                       .account_id = actor.account(),
                       .input = input,
                       .created_at = clock_.now()};
        jobs.add(made);
        if (also)
            also(tx, made);
        if (!request.key.empty())
            storage::keep_answer(tx, key, {201, describe::to_json(made), std::nullopt, std::nullopt}, clock_.now());
        return made;
    });
    if (job) {
        const std::lock_guard lock{mutex_};
        ++news_;
        work_came_.notify_all();
    }
    return job;
}

bool Runner::may_have_result(const Actor& actor, const Job& job) const
{
    const auto kind = kinds_.find(job.kind);
    const bool own = job.account_id == actor.account();
    if (kind == kinds_.end())
        return own;
    return actor.may(kind->second.permission) && (own || kind->second.shared);
}

Result<Job> Runner::job(const Actor& actor, const Id<Job>& id) const
{
    auto job = database_.read([&](storage::Transaction& tx) { return Repository{tx, actor.organisation()}.job(id); });
    if (!job)
        return not_found();
    if (!may_have_result(actor, *job)) {
        if (job->account_id != actor.account() && !actor.is(Role::administrator))
            return not_found();
        job->result.reset();
    }
    return *std::move(job);
}

Result<FileEntry> Runner::file(const Actor& actor, const Id<Job>& id) const
{
    return database_.read([&](storage::Transaction& tx) -> Result<FileEntry> {
        Repository jobs{tx, actor.organisation()};
        const auto job = jobs.job(id);
        if (!job || !may_have_result(actor, *job))
            return not_found();
        auto file = jobs.file(id);
        if (!file)
            return not_found();
        return *std::move(file);
    });
}

Result<ResultFile> Runner::file_with_content(const Actor& actor, const Id<Job>& id) const
{
    auto entry = file(actor, id);
    if (!entry)
        return entry.error();
    auto content = database_.read(
        [&](storage::Transaction& tx) { return Repository{tx, actor.organisation()}.file_content(id); });
    if (!content) // removed meanwhile
        return not_found();
    return ResultFile{std::move(entry->name), std::move(entry->media_type), *std::move(content)};
}

Result<void> Runner::cancel(const Actor& actor, const Id<Job>& id)
{
    if (const auto seen = job(actor, id); !seen)
        return seen.error();
    const auto asked = database_.transact([&](storage::Transaction& tx) -> Result<void> {
        Repository{tx, actor.organisation()}.cancel(id, clock_.now());
        return {};
    });
    if (!asked)
        return asked.error();
    const std::lock_guard lock{mutex_};
    if (const auto running = running_.find(id); running != running_.end())
        running->second->cancel_asked = true;
    return {};
}

void Runner::wait_until_idle()
{
    std::unique_lock lock{mutex_};
    if (threads_.empty())
        return;
    ++news_; // have a look now, rather than at the next interval
    work_came_.notify_all();
    went_idle_.wait(lock, [&] { return stopping_ || idle(); });
}

bool Runner::idle() const
{
    return std::all_of(idle_at_.begin(), idle_at_.end(), [&](std::uint64_t seen) { return seen == news_; });
}

void Runner::look_for_work(std::size_t thread)
{
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        idle_at_[thread] = 0;
        const auto seen = news_;
        lock.unlock();
        std::shared_ptr<Running> running;
        try {
            running = claim();
        } catch (const std::exception& error) {
            options_.broke({}, "", error.what()); // the database is away; look again after the interval
        }
        lock.lock();
        if (running) {
            running_.emplace(running->job(), running);
            lock.unlock();
            carry_out(*running);
            lock.lock();
            running_.erase(running->job());
            continue;
        }
        idle_at_[thread] = seen;
        went_idle_.notify_all();
        work_came_.wait_for(lock, options_.look_interval, [&] { return stopping_ || news_ != seen; });
    }
    went_idle_.notify_all();
}

std::shared_ptr<Runner::Running> Runner::claim()
{
    const auto known = [&](std::string_view kind) { return kinds_.find(kind) != kinds_.end(); };
    while (!stopping_) {
        auto next = database_.read([&](storage::Transaction& tx) { return next_job(tx, clock_.now(), known); });
        if (!next)
            return nullptr;
        const auto now = clock_.now();
        const auto claimed = database_.transact([&](storage::Transaction& tx) -> Result<bool> {
            return Repository{tx, next->organisation_id}.claim(next->id, owner_, now, now.plus(options_.lease));
        });
        if (!claimed)
            return nullptr; // too busy now
        if (!*claimed)
            continue; // another was first
        ++next->attempts;
        return std::make_shared<Running>(*this, *std::move(next));
    }
    return nullptr;
}

void Runner::carry_out(Running& running)
try {
    if (running.kept().cancel_asked)
        running.cancel_asked = true;
    if (give_up(running))
        return;
    auto outcome = running.cancelled() ? Result<Outcome>{stopped()} : attempt(running);
    if (outcome && outcome->file &&
        (outcome->file->bytes.size() > static_cast<std::size_t>(options_.file_limit) ||
         !is_file_name(outcome->file->name)))
        outcome = refuse(reason_file_too_large, {{"megabytes", std::to_string(options_.file_limit / (1024 * 1024))}});
    if (running.lost)
        return; // another does it now, and tells what became of it
    keep(running, [&](Repository& jobs) {
        const auto now = clock_.now();
        const auto& id = running.job();
        if (outcome)
            jobs.finish(id, owner_, outcome->result, outcome->file, now);
        else if (outcome.error().reason.code != reason_stopped.code)
            jobs.fail(id, owner_, outcome.error(), now);
        else if (running.cancel_asked)
            jobs.stop(id, owner_, now);
        else
            jobs.hand_back(id, owner_);
    });
} catch (const std::exception& error) {
    // The database broke, so that nothing could be written down: when the lease ends the job is begun again.
    options_.broke(running.job(), "", error.what());
}

/// A job that was interrupted again and again may be what ends the process each time.
bool Runner::give_up(Running& running)
{
    if (running.attempt() <= options_.attempts)
        return false;
    keep(running,
         [&](Repository& jobs) { jobs.fail(running.job(), owner_, refuse(reason_interrupted), clock_.now()); });
    return true;
}

Result<Outcome> Runner::attempt(Running& running)
{
    const auto broke = [&](std::string_view what) {
        const std::string reference = secure_random_hex(6);
        options_.broke(running.job(), reference, what);
        return Problem{ProblemKind::conflict, reason_broke, {{"reference", reference}}, {}, 0};
    };
    try {
        return kinds_.find(running.kept().kind)->second.work(running.kept().input, running);
    } catch (const std::exception& error) {
        return broke(error.what());
    } catch (...) {
        return broke("an exception that is not a std::exception");
    }
}

void Runner::keep_leases()
{
    std::unique_lock lock{mutex_};
    while (!(stopping_ && running_.empty())) {
        lease_due_.wait_for(lock, options_.lease / 6, [&] { return stopping_ && running_.empty(); });
        const auto running = running_;
        lock.unlock();
        for (const auto& [id, job] : running) {
            try {
                job->hold();
            } catch (const std::exception& error) {
                options_.broke(id, "", error.what());
            }
        }
        lock.lock();
    }
}

void Runner::keep(const Running& running, const std::function<void(Repository&)>& change)
{
    using namespace std::chrono_literals;
    // What became of a job matters more than a moment: wait for a busy database up to half a minute.
    for (int turn = 0; turn < 100; ++turn) {
        const auto kept = database_.transact([&](storage::Transaction& tx) -> Result<void> {
            Repository jobs{tx, running.organisation()};
            change(jobs);
            return {};
        });
        if (kept)
            return;
        std::this_thread::sleep_for(300ms);
    }
    throw std::runtime_error("the database stayed too busy to keep what became of a job");
}

} // namespace beproefd::jobs
