// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/jobs/routes.hpp"

namespace beproefd::jobs {
namespace {

struct JobFile {
    std::string name;
    std::string media_type;
    std::int64_t size = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(JobFile, (), (name, media_type, size, sha256))

struct JobView {
    static constexpr auto schema_name = "Job";
    Id<Job> id;
    std::string kind;
    State state = State::queued;
    std::int64_t progress = 0;
    std::optional<std::string> stage{};
    std::optional<std::string> stage_text{};
    std::int64_t attempts = 0;
    std::optional<std::string> result{};
    std::optional<JobFile> file{};
    std::optional<std::string> problem{};
    Instant created_at;
    std::optional<Instant> started_at{};
    std::optional<Instant> ended_at{};
};
BOOST_DESCRIBE_STRUCT(JobView, (),
                      (id, kind, state, progress, stage, stage_text, attempts, result, file, problem, created_at,
                       started_at, ended_at))

/// Seconds until it is worth while to ask again.
constexpr std::string_view ask_again = "1";

} // namespace

void mount(http::Router& routes, Runner& jobs)
{
    routes
        .get<JobView>("/api/v1/jobs/{id}", Permission::signed_in,
                      [&](const http::Request& request, const Id<Job>& id) -> Result<http::WithHeaders<JobView>> {
                          const auto job = jobs.job(request.actor(), id);
                          if (!job)
                              return job.error();
                          http::WithHeaders<JobView> answer{
                              JobView{.id = job->id,
                                      .kind = job->kind,
                                      .state = job->state,
                                      .progress = job->progress,
                                      .stage = job->stage.empty() ? std::nullopt : std::optional{job->stage},
                                      .stage_text = stage_sentence(*job, request.language),
                                      .attempts = job->attempts,
                                      .result = job->result,
                                      .problem = problem_sentence(*job, request.language),
                                      .created_at = job->created_at,
                                      .started_at = job->started_at,
                                      .ended_at = job->ended_at}};
                          if (const auto file = jobs.file(request.actor(), id))
                              answer.value.file = JobFile{file->name, file->media_type, file->size, file->sha256};
                          if (!job->ended())
                              answer.headers.push_back({"retry-after", std::string{ask_again}});
                          return answer;
                      })
        .named("getJob");
    routes
        .file("/api/v1/jobs/{id}/file", Permission::signed_in, "application/octet-stream",
              [&](const http::Request& request, const Id<Job>& id) -> Result<http::Response> {
                  auto file = jobs.file_with_content(request.actor(), id);
                  if (!file)
                      return file.error();
                  http::Response response;
                  response.body = std::move(file->bytes);
                  response.with("content-type", std::move(file->media_type));
                  response.with("content-disposition", fmt::format("attachment; filename=\"{}\"", file->name));
                  return response;
              })
        .also_gives({"application/pdf", "application/json", "application/zip", "text/csv; charset=utf-8",
                     "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
                     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
        .named("getJobFile");
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
