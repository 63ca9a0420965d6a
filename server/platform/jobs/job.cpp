// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/jobs/job.hpp"

#include "platform/core/sha256.hpp"
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

constexpr storage::Purpose claim_purpose{"job-claim"};

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

std::optional<std::string> stage_sentence(const Job& job, describe::Language language)
{
    if (job.stage.empty() || job.ended())
        return std::nullopt;
    return describe::sentence(job.stage, {}, language);
}

bool is_file_name(std::string_view name)
{
    const auto fits = [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_';
    };
    return !name.empty() && name.size() <= 120 && name[0] != '.' && std::all_of(name.begin(), name.end(), fits);
}

void Repository::add(const Job& job) { tx_.insert("jobs_job", job); }

std::optional<Job> Repository::job(const Id<Job>& id)
{
    return tx_.optional<Job>("SELECT * FROM jobs_job WHERE organisation_id = $1 AND id = $2", organisation_, id);
}

std::int64_t Repository::waiting()
{
    return tx_.one<std::int64_t>("SELECT COUNT(*) FROM jobs_job WHERE organisation_id = $1 AND state = 'queued'",
                                 organisation_);
}

std::optional<FileEntry> Repository::file(const Id<Job>& id)
{
    return tx_.optional<FileEntry>(
        "SELECT name, media_type, size, sha256 FROM jobs_file WHERE organisation_id = $1 AND job_id = $2",
        organisation_, id);
}

std::optional<std::string> Repository::file_content(const Id<Job>& id)
{
    auto content = tx_.optional<storage::FileContent>(
        "SELECT content FROM jobs_file WHERE organisation_id = $1 AND job_id = $2", organisation_, id);
    if (!content)
        return std::nullopt;
    return std::move(content->bytes);
}

bool Repository::claim(const Id<Job>& id, std::string_view owner, Instant now, Instant lease_until)
{
    return tx_.execute(R"(
        UPDATE jobs_job
        SET    state = 'running', owner = $3, lease_until = $4, attempts = attempts + 1,
               started_at = COALESCE(started_at, $5)
        WHERE  organisation_id = $1 AND id = $2
        AND    (state = 'queued' OR (state = 'running' AND lease_until < $5)))",
                       organisation_, id, owner, lease_until, now) == 1;
}

Repository::Held Repository::hold(const Id<Job>& id, std::string_view owner, Instant lease_until,
                                  std::optional<int> percent, std::optional<std::string_view> stage)
{
    const auto cancel_asked =
        tx_.optional<bool>(R"(
        UPDATE jobs_job
        SET    lease_until = $4, stage = COALESCE($6, stage),
               progress = CASE WHEN progress < $5 THEN $5 ELSE progress END
        WHERE  organisation_id = $1 AND id = $2 AND state = 'running' AND owner = $3
        RETURNING cancel_asked)",
                           organisation_, id, owner, lease_until, std::int64_t{percent.value_or(0)}, stage);
    if (!cancel_asked)
        return Held::lost;
    return *cancel_asked ? Held::cancel_asked : Held::yes;
}

bool Repository::keep_checkpoint(const Id<Job>& id, std::string_view owner, const std::string& checkpoint)
{
    return tx_.execute(R"(
        UPDATE jobs_job SET checkpoint = $4
        WHERE  organisation_id = $1 AND id = $2 AND state = 'running' AND owner = $3)",
                       organisation_, id, owner, checkpoint) == 1;
}

bool Repository::finish(const Id<Job>& id, std::string_view owner, const std::string& result,
                        const std::optional<ResultFile>& file, Instant now)
{
    const bool finished = tx_.execute(R"(
        UPDATE jobs_job
        SET    state = 'done', progress = 100, result = $4, ended_at = $5, owner = NULL, lease_until = NULL,
               checkpoint = NULL
        WHERE  organisation_id = $1 AND id = $2 AND state = 'running' AND owner = $3)",
                                      organisation_, id, owner, result, now) == 1;
    if (finished && file)
        tx_.execute(R"(
            INSERT INTO jobs_file (organisation_id, job_id, name, media_type, size, sha256, content)
            VALUES ($1, $2, $3, $4, $5, $6, $7))",
                    organisation_, id, file->name, file->media_type, static_cast<std::int64_t>(file->bytes.size()),
                    sha256_hex(file->bytes), storage::Bytes{file->bytes});
    return finished;
}

bool Repository::fail(const Id<Job>& id, std::string_view owner, const Problem& problem, Instant now)
{
    FilledIn filled;
    for (const auto& [name, value] : problem.parameters)
        filled.parameters.push_back({name, value});
    return tx_.execute(R"(
        UPDATE jobs_job
        SET    state = 'failed', problem = $4, problem_parameters = $5, ended_at = $6, owner = NULL,
               lease_until = NULL, checkpoint = NULL
        WHERE  organisation_id = $1 AND id = $2 AND state = 'running' AND owner = $3)",
                       organisation_, id, owner, problem.reason.code, describe::to_json(filled), now) == 1;
}

bool Repository::stop(const Id<Job>& id, std::string_view owner, Instant now)
{
    return tx_.execute(R"(
        UPDATE jobs_job
        SET    state = 'cancelled', ended_at = $4, owner = NULL, lease_until = NULL, checkpoint = NULL
        WHERE  organisation_id = $1 AND id = $2 AND state = 'running' AND owner = $3)",
                       organisation_, id, owner, now) == 1;
}

bool Repository::hand_back(const Id<Job>& id, std::string_view owner)
{
    return tx_.execute(R"(
        UPDATE jobs_job
        SET    state = 'queued', attempts = attempts - 1, owner = NULL, lease_until = NULL
        WHERE  organisation_id = $1 AND id = $2 AND state = 'running' AND owner = $3)",
                       organisation_, id, owner) == 1;
}

void Repository::cancel(const Id<Job>& id, Instant now)
{
    tx_.execute(R"(
        UPDATE jobs_job SET state = 'cancelled', ended_at = $3, checkpoint = NULL
        WHERE  organisation_id = $1 AND id = $2 AND state = 'queued')",
                organisation_, id, now);
    tx_.execute(R"(
        UPDATE jobs_job SET cancel_asked = 1
        WHERE  organisation_id = $1 AND id = $2 AND state = 'running')",
                organisation_, id);
}

std::optional<Job> next_job(storage::Transaction& tx, Instant now,
                            const std::function<bool(std::string_view kind)>& known)
{
    tx.act_through(claim_purpose);
    using Waiting = std::tuple<OrganisationId, Id<Job>, std::string>;
    std::optional<Waiting> next;
    tx.stream<Waiting>(
        [&](Waiting waiting) {
            if (known(std::get<2>(waiting)))
                next = std::move(waiting);
            return !next;
        },
        R"(
        SELECT   organisation_id, id, kind
        FROM     jobs_job
        WHERE    state = 'queued' OR (state = 'running' AND lease_until < $1)
        ORDER BY created_at, id)",
        now);
    if (!next)
        return std::nullopt;
    return tx.one<Job>("SELECT * FROM jobs_job WHERE organisation_id = $1 AND id = $2", std::get<0>(*next),
                       std::get<1>(*next));
}

std::int64_t end_leases(storage::Transaction& tx, Instant now)
{
    tx.act_through(claim_purpose);
    return tx.execute("UPDATE jobs_job SET lease_until = $1 WHERE state = 'running'",
                      now.plus(std::chrono::microseconds{-1}));
}

std::int64_t remove_old(storage::Transaction& tx, Instant now, std::chrono::hours kept_for)
{
    const auto before = now.plus(-kept_for);
    tx.execute("DELETE FROM jobs_file WHERE job_id IN (SELECT id FROM jobs_job WHERE ended_at < $1)", before);
    return tx.execute("DELETE FROM jobs_job WHERE ended_at < $1", before);
}

} // namespace beproefd::jobs
