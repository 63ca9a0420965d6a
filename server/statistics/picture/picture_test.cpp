// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/analyse.hpp"
#include "statistics/picture/commands.hpp"
#include "statistics/picture/plot.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

namespace beproefd::statistics::picture {
namespace {

struct Drawn {
    int status = 0;
    std::string out, error;
};

/// What someone gets who analyses a request, keeps it, and draws or explains it.
Drawn picture_of(const std::string& kind, const std::string& request, const std::string& language = "nl")
{
    static const auto registry = door::all_methods();
    door::AnalyseSettings settings;
    settings.keep_request = true;
    const auto reply = door::analyse(registry, request, settings);
    std::istringstream in(reply.text);
    std::ostringstream out, error;
    Drawn drawn;
    drawn.status = kind == "explain"
                       ? explain_command(std::vector<std::string>{"--language", language}, in, out, error)
                       : plot_command(std::vector<std::string>{kind, "--language", language}, in, out, error);
    drawn.out = out.str();
    drawn.error = error.str();
    if (drawn.status != 0)
        drawn.error += reply.text;
    return drawn;
}

std::string request_of(const std::string& name)
{
    std::ifstream in(std::string(BEPROEFD_SOURCE_DIR) + "/test/statistics/figures/" + name + ".json");
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class EveryFigure : public testing::TestWithParam<std::string>
{
};

TEST_P(EveryFigure, HasATitleADescriptionAndItsNumbersAsATable)
{
    for (const std::string language : {"nl", "en"}) {
        const auto drawn = picture_of(GetParam(), request_of(GetParam()), language);

        ASSERT_EQ(drawn.status, 0) << drawn.error;
        EXPECT_NE(drawn.out.find("-title\">"), std::string::npos);
        EXPECT_NE(drawn.out.find("-description\">"), std::string::npos);
        EXPECT_NE(drawn.out.find("<tr><td>"), std::string::npos);
        EXPECT_NE(drawn.out.find("lang=\"" + language + "\""), std::string::npos);
        EXPECT_EQ(drawn.out.find("nan"), std::string::npos);
        EXPECT_EQ(drawn.out.find("inf\""), std::string::npos);
        EXPECT_EQ(drawn.out.find('{'), drawn.out.find("{font-family")) << "a text was not filled in";
    }
}

TEST_P(EveryFigure, KeepsItsStylesAndNamesToItselfOnAPageWithOthers)
{
    const auto drawn = picture_of(GetParam(), request_of(GetParam()));
    const auto of_another =
        picture_of(GetParam() == "forest" ? "its" : "forest", request_of(GetParam() == "forest" ? "its" : "forest"));
    const auto name = [](const std::string& svg) {
        const auto begin = svg.find(" id=\"") + 5;
        return svg.substr(begin, svg.find('"', begin) - begin);
    };
    const std::string own = name(drawn.out);

    EXPECT_NE(own, name(of_another.out));
    // Every rule starts with the name of the figure, and so does every id and every reference to one.
    const auto begin = drawn.out.find("<style>") + 7, end = drawn.out.find("</style>");
    for (auto at = begin; at < end; at = drawn.out.find('}', at) + 1)
        EXPECT_EQ(drawn.out.compare(at, own.size() + 2, "#" + own + " "), 0) << drawn.out.substr(at, 60);
    for (const std::string_view mark : {" id=\"", "url(#", "labelledby=\""})
        for (auto at = drawn.out.find(mark); at != std::string::npos; at = drawn.out.find(mark, at + 1))
            EXPECT_EQ(drawn.out.compare(at + mark.size(), own.size(), own), 0) << drawn.out.substr(at, 60);
    // A table straight inside an SVG would end it in HTML.
    EXPECT_NE(drawn.out.find("<foreignObject><table"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Picture, EveryFigure,
                         testing::ValuesIn(std::vector<std::string>(kinds().begin(), kinds().end())),
                         [](const auto& info) { return info.param; });

TEST(Explain, GivesEstimateIntervalNumberAndLimit)
{
    const auto drawn = picture_of("explain", request_of("pre_post"));

    ASSERT_EQ(drawn.status, 0) << drawn.error;
    EXPECT_NE(drawn.out.find("Bij 12 deelnemers"), std::string::npos) << drawn.out;
    EXPECT_NE(drawn.out.find("95%-interval"), std::string::npos);
    EXPECT_NE(drawn.out.find("niet te zeggen of de activiteit de oorzaak is"), std::string::npos);
}

TEST(Explain, RefusesAReplyThatIsARefusal)
{
    const auto drawn = picture_of("explain", R"({"contract":"beproefd.analyse/1","method":"test.t","data":{}})");

    EXPECT_EQ(drawn.status, 2);
    EXPECT_TRUE(drawn.out.empty());
}

TEST(Plot, CountsCasesThatLieOnOneSpot)
{
    const auto drawn = picture_of("qca_xy", R"({"contract":"beproefd.analyse/1","method":"qca.fit",
        "data":{"cases":["a","b","c","d"],"conditions":[{"name":"A","values":[1,1,1,0]}],
                "outcome":{"name":"Y","values":[1,1,1,0]}},
        "options":{"expression":"A","relation":"sufficiency"}})");

    ASSERT_EQ(drawn.status, 0) << drawn.error;
    EXPECT_NE(drawn.out.find("class=\"b o\">3</text>"), std::string::npos);
    EXPECT_EQ(drawn.out.find("class=\"b o\">1</text>"), std::string::npos);
    EXPECT_NE(drawn.out.find("zoveel gevallen op"), std::string::npos);
}

TEST(Plot, EscapesWhatComesFromTheRequest)
{
    auto request = request_of("pre_post");
    request.replace(request.find("\"outcome\":\""), 11, "\"outcome\":\"<script>alert(1)</script>& ");

    const auto drawn = picture_of("pre_post", request);

    EXPECT_EQ(drawn.status, 0) << drawn.error;
    EXPECT_EQ(drawn.out.find("<script"), std::string::npos);
}

TEST(Plot, RefusesAFigureThatDoesNotFitTheMethod)
{
    const auto drawn = picture_of("forest", request_of("pre_post"));

    EXPECT_EQ(drawn.status, 2);
    EXPECT_NE(drawn.error.find("meta.rma"), std::string::npos);
}

TEST(Sentences, NeverClaimMoreThanAStudyCan)
{
    auto text = sentences_file();
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });

    for (const auto* word : {"bewezen", "bewijst", "aangetoond", "proven", "proves", "demonstrates"})
        EXPECT_EQ(text.find(word), std::string::npos) << word;
}

TEST(Sentences, StandInBothLanguagesWithTheSameBlanks)
{
    std::istringstream lines(sentences_file());
    std::string line, dutch;
    const auto blanks = [](const std::string& words) {
        std::multiset<std::string> found;
        for (auto at = words.find('{'); at != std::string::npos; at = words.find('{', at + 1))
            if (const auto end = words.find('}', at); end != std::string::npos && words[at + 1] != 'n')
                found.insert(words.substr(at, end - at + 1));
        return found;
    };
    std::size_t nl = 0, en = 0;
    while (std::getline(lines, line)) {
        nl += line.find("nl: \"") != std::string::npos;
        en += line.find("en: \"") != std::string::npos;
        if (const auto second = line.find(", en: \""); second != std::string::npos) {
            EXPECT_EQ(blanks(line.substr(line.find("nl: \""), second - line.find("nl: \""))),
                      blanks(line.substr(second)))
                << line;
        }
    }
    EXPECT_EQ(nl, en);
    EXPECT_GT(nl, 100U);
}

} // namespace
} // namespace beproefd::statistics::picture
