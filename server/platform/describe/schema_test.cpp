// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/schema.hpp"
#include "platform/describe/sentences.hpp"

#include <gtest/gtest.h>

using namespace beproefd;

namespace test {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Part {
    Text<1, 5> name;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name))

struct Whole2 {
    static constexpr auto schema_name = "Whole";
    Euro requested;
    std::optional<Day> due_on;
    Colour colour = Colour::red;
    Whole<1, 26> number;
    std::vector<Part> parts;
};
BOOST_DESCRIBE_STRUCT(Whole2, (), (requested, due_on, colour, number, parts))

} // namespace test

TEST(Schema, DescribesLimitsEnumerationsAndReferences)
{
    describe::Components components;

    const auto reference = describe::schema<test::Whole2>(components);

    EXPECT_EQ(reference, R"({"$ref":"#/components/schemas/Whole"})");
    EXPECT_EQ(components.at("Whole"),
              R"({"type":"object","properties":{"requestedCents":{"type":"integer","format":"int64"},)"
              R"("dueOn":{"type":"string","format":"date"},"colour":{"type":"string","enum":["red","green"]},)"
              R"("number":{"type":"integer","minimum":1,"maximum":26},)"
              R"("parts":{"type":"array","items":{"$ref":"#/components/schemas/Part"}}},)"
              R"("required":["requestedCents","colour","number","parts"],"additionalProperties":false})");
    EXPECT_EQ(components.at("Part"), R"({"type":"object","properties":{"name":{"type":"string","minLength":1,)"
                                     R"("maxLength":5}},"required":["name"],"additionalProperties":false})");
}

TEST(Sentences, AreThereInBothLanguagesForEveryCode)
{
    EXPECT_EQ(describe::sentence_codes(describe::Language::nl), describe::sentence_codes(describe::Language::en));
    EXPECT_FALSE(describe::sentence_codes(describe::Language::nl).empty());
}

TEST(Sentences, FillInTheirParameters)
{
    EXPECT_EQ(describe::sentence("length", {{"minimum", "1"}, {"maximum", "20"}}, describe::Language::nl),
              "Moet 1 tot en met 20 tekens lang zijn.");
}

TEST(Sentences, ExplainAProblemWithEveryPlace)
{
    const auto rows = describe::parse_csv("a,b\n1\n1,2,3\n", "t.csv");

    ASSERT_FALSE(rows);
    EXPECT_EQ(
        describe::explain(rows.error(), describe::Language::en),
        "t.csv:2:1: This line has 1 fields; the head has 2.\nt.csv:3:1: This line has 3 fields; the head has 2.");
}
