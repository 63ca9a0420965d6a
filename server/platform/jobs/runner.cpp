// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/jobs/runner.hpp"

#include "platform/core/random.hpp"
#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"
#include "platform/storage/idempotency.hpp"

namespace beproefd::jobs {

/// A job that is being done.
class Runner::Running final : public Progress
{
public:
    Running(Runner& runner, OrganisationId organisation, Id<Job> id)
        : organisation(std::move(organisation)), id(std::move(id)), runner_(runner)
    {
    }

    void report(int percent) override
    {
        percent = std::clamp(percent, 0, 100);
        const auto now = std::chrono::steady_clock::now();
        if (percent <= written_ || now - written_at_ < runner_.options_.report_interval)
            return;
        written_ = percent;
        written_at_ = now;
        // When the database is too busy for it, the next report comes soon enough.
        (void)runner_.database_.transact([&](storage::Transaction& tx) -> Result<void> {
            Repository{tx, organisation}.report(id, percent);
            return {};
        });
    }
    bool cancelled() const override { return cancel_asked || runner_.stopping_; }

    const OrganisationId organisation;
    const Id<Job> id;
    std::atomic<bool> cancel_asked = false;

private:
    Runner& runner_;
    int written_ = 0;
    std::chrono::steady_clock::time_point written_at_ = std::chrono::steady_clock::now();
};

Runner::Runner(storage::Database& database, const Clock& clock, Options options)
    : database_(database), clock_(clock), options_(std::move(options))
{
    const auto marked = database_.transact(
        [&](storage::Transaction& tx) -> Result<std::int64_t> { return fail_interrupted(tx, clock_.now()); });
    if (!marked)
        throw std::runtime_error("the database is too busy to mark interrupted jobs");
    for (int number = 0; number < options_.threads; ++number)
        threads_.emplace_back([this] { work_off_queue(); });
}

Runner::~Runner()
{
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    work_came_.notify_all();
    for (auto& thread : threads_)
        thread.join();
    try {
        // When this cannot be written down now, the next start does it.
        (void)database_.transact(
            [&](storage::Transaction& tx) -> Result<std::int64_t> { return fail_interrupted(tx, clock_.now()); });
    } catch (const std::exception& error) {
        options_.broke({}, "", error.what());
    }
}

Result<Job> Runner::submit(const Actor& actor, std::string_view kind, Work work, const RequestIdentity& request,
                           std::function<void(storage::Transaction&, const Job&)> also)
{
    {
        const std::lock_guard lock{mutex_};
        if (stopping_ || queue_.size() + promised_ >= options_.queue)
            return Problem{ProblemKind::busy, reason_busy, {}, {}, 5};
        ++promised_;
    }
    struct Place {
        Runner& runner;
        ~Place() { runner.release_place(); }
    } const place{*this};

    const storage::RequestKey key{actor.account().to_text(), request.key, request.fingerprint};
    bool is_new = false;
    auto job = database_.transact([&](storage::Transaction& tx) -> Result<Job> {
        is_new = false;
        Repository jobs{tx, actor.organisation()};
        if (!request.key.empty()) {
            const auto before = storage::answer_given(tx, key);
            if (!before)
                return before.error();
            if (*before)
                return describe::read_json<Job>((*before)->body);
        }
        const Job made{.organisation_id = actor.organisation(),
                       .id = Id<Job>::create(),
                       .kind = std::string{kind},
                       .account_id = actor.account(),
                       .created_at = clock_.now()};
        jobs.add(made);
        also(tx, made);
        if (!request.key.empty())
            storage::keep_answer(tx, key, {201, describe::to_json(made), std::nullopt, std::nullopt}, clock_.now());
        is_new = true;
        return made;
    });
    if (job && is_new) {
        const std::lock_guard lock{mutex_};
        queue_.push_back({actor.organisation(), job->id, std::move(work)});
        work_came_.notify_one();
    }
    return job;
}

Result<Job> Runner::job(const Actor& actor, const Id<Job>& id) const
{
    return database_.read([&](storage::Transaction& tx) -> Result<Job> {
        auto job = Repository{tx, actor.organisation()}.job(id);
        if (!job)
            return not_found();
        if (job->account_id != actor.account()) {
            if (!actor.is(Role::administrator))
                return not_found();
            job->result.reset();
        }
        return *std::move(job);
    });
}

Result<void> Runner::cancel(const Actor& actor, const Id<Job>& id)
{
    if (const auto seen = job(actor, id); !seen)
        return seen.error();
    const auto was_waiting = database_.transact([&](storage::Transaction& tx) -> Result<bool> {
        return Repository{tx, actor.organisation()}.cancel(id, State::queued, clock_.now());
    });
    if (!was_waiting)
        return was_waiting.error();
    const std::lock_guard lock{mutex_};
    std::erase_if(queue_, [&](const Queued& queued) { return queued.id == id; });
    if (const auto running = running_.find(id); running != running_.end())
        running->second->cancel_asked = true;
    if (queue_.empty() && running_.empty())
        went_idle_.notify_all();
    return {};
}

void Runner::wait_until_idle()
{
    std::unique_lock lock{mutex_};
    went_idle_.wait(lock, [&] { return queue_.empty() && running_.empty() && promised_ == 0; });
}

void Runner::release_place()
{
    const std::lock_guard lock{mutex_};
    --promised_;
    went_idle_.notify_all();
}

void Runner::work_off_queue()
{
    std::unique_lock lock{mutex_};
    while (true) {
        work_came_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
        if (stopping_)
            return;
        const auto next = std::move(queue_.front());
        queue_.pop_front();
        const auto running = std::make_shared<Running>(*this, next.organisation, next.id);
        running_.emplace(next.id, running);
        lock.unlock();
        carry_out(*running, next.work);
        lock.lock();
        running_.erase(next.id);
        went_idle_.notify_all();
    }
}

void Runner::carry_out(Running& running, const Work& work)
try {
    bool started = false;
    keep(running, [&](Repository& jobs) { started = jobs.start(running.id, clock_.now()); });
    if (!started)
        return; // cancelled while it waited

    const auto outcome = attempt(running, work);
    keep(running, [&](Repository& jobs) {
        const auto now = clock_.now();
        if (outcome)
            jobs.finish(running.id, *outcome, now);
        else if (outcome.error().reason.code != reason_stopped.code)
            jobs.fail(running.id, outcome.error(), now);
        else if (running.cancel_asked)
            jobs.cancel(running.id, State::running, now);
        else
            jobs.fail(running.id, Problem{ProblemKind::busy, reason_interrupted, {}, {}, 0}, now);
    });
} catch (const std::exception& error) {
    // The database broke, so that nothing could be written down: the next start marks the job.
    options_.broke(running.id, "", error.what());
}

Result<std::string> Runner::attempt(Running& running, const Work& work)
{
    const auto broke = [&](std::string_view what) {
        const std::string reference = secure_random_hex(6);
        options_.broke(running.id, reference, what);
        return Problem{ProblemKind::conflict, reason_broke, {{"reference", reference}}, {}, 0};
    };
    try {
        return work(running);
    } catch (const std::exception& error) {
        return broke(error.what());
    } catch (...) {
        return broke("an exception that is not a std::exception");
    }
}

void Runner::keep(const Running& running, const std::function<void(Repository&)>& change)
{
    using namespace std::chrono_literals;
    // What became of a job matters more than a moment: wait for a busy database up to half a minute.
    for (int turn = 0; turn < 100; ++turn) {
        const auto kept = database_.transact([&](storage::Transaction& tx) -> Result<void> {
            Repository jobs{tx, running.organisation};
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
