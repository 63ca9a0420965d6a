// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/texts.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace beproefd::describe {
namespace {

constexpr embedded::File dutch{"server/geld/texts.nl.json", R"({"round": "ronde {name}", "euro": "euro"})"};
constexpr embedded::File english{"server/geld/texts.en.json", R"({"round": "round {name}", "euro": "euro"})"};

TEST(Texts, SayTheSameInBothLanguages)
{
    const embedded::File files[]{dutch, english};

    const Texts texts{files};

    EXPECT_EQ(texts("round", Language::nl, {{"name", "2026"}}), "ronde 2026");
    EXPECT_EQ(texts.words("round", {{"name", "2026"}}), (Words{"ronde 2026", "round 2026"}));
    EXPECT_EQ(texts.both("round", {{"name", "2026"}}), "ronde 2026 / round 2026");
    EXPECT_EQ(texts.both("euro"), "euro");
    EXPECT_EQ(texts.keys(), (std::vector<std::string>{"euro", "round"}));
}

TEST(Texts, LeaveABraceInWhatIsFilledIn)
{
    const embedded::File files[]{dutch, english};

    const Texts texts{files};

    EXPECT_EQ(texts("round", Language::nl, {{"name", "{name}"}}), "ronde {name}");
}

TEST(Texts, RefuseWhatIsNotThere)
{
    const embedded::File files[]{dutch, english};

    const Texts texts{files};

    EXPECT_FALSE(texts.has("square"));
    EXPECT_THROW(texts("square", Language::nl), std::logic_error);
    EXPECT_THROW(texts("round", Language::nl), std::logic_error) << "without its name";
}

TEST(Texts, RefuseTwoLanguagesThatDiffer)
{
    const embedded::File more{"server/geld/texts.nl.json",
                              R"({"round": "ronde", "euro": "euro", "ceiling": "plafond"})"};
    const embedded::File broken{"server/geld/texts.en.json", R"({"round": 1})"};
    const embedded::File differing[]{more, english}, alone[]{dutch}, wrong[]{dutch, broken};

    EXPECT_THROW(Texts{differing}, std::logic_error);
    EXPECT_THROW(Texts{alone}, std::logic_error);
    EXPECT_THROW(Texts{wrong}, std::logic_error);
}

} // namespace
} // namespace beproefd::describe
