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

} // namespace
} // namespace beproefd::statistics::door
