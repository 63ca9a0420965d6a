// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/routes.hpp"

#include "figures/inspect.hpp"
#include "platform/describe/json.hpp"
#include "platform/documents/table.hpp"

namespace beproefd::figures {
namespace {

/// Asks the catalogue, or passes on why there is none.
template<class T, class Ask>
Result<T> asked(Service& figures, Ask ask)
{
    const auto catalogue = figures.catalogue();
    if (!catalogue)
        return catalogue.error();
    return ask(**catalogue);
}

Result<http::Response> exported(const Catalogue& catalogue, const ExportQuery& query)
{
    const auto selection = catalogue.selection(query);
    const auto file = [](std::string body, std::string type, std::string name) {
        http::Response response;
        response.body = std::move(body);
        response.with("content-type", std::move(type));
        response.with("content-disposition", fmt::format("attachment; filename=\"{}\"", name));
        return response;
    };
    switch (query.format.value_or(ExportFormat::csv)) {
    case ExportFormat::json:
        return file(describe::to_json(selection), "application/json", "cijfers.json");
    case ExportFormat::xlsx:
        return file(documents::to_xlsx({catalogue.sheet(selection)}),
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "cijfers.xlsx");
    case ExportFormat::csv:
        break;
    }
    return file(documents::to_csv(catalogue.sheet(selection)), "text/csv; charset=utf-8", "cijfers.csv");
}

} // namespace

void mount(http::Router& routes, Service& figures)
{
    constexpr auto anyone = Permission::public_;

    routes
        .get<DocumentList>("/api/v1/documents", anyone,
                           [&](const http::Request&) {
                               return asked<DocumentList>(figures,
                                                          [](const Catalogue& all) { return all.documents(); });
                           })
        .named("listDocuments");
    routes
        .get<Document>("/api/v1/documents/{id}", anyone,
                       [&](const http::Request&, const std::string& id) {
                           return asked<Document>(figures, [&](const Catalogue& all) { return all.document(id); });
                       })
        .named("getDocument");

    routes
        .get<FigurePage>("/api/v1/figures", anyone,
                         [&](const http::Request&, const FigureQuery& query) {
                             return asked<FigurePage>(figures,
                                                      [&](const Catalogue& all) { return all.figures(query); });
                         })
        .named("listFigures");
    routes
        .get<FigureDetail>("/api/v1/figures/{key}", anyone,
                           [&](const http::Request&, const std::string& key) {
                               return asked<FigureDetail>(figures,
                                                          [&](const Catalogue& all) { return all.figure(key); });
                           })
        .named("getFigure");
    routes
        .file("/api/v1/figure-export", anyone, "text/csv; charset=utf-8",
              [&](const http::Request&, const ExportQuery& query) {
                  return asked<http::Response>(figures, [&](const Catalogue& all) { return exported(all, query); });
              })
        .also_gives({"application/json", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
        .named("exportFigures");

    routes
        .get<TableList>("/api/v1/tables", anyone,
                        [&](const http::Request&) {
                            return asked<TableList>(figures, [](const Catalogue& all) { return all.tables(); });
                        })
        .named("listTables");
    routes
        .get<PublishedTable>("/api/v1/tables/{key}", anyone,
                             [&](const http::Request&, const std::string& key) {
                                 return asked<PublishedTable>(figures,
                                                              [&](const Catalogue& all) { return all.table(key); });
                             })
        .named("getTable");

    routes
        .get<CheckReport>("/api/v1/checks", anyone,
                          [&](const http::Request&) {
                              return asked<CheckReport>(figures, [](const Catalogue& all) { return all.checks(); });
                          })
        .named("listChecks");
    routes
        .get<FindingReport>("/api/v1/findings", anyone,
                            [&](const http::Request&, const FindingQuery& query) {
                                return asked<FindingReport>(
                                    figures, [&](const Catalogue& all) { return all.findings(query); });
                            })
        .named("listFindings");
    routes
        .get<Finding>("/api/v1/findings/{id}", anyone,
                      [&](const http::Request&, const std::string& id) {
                          return asked<Finding>(figures, [&](const Catalogue& all) { return all.finding(id); });
                      })
        .named("getFinding");

    routes
        .get<ClusterOverview>("/api/v1/clusters", anyone,
                              [&](const http::Request&) {
                                  return asked<ClusterOverview>(figures,
                                                                [](const Catalogue& all) { return all.clusters(); });
                              })
        .named("listClusters");
    routes
        .get<ClusterFactsheet>("/api/v1/clusters/{key}", anyone,
                               [&](const http::Request&, const std::string& key) {
                                   return asked<ClusterFactsheet>(
                                       figures, [&](const Catalogue& all) { return all.cluster(key); });
                               })
        .named("getCluster");

    routes
        .compute<TableInspection>(
            "/api/v1/table-inspections", anyone,
            [](const http::Request&, const TableInspectionRequest& request) { return inspect(request); })
        .named("inspectTable")
        .body_limit(4 * CsvText::maximum);
}

} // namespace beproefd::figures
