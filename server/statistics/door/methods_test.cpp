// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/analyse.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

/// The reply of the real methods.
json::value reply_to(std::string_view method, std::string_view data, std::string_view options)
{
    static const Registry registry = all_methods();
    const auto request = fmt::format(R"({{"contract":"beproefd.analyse/1","method":"{}","data":{},"options":{}}})",
                                     method, data, options);
    return json::parse(analyse(registry, request, {}).text);
}

bool warns(const json::value& reply, std::string_view code)
{
    const auto* warnings = reply.as_object().if_contains("warnings");
    return warnings &&
           std::any_of(warnings->as_array().begin(), warnings->as_array().end(),
                       [&](const json::value& w) { return std::string_view(w.at("code").as_string()) == code; });
}

constexpr std::string_view two_sites_before_and_after =
    R"({"y":[5,6,8,7,4,5,7,8,5,5,6,6,4,4,5,4],"treated":[1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0],
        "post":[0,0,1,1,0,0,1,1,0,0,1,1,0,0,1,1],
        "cluster":["a","a","a","a","b","b","b","b","c","c","c","c","d","d","d","d"]})";

TEST(DifferenceInDifferences, SaysThatAVarianceDoesNotUseTheClustersItWasGiven)
{
    for (const std::string_view vcov : {"classical", "HC0", "HC1", "HC2", "HC3"})
        EXPECT_TRUE(warns(reply_to("design.did", two_sites_before_and_after, fmt::format(R"({{"vcov":"{}"}})", vcov)),
                          "cluster_not_used"))
            << vcov;
    EXPECT_FALSE(warns(reply_to("design.did", two_sites_before_and_after, R"({"vcov":"CR2"})"), "cluster_not_used"));
}

TEST(LeastSquares, SaysThatAVarianceDoesNotUseTheClustersItWasGiven)
{
    constexpr std::string_view data =
        R"({"y":[3,5,4,6,7,8],"x":[{"name":"t","values":[0,0,0,1,1,1]}],"cluster":[1,1,2,2,3,3]})";

    EXPECT_TRUE(warns(reply_to("model.ols", data, R"({"vcov":"HC3"})"), "cluster_not_used"));
    EXPECT_FALSE(warns(reply_to("model.ols", data, R"({"vcov":"CR1"})"), "cluster_not_used"));
}

/// The code and place of a refusal, or nothing.
std::string refusal(const json::value& reply)
{
    const auto* error = reply.as_object().if_contains("error");
    return error ? fmt::format("{} {}", error->at("code").as_string().c_str(), error->at("path").as_string().c_str())
                 : "";
}

TEST(InterruptedSeries, PointsToTheStartWhenItLeavesOnePointOnASide)
{
    constexpr std::string_view data = R"({"y":[20,22,21,23,22,24,23,25,24,19,18,18]})";

    EXPECT_EQ(refusal(reply_to("design.its", data, R"({"start":2})")), "singular_design options.start");
    EXPECT_EQ(refusal(reply_to("design.its", data, R"({"start":3})")), "");
    EXPECT_EQ(refusal(reply_to("design.its", data, R"({"start":11})")), "");
    EXPECT_EQ(refusal(reply_to("design.its", data, R"({"start":12})")), "singular_design options.start");
    EXPECT_EQ(refusal(reply_to("design.its", data, R"({"start":7,"harmonics":1,"season_period":2})")),
              "singular_design options.harmonics");
}

TEST(MixedModel, RefusesAVarianceBetweenGroupsThatTheRegressorsTellApart)
{
    // One school with the programme and one without: how schools differ by themselves is not in the data.
    constexpr std::string_view two_schools =
        R"({{"y":[1,2,4,3,7,8,6,9],"x":[{{"name":"treated","values":[0,0,0,0,1,1,1,1]}}],"group":{}}})";

    EXPECT_EQ(refusal(reply_to("model.lmm", fmt::format(two_schools, "[1,1,1,1,2,2,2,2]"), "{}")),
              "insufficient_data data.group");
    EXPECT_EQ(refusal(reply_to("model.lmm", fmt::format(two_schools, "[1,1,3,3,2,2,2,2]"), "{}")), "");
}

TEST(Bayes, LeavesOutTheMomentsThatAreInfinite)
{
    const auto spread = [](std::string_view yi, std::string_view vi, std::string_view more) {
        const auto reply = reply_to("meta.bayes", fmt::format(R"({{"yi":{},"vi":{}}})", yi, vi),
                                    fmt::format(R"({{"tau_prior":{{"family":"half_cauchy","scale":0.5}}{}}})", more));
        const auto& result = reply.at("result");
        std::string numbers;
        for (const std::string_view part : {"mu", "tau", "predictive"})
            for (const std::string_view moment : {"mean", "sd"})
                numbers += result.at(part).at(moment).is_null() ? '-' : '#';
        return numbers;
    };
    constexpr std::string_view normal = R"(,"mu_prior":{"mean":0,"sd":2})";

    EXPECT_EQ(spread("[0.3]", "[0.1]", ""), "------");
    EXPECT_EQ(spread("[0.3]", "[0.1]", normal), "###-#-");
    EXPECT_EQ(spread("[0.3,0.9]", "[0.1,0.2]", ""), "#-#-#-");
    EXPECT_EQ(spread("[0.3,0.9]", "[0.1,0.2]", normal), "######");
    EXPECT_EQ(spread("[0.3,0.9,0.1]", "[0.1,0.2,0.2]", ""), "######");
}

TEST(Multilevel, RefusesAVarianceBetweenGroupsThatNothingIsLeftToEstimateFrom)
{
    constexpr std::string_view effects = R"({{"yi":[0.1,0.3,0.2,0.5],"vi":[0.1,0.1,0.1,0.2],"levels":[{}]}})";
    const auto ids = [&](std::string_view levels) { return fmt::format(effects, levels); };
    constexpr std::string_view by_project = R"({"name":"project","ids":[1,1,2,2]})";
    constexpr std::string_view each = R"({"name":"effect","ids":[1,2,3,4]})";

    for (const std::string_view fit : {R"({"fit":"REML"})", R"({"fit":"ML"})"}) {
        EXPECT_EQ(refusal(reply_to("meta.multilevel", ids(R"({"name":"all","ids":[1,1,1,1]})"), fit)),
                  "insufficient_data data.levels[0]");
        EXPECT_EQ(refusal(reply_to("meta.multilevel", ids(fmt::format("{0},{0}", each)), fit)),
                  "insufficient_data data.levels[1]");
        EXPECT_EQ(refusal(reply_to("meta.multilevel", ids(each), fit)), "");
        EXPECT_EQ(refusal(reply_to("meta.multilevel", ids(fmt::format("{},{}", by_project, each)), fit)), "");
    }
}

} // namespace
} // namespace beproefd::statistics::door
