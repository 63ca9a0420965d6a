// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/explained.hpp"

#include "figures/detective.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace beproefd::figures {
namespace {

double as_real(const detective::Decimal& decimal)
{
    long double value = static_cast<long double>(decimal.units);
    for (int i = 0; i < decimal.decimals; ++i)
        value /= 10;
    return static_cast<double>(value);
}

std::optional<double> as_real(const std::optional<detective::Decimal>& decimal)
{
    return decimal ? std::optional{as_real(*decimal)} : std::nullopt;
}

/// A table for the detective, with the key of the figure at each place.
struct Prepared {
    detective::Table table;
    std::vector<std::string> keys; ///< as places; empty where there is no figure

    const std::string& key(const detective::Place& place) const
    {
        return keys[place.row * table.columns.size() + place.column];
    }
};

class Preparation
{
public:
    explicit Preparation(const Published& published) : figures_(published.figures) {}

    void add_place(Prepared& to, const std::string& key) const
    {
        const Figure* figure = figures_.find(key);
        detective::Printed printed;
        if (figure && figure->kind == Kind::number && figure->value) {
            double scaled = *figure->value;
            for (std::int64_t i = 0; i < figure->decimals; ++i)
                scaled *= 10;
            printed.value = detective::Decimal{std::llround(scaled), static_cast<int>(figure->decimals)};
        }
        to.table.places.push_back(printed);
        to.keys.push_back(figure ? key : "");
    }

    Prepared plain(const PublishedTable& table) const
    {
        Prepared out;
        for (const auto& column : table.columns)
            out.table.columns.push_back({column.label.nl, role(column.total)});
        for (const auto& row : table.rows) {
            out.table.rows.push_back({row.label.nl, role(row.total)});
            for (const auto& column : table.columns)
                add_place(out, table.key + "~" + row.key + "~" + column.key);
        }
        return out;
    }

    /// The items of a table in groups, with behind each group its total as another table prints it.
    Prepared grouped(const PublishedTable& items, const PublishedTable& totals) const
    {
        Prepared out;
        for (const auto& column : items.columns)
            out.table.columns.push_back({column.label.nl, detective::Role::item});
        for (std::size_t i = 0; i < items.rows.size(); ++i) {
            const auto& row = items.rows[i];
            out.table.rows.push_back({row.label.nl, detective::Role::item});
            for (const auto& column : items.columns)
                add_place(out, items.key + "~" + row.key + "~" + column.key);
            if (i + 1 < items.rows.size() && items.rows[i + 1].group == row.group)
                continue;
            for (const auto& total : totals.rows) {
                if (total.label != row.group)
                    continue;
                out.table.rows.push_back({total.label.nl, detective::Role::subtotal});
                for (const auto& column : items.columns)
                    add_place(out, totals.key + "~" + total.key + "~" + column.key);
            }
        }
        // Each item is rounded to the last printed unit, and so is the total.
        out.table.tolerance = {1, static_cast<int>(items.decimals)};
        return out;
    }

private:
    static detective::Role role(bool total) { return total ? detective::Role::total : detective::Role::item; }

    FigureIndex figures_;
};

ExplainedTable told(const std::string& name, const detective::Case& found, const std::vector<Prepared>& tables)
{
    ExplainedTable out{name, {}, {}};
    for (const auto& difference : found.differences)
        out.differing.push_back(tables[difference.total.table].key(difference.total));
    for (const auto& one : found.explanations) {
        const auto& table = tables[one.place.table];
        SlipExplanation slip;
        slip.rank = one.rank;
        slip.kind = std::string{detective::to_text(one.kind)};
        slip.row = table.table.rows[one.place.row].label;
        slip.column = table.table.columns[one.place.column].label;
        if (one.moved_to) {
            slip.to_row = tables[one.moved_to->table].table.rows[one.moved_to->row].label;
            slip.to_column = tables[one.moved_to->table].table.columns[one.moved_to->column].label;
        }
        slip.printed = as_real(one.printed);
        slip.corrected = as_real(one.corrected);
        slip.score = one.score;
        slip.figure = table.key(one.place);
        out.explanations.push_back(std::move(slip));
    }
    return out;
}

const PublishedTable* find(const Published& published, std::string_view key)
{
    const auto found = std::find_if(published.tables.begin(), published.tables.end(),
                                    [&](const PublishedTable& table) { return table.key == key; });
    return found == published.tables.end() ? nullptr : &*found;
}

} // namespace

std::vector<ExplainedTable> explain_tables(const Published& published)
{
    const Preparation preparation{published};
    std::vector<ExplainedTable> all;
    for (const auto& table : published.tables) {
        const auto is_total = [](const auto& line) { return line.total; };
        if (std::none_of(table.rows.begin(), table.rows.end(), is_total) &&
            std::none_of(table.columns.begin(), table.columns.end(), is_total))
            continue;
        const std::vector<Prepared> tables{preparation.plain(table)};
        const auto found = detective::investigate(tables[0].table);
        if (!found.consistent())
            all.push_back(told(table.key, found, tables));
    }

    const PublishedTable* items = find(published, "paid-split");
    const PublishedTable* totals = find(published, "paid");
    if (items && totals) {
        const std::vector<Prepared> tables{preparation.grouped(*items, *totals), preparation.plain(*totals)};
        std::vector<detective::Link> links;
        for (std::size_t i = 0; i < tables[0].keys.size(); ++i) {
            for (std::size_t k = 0; k < tables[1].keys.size(); ++k) {
                const auto place = [&](std::size_t table, std::size_t at) {
                    const auto columns = tables[table].table.columns.size();
                    return detective::Place{table, at / columns, at % columns};
                };
                if (!tables[0].keys[i].empty() && tables[0].keys[i] == tables[1].keys[k])
                    links.push_back({place(0, i), place(1, k)});
            }
        }
        const std::vector<detective::Table> plain{tables[0].table, tables[1].table};
        const auto found = detective::investigate(plain, links);
        if (!found.consistent())
            all.push_back(told(items->key, found, tables));
    }
    return all;
}

void add_explanations(std::vector<Finding>& findings, const std::vector<ExplainedTable>& explained)
{
    for (auto& finding : findings) {
        for (const auto& table : explained) {
            const bool about = std::any_of(finding.checks.begin(), finding.checks.end(), [&](const Check& check) {
                return check.outcome == Outcome::differs && std::find(table.differing.begin(), table.differing.end(),
                                                                      check.printed_figure) != table.differing.end();
            });
            if (about && table.table == finding.table)
                finding.explanations = table.explanations;
        }
    }
}

} // namespace beproefd::figures
