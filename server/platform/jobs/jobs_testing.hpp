// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/jobs/runner.hpp"
#include "platform/storage/testing.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <future>

namespace beproefd::jobs::testing {

/// Which of the works that a test wrote down.
struct Script {
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Script, (), (number))

inline constexpr Kind<Script> test_kind{"test"};
inline constexpr Kind<Script> shared_kind{"test-shared", Permission::read_content, /*shared=*/true};

/// A runner on each database, whose jobs do what a test says.
class JobsOnBothDatabases : public storage::testing::BothDatabases
{
protected:
    using TestWork = std::function<Result<Outcome>(Context&)>;

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
    /// A runner in the place of the one before, which ends gracefully first.
    void start(Options options = {}) { start(std::move(options), clock_); }
    void start(Options options, const Clock& clock)
    {
        runner_.reset();
        runner_ = runner_with(std::move(options), clock);
    }
    /// One more on the same database, as another process would have it.
    std::unique_ptr<Runner> another_runner(Options options = {})
    {
        return another_runner(std::move(options), clock_);
    }
    std::unique_ptr<Runner> another_runner(Options options, const Clock& clock)
    {
        options.alone = false;
        return runner_with(std::move(options), clock);
    }
    std::unique_ptr<Runner> runner_with(Options options, const Clock& clock)
    {
        options.broke = [this](const Id<Job>&, std::string_view reference, std::string_view what) {
            const std::lock_guard lock{mutex_};
            broke_.emplace_back(reference, what);
        };
        auto runner = std::make_unique<Runner>(db(), clock, std::move(options));
        for (const auto& kind : {test_kind, shared_kind})
            runner->add(kind, [this](const Script& script, Context& context) -> Result<Outcome> {
                TestWork work;
                {
                    const std::lock_guard lock{mutex_};
                    work = scripts_.at(static_cast<std::size_t>(script.number));
                }
                return work(context);
            });
        runner->start();
        return runner;
    }
    void stop() { runner_.reset(); }
    Runner& runner() { return *runner_; }

    Script script(TestWork work)
    {
        const std::lock_guard lock{mutex_};
        scripts_.push_back(std::move(work));
        return {static_cast<std::int64_t>(scripts_.size()) - 1};
    }
    /// A job that runs until it is cancelled or the test ends.
    TestWork waiting_work()
    {
        return [this](Context& context) -> Result<Outcome> {
            while (!context.cancelled())
                if (opened_.wait_for(std::chrono::milliseconds{2}) == std::future_status::ready)
                    return Outcome{};
            return stopped();
        };
    }
    static TestWork work_that_gives(std::string json, std::optional<ResultFile> file = {})
    {
        return [json, file](Context&) -> Result<Outcome> { return Outcome{json, file}; };
    }
    Job started(TestWork work) { return started(std::move(work), who_, test_kind); }
    Job started(TestWork work, const Actor& who, const Kind<Script>& kind)
    {
        auto job = runner().submit(who, kind, script(std::move(work)));
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
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        }
        return false;
    }
    bool runs(const Job& job)
    {
        return reaches(job, [](const Job& current) { return current.state == State::running; });
    }
    bool ends(const Job& job)
    {
        return reaches(job, [](const Job& current) { return current.ended(); });
    }
    static Actor someone(const Id<Organisation>& organisation, std::vector<Role> roles = {Role::colleague},
                         PermissionSet permissions = {Permission::signed_in})
    {
        permissions.add(Permission::signed_in);
        return {Id<Account>::create(), organisation, std::move(roles), permissions};
    }

    SystemClock clock_;
    Id<Organisation> own_ = Id<Organisation>::create();
    Actor who_ = someone(own_);
    std::vector<std::pair<std::string, std::string>> broke_;

private:
    std::mutex mutex_;
    std::deque<TestWork> scripts_;
    std::promise<void> open_;
    std::shared_future<void> opened_ = open_.get_future().share();
    std::unique_ptr<Runner> runner_;
};

} // namespace beproefd::jobs::testing
