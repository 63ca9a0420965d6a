// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/reference.hpp"

#include "statistics/door/analyse.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace beproefd::statistics::door {
namespace {

TEST(ReferencePages, AreThoseInTheDocumentation) // else run build/dev/statistics_reference docs/reference/statistics
{
    for (const auto& [name, text] : reference_pages(all_methods())) {
        std::ifstream in(BEPROEFD_SOURCE_DIR "/docs/reference/statistics/" + name, std::ios::binary);
        const std::string written{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        EXPECT_EQ(written, text) << name;
    }
}

TEST(ReferencePages, SayWhatAReaderNeeds)
{
    const auto registry = all_methods();
    for (const auto& [name, method] : registry.methods()) {
        EXPECT_FALSE(method.page.title.empty()) << name;
        EXPECT_FALSE(method.page.purpose.empty()) << name;
        EXPECT_FALSE(method.page.when_not.empty()) << name;
        EXPECT_FALSE(method.page.formula.empty()) << name;
        EXPECT_FALSE(method.page.result.empty()) << name;
        EXPECT_FALSE(method.page.peer.empty()) << name;
        for (const auto* fields : {&method.page.data, &method.page.options, &method.page.result})
            for (const auto& field : *fields)
                EXPECT_FALSE(field.shape.empty() || field.text.empty()) << name << " " << field.name;
    }
}

TEST(ReferencePages, HaveAnExampleThatIsAnswered)
{
    const auto registry = all_methods();
    for (const auto& [name, method] : registry.methods())
        EXPECT_EQ(analyse(registry, method.page.example, {.method = name}).status, 0)
            << name << analyse(registry, method.page.example, {.method = name}).text;
}

} // namespace
} // namespace beproefd::statistics::door
