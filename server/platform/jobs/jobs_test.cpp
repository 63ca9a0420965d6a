// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/jobs/jobs_testing.hpp"
#include "platform/storage/idempotency.hpp"

#include <future>

using namespace beproefd;
using namespace beproefd::jobs;
using namespace beproefd::jobs::testing;
using namespace std::chrono_literals;

namespace {

class Jobs : public JobsOnBothDatabases
{
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
    EXPECT_EQ(ended->attempts, 1);
    EXPECT_TRUE(ended->started_at && ended->ended_at);
    EXPECT_FALSE(problem_sentence(*ended, describe::Language::nl));
    storage::testing::expect_columns_of<Job>(db(), "jobs_job");
    storage::testing::expect_columns_of<FileEntry>(db(), "jobs_file");
}

TEST_P(Jobs, RunOneAfterTheOther)
{
    std::vector<int> order;
    for (int number = 0; number < 5; ++number)
        started([&order, number](Context&) -> Result<Outcome> {
            order.push_back(number);
            return Outcome{};
        });
    runner().wait_until_idle();

    EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
}

TEST_P(Jobs, TellHowFarTheyAreAndWhatTheyDoAndNeverGoBack)
{
    start({.report_interval = 0ms});
    std::promise<void> seen;
    auto go_on = seen.get_future();
    const auto job = started([&](Context& context) -> Result<Outcome> {
        context.report(40, reason_stopped);
        context.report(10);
        go_on.wait();
        return Outcome{};
    });

    const bool told = reaches(job, [](const Job& current) { return current.progress == 40; });
    const auto during = now(job);
    seen.set_value();
    runner().wait_until_idle();

    EXPECT_TRUE(told);
    EXPECT_EQ(during.state, State::running);
    EXPECT_EQ(stage_sentence(during, describe::Language::en),
              describe::sentence("job-stopped", {}, describe::Language::en));
    EXPECT_EQ(now(job).progress, 100);
    EXPECT_FALSE(stage_sentence(now(job), describe::Language::en));
}

TEST_P(Jobs, WriteProgressDownAtMostTwiceASecond)
{
    const auto before = db().statistics().changes;
    started([](Context& context) -> Result<Outcome> {
        for (int turn = 1; turn <= 99; ++turn)
            context.report(turn);
        return Outcome{};
    });
    runner().wait_until_idle();

    // Kept, claimed and done; nothing in between, because it all took less than half a second.
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
    const auto second = started([&](Context&) -> Result<Outcome> {
        begun = true;
        return Outcome{};
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
    const auto job = started([](Context&) -> Result<Outcome> { throw std::runtime_error("cable cut"); });
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
    const auto job = started([](Context&) -> Result<Outcome> { return not_found(); });
    runner().wait_until_idle();

    EXPECT_EQ(now(job).state, State::failed);
    EXPECT_EQ(problem_sentence(now(job), describe::Language::en),
              describe::sentence("not-found", {}, describe::Language::en));
    EXPECT_TRUE(broke_.empty());
}

TEST_P(Jobs, AreSeenOnlyByWhoStartedThemAndByAnAdministrator)
{
    const auto job = started(work_that_gives(R"({"secret":1})", ResultFile{"secret.txt", "text/plain", "x"}));
    runner().wait_until_idle();
    const auto head = someone(own_, {Role::administrator});

    const auto administrator = runner().job(head, job.id);
    const auto colleague = runner().job(someone(own_), job.id);
    const auto elsewhere = runner().job(someone(Id<Organisation>::create(), {Role::administrator}), job.id);

    ASSERT_TRUE(administrator);
    EXPECT_EQ(administrator->state, State::done);
    EXPECT_FALSE(administrator->result);
    EXPECT_FALSE(runner().file(head, job.id));
    ASSERT_FALSE(colleague);
    EXPECT_EQ(colleague.error().kind, ProblemKind::not_found);
    ASSERT_FALSE(elsewhere);
    EXPECT_EQ(elsewhere.error().kind, ProblemKind::not_found);
}

TEST_P(Jobs, OfASharedKindAreSeenByColleaguesWithItsPermission)
{
    const auto reader = someone(own_, {Role::colleague}, {Permission::read_content});
    const auto job = started(work_that_gives(R"({"pages":3})"), reader, shared_kind);
    runner().wait_until_idle();

    const auto colleague = runner().job(someone(own_, {Role::colleague}, {Permission::read_content}), job.id);
    const auto without = runner().job(someone(own_), job.id);
    const auto elsewhere =
        runner().job(someone(Id<Organisation>::create(), {Role::colleague}, {Permission::read_content}), job.id);
    const auto who_lost_it =
        runner().job(Actor{reader.account(), own_, {Role::colleague}, {Permission::signed_in}}, job.id);

    ASSERT_TRUE(colleague);
    EXPECT_EQ(colleague->result, R"({"pages":3})");
    EXPECT_FALSE(without);
    EXPECT_FALSE(elsewhere);
    ASSERT_TRUE(who_lost_it);
    EXPECT_FALSE(who_lost_it->result);
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
    const auto count = script([&](Context&) -> Result<Outcome> {
        ++times;
        return Outcome{};
    });
    const RequestIdentity request{"key-0001", "print-1"};

    const auto first = runner().submit(who_, test_kind, count, request);
    runner().wait_until_idle();
    const auto again = runner().submit(who_, test_kind, count, request);
    const auto different = runner().submit(who_, test_kind, count, {"key-0001", "print-2"});
    runner().wait_until_idle();

    ASSERT_TRUE(first && again);
    EXPECT_EQ(first->id, again->id);
    EXPECT_EQ(again->state, State::queued);
    EXPECT_EQ(times, 1);
    ASSERT_FALSE(different);
    EXPECT_EQ(different.error().kind, ProblemKind::conflict);
}

TEST_P(Jobs, AreRefusedWhenTooManyOfTheOrganisationWait)
{
    start({.waiting = 1});
    const auto running = started(waiting_work());
    ASSERT_TRUE(runs(running));
    started(work_that_gives("{}"));

    const auto third = runner().submit(who_, test_kind, script(work_that_gives("{}")));
    const auto of_another =
        runner().submit(someone(Id<Organisation>::create()), test_kind, script(work_that_gives("{}")));
    ASSERT_TRUE(runner().cancel(who_, running.id));
    runner().wait_until_idle();
    const auto later = runner().submit(who_, test_kind, script(work_that_gives("{}")));

    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().kind, ProblemKind::busy);
    EXPECT_GT(third.error().retry_after_seconds, 0);
    EXPECT_TRUE(of_another);
    EXPECT_TRUE(later);
}

TEST_P(Jobs, AreNotKeptWithoutWhatBelongsToThem)
{
    EXPECT_THROW((void)runner().submit(who_, test_kind, script(work_that_gives("{}")), {},
                                       [](storage::Transaction&, const Job&) { throw std::runtime_error("no"); }),
                 std::runtime_error);
    runner().wait_until_idle();

    EXPECT_EQ(
        db().read(own_,
                  [](storage::Transaction& tx) { return tx.one<std::int64_t>("SELECT COUNT(*) FROM jobs_job"); }),
        0);
}

TEST_P(Jobs, GiveAFileThatOnlyWhoMayHaveTheResultGets)
{
    std::string bytes = "%PDF-1.7\n";
    for (int value = 0; value < 256; ++value)
        bytes += static_cast<char>(value);
    const auto job = started(work_that_gives("{}", ResultFile{"factsheet-2024.pdf", "application/pdf", bytes}));
    runner().wait_until_idle();

    const auto entry = runner().file(who_, job.id);
    const auto file = runner().file_with_content(who_, job.id);

    ASSERT_TRUE(entry && file);
    EXPECT_EQ(entry->size, static_cast<std::int64_t>(bytes.size()));
    EXPECT_EQ(file->name, "factsheet-2024.pdf");
    EXPECT_EQ(file->media_type, "application/pdf");
    EXPECT_EQ(file->bytes, bytes);
    EXPECT_FALSE(runner().file_with_content(someone(own_), job.id));
    EXPECT_FALSE(runner().file_with_content(someone(Id<Organisation>::create()), job.id));
}

TEST_P(Jobs, FailWhenTheirFileIsTooLargeOrItsNameUnusable)
{
    start({.file_limit = 10});
    const auto fits = started(work_that_gives("{}", ResultFile{"a.txt", "text/plain", "0123456789"}));
    const auto too_large = started(work_that_gives("{}", ResultFile{"a.txt", "text/plain", "0123456789+"}));
    const auto misnamed = started(work_that_gives("{}", ResultFile{"../a\".txt", "text/plain", "x"}));
    runner().wait_until_idle();

    EXPECT_EQ(now(fits).state, State::done);
    EXPECT_EQ(now(too_large).problem, "job-file-too-large");
    EXPECT_EQ(now(misnamed).problem, "job-file-too-large");
    EXPECT_FALSE(runner().file(who_, too_large.id));
}

TEST_P(Jobs, AreRemovedWithTheirFilesSomeDaysAfterTheyEnded)
{
    const auto job = started(work_that_gives("{}", ResultFile{"a.txt", "text/plain", "x"}));
    runner().wait_until_idle();
    const auto remove_at = [&](Instant moment) {
        return *db().transact([&](storage::Transaction& tx) -> Result<std::int64_t> {
            tx.act_through(storage::housekeeping_purpose);
            return remove_old(tx, moment, 24h * 30);
        });
    };

    EXPECT_EQ(remove_at(job.created_at.plus(24h * 29)), 0);
    EXPECT_TRUE(runner().file(who_, job.id));
    EXPECT_EQ(remove_at(job.created_at.plus(24h * 31)), 1);
    EXPECT_FALSE(runner().job(who_, job.id));
    EXPECT_FALSE(runner().file(who_, job.id));
}

TEST(JobFiles, HaveNamesThatFitAHeaderAndADisk)
{
    EXPECT_TRUE(is_file_name("factsheet_2024-1.pdf"));
    for (const auto name : {"", ".hidden", "a b.pdf", "a\"b.pdf", "a/b.pdf", "é.pdf", "a\nb"})
        EXPECT_FALSE(is_file_name(name)) << name;
    EXPECT_FALSE(is_file_name(std::string(121, 'a')));
}
