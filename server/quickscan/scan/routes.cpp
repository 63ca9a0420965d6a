// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/routes.hpp"

#include "platform/screening/routes.hpp"
#include "quickscan/scan/proof_file.hpp"

namespace beproefd::quickscan {
namespace {

using http::Query;
using http::Reply;
using http::Request;
using http::WithHeaders;

struct CouncilSharing {
    bool shared = true;
};
BOOST_DESCRIBE_STRUCT(CouncilSharing, (), (shared))

auth::RequestIdentity identity(const Request& request) { return {request.idempotency_key(), request.fingerprint()}; }

/// Never shown by the browser as a page of ours: it is saved, its type is not guessed, and nothing in it runs.
Result<http::Response> attachment(Result<FileContent> content)
{
    if (!content)
        return content.error();
    http::Response response;
    response.body = std::move(content->bytes);
    response.with("content-type", content->file.media_type);
    response.with("content-disposition",
                  fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}",
                              http::ascii_file_name(content->file.name), http::percent_encoded(content->file.name)));
    response.with("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
    response.with("cache-control", "no-store");
    return response;
}

std::string cookie(const Request& request, std::string_view token, std::string_view more)
{
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", link_cookie_name(request.secure), token,
                       request.secure ? "; Secure" : "", more);
}

const std::vector<std::string>& file_types()
{
    static const std::vector<std::string> types{
        "application/octet-stream",
        "application/pdf",
        "image/png",
        "image/jpeg",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    return types;
}

/// What an account does as a respondent of a scan, and what a guest does with the one scan there is for a guest.
constexpr auto no_scan = std::nullopt;

void mount_scan(http::Router& routes, Service& scans)
{
    routes
        .get<LifeCycleView>("/api/v1/scan-life-cycle", Permission::public_,
                            [](const Request&) {
                                const auto all = life_cycle();
                                return LifeCycleView{{all.begin(), all.end()}};
                            })
        .named("getScanLifeCycle")
        .at_once();
    routes
        .get<ScanList>("/api/v1/scans", Permission::answer_surveys,
                       [&](const Request& request) { return scans.scans(request.actor()); })
        .named("listScans");
    routes
        .post<ScanView>("/api/v1/scans", Permission::edit_content,
                        [&](const Request& request, const NewScan& scan) {
                            return scans.create(request.actor(), scan, identity(request));
                        })
        .named("createScan");
    routes
        .get<ScanView>("/api/v1/scans/{id}", Permission::answer_surveys,
                       [&](const Request& request, const Id<Scan>& id) { return scans.scan(request.actor(), id); })
        .named("getScan");
    routes
        .patch<ScanView>("/api/v1/scans/{id}", Permission::edit_content,
                         [&](const Request& request, const Id<Scan>& id, const ScanChange& change) {
                             return scans.change(request.actor(), id, *request.if_match_version(), change);
                         })
        .named("changeScan");
    routes
        .delete_<Done>("/api/v1/scans/{id}", Permission::edit_content,
                       [&](const Request& request, const Id<Scan>& id) -> Result<Done> {
                           return scans.remove_draft(request.actor(), id, *request.if_match_version());
                       })
        .named("removeDraftScan");
    routes
        .compute<ScanView>("/api/v1/scans/{id}/transitions", Permission::edit_content,
                           [&](const Request& request, const Id<Scan>& id, const TransitionRequest& step) {
                               return scans.step(request.actor(), id, *request.if_match_version(), step);
                           })
        .named("stepScan")
        .with_if_match();
    routes
        .put<ScanView>("/api/v1/scans/{id}/participants", Permission::edit_content,
                       [&](const Request& request, const Id<Scan>& id, const ParticipantsInput& input) {
                           return scans.set_participants(request.actor(), id, *request.if_match_version(), input);
                       })
        .named("setScanParticipants");
    routes
        .compute<ScanView>("/api/v1/scans/{id}/council-sharing", Permission::edit_content,
                           [&](const Request& request, const Id<Scan>& id, const CouncilSharing& sharing) {
                               return scans.share_with_council(request.actor(), id, *request.if_match_version(),
                                                               sharing.shared);
                           })
        .named("shareScanWithCouncil")
        .with_if_match();
}

void mount_respondents(http::Router& routes, Service& scans)
{
    routes
        .get<RespondentList>(
            "/api/v1/scans/{id}/respondents", Permission::edit_content,
            [&](const Request& request, const Id<Scan>& id) { return scans.respondents(request.actor(), id); })
        .named("listRespondents");
    routes
        .post<RespondentView>("/api/v1/scans/{id}/respondents", Permission::edit_content,
                              [&](const Request& request, const Id<Scan>& id, const NewRespondent& respondent) {
                                  return scans.invite(request.actor(), id, respondent, identity(request));
                              })
        .named("inviteRespondent")
        .stands_at("/api/v1/respondents/");
    routes
        .get<RespondentView>(
            "/api/v1/respondents/{id}", Permission::edit_content,
            [&](const Request& request, const Id<Respondent>& id) { return scans.respondent(request.actor(), id); })
        .named("getRespondent");
    routes
        .get<ColleagueList>("/api/v1/colleagues", Permission::edit_content,
                            [&](const Request& request) { return scans.colleagues(request.actor()); })
        .named("listColleagues");
    routes
        .compute<RespondentView>(
            "/api/v1/respondents/{id}/revocations", Permission::edit_content,
            [&](const Request& request, const Id<Respondent>& id) { return scans.revoke(request.actor(), id); })
        .named("revokeRespondent");
    // Not a record to be kept or repeated: the link is told once and stored nowhere.
    routes
        .compute<RespondentView>(
            "/api/v1/respondents/{id}/links", Permission::edit_content,
            [&](const Request& request, const Id<Respondent>& id) { return scans.new_link(request.actor(), id); })
        .named("renewRespondentLink");

    routes
        .compute<RespondentSession>(
            "/api/v1/respondent-sessions", Permission::public_,
            [&](const Request& request, const LinkToken& link) -> Result<WithHeaders<RespondentSession>> {
                auto opened = scans.open_link(link.token.to_text(), request.remote_address);
                if (!opened)
                    return opened.error();
                return WithHeaders<RespondentSession>{opened->session,
                                                      {{"set-cookie", cookie(request, opened->token, "")}}};
            })
        .named("openRespondentLink")
        .status(201);
    routes
        .delete_<Done>("/api/v1/respondent-sessions/current", Permission::answer_own,
                       [&](const Request& request) -> Result<WithHeaders<Done>> {
                           const auto token = request.cookie(link_cookie_name(request.secure)).value_or("");
                           if (auto done = scans.end_session(request.actor(), token); !done)
                               return done.error();
                           return WithHeaders<Done>{{},
                                                    {{"set-cookie", cookie(request, "", "; Max-Age=0")},
                                                     {"clear-site-data", "\"cache\", \"storage\""}}};
                       })
        .named("closeRespondentLink")
        .without_if_match();
}

void mount_own_answers(http::Router& routes, Service& scans)
{
    constexpr auto account = Permission::answer_surveys;
    constexpr auto guest = Permission::answer_own;

    routes
        .get<OwnAnswers>(
            "/api/v1/scans/{id}/own-answers", account,
            [&](const Request& request, const Id<Scan>& id) { return scans.own_answers(request.actor(), id); })
        .named("getOwnAnswers")
        .also_refuses(409);
    routes
        .get<OwnAnswers>("/api/v1/respondent/scan", guest,
                         [&](const Request& request) { return scans.own_answers(request.actor(), no_scan); })
        .named("getRespondentScan")
        .also_refuses(409);

    // The worker is free while the answer goes to disk with those of others.
    routes
        .put<AnswerView>("/api/v1/scans/{id}/own-answers/{question}", account,
                         [&](const Request& request, const Id<Scan>& id, const std::string& question,
                             const AnswerInput& input, Reply<AnswerView> reply) {
                             scans.put_answer_later(request.actor(), id, question, request.if_match_version(), input,
                                                    reply.told());
                         })
        .named("putOwnAnswer")
        .if_match_when_there();
    routes
        .put<AnswerView>("/api/v1/respondent/answers/{question}", guest,
                         [&](const Request& request, const std::string& question, const AnswerInput& input,
                             Reply<AnswerView> reply) {
                             scans.put_answer_later(request.actor(), no_scan, question, request.if_match_version(),
                                                    input, reply.told());
                         })
        .named("putRespondentAnswer")
        .if_match_when_there();

    routes
        .delete_<Done>("/api/v1/scans/{id}/own-answers/{question}", account,
                       [&](const Request& request, const Id<Scan>& id, const std::string& question) -> Result<Done> {
                           return scans.remove_answer(request.actor(), id, question, *request.if_match_version());
                       })
        .named("removeOwnAnswer");
    routes
        .delete_<Done>("/api/v1/respondent/answers/{question}", guest,
                       [&](const Request& request, const std::string& question) -> Result<Done> {
                           return scans.remove_answer(request.actor(), no_scan, question,
                                                      *request.if_match_version());
                       })
        .named("removeRespondentAnswer");

    routes
        .post<ProofFileView>("/api/v1/scans/{id}/own-answers/{question}/files", account,
                             [&](const Request& request, const Id<Scan>& id, const std::string& question,
                                 const Query<FileName>& name) {
                                 return scans.add_file(request.actor(), id, question, *name, request.body,
                                                       identity(request));
                             })
        .named("addOwnProofFile")
        .stands_at("/api/v1/proof-files/")
        .accepts(file_types())
        .body_limit(largest_proof_file);
    routes
        .post<ProofFileView>("/api/v1/respondent/answers/{question}/files", guest,
                             [&](const Request& request, const std::string& question, const Query<FileName>& name) {
                                 return scans.add_file(request.actor(), no_scan, question, *name, request.body,
                                                       identity(request));
                             })
        .named("addRespondentProofFile")
        .stands_at("/api/v1/respondent/proof-files/")
        .accepts(file_types())
        .body_limit(largest_proof_file);

    routes
        .compute<OwnAnswers>("/api/v1/scans/{id}/own-answers/submission", account,
                             [&](const Request& request, const Id<Scan>& id, const Submission& submission) {
                                 return scans.submit(request.actor(), id, submission);
                             })
        .named("submitOwnAnswers");
    routes
        .compute<OwnAnswers>("/api/v1/respondent/submission", guest,
                             [&](const Request& request, const Submission& submission) {
                                 return scans.submit(request.actor(), no_scan, submission);
                             })
        .named("submitRespondentAnswers");

    routes
        .file("/api/v1/proof-files/{id}", account, "application/octet-stream",
              [&](const Request& request, const Id<ProofFile>& id) {
                  return attachment(scans.file(request.actor(), id));
              })
        .named("getProofFile")
        .also_gives({file_types().begin() + 1, file_types().end()})
        .also_refuses(409);
    routes
        .file("/api/v1/respondent/proof-files/{id}", guest, "application/octet-stream",
              [&](const Request& request, const Id<ProofFile>& id) {
                  return attachment(scans.file(request.actor(), id));
              })
        .named("getRespondentProofFile")
        .also_gives({file_types().begin() + 1, file_types().end()})
        .also_refuses(409);

    // What an account asks at /text-screenings (platform/screening), a guest asks here.
    routes
        .compute<screening::TextScreening>("/api/v1/respondent/text-screenings", guest,
                                           [](const Request& request, const screening::TextToScreen& body) {
                                               return screening::explain(body.text, request.language);
                                           })
        .named("screenRespondentText");
}

void mount_settling(http::Router& routes, Service& scans)
{
    routes
        .get<RoundComparison>(
            "/api/v1/scans/{id}/comparison", Permission::answer_surveys,
            [&](const Request& request, const Id<Scan>& id) { return scans.comparison(request.actor(), id); })
        .named("getScanComparison")
        .also_refuses(409);
    routes
        .get<SettledList>(
            "/api/v1/scans/{id}/settled-answers", Permission::answer_surveys,
            [&](const Request& request, const Id<Scan>& id) { return scans.settled(request.actor(), id); })
        .named("listSettledAnswers");
    routes
        .put<SettledView>(
            "/api/v1/scans/{id}/settled-answers/{question}", Permission::edit_content,
            [&](const Request& request, const Id<Scan>& id, const std::string& question, const AnswerInput& input) {
                return scans.put_settled(request.actor(), id, question, request.if_match_version(), input);
            })
        .named("settleQuestion")
        .if_match_when_there();
    routes
        .post<ProofFileView>("/api/v1/scans/{id}/settled-answers/{question}/files", Permission::edit_content,
                             [&](const Request& request, const Id<Scan>& id, const std::string& question,
                                 const Query<FileName>& name) {
                                 return scans.add_settled_file(request.actor(), id, question, *name, request.body,
                                                               identity(request));
                             })
        .named("addSettledProofFile")
        .stands_at("/api/v1/proof-files/")
        .accepts(file_types())
        .body_limit(largest_proof_file);
    routes
        .get<ScanResult>(
            "/api/v1/scans/{id}/result", Permission::answer_surveys,
            [&](const Request& request, const Id<Scan>& id) { return scans.result(request.actor(), id); })
        .named("getScanResult")
        .also_refuses(409);

    routes
        .get<CouncilScanList>("/api/v1/council-scans", Permission::read_council,
                              [&](const Request& request) { return scans.shared_scans(request.actor()); })
        .named("listCouncilScans");
    routes
        .get<ScanResult>(
            "/api/v1/council-scans/{id}/result", Permission::read_council,
            [&](const Request& request, const Id<Scan>& id) { return scans.shared_result(request.actor(), id); })
        .named("getCouncilScanResult")
        .also_refuses(409);
    routes
        .get<CouncilActionList>(
            "/api/v1/council-scans/{id}/actions", Permission::read_council,
            [&](const Request& request, const Id<Scan>& id) { return scans.shared_actions(request.actor(), id); })
        .named("listCouncilScanActions");
}

void mount_actions(http::Router& routes, Service& scans)
{
    routes
        .get<ActionList>(
            "/api/v1/scans/{id}/actions", Permission::answer_surveys,
            [&](const Request& request, const Id<Scan>& id) { return scans.actions(request.actor(), id); })
        .named("listScanActions");
    routes
        .post<ActionView>("/api/v1/scans/{id}/actions", Permission::edit_content,
                          [&](const Request& request, const Id<Scan>& id, const NewAction& action) {
                              return scans.add_action(request.actor(), id, action, identity(request));
                          })
        .named("addScanAction")
        .stands_at("/api/v1/actions/");
    routes
        .get<ActionView>(
            "/api/v1/actions/{id}", Permission::answer_surveys,
            [&](const Request& request, const Id<Action>& id) { return scans.action(request.actor(), id); })
        .named("getAction");
    routes
        .get<ActionList>("/api/v1/actions", Permission::answer_surveys,
                         [&](const Request& request, const ActionQuery& query) {
                             return scans.all_actions(request.actor(), query);
                         })
        .named("listActions");
    routes
        .patch<ActionView>("/api/v1/actions/{id}", Permission::edit_content,
                           [&](const Request& request, const Id<Action>& id, const ActionChange& change) {
                               return scans.change_action(request.actor(), id, *request.if_match_version(), change);
                           })
        .named("changeAction");
    routes
        .post<ProofFileView>("/api/v1/actions/{id}/files", Permission::edit_content,
                             [&](const Request& request, const Id<Action>& id, const Query<FileName>& name) {
                                 return scans.add_action_file(request.actor(), id, *name, request.body,
                                                              identity(request));
                             })
        .named("addActionProofFile")
        .stands_at("/api/v1/proof-files/")
        .accepts(file_types())
        .body_limit(largest_proof_file);
    routes
        .get<WorkList>("/api/v1/work-items", Permission::signed_in,
                       [&](const Request& request) { return scans.work(request.actor()); })
        .named("listWorkItems");
}

} // namespace

std::string link_cookie_name(bool secure) { return secure ? "__Host-beproefd-respondent" : "beproefd-respondent"; }

Result<std::shared_ptr<const Actor>> LinkAuthenticator::identify(const http::Request& request)
{
    const auto token = request.cookie(link_cookie_name(request.secure));
    if (!token)
        return std::shared_ptr<const Actor>{};
    return std::shared_ptr<const Actor>{std::make_shared<Actor>(scans_.authenticate(*token))};
}

void mount_scans(http::Router& routes, Service& scans)
{
    mount_scan(routes, scans);
    mount_respondents(routes, scans);
    mount_own_answers(routes, scans);
    mount_settling(routes, scans);
    mount_actions(routes, scans);
}

} // namespace beproefd::quickscan
