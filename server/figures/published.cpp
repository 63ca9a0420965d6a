// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/published.hpp"

#include "figures/compute.hpp"
#include "figures/printed.hpp"
#include "platform/core/embedded.hpp"
#include "platform/describe/read.hpp"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <set>
#include <span>
#include <sstream>

namespace beproefd::embedded {
std::span<const File> published();
}

namespace beproefd::figures {
namespace files {

// The files as people write them. What may be left out is optional here; Published has a plain value instead.

struct DocumentEntry {
    std::string id;
    std::optional<std::string> number;
    Words title;
    Words publisher;
    Words date;
    Words concerns;
    std::optional<std::string> sha256;
    std::optional<std::int64_t> lines;
    std::optional<bool> checked;
    Words note;
};
BOOST_DESCRIBE_STRUCT(DocumentEntry, (), (id, number, title, publisher, date, concerns, sha256, lines, checked, note))

struct Documents {
    Words line_note;
    Day as_of;
    std::vector<DocumentEntry> documents;
};
BOOST_DESCRIBE_STRUCT(Documents, (), (line_note, as_of, documents))

struct Units {
    std::map<std::string, Words> units;
};
BOOST_DESCRIBE_STRUCT(Units, (), (units))

struct ColumnEntry {
    std::string key;
    Words label;
    std::optional<bool> total;
    std::optional<std::string> unit;
    std::optional<std::int64_t> decimals;
    std::optional<Words> definition;
    std::optional<Span> period;
};
BOOST_DESCRIBE_STRUCT(ColumnEntry, (), (key, label, total, unit, decimals, definition, period))

struct RowEntry {
    std::string key;
    Words label;
    std::optional<Words> group;
    std::optional<bool> total;
    std::optional<std::string> unit;
    std::optional<std::int64_t> decimals;
    std::optional<Words> definition;
    std::optional<Words> section;
    std::optional<Span> period;
    std::optional<std::string> track;
    std::optional<std::string> cluster;
    std::optional<std::string> part;
    std::optional<std::string> municipality;
};
BOOST_DESCRIBE_STRUCT(RowEntry, (),
                      (key, label, group, total, unit, decimals, definition, section, period, track, cluster, part,
                       municipality))

struct TableEntry {
    std::string key;
    std::string document;
    std::int64_t order = 0;
    Words title;
    Words section;
    Words definition;
    Words label; ///< how a cell is called, with {row} and {column}
    std::string unit;
    std::int64_t decimals = 0;
    std::optional<Words> note;
    std::optional<std::int64_t> population;
    std::optional<std::string> track;
    std::optional<Span> period;
    std::optional<std::map<std::string, Words>> confidence_reasons;
    std::vector<ColumnEntry> columns;
    std::vector<RowEntry> rows;
};
BOOST_DESCRIBE_STRUCT(TableEntry, (),
                      (key, document, order, title, section, definition, label, unit, decimals, note, population,
                       track, period, confidence_reasons, columns, rows))

/// A cell. A column that a table does not need is left out of its file as a whole.
struct Cell {
    std::string row;
    std::string column;
    Kind kind = Kind::number;
    std::optional<Precision> precision;
    std::optional<std::string> printed;
    std::optional<std::int64_t> line;
    std::optional<double> value;
    std::optional<double> low;
    std::optional<double> high;
    std::optional<double> corrected;
    std::optional<std::string> letter;
    std::optional<Confidence> confidence;
    std::optional<std::string> confidence_reason;
    std::optional<double> alternative;
    std::optional<std::string> also_at; ///< "228: 78 | 769: 78"
    std::optional<std::string> printed_with;
    std::optional<std::string> reading_nl;
    std::optional<std::string> reading_en;
    std::optional<std::string> note_nl;
    std::optional<std::string> note_en;
};
BOOST_DESCRIBE_STRUCT(Cell, (),
                      (row, column, kind, precision, printed, line, value, low, high, corrected, letter, confidence,
                       confidence_reason, alternative, also_at, printed_with, reading_nl, reading_en, note_nl,
                       note_en))

struct RuleEntry {
    std::string key;
    Words title;
    Words formula;
    Operation operation = Operation::sum;
    std::optional<double> factor;
};
BOOST_DESCRIBE_STRUCT(RuleEntry, (), (key, title, formula, operation, factor))

struct Rules {
    std::vector<RuleEntry> rules;
};
BOOST_DESCRIBE_STRUCT(Rules, (), (rules))

struct Computed {
    std::string key;
    std::string rule;
    std::string inputs; ///< keys, with a space between
    std::string unit;
    std::int64_t decimals = 0;
    std::string label_nl;
    std::string label_en;
    std::optional<std::string> cluster;
    std::optional<std::string> letter;
    std::optional<std::string> track;
};
BOOST_DESCRIBE_STRUCT(Computed, (), (key, rule, inputs, unit, decimals, label_nl, label_en, cluster, letter, track))

struct CheckEntry {
    std::string key;
    CheckKind kind = CheckKind::sum_of_parts;
    Words title;
    std::optional<std::string> table;
    std::optional<std::string> printed;
    std::optional<Operation> operation;
    std::optional<double> expected;
    std::optional<double> factor;
    std::optional<double> tolerance;
    std::optional<Words> tolerance_reason;
    std::optional<double> rounding;
    std::optional<std::string> finding;
    std::optional<std::vector<std::string>> terms;
};
BOOST_DESCRIBE_STRUCT(CheckEntry, (),
                      (key, kind, title, table, printed, operation, expected, factor, tolerance, tolerance_reason,
                       rounding, finding, terms))

struct Checks {
    std::vector<CheckEntry> checks;
};
BOOST_DESCRIBE_STRUCT(Checks, (), (checks))

struct FindingEntry {
    std::string id;
    Severity severity = Severity::A;
    std::optional<bool> agrees;
    std::vector<std::string> documents;
    std::vector<std::int64_t> lines;
    Words title;
    Words printed;
    Words recomputed;
    Words explanation;
    std::optional<Words> reason; ///< only for what was found by reading
    Words use;
    std::optional<std::vector<std::string>> figures;
    std::optional<std::string> table;
};
BOOST_DESCRIBE_STRUCT(FindingEntry, (),
                      (id, severity, agrees, documents, lines, title, printed, recomputed, explanation, reason, use,
                       figures, table))

struct Findings {
    std::vector<FindingEntry> findings;
};
BOOST_DESCRIBE_STRUCT(Findings, (), (findings))

struct ClusterEntry {
    std::string key;
    Words name;
    std::string letter2020;
    std::string letter2021;
    Words definition;
    std::int64_t first_line = 0;
    std::int64_t last_line = 0;
    std::optional<Words> letter_note;
    std::optional<std::vector<ClusterPart>> parts;
    std::vector<Words> uses;
    std::vector<Words> strengths;
    std::vector<Words> improvements;
    std::vector<Words> results;
};
BOOST_DESCRIBE_STRUCT(ClusterEntry, (),
                      (key, name, letter2020, letter2021, definition, first_line, last_line, letter_note, parts, uses,
                       strengths, improvements, results))

struct Clusters {
    std::vector<ClusterEntry> clusters;
};
BOOST_DESCRIBE_STRUCT(Clusters, (), (clusters))

struct Reasons {
    std::map<std::string, Words> reasons;
};
BOOST_DESCRIBE_STRUCT(Reasons, (), (reasons))

struct Interventions {
    std::string document;
    std::vector<Intervention> interventions;
};
BOOST_DESCRIBE_STRUCT(Interventions, (), (document, interventions))

struct Thresholds {
    std::vector<Threshold> thresholds;
};
BOOST_DESCRIBE_STRUCT(Thresholds, (), (thresholds))

} // namespace files

namespace {

/// A file with its text, its tree of nodes (for the place of an error) and its name in messages.
struct File {
    std::string name;
    std::string text;
    describe::Node root{};
};

class Reader
{
public:
    explicit Reader(const Sources& sources) : sources_(sources) {}

    std::vector<FieldError> errors;

    std::optional<File> open(const std::string& relative)
    {
        const auto found = sources_.find(relative);
        if (found == sources_.end()) {
            errors.push_back({.pointer = "",
                              .code = "figures-file-missing",
                              .parameters = {{"name", relative}},
                              .place = relative + ":1:1"});
            return std::nullopt;
        }
        return File{.name = relative, .text = found->second};
    }

    template<class T>
    std::optional<std::pair<File, T>> yaml(const std::string& relative)
    {
        auto file = open(relative);
        if (!file)
            return std::nullopt;
        auto node = describe::parse_yaml(file->text, file->name);
        return finish<T>(std::move(*file), std::move(node));
    }

    template<class T>
    std::optional<std::pair<File, std::vector<T>>> csv(const std::string& relative)
    {
        auto file = open(relative);
        if (!file)
            return std::nullopt;
        auto node = describe::parse_table<T>(file->text, file->name);
        return finish<std::vector<T>>(std::move(*file), std::move(node));
    }

    /// An error at a node of a file.
    void refuse(const File& file, const describe::Node* node, std::string code,
                std::vector<Parameter> parameters = {})
    {
        const auto line = node ? node->line : 1;
        const auto column = node ? node->column : 1;
        errors.push_back({.pointer = "",
                          .code = std::move(code),
                          .parameters = std::move(parameters),
                          .place = fmt::format("{}:{}:{}", file.name, line, column)});
    }

private:
    template<class T>
    std::optional<std::pair<File, T>> finish(File file, Result<describe::Node> node)
    {
        auto value = describe::read<T>(node, file.name);
        if (!value) {
            for (auto& error : value.error().fields)
                errors.push_back(std::move(error));
            return std::nullopt;
        }
        file.root = std::move(*node);
        return std::pair{std::move(file), std::move(*value)};
    }

    const Sources& sources_;
};

const describe::Node* member(const describe::Node* node, std::string_view name)
{
    return node ? node->find(name) : nullptr;
}

const describe::Node* item(const describe::Node* node, std::size_t index)
{
    return node && index < node->items.size() ? &node->items[index] : nullptr;
}

/// Where a member stands; where it is left out, its owner.
const describe::Node* member_or_owner(const describe::Node* owner, std::string_view name)
{
    const auto* found = member(owner, name);
    return found ? found : owner;
}

std::string filled_in(std::string_view pattern, std::string_view row, std::string_view column)
{
    std::string out;
    for (std::size_t i = 0; i < pattern.size();) {
        if (pattern.substr(i).starts_with("{row}")) {
            out += row;
            i += 5;
        } else if (pattern.substr(i).starts_with("{column}")) {
            out += column;
            i += 8;
        } else {
            out += pattern[i++];
        }
    }
    if (!out.empty() && out.front() >= 'a' && out.front() <= 'z')
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

/// A key that may stand in a URL and in a figure key: lower case, digits and single hyphens.
bool is_kebab(std::string_view key)
{
    if (key.empty() || key.front() == '-' || key.back() == '-' || key.find("--") != std::string_view::npos)
        return false;
    return std::all_of(key.begin(), key.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::optional<Euro> as_money(const std::string& unit, const std::optional<double>& value)
{
    if (!value)
        return std::nullopt;
    // One euro is 100 cents; the printed decimals of a million euro go no further than the cent.
    if (unit == "eur" || unit == "eur-per-activity" || unit == "eur-per-year")
        return Euro::cents(std::llround(*value * 100));
    if (unit == "million-eur")
        return Euro::cents(std::llround(*value * 100'000'000));
    return std::nullopt;
}

/// The names that a file gives. When that file could not be read they are not whole: who uses a name from it then
/// does nothing wrong, and one error does not become a hundred.
struct Keys {
    bool whole = true;

    bool insert(const std::string& key) { return all_.insert(key).second; }
    bool contains(const std::string& key) const { return all_.contains(key); }

private:
    std::set<std::string> all_;
};

/// Reads all files and puts them together. One object per reading.
class Assembly
{
public:
    explicit Assembly(const Sources& sources) : reader_(sources), sources_(sources) {}

    Result<Published> read()
    {
        documents();
        units();
        clusters();
        tables();
        computed();
        findings();
        checks();
        coverage();
        other();
        questions();
        if (!reader_.errors.empty())
            return invalid(std::move(reader_.errors));
        return std::move(out_);
    }

private:
    void documents()
    {
        auto read = reader_.yaml<files::Documents>("documents.yaml");
        document_ids_.whole = read.has_value();
        if (!read)
            return;
        auto& [file, content] = *read;
        out_.line_note = content.line_note;
        out_.as_of = content.as_of;
        const auto* list = file.root.find("documents");
        for (std::size_t i = 0; i < content.documents.size(); ++i) {
            auto& entry = content.documents[i];
            const auto* id = member(item(list, i), "id");
            unique(file, id, document_ids_, entry.id);
            if (entry.sha256 && (entry.sha256->size() != 64 ||
                                 entry.sha256->find_first_not_of("0123456789abcdef") != std::string::npos))
                reader_.refuse(file, member(item(list, i), "sha256"), "figures-sha256");
            document_lines_[entry.id] = entry.lines;
            out_.documents.push_back({.id = entry.id,
                                      .number = entry.number.value_or(""),
                                      .title = entry.title,
                                      .publisher = entry.publisher,
                                      .date = entry.date,
                                      .concerns = entry.concerns,
                                      .sha256 = entry.sha256.value_or(""),
                                      .lines = entry.lines,
                                      .checked = entry.checked.value_or(true),
                                      .note = entry.note});
        }
    }

    void units()
    {
        auto read = reader_.yaml<files::Units>("units.yaml");
        unit_keys_.whole = read.has_value();
        if (!read)
            return;
        for (auto& [key, words] : read->second.units) {
            unit_keys_.insert(key);
            unit_words_[key] = words;
            out_.units.push_back({key, words});
        }
    }

    void clusters()
    {
        auto read = reader_.yaml<files::Clusters>("clusters.yaml");
        cluster_keys_.whole = read.has_value();
        if (!read)
            return;
        auto& [file, content] = *read;
        const auto* list = file.root.find("clusters");
        for (std::size_t i = 0; i < content.clusters.size(); ++i) {
            auto& entry = content.clusters[i];
            unique(file, member(item(list, i), "key"), cluster_keys_, entry.key);
            ClusterFactsheet sheet;
            sheet.key = entry.key;
            sheet.name = entry.name;
            sheet.letter_2020 = entry.letter2020;
            sheet.letter_2021 = entry.letter2021;
            sheet.definition = entry.definition;
            sheet.letter_note = entry.letter_note.value_or(Words{});
            sheet.parts = entry.parts.value_or(std::vector<ClusterPart>{});
            sheet.uses = entry.uses;
            sheet.strengths = entry.strengths;
            sheet.improvements = entry.improvements;
            sheet.results = entry.results;
            sheet.first_line = entry.first_line;
            sheet.last_line = entry.last_line;
            out_.clusters.push_back(std::move(sheet));
        }
    }

    void tables()
    {
        // A table is a .yaml and a .csv; when one of the two is there, the other must be.
        std::set<std::string> names;
        for (const auto& [name, text] : sources_) {
            for (const std::string_view ending : {".yaml", ".csv"}) {
                if (name.starts_with("tables/") && name.ends_with(ending))
                    names.insert(name.substr(7, name.size() - 7 - ending.size()));
            }
        }
        if (names.empty())
            reader_.open("tables/*.yaml");

        struct Read {
            std::int64_t order = 0;
            PublishedTable table;
            std::vector<Figure> figures;
        };
        std::vector<Read> all;
        for (const auto& name : names) {
            auto schema = reader_.yaml<files::TableEntry>("tables/" + name + ".yaml");
            auto cells = reader_.csv<files::Cell>("tables/" + name + ".csv");
            if (!schema || !cells) {
                lost_.insert(schema ? schema->second.key : name);
                continue;
            }
            Read& one = all.emplace_back();
            one.order = schema->second.order;
            table(schema->first, schema->second, cells->first, cells->second, one.table, one.figures);
        }
        std::stable_sort(all.begin(), all.end(), [](const Read& a, const Read& b) { return a.order < b.order; });
        for (auto& one : all) {
            out_.tables.push_back(std::move(one.table));
            std::move(one.figures.begin(), one.figures.end(), std::back_inserter(out_.figures));
        }
        for (const auto& [where, key] : printed_with_) {
            if (!figure_keys_.contains(key) && !is_lost(key))
                reader_.errors.push_back(where);
        }
    }

    void table(const File& schema_file, const files::TableEntry& schema, const File& cell_file,
               const std::vector<files::Cell>& cells, PublishedTable& table, std::vector<Figure>& figures)
    {
        const auto& root = schema_file.root;
        unique(schema_file, root.find("key"), table_keys_, schema.key);
        if (!is_kebab(schema.key))
            reader_.refuse(schema_file, root.find("key"), "figures-key", {{"name", schema.key}});
        known(schema_file, root.find("document"), document_ids_, schema.document, "figures-unknown-document");
        known_unit(schema_file, root.find("unit"), schema.unit);

        table.key = schema.key;
        table.document = schema.document;
        table.title = schema.title;
        table.section = schema.section;
        table.definition = schema.definition;
        table.note = schema.note.value_or(Words{});
        table.unit = schema.unit;
        table.unit_words = unit_words_[schema.unit];
        table.decimals = schema.decimals;

        std::map<std::string, const files::RowEntry*> rows;
        for (std::size_t i = 0; i < schema.rows.size(); ++i) {
            const auto& row = schema.rows[i];
            const auto* node = item(root.find("rows"), i);
            if (!rows.emplace(row.key, &row).second)
                reader_.refuse(schema_file, member(node, "key"), "figures-duplicate-key", {{"name", row.key}});
            if (!is_kebab(row.key))
                reader_.refuse(schema_file, member(node, "key"), "figures-key", {{"name", row.key}});
            if (row.unit)
                known_unit(schema_file, member(node, "unit"), *row.unit);
            if (row.cluster)
                known(schema_file, member(node, "cluster"), cluster_keys_, *row.cluster, "figures-unknown-cluster");
            table.rows.push_back({row.key, row.label, row.group.value_or(Words{}), row.total.value_or(false)});
        }
        std::map<std::string, const files::ColumnEntry*> columns;
        for (std::size_t i = 0; i < schema.columns.size(); ++i) {
            const auto& column = schema.columns[i];
            const auto* node = item(root.find("columns"), i);
            if (!columns.emplace(column.key, &column).second)
                reader_.refuse(schema_file, member(node, "key"), "figures-duplicate-key", {{"name", column.key}});
            if (!is_kebab(column.key))
                reader_.refuse(schema_file, member(node, "key"), "figures-key", {{"name", column.key}});
            if (column.unit)
                known_unit(schema_file, member(node, "unit"), *column.unit);
            table.columns.push_back({column.key, column.label, column.total.value_or(false)});
        }

        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto& cell = cells[i];
            const auto* node = item(&cell_file.root, i);
            const auto row = rows.find(cell.row);
            const auto column = columns.find(cell.column);
            if (row == rows.end())
                reader_.refuse(cell_file, member(node, "row"), "figures-unknown-row", {{"name", cell.row}});
            if (column == columns.end())
                reader_.refuse(cell_file, member(node, "column"), "figures-unknown-column", {{"name", cell.column}});
            if (row == rows.end() || column == columns.end()) {
                lost_.insert(schema.key);
                continue;
            }
            Figure figure = this->cell(schema, *row->second, *column->second, cell, cell_file, node);
            if (!figure_keys_.insert(figure.key)) {
                reader_.refuse(cell_file, member(node, "row"), "figures-duplicate-key", {{"name", figure.key}});
                continue;
            }
            if (figure.line) {
                table.first_line = std::min(table.first_line.value_or(*figure.line), *figure.line);
                table.last_line = std::max(table.last_line.value_or(*figure.line), *figure.line);
            }
            table.cells.push_back({cell.row, cell.column, figure.key, Mark::none, std::nullopt, std::nullopt});
            figures.push_back(std::move(figure));
        }
    }

    Figure cell(const files::TableEntry& schema, const files::RowEntry& row, const files::ColumnEntry& column,
                const files::Cell& cell, const File& file, const describe::Node* node)
    {
        Figure figure;
        figure.key = schema.key + "~" + row.key + "~" + column.key;
        figure.document = schema.document;
        figure.table = schema.key;
        figure.row = row.key;
        figure.column = column.key;
        figure.label = {filled_in(schema.label.nl, row.label.nl, column.label.nl),
                        filled_in(schema.label.en, row.label.en, column.label.en)};
        figure.kind = cell.kind;
        figure.precision = cell.precision.value_or(Precision::exact);
        figure.unit = column.unit ? *column.unit : row.unit ? *row.unit : schema.unit;
        figure.unit_words = unit_words_[figure.unit];
        figure.decimals = column.decimals ? *column.decimals : row.decimals ? *row.decimals : schema.decimals;
        figure.value = cell.value;
        figure.amount = as_money(figure.unit, cell.value);
        figure.low = cell.low;
        figure.high = cell.high;
        figure.reading = {cell.reading_nl.value_or(""), cell.reading_en.value_or("")};
        figure.printed = cell.printed.value_or("");
        figure.line = cell.line;
        figure.printed_with = cell.printed_with.value_or("");
        figure.corrected = cell.corrected;
        figure.corrected_amount = as_money(figure.unit, cell.corrected);
        figure.period = row.period ? row.period : column.period ? column.period : schema.period;
        figure.population = schema.population;
        figure.track = row.track ? *row.track : schema.track.value_or("");
        figure.cluster = row.cluster.value_or("");
        figure.letter = cell.letter.value_or("");
        figure.municipality = row.municipality.value_or("");
        figure.section = row.section ? *row.section : schema.section;
        figure.definition = row.definition      ? *row.definition
                            : column.definition ? *column.definition
                                                : schema.definition;
        figure.note = {cell.note_nl.value_or(""), cell.note_en.value_or("")};
        figure.confidence = cell.confidence.value_or(Confidence::printed);
        figure.alternative = cell.alternative;
        if (cell.confidence_reason) {
            const auto* reasons = schema.confidence_reasons ? &*schema.confidence_reasons : nullptr;
            const auto found =
                reasons ? reasons->find(*cell.confidence_reason) : std::map<std::string, Words>::const_iterator{};
            if (!reasons || found == reasons->end())
                reader_.refuse(file, member(node, "confidenceReason"), "figures-unknown-reason",
                               {{"name", *cell.confidence_reason}});
            else
                figure.confidence_reason = found->second;
        }
        if (cell.also_at)
            also_at(*cell.also_at, figure, file, member(node, "alsoAt"));
        check_kind(figure, file, node);
        check_places(figure, file, node);
        if (!figure.printed_with.empty())
            printed_with_.emplace_back(FieldError{.pointer = "",
                                                  .code = "figures-unknown-figure",
                                                  .parameters = {{"name", figure.printed_with}},
                                                  .place = place(file, member(node, "printedWith"))},
                                       figure.printed_with);
        return figure;
    }

    static std::string place(const File& file, const describe::Node* node)
    {
        return fmt::format("{}:{}:{}", file.name, node ? node->line : 1, node ? node->column : 1);
    }

    /// "228: 78 | 769: 78"
    void also_at(std::string_view text, Figure& figure, const File& file, const describe::Node* node)
    {
        while (!text.empty()) {
            const auto bar = text.find(" | ");
            const auto one = text.substr(0, bar);
            text = bar == std::string_view::npos ? std::string_view{} : text.substr(bar + 3);
            const auto colon = one.find(": ");
            std::int64_t line = 0;
            const auto digits = one.substr(0, colon);
            for (const char c : digits)
                line = c >= '0' && c <= '9' && line < 1'000'000 ? line * 10 + (c - '0') : -1'000'000'000;
            if (colon == std::string_view::npos || line <= 0 || one.size() == colon + 2) {
                reader_.refuse(file, node, "figures-also-at");
                return;
            }
            figure.also_at.push_back({line, std::string{one.substr(colon + 2)}});
        }
    }

    /// What each kind must and must not carry. Nothing that is not printed may have a value: it would become a
    /// number.
    void check_kind(const Figure& figure, const File& file, const describe::Node* node)
    {
        const auto* kind = member(node, "kind");
        const auto must = [&](bool right, const char* what) {
            if (!right)
                reader_.refuse(file, kind, "figures-kind",
                               {{"kind", std::string{describe::Scalar<Kind>::to(figure.kind)}}, {"expected", what}});
        };
        const bool printed = !figure.printed.empty();
        switch (figure.kind) {
        case Kind::number:
            must(figure.value.has_value(), "value");
            break;
        case Kind::range:
            must(figure.low && figure.high && *figure.low <= *figure.high && !figure.value, "low <= high, no value");
            break;
        case Kind::below_threshold:
            must(figure.low && figure.high && !figure.value && printed, "low, high, printed, no value");
            break;
        case Kind::not_printed:
        case Kind::blank:
            must(!figure.value && !figure.corrected && !printed, "no value and nothing printed");
            break;
        case Kind::claim:
            must(!figure.reading.nl.empty() && !figure.reading.en.empty(), "reading_nl and reading_en");
            break;
        case Kind::date:
            must(figure.period.has_value() && !figure.value, "a period on its row, no value");
            break;
        }
        if (figure.kind == Kind::number && printed) {
            const auto read = read_printed(figure.printed);
            if (read && std::abs(*read - *figure.value) > 1e-9)
                reader_.refuse(file, member_or_owner(node, "value"), "figures-printed-differs",
                               {{"printed", figure.printed}, {"value", fmt::format("{}", *figure.value)}});
        }
        if (figure.value && std::abs(round_half_up(*figure.value, figure.decimals) - *figure.value) > 1e-9)
            reader_.refuse(file, member(node, "value"), "figures-decimals",
                           {{"decimals", std::to_string(figure.decimals)}});
    }

    void check_places(const Figure& figure, const File& file, const describe::Node* node)
    {
        const auto lines = document_lines_.find(figure.document);
        const auto inside = [&](std::int64_t line) {
            return lines == document_lines_.end() || !lines->second || (line >= 1 && line <= *lines->second);
        };
        if (!figure.printed.empty() && !figure.line)
            reader_.refuse(file, member_or_owner(node, "line"), "figures-line-missing");
        if (figure.line && !inside(*figure.line))
            reader_.refuse(file, member(node, "line"), "figures-line", {{"line", std::to_string(*figure.line)}});
        for (const auto& other : figure.also_at) {
            if (!inside(other.line))
                reader_.refuse(file, member(node, "alsoAt"), "figures-line", {{"line", std::to_string(other.line)}});
        }
    }

    void computed()
    {
        auto rules = reader_.yaml<files::Rules>("rules.yaml");
        auto rows = reader_.csv<files::Computed>("computed.csv");
        if (!rules || !rows) {
            nothing_computed_ = true;
            return;
        }
        std::map<std::string, RuleDefinition> by_key;
        const auto* list = rules->first.root.find("rules");
        for (std::size_t i = 0; i < rules->second.rules.size(); ++i) {
            const auto& rule = rules->second.rules[i];
            unique(rules->first, member(item(list, i), "key"), rule_keys_, rule.key);
            by_key[rule.key] = {{rule.key, rule.title, rule.formula}, rule.operation, rule.factor.value_or(1)};
            out_.rules.push_back(by_key[rule.key]);
        }
        auto& [file, entries] = *rows;
        // Printed figures and the computed ones so far; an input must stand above what is computed from it.
        std::map<std::string, std::size_t, std::less<>> places;
        for (std::size_t i = 0; i < out_.figures.size(); ++i)
            places[out_.figures[i].key] = i;
        out_.figures.reserve(out_.figures.size() + entries.size());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto& entry = entries[i];
            const auto* node = item(&file.root, i);
            const auto rule = by_key.find(entry.rule);
            if (rule == by_key.end()) {
                reader_.refuse(file, member(node, "rule"), "figures-unknown-rule", {{"name", entry.rule}});
                lost_.insert(entry.key);
                continue;
            }
            known_unit(file, member(node, "unit"), entry.unit);
            if (entry.cluster)
                known(file, member(node, "cluster"), cluster_keys_, *entry.cluster, "figures-unknown-cluster");
            Figure figure;
            figure.key = entry.key;
            figure.rule = entry.rule;
            figure.table = entry.rule;
            const auto first = entry.key.find('~');
            const auto second = first == std::string::npos ? first : entry.key.find('~', first + 1);
            if (second == std::string::npos || entry.key.substr(0, first) != entry.rule ||
                !is_kebab(entry.key.substr(first + 1, second - first - 1)) ||
                !is_kebab(entry.key.substr(second + 1))) {
                reader_.refuse(file, member(node, "key"), "figures-key", {{"name", entry.key}});
                // Which figure was meant is not known, so any figure of this rule may be the one.
                lost_.insert(entry.rule);
                continue;
            }
            figure.row = entry.key.substr(first + 1, second - first - 1);
            figure.column = entry.key.substr(second + 1);
            figure.label = {entry.label_nl, entry.label_en};
            figure.unit = entry.unit;
            figure.unit_words = unit_words_[entry.unit];
            figure.decimals = entry.decimals;
            figure.cluster = entry.cluster.value_or("");
            figure.letter = entry.letter.value_or("");
            figure.track = entry.track.value_or("");
            figure.definition = rule->second.rule.formula;
            figure.section = rule->second.rule.title;

            std::vector<const Figure*> terms;
            std::istringstream inputs{entry.inputs};
            bool complete = true;
            for (std::string key; inputs >> key;) {
                const auto found = places.find(key);
                if (found == places.end()) {
                    if (!is_lost(key))
                        reader_.refuse(file, member(node, "inputs"), "figures-unknown-figure", {{"name", key}});
                    complete = false;
                    continue;
                }
                figure.inputs.push_back(key);
                terms.push_back(&out_.figures[found->second]);
            }
            if (!complete) {
                lost_.insert(entry.key);
                continue;
            }
            if (!terms.empty()) {
                figure.document = terms[0]->document;
                figure.period = same_period(terms);
                figure.population = terms[0]->population;
                // What is computed is no more certain than the least certain number in it.
                const auto weakest =
                    std::max_element(terms.begin(), terms.end(),
                                     [](const Figure* a, const Figure* b) { return a->confidence < b->confidence; });
                figure.confidence = (*weakest)->confidence;
                figure.confidence_reason = (*weakest)->confidence_reason;
            }
            const auto value = carry_out(rule->second.operation, rule->second.factor, terms);
            if (!value) {
                reader_.refuse(file, member(node, "inputs"), "figures-not-computable", {{"name", entry.key}});
                lost_.insert(entry.key);
                continue;
            }
            figure.value = round_half_up(*value, entry.decimals);
            figure.amount = as_money(entry.unit, figure.value);
            if (!figure_keys_.insert(figure.key)) {
                reader_.refuse(file, member(node, "key"), "figures-duplicate-key", {{"name", figure.key}});
                continue;
            }
            places[figure.key] = out_.figures.size();
            out_.figures.push_back(std::move(figure));
        }
    }

    /// The period all inputs share, or none.
    static std::optional<Span> same_period(const std::vector<const Figure*>& terms)
    {
        for (const Figure* term : terms) {
            if (term->period != terms[0]->period)
                return std::nullopt;
        }
        return terms[0]->period;
    }

    void findings()
    {
        auto read = reader_.yaml<files::Findings>("findings.yaml");
        finding_ids_.whole = read.has_value();
        if (!read)
            return;
        auto& [file, content] = *read;
        const auto* list = file.root.find("findings");
        for (std::size_t i = 0; i < content.findings.size(); ++i) {
            auto& entry = content.findings[i];
            const auto* node = item(list, i);
            unique(file, member(node, "id"), finding_ids_, entry.id);
            for (std::size_t d = 0; d < entry.documents.size(); ++d)
                known(file, item(member(node, "documents"), d), document_ids_, entry.documents[d],
                      "figures-unknown-document");
            Finding finding;
            finding.id = entry.id;
            finding.severity = entry.severity;
            finding.agrees = entry.agrees.value_or(false);
            finding.arithmetic = !entry.reason;
            finding.documents = entry.documents;
            finding.lines = entry.lines;
            finding.title = entry.title;
            finding.printed = entry.printed;
            finding.recomputed = entry.recomputed;
            finding.explanation = entry.explanation;
            finding.reason = entry.reason.value_or(Words{});
            finding.use = entry.use;
            finding.figures = entry.figures.value_or(std::vector<std::string>{});
            for (std::size_t f = 0; f < finding.figures.size(); ++f)
                known_figure(file, item(member(node, "figures"), f), finding.figures[f]);
            finding.table = entry.table.value_or("");
            if (entry.table)
                known_table(file, member(node, "table"), *entry.table);
            out_.findings.push_back(std::move(finding));
        }
    }

    void checks()
    {
        auto read = reader_.yaml<files::Checks>("checks.yaml");
        if (!read)
            return;
        auto& [file, content] = *read;
        const auto* list = file.root.find("checks");
        Keys keys;
        for (std::size_t i = 0; i < content.checks.size(); ++i) {
            auto& entry = content.checks[i];
            const auto* node = item(list, i);
            unique(file, member(node, "key"), keys, entry.key);
            CheckDefinition check{.key = entry.key,
                                  .kind = entry.kind,
                                  .title = entry.title,
                                  .table = entry.table.value_or(""),
                                  .printed = entry.printed.value_or(""),
                                  .terms = entry.terms.value_or(std::vector<std::string>{}),
                                  .operation = entry.operation.value_or(Operation::sum),
                                  .factor = entry.factor.value_or(1),
                                  .expected = entry.expected,
                                  .tolerance = entry.tolerance.value_or(0),
                                  .tolerance_reason = entry.tolerance_reason.value_or(Words{}),
                                  .rounding = entry.rounding.value_or(0),
                                  .finding = entry.finding.value_or("")};
            if (entry.table)
                known_table(file, member(node, "table"), *entry.table);
            else if (!entry.printed || check.terms.empty())
                reader_.refuse(file, node, "figures-check-incomplete");
            if (entry.printed)
                known_figure(file, member(node, "printed"), *entry.printed);
            for (std::size_t t = 0; t < check.terms.size(); ++t)
                known_figure(file, item(member(node, "terms"), t), check.terms[t]);
            if (entry.finding)
                known(file, member(node, "finding"), finding_ids_, *entry.finding, "figures-unknown-finding");
            if (check.tolerance != 0 && check.tolerance_reason.nl.empty())
                reader_.refuse(file, member(node, "tolerance"), "figures-tolerance-reason");
            out_.checks.push_back(std::move(check));
        }
        if (auto differences = reader_.csv<KnownDifference>("known_differences.csv")) {
            for (std::size_t i = 0; i < differences->second.size(); ++i)
                known(differences->first, member(item(&differences->first.root, i), "finding"), finding_ids_,
                      differences->second[i].finding, "figures-unknown-finding");
            out_.known_differences = std::move(differences->second);
        }
    }

    void coverage()
    {
        auto reasons = reader_.yaml<files::Reasons>("not_figure_reasons.yaml");
        Keys keys;
        keys.whole = reasons.has_value();
        if (reasons) {
            for (auto& [key, words] : reasons->second.reasons) {
                keys.insert(key);
                out_.not_figure_reasons.push_back({key, words});
            }
        }
        if (auto index = reader_.csv<IndexEntry>("number_index.csv")) {
            for (std::size_t i = 0; i < index->second.size(); ++i)
                known(index->first, member(item(&index->first.root, i), "document"), document_ids_,
                      index->second[i].document, "figures-unknown-document");
            out_.index = std::move(index->second);
        }
        if (auto rows = reader_.csv<NotFigure>("not_figures.csv")) {
            for (std::size_t i = 0; i < rows->second.size(); ++i)
                known(rows->first, member(item(&rows->first.root, i), "reason"), keys, rows->second[i].reason,
                      "figures-unknown-reason");
            out_.not_figures = std::move(rows->second);
        }
    }

    void other()
    {
        if (auto read = reader_.yaml<files::Interventions>("interventions.yaml")) {
            for (std::size_t i = 0; i < read->second.interventions.size(); ++i) {
                const auto& one = read->second.interventions[i];
                if (one.figure)
                    known_figure(read->first, member(item(read->first.root.find("interventions"), i), "figure"),
                                 *one.figure);
            }
            out_.interventions = std::move(read->second.interventions);
        }
        if (auto read = reader_.yaml<files::Thresholds>("thresholds.yaml")) {
            for (std::size_t i = 0; i < read->second.thresholds.size(); ++i) {
                const auto& one = read->second.thresholds[i];
                const auto* node = item(read->first.root.find("thresholds"), i);
                known(read->first, member(node, "document"), document_ids_, one.document, "figures-unknown-document");
                if (one.figure)
                    known_figure(read->first, member(node, "figure"), *one.figure);
            }
            out_.thresholds = std::move(read->second.thresholds);
        }
    }

    /// The questions count from 1 without a gap, and each belongs to a block that has a figure.
    void questions()
    {
        auto read = reader_.csv<QuickscanQuestion>("quickscan_questions.csv");
        if (!read)
            return;
        for (std::size_t i = 0; i < read->second.size(); ++i) {
            const auto& one = read->second[i];
            const auto* node = item(&read->first.root, i);
            if (one.number != static_cast<std::int64_t>(i) + 1)
                reader_.refuse(read->first, member(node, "number"), "figures-question-number",
                               {{"expected", std::to_string(i + 1)}});
            const std::string key = "quickscan-blocks~questions-" + one.block + "~questions";
            known_figure(read->first, member(node, "block"), key);
        }
        out_.questions = std::move(read->second);
    }

    void unique(const File& file, const describe::Node* node, Keys& keys, const std::string& key)
    {
        if (!keys.insert(key))
            reader_.refuse(file, node, "figures-duplicate-key", {{"name", key}});
    }

    void known(const File& file, const describe::Node* node, const Keys& keys, const std::string& key,
               const char* code)
    {
        if (keys.whole && !keys.contains(key))
            reader_.refuse(file, node, code, {{"name", key}});
    }

    void known_figure(const File& file, const describe::Node* node, const std::string& key)
    {
        if (!is_lost(key))
            known(file, node, figure_keys_, key, "figures-unknown-figure");
    }

    void known_table(const File& file, const describe::Node* node, const std::string& key)
    {
        if (!lost_.contains(key))
            known(file, node, table_keys_, key, "figures-unknown-table");
    }

    void known_unit(const File& file, const describe::Node* node, const std::string& unit)
    {
        known(file, node, unit_keys_, unit, "figures-unknown-unit");
    }

    /// Whether a figure may be missing only because of an error that was told already.
    bool is_lost(const std::string& key) const
    {
        const auto first = key.substr(0, key.find('~'));
        return lost_.contains(key) || lost_.contains(first) || (nothing_computed_ && !table_keys_.contains(first));
    }

    Reader reader_;
    const Sources& sources_;
    Published out_;
    Keys document_ids_;
    std::map<std::string, std::optional<std::int64_t>> document_lines_;
    Keys unit_keys_;
    std::map<std::string, Words> unit_words_;
    Keys cluster_keys_;
    Keys table_keys_;
    Keys figure_keys_;
    Keys rule_keys_;
    Keys finding_ids_;
    /// Tables, rules and computed figures that are not there, or not whole, because of an error that was told.
    std::set<std::string> lost_;
    bool nothing_computed_ = false;
    std::vector<std::pair<FieldError, std::string>> printed_with_;
};

} // namespace

FigureIndex::FigureIndex(const std::vector<Figure>& figures)
{
    by_key_.reserve(figures.size());
    for (const auto& figure : figures)
        by_key_.emplace(figure.key, &figure);
}

const Figure* FigureIndex::find(std::string_view key) const
{
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : found->second;
}

Sources sources_in(const std::filesystem::path& folder)
{
    Sources sources;
    std::error_code none;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, none)) {
        if (!entry.is_regular_file())
            continue;
        std::ostringstream text;
        text << std::ifstream{entry.path(), std::ios::binary}.rdbuf();
        sources[std::filesystem::relative(entry.path(), folder).generic_string()] = std::move(text).str();
    }
    return sources;
}

Sources shipped_sources()
{
    constexpr std::string_view root = "data/published/";
    Sources sources;
    for (const auto& file : embedded::published()) {
        if (file.path.starts_with(root))
            sources.emplace(file.path.substr(root.size()), file.content);
    }
    return sources;
}

Result<Published> read_published(const Sources& sources) { return Assembly{sources}.read(); }

Result<Published> read_published(const std::filesystem::path& folder) { return read_published(sources_in(folder)); }

} // namespace beproefd::figures
