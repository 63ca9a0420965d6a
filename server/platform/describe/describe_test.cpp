// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/columns.hpp"
#include "platform/describe/indent.hpp"
#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"

#include <gtest/gtest.h>

using namespace beproefd;

namespace test {

enum class Status { open, in_progress, done };
BOOST_DESCRIBE_ENUM(Status, open, in_progress, done)

struct Label {
    Text<1, 10> name;
    bool operator==(const Label&) const = default;
};
BOOST_DESCRIBE_STRUCT(Label, (), (name))

struct Measure {
    Id<Measure> id;
    Text<1, 20> title;
    Status status = Status::open;
    std::optional<Day> due_on;
    Euro requested;
    Whole<0, 100> score;
    std::vector<Label> labels;
    bool final_report = false;
    double share = 0;
    bool operator==(const Measure&) const = default;
};
BOOST_DESCRIBE_STRUCT(Measure, (), (id, title, status, due_on, requested, score, labels, final_report, share))

struct Row {
    std::string cluster;
    int year = 0;
    std::optional<Euro> granted;
    bool operator==(const Row&) const = default;
};
BOOST_DESCRIBE_STRUCT(Row, (), (cluster, year, granted))

} // namespace test

namespace {

using test::Measure;
using test::Row;

const auto valid = R"({"id":"0193a5c0-0000-7000-8000-000000000001","title":"Café","status":"in_progress",
  "dueOn":"2026-11-21","requestedCents":4900,"score":7,"labels":[{"name":"a"}],"finalReport":true,"share":0.25})";

std::vector<std::string> pointers_and_codes(const Problem& problem)
{
    std::vector<std::string> list;
    for (const auto& field : problem.fields)
        list.push_back(field.pointer + " " + field.code);
    return list;
}

} // namespace

TEST(ReadJson, FillsEveryMemberOfADescribedStruct)
{
    const auto measure = describe::read_json<Measure>(valid);

    ASSERT_TRUE(measure);
    EXPECT_EQ(measure->title.to_text(), "Café");
    EXPECT_EQ(measure->status, test::Status::in_progress);
    EXPECT_EQ(measure->due_on, Day(2026, 11, 21));
    EXPECT_EQ(measure->requested, Euro::cents(4900));
    EXPECT_EQ(measure->labels.size(), 1u);
    EXPECT_TRUE(measure->final_report);
    EXPECT_EQ(measure->share, 0.25);
}

TEST(ReadJson, TellsEveryErrorAtOnceWithItsPointer)
{
    const auto measure = describe::read_json<Measure>(
        R"({"title":"","status":"lost","dueOn":"2026-02-30","requestedCents":"12","score":101,
            "labels":[{"name":"a"},{"name":"12345678901","x/y":1}],"finalReport":1,"share":"much","more":1})");

    ASSERT_FALSE(measure);
    EXPECT_EQ(pointers_and_codes(measure.error()),
              (std::vector<std::string>{"/id required", "/title length", "/status enum", "/dueOn date",
                                        "/requestedCents integer", "/score range", "/labels/1/name length",
                                        "/labels/1/x~1y unknown-member", "/finalReport boolean", "/share number",
                                        "/more unknown-member"}));
}

TEST(ReadJson, RefusesWhatIsNotOneJsonValue)
{
    for (const auto* text : {"", "{", "{}x", "{\"a\":1,}", "[1", "nul", "\"\xff\"", "{\"a\":01}"}) {
        const auto node = describe::parse_json(text);
        ASSERT_FALSE(node) << text;
        EXPECT_EQ(node.error().fields.at(0).code, "json") << text;
    }
}

TEST(ReadJson, RefusesAMemberThatStandsTwice)
{
    const auto node = describe::parse_json("{\"a\":1,\n \"a\":2}");

    ASSERT_FALSE(node);
    EXPECT_EQ(node.error().fields.at(0).code, "duplicate-member");
    EXPECT_EQ(node.error().fields.at(0).parameters.at(1), (Parameter{"line", "2"}));
}

TEST(ReadJson, RefusesNestingThatIsTooDeep)
{
    EXPECT_TRUE(describe::parse_json(std::string(30, '[') + std::string(30, ']')));
    EXPECT_FALSE(describe::parse_json(std::string(100000, '[')));
}

TEST(WriteJson, WritesWhatIsReadBack)
{
    const auto measure = describe::read_json<Measure>(valid);
    ASSERT_TRUE(measure);

    const auto again = describe::read_json<Measure>(describe::to_json(*measure));

    ASSERT_TRUE(again);
    EXPECT_EQ(*again, *measure);
}

TEST(WriteJson, LeavesOutWhatHasNoValueAndEscapesControlCharacters)
{
    std::string out;

    describe::write_json(out, Row{.cluster = "a\"\\\n\x01", .year = 2020, .granted = std::nullopt});

    EXPECT_EQ(out, R"({"cluster":"a\"\\\n\u0001","year":2020})");
}

TEST(WriteJson, IsIndentedWithAMemberALineWhenPeopleCompareIt)
{
    EXPECT_EQ(describe::indented(R"({"a":{},"b":[1,"x,{\"}:\\"],"c":[]})"),
              "{\n \"a\": {},\n \"b\": [\n  1,\n  \"x,{\\\"}:\\\\\"\n ],\n \"c\": []\n}");
}

TEST(WriteJson, EscapesACharacterWhereverItStands)
{
    for (std::size_t size = 1; size < 20; ++size)
        for (std::size_t place = 0; place < size; ++place)
            for (const auto& [byte, escape] : std::map<char, std::string>{
                     {'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\x1f', "\\u001f"}, {'\xc3', "\xc3"}}) {
                std::string text(size, 'a');
                text[place] = byte;
                std::string out;

                describe::write_text(out, text);

                EXPECT_EQ(out, '"' + std::string(place, 'a') + escape + std::string(size - place - 1, 'a') + '"');
            }
}

TEST(ReadCsv, ReadsRowsWithQuotesAndEmptyCells)
{
    const auto rows =
        describe::read_csv<Row>("cluster,year,granted_cents\r\n\"a, \"\"b\"\"\",2020,\r\nc,2021,\"5\"\n", "t.csv");

    ASSERT_TRUE(rows);
    EXPECT_EQ(*rows, (std::vector<Row>{{"a, \"b\"", 2020, std::nullopt}, {"c", 2021, Euro::cents(5)}}));
}

TEST(ReadCsv, NamesFileLineAndColumnOfEveryError)
{
    const auto rows = describe::read_csv<Row>("cluster,year,granted_cents\na,20x,1\nb,2021,1.5\n", "t.csv");

    ASSERT_FALSE(rows);
    ASSERT_EQ(rows.error().fields.size(), 2u);
    EXPECT_EQ(rows.error().fields[0].place, "t.csv:2:3");
    EXPECT_EQ(rows.error().fields[1].place, "t.csv:3:8");
    EXPECT_EQ(rows.error().fields[1].code, "integer");
}

TEST(ReadCsv, TellsAWrongNameOfAColumnOnceAndWhereItStands)
{
    const auto rows = describe::read_csv<Row>("cluster,jear,granted_cents\na,2020,1\nb,2021,2\n", "t.csv");

    ASSERT_FALSE(rows);
    const auto& errors = rows.error().fields;
    ASSERT_EQ(errors.size(), 2u);
    EXPECT_EQ(errors[0].place, "t.csv:1:9");
    EXPECT_EQ(errors[0].code, "csv-unknown-column");
    EXPECT_EQ(errors[1].code, "csv-missing-column");
}

TEST(ReadCsv, RefusesRaggedRowsOpenQuotesAndBrokenUtf8)
{
    const auto code = [](std::string_view text) {
        return describe::parse_csv(text, "t.csv").error().fields.at(0).code;
    };

    EXPECT_EQ(code("a,b\n1\n"), "csv-cells");
    EXPECT_EQ(code("a,b\n\"1,2\n"), "csv-open-quote");
    EXPECT_EQ(code("a,a\n1,2\n"), "duplicate-member");
    EXPECT_EQ(code("a,b\n1,\xff\n"), "utf8");
    EXPECT_EQ(code(""), "csv-empty");
}

TEST(ReadYaml, NamesFileLineAndColumnOfEveryError)
{
    const auto row = describe::read_yaml<Row>("cluster: a\nyear: many\nextra: 1\n", "r.yaml");

    ASSERT_FALSE(row);
    ASSERT_EQ(row.error().fields.size(), 2u);
    EXPECT_EQ(row.error().fields[0].place, "r.yaml:2:7");
    EXPECT_EQ(row.error().fields[1].pointer, "/extra");
}

TEST(ReadYaml, KeepsQuotedNumbersAsText)
{
    const auto row = describe::read_yaml<Row>("cluster: \"2020\"\nyear: 2020\n", "r.yaml");

    ASSERT_TRUE(row);
    EXPECT_EQ(row->cluster, "2020");
    EXPECT_FALSE(describe::read_yaml<Row>("cluster: a\nyear: \"2020\"\n", "r.yaml"));
}

TEST(ReadYaml, RefusesDuplicateKeysAndBrokenSyntax)
{
    EXPECT_EQ(describe::parse_yaml("a: 1\na: 2\n", "r.yaml").error().fields.at(0).place, "r.yaml:2:1");
    EXPECT_EQ(describe::parse_yaml("a: [1\n", "r.yaml").error().fields.at(0).code, "yaml");
}

TEST(ReadToml, ReadsTheSameStruct)
{
    const auto row = describe::read_toml<Row>("cluster = \"a\"\nyear = 2020\ngranted_cents = 5\n", "c.toml");

    ASSERT_TRUE(row);
    EXPECT_EQ(*row, (Row{"a", 2020, Euro::cents(5)}));
    EXPECT_EQ(describe::parse_toml("a = \n", "c.toml").error().fields.at(0).place.substr(0, 9), "c.toml:1:");
}

TEST(Columns, CarryTheUnitThatTheTypeCannotShow)
{
    const auto& columns = describe::columns<Row>();

    ASSERT_EQ(columns.size(), 3u);
    EXPECT_EQ(columns[2].name, "granted_cents");
    EXPECT_TRUE(columns[2].optional);
    EXPECT_EQ(columns[1].kind, describe::Kind::integer);
}
