// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/request.hpp"

#include "statistics/door/analyse.hpp"
#include "statistics/door/command.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <sstream>

namespace beproefd::statistics::door {
namespace {

/// A registry with one method that adds two columns.
Registry adding()
{
    Registry registry;
    Method method;
    method.name = "test.add";
    method.page.data = {{"a", "", ""}, {"b", "", ""}};
    method.page.options = {{"level", "", ""}, {"seed", "", ""}};
    method.run = [](Request& request) -> Outcome<boost::json::object> {
        request.level();
        request.seed();
        Rows rows{request, 5};
        const auto& a = rows.numbers("a", not_negative);
        const auto& b = rows.numbers("b");
        rows.complete();
        if (request.refused())
            return request.error();
        boost::json::object result;
        std::vector<double> sums;
        for (std::size_t i = 0; i < rows.size(); ++i)
            sums.push_back(a[i] + b[i]);
        result["sums"] = json_numbers(sums);
        result["n_dropped"] = rows.dropped();
        return result;
    };
    registry.add(method);
    return registry;
}

std::string request(std::string_view data, std::string_view options = "{}")
{
    return fmt::format(R"({{"contract":"beproefd.analyse/1","id":"7","method":"test.add","data":{},"options":{}}})",
                       data, options);
}

struct Case {
    std::string text;
    std::string_view code;
    std::string_view path;
};

TEST(Door, RepliesWithTheResultAndWhatWasDropped)
{
    const auto reply = analyse(adding(), request(R"({"a":[1,null,0.1],"b":[2,5,0.2]})"), {});

    EXPECT_EQ(reply.status, 0);
    const auto json = boost::json::parse(reply.text);
    EXPECT_EQ(json.at("id"), "7");
    EXPECT_NE(reply.text.find(R"("result":{"sums":[3,0.30000000000000004],"n_dropped":1})"), std::string::npos);
    EXPECT_EQ(json.at("warnings").at(0).at("code"), "dropped_missing");
    EXPECT_EQ(json.at("warnings").at(0).at("path"), "data.a[1]");
    EXPECT_EQ(json.at("meta").at("seed").to_number<int>(), 20240101);
}

TEST(Door, RefusesInTheWordsOfTheContractWithThePlace)
{
    const std::vector<Case> cases{
        {"", "bad_request", "$"},
        {" \n", "bad_request", "$"},
        {"[]", "bad_request", "$"},
        {"[1,2", "bad_request", "$"},
        {"7", "bad_request", "$"},
        {R"({"contract":"beproefd.analyse/2","method":"test.add"})", "bad_request", "contract"},
        {R"({"contract":"beproefd.analyse/1","method":"no.such"})", "unknown_method", "method"},
        {R"({"contract":"beproefd.analyse/1"})", "missing_field", "method"},
        {request(R"({"a":[1]})"), "missing_field", "data.b"},
        {request(R"({"a":[1,2],"b":[1]})"), "invalid_data", "data.b"},
        {request(R"({"a":[1,-2],"b":[1,2]})"), "invalid_data", "data.a[1]"},
        {request(R"({"a":["x"],"b":[1]})"), "invalid_data", "data.a[0]"},
        {request(R"({"a":1,"b":[1]})"), "invalid_data", "data.a"},
        {request(R"({"a":[],"b":[]})"), "insufficient_data", "data.a"},
        {request(R"({"a":[null],"b":[1]})"), "insufficient_data", "data.a[0]"},
        {request(R"({"a":[1,1,1,1,1,1],"b":[1]})"), "too_large", "data.a"},
        {request(R"({"a":[1],"b":[1],"c":[1]})"), "invalid_data", "data.c"},
        {request(R"({"a":[1],"b":[1]})", R"({"x":1})"), "invalid_option", "options.x"},
        {request(R"({"a":[1],"b":[1]})", R"({"level":1})"), "invalid_option", "options.level"},
        {request(R"({"a":[1],"b":[1]})", R"({"seed":-1})"), "invalid_option", "options.seed"},
        {request(R"({"a":[1],"b":[1]})", "[]"), "invalid_option", "options"},
        {request(R"({"a":[1],"b":[1],"a":[2]})"), "invalid_data", "data.a"},
        {request(R"({"a":[1],"b":[1]})", R"({"seed":1,"seed":1})"), "invalid_option", "options.seed"},
        {request(R"({"a":[1],"b":[1]})", R"({},"id":"8")"), "bad_request", "id"},
        {request(R"({"a":[1],"b":[{"n":{}},[3,{"n":1,"n":2}]]})"), "invalid_data", "data.b[1][1].n"},
    };
    for (const auto& wrong : cases) {
        const auto reply = analyse(adding(), wrong.text, {});

        EXPECT_EQ(reply.status, 2) << wrong.text;
        const auto json = boost::json::parse(reply.text);
        EXPECT_EQ(json.at("ok"), false);
        EXPECT_EQ(std::string_view(json.at("error").at("code").as_string()), wrong.code) << wrong.text;
        const auto* path = json.at("error").as_object().if_contains("path");
        EXPECT_EQ(path ? std::string_view(path->as_string()) : std::string_view(), wrong.path) << wrong.text;
    }
}

TEST(Rows, RefuseAColumnWhoseNameSaysNothing)
{
    for (const auto& [first, second] : {std::pair{"age", "age"}, {"age", ""}, {"age", "(intercept)"}}) {
        const auto data =
            fmt::format(R"({{"x":[{{"name":"{}","values":[1,2]}},{{"name":"{}","values":[3,5]}}]}})", first, second);
        Request asked{"test.columns", boost::json::parse(data).as_object(), {}};

        Rows rows{asked, 5};
        rows.regressors("x", true);

        ASSERT_TRUE(asked.refused()) << second;
        EXPECT_EQ(asked.error().code, ErrorCode::invalid_data);
        EXPECT_EQ(asked.error().path, "data.x[1].name");
    }
}

TEST(Door, RefusesAMethodThatIsNotTheOneOfTheCommand)
{
    const auto reply = analyse(adding(), request(R"({"a":[1],"b":[1]})"), {.method = "meta.rma"});

    EXPECT_EQ(boost::json::parse(reply.text).at("error").at("code"), "bad_request");
}

TEST(WriteJson, IsTheShortestTextThatReadsBackTheSame)
{
    const auto value = boost::json::parse(R"({"b":[0.1,1e300,-0.0,5e-324,3],"a":"é\n"})");

    EXPECT_EQ(write_json(value), R"({"b":[0.1,1e+300,0,5e-324,3],"a":"é\n"})");
}

TEST(AnalyseCommand, AnswersABatchInOrder)
{
    std::string requests;
    for (int i = 0; i < 40; ++i)
        requests += fmt::format(R"({{"contract":"beproefd.analyse/1","id":{},"method":"no.such"}})", i) + "\n";
    std::istringstream in{requests};
    std::ostringstream out, error;
    const std::vector<std::string> arguments{"--batch", "--threads", "2"};

    const int status = analyse_command(arguments, in, out, error, "1");

    EXPECT_EQ(status, 0);
    EXPECT_EQ(error.str(), "");
    std::istringstream replies{out.str()};
    std::string line;
    for (int i = 0; i < 40; ++i) {
        ASSERT_TRUE(std::getline(replies, line));
        EXPECT_EQ(boost::json::parse(line).at("id").to_number<int>(), i);
    }
    EXPECT_FALSE(std::getline(replies, line));
}

TEST(AnalyseCommand, AnswersAnEmptyLineOfABatchToo)
{
    std::istringstream in{"{\"contract\":\"beproefd.analyse/1\",\"id\":1,\"method\":\"no.such\"}\n\n  \r\n"
                          "{\"contract\":\"beproefd.analyse/1\",\"id\":4,\"method\":\"no.such\"}"};
    std::ostringstream out, error;
    const std::vector<std::string> arguments{"--batch"};

    const int status = analyse_command(arguments, in, out, error, "1");

    EXPECT_EQ(status, 0);
    std::istringstream replies{out.str()};
    std::vector<boost::json::value> lines;
    for (std::string line; std::getline(replies, line);)
        lines.push_back(boost::json::parse(line));
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines[0].at("id"), 1);
    EXPECT_EQ(lines[1].at("error").at("code"), "bad_request");
    EXPECT_EQ(lines[2].at("error").at("code"), "bad_request");
    EXPECT_EQ(lines[3].at("id"), 4);
}

TEST(AnalyseCommand, SaysWhatIsWrongWithItsArgumentsAndWritesNoReply)
{
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--no-such"}, {"--threads", "0"}, {"--time-limit"}, {"a", "b"}}) {
        std::istringstream in{"{}"};
        std::ostringstream out, error;

        EXPECT_EQ(analyse_command(arguments, in, out, error, "1"), 2);
        EXPECT_EQ(out.str(), "");
        EXPECT_NE(error.str(), "");
    }
}

} // namespace
} // namespace beproefd::statistics::door
