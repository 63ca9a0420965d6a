// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"
#include "platform/describe/words.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::vocabulary {

using describe::Words;

/// Where a word comes from: a place in a published document, or ourselves.
struct TermSource {
    std::optional<std::string> document; ///< its id among the documents; without one the term is ours
    Words place;                         ///< "bij vraag 4", "from the design of this platform"
    std::optional<std::string> lines;    ///< of its text layer: "33" or "63-70"
    bool operator==(const TermSource&) const = default;
};
BOOST_DESCRIBE_STRUCT(TermSource, (), (document, place, lines))

/// One word of a vocabulary. A key is never used again for something else; what goes out of use gets a last day.
struct Term {
    std::string key;
    std::optional<std::string> kind; ///< "risk", "trigger", "protective": where the vocabulary has kinds
    Words label;
    Words definition;
    std::optional<std::string> glossary; ///< the Dutch head word in docs/glossary.md
    std::vector<TermSource> sources;
    std::optional<Day> valid_from;
    std::optional<Day> valid_until; ///< last day of use
    bool operator==(const Term&) const = default;
};
BOOST_DESCRIBE_STRUCT(Term, (), (key, kind, label, definition, glossary, sources, valid_from, valid_until))

struct TermKind {
    std::string key;
    Words label;
    bool operator==(const TermKind&) const = default;
};
BOOST_DESCRIBE_STRUCT(TermKind, (), (key, label))

/// One list of words: data/vocabulary/KEY.yaml.
struct Vocabulary {
    std::string key;
    Words title;
    Words description;
    std::vector<TermKind> kinds;
    std::vector<Term> terms;
    bool operator==(const Vocabulary&) const = default;

    const Term* find(std::string_view term) const;
};
BOOST_DESCRIBE_STRUCT(Vocabulary, (), (key, title, description, kinds, terms))

struct VocabularySummary {
    std::string key;
    Words title;
    Words description;
    std::int64_t terms = 0;
};
BOOST_DESCRIBE_STRUCT(VocabularySummary, (), (key, title, description, terms))

struct VocabularyList {
    std::vector<VocabularySummary> items;
};
BOOST_DESCRIBE_STRUCT(VocabularyList, (), (items))

/// Reads one vocabulary; every error at once with file, line, column and path. Refuses a term or kind that occurs
/// twice, a kind that is not named, a term without source, and a last day before the first.
Result<Vocabulary> read_vocabulary(std::string_view text, std::string_view file);

} // namespace beproefd::vocabulary
