// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/report/routes.hpp"

namespace beproefd::quickscan {
namespace {

struct ReportQuery {
    std::optional<Text<1, 40>> theme;
};
BOOST_DESCRIBE_STRUCT(ReportQuery, (), (theme))

struct PaperQuery {
    std::optional<SizeClass> size_class;
};
BOOST_DESCRIBE_STRUCT(PaperQuery, (), (size_class))

jobs::RequestIdentity identity(const http::Request& request)
{
    return {request.idempotency_key(), request.fingerprint()};
}

} // namespace

void mount_reports(http::Router& routes, Reports& reports)
{
    routes
        .get<ReportFormats>("/api/v1/report-formats", Permission::public_,
                            [&](const http::Request& request) { return reports.formats(request.language); })
        .named("getReportFormats");
    routes
        .get<documents::Document>(
            "/api/v1/scans/{id}/report-documents/{kind}", Permission::answer_surveys,
            [&](const http::Request& request, const Id<Scan>& id, const ReportKind& kind, const ReportQuery& query) {
                return reports.document(request.actor(), id, kind,
                                        query.theme ? std::optional{query.theme->to_text()} : std::nullopt,
                                        request.language);
            })
        .named("getScanReport")
        .also_refuses(409);
    routes
        .post<ReportJob>("/api/v1/scans/{id}/reports", Permission::answer_surveys,
                         [&](const http::Request& request, const Id<Scan>& id, const ReportRequest& wanted) {
                             return reports.begin(request.actor(), id, wanted, request.language, identity(request));
                         })
        .named("startScanReport")
        .status(202);
    routes
        .get<documents::Document>("/api/v1/council-scans/{id}/report-document", Permission::read_council,
                                  [&](const http::Request& request, const Id<Scan>& id) {
                                      return reports.council_document(request.actor(), id, request.language);
                                  })
        .named("getCouncilReport")
        .also_refuses(409);
    routes
        .post<ReportJob>("/api/v1/council-scans/{id}/reports", Permission::read_council,
                         [&](const http::Request& request, const Id<Scan>& id, const CouncilReportRequest& wanted) {
                             return reports.begin_council(request.actor(), id, wanted, request.language,
                                                          identity(request));
                         })
        .named("startCouncilReport")
        .status(202);
    routes
        .file("/api/v1/instruments/{key}/versions/{version}/paper-form", Permission::public_,
              "application/vnd.oasis.opendocument.text",
              [&](const http::Request& request, const std::string& key, const std::int64_t& version,
                  const PaperQuery& query) -> Result<http::Response> {
                  if (version < 1 || version > 1'000'000)
                      return not_found();
                  const auto file = reports.paper(key, static_cast<int>(version), query.size_class, request.language);
                  if (!file)
                      return file.error();
                  http::Response response;
                  response.body = file->bytes;
                  response.with("content-type", file->media_type);
                  response.with("content-disposition", fmt::format("attachment; filename=\"{}\"", file->name));
                  return response;
              })
        .named("getPaperForm");
}

} // namespace beproefd::quickscan
