// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// What a published number is, and everything that is said about it: the public door of `figures` and, member by
// member, the JSON of its API (snake_case here, camelCase there; an Euro `amount` is `amountCents`).
//
//   GET  /api/v1/documents                      List<Document>
//   GET  /api/v1/documents/{id}                 Document
//   GET  /api/v1/figures                        FigurePage; filters q, document, table, row, cluster, year, unit,
//   kind,
//                                               source (printed|computed), paging `after` (a key) and `limit` (1–500,
//                                               100)
//   GET  /api/v1/figures/{key}                  FigureDetail: everything the source drawer shows
//   GET  /api/v1/figure-export                  the same filters and format=csv|xlsx|json; the whole selection
//   GET  /api/v1/tables                         List<TableSummary>
//   GET  /api/v1/tables/{key}                   PublishedTable, with its figures, marks and findings in one answer
//   GET  /api/v1/checks                         CheckReport: every check with its outcome
//   GET  /api/v1/findings                       FindingReport; filters severity, document, agrees
//   GET  /api/v1/findings/{id}                  Finding (I1 … I48)
//   GET  /api/v1/clusters                       ClusterOverview: amounts per cluster and year with the totals
//   GET  /api/v1/clusters/{key}                 ClusterFactsheet
//   POST /api/v1/table-inspections              the table detective on a pasted table; creates nothing
//
// A figure key is the table, the row and the column, in that order, each in kebab-case, joined by "~", which needs no
// escaping in a URL (RFC 3986, 2.3): cluster-figures~prevention~2020-granted. It is stable: a correction changes what
// stands behind a key, never the key. A computed figure starts with its rule: award-rate~prevention~2020.

#pragma once

#include "platform/core/euro.hpp"
#include "platform/core/time.hpp"
#include "platform/describe/words.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::figures {

using describe::Words;

/// What a cell says. Only number, range, claim and date say how much or when; the others are values of their own and
/// are never shown as 0.
enum class Kind {
    number,          ///< one number, in digits or in words; `value`
    range,           ///< from `low` up to and including `high`
    below_threshold, ///< printed as less than the smallest unit: above `low`, below `high`
    not_printed,     ///< the document has a label and no number; `low` and `high` are what it can at most be
    blank,           ///< an empty cell; added up it counts as nothing, it is not shown as 0
    claim,           ///< words such as "several tens of thousands"; `reading` says how we read them, `low`/`high` too
    date,            ///< a day, month or year; the `period` is the value
};
BOOST_DESCRIBE_ENUM(Kind, number, range, below_threshold, not_printed, blank, claim, date)

/// How exactly the document says it.
enum class Precision {
    exact,
    about,     ///< "ongeveer", "circa"
    almost,    ///< "bijna"
    more_than, ///< "meer dan", "boven"
    less_than, ///< "onder"
    counted,   ///< not printed as a number; we counted the things that are printed
    rounded,   ///< the document rounds, for example to 1,000 euro
};
BOOST_DESCRIBE_ENUM(Precision, exact, about, almost, more_than, less_than, counted, rounded)

/// How sure it is that this number belongs to this row and column, from the surest down. Most tables print that
/// themselves. A computed figure is as sure as the least sure of its inputs.
enum class Confidence { printed, high, medium_high, medium, none };
BOOST_DESCRIBE_ENUM(Confidence, printed, high, medium_high, medium, none)

/// The time a number is about. An unknown first or last day is left out, never guessed.
struct Span {
    static constexpr std::string_view schema_name = "FigurePeriod";
    std::optional<Day> first;
    std::optional<Day> last;
    std::optional<double> years; ///< length in years, for comparing per year; empty when it has no length
    Words words;                 ///< "2007–2009", "per jaar"
    bool operator==(const Span&) const = default;
};
BOOST_DESCRIBE_STRUCT(Span, (), (first, last, years, words))

/// Where a number stands: the line of the text layer of the document (line 1 is the first), and the number exactly as
/// it is printed there. The printed text is a token, never the sentence around it; empty when nothing is printed.
struct PrintedPlace {
    std::int64_t line = 0;
    std::string printed;
    bool operator==(const PrintedPlace&) const = default;
};
BOOST_DESCRIBE_STRUCT(PrintedPlace, (), (line, printed))

/// One published number with everything that says where it comes from, or one number computed from such numbers.
struct Figure {
    std::string key;
    std::string document; ///< id of a Document
    std::string table;    ///< key of a Table; for a computed figure the rule
    std::string row;
    std::string column;
    Words label;

    Kind kind = Kind::number;
    Precision precision = Precision::exact;
    std::optional<double> value; ///< in `unit`; at most `decimals` decimals
    std::optional<Euro> amount;  ///< the same for money, in cents
    std::optional<double> low;
    std::optional<double> high;
    Words reading;             ///< how we read a claim in words; empty otherwise
    std::string unit;          ///< "eur", "million-eur", "persons", "percent" …; see /api/v1/tables for the words
    Words unit_words;          ///< "miljoen euro"
    std::int64_t decimals = 0; ///< as printed; a computed figure is rounded half up to so many

    std::string printed;               ///< the token at the first place; empty when nothing is printed
    std::optional<std::int64_t> line;  ///< of the first place
    std::vector<PrintedPlace> also_at; ///< where the document prints the same fact again
    std::string printed_with;          ///< key of the figure that shares one printed number with this one
    std::optional<double> corrected; ///< what it must have been; shown beside the printed value, never instead of it
    std::optional<Euro> corrected_amount;

    std::optional<Span> period;
    std::optional<std::int64_t> population; ///< n, for counts among so many
    std::string track;                      ///< local, national, international; empty when it does not apply
    std::string cluster;                    ///< key of a cluster; empty when it does not apply
    std::string letter;                     ///< the letter of the cluster in that year
    std::string municipality;               ///< CBS code of the lead applicant; empty when it does not apply

    Words section;    ///< section or table heading, in our own words
    Words definition; ///< what is counted
    Words note;

    Confidence confidence = Confidence::printed;
    Words confidence_reason;
    std::optional<double> alternative; ///< the value if the other possible order of the printed numbers were right

    std::string rule;                ///< key of a Rule when computed; empty when printed
    std::vector<std::string> inputs; ///< keys of the figures it is computed from

    bool operator==(const Figure&) const = default;
};
BOOST_DESCRIBE_STRUCT(Figure, (),
                      (key, document, table, row, column, label, kind, precision, value, amount, low, high, reading,
                       unit, unit_words, decimals, printed, line, also_at, printed_with, corrected, corrected_amount,
                       period, population, track, cluster, letter, municipality, section, definition, note,
                       confidence, confidence_reason, alternative, rule, inputs))

/// A published document. Its text is not kept here: facts carry over, sentences do not. The SHA-256 says which text
/// the line numbers count.
struct Document {
    static constexpr std::string_view schema_name = "PublishedDocument";
    std::string id;
    std::string number; ///< short number in data and checks: 000 … 004; empty outside the five
    Words title;
    Words publisher;
    Words date;
    Words concerns;
    std::string sha256; ///< of the UTF-8 text; empty when we hold no text of it
    std::optional<std::int64_t> lines;
    bool checked = true; ///< false: read once, not checked against a second source
    Words note;
    bool operator==(const Document&) const = default;
};
BOOST_DESCRIBE_STRUCT(Document, (), (id, number, title, publisher, date, concerns, sha256, lines, checked, note))

// ---------------------------------------------------------------------------------------------------------- checks

enum class CheckKind {
    sum_of_row,    ///< the parts of a row against its printed total
    sum_of_column, ///< the parts of a column against its printed total
    sum_of_parts,  ///< parts that stand elsewhere against a printed whole
    difference,    ///< the first term minus the others
    ratio,         ///< the first term divided by the second
    product,       ///< the first term times the second
    mean,          ///< the mean of the terms
    at_least,      ///< a lower bound
    at_most,       ///< an upper bound
    same_fact,     ///< the same fact printed twice
    claim,         ///< words in the text against a table
    order,         ///< the order in which unlabelled numbers belong to their labels
};
BOOST_DESCRIBE_ENUM(CheckKind, sum_of_row, sum_of_column, sum_of_parts, difference, ratio, product, mean, at_least,
                    at_most, same_fact, claim, order)

enum class Outcome {
    agrees,
    within_rounding, ///< differs, by no more than rounding alone can cause
    differs,
};
BOOST_DESCRIBE_ENUM(Outcome, agrees, within_rounding, differs)

/// One recomputation with its outcome. `printed` and `recomputed` are in `unit`; difference = recomputed − printed.
struct Check {
    static constexpr std::string_view schema_name = "FigureCheck";
    std::string key;
    CheckKind kind = CheckKind::sum_of_parts;
    Words title;
    std::string printed_figure;     ///< key of the figure that is checked
    std::string printed_text;       ///< what that figure prints, as printed; empty when it is computed
    std::vector<std::string> terms; ///< keys of the figures it is recomputed from
    Words formula;                  ///< "0,80 + 1,10 + 0,49 + 2,55 + 3,30 = 8,24"
    std::string unit;
    std::int64_t decimals = 0;
    std::optional<double> printed;
    std::optional<double> recomputed;
    std::optional<double> difference;
    double tolerance = 0;
    Words tolerance_reason;
    Outcome outcome = Outcome::agrees;
    bool known = false;  ///< the list of known differences holds exactly this difference
    std::string finding; ///< I1 … I48; empty when no finding tells about it
    std::string table;   ///< the table whose sum it is; empty otherwise
    bool operator==(const Check&) const = default;
};
BOOST_DESCRIBE_STRUCT(Check, (),
                      (key, kind, title, printed_figure, printed_text, terms, formula, unit, decimals, printed,
                       recomputed, difference, tolerance, tolerance_reason, outcome, known, finding, table))

/// All checks and what they say together.
struct CheckReport {
    bool as_known = false; ///< exactly the known differences remain
    std::int64_t checks = 0;
    std::int64_t agree = 0;
    std::int64_t differ = 0;                  ///< rounding included
    std::int64_t statements = 0;              ///< findings: 48 checked statements …
    std::int64_t statements_not_agreeing = 0; ///< … of which 37 do not agree
    std::vector<std::string> unexpected;      ///< keys of checks that differ and are not known, or differ otherwise
    std::vector<std::string> disappeared;     ///< known differences that no longer occur
    std::vector<Check> items;
};
BOOST_DESCRIBE_STRUCT(CheckReport, (),
                      (as_known, checks, agree, differ, statements, statements_not_agreeing, unexpected, disappeared,
                       items))

// -------------------------------------------------------------------------------------------------------- findings

/// A: a number is wrong or contradicted. B: rounding, unit or label. C: statements in tension. D: a value is missing.
enum class Severity { A, B, C, D };
BOOST_DESCRIBE_ENUM(Severity, A, B, C, D)

/// One slip of printing that would make every sum of a table right, as the table detective ranks them.
struct SlipExplanation {
    std::int64_t rank = 1; ///< equal rank: equally likely
    std::string kind; ///< lost_sign, digit, transposed_digits, decimal_shift, moved_cell, missing_value, wrong_total
    std::optional<std::string> row;
    std::optional<std::string> column;
    std::optional<std::string> to_row;
    std::optional<std::string> to_column;
    std::optional<double> printed;
    std::optional<double> corrected;
    double score = 0;
    std::string figure; ///< key of the figure in that cell
    bool operator==(const SlipExplanation&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlipExplanation, (),
                      (rank, kind, row, column, to_row, to_column, printed, corrected, score, figure))

/// A statement of the documents that was checked, by arithmetic or by reading, with what came out.
struct Finding {
    std::string id; ///< I1 … I48
    Severity severity = Severity::A;
    bool agrees = false;    ///< a check that passed and is kept
    bool arithmetic = true; ///< false: found by reading; `reason` says how
    std::vector<std::string> documents;
    std::vector<std::int64_t> lines; ///< in the first document
    Words title;
    Words printed;     ///< what the documents say, in our own words
    Words recomputed;  ///< what comes out
    Words explanation; ///< the likely explanation
    Words reason;      ///< why this was found by reading; empty when a check says it
    Words use;         ///< what the rest of the program does with it
    std::vector<std::string> figures;
    std::string table;         ///< the table in which the cells are highlighted
    std::vector<Check> checks; ///< with outcome
    std::vector<SlipExplanation>
        explanations; ///< of the detective; empty: no single slip explains it, or not a table
    bool operator==(const Finding&) const = default;
};
BOOST_DESCRIBE_STRUCT(Finding, (),
                      (id, severity, agrees, arithmetic, documents, lines, title, printed, recomputed, explanation,
                       reason, use, figures, table, checks, explanations))

struct FindingReport {
    std::int64_t statements = 0;
    std::int64_t not_agreeing = 0;
    std::vector<Finding> items;
    std::vector<Figure> figures; ///< that these findings and their checks are about, each once
};
BOOST_DESCRIBE_STRUCT(FindingReport, (), (statements, not_agreeing, items, figures))

// ---------------------------------------------------------------------------------------------------------- tables

struct TableRow {
    std::string key;
    Words label;
    Words group; ///< heading above a run of rows; empty without groups
    bool total = false;
    bool operator==(const TableRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(TableRow, (), (key, label, group, total))

struct TableColumn {
    std::string key;
    Words label;
    bool total = false;
    bool operator==(const TableColumn&) const = default;
};
BOOST_DESCRIBE_STRUCT(TableColumn, (), (key, label, total))

enum class Mark {
    none,
    clash, ///< this cell must have been something else: `should_be`
    off,   ///< this total does not follow from its parts: `recomputed`
};
BOOST_DESCRIBE_ENUM(Mark, none, clash, off)

/// Only cells that exist; a table of single facts has one column.
struct TableCell {
    std::string row;
    std::string column;
    std::string figure; ///< key
    Mark mark = Mark::none;
    std::optional<double> recomputed;
    std::optional<double> should_be;
    bool operator==(const TableCell&) const = default;
};
BOOST_DESCRIBE_STRUCT(TableCell, (), (row, column, figure, mark, recomputed, should_be))

struct TableSummary {
    std::string key;
    std::string document;
    Words title;
    Words section;
    std::int64_t figures = 0;
    std::int64_t differences = 0;
    bool operator==(const TableSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(TableSummary, (), (key, document, title, section, figures, differences))

struct PublishedTable {
    std::string key;
    std::string document;
    Words title;
    Words section;
    Words definition;
    Words note;
    std::string unit;
    Words unit_words;
    std::int64_t decimals = 0;
    std::optional<std::int64_t> first_line;
    std::optional<std::int64_t> last_line;
    std::vector<TableRow> rows;
    std::vector<TableColumn> columns;
    std::vector<TableCell> cells;
    std::vector<Figure> figures;
    std::vector<Finding> findings;
    bool operator==(const PublishedTable&) const = default;
};
BOOST_DESCRIBE_STRUCT(PublishedTable, (),
                      (key, document, title, section, definition, note, unit, unit_words, decimals, first_line,
                       last_line, rows, columns, cells, figures, findings))

// ---------------------------------------------------------------------------------------------------- source drawer

struct SlipCell {
    std::string figure;  ///< key; empty where the table has no cell
    std::string printed; ///< as printed; empty for an empty cell
    bool spot = false;   ///< the very number
    bool operator==(const SlipCell&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlipCell, (), (figure, printed, spot))

struct SlipRow {
    std::string key;
    Words label;
    bool lit = false;            ///< the row of the number
    bool skipped_before = false; ///< rows between the one above and this one are left out
    std::vector<SlipCell> cells;
    bool operator==(const SlipRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlipRow, (), (key, label, lit, skipped_before, cells))

/// The printed lines around a number: its table, at most the row above, the row itself, the row below and the total.
struct Slip {
    static constexpr std::string_view schema_name = "SourceSlip";
    Words title;
    std::optional<std::int64_t> first_line;
    std::optional<std::int64_t> last_line;
    std::vector<TableColumn> columns;
    std::vector<SlipRow> rows;
    bool operator==(const Slip&) const = default;
};
BOOST_DESCRIBE_STRUCT(Slip, (), (title, first_line, last_line, columns, rows))

/// Something else on the site that uses the number.
struct Use {
    static constexpr std::string_view schema_name = "FigureUse";
    std::string kind; ///< figure (computed from it), check, finding, cluster, table
    std::string key;
    Words title;
    bool operator==(const Use&) const = default;
};
BOOST_DESCRIBE_STRUCT(Use, (), (kind, key, title))

/// How a computed figure is computed.
struct Rule {
    static constexpr std::string_view schema_name = "FigureRule";
    std::string key;
    Words title;
    Words formula; ///< "toegekend ÷ gevraagd × 100"
    bool operator==(const Rule&) const = default;
};
BOOST_DESCRIBE_STRUCT(Rule, (), (key, title, formula))

struct FigureDetail {
    Figure figure;
    Document document;
    Words line_note; ///< one sentence: what a line number of the text layer is
    std::vector<Check> checks;
    std::vector<Use> used_in;
    std::optional<Rule> rule;
    std::vector<Figure> inputs;
    Slip slip;
    Words citation;   ///< ready to paste
    std::string link; ///< path on this site, stable
};
BOOST_DESCRIBE_STRUCT(FigureDetail, (),
                      (figure, document, line_note, checks, used_in, rule, inputs, slip, citation, link))

struct FigurePage {
    std::int64_t total = 0;          ///< of the selection
    std::optional<std::string> next; ///< give this as `after`; empty on the last page
    std::vector<Figure> items;
};
BOOST_DESCRIBE_STRUCT(FigurePage, (), (total, next, items))

struct TableList {
    std::vector<TableSummary> items;
};
BOOST_DESCRIBE_STRUCT(TableList, (), (items))

struct DocumentList {
    std::vector<Document> items;
};
BOOST_DESCRIBE_STRUCT(DocumentList, (), (items))

// -------------------------------------------------------------------------------------------------------- clusters

/// One line of the figures of a cluster: keys of figures. Printed ones and computed ones; see Figure::rule.
struct ClusterLine {
    std::string year;   ///< "2020", "2021"
    std::string letter; ///< "E", "E+F"
    std::string part;   ///< "total", or the letter of the part: "E", "F"
    std::string activities;
    std::string requested;
    std::string granted;
    std::string not_granted;
    std::string award_rate;
    std::string granted_per_activity;
    std::string municipalities;
    bool operator==(const ClusterLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClusterLine, (),
                      (year, letter, part, activities, requested, granted, not_granted, award_rate,
                       granted_per_activity, municipalities))

struct ClusterPart {
    std::string letter;
    Words name;
    bool operator==(const ClusterPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClusterPart, (), (letter, name))

/// What the factsheet of one cluster says: a stable key, and a letter per year that must not be joined on.
struct ClusterFactsheet {
    std::string key; ///< prevention
    Words name;
    std::string letter_2020;
    std::string letter_2021;
    Words definition;
    Words letter_note; ///< empty when the letter did not change
    std::vector<ClusterPart> parts;
    std::vector<Words> uses;
    std::vector<Words> strengths;
    std::vector<Words> improvements;
    std::vector<Words> results;
    std::int64_t first_line = 0; ///< of its sheet in the document
    std::int64_t last_line = 0;
    std::vector<ClusterLine> lines;
    std::vector<Figure> figures;
    std::vector<std::string> findings;
    bool operator==(const ClusterFactsheet&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClusterFactsheet, (),
                      (key, name, letter_2020, letter_2021, definition, letter_note, parts, uses, strengths,
                       improvements, results, first_line, last_line, lines, figures, findings))

struct ClusterSummary {
    std::string key;
    Words name;
    std::vector<ClusterLine> lines;
};
BOOST_DESCRIBE_STRUCT(ClusterSummary, (), (key, name, lines))

/// All clusters side by side, with the totals and how far they are from the amount the letter names.
struct ClusterOverview {
    std::vector<ClusterSummary> clusters;
    std::vector<ClusterLine> totals;            ///< "2020", "2021" and "2020-2021"
    std::vector<std::string> budget_difference; ///< keys: total granted minus seven million, per year
    std::string budget;                         ///< key of the seven million
    std::vector<Figure> figures;                ///< every figure named above
};
BOOST_DESCRIBE_STRUCT(ClusterOverview, (), (clusters, totals, budget_difference, budget, figures))

} // namespace beproefd::figures
