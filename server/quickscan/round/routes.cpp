// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/routes.hpp"

#include "platform/describe/json.hpp"
#include "quickscan/round/texts.hpp"

namespace beproefd::quickscan::national {
namespace {

http::Response exported(const Picture& picture, const PictureExportQuery& query, describe::Language language)
{
    Picture chosen = picture;
    if (query.item)
        std::erase_if(chosen.items, [&](const ItemView& item) { return item.key != query.item->to_text(); });
    std::string name = texts()("sheet.file", language, {{"day", chosen.round.published_on.to_text()}});
    if (chosen.round.demonstration)
        name = texts()("sheet.example_file", language, {{"name", name}});
    const auto file = [&](std::string body, std::string type, std::string_view ending) {
        http::Response response;
        response.body = std::move(body);
        response.with("content-type", std::move(type));
        response.with("content-disposition", fmt::format("attachment; filename=\"{}.{}\"", name, ending));
        return response;
    };
    switch (query.format.value_or(ExportFormat::csv)) {
    case ExportFormat::json:
        return file(describe::to_json(chosen), "application/json", "json");
    case ExportFormat::xlsx:
        return file(documents::to_xlsx({sheet_of(chosen, language)}),
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
    case ExportFormat::csv:
        break;
    }
    return file(documents::to_csv(sheet_of(chosen, language)), "text/csv; charset=utf-8", "csv");
}

} // namespace

void mount(http::Router& routes, Service& national)
{
    using http::Request;
    constexpr auto manager = Permission::manage_surveys;
    const auto identity = [](const Request& request) {
        return RequestIdentity{request.idempotency_key(), request.fingerprint()};
    };

    routes
        .get<RoundList>("/api/v1/survey-rounds", manager,
                        [&](const Request& request) { return national.rounds(request.actor()); })
        .named("listSurveyRounds");
    routes
        .post<RoundView>("/api/v1/survey-rounds", manager,
                         [&national, identity](const Request& request, const NewRound& wanted) {
                             return national.create(request.actor(), wanted, identity(request));
                         })
        .named("createSurveyRound");
    routes
        .get<RoundView>(
            "/api/v1/survey-rounds/{id}", manager,
            [&](const Request& request, const Id<SurveyRound>& id) { return national.round(request.actor(), id); })
        .named("getSurveyRound");
    routes
        .patch<RoundView>("/api/v1/survey-rounds/{id}", manager,
                          [&](const Request& request, const Id<SurveyRound>& id, const RoundChange& change) {
                              return national.change(request.actor(), id, *request.if_match_version(), change);
                          })
        .named("changeSurveyRound");
    routes
        .put<RoundView>("/api/v1/survey-rounds/{id}/state", manager,
                        [&](const Request& request, const Id<SurveyRound>& id, const RoundTransition& transition) {
                            return national.move(request.actor(), id, *request.if_match_version(), transition);
                        })
        .named("moveSurveyRound");
    routes
        .put<Picture>(
            "/api/v1/survey-rounds/{id}/publication-preview", manager,
            [&](const Request& request, const Id<SurveyRound>& id) { return national.preview(request.actor(), id); })
        .named("previewPublication")
        .without_if_match();

    routes
        .get<HandInPreview>("/api/v1/scans/{id}/hand-in-preview", Permission::edit_content,
                            [&](const Request& request, const std::string& id) {
                                return national.hand_in_preview(request.actor(), id);
                            })
        .named("previewHandIn");
    routes
        .post<HandInView>(
            "/api/v1/survey-rounds/{id}/hand-ins", Permission::edit_content,
            [&national, identity](const Request& request, const Id<SurveyRound>& id, const NewHandIn& wanted) {
                return national.hand_in(request.actor(), id, wanted, identity(request));
            })
        .named("handIn");
    routes
        .get<HandInView>("/api/v1/survey-rounds/{id}/hand-ins/{handIn}", Permission::edit_content,
                         [&](const Request& request, const Id<SurveyRound>& id, const Id<HandIn>& hand_in) {
                             return national.handed_in(request.actor(), id, hand_in);
                         })
        .named("getHandIn");
    routes
        .delete_<Done>(
            "/api/v1/survey-rounds/{id}/hand-ins/{handIn}", Permission::edit_content,
            [&](const Request& request, const Id<SurveyRound>& id, const Id<HandIn>& hand_in) -> Result<Done> {
                return national.withdraw(request.actor(), id, hand_in);
            })
        .named("withdrawHandIn")
        .without_if_match();
    routes
        .get<Peers>(
            "/api/v1/scans/{id}/peers", Permission::answer_surveys,
            [&](const Request& request, const std::string& id) { return national.peers(request.actor(), id); })
        .named("getPeers");

    routes
        .get<PictureList>("/api/v1/national-pictures", Permission::public_,
                          [&](const Request&, const PictureQuery& query) { return national.pictures(query); })
        .named("listNationalPictures");
    routes
        .get<Picture>("/api/v1/national-pictures/{id}", Permission::public_,
                      [&](const Request&, const Id<SurveyRound>& round) { return national.picture(round); })
        .named("getNationalPicture");
    routes
        .get<Overview>("/api/v1/national-overviews/{instrument}", Permission::public_,
                       [&](const Request&, const std::string& instrument) { return national.overview(instrument); })
        .named("getNationalOverview");
    routes
        .file("/api/v1/national-pictures/{id}/file", Permission::public_, "text/csv; charset=utf-8",
              [&](const Request& request, const Id<SurveyRound>& round,
                  const PictureExportQuery& query) -> Result<http::Response> {
                  const auto picture = national.picture(round);
                  if (!picture)
                      return picture.error();
                  return exported(*picture, query, request.language);
              })
        .also_gives({"application/json", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
        .named("exportNationalPicture");
}

} // namespace beproefd::quickscan::national
