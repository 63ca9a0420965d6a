// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/jobs/runner.hpp"
#include "platform/storage/idempotency.hpp"
#include "platform/storage/testing.hpp"

#include <gtest/gtest.h>

#include <future>

using namespace beproefd;
using namespace beproefd::jobs;
using namespace std::chrono_literals;

namespace {

class Jobs : public storage::testing::BothDatabases
{
protected:
    void SetUp() override
    {
        BothDatabases::SetUp();
        start();
    }
    void TearDown() override
    {
        open_.set_value();
        runner_.reset();
        BothDatabases::TearDown();
    }
    void start(Options options = {})
    {
        options.broke = [this](const Id<Job>&, std::string_view reference, std::string_view what) {
            broke_.emplace_back(reference, what);
        };
        runner_.reset();
        runner_ = std::make_unique<Runner>(db(), clock_, std::move(options));
    }
    Runner& runner() { return *runner_; }
    /// A job that runs until it is cancelled or the test ends.
    Work waiting_work()
    {
        return [this](Progress& progress) -> Result<std::string> {
            while (!progress.cancelled())
                if (opened_.wait_for(2ms) == std::future_status::ready)
                    return std::string{"{}"};
            return stopped();
        };
    }
    static Work work_that_gives(std::string json)
    {
        return [json](Progress&) -> Result<std::string> { return json; };
    }
    Job started(Work work)
    {
        auto job = runner().submit(who_, "test", std::move(work));
        EXPECT_TRUE(job);
        return *job;
    }
    Job now(const Job& job)
    {
        return *db().read([&](storage::Transaction& tx) { return Repository{tx, job.organisation_id}.job(job.id); });
    }
    bool reaches(const Job& job, const std::function<bool(const Job&)>& state)
    {
        for (int turn = 0; turn < 12'000; ++turn) { // a minute, for a machine with much else to do
            if (state(now(job)))
                return true;
            std::this_thread::sleep_for(5ms);
        }
        return false;
    }
    bool runs(const Job& job)
    {
        return reaches(job, [](const Job& current) { return current.state == State::running; });
    }
    static Actor someone(const Id<Organisation>& organisation, std::vector<Role> roles = {Role::colleague})
    {
        return {Id<Account>::create(), organisation, std::move(roles), {Permission::signed_in}};
    }

    SystemClock clock_;
    Id<Organisation> own_ = Id<Organisation>::create();
    Actor who_ = someone(own_);
    std::vector<std::pair<std::string, std::string>> broke_;

private:
    std::promise<void> open_;
    std::shared_future<void> opened_ = open_.get_future().share();
    std::unique_ptr<Runner> runner_;
};
INSTANTIATE_BOTH_DATABASES(Jobs);

} // namespace

TEST_P(Jobs, GiveTheirResultWhenDone)
{
    const auto job = started(work_that_gives(R"({"answer":42})"));
    runner().wait_until_idle();

    const auto ended = runner().job(who_, job.id);

    EXPECT_EQ(job.state, State::queued);
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->state, State::done);
    EXPECT_EQ(ended->progress, 100);
    EXPECT_EQ(ended->result, R"({"answer":42})");
    EXPECT_TRUE(ended->started_at && ended->ended_at);
    EXPECT_FALSE(problem_sentence(*ended, describe::Language::nl));
    storage::testing::expect_columns_of<Job>(db(), "jobs_job");
}

TEST_P(Jobs, RunOneAfterTheOther)
{
    std::vector<int> order;
    for (int number = 0; number < 5; ++number)
        started([&order, number](Progress&) -> Result<std::string> {
            order.push_back(number);
            return std::string{"{}"};
        });
    runner().wait_until_idle();

    EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
}

TEST_P(Jobs, TellHowFarTheyAreAndNeverGoBack)
{
    start({.report_interval = 0ms});
    std::promise<void> seen;
    auto go_on = seen.get_future();
    const auto job = started([&](Progress& progress) -> Result<std::string> {
        progress.report(40);
        progress.report(10);
        go_on.wait();
        return std::string{"{}"};
    });

    const bool told = reaches(job, [](const Job& current) { return current.progress == 40; });
    const auto during = now(job);
    seen.set_value();
    runner().wait_until_idle();

    EXPECT_TRUE(told);
    EXPECT_EQ(during.state, State::running);
    EXPECT_EQ(now(job).progress, 100);
}

TEST_P(Jobs, WriteProgressDownAtMostTwiceASecond)
{
    const auto before = db().statistics().changes;
    started([](Progress& progress) -> Result<std::string> {
        for (int turn = 1; turn <= 99; ++turn)
            progress.report(turn);
        return std::string{"{}"};
    });
    runner().wait_until_idle();

    // Kept, started and done; nothing in between, because it all took less than half a second.
    EXPECT_EQ(db().statistics().changes - before, 3u);
}

TEST_P(Jobs, StopWhenCancelledWhileTheyRun)
{
    const auto job = started(waiting_work());
    ASSERT_TRUE(runs(job));

    const auto cancelled = runner().cancel(who_, job.id);
    runner().wait_until_idle();

    EXPECT_TRUE(cancelled);
    EXPECT_EQ(now(job).state, State::cancelled);
    EXPECT_FALSE(now(job).result);
    EXPECT_TRUE(now(job).ended_at);
}

TEST_P(Jobs, NeverBeginWhenCancelledWhileTheyWait)
{
    bool begun = false;
    const auto first = started(waiting_work());
    ASSERT_TRUE(runs(first));
    const auto second = started([&](Progress&) -> Result<std::string> {
        begun = true;
        return std::string{"{}"};
    });

    ASSERT_TRUE(runner().cancel(who_, second.id));
    const auto at_once = now(second);
    ASSERT_TRUE(runner().cancel(who_, first.id));
    runner().wait_until_idle();

    EXPECT_EQ(at_once.state, State::cancelled);
    EXPECT_FALSE(begun);
    EXPECT_EQ(now(second).state, State::cancelled);
}

TEST_P(Jobs, StayAsTheyAreWhenCancelledAfterTheyEnded)
{
    const auto job = started(work_that_gives("{}"));
    runner().wait_until_idle();

    EXPECT_TRUE(runner().cancel(who_, job.id));
    EXPECT_EQ(now(job).state, State::done);
}

TEST_P(Jobs, FailWithAReferenceThatAlsoStandsInTheLog)
{
    const auto job = started([](Progress&) -> Result<std::string> { throw std::runtime_error("cable cut"); });
    runner().wait_until_idle();

    const auto failed = now(job);
    ASSERT_EQ(broke_.size(), 1u);
    EXPECT_EQ(failed.state, State::failed);
    EXPECT_EQ(failed.problem, "job-broke");
    EXPECT_EQ(broke_[0].second, "cable cut");
    EXPECT_EQ(broke_[0].first.size(), 12u);
    EXPECT_NE(problem_sentence(failed, describe::Language::nl)->find(broke_[0].first), std::string::npos);
    EXPECT_EQ(problem_sentence(failed, describe::Language::nl)->find("cable"), std::string::npos);
}

TEST_P(Jobs, FailWithTheSentenceOfARefusal)
{
    const auto job = started([](Progress&) -> Result<std::string> { return not_found(); });
    runner().wait_until_idle();

    EXPECT_EQ(now(job).state, State::failed);
    EXPECT_EQ(problem_sentence(now(job), describe::Language::en),
              describe::sentence("not-found", {}, describe::Language::en));
    EXPECT_TRUE(broke_.empty());
}

TEST_P(Jobs, AreMarkedFailedWhenTheProgramStopsGracefully)
{
    const auto running = started(waiting_work());
    const auto waiting = started(work_that_gives("{}"));
    ASSERT_TRUE(runs(running));

    start();

    for (const auto& job : {now(running), now(waiting)}) {
        EXPECT_EQ(job.state, State::failed);
        EXPECT_EQ(job.problem, "job-interrupted");
        EXPECT_TRUE(job.ended_at);
        EXPECT_TRUE(problem_sentence(job, describe::Language::nl));
    }
}

TEST_P(Jobs, AreMarkedFailedAtTheNextStartWhenTheProcessWasKilled)
{
    const auto left = [&](const Id<Organisation>& organisation, State state) {
        Job job{.organisation_id = organisation,
                .id = Id<Job>::create(),
                .kind = "test",
                .account_id = Id<Account>::create(),
                .state = state,
                .created_at = clock_.now()};
        if (state == State::cancelled)
            job.ended_at = clock_.now();
        EXPECT_TRUE(db().transact([&](storage::Transaction& tx) -> Result<void> {
            Repository{tx, organisation}.add(job);
            return {};
        }));
        return job;
    };
    const auto running = left(own_, State::running);
    const auto of_another = left(Id<Organisation>::create(), State::queued);
    const auto cancelled = left(own_, State::cancelled);

    start();

    EXPECT_EQ(now(running).problem, "job-interrupted");
    EXPECT_EQ(now(of_another).problem, "job-interrupted");
    EXPECT_EQ(now(cancelled).state, State::cancelled);
}

TEST_P(Jobs, AreSeenOnlyByWhoStartedThemAndByAnAdministrator)
{
    const auto job = started(work_that_gives(R"({"secret":1})"));
    runner().wait_until_idle();

    const auto administrator = runner().job(someone(own_, {Role::administrator}), job.id);
    const auto colleague = runner().job(someone(own_), job.id);
    const auto elsewhere = runner().job(someone(Id<Organisation>::create(), {Role::administrator}), job.id);

    ASSERT_TRUE(administrator);
    EXPECT_EQ(administrator->state, State::done);
    EXPECT_FALSE(administrator->result);
    ASSERT_FALSE(colleague);
    EXPECT_EQ(colleague.error().kind, ProblemKind::not_found);
    ASSERT_FALSE(elsewhere);
    EXPECT_EQ(elsewhere.error().kind, ProblemKind::not_found);
}

TEST_P(Jobs, AreCancelledOnlyByWhoStartedThemAndByAnAdministrator)
{
    const auto job = started(waiting_work());
    ASSERT_TRUE(runs(job));

    EXPECT_FALSE(runner().cancel(someone(own_), job.id));
    EXPECT_FALSE(runner().cancel(someone(Id<Organisation>::create(), {Role::administrator}), job.id));
    EXPECT_EQ(now(job).state, State::running);
    EXPECT_TRUE(runner().cancel(someone(own_, {Role::administrator}), job.id));
    runner().wait_until_idle();
    EXPECT_EQ(now(job).state, State::cancelled);
}

TEST_P(Jobs, StartOnceForARepeatedRequest)
{
    int times = 0;
    const Work count = [&](Progress&) -> Result<std::string> {
        ++times;
        return std::string{"{}"};
    };
    const RequestIdentity request{"key-0001", "print-1"};

    const auto first = runner().submit(who_, "test", count, request);
    runner().wait_until_idle();
    const auto again = runner().submit(who_, "test", count, request);
    const auto different = runner().submit(who_, "test", count, {"key-0001", "print-2"});
    runner().wait_until_idle();

    ASSERT_TRUE(first && again);
    EXPECT_EQ(first->id, again->id);
    EXPECT_EQ(again->state, State::queued);
    EXPECT_EQ(times, 1);
    ASSERT_FALSE(different);
    EXPECT_EQ(different.error().kind, ProblemKind::conflict);
}

TEST_P(Jobs, AreRefusedWhenTooManyWait)
{
    start({.queue = 1});
    const auto running = started(waiting_work());
    ASSERT_TRUE(runs(running));
    started(work_that_gives("{}"));

    const auto third = runner().submit(who_, "test", work_that_gives("{}"));
    ASSERT_TRUE(runner().cancel(who_, running.id));
    runner().wait_until_idle();
    const auto later = runner().submit(who_, "test", work_that_gives("{}"));

    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().kind, ProblemKind::busy);
    EXPECT_GT(third.error().retry_after_seconds, 0);
    EXPECT_TRUE(later);
}

TEST_P(Jobs, AreNotKeptWithoutWhatBelongsToThem)
{
    EXPECT_THROW((void)runner().submit(who_, "test", work_that_gives("{}"), {},
                                       [](storage::Transaction&, const Job&) { throw std::runtime_error("no"); }),
                 std::runtime_error);
    runner().wait_until_idle();

    EXPECT_EQ(
        db().read(own_,
                  [](storage::Transaction& tx) { return tx.one<std::int64_t>("SELECT COUNT(*) FROM jobs_job"); }),
        0);
}

TEST_P(Jobs, AreRemovedAMonthAfterTheyEnded)
{
    const auto job = started(work_that_gives("{}"));
    runner().wait_until_idle();
    const auto remove_at = [&](Instant moment) {
        return *db().transact([&](storage::Transaction& tx) -> Result<std::int64_t> {
            tx.act_through(storage::housekeeping_purpose);
            return remove_old(tx, moment);
        });
    };

    EXPECT_EQ(remove_at(job.created_at.plus(24h * 29)), 0);
    EXPECT_EQ(remove_at(job.created_at.plus(24h * 31)), 1);
    EXPECT_FALSE(runner().job(who_, job.id));
}
