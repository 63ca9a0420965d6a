// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/catalogue.hpp"

#include "figures/texts.hpp"
#include "platform/describe/scalar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace beproefd::figures {
namespace {

using describe::Language;

/// Lower case for searching: ASCII and the accented letters of Latin-1, which in UTF-8 are 0xC3 0x80 … 0xC3 0x9E.
std::string lowered(std::string_view text)
{
    std::string out{text};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto c = static_cast<unsigned char>(out[i]);
        if (c >= 'A' && c <= 'Z')
            out[i] = static_cast<char>(c - 'A' + 'a');
        else if (i > 0 && static_cast<unsigned char>(out[i - 1]) == 0xc3 && c >= 0x80 && c <= 0x9e && c != 0x97)
            out[i] = static_cast<char>(c + 0x20);
    }
    return out;
}

bool matches(const FigureFilter& filter, const Figure& figure, const std::string& searchable)
{
    const auto same = [](const auto& wanted, const std::string& held) {
        return !wanted || wanted->to_text() == held;
    };
    if (!same(filter.document, figure.document) || !same(filter.table, figure.table) ||
        !same(filter.row, figure.row) || !same(filter.cluster, figure.cluster) || !same(filter.unit, figure.unit))
        return false;
    if (filter.kind && *filter.kind != figure.kind)
        return false;
    if (filter.source && (*filter.source == Origin::computed) == figure.rule.empty())
        return false;
    if (filter.year) {
        const auto year = static_cast<int>(filter.year->value());
        if (!figure.period || (!figure.period->first && !figure.period->last))
            return false;
        if ((figure.period->first && figure.period->first->year() > year) ||
            (figure.period->last && figure.period->last->year() < year))
            return false;
    }
    if (filter.q) {
        const std::string words = lowered(filter.q->to_text());
        for (std::size_t start = 0; start < words.size();) {
            const auto end = std::min(words.find(' ', start), words.size());
            if (end > start && searchable.find(words.substr(start, end - start)) == std::string::npos)
                return false;
            start = end + 1;
        }
    }
    return true;
}

std::string period_text(const std::optional<Span>& period, bool dutch)
{
    if (!period)
        return {};
    return dutch ? period->words.nl : period->words.en;
}

std::string citation(const Figure& figure, const FigureDetail& detail, Language language)
{
    const auto own = [&](const Words& words) { return language == Language::nl ? words.nl : words.en; };
    // Where the data says that nothing is printed, a bare "niet gedrukt" would not say what is missing.
    const auto named = [&](const Words& words, std::string_view missing) {
        return words.nl.starts_with("niet ") ? texts()(missing, language, {{"words", own(words)}}) : own(words);
    };
    const auto& source = detail.document;
    if (!figure.rule.empty())
        return texts()("citation_computed", language,
                       {{"label", own(figure.label)},
                        {"definition", own(figure.definition)},
                        {"document", own(source.title)},
                        {"link", detail.link}});
    return texts()(
        "citation_printed", language,
        {{"document", own(source.title)},
         {"publisher", named(source.publisher, "citation_no_publisher")},
         {"date", named(source.date, "citation_no_date")},
         {"line", figure.line ? texts()("citation_line", language, {{"line", std::to_string(*figure.line)}}) : ""},
         {"printed",
          figure.printed.empty() ? "" : texts()("citation_token", language, {{"printed", figure.printed}})},
         {"label", own(figure.label)},
         {"link", detail.link}});
}

} // namespace

Catalogue::Catalogue(Published published)
    : published_(std::move(published)), index_(published_.figures), checks_(run_checks(published_)),
      explained_(explain_tables(published_)), findings_(findings_with_checks(published_, checks_)),
      tables_(marked_tables(published_, checks_))
{
    add_explanations(findings_, explained_);
    searchable_.reserve(published_.figures.size());
    for (const auto& figure : published_.figures)
        searchable_.push_back(
            lowered(fmt::format("{} {} {} {}", figure.label.nl, figure.label.en, figure.printed, figure.key)));
}

Result<Document> Catalogue::document(std::string_view id) const
{
    for (const auto& document : published_.documents) {
        if (document.id == id)
            return document;
    }
    return not_found();
}

const Document* Catalogue::document_of(const Figure& figure) const
{
    for (const auto& document : published_.documents) {
        if (document.id == figure.document)
            return &document;
    }
    return nullptr;
}

Result<FigurePage> Catalogue::figures(const FigureQuery& query) const
{
    if (query.after && !find(query.after->to_text()))
        return invalid({{.pointer = "?after",
                         .code = "figures-after-unknown",
                         .parameters = {{"name", query.after->to_text()}}}});
    const auto limit = static_cast<std::size_t>(query.limit ? query.limit->value() : 100);
    FigurePage page;
    bool reached = !query.after;
    for (std::size_t i = 0; i < published_.figures.size(); ++i) {
        const Figure& figure = published_.figures[i];
        if (matches(query, figure, searchable_[i])) {
            ++page.total;
            if (reached && page.items.size() == limit && !page.next)
                page.next = page.items.back().key;
            if (reached && page.items.size() < limit)
                page.items.push_back(figure);
        }
        reached = reached || figure.key == query.after->to_text();
    }
    return page;
}

FigureExport Catalogue::selection(const FigureFilter& filter) const
{
    FigureExport out;
    for (std::size_t i = 0; i < published_.figures.size(); ++i) {
        if (matches(filter, published_.figures[i], searchable_[i]))
            out.items.push_back(published_.figures[i]);
    }
    return out;
}

Slip Catalogue::slip(const Figure& figure) const
{
    Slip slip;
    const auto table = std::find_if(tables_.begin(), tables_.end(),
                                    [&](const PublishedTable& one) { return one.key == figure.table; });
    if (table == tables_.end())
        return slip;
    slip.title = table->title;
    slip.columns = table->columns;
    std::size_t own = 0;
    while (own < table->rows.size() && table->rows[own].key != figure.row)
        ++own;
    std::optional<std::size_t> last;
    for (std::size_t r = 0; r < table->rows.size(); ++r) {
        const auto& row = table->rows[r];
        const bool near = r + 1 >= own && r <= own + 1;
        if (!near && !row.total)
            continue;
        SlipRow out{row.key, row.label, r == own, last ? r != *last + 1 : r != 0, {}};
        last = r;
        for (const auto& column : table->columns) {
            const Figure* neighbour = find(table->key + "~" + row.key + "~" + column.key);
            out.cells.push_back({neighbour ? neighbour->key : "", neighbour ? neighbour->printed : "",
                                 neighbour && neighbour->key == figure.key});
            if (neighbour && neighbour->line) {
                slip.first_line = std::min(slip.first_line.value_or(*neighbour->line), *neighbour->line);
                slip.last_line = std::max(slip.last_line.value_or(*neighbour->line), *neighbour->line);
            }
        }
        slip.rows.push_back(std::move(out));
    }
    return slip;
}

Result<FigureDetail> Catalogue::figure(std::string_view key) const
{
    const Figure* figure = find(key);
    if (!figure)
        return not_found();
    FigureDetail detail;
    detail.figure = *figure;
    if (const Document* document = document_of(*figure))
        detail.document = *document;
    detail.line_note = published_.line_note;
    const auto names = [&](const std::vector<std::string>& keys) {
        return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    for (const auto& check : checks_.items) {
        if (check.printed_figure == key || names(check.terms))
            detail.checks.push_back(check);
    }
    for (const auto& table : tables_) {
        if (table.key == figure->table)
            detail.used_in.push_back({"table", table.key, table.title});
    }
    for (const auto& cluster : published_.clusters) {
        if (cluster.key == figure->cluster)
            detail.used_in.push_back({"cluster", cluster.key, cluster.name});
    }
    for (const auto& finding : findings_) {
        if (names(finding.figures))
            detail.used_in.push_back({"finding", finding.id, finding.title});
    }
    for (const auto& other : published_.figures) {
        if (names(other.inputs))
            detail.used_in.push_back({"figure", other.key, other.label});
    }
    for (const auto& rule : published_.rules) {
        if (rule.rule.key == figure->rule)
            detail.rule = rule.rule;
    }
    for (const auto& input : figure->inputs) {
        if (const Figure* found = find(input))
            detail.inputs.push_back(*found);
    }
    detail.slip = slip(*figure);
    detail.link = "/cijfers?bron=" + figure->key;
    detail.citation = {citation(*figure, detail, Language::nl), citation(*figure, detail, Language::en)};
    return detail;
}

TableList Catalogue::tables() const
{
    TableList list;
    for (const auto& table : tables_) {
        const auto differences = std::count_if(table.cells.begin(), table.cells.end(),
                                               [](const TableCell& cell) { return cell.mark != Mark::none; });
        list.items.push_back({table.key, table.document, table.title, table.section,
                              static_cast<std::int64_t>(table.cells.size()), differences});
    }
    return list;
}

Result<PublishedTable> Catalogue::table(std::string_view key) const
{
    for (const auto& table : tables_) {
        if (table.key != key)
            continue;
        PublishedTable out = table;
        for (const auto& cell : out.cells) {
            if (const Figure* figure = find(cell.figure))
                out.figures.push_back(*figure);
        }
        for (const auto& finding : findings_) {
            if (finding.table == key)
                out.findings.push_back(finding);
        }
        return out;
    }
    return not_found();
}

FindingReport Catalogue::findings(const FindingQuery& query) const
{
    FindingReport report;
    report.statements = checks_.statements;
    report.not_agreeing = checks_.statements_not_agreeing;
    for (const auto& finding : findings_) {
        if (query.severity && finding.severity != *query.severity)
            continue;
        if (query.agrees && finding.agrees != *query.agrees)
            continue;
        if (query.document && std::find(finding.documents.begin(), finding.documents.end(),
                                        query.document->to_text()) == finding.documents.end())
            continue;
        report.items.push_back(finding);
    }
    std::set<std::string> told;
    const auto tell = [&](const std::string& key) {
        const Figure* figure = find(key);
        if (figure && told.insert(key).second)
            report.figures.push_back(*figure);
    };
    for (const auto& finding : report.items) {
        std::for_each(finding.figures.begin(), finding.figures.end(), tell);
        for (const auto& check : finding.checks)
            tell(check.printed_figure);
    }
    return report;
}

Result<Finding> Catalogue::finding(std::string_view id) const
{
    for (const auto& finding : findings_) {
        if (finding.id == id)
            return finding;
    }
    return not_found();
}

ClusterLine Catalogue::line_of(const std::string& row, const std::string& year, const std::string& part) const
{
    const auto existing = [&](std::string key) { return find(key) ? key : std::string{}; };
    const bool all = row == "all";
    const auto printed = [&](const char* measure) {
        return existing(
            fmt::format("{}~{}~{}-{}", all ? "total" : "cluster-figures", all ? "clusters" : row, year, measure));
    };
    ClusterLine line;
    line.year = year;
    line.part = part;
    line.activities = printed("activities");
    line.requested = printed("requested");
    line.granted = printed("granted");
    line.municipalities = printed("municipalities");
    line.not_granted = existing("not-granted~" + row + "~" + year);
    line.award_rate = existing("award-rate~" + row + "~" + year);
    line.granted_per_activity = existing("granted-per-activity~" + row + "~" + year);
    if (const Figure* granted = find(line.granted))
        line.letter = granted->letter;
    return line;
}

void Catalogue::add_figures(std::vector<Figure>& to, const std::vector<ClusterLine>& lines) const
{
    for (const auto& line : lines) {
        for (const auto* key : {&line.activities, &line.requested, &line.granted, &line.not_granted, &line.award_rate,
                                &line.granted_per_activity, &line.municipalities}) {
            if (const Figure* figure = find(*key))
                to.push_back(*figure);
        }
    }
}

ClusterOverview Catalogue::clusters() const
{
    ClusterOverview overview;
    for (const auto& cluster : published_.clusters) {
        ClusterSummary summary{cluster.key, cluster.name, {}};
        for (const auto* year : {"2020", "2021"})
            summary.lines.push_back(line_of(cluster.key, year, "total"));
        add_figures(overview.figures, summary.lines);
        overview.clusters.push_back(std::move(summary));
    }
    for (const auto* year : {"2020", "2021", "2020-2021"})
        overview.totals.push_back(line_of("all", year, "total"));
    add_figures(overview.figures, overview.totals);
    overview.budget = "letter-figures~scheme-budget~value";
    for (const auto* year : {"2020", "2021"})
        overview.budget_difference.push_back(fmt::format("difference~scheme-budget~{}", year));
    for (const auto& key : overview.budget_difference) {
        if (const Figure* figure = find(key))
            overview.figures.push_back(*figure);
    }
    if (const Figure* figure = find(overview.budget))
        overview.figures.push_back(*figure);
    return overview;
}

Result<ClusterFactsheet> Catalogue::cluster(std::string_view key) const
{
    for (const auto& one : published_.clusters) {
        if (one.key != key)
            continue;
        ClusterFactsheet sheet = one;
        for (const auto* year : {"2020", "2021"})
            sheet.lines.push_back(line_of(sheet.key, year, "total"));
        for (const auto& part : sheet.parts) {
            std::string letter = part.letter;
            for (char& c : letter)
                c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            sheet.lines.push_back(line_of(sheet.key + "-" + letter, "2021", part.letter));
        }
        std::set<std::string> keys;
        for (const auto& figure : published_.figures) {
            if (figure.cluster == sheet.key) {
                sheet.figures.push_back(figure);
                keys.insert(figure.key);
            }
        }
        for (const auto& finding : findings_) {
            if (std::any_of(finding.figures.begin(), finding.figures.end(),
                            [&](const std::string& figure) { return keys.contains(figure); }))
                sheet.findings.push_back(finding.id);
        }
        return sheet;
    }
    return not_found();
}

documents::Sheet Catalogue::sheet(const FigureExport& selection) const
{
    using documents::Cell;
    documents::Sheet sheet;
    sheet.name = "figures";
    sheet.title = texts().both("export_title");
    sheet.remarks = {texts().both("export_licence", {{"licence", selection.licence}}), published_.line_note.nl,
                     published_.line_note.en, texts().both("export_empty")};
    const auto column = [&](std::string key, std::string_view text, double width) {
        sheet.columns.push_back({std::move(key), texts().both(text), width});
    };
    // A text that differs per language has a column for each, headed in its own language.
    const auto columns = [&](const std::string& key, std::string_view text, double width) {
        const Words heading = texts().words(text);
        sheet.columns.push_back({key + "_nl", heading.nl, width});
        sheet.columns.push_back({key + "_en", heading.en, width});
    };
    column("key", "column_key", 40);
    columns("label", "column_label", 40);
    column("kind", "column_kind", 14);
    column("value", "column_value", 14);
    column("low", "column_low", 12);
    column("high", "column_high", 12);
    column("unit", "column_unit", 16);
    column("precision", "column_precision", 12);
    column("printed", "column_printed", 14);
    column("corrected", "column_corrected", 12);
    columns("source", "column_source", 40);
    column("line", "column_line", 8);
    columns("section", "column_section", 30);
    columns("period", "column_period", 18);
    column("n", "column_n", 8);
    columns("definition", "column_definition", 40);
    column("confidence", "column_confidence", 14);
    columns("note", "column_note", 40);
    column("rule", "column_rule", 20);
    column("inputs", "column_inputs", 40);
    column("licence", "column_licence", 10);
    const auto number = [](const std::optional<double>& value, std::int64_t decimals) {
        return value ? Cell{documents::Decimal{*value, static_cast<int>(decimals)}} : Cell{};
    };
    for (const auto& figure : selection.items) {
        const Document* document = document_of(figure);
        sheet.rows.push_back({figure.key,
                              figure.label.nl,
                              figure.label.en,
                              std::string{describe::Scalar<Kind>::to(figure.kind)},
                              number(figure.value, figure.decimals),
                              number(figure.low, figure.kind == Kind::below_threshold ? 3 : figure.decimals),
                              number(figure.high, figure.kind == Kind::below_threshold ? 3 : figure.decimals),
                              figure.unit,
                              std::string{describe::Scalar<Precision>::to(figure.precision)},
                              figure.printed,
                              number(figure.corrected, figure.decimals),
                              document ? document->title.nl : figure.document,
                              document ? document->title.en : figure.document,
                              figure.line ? Cell{*figure.line} : Cell{},
                              figure.section.nl,
                              figure.section.en,
                              period_text(figure.period, true),
                              period_text(figure.period, false),
                              figure.population ? Cell{*figure.population} : Cell{},
                              figure.definition.nl,
                              figure.definition.en,
                              std::string{describe::Scalar<Confidence>::to(figure.confidence)},
                              figure.note.nl,
                              figure.note.en,
                              figure.rule,
                              fmt::format("{}", fmt::join(figure.inputs, " ")),
                              selection.licence});
    }
    return sheet;
}

} // namespace beproefd::figures
