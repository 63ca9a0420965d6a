// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/jobs/routes.hpp"

namespace beproefd::jobs {
namespace {

struct JobView {
    static constexpr auto schema_name = "Job";
    Id<Job> id;
    std::string kind;
    State state = State::queued;
    std::int64_t progress = 0;
    std::optional<std::string> result{};
    std::optional<std::string> problem{};
    Instant created_at;
    std::optional<Instant> started_at{};
    std::optional<Instant> ended_at{};
};
BOOST_DESCRIBE_STRUCT(JobView, (), (id, kind, state, progress, result, problem, created_at, started_at, ended_at))

} // namespace

void mount(http::Router& routes, Runner& jobs)
{
    routes
        .get<JobView>("/api/v1/jobs/{id}", Permission::signed_in,
                      [&](const http::Request& request, const Id<Job>& id) -> Result<JobView> {
                          const auto job = jobs.job(request.actor(), id);
                          if (!job)
                              return job.error();
                          return JobView{.id = job->id,
                                         .kind = job->kind,
                                         .state = job->state,
                                         .progress = job->progress,
                                         .result = job->result,
                                         .problem = problem_sentence(*job, request.language),
                                         .created_at = job->created_at,
                                         .started_at = job->started_at,
                                         .ended_at = job->ended_at};
                      })
        .named("getJob");
    routes
        .delete_<Done>("/api/v1/jobs/{id}", Permission::signed_in,
                       [&](const http::Request& request, const Id<Job>& id) -> Result<Done> {
                           return jobs.cancel(request.actor(), id);
                       })
        .named("cancelJob")
        .status(204)
        .without_if_match();
}

} // namespace beproefd::jobs
