// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/bounded.hpp"
#include "platform/core/time.hpp"
#include "platform/describe/words.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a questionnaire is. The same structs are the YAML under data/instruments, the JSON of the API and what
/// XLSForm carries, so a new instrument is a new file and not a new program.
namespace beproefd::quickscan {

using describe::Words;

enum class VersionStatus {
    draft,     ///< may still change; no scan can be opened with it
    published, ///< never changes any more; scans are opened with the newest one
    retired,   ///< never changes and no new scans, but those that exist keep their questions
};
BOOST_DESCRIBE_ENUM(VersionStatus, draft, published, retired)

enum class InstrumentKind {
    scored, ///< answers on the scale give points per theme
    survey, ///< answers are counted, nothing is scored
};
BOOST_DESCRIBE_ENUM(InstrumentKind, scored, survey)

enum class AnswerValue { yes, partly, no, unknown, not_applicable };
BOOST_DESCRIBE_ENUM(AnswerValue, yes, partly, no, unknown, not_applicable)

enum class QuestionType { scale, choose_one, choose_many, number, text };
BOOST_DESCRIBE_ENUM(QuestionType, scale, choose_one, choose_many, number, text)

/// By number of inhabitants; the limits are ours.
enum class SizeClass {
    small,  ///< fewer than 30,000
    medium, ///< 30,000 up to and including 100,000
    large,  ///< more than 100,000
};
BOOST_DESCRIBE_ENUM(SizeClass, small, medium, large)

/// From which side of the work a function answers.
enum class Domain { safety, social, education, partner };
BOOST_DESCRIBE_ENUM(Domain, safety, social, education, partner)

enum class Wording {
    reconstructed, ///< our words; the source prints only an explanation
    official,      ///< the words of the source
    own,           ///< ours from the start
};
BOOST_DESCRIBE_ENUM(Wording, reconstructed, official, own)

/// How sure it is that this is what the source asks.
enum class WordingConfidence {
    high,   ///< one explanation for one question
    medium, ///< one explanation for several questions, divided by us
};
BOOST_DESCRIBE_ENUM(WordingConfidence, high, medium)

/// Which risk for continuity an answer tells about.
enum class ContinuityRisk { one_person, external_money, deputy, analysis_age };
BOOST_DESCRIBE_ENUM(ContinuityRisk, one_person, external_money, deputy, analysis_age)

/// A place in a published document.
struct InstrumentSource {
    static constexpr std::string_view schema_name = "InstrumentSource";
    std::string document;             ///< its id among the documents: "quickscan-format"
    Words place;                      ///< "toelichting bij vraag 4"
    std::optional<std::string> lines; ///< of its text layer: "33" or "63-70"
    bool operator==(const InstrumentSource&) const = default;
};
BOOST_DESCRIBE_STRUCT(InstrumentSource, (), (document, place, lines))

struct ScaleValue {
    static constexpr std::string_view schema_name = "InstrumentScaleValue";
    AnswerValue value = AnswerValue::yes;
    Words label;
    Words meaning;
    bool operator==(const ScaleValue&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScaleValue, (), (value, label, meaning))

enum class PartlyRule {
    share_of_parts, ///< parts ticked divided by parts; one half where a question has none
    half,           ///< always one half
};
BOOST_DESCRIBE_ENUM(PartlyRule, share_of_parts, half)

/// How answers become points (scoring.hpp applies it).
struct ScoringRule {
    static constexpr std::string_view schema_name = "InstrumentScoringRule";
    Whole<0, 1> yes;
    PartlyRule partly = PartlyRule::share_of_parts;
    Whole<0, 1> no;
    std::vector<AnswerValue> not_counted; ///< left out of points and of the number counted
    Words text;                           ///< the rule as people read it
    bool operator==(const ScoringRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScoringRule, (), (yes, partly, no, not_counted, text))

/// What a score means. A score lies in a band when from ≤ score < to; the last band includes 100.
struct Band {
    static constexpr std::string_view schema_name = "InstrumentBand";
    std::string key;
    Whole<0, 100> from; ///< percent
    Whole<0, 100> to;   ///< percent
    Words label;
    Words text;
    bool operator==(const Band&) const = default;
};
BOOST_DESCRIBE_STRUCT(Band, (), (key, from, to, label, text))

struct Theme {
    static constexpr std::string_view schema_name = "InstrumentTheme";
    std::string key; ///< "T1"
    int number = 0;
    Words title;
    bool operator==(const Theme&) const = default;
};
BOOST_DESCRIBE_STRUCT(Theme, (), (key, number, title))

/// An explanation that one or more questions share.
struct Block {
    static constexpr std::string_view schema_name = "InstrumentBlock";
    std::string key; ///< "B1"
    Words text;
    std::vector<InstrumentSource> sources;
    bool operator==(const Block&) const = default;
};
BOOST_DESCRIBE_STRUCT(Block, (), (key, text, sources))

/// One thing that a question asks among several; partly says which of them hold.
struct Part {
    static constexpr std::string_view schema_name = "InstrumentPart";
    std::string key; ///< "a", "b", …
    Words text;
    bool operator==(const Part&) const = default;
};
BOOST_DESCRIBE_STRUCT(Part, (), (key, text))

struct ScaleMeanings {
    static constexpr std::string_view schema_name = "InstrumentScaleMeanings";
    Words yes;
    Words partly;
    Words no;
    bool operator==(const ScaleMeanings&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScaleMeanings, (), (yes, partly, no))

/// What is said differently to municipalities of one size; what is absent stays as it is.
struct Variant {
    static constexpr std::string_view schema_name = "InstrumentVariant";
    SizeClass size_class = SizeClass::small;
    std::optional<Words> text;
    std::optional<Words> explanation;
    std::optional<Words> green;
    std::optional<Words> action;
    std::vector<Words> hints; ///< after those of the question
    std::vector<Part> parts;  ///< other words for parts of the question, under the same key
    bool operator==(const Variant&) const = default;
};
BOOST_DESCRIBE_STRUCT(Variant, (), (size_class, text, explanation, green, action, hints, parts))

/// Which published number this choice got in the survey that the instrument repeats.
struct PublishedCount {
    static constexpr std::string_view schema_name = "InstrumentPublishedCount";
    std::string figure;                ///< its key: "survey-issues~radicalisation~count"
    bool printed = true;               ///< false: the document prints no number, which is not 0
    std::vector<std::string> together; ///< other choices that the same number covers
    bool operator==(const PublishedCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(PublishedCount, (), (figure, printed, together))

struct Choice {
    static constexpr std::string_view schema_name = "InstrumentChoice";
    std::string key;
    Words label;
    std::optional<Words> remark;
    bool exclusive = false; ///< cannot be given together with another: "none", "unknown"
    bool asks_reason = false;
    std::vector<PublishedCount> published;
    bool operator==(const Choice&) const = default;
};
BOOST_DESCRIBE_STRUCT(Choice, (), (key, label, remark, exclusive, asks_reason, published))

struct Question {
    static constexpr std::string_view schema_name = "InstrumentQuestion";
    std::string key; ///< "q6"
    int number = 0;
    std::string theme;
    std::optional<std::string> block;
    QuestionType type = QuestionType::scale;
    Words text;
    std::optional<Words> explanation; ///< how to read the question
    std::optional<Words> why;
    std::vector<Words> hints; ///< what counts as proof
    std::vector<Part> parts;  ///< none, or two to six
    std::optional<ScaleMeanings> scale_meanings;
    std::vector<Variant> variants;
    std::optional<Words> green;             ///< what would make this a yes
    std::optional<Words> action;            ///< the text that a new action begins with
    std::vector<Choice> choices;            ///< of choose_one and choose_many
    std::optional<int> minimum;             ///< of number
    std::optional<int> maximum;             ///< of number
    std::vector<std::string> factors;       ///< keys of the vocabulary "factors"
    std::vector<std::string> target_groups; ///< keys of the vocabulary "target-groups"
    std::vector<InstrumentSource> sources;
    Wording wording = Wording::own;
    std::optional<WordingConfidence> confidence; ///< of reconstructed wording
    std::optional<ContinuityRisk> continuity;
    bool operator==(const Question&) const = default;
};
BOOST_DESCRIBE_STRUCT(Question, (),
                      (key, number, theme, block, type, text, explanation, why, hints, parts, scale_meanings,
                       variants, green, action, choices, minimum, maximum, factors, target_groups, sources, wording,
                       confidence, continuity))

enum class CrosswalkHow {
    same,     ///< asks the same: answers can be compared
    reworded, ///< other words, same meaning: answers can be compared
    changed,  ///< asks something else now: answers cannot be compared
    dropped,  ///< is no longer asked; has no `to`
    added,    ///< was not asked before; has no `from`
};
BOOST_DESCRIBE_ENUM(CrosswalkHow, same, reworded, changed, dropped, added)

struct CrosswalkPart {
    static constexpr std::string_view schema_name = "InstrumentCrosswalkPart";
    std::string from;
    std::string to;
    bool operator==(const CrosswalkPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(CrosswalkPart, (), (from, to))

struct CrosswalkLine {
    static constexpr std::string_view schema_name = "InstrumentCrosswalkLine";
    std::optional<std::string> from; ///< question of the earlier version
    std::optional<std::string> to;   ///< question of this version
    CrosswalkHow how = CrosswalkHow::same;
    std::vector<CrosswalkPart> parts; ///< where parts got other keys; without it they kept theirs
    std::optional<Words> remark;
    bool operator==(const CrosswalkLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(CrosswalkLine, (), (from, to, how, parts, remark))

/// How the questions of an earlier version became those of this one.
struct Crosswalk {
    static constexpr std::string_view schema_name = "InstrumentCrosswalk";
    int from_version = 0;
    std::vector<CrosswalkLine> map;
    bool operator==(const Crosswalk&) const = default;
};
BOOST_DESCRIBE_STRUCT(Crosswalk, (), (from_version, map))

/// One version of one instrument.
struct Instrument {
    std::string key; ///< kebab-case, the folder under data/instruments
    int version = 0; ///< from 1
    VersionStatus status = VersionStatus::draft;
    InstrumentKind kind = InstrumentKind::scored;
    Words title;
    Words introduction;
    std::optional<Words> scale_remark; ///< who made scale and scoring rule
    bool reconstructed = false;        ///< some wording is reconstructed
    std::optional<Words> reconstructed_remark;
    Whole<1, 60> minutes_per_question;
    std::vector<ScaleValue> scale;
    std::optional<ScoringRule> scoring;
    std::vector<Theme> themes;
    std::vector<Block> blocks;
    std::vector<Question> questions;
    std::vector<Band> bands;
    std::vector<Crosswalk> crosswalks;
    std::vector<InstrumentSource> sources; ///< of the instrument as a whole
    bool operator==(const Instrument&) const = default;

    const Question* question(std::string_view key) const;
    const Theme* theme(std::string_view key) const;
    const Block* block(std::string_view key) const;
    /// The questions of one theme, in their order.
    std::vector<const Question*> questions_of(std::string_view theme) const;
};
BOOST_DESCRIBE_STRUCT(Instrument, (),
                      (key, version, status, kind, title, introduction, scale_remark, reconstructed,
                       reconstructed_remark, minutes_per_question, scale, scoring, themes, blocks, questions, bands,
                       crosswalks, sources))

/// The question as a municipality of this size reads it: the words of its variant, which then has none left.
Question for_size(const Question& question, SizeClass size);
/// All questions so.
Instrument for_size(Instrument instrument, SizeClass size);

/// The size class that a number of inhabitants belongs to.
constexpr SizeClass size_class_of(std::int64_t inhabitants)
{
    return inhabitants < 30'000 ? SizeClass::small : inhabitants <= 100'000 ? SizeClass::medium : SizeClass::large;
}

} // namespace beproefd::quickscan
