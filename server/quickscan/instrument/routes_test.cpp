// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The public API over a real socket.

#include "quickscan/instrument/routes.hpp"

#include "platform/describe/node.hpp"
#include "platform/http/test_client.hpp"

#include <gmock/gmock.h>

using namespace beproefd;
using namespace beproefd::quickscan;

namespace {

class InstrumentsApi : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        struct Running {
            http::Router router;
            std::optional<http::Server> server;
        };
        static Running running;
        mount_instruments(running.router, shipped_instruments);
        running.server.emplace(http::ServerOptions{}, running.router);
        if (!running.server->start())
            throw std::runtime_error("no port is free");
        port = running.server->port();
    }

    static http::test::Answer ask(const std::string& request)
    {
        http::test::RawClient client{port};
        return client.ask(request);
    }

    static http::test::Answer get(const std::string& path)
    {
        return ask(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", path));
    }

    static inline std::uint16_t port = 0;
};

} // namespace

TEST_F(InstrumentsApi, ListsWhatCanBeUsed)
{
    const auto list = describe::parse_json(get("/api/v1/instruments").body);

    ASSERT_TRUE(list);
    ASSERT_EQ(list->find("items")->items.size(), 2u);
    const auto& quickscan = list->find("items")->items[0];
    EXPECT_EQ(quickscan.find("key")->text, "quickscan-local-approach");
    EXPECT_EQ(quickscan.find("questions")->integer, 26);
    EXPECT_EQ(quickscan.find("minutes")->integer, 78);
}

TEST_F(InstrumentsApi, GivesAVersionWithTheNamesOfItsFile)
{
    const auto one = describe::parse_json(get("/api/v1/instruments/quickscan-local-approach/versions/1").body);

    ASSERT_TRUE(one);
    EXPECT_TRUE(one->find("reconstructed")->boolean);
    EXPECT_EQ(one->find("scoring")->find("partly")->text, "share_of_parts");
    const auto& first = one->find("questions")->items.at(0);
    EXPECT_EQ(first.find("scaleMeanings")->find("no")->find("en")->text, "There is no described picture");
    EXPECT_EQ(first.find("targetGroups")->items.at(0).text, "municipal-officials");
}

TEST_F(InstrumentsApi, KnowsNoOtherKeyVersionOrSpelling)
{
    EXPECT_EQ(get("/api/v1/instruments/quickscan-local-approach/versions/2").status, 404);
    EXPECT_EQ(get("/api/v1/instruments/quickscan-local-approach/versions/one").status, 404);
    EXPECT_EQ(get("/api/v1/instruments/other/versions/1").status, 404);
    EXPECT_EQ(get("/api/v1/instruments/other/versions/1/xlsform").status, 404);
}

TEST_F(InstrumentsApi, GivesAFormThatReadsBackUnchanged)
{
    const auto answer = get("/api/v1/instruments/survey-2015/versions/1/xlsform");

    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-disposition"), "attachment; filename=\"survey-2015-1.xlsx\"");
    const auto read = read_whole_xlsform(answer.body);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, *shipped_instruments().current("survey-2015"));
}

TEST_F(InstrumentsApi, ReadsNoFormOfAStranger)
{
    const std::string body = "PK";
    const auto answer =
        ask(fmt::format("POST /api/v1/instrument-readings HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n"
                        "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\n\r\n{}",
                        body.size(), body));

    EXPECT_EQ(answer.status, 401);
}
