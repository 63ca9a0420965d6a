// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// What follows from one line in routes.cpp: checks, JSON, refusals, the OpenAPI document, files. On a real socket.

#include "platform/core/temporary_folder.hpp"
#include "platform/http/compression.hpp"
#include "platform/http/router.hpp"
#include "platform/http/test_client.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <mutex>
#include <thread>

namespace beproefd::http::test {

enum class Status { open, done };
BOOST_DESCRIBE_ENUM(Status, open, done)

struct Note {
    Id<Note> id;
    Text<1, 20> title;
    Status status = Status::open;
    std::optional<Day> due_on{};
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, title, status, due_on, row_version))

struct NewNote {
    Text<1, 20> title;
    std::optional<Day> due_on;
};
BOOST_DESCRIBE_STRUCT(NewNote, (), (title, due_on))

struct NoteFilter {
    std::optional<Whole<1, 100>> limit;
    std::optional<Status> status;
    std::optional<std::string> title_part;
    std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(NoteFilter, (), (limit, status, title_part, tags))

struct Echoed {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Echoed, (), (text))

} // namespace beproefd::http::test

namespace beproefd::http {
namespace {

using test::Answer;
using test::Echoed;
using test::NewNote;
using test::Note;
using test::NoteFilter;
using test::RawClient;

const auto note_id = "0193a5c0-0000-7000-8000-000000000001";

/// Who sends the cookie session=reader may read, session=writer may also edit; session=newcomer must choose a
/// password.
class CookieAuthenticator final : public Authenticator
{
public:
    Result<std::shared_ptr<const Actor>> identify(const Request& request) override
    {
        const auto session = request.cookie("session");
        if (session == "newcomer")
            return std::make_shared<const Actor>(Id<Account>::create(), Id<Organisation>::create(),
                                                 std::vector{Role::colleague}, PermissionSet{}, true);
        if (!session || (*session != "reader" && *session != "writer"))
            return std::shared_ptr<const Actor>{};
        PermissionSet permissions{Permission::read_content};
        if (*session == "writer")
            permissions.add(Permission::edit_content);
        return std::make_shared<const Actor>(Id<Account>::create(), Id<Organisation>::create(),
                                             std::vector{Role::colleague}, permissions);
    }
};

class Routes : public testing::Test
{
protected:
    Routes()
    {
        const auto note = [](std::int64_t version) {
            return Note{.id = *Id<Note>::from_text(note_id),
                        .title = *Text<1, 20>::from_text("Café"),
                        .row_version = version};
        };
        router.authenticate_with(authenticator);
        router.get<std::vector<Note>>("/api/v1/notes", Permission::read_content,
                                      [note](const Request&, const NoteFilter&) { return std::vector{note(3)}; });
        router.get<Echoed>("/api/v1/echoes", Permission::public_, [](const Request&, const NoteFilter& filter) {
            return Echoed{fmt::format("{} {} {} {}", filter.limit ? filter.limit->value() : 0,
                                      filter.status == test::Status::done, filter.title_part.value_or("-"),
                                      filter.tags.size())};
        });
        router.get<Note>("/api/v1/notes/{id}", Permission::read_content,
                         [note](const Request&, const Id<Note>& id) -> Result<Note> {
                             if (id.to_text() != note_id)
                                 return not_found();
                             return note(7);
                         });
        router
            .post<Note>("/api/v1/notes", Permission::edit_content,
                        [note](const Request& request, const NewNote& input) -> Result<Note> {
                            if (input.title.to_text() == "taken")
                                return refuse(Reason{"stale", "Awb art. 4:25 lid 2"});
                            auto created = note(1);
                            created.title = input.title;
                            EXPECT_EQ(request.idempotency_key(), "key-12345678");
                            return created;
                        })
            .body_limit(1000);
        router.put<Note>("/api/v1/notes/{id}", Permission::edit_content,
                         [note](const Request& request, const Id<Note>&, const NewNote&) -> Result<Note> {
                             if (request.if_match_version() != 7)
                                 return stale();
                             return note(8);
                         });
        router.delete_("/api/v1/notes/{id}", Permission::edit_content,
                       [](const Request&, const Id<Note>&) -> Result<void> { return {}; });
        router.get<Echoed>("/api/v1/notes/newest", Permission::public_,
                           [](const Request&) { return Echoed{"newest"}; });
        router.compute<Echoed>("/api/v1/sums", Permission::public_, [](const Request&, const Echoed& in) {
            return Echoed{std::string(3000, 'x') + in.text};
        });
        router.compute<Echoed>("/api/v1/later", Permission::public_,
                               [](const Request&, const Echoed& in, Reply<Echoed> reply) {
                                   std::thread{[in, reply] { reply(Echoed{"later " + in.text}); }}.detach();
                               });
        router
            .compute<Echoed>("/api/v1/cookies", Permission::public_,
                             [](const Request&, const Echoed& in) -> Result<WithHeaders<Echoed>> {
                                 return WithHeaders<Echoed>{in, {{"set-cookie", "session=reader"}}};
                             })
            .status(201);
        router
            .delete_<Done>(
                "/api/v1/cookies", Permission::public_,
                [](const Request&) { return WithHeaders<Done>{{}, {{"set-cookie", "session=; Max-Age=0"}}}; })
            .without_if_match();
        router.get<Echoed>("/api/v1/broken", Permission::public_,
                           [](const Request&) -> Result<Echoed> { throw std::runtime_error("secret table name"); });
        router.get<Echoed>("/api/v1/limits", Permission::public_, [](const Request&) -> Result<Echoed> {
            return Problem{
                .kind = ProblemKind::too_many, .reason = {"too-many-requests", ""}, .retry_after_seconds = 7};
        });
        router.file("/api/v1/notes/export.csv", Permission::public_, "text/csv; charset=utf-8", [](const Request&) {
            return Response{.status = 200, .body = "a,b\r\n"}.with("content-disposition", "attachment");
        });
    }

    Answer ask(std::string_view method, std::string_view path, std::string_view headers = {},
               std::string_view body = {})
    {
        if (!server) {
            server.emplace(options, router);
            if (!server->start())
                throw std::runtime_error("the server does not start");
        }
        RawClient client{server->port()};
        const auto length = body.empty() ? std::string{} : fmt::format("Content-Length: {}\r\n", body.size());
        return client.ask(
            fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n{}{}\r\n{}", method, path, headers, length, body),
            method == "HEAD");
    }

    CookieAuthenticator authenticator;
    Router router;
    ServerOptions options;
    std::optional<Server> server;
};

const std::string reader = "Cookie: session=reader\r\n";
const std::string writer = "Cookie: session=writer\r\nSec-Fetch-Site: same-origin\r\n";
const std::string json = "Content-Type: application/json\r\n";
const std::string key = "Idempotency-Key: key-12345678\r\n";
const auto note_path = fmt::format("/api/v1/notes/{}", note_id);

/// Status, code and the pointers with their codes: "400 invalid-input ?limit range".
std::string said(const Answer& answer)
{
    const auto node = describe::parse_json(answer.body);
    if (!node)
        return fmt::format("{} not JSON: {}", answer.status, answer.body);
    auto text = fmt::format("{} {}", answer.status, node->find("code") ? node->find("code")->text : "");
    if (const auto* errors = node->find("errors"))
        for (const auto& error : errors->items)
            text += fmt::format(" {} {}", error.find("pointer")->text, error.find("code")->text);
    return text;
}

TEST_F(Routes, GiveJsonWithVersionHeadersAndEntityTag)
{
    const auto answer = ask("GET", note_path, reader);

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, fmt::format(R"({{"id":"{}","title":"Café","status":"open","rowVersion":7}})", note_id));
    EXPECT_EQ(answer.header("content-type"), "application/json");
    EXPECT_EQ(answer.header("etag"), "\"v7\"");
    EXPECT_EQ(answer.header("api-version"), "1.0.0");
    EXPECT_EQ(answer.header("cache-control"), "no-store") << "it depends on who asks";
}

TEST_F(Routes, AreDeniedWithoutThePermissionTheyDeclare)
{
    EXPECT_EQ(said(ask("GET", "/api/v1/notes")), "401 not-signed-in");
    EXPECT_EQ(ask("GET", "/api/v1/notes").header("www-authenticate"), "Session");
    EXPECT_EQ(said(ask("GET", "/api/v1/notes", "Cookie: session=stale\r\n")), "401 not-signed-in");
    EXPECT_EQ(ask("GET", "/api/v1/notes", reader).status, 200);
    EXPECT_EQ(said(ask("DELETE", note_path, reader + "Sec-Fetch-Site: same-origin\r\nIf-Match: \"v7\"\r\n")),
              "403 not-permitted");
}

TEST_F(Routes, SayToWhoHasAOneTimePasswordThatAnOwnOneComesFirst)
{
    const auto dutch = ask("GET", "/api/v1/notes", "Cookie: session=newcomer\r\n");
    const auto english = ask("GET", "/api/v1/notes", "Cookie: session=newcomer\r\nAccept-Language: en\r\n");

    EXPECT_EQ(said(dutch), "403 password-must-change");
    EXPECT_NE(dutch.body.find("Kies eerst een eigen wachtwoord, op de pagina Mijn account."), std::string::npos);
    EXPECT_NE(english.body.find("First choose a password of your own, on the page My account."), std::string::npos);
}

TEST_F(Routes, PreferAWrittenSegmentAboveAParameter)
{
    EXPECT_EQ(ask("GET", "/api/v1/notes/newest").body, R"({"text":"newest"})");
}

TEST_F(Routes, AreNotFoundUnderAnotherPathOrWithAnIdThatCannotBeOne)
{
    EXPECT_EQ(said(ask("GET", "/api/v1/nothing")), "404 not-found");
    EXPECT_EQ(said(ask("GET", "/api/v1/notes/", reader)), "404 not-found");
    EXPECT_EQ(said(ask("GET", "/api/v1/notes/7", reader)), "404 not-found");
    EXPECT_EQ(said(ask("GET", "/api/v1/notes/0193a5c0-0000-7000-8000-000000000002", reader)), "404 not-found");
    EXPECT_EQ(said(ask("GET", "/api")), "404 not-found");
    EXPECT_EQ(said(ask("GET", "/api/v1/%ff")), "400 malformed-request");
}

TEST_F(Routes, TellWhichMethodsAPathKnows)
{
    const auto wrong = ask("PATCH", note_path, writer + json);
    const auto options = ask("OPTIONS", note_path);

    EXPECT_EQ(said(wrong), "405 method-not-allowed");
    EXPECT_EQ(wrong.header("allow"), "GET, HEAD, PUT, DELETE, OPTIONS");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("allow"), "GET, HEAD, PUT, DELETE, OPTIONS");
    EXPECT_EQ(ask("POST", "/index.html", writer).status, 405);
}

TEST_F(Routes, AnswerHeadLikeGetWithoutTheBody)
{
    const auto get = ask("GET", note_path, reader);
    const auto head = ask("HEAD", note_path, reader);

    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), std::to_string(get.body.size()));
    EXPECT_EQ(head.header("etag"), get.header("etag"));
}

TEST_F(Routes, ReadTheQueryIntoAStructWithAllErrorsAtOnce)
{
    EXPECT_EQ(ask("GET", "/api/v1/echoes").body, R"({"text":"0 false - 0"})");
    EXPECT_EQ(ask("GET", "/api/v1/echoes?limit=20&status=done&titlePart=a%20b&tags=x&tags=y").body,
              R"({"text":"20 true a b 2"})");
    EXPECT_EQ(ask("GET", "/api/v1/echoes?titlePart=12").body, R"({"text":"0 false 12 0"})");
    EXPECT_EQ(said(ask("GET", "/api/v1/echoes?limit=0&status=maybe&title_part=a&limit2=")),
              "400 invalid-input ?limit range ?status enum ?title_part query-unknown ?limit2 query-unknown");
    EXPECT_EQ(said(ask("GET", "/api/v1/echoes?limit=x")), "400 invalid-input ?limit integer");
    EXPECT_EQ(said(ask("GET", "/api/v1/echoes?limit=1&limit=2")), "400 invalid-input ?limit query-repeated");
}

TEST_F(Routes, CreateARecordOnceWithAKey)
{
    const auto created = ask("POST", "/api/v1/notes", writer + json + key, R"({"title":"New"})");

    EXPECT_EQ(created.status, 201);
    EXPECT_EQ(created.header("location"), note_path);
    EXPECT_EQ(created.header("etag"), "\"v1\"");
    EXPECT_EQ(said(ask("POST", "/api/v1/notes", writer + json, R"({"title":"New"})")),
              "400 invalid-input Idempotency-Key idempotency-key-missing");
    EXPECT_EQ(said(ask("POST", "/api/v1/notes", writer + json + "Idempotency-Key: short\r\n", R"({"title":"New"})")),
              "400 invalid-input Idempotency-Key idempotency-key");
}

TEST_F(Routes, ReadTheBodyIntoAStructWithAllErrorsAtOnce)
{
    EXPECT_EQ(said(ask("POST", "/api/v1/notes", writer + json + key, R"({"title":"","dueOn":"2026-02-30","x":1})")),
              "400 invalid-input /title length /dueOn date /x unknown-member");
    EXPECT_EQ(said(ask("POST", "/api/v1/notes", writer + json + key, "{")).substr(0, 18), "400 invalid-input ");
    EXPECT_EQ(said(ask("POST", "/api/v1/notes", writer + json + key)), "400 invalid-input  body-missing");
    EXPECT_EQ(said(ask("POST", "/api/v1/notes", writer + json + key, std::string(1001, ' '))), "413 body-too-large");
    EXPECT_EQ(said(ask("POST", "/api/v1/notes", writer + key + "Content-Type: text/plain\r\n", R"({"title":"New"})")),
              "415 media-type");
    EXPECT_EQ(said(ask("POST", "/api/v1/notes", writer + key, R"({"title":"New"})")), "415 media-type");
}

TEST_F(Routes, NameTheGroundOfARefusal)
{
    const auto answer = ask("POST", "/api/v1/notes", writer + json + key, R"({"title":"taken"})");

    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    EXPECT_NE(answer.body.find(R"("source":"Awb art. 4:25 lid 2")"), std::string::npos) << answer.body;
}

TEST_F(Routes, ChangeOnlyTheVersionThatWasSeen)
{
    const auto change = [&](const std::string& match) {
        return ask("PUT", note_path, writer + json + match, R"({"title":"New"})");
    };

    EXPECT_EQ(said(change("")), "428 if-match-missing");
    EXPECT_EQ(said(change("If-Match: \"v6\"\r\n")), "412 stale");
    EXPECT_EQ(said(change("If-Match: *\r\n")), "412 stale");
    EXPECT_EQ(said(change("If-Match: W/\"v7\"\r\n")), "412 stale") << "a weak tag never matches (RFC 9110 §13.1.1)";
    EXPECT_EQ(change("If-Match: \"v7\"\r\n").header("etag"), "\"v8\"");
    EXPECT_EQ(ask("DELETE", note_path, writer + "If-Match: \"v8\"\r\n").status, 204);
    EXPECT_EQ(said(ask("DELETE", note_path, writer)), "428 if-match-missing");
}

TEST_F(Routes, RefuseAChangeThatAnotherSitesPageSends)
{
    const auto change = [&](const std::string& headers) {
        return said(
            ask("POST", "/api/v1/notes", "Cookie: session=writer\r\n" + json + key + headers, R"({"title":"N"})"));
    };

    EXPECT_EQ(change("Sec-Fetch-Site: cross-site\r\n"), "403 csrf");
    EXPECT_EQ(change("Sec-Fetch-Site: same-site\r\n"), "403 csrf");
    EXPECT_EQ(change("Origin: https://evil.example\r\n"), "403 csrf");
    EXPECT_EQ(change("Origin: null\r\n"), "403 csrf");
    EXPECT_EQ(change(""), "403 csrf") << "a cookie, but no sign of the page it came from";
    EXPECT_EQ(change("Sec-Fetch-Site: same-origin\r\n").substr(0, 3), "201");
    EXPECT_EQ(change("Origin: http://localhost\r\n").substr(0, 3), "201");
    EXPECT_EQ(ask("POST", "/api/v1/sums", json, R"({"text":"a"})").status, 200) << "a program without a cookie";
}

TEST_F(Routes, SpeakDutchUnlessEnglishIsAsked)
{
    const auto dutch = ask("GET", "/api/v1/nothing");
    const auto english = ask("GET", "/api/v1/nothing", "Accept-Language: en\r\n");

    EXPECT_EQ(dutch.header("content-language"), "nl");
    EXPECT_NE(dutch.body.find(R"("title":"Niet gevonden","status":404)"), std::string::npos) << dutch.body;
    EXPECT_EQ(english.header("content-language"), "en");
    EXPECT_NE(english.body.find(R"("title":"Not found","status":404)"), std::string::npos) << english.body;
    EXPECT_NE(english.body.find(fmt::format(R"("requestId":"{}")", english.header("x-request-id"))),
              std::string::npos);
}

TEST_F(Routes, ExplainTheCodeOfAProblemAtItsType)
{
    EXPECT_EQ(ask("GET", "/api/v1/problems/not-signed-in").body,
              R"({"code":"not-signed-in","sentence":"Meld u eerst aan."})");
    EXPECT_EQ(ask("GET", "/api/v1/problems/unheard-of").status, 404);
}

TEST_F(Routes, SayWhenToTryAgain)
{
    const auto answer = ask("GET", "/api/v1/limits");

    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.header("retry-after"), "7");
}

TEST_F(Routes, HideWhatBroke)
{
    const auto answer = ask("GET", "/api/v1/broken");

    EXPECT_EQ(said(answer), "500 internal-error");
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
    EXPECT_NE(answer.body.find(answer.header("x-request-id")), std::string::npos) << "the number to mention";
}

TEST_F(Routes, AnswerLaterFromAnotherThread)
{
    EXPECT_EQ(ask("POST", "/api/v1/later", json, R"({"text":"on"})").body, R"({"text":"later on"})");
}

TEST_F(Routes, MayAddHeadersOfTheirOwn)
{
    const auto set = ask("POST", "/api/v1/cookies", json, R"({"text":"a"})");
    const auto removed = ask("DELETE", "/api/v1/cookies");

    EXPECT_EQ(set.status, 201);
    EXPECT_EQ(set.body, R"({"text":"a"})");
    EXPECT_EQ(set.header("set-cookie"), "session=reader");
    EXPECT_EQ(removed.status, 204);
    EXPECT_EQ(removed.header("content-type"), "");
    EXPECT_EQ(removed.header("set-cookie"), "session=; Max-Age=0");
}

TEST_F(Routes, CompressWhatIsLargeForWhoTakesIt)
{
    const auto sum = [&](const std::string& encoding) {
        return ask("POST", "/api/v1/sums", json + encoding, R"({"text":"a"})");
    };

    EXPECT_EQ(sum("").header("content-encoding"), "");
    EXPECT_EQ(sum("Accept-Encoding: gzip\r\n").header("content-encoding"), "gzip");
    EXPECT_EQ(sum("Accept-Encoding: gzip, deflate, br\r\n").header("content-encoding"), "br");
    EXPECT_EQ(sum("Accept-Encoding: br;q=0, gzip;q=0.1\r\n").header("content-encoding"), "gzip");
    EXPECT_EQ(sum("Accept-Encoding: identity\r\n").header("content-encoding"), "");
    EXPECT_LT(sum("Accept-Encoding: br\r\n").body.size(), 100u);
    EXPECT_EQ(ask("GET", "/api/v1/notes/newest", "Accept-Encoding: br\r\n").header("content-encoding"), "");
    EXPECT_NE(sum("").header("vary").find("accept-encoding"), std::string::npos);
}

TEST_F(Routes, SendNothingAgainThatTheClientHas)
{
    const auto first = ask("GET", "/api/v1/notes/newest");
    const auto again = ask("GET", "/api/v1/notes/newest", "If-None-Match: " + first.header("etag") + "\r\n");
    const auto versioned = ask("GET", note_path, reader + "If-None-Match: \"v6\", \"v7\"\r\n");

    EXPECT_EQ(first.header("cache-control"), "no-cache");
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.header("etag"), first.header("etag"));
    EXPECT_EQ(versioned.status, 304);
    EXPECT_EQ(ask("GET", note_path, reader + "If-None-Match: \"v6\"\r\n").status, 200);
}

TEST_F(Routes, GiveFilesUnderTheirOwnType)
{
    const auto answer = ask("GET", "/api/v1/notes/export.csv");

    EXPECT_EQ(answer.header("content-type"), "text/csv; charset=utf-8");
    EXPECT_EQ(answer.header("content-disposition"), "attachment");
    EXPECT_EQ(answer.body, "a,b\r\n");
}

TEST_F(Routes, TellThatTheServerLivesAndWhetherItIsReady)
{
    bool ready = false;
    router.ready_when([&] { return ready; });

    EXPECT_EQ(ask("GET", "/healthz").status, 200);
    EXPECT_EQ(ask("GET", "/readyz").status, 503);
    ready = true;
    EXPECT_EQ(ask("GET", "/readyz").status, 200);
}

TEST_F(Routes, CountThemselvesByPatternForMetrics)
{
    ask("GET", note_path, reader);
    ask("GET", "/api/v1/notes/7", reader);
    server->stop();

    std::string text;
    router.write_metrics(text);

    EXPECT_NE(
        text.find("beproefd_http_requests_total{method=\"GET\",route=\"/api/v1/notes/{id}\",status=\"2xx\"} 1\n"),
        std::string::npos)
        << text;
    EXPECT_NE(text.find("route=\"/api/v1/notes/{id}\",status=\"4xx\"} 1\n"), std::string::npos);
    EXPECT_EQ(text.find(note_id), std::string::npos);
}

TEST_F(Routes, RefuseToBeMountedAgainstTheRules)
{
    const auto mount = [&](const char* path) {
        router.get<Echoed>(path, Permission::public_, [](const Request&) { return Echoed{}; });
    };

    EXPECT_THROW(mount("/api/v1/notes/newest"), std::logic_error) << "is there already";
    EXPECT_THROW(mount("/api/v1/things/"), std::logic_error);
    EXPECT_THROW(mount("/things"), std::logic_error);
    EXPECT_THROW(mount("/api/v1/allThings"), std::logic_error);
    EXPECT_THROW(mount("/api/v1/things.csv"), std::logic_error);
    EXPECT_THROW(mount("/api/v1/things/{id}"), std::logic_error) << "the handler does not take the id";
}

TEST_F(Routes, WriteTheirOwnOpenApiDocument)
{
    const auto answer = ask("GET", "/api/v1/openapi.json");
    const auto document = describe::parse_json(answer.body);

    ASSERT_TRUE(document) << answer.body;
    EXPECT_EQ(answer.header("content-type"), "application/json");
    EXPECT_EQ(answer.header("access-control-allow-origin"), "*");
    const auto at = [&](std::initializer_list<const char*> path) {
        const auto* node = &*document;
        for (const auto* name : path)
            if (node != nullptr)
                node = node->find(name);
        return node;
    };
    EXPECT_EQ(at({"openapi"})->text, "3.1.0");
    EXPECT_EQ(at({"servers"})->items.at(0).find("url")->text, "/api/v1");
    EXPECT_EQ(at({"paths", "/openapi.json"}), nullptr);
    const auto* put = at({"paths", "/notes/{id}", "put"});
    ASSERT_NE(put, nullptr);
    EXPECT_EQ(put->find("operationId")->text, "putNotesById");
    EXPECT_EQ(put->find("x-permission")->text, "edit_content");
    EXPECT_EQ(put->find("parameters")->items.size(), 2u); // id and If-Match
    EXPECT_EQ(
        at({"paths", "/notes/{id}", "put", "requestBody", "content", "application/json", "schema", "$ref"})->text,
        "#/components/schemas/NewNote");
    for (const auto* status :
         {"200", "400", "401", "403", "404", "409", "412", "413", "415", "428", "429", "500", "503"})
        EXPECT_NE(put->find("responses")->find(status), nullptr) << status;
    EXPECT_EQ(put->find("responses")->find("405"), nullptr);
    EXPECT_NE(at({"paths", "/notes/{id}", "put", "responses", "200", "headers", "ETag"}), nullptr);
    EXPECT_EQ(at({"paths", "/sums", "post", "responses", "200", "headers", "ETag"}), nullptr);
    const auto* list = at({"paths", "/notes", "get", "parameters"});
    EXPECT_EQ(list->items.at(0).find("name")->text, "limit");
    EXPECT_EQ(list->items.at(0).find("schema")->find("maximum")->integer, 100);
    EXPECT_NE(at({"components", "schemas", "Note"}), nullptr);
    EXPECT_EQ(at({"components", "schemas", "NoteFilter"}), nullptr) << "a query is no schema of its own";
    EXPECT_NE(at({"paths", "/notes", "post", "responses", "201", "headers", "Location"}), nullptr);
    EXPECT_EQ(at({"paths", "/notes/{id}", "delete", "responses", "204", "content"}), nullptr);

    // Every reference leads somewhere.
    const std::string_view mark = R"("$ref":"#/components/)";
    for (auto found = answer.body.find(mark); found != std::string::npos; found = answer.body.find(mark, found + 1)) {
        const auto from = found + mark.size();
        const auto slash = answer.body.find('/', from);
        const auto name = answer.body.substr(slash + 1, answer.body.find('"', slash) - slash - 1);
        const auto* group = at({"components"})->find(answer.body.substr(from, slash - from));
        ASSERT_NE(group, nullptr);
        EXPECT_NE(group->find(name), nullptr) << name;
    }
}

// --- Files of the web interface ---

class Files : public testing::Test
{
protected:
    Files()
    {
        std::filesystem::create_directories(folder / "assets");
        std::filesystem::create_directories(folder / ".git");
        write("index.html", "<!doctype html>page");
        write("assets/app-1a2b.js", std::string(70'000, 'j'));
        write("assets/app-1a2b.js.br", "brotli bytes");
        write("assets/app-1a2b.js.gz", "gzip bytes");
        write("favicon.svg", "<svg/>");
        write("empty.txt", "");
        write(".git/config", "secret");
        write(".hidden", "secret");
        std::ofstream{temporary.path() / "outside"} << "secret";
        router.serve_files(folder.string());
        server.emplace(ServerOptions{}, router);
        if (!server->start())
            throw std::runtime_error("the server does not start");
    }

    void write(const std::string& name, const std::string& content) { std::ofstream{folder / name} << content; }

    Answer get(std::string_view path, std::string_view headers = {})
    {
        RawClient client{server->port()};
        return client.ask(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", path, headers));
    }

    TemporaryFolder temporary;
    std::filesystem::path folder = temporary.path() / "web";
    Router router;
    std::optional<Server> server;
};

TEST_F(Files, AreSentWithTheirTypeAndKeptForEverWhenTheirNameHoldsAHash)
{
    const auto script = get("/assets/app-1a2b.js");
    const auto page = get("/");

    EXPECT_EQ(script.body, std::string(70'000, 'j'));
    EXPECT_EQ(script.header("content-type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(script.header("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(page.body, "<!doctype html>page");
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.header("cache-control"), "no-cache");
    EXPECT_EQ(get("/empty.txt").status, 200);
}

TEST_F(Files, TravelCompressedToWhoTakesThat)
{
    const auto brotli = get("/assets/app-1a2b.js", "Accept-Encoding: gzip, deflate, br\r\n");
    const auto gzip = get("/assets/app-1a2b.js", "Accept-Encoding: gzip\r\n");
    const auto refused = get("/assets/app-1a2b.js", "Accept-Encoding: br;q=0\r\n");

    EXPECT_EQ(brotli.body, "brotli bytes");
    EXPECT_EQ(brotli.header("content-encoding"), "br");
    EXPECT_EQ(brotli.header("content-type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(brotli.header("vary"), "accept-encoding");
    EXPECT_EQ(gzip.body, "gzip bytes");
    EXPECT_NE(gzip.header("etag"), brotli.header("etag"));
    EXPECT_EQ(refused.header("content-encoding"), "");
    EXPECT_EQ(get("/favicon.svg", "Accept-Encoding: br\r\n").body, "<svg/>") << "there is no smaller one";
}

TEST_F(Files, AreNotSentAgainToWhoHasThem)
{
    const auto first = get("/favicon.svg");

    EXPECT_EQ(get("/favicon.svg", "If-None-Match: " + first.header("etag") + "\r\n").status, 304);
    write("favicon.svg", "<svg></svg>");
    EXPECT_EQ(get("/favicon.svg", "If-None-Match: " + first.header("etag") + "\r\n").body, "<svg></svg>");
}

TEST_F(Files, GiveEveryPathOfAPageTheOnePage)
{
    EXPECT_EQ(get("/versterkingsgelden/cluster-a").body, "<!doctype html>page");
    EXPECT_EQ(get("/en/findings").status, 200);
}

TEST_F(Files, AreMissingWhenTheyAre)
{
    EXPECT_EQ(get("/assets/app-9z9z.js").status, 404);
    EXPECT_EQ(get("/assets/nothing").status, 404);
    EXPECT_EQ(get("/robots.txt").status, 404);
    EXPECT_EQ(get("/nothing.html").body, "Dit bestaat niet, of u mag het niet zien.\n");
}

TEST_F(Files, StayInsideTheirFolder)
{
    for (const auto* path : {"/../outside", "/%2e%2e/outside", "/assets/..%2f..%2foutside", "/.git/config",
                             "/.hidden", "/assets/../.hidden", "//etc/passwd", "/assets/"}) {
        const auto answer = get(path);
        EXPECT_EQ(answer.body.find("secret"), std::string::npos) << path;
        EXPECT_EQ(answer.body.find("root:"), std::string::npos) << path;
    }
}

TEST(WithoutWebFolder, TheServerSaysWhereTheApiIs)
{
    Router router;
    router.serve_text("/.well-known/security.txt", "text/plain; charset=utf-8",
                      "Contact: mailto:x@beproefd.example\n");
    Server server{{}, router};
    ASSERT_TRUE(server.start());
    RawClient client{server.port()};

    const auto answer = client.ask("GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n");
    const auto security = client.ask("GET /.well-known/security.txt HTTP/1.1\r\nHost: localhost\r\n\r\n");

    EXPECT_EQ(answer.status, 404);
    EXPECT_NE(answer.body.find("/api/v1"), std::string::npos);
    EXPECT_EQ(security.body, "Contact: mailto:x@beproefd.example\n");
}

} // namespace
} // namespace beproefd::http
