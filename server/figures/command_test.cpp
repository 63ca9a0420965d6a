// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/command.hpp"
#include "figures/shipped.hpp"

#include "platform/describe/node.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

using namespace beproefd;
using namespace beproefd::figures;
using testing::EndsWith;
using testing::HasSubstr;

namespace {

struct Ran {
    int status;
    std::string out;
};

Ran run(const std::function<int(std::FILE*)>& command)
{
    std::FILE* file = std::tmpfile();
    const int status = command(file);
    std::string out(static_cast<std::size_t>(std::ftell(file)), '\0');
    std::rewind(file);
    const auto read = std::fread(out.data(), 1, out.size(), file);
    std::fclose(file);
    out.resize(read);
    return {status, out};
}

} // namespace

TEST(CoverageCommand, EndsWithOneLineThatAccountsForEveryNumber)
{
    const Catalogue catalogue{test::shipped()};

    const auto ran = run([&](std::FILE* out) { return coverage_command(catalogue, false, false, out); });

    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, "652 of 652: 391 figures, 261 not figures\n");
}

TEST(CoverageCommand, FailsWhenOneFigureIsTakenAway)
{
    auto data = test::shipped();
    std::erase_if(data.figures, [](const Figure& one) { return one.key == "letter-figures~jos-practices~value"; });
    const Catalogue catalogue{std::move(data)};

    const auto ran = run([&](std::FILE* out) { return coverage_command(catalogue, false, false, out); });

    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(ran.out, "MISSING     kamerbrief-2021:152  zeven  \n651 of 652: 390 figures, 261 not figures\n");
}

TEST(VerifyCommand, ListsTheKnownDifferencesWithTheBestExplanation)
{
    const Catalogue catalogue{test::shipped()};

    const auto ran = run([&](std::FILE* out) { return verify_command(catalogue, false, out); });

    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.out, HasSubstr("1. lost_sign: Ander programma / 2008, printed 0.49, should be -0.49"));
    EXPECT_THAT(ran.out, HasSubstr("The table detective cannot choose between 3"));
    EXPECT_THAT(ran.out, HasSubstr("48 statements checked, 37 do not agree."));
    EXPECT_THAT(ran.out, EndsWith("Exactly the known differences remain.\n"));
}

TEST(VerifyCommand, FailsWhenANumberChanges)
{
    auto data = test::shipped();
    for (auto& figure : data.figures) {
        if (figure.key == "paid~total~total")
            figure.value = 14.47;
    }
    const Catalogue catalogue{std::move(data)};

    const auto ran = run([&](std::FILE* out) { return verify_command(catalogue, false, out); });

    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.out, HasSubstr("NOT KNOWN: paid~row~total"));
}

TEST(VerifyCommand, WritesOneJsonObject)
{
    const Catalogue catalogue{test::shipped()};

    const auto ran = run([&](std::FILE* out) { return verify_command(catalogue, true, out); });

    EXPECT_EQ(ran.status, 0);
    const auto json = describe::parse_json(ran.out);
    ASSERT_TRUE(json);
    EXPECT_TRUE(json->find("checks")->find("asKnown")->boolean);
    EXPECT_EQ(json->find("findings")->find("items")->items.size(), 48u);
}

TEST(ExportCommand, WritesCsvJsonAndSpreadsheet)
{
    const Catalogue catalogue{test::shipped()};
    FigureFilter filter;
    filter.cluster = Text<0, 100>::from_text("prevention");

    const auto as = [&](const char* format) {
        return run([&](std::FILE* out) { return export_command(catalogue, filter, format, "", out, out); });
    };

    EXPECT_THAT(as("csv").out, HasSubstr("cluster-figures~prevention~2020-granted"));
    EXPECT_TRUE(describe::parse_json(as("json").out));
    EXPECT_EQ(as("xlsx").out.substr(0, 2), "PK");
    EXPECT_EQ(as("ods").status, 2);
}
