// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// The public cases of the contract, one test each, and our own cases beside them in the same format. Numbers were
// computed outside this program; each case names its origin. Comparison as in section 4 of the contract.

#include "statistics/door/analyse.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

struct Tolerance {
    double relative = 0;
    double absolute = 0;
};

Tolerance tolerance_of(const json::object& tol, std::string_view leaf)
{
    const auto read = [](const json::object& from) {
        const auto number = [&](std::string_view name) {
            const auto* value = from.if_contains(name);
            return value ? value->to_number<double>() : 0;
        };
        return Tolerance{number("rel"), number("abs")};
    };
    if (const auto* paths = tol.if_contains("paths"))
        if (const auto* own = paths->as_object().if_contains(leaf))
            return read(own->as_object());
    return read(tol);
}

/// Every difference, one a line.
void compare(const json::value& expected, const json::value& actual, const json::object& tol, std::string_view leaf,
             const std::string& path, std::string& differences)
{
    if (expected.is_object()) {
        if (!actual.is_object()) {
            differences += path + ": no object\n";
            return;
        }
        for (const auto& member : expected.get_object()) {
            const auto inner = path + "." + std::string(member.key());
            const auto* found = actual.get_object().if_contains(member.key());
            if (!found)
                differences += inner + ": absent\n";
            else
                compare(member.value(), *found, tol, member.key(), inner, differences);
        }
    } else if (expected.is_array()) {
        if (!actual.is_array() || actual.get_array().size() != expected.get_array().size()) {
            differences += path + ": no list of that length\n";
            return;
        }
        for (std::size_t i = 0; i < expected.get_array().size(); ++i)
            compare(expected.get_array()[i], actual.get_array()[i], tol, leaf, fmt::format("{}[{}]", path, i),
                    differences);
    } else if (expected.is_number()) {
        const double wanted = expected.to_number<double>();
        const auto [relative, absolute] = tolerance_of(tol, leaf);
        if (!actual.is_number() ||
            !(std::abs(actual.to_number<double>() - wanted) <= absolute + relative * std::abs(wanted)))
            differences += fmt::format("{}: {} instead of {}\n", path, write_json(actual), wanted);
    } else if (expected != actual) {
        differences += fmt::format("{}: {} instead of {}\n", path, write_json(actual), write_json(expected));
    }
}

json::array all_cases()
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(BEPROEFD_STATISTICS_CASES))
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    json::array cases;
    for (const auto& file : files) {
        std::ifstream in(file);
        const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const auto suite = json::parse(text);
        for (const auto& item : suite.at("cases").as_array())
            cases.push_back(item);
    }
    return cases;
}

/// What is expected, with the corrections of corrections.json.
json::value expected_of(const json::object& item)
{
    static const json::value corrections = [] {
        std::ifstream in(BEPROEFD_STATISTICS_CASES "/../corrections.json");
        return json::parse(std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
    }();
    json::value expected = item.at("expect");
    for (const auto& correction : corrections.at("corrections").as_array())
        if (correction.at("id") == item.at("id"))
            expected.as_object()[correction.at("member").as_string()] = correction.at("value");
    return expected;
}

class PublishedCase : public testing::TestWithParam<json::value>
{
};

TEST_P(PublishedCase, IsReproduced)
{
    static const Registry registry = all_methods();
    const auto& item = GetParam().as_object();
    const json::value expected = expected_of(item);

    const auto reply = analyse(registry, write_json(item.at("request")), {});

    const auto answer = json::parse(reply.text).as_object();
    const bool whole_reply = expected.as_object().contains("ok");
    if (!whole_reply) {
        ASSERT_EQ(answer.at("ok"), true) << reply.text;
    }
    std::string differences;
    compare(expected, whole_reply ? json::value(answer) : answer.at("result"), item.at("tol").as_object(), "", "",
            differences);
    EXPECT_EQ(differences, "");
}

/// On 1, 2 and 16 threads the result is the same to the last byte.
TEST_P(PublishedCase, IsTheSameOnAnyNumberOfThreads)
{
    static const Registry registry = all_methods();
    const auto text = write_json(GetParam().as_object().at("request"));
    const auto result = [&](unsigned threads) {
        AnalyseSettings settings;
        settings.execution.threads = threads;
        auto answer = json::parse(analyse(registry, text, settings).text).as_object();
        answer.erase("meta");
        return write_json(answer);
    };

    const auto one = result(1);

    EXPECT_EQ(result(2), one);
    EXPECT_EQ(result(16), one);
}

/// What the reference page lists is what the method gives, and the other way round nothing is left out.
TEST_P(PublishedCase, GivesOnlyMembersOnItsReferencePage)
{
    static const Registry registry = all_methods();
    const auto& item = GetParam().as_object();
    const auto* method = registry.find(item.at("method").as_string());
    ASSERT_TRUE(method);

    const auto reply = json::parse(analyse(registry, write_json(item.at("request")), {}).text).as_object();

    const auto* result = reply.if_contains("result");
    if (!result)
        return;
    for (const auto& member : result->as_object()) {
        const auto& fields = method->page.result;
        EXPECT_TRUE(std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
            return field.name == std::string_view(member.key());
        })) << std::string_view(member.key());
    }
}

std::vector<json::value> parameters()
{
    const auto cases = all_cases();
    return {cases.begin(), cases.end()};
}

INSTANTIATE_TEST_SUITE_P(Cases, PublishedCase, testing::ValuesIn(parameters()), [](const auto& info) {
    std::string name(info.param.as_object().at("id").as_string());
    std::replace_if(name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
    return name;
});

} // namespace
} // namespace beproefd::statistics::door

// GoogleTest would print the whole case otherwise.
namespace boost::json {
inline void PrintTo(const value& item, std::ostream* out) { *out << item.at("id").as_string().c_str(); }
} // namespace boost::json
