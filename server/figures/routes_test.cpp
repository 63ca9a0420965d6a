// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The public API over a real socket, with the published data in a real database.

#include "figures/routes.hpp"

#include "platform/describe/node.hpp"
#include "platform/http/test_client.hpp"
#include "platform/storage/testing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

using namespace beproefd;
using namespace beproefd::figures;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

class FiguresApi : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        struct Running {
            storage::testing::EmptyPlace place{storage::Dialect::sqlite};
            storage::Database database = storage::Database::open(place.url(), {.opening = storage::Opening::setup});
            Service service{database};
            http::Router router;
            std::optional<http::Server> server;
        };
        static Running running;
        if (!running.service.load_shipped())
            throw std::runtime_error("the published data cannot be loaded");
        mount(running.router, running.service);
        running.server.emplace(http::ServerOptions{}, running.router);
        if (!running.server->start())
            throw std::runtime_error("no port is free");
        port = running.server->port();
        document = running.router.openapi_document();
    }

    static http::test::Answer get(const std::string& path, const std::string& headers = "")
    {
        http::test::RawClient client{port};
        return client.ask(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", path, headers));
    }

    static describe::Node json(const std::string& path)
    {
        const auto answer = get(path);
        EXPECT_EQ(answer.status, 200) << path << ' ' << answer.body;
        auto node = describe::parse_json(answer.body);
        return node ? std::move(*node) : describe::Node{};
    }

    static inline std::uint16_t port = 0;
    static inline std::string document;
};

} // namespace

TEST_F(FiguresApi, FollowsANumberToItsSource)
{
    const auto detail = json("/api/v1/figures/cluster-figures~prevention~2020-granted");

    EXPECT_EQ(detail.find("figure")->find("amountCents")->integer, 176'300'000);
    EXPECT_EQ(detail.find("figure")->find("printed")->text, "1.763.000");
    EXPECT_EQ(detail.find("document")->find("id")->text, "versterkingsgelden-2020-2021");
    EXPECT_FALSE(detail.find("checks")->items.empty());
    EXPECT_FALSE(detail.find("slip")->find("rows")->items.empty());
}

TEST_F(FiguresApi, PagesByKeyAndRefusesWrongFilters)
{
    const auto first = json("/api/v1/figures?table=reallocations&limit=20");
    const auto second = json("/api/v1/figures?table=reallocations&limit=20&after=" + first.find("next")->text);

    EXPECT_EQ(first.find("total")->integer, 30);
    EXPECT_EQ(first.find("items")->items.size(), 20u);
    EXPECT_EQ(second.find("items")->items.size(), 10u);
    EXPECT_EQ(second.find("next"), nullptr);

    const auto wrong = get("/api/v1/figures?kind=guess&limit=0&colour=red");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(wrong.body, HasSubstr("?kind"));
    EXPECT_THAT(wrong.body, HasSubstr("?limit"));
    EXPECT_THAT(wrong.body, HasSubstr("?colour"));
    EXPECT_EQ(get("/api/v1/figures?limit=501").status, 400);
    EXPECT_EQ(get("/api/v1/figures?after=no~such~figure").status, 400);
    EXPECT_EQ(get("/api/v1/figures/no~such~figure").status, 404);
}

TEST_F(FiguresApi, AnswersEveryListAndEachOfItsItems)
{
    for (const auto* path : {"/api/v1/documents", "/api/v1/tables", "/api/v1/clusters", "/api/v1/checks",
                             "/api/v1/findings?severity=A&agrees=false"})
        json(path);
    const auto documents = json("/api/v1/documents");
    for (const auto& one : documents.find("items")->items)
        json("/api/v1/documents/" + one.find("id")->text);
    const auto tables = json("/api/v1/tables");
    for (const auto& one : tables.find("items")->items)
        json("/api/v1/tables/" + one.find("key")->text);
    const auto findings = json("/api/v1/findings");
    for (const auto& one : findings.find("items")->items)
        json("/api/v1/findings/" + one.find("id")->text);
    const auto clusters = json("/api/v1/clusters");
    for (const auto& one : clusters.find("clusters")->items)
        json("/api/v1/clusters/" + one.find("key")->text);
}

TEST_F(FiguresApi, NamesOnlyFiguresThatExist)
{
    std::set<std::string> keys;
    std::string after;
    do {
        const auto page = json("/api/v1/figures?limit=500" + (after.empty() ? "" : "&after=" + after));
        for (const auto& one : page.find("items")->items)
            keys.insert(one.find("key")->text);
        after = page.find("next") ? page.find("next")->text : "";
    } while (!after.empty());

    const auto overview = json("/api/v1/clusters");
    for (const auto& cluster : overview.find("clusters")->items) {
        for (const auto& line : cluster.find("lines")->items) {
            for (const auto* name :
                 {"activities", "requested", "granted", "notGranted", "awardRate", "municipalities"})
                EXPECT_TRUE(keys.contains(line.find(name)->text)) << line.find(name)->text;
        }
    }
    const auto findings = json("/api/v1/findings");
    for (const auto& finding : findings.find("items")->items) {
        for (const auto& key : finding.find("figures")->items)
            EXPECT_TRUE(keys.contains(key.text)) << key.text;
    }
}

TEST_F(FiguresApi, ExportsTheSelectionInThreeFormats)
{
    const auto csv = get("/api/v1/figure-export?cluster=prevention");
    const auto xlsx = get("/api/v1/figure-export?cluster=prevention&format=xlsx");
    const auto as_json = get("/api/v1/figure-export?cluster=prevention&format=json");

    EXPECT_THAT(csv.header("content-type"), StartsWith("text/csv"));
    EXPECT_THAT(csv.header("content-disposition"), HasSubstr("cijfers.csv"));
    EXPECT_THAT(csv.body, StartsWith("key,label_nl,"));
    EXPECT_EQ(xlsx.body.substr(0, 2), "PK");
    EXPECT_THAT(as_json.body,
                StartsWith("{\"licence\":\"CC0-1.0\",\"items\":[{\"key\":\"cluster-figures~prevention~"));
    EXPECT_EQ(get("/api/v1/figure-export?format=ods").status, 400);
}

TEST_F(FiguresApi, GivesAPastedTableToTheDetective)
{
    const std::string body = R"({"csv":"doel,2008,2009,totaal\na,1,2,3\nb,0.49,1.5,1.01\ntotaal,0.51,3.5,4.01\n"})";
    http::test::RawClient client{port};

    const auto answer =
        client.ask(fmt::format("POST /api/v1/table-inspections HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                               "application/json\r\nSec-Fetch-Site: same-origin\r\nContent-Length: {}\r\n\r\n{}",
                               body.size(), body));

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr("\"consistent\":false"));
    EXPECT_THAT(answer.body, HasSubstr("lost_sign"));
}

TEST_F(FiguresApi, DescribesEveryMemberInDutch)
{
    const auto node = describe::parse_json(document);
    ASSERT_TRUE(node);

    for (const auto& [name, schema] : node->find("components")->find("schemas")->members) {
        if (const auto* properties = schema.find("properties")) {
            for (const auto& [member, property] : properties->members)
                EXPECT_NE(property.find("description"), nullptr) << name << '.' << member;
        }
    }
}
