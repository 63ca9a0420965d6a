// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/jobs/job.hpp"

#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"

namespace beproefd::jobs {
namespace {

struct Filled {
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(Filled, (), (name, value))

struct FilledIn {
    std::vector<Filled> parameters;
};
BOOST_DESCRIBE_STRUCT(FilledIn, (), (parameters))

constexpr storage::Purpose recovery_purpose{"job-recovery"};
constexpr std::string_view interrupted = "job-interrupted";

} // namespace

std::optional<std::string> problem_sentence(const Job& job, describe::Language language)
{
    if (!job.problem)
        return std::nullopt;
    std::vector<Parameter> parameters;
    if (job.problem_parameters) {
        const auto read = describe::read_json<FilledIn>(*job.problem_parameters);
        if (!read)
            throw std::logic_error(fmt::format("job {} has parameters that cannot be read", job.id.to_text()));
        for (const auto& [name, value] : read->parameters)
            parameters.emplace_back(name, value);
    }
    return describe::sentence(*job.problem, parameters, language);
}

void Repository::add(const Job& job) { tx_.insert("jobs_job", job); }

std::optional<Job> Repository::job(const Id<Job>& id)
{
    return tx_.optional<Job>("SELECT * FROM jobs_job WHERE organisation_id = $1 AND id = $2", organisation_, id);
}

bool Repository::start(const Id<Job>& id, Instant now)
{
    return tx_.execute(R"(
        UPDATE jobs_job SET state = 'running', started_at = $3
        WHERE  organisation_id = $1 AND id = $2 AND state = 'queued')",
                       organisation_, id, now) == 1;
}

bool Repository::report(const Id<Job>& id, int percent)
{
    return tx_.execute(R"(
        UPDATE jobs_job SET progress = $3
        WHERE  organisation_id = $1 AND id = $2 AND state = 'running' AND progress < $3)",
                       organisation_, id, std::int64_t{percent}) == 1;
}

bool Repository::finish(const Id<Job>& id, const std::string& result, Instant now)
{
    return tx_.execute(R"(
        UPDATE jobs_job SET state = 'done', progress = 100, result = $3, ended_at = $4
        WHERE  organisation_id = $1 AND id = $2 AND state = 'running')",
                       organisation_, id, result, now) == 1;
}

bool Repository::fail(const Id<Job>& id, const Problem& problem, Instant now)
{
    FilledIn filled;
    for (const auto& [name, value] : problem.parameters)
        filled.parameters.push_back({name, value});
    return tx_.execute(R"(
        UPDATE jobs_job SET state = 'failed', problem = $3, problem_parameters = $4, ended_at = $5
        WHERE  organisation_id = $1 AND id = $2 AND state IN ('queued', 'running'))",
                       organisation_, id, problem.reason.code, describe::to_json(filled), now) == 1;
}

bool Repository::cancel(const Id<Job>& id, State from, Instant now)
{
    return tx_.execute(R"(
        UPDATE jobs_job SET state = 'cancelled', ended_at = $4
        WHERE  organisation_id = $1 AND id = $2 AND state = $3)",
                       organisation_, id, from, now) == 1;
}

std::int64_t fail_interrupted(storage::Transaction& tx, Instant now)
{
    tx.act_through(recovery_purpose);
    return tx.execute(R"(
        UPDATE jobs_job SET state = 'failed', problem = $1, ended_at = $2
        WHERE  state IN ('queued', 'running'))",
                      interrupted, now);
}

std::int64_t remove_old(storage::Transaction& tx, Instant now)
{
    return tx.execute("DELETE FROM jobs_job WHERE ended_at < $1", now.plus(-kept_for));
}

} // namespace beproefd::jobs
