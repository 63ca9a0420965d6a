// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "quickscan/round/counting.hpp"

#include "platform/core/result.hpp"
#include "quickscan/instrument/service.hpp"

#include <functional>
#include <optional>

namespace beproefd {
class Actor;
}

namespace beproefd::quickscan::national {

/// An answer as it is shown.
struct AnswerLabel {
    static constexpr auto schema_name = "NationalAnswer";
    std::string key;
    Words label;
    std::vector<PublishedCount> published{}; ///< figures that counted this same answer before, such as in 2015
    bool operator==(const AnswerLabel&) const = default;
};
BOOST_DESCRIBE_STRUCT(AnswerLabel, (), (key, label, published))

/// One thing that a round counts, with its words.
struct QuestionItem {
    std::string key; ///< of the item
    std::string question;
    std::int64_t number = 0;
    std::string theme;
    Words text;
    std::optional<Words> choice; ///< where several may be chosen: which one this is
    std::vector<AnswerLabel> answers;
    bool exclusive = false; ///< a choice that cannot be given beside another

    Item item() const;
};

struct ThemeTitle {
    static constexpr auto schema_name = "NationalTheme";
    std::string key;
    Words title;
};
BOOST_DESCRIBE_STRUCT(ThemeTitle, (), (key, title))

/// What a round needs to know of an instrument: what is counted, and in which words. Questions for free text or a
/// number have no place in it: those answers never leave the municipality.
struct Questionnaire {
    std::string key;
    std::int64_t version = 0;
    Words title;
    std::vector<ThemeTitle> themes;
    std::vector<QuestionItem> items;
    /// By earlier version: the keys there of items that ask the same, by their keys here. From the crosswalks.
    std::map<std::int64_t, std::map<std::string, std::string>> earlier{};

    std::vector<Item> counted() const;
};

/// Which item of another version of the same instrument asks the same as each item of this one: the key there by the
/// key here. An item that cannot be compared is not in it, even when both versions have one of that key.
std::map<std::string, std::string> same_items(const Questionnaire& here, const Questionnaire& there);

/// What is counted of an instrument. A choice of several is an item of its own: chosen, not chosen or unknown.
Questionnaire questionnaire_of(const Instrument& instrument);
/// That of an instrument among these; empty when it is not there or a draft.
std::optional<Questionnaire> questionnaire_in(const Instruments& instruments, std::string_view key,
                                              std::int64_t version);
/// That of an instrument that travels inside the program.
std::optional<Questionnaire> shipped_questionnaire(std::string_view key, std::int64_t version);
/// Settled answers as items and answers of that questionnaire; free text and numbers stay behind, and so do the parts
/// of a partly.
std::map<std::string, std::string> items_of(const Instrument& instrument, std::span<const SettledAnswer> settled);

/// A scan as far as it may leave: what was settled, as items and answers.
struct SettledScan {
    std::string id;
    std::string instrument_key;
    std::int64_t instrument_version = 0;
    bool closed = false; ///< settled as a whole; an open scan cannot be handed in
    std::string size_class;
    Day period_from;
    Day period_to;
    std::map<std::string, std::string> answers;
};

/// Where the round gets what it does not hold itself.
struct Sources {
    /// The version of an instrument, when there is one.
    std::function<std::optional<Questionnaire>(std::string_view key, std::int64_t version)> questionnaire;
    /// A scan of the actor's organisation; not found otherwise.
    std::function<Result<SettledScan>(const Actor& actor, std::string_view scan)> scan;
};

} // namespace beproefd::quickscan::national
