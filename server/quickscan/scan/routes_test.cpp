// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// What only shows on a real socket: cookies, versions, files.

#include "quickscan/scan/routes.hpp"

#include "platform/auth/accounts/repository.hpp"
#include "platform/auth/accounts/routes.hpp"
#include "platform/core/sha256.hpp"
#include "platform/http/test_client.hpp"
#include "quickscan/scan/scan_testing.hpp"

#include <gmock/gmock.h>

using namespace beproefd;
using namespace beproefd::quickscan;
using namespace beproefd::quickscan::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

class ScansApi : public WithScans
{
protected:
    void SetUp() override
    {
        WithScans::SetUp();
        accounts_.emplace(db(), clock_);
        accounts_authenticator_.emplace(*accounts_);
        guests_.emplace(service());
        router_.authenticate_with(*accounts_authenticator_);
        router_.let_guests_in_with(*guests_);
        mount_scans(router_, service());
        server_.emplace(http::ServerOptions{}, router_);
        ASSERT_TRUE(server_->start());
        holder_cookie_ = "beproefd=" + session_of(holder_);
    }
    void TearDown() override
    {
        server_.reset();
        WithScans::TearDown();
    }

    std::string session_of(const Actor& actor)
    {
        const std::string token(64, 'a');
        EXPECT_TRUE(db().transact([&](storage::Transaction& tx) -> Result<Done> {
            tx.act_for(actor.organisation());
            tx.execute("UPDATE auth_account SET must_change_password = 0 WHERE organisation_id = $1 AND id = $2",
                       actor.organisation(), actor.account());
            auth::Repository{tx, actor.organisation()}.save(
                auth::Session{sha256_hex(token), actor.organisation(), actor.account(), clock_.now(), clock_.now()});
            return Done{};
        }));
        return token;
    }
    http::test::Answer ask(std::string_view method, const std::string& path, const std::string& cookie,
                           const std::string& body = "", const std::string& headers = "")
    {
        http::test::RawClient client{server_->port()};
        const bool file = headers.find("Content-Type") != std::string::npos;
        return client.ask(fmt::format("{} /api/v1{} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
                                      "Cookie: {}\r\n{}{}Content-Length: {}\r\n\r\n{}",
                                      method, path, cookie, headers,
                                      body.empty() || file ? "" : "Content-Type: application/json\r\n", body.size(),
                                      body));
    }

    std::string holder_cookie_;

private:
    std::optional<auth::Service> accounts_;
    std::optional<auth::CookieAuthenticator> accounts_authenticator_;
    std::optional<LinkAuthenticator> guests_;
    http::Router router_;
    std::optional<http::Server> server_;
};
INSTANTIATE_BOTH_DATABASES(ScansApi);

} // namespace

TEST_P(ScansApi, LetsAGuestInWithACookieOfItsOwn)
{
    const auto scan = open_scan();
    const auto token = token_in(invite_by_link(scan.id, Domain::partner, "jongerenwerker"));

    const auto opened = ask("POST", "/respondent-sessions", "x=y", fmt::format(R"({{"token":"{}"}})", token));
    ASSERT_EQ(opened.status, 201) << opened.body;
    const auto cookie = opened.header("set-cookie");
    const auto session = cookie.substr(0, cookie.find(';'));

    EXPECT_THAT(cookie,
                AllOf(HasSubstr("beproefd-respondent="), HasSubstr("HttpOnly"), HasSubstr("SameSite=Strict")));
    EXPECT_THAT(opened.body, Not(HasSubstr(token)));
    EXPECT_EQ(ask("GET", "/respondent/scan", session).status, 200);
    EXPECT_EQ(ask("GET", "/scans", session).status, 401);
    EXPECT_EQ(ask("GET", "/respondent/scan", holder_cookie_).status, 401);
    // With both cookies each counts where it belongs.
    EXPECT_EQ(ask("GET", "/scans", holder_cookie_ + "; " + session).status, 200);
    EXPECT_EQ(ask("GET", "/respondent/scan", holder_cookie_ + "; " + session).status, 200);
    EXPECT_EQ(ask("DELETE", "/respondent-sessions/current", session).status, 204);
    EXPECT_EQ(ask("GET", "/respondent/scan", session).status, 401);
}

TEST_P(ScansApi, ShowsBothTextsWhenSomeoneWasFirst)
{
    const auto scan = open_scan();
    const auto path = fmt::format("/scans/{}/own-answers/q1", scan.id.to_text());

    const auto first = ask("PUT", path, holder_cookie_, R"({"value":"no","reason":"Eerst"})");
    const auto second =
        ask("PUT", path, holder_cookie_, R"({"value":"yes","reason":"Toen"})", "If-Match: \"v1\"\r\n");
    const auto late = ask("PUT", path, holder_cookie_, R"({"value":"unknown"})", "If-Match: \"v1\"\r\n");
    const auto blind = ask("PUT", path, holder_cookie_, R"({"value":"unknown"})");

    EXPECT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(first.header("etag"), "\"v1\"");
    EXPECT_EQ(second.header("etag"), "\"v2\"");
    EXPECT_EQ(late.status, 412);
    EXPECT_THAT(late.body, AllOf(HasSubstr(R"("stored":{"question":"q1","value":"yes")"), HasSubstr("Toen")));
    EXPECT_EQ(blind.status, 428);
}

TEST_P(ScansApi, RemovesADraftInTheVersionThatWasSeen)
{
    const auto scan = draft();
    const auto opened = open_scan(2027);
    const auto path = fmt::format("/scans/{}", scan.id.to_text());

    const auto blind = ask("DELETE", path, holder_cookie_);
    const auto late = ask("DELETE", path, holder_cookie_, "", "If-Match: \"v7\"\r\n");
    const auto removed = ask("DELETE", path, holder_cookie_, "", "If-Match: \"v1\"\r\n");
    const auto again = ask("DELETE", path, holder_cookie_, "", "If-Match: \"v1\"\r\n");
    const auto refused = ask("DELETE", fmt::format("/scans/{}", opened.id.to_text()), holder_cookie_, "",
                             fmt::format("If-Match: \"v{}\"\r\n", opened.row_version));

    EXPECT_EQ(blind.status, 428);
    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(removed.status, 204) << removed.body;
    EXPECT_EQ(again.status, 404);
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, AllOf(HasSubstr("scan-not-draft"), HasSubstr("Alleen een concept")));
}

TEST_P(ScansApi, GivesAFileToSaveAndNeverToShow)
{
    const auto scan = open_scan();
    const auto path = fmt::format("/scans/{}/own-answers/q1/files?name=", scan.id.to_text());
    const std::string octets = "Content-Type: application/octet-stream\r\nIdempotency-Key: abcdefgh{}\r\n";
    const std::string png = "\x89PNG\r\n\x1a\n<script>alert(1)</script>";

    const auto made =
        ask("POST", path + "sch%C3%A9ma.png", holder_cookie_, png, fmt::format(fmt::runtime(octets), 1));
    ASSERT_EQ(made.status, 201) << made.body;
    const auto location = made.header("location");
    const auto given = ask("GET", location.substr(std::string{"/api/v1"}.size()), holder_cookie_);
    const auto disguised = ask("POST", path + "plan.pdf", holder_cookie_, "<!DOCTYPE html><script>alert(1)</script>",
                               fmt::format(fmt::runtime(octets), 2));

    EXPECT_EQ(given.status, 200);
    EXPECT_EQ(given.body, png);
    EXPECT_EQ(given.header("content-type"), "image/png");
    EXPECT_EQ(given.header("content-disposition"),
              "attachment; filename=\"sch_ma.png\"; filename*=UTF-8''sch%C3%A9ma.png");
    EXPECT_EQ(given.header("x-content-type-options"), "nosniff");
    EXPECT_THAT(given.header("content-security-policy"), HasSubstr("sandbox"));
    EXPECT_EQ(disguised.status, 415);
    EXPECT_THAT(disguised.body, HasSubstr("Dit soort bestand nemen wij niet aan"));
}
