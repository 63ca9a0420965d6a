// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/figure.hpp"
#include "platform/core/result.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace beproefd::figures {

/// What is done with the inputs of a computed figure or the terms of a check. The order of the inputs counts.
enum class Operation {
    sum,
    difference, ///< the first minus all others
    ratio,      ///< the first divided by the second, times the factor
    product,    ///< all multiplied, times the factor
    mean,
    max,
    change,         ///< (first − second) ÷ second, times the factor
    per_year,       ///< the first divided by the years of its period
    remainder,      ///< the first minus the sum of the others, which exclude each other
    overlap,        ///< the sum of the others minus the first, not below 0
    count_of_range, ///< high − low + 1; 1 for a single number
};
BOOST_DESCRIBE_ENUM(Operation, sum, difference, ratio, product, mean, max, change, per_year, remainder, overlap,
                    count_of_range)

/// How figures are computed: the rule as people read it and as it is carried out.
struct RuleDefinition {
    Rule rule;
    Operation operation = Operation::sum;
    double factor = 1;
    bool operator==(const RuleDefinition&) const = default;
};
BOOST_DESCRIBE_STRUCT(RuleDefinition, (), (rule, operation, factor))

/// One recomputation, as data. With a table and kind sum_of_row or sum_of_column it stands for every row or column
/// of that table, and its key gets that row or column behind it.
struct CheckDefinition {
    std::string key;
    CheckKind kind = CheckKind::sum_of_parts;
    Words title;
    std::string table;
    std::string printed;
    std::vector<std::string> terms;
    Operation operation = Operation::sum;
    double factor = 1;
    std::optional<double> expected; ///< instead of the printed value, for a bound that words imply
    double tolerance = 0;
    Words tolerance_reason;
    double rounding = 0; ///< the last printed unit of the terms and the total; 0: rounding is no explanation here
    std::string finding;
    bool operator==(const CheckDefinition&) const = default;
};
BOOST_DESCRIBE_STRUCT(CheckDefinition, (),
                      (key, kind, title, table, printed, terms, operation, factor, expected, tolerance,
                       tolerance_reason, rounding, finding))

/// A difference that is known and stays: the documents cannot be changed.
struct KnownDifference {
    std::string check;
    double difference = 0;
    std::string finding;
    bool operator==(const KnownDifference&) const = default;
};
BOOST_DESCRIBE_STRUCT(KnownDifference, (), (check, difference, finding))

/// A number of a document, as an outside count of the five texts found it.
struct IndexEntry {
    std::string document;
    std::int64_t line = 0;
    std::string token; ///< "(twice)" behind it: the word stands there twice, in one word
    std::string form;  ///< digits, words
    bool operator==(const IndexEntry&) const = default;
};
BOOST_DESCRIBE_STRUCT(IndexEntry, (), (document, line, token, form))

/// A number that is not a figure, with the key of the reason.
struct NotFigure {
    std::string document;
    std::int64_t line = 0;
    std::string token;
    std::string reason;
    bool operator==(const NotFigure&) const = default;
};
BOOST_DESCRIBE_STRUCT(NotFigure, (), (document, line, token, reason))

struct NotFigureReason {
    std::string key;
    Words words;
    bool operator==(const NotFigureReason&) const = default;
};
BOOST_DESCRIBE_STRUCT(NotFigureReason, (), (key, words))

struct Unit {
    std::string key;
    Words words;
    bool operator==(const Unit&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unit, (), (key, words))

/// An intervention that the letter names, with what it says about the evidence, in our own words.
struct Intervention {
    std::string key;
    Words name;
    Words type;
    Words target_group;
    Words evidence;
    std::int64_t line = 0;
    std::optional<std::string> figure;
    bool operator==(const Intervention&) const = default;
};
BOOST_DESCRIBE_STRUCT(Intervention, (), (key, name, type, target_group, evidence, line, figure))

/// A rule with a number that the documents state. Next year's scheme is another file.
struct Threshold {
    std::string id;
    Words rule;
    std::string document;
    std::int64_t line = 0;
    std::optional<std::string> op; ///< ">", ">=", "="; empty when the rule has no number
    std::optional<std::string> figure;
    bool operator==(const Threshold&) const = default;
};
BOOST_DESCRIBE_STRUCT(Threshold, (), (id, rule, document, line, op, figure))

/// One of the questions of the quickscan, in our own words.
struct QuickscanQuestion {
    std::int64_t number = 0; ///< 1, 2, 3 …
    std::string block;       ///< "6-8": the questions that share one explanation
    std::string theme;       ///< T1 … T12
    std::string theme_nl;
    std::string theme_en;
    std::string question_nl;
    std::string question_en;
    std::string status;     ///< reconstructed: the format itself is not public
    std::string confidence; ///< how sure the wording is
    std::int64_t line = 0;  ///< of the explanation
    std::string note;
    bool operator==(const QuickscanQuestion&) const = default;
};
BOOST_DESCRIBE_STRUCT(QuickscanQuestion, (),
                      (number, block, theme, theme_nl, theme_en, question_nl, question_en, status, confidence, line,
                       note))

/// What data/published says, read whole and checked. Printed figures stand in the order of their tables; computed
/// figures follow, each after its inputs.
struct Published {
    Words line_note;
    std::optional<Day> as_of; ///< when they were last compared with the documents; older databases do not say
    std::vector<Document> documents;
    std::vector<Unit> units;
    std::vector<PublishedTable> tables; ///< without figures and findings; those are found by key
    std::vector<Figure> figures;
    std::vector<RuleDefinition> rules;
    std::vector<CheckDefinition> checks;
    std::vector<KnownDifference> known_differences;
    std::vector<Finding> findings;          ///< without checks and explanations; those are computed
    std::vector<ClusterFactsheet> clusters; ///< without lines, figures and findings
    std::vector<IndexEntry> index;
    std::vector<NotFigureReason> not_figure_reasons;
    std::vector<NotFigure> not_figures;
    std::vector<Intervention> interventions;
    std::vector<Threshold> thresholds;
    std::vector<QuickscanQuestion> questions;
    bool operator==(const Published&) const = default;
};

/// The figures of a Published by key. Valid as long as that is not changed.
class FigureIndex
{
public:
    explicit FigureIndex(const std::vector<Figure>& figures);
    /// The figure, or nullptr.
    const Figure* find(std::string_view key) const;

private:
    std::unordered_map<std::string_view, const Figure*> by_key_;
};

/// Data files by their name below data/published, such as "tables/reach.csv", with their content.
using Sources = std::map<std::string, std::string, std::less<>>;

/// The data files of a folder.
Sources sources_in(const std::filesystem::path& folder);
/// The data files that travel inside the program.
Sources shipped_sources();

/// Reads documents.yaml, units.yaml, tables/*.yaml with tables/*.csv beside them, rules.yaml and computed.csv,
/// checks.yaml, known_differences.csv, findings.yaml, clusters.yaml, number_index.csv, not_figures.csv with
/// not_figure_reasons.yaml, interventions.yaml, thresholds.yaml and quickscan_questions.csv. Refuses all of it when
/// anything is wrong, with file, line and column of every error.
Result<Published> read_published(const Sources& sources);
Result<Published> read_published(const std::filesystem::path& folder);

} // namespace beproefd::figures
