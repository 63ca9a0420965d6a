// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "vocabulary/service.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>

namespace beproefd::vocabulary {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::UnorderedElementsAre;

std::string glossary()
{
    std::ifstream file{BEPROEFD_SOURCE_DIR "/docs/glossary.md"};
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(ShippedVocabularies, AreTheSixThatQuestionsAndScansSpeakOf)
{
    std::vector<std::string> keys;
    for (const auto& one : shipped())
        keys.push_back(one.key);

    EXPECT_THAT(keys, ElementsAre("factors", "forms", "functions", "levels", "phases", "target-groups"));
}

TEST(ShippedVocabularies, HaveBothLanguagesAndASourceForEveryTerm)
{
    for (const auto& vocabulary : shipped()) {
        for (const auto& term : vocabulary.terms) {
            SCOPED_TRACE(vocabulary.key + " " + term.key);
            EXPECT_FALSE(term.label.nl.empty() || term.label.en.empty());
            EXPECT_FALSE(term.definition.nl.empty() || term.definition.en.empty());
            EXPECT_FALSE(term.sources.empty());
            for (const auto& source : term.sources)
                EXPECT_EQ(source.document.has_value(), source.lines.has_value());
        }
    }
}

TEST(ShippedVocabularies, NameOnlyHeadWordsThatTheGlossaryHas)
{
    const std::string text = glossary();

    for (const auto& vocabulary : shipped()) {
        for (const auto& term : vocabulary.terms) {
            if (term.glossary) {
                EXPECT_NE(text.find("\n| " + *term.glossary + " |"), std::string::npos) << *term.glossary;
            }
        }
    }
}

TEST(ShippedVocabularies, KnowBreedingGroundRiskTriggerAndProtectiveFactors)
{
    const auto* factors = find("factors");

    ASSERT_TRUE(factors);
    std::set<std::string> kinds;
    for (const auto& term : factors->terms)
        kinds.insert(term.kind.value());
    EXPECT_THAT(kinds, UnorderedElementsAre("breeding_ground", "risk", "trigger", "protective"));
}

TEST(ReadVocabulary, NamesFileLineAndPathOfEveryMistakeAtOnce)
{
    const auto read = read_vocabulary(R"(key: colours
title: {nl: "Kleuren", en: "Colours"}
description: {nl: "x", en: "x"}
kinds:
  - {key: warm, label: {nl: "warm", en: "warm"}}
terms:
  - key: red
    kind: warm
    label: {nl: "rood", en: "red"}
    definition: {nl: "x", en: "x"}
    sources: [{place: {nl: "van ons", en: "ours"}}]
  - key: red
    kind: cold
    label: {nl: "rood", en: "red"}
    definition: {nl: "x", en: "x"}
    validFrom: 2026-01-02
    validUntil: 2026-01-01
)",
                                      "colours.yaml");

    ASSERT_FALSE(read);
    std::vector<std::string> found;
    for (const auto& error : read.error().fields)
        found.push_back(error.code + " " + error.pointer + " " + error.place);
    EXPECT_THAT(found, ElementsAre("key-twice /terms/1/key colours.yaml:12:10",
                                   "unknown-key /terms/1/kind colours.yaml:13:11",
                                   "term-without-source /terms/1/sources colours.yaml:12:5",
                                   "validity-reversed /terms/1/validUntil colours.yaml:17:17"));
}

TEST(ReadVocabulary, KeepsATermThatWentOutOfUseWithItsLastDay)
{
    const auto read = read_vocabulary(R"(key: words
title: {nl: "x", en: "x"}
description: {nl: "x", en: "x"}
terms:
  - key: old
    label: {nl: "oud", en: "old"}
    definition: {nl: "x", en: "x"}
    validFrom: 2020-01-01
    validUntil: 2026-12-31
    sources: [{place: {nl: "van ons", en: "ours"}}]
)",
                                      "words.yaml");

    ASSERT_TRUE(read);
    EXPECT_EQ(read->find("old")->valid_until->to_text(), "2026-12-31");
    EXPECT_EQ(read->find("new"), nullptr);
}

} // namespace
} // namespace beproefd::vocabulary
