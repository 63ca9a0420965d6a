// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/jobs/jobs_testing.hpp"

#include <csignal>
#include <cstdlib>
#include <set>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace beproefd;
using namespace beproefd::jobs;
using namespace beproefd::jobs::testing;
using namespace std::chrono_literals;

namespace {

struct Counted {
    std::int64_t to = 0;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (to))

/// Counts to a hundred from where an earlier attempt came, and says in its result where it began.
constexpr Kind<Counted> counting_kind{"test-counting"};

Result<Outcome> count(const Counted& input, Context& context, std::chrono::milliseconds each)
{
    const auto before = context.checkpoint<Counted>();
    std::int64_t reached = before ? before->to : 0;
    const auto began_at = reached;
    while (reached < input.to) {
        if (context.cancelled())
            return stopped();
        std::this_thread::sleep_for(each);
        context.checkpoint(Counted{++reached});
    }
    return Outcome{.result = describe::to_json(Counted{began_at})};
}

class DurableJobs : public JobsOnBothDatabases
{
protected:
    /// A job as a process that is gone left it.
    Job left(State state, std::optional<Instant> lease_until, std::int64_t attempts = 1)
    {
        Job job{.organisation_id = Id<Organisation>::create(),
                .id = Id<Job>::create(),
                .kind = std::string{test_kind.name},
                .account_id = Id<Account>::create(),
                .input = describe::to_json(script(work_that_gives(R"({"by":"next"})"))),
                .state = state,
                .attempts = attempts,
                .lease_until = lease_until,
                .created_at = clock_.now()};
        if (lease_until)
            job.owner = "0123456789abcdef";
        EXPECT_TRUE(db().transact([&](storage::Transaction& tx) -> Result<void> {
            Repository{tx, job.organisation_id}.add(job);
            return {};
        }));
        return job;
    }
};
INSTANTIATE_BOTH_DATABASES(DurableJobs);

constexpr const char* place_for_child = "BEPROEFD_TEST_JOBS_URL";

/// Goes on only when it is told to.
class SteppedClock final : public Clock
{
public:
    explicit SteppedClock(Instant now) : now_(now) {}
    Instant now() const override
    {
        const std::lock_guard lock{mutex_};
        return now_;
    }
    void pass(std::chrono::milliseconds time)
    {
        const std::lock_guard lock{mutex_};
        now_ = now_.plus(time);
    }

private:
    mutable std::mutex mutex_;
    Instant now_;
};

/// What this program does when it is started as the process that is killed, before any test begins.
class ProcessToKill : public ::testing::Environment
{
    void SetUp() override
    {
        const char* const url = std::getenv(place_for_child);
        if (!url)
            return;
        prctl(PR_SET_PDEATHSIG, SIGKILL); // nor does it outlive a test that was stopped
        auto database = storage::Database::open(url);
        const SystemClock clock;
        Runner runner{database, clock, {.lease = 600ms}};
        runner.add(counting_kind, [](const Counted&, Context& context) -> Result<Outcome> {
            (void)count(Counted{10}, context, /*each=*/10ms);
            for (;;) // in the middle of its work, until it is killed
                pause();
        });
        runner.start();
        for (;;)
            pause();
    }
};
[[maybe_unused]] const auto* const process_to_kill = ::testing::AddGlobalTestEnvironment(new ProcessToKill);

/// This program again, as a process of its own that does jobs until it is killed.
pid_t begin_child(const std::string& url)
{
    const pid_t child = fork();
    if (child == 0) {
        setenv(place_for_child, url.c_str(), 1);
        execl("/proc/self/exe", "jobs_test", nullptr);
        _exit(127);
    }
    return child;
}

} // namespace

TEST_P(DurableJobs, GoOnFromTheirCheckpointAfterTheProcessWasKilled)
{
    Job job{.organisation_id = own_,
            .id = Id<Job>::create(),
            .kind = std::string{counting_kind.name},
            .account_id = who_.account(),
            .input = describe::to_json(Counted{100}),
            .created_at = clock_.now()};
    ASSERT_TRUE(db().transact([&](storage::Transaction& tx) -> Result<void> {
        Repository{tx, own_}.add(job);
        return {};
    }));
    stop();
    close();
    const auto child = begin_child(url());
    ASSERT_GT(child, 0);
    bool halfway = false;
    for (int turn = 0; turn < 6000 && !halfway; ++turn) {
        std::this_thread::sleep_for(10ms);
        auto seen = [&] {
            try {
                reopen({.opening = storage::Opening::inspect});
                return now(job);
            } catch (const storage::CannotOpen&) {
                return job; // it is just opening
            }
        }();
        halfway = seen.checkpoint && describe::read_json<Counted>(*seen.checkpoint)->to >= 5;
    }
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    ASSERT_TRUE(halfway);

    reopen();
    const auto interrupted = now(job);
    Runner next{db(), clock_, {.look_interval = 20ms}};
    next.add(counting_kind, [](const Counted& input, Context& context) { return count(input, context, 0ms); });
    next.start();
    const bool ended = ends(job);

    EXPECT_EQ(interrupted.state, State::running);
    ASSERT_TRUE(ended);
    EXPECT_EQ(now(job).state, State::done);
    EXPECT_EQ(now(job).attempts, 2);
    EXPECT_GE(describe::read_json<Counted>(*now(job).result)->to, 5) << "it began anew";
    EXPECT_FALSE(now(job).checkpoint);
    next.stop();
}

TEST_P(DurableJobs, GoOnAfterAGracefulRestartThatCountsAsNoAttempt)
{
    bool first = true;
    const auto running = started([&](Context& context) -> Result<Outcome> {
        if (std::exchange(first, false)) {
            context.checkpoint(Counted{7});
            while (!context.cancelled())
                std::this_thread::sleep_for(2ms);
            return stopped();
        }
        return Outcome{.result = describe::to_json(*context.checkpoint<Counted>())};
    });
    const auto waiting = started(work_that_gives("{}"));
    ASSERT_TRUE(reaches(running, [](const Job& job) { return job.checkpoint.has_value(); }));

    stop();
    const auto between = now(running);
    start();
    runner().wait_until_idle();

    EXPECT_EQ(between.state, State::queued);
    EXPECT_EQ(between.attempts, 0);
    EXPECT_FALSE(between.owner);
    EXPECT_EQ(now(running).state, State::done);
    EXPECT_EQ(now(running).result, R"({"to":7})");
    EXPECT_EQ(now(running).attempts, 1);
    EXPECT_EQ(now(waiting).state, State::done);
}

TEST_P(DurableJobs, AreTakenOverWhenTheirLeaseHasEndedAndNotBefore)
{
    const auto ended = left(State::running, clock_.now().plus(-1s));
    const auto held = left(State::running, clock_.now().plus(60s));
    runner().wait_until_idle();

    EXPECT_EQ(now(ended).result, R"({"by":"next"})");
    EXPECT_EQ(now(ended).attempts, 2);
    EXPECT_EQ(now(held).state, State::running);
    EXPECT_EQ(now(held).owner, "0123456789abcdef");
}

TEST_P(DurableJobs, OfAKilledProcessBeginAtOnceWhereOnlyOneProcessCanServe)
{
    stop();
    const auto held = left(State::running, clock_.now().plus(60s));

    start();
    runner().wait_until_idle();

    EXPECT_EQ(now(held).state, dialect() == storage::Dialect::sqlite ? State::done : State::running);
}

TEST_P(DurableJobs, AreGivenUpWhenTheyWereInterruptedTooOften)
{
    const auto job = left(State::running, clock_.now().plus(-1s), /*attempts=*/3);
    runner().wait_until_idle();

    EXPECT_EQ(now(job).state, State::failed);
    EXPECT_EQ(now(job).problem, "job-interrupted");
    EXPECT_TRUE(problem_sentence(now(job), describe::Language::nl));
}

TEST_P(DurableJobs, AreEachDoneOnceBySeveralRunners)
{
    const auto second = another_runner({.threads = 2, .look_interval = 5ms});
    const auto third = another_runner({.threads = 2, .look_interval = 5ms});
    std::mutex mutex;
    std::multiset<int> done;
    std::vector<Job> jobs;
    for (int number = 0; number < 60; ++number)
        jobs.push_back(started([&, number](Context&) -> Result<Outcome> {
            std::this_thread::sleep_for(3ms);
            const std::lock_guard lock{mutex};
            done.insert(number);
            return Outcome{};
        }));
    for (const auto& job : jobs)
        ASSERT_TRUE(ends(job));

    EXPECT_EQ(done.size(), 60u);
    EXPECT_EQ(std::set<int>(done.begin(), done.end()).size(), 60u);
    for (const auto& job : jobs) {
        EXPECT_EQ(now(job).state, State::done);
        EXPECT_EQ(now(job).attempts, 1);
    }
    EXPECT_TRUE(broke_.empty());
}

TEST_P(DurableJobs, KeepTheirLeaseWhileTheWorkIsSilent)
{
    SteppedClock clock{clock_.now()};
    start({.lease = 300ms}, clock);
    std::atomic<int> times = 0;
    std::atomic<bool> enough = false;
    const auto job = started([&](Context& context) -> Result<Outcome> {
        ++times;
        while (!enough && !context.cancelled())
            std::this_thread::sleep_for(2ms);
        return Outcome{};
    });
    const auto other = another_runner({.look_interval = 10ms}, clock);
    ASSERT_TRUE(runs(job));

    // Four leases long, however slow the machine is: the next step waits for the lease to be kept.
    for (int step = 0; step < 6; ++step) {
        clock.pass(200ms);
        ASSERT_TRUE(reaches(job, [&](const Job& held) { return held.lease_until >= clock.now().plus(300ms); }));
    }
    enough = true;
    ASSERT_TRUE(ends(job));

    EXPECT_EQ(times, 1);
    EXPECT_EQ(now(job).attempts, 1);
}

TEST_P(DurableJobs, StopWhenAnotherTookThemOver)
{
    start({.lease = 300ms});
    std::atomic<bool> noticed = false;
    const auto job = started([&](Context& context) -> Result<Outcome> {
        while (!context.cancelled())
            std::this_thread::sleep_for(2ms);
        noticed = true;
        return Outcome{.result = R"({"by":"first"})"};
    });
    ASSERT_TRUE(runs(job));

    // As after a pause of the whole machine that was longer than the lease.
    ASSERT_TRUE(db().transact(own_, [&](storage::Transaction& tx) -> Result<void> {
        tx.execute("UPDATE jobs_job SET owner = 'another' WHERE id = $1", job.id);
        return {};
    }));
    for (int turn = 0; turn < 12000 && !noticed; ++turn)
        std::this_thread::sleep_for(5ms);

    EXPECT_TRUE(noticed);
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(now(job).state, State::running);
    EXPECT_EQ(now(job).owner, "another");
}

TEST_P(DurableJobs, AreCancelledFromAnotherProcess)
{
    start({.lease = 300ms});
    const auto job = started(waiting_work());
    ASSERT_TRUE(runs(job));
    const auto elsewhere = another_runner({.look_interval = 60s});

    EXPECT_TRUE(elsewhere->cancel(who_, job.id));
    ASSERT_TRUE(ends(job));

    EXPECT_EQ(now(job).state, State::cancelled);
}

TEST_P(DurableJobs, AreLeftToAProgramThatKnowsTheirKind)
{
    Job job{.organisation_id = own_,
            .id = Id<Job>::create(),
            .kind = "of-a-newer-program",
            .account_id = who_.account(),
            .created_at = clock_.now()};
    ASSERT_TRUE(db().transact([&](storage::Transaction& tx) -> Result<void> {
        Repository{tx, own_}.add(job);
        return {};
    }));
    const auto later = started(work_that_gives("{}"));
    runner().wait_until_idle();

    EXPECT_EQ(now(job).state, State::queued);
    EXPECT_EQ(now(later).state, State::done);
}
