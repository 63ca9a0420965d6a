// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// How much the screening finds and how often it is wrong, counted on test/screening and printed in
// docs/reference/screening.md. BEPROEFD_WRITE_REFERENCE=1 writes the table there.

#include "platform/describe/node.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/scalar.hpp"
#include "platform/screening/screening.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

namespace beproefd::screening {
namespace {

struct Example {
    std::optional<std::string> text;
    std::optional<std::string> kinds; ///< what it holds, separated by spaces; twice the same when there are two
    std::string language;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Example, (), (text, kinds, language, note))

const std::string folder = BEPROEFD_SOURCE_DIR "/test/screening/";
const std::string reference = BEPROEFD_SOURCE_DIR "/docs/reference/screening.md";

std::string content(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<Example> examples(const std::string& name)
{
    auto read = describe::read_csv<Example>(content(folder + name), name);
    if (!read)
        throw std::runtime_error(describe::explain(read.error(), describe::Language::en));
    return std::move(*read);
}

std::string name_of(Kind kind)
{
    std::string name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Kind>>([&](auto enumerator) {
        if (enumerator.value == kind)
            name = enumerator.name;
    });
    return name;
}

std::multiset<std::string> expected(const Example& example)
{
    std::istringstream words{example.kinds.value_or("")};
    std::multiset<std::string> kinds;
    for (std::string word; words >> word;)
        kinds.insert(word);
    return kinds;
}

struct Count {
    int holding = 0;     ///< strings with this kind
    int found = 0;       ///< of these, where each occurrence was found
    int without = 0;     ///< strings without it
    int false_alarm = 0; ///< of these, where it was found all the same
};

struct Measured {
    std::map<std::string, Count> kinds;
    int strings = 0;
    int harmless = 0;
    int refused = 0; ///< harmless and refused
    int asked = 0;   ///< harmless and asked about
    int holding = 0; ///< strings with something
    int noticed = 0; ///< of these, where anything was found
    std::string misses;
};

Measured measure(const std::string& name)
{
    Measured measured;
    for (const auto& example : examples(name)) {
        const std::string text = example.text.value_or("");
        const auto screening = screen(text);
        std::multiset<std::string> found;
        for (const auto& finding : screening.findings)
            found.insert(name_of(finding.kind));
        const auto kinds = expected(example);
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Kind>>([&](auto enumerator) {
            auto& count = measured.kinds[enumerator.name];
            if (kinds.count(enumerator.name) > 0) {
                ++count.holding;
                count.found += found.count(enumerator.name) >= kinds.count(enumerator.name) ? 1 : 0;
            } else {
                ++count.without;
                count.false_alarm += found.count(enumerator.name) > 0 ? 1 : 0;
            }
        });
        ++measured.strings;
        if (kinds.empty()) {
            ++measured.harmless;
            measured.refused += screening.refused() ? 1 : 0;
            measured.asked += screening.asks() ? 1 : 0;
        } else {
            ++measured.holding;
            measured.noticed += screening.findings.empty() ? 0 : 1;
        }
        if (found != kinds) {
            measured.misses += fmt::format("{}: \"{}\" holds [{}], found", name, text, example.kinds.value_or(""));
            for (const auto& finding : screening.findings)
                measured.misses += fmt::format(" {}({})", name_of(finding.kind),
                                               text.substr(finding.from, finding.to - finding.from));
            measured.misses += "\n";
        }
    }
    return measured;
}

std::string share(int part, int whole)
{
    return whole == 0 ? "–" : fmt::format("{} of {} ({:.0f}%)", part, whole, 100.0 * part / whole);
}

std::string table(const Measured& tuned, const Measured& apart)
{
    std::string out = "| kind | what happens | found, tuned on | found, kept apart | false alarms, tuned on | false "
                      "alarms, kept apart |\n"
                      "|---|---|---|---|---|---|\n";
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Kind>>([&](auto enumerator) {
        const auto &one = tuned.kinds.at(enumerator.name), &other = apart.kinds.at(enumerator.name);
        out += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", enumerator.name,
                           certainty_of(enumerator.value) == Certainty::certain ? "refused" : "asked",
                           share(one.found, one.holding), share(other.found, other.holding),
                           share(one.false_alarm, one.without), share(other.false_alarm, other.without));
    });
    out += fmt::format("\n| whole strings | tuned on | kept apart |\n|---|---|---|\n"
                       "| holding something, and noticed | {} | {} |\n| harmless, yet refused | {} | {} |\n"
                       "| harmless, yet asked about | {} | {} |\n",
                       share(tuned.noticed, tuned.holding), share(apart.noticed, apart.holding),
                       share(tuned.refused, tuned.harmless), share(apart.refused, apart.harmless),
                       share(tuned.asked, tuned.harmless), share(apart.asked, apart.harmless));
    return out;
}

TEST(Measured, TheTestSetNamesOnlyKindsThatExist)
{
    std::set<std::string> known;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Kind>>(
        [&](auto enumerator) { known.insert(enumerator.name); });
    std::size_t strings = 0;
    std::set<std::string> texts;
    for (const char* name : {"strings.csv", "kept-apart.csv"})
        for (const auto& example : examples(name)) {
            ++strings;
            EXPECT_TRUE(texts.insert(example.text.value_or("")).second)
                << example.text.value_or("") << " stands twice";
            for (const auto& kind : expected(example))
                EXPECT_TRUE(known.contains(kind)) << kind;
        }
    EXPECT_GE(strings, 400U);
}

TEST(Measured, FindsNearlyAllOfWhatItWasTunedOn)
{
    const auto tuned = measure("strings.csv");
    for (const auto& [kind, count] : tuned.kinds) {
        EXPECT_GE(count.found, 0.95 * count.holding) << kind;
        EXPECT_LE(count.false_alarm, 0.02 * count.without) << kind;
    }
    if (std::getenv("BEPROEFD_SHOW_MISSES") != nullptr)
        std::cout << tuned.misses;
}

/// The Dutch sentences of our own pages: policy language that nobody wrote for this test. They name no person.
TEST(Measured, LetsTheSentencesOfOurOwnPagesPass)
{
    std::size_t sentences = 0, asked = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator{BEPROEFD_SOURCE_DIR "/web/src"}) {
        if (!file.path().string().ends_with("texts.nl.json"))
            continue;
        const auto node = describe::parse_json(content(file.path().string()));
        ASSERT_TRUE(node) << file.path();
        std::vector<const describe::Node*> open{&*node};
        while (!open.empty()) {
            const auto* next = open.back();
            open.pop_back();
            for (const auto& [name, value] : next->members)
                open.push_back(&value);
            for (const auto& value : next->items)
                open.push_back(&value);
            if (next->text.empty())
                continue;
            ++sentences;
            const auto screening = screen(next->text);
            asked += screening.asks() ? 1 : 0;
            EXPECT_FALSE(screening.refused()) << next->text;
            if (screening.asks() && std::getenv("BEPROEFD_SHOW_MISSES") != nullptr)
                for (const auto& finding : screening.findings)
                    std::cout << name_of(finding.kind) << ": "
                              << next->text.substr(finding.from, finding.to - finding.from) << "\n";
        }
    }
    EXPECT_GT(sentences, 300U);
    EXPECT_LE(asked, sentences / 50) << "of " << sentences;
}

TEST(Measured, TheReferencePagePrintsWhatIsMeasured)
{
    const auto printed = table(measure("strings.csv"), measure("kept-apart.csv"));
    const std::string begin = "<!-- measured: begin -->\n", end = "<!-- measured: end -->";
    std::string page = content(reference);
    const auto from = page.find(begin), to = page.find(end);
    ASSERT_TRUE(from != std::string::npos && to != std::string::npos) << reference << " has lost its marks";

    const auto now = "\n" + printed + "\n";
    if (std::getenv("BEPROEFD_WRITE_REFERENCE") != nullptr) {
        page.replace(from + begin.size(), to - from - begin.size(), now);
        std::ofstream{reference, std::ios::binary} << page;
        return;
    }
    EXPECT_EQ(page.substr(from + begin.size(), to - from - begin.size()), now)
        << "docs/reference/screening.md is stale: run screening_test with BEPROEFD_WRITE_REFERENCE=1";
}

} // namespace
} // namespace beproefd::screening
