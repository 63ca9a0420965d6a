// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/audit.hpp"
#include "statistics/disclosure/risk.hpp"
#include "statistics/disclosure/suppress.hpp"
#include "statistics/door/page.hpp"
#include "statistics/door/registry.hpp"
#include "statistics/door/request.hpp"
#include "statistics/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace beproefd::statistics::door {

namespace json = boost::json;

namespace {

constexpr std::size_t most_cells = 100'000;               ///< of a table
constexpr std::size_t most_suppressed = 10'000;           ///< withheld cells of an audit: each is a flow
constexpr std::size_t most_cells_to_suppress = 2'500;     ///< of a table whose pattern is searched
constexpr std::int64_t largest_count = 1'000'000'000'000; ///< so that sums of a whole table stay exact

std::optional<std::int64_t> whole(const json::value& value)
{
    if (value.is_int64())
        return value.get_int64();
    if (value.is_double()) {
        const double number = value.get_double();
        if (number >= -1e15 && number <= 1e15 && number == static_cast<double>(static_cast<std::int64_t>(number)))
            return static_cast<std::int64_t>(number);
    }
    return std::nullopt;
}

Outcome<disclosure::Table> read_table(Request& request)
{
    const auto* value = request.require_data("table");
    if (!value)
        return request.error();
    const auto* rows = value->if_array();
    if (!rows)
        return invalid_data("'data.table' has to be a list of rows.", "data.table");
    if (rows->empty())
        return insufficient_data("The table has no rows.", "data.table");
    disclosure::Table table{.rows = rows->size()};
    for (std::size_t r = 0; r < rows->size(); ++r) {
        const auto path = fmt::format("data.table[{}]", r);
        const auto* row = (*rows)[r].if_array();
        if (!row)
            return invalid_data("A row of the table has to be a list of counts.", path);
        if (r == 0) {
            table.columns = row->size();
            if (row->empty())
                return insufficient_data("The table has no columns.", path);
            if (table.columns * table.rows > most_cells)
                return too_large(fmt::format("The table has more than {} cells.", most_cells), "data.table");
        }
        if (row->size() != table.columns)
            return invalid_data("The rows of the table differ in length.", path);
        for (std::size_t c = 0; c < row->size(); ++c) {
            const auto place = fmt::format("{}[{}]", path, c);
            const auto count = whole((*row)[c]);
            if (!count || *count < 0)
                return invalid_data("A cell has to be a whole number, zero or more.", place);
            if (*count > largest_count)
                return too_large("A count is too large for exact sums.", place);
            table.counts.push_back(*count);
        }
    }
    return table;
}

json::array place(const disclosure::Table& table, disclosure::Cell cell)
{
    return {cell / table.columns, cell % table.columns};
}

json::array places(const disclosure::Table& table, const std::vector<disclosure::Cell>& cells)
{
    json::array list;
    for (const auto cell : cells)
        list.push_back(place(table, cell));
    return list;
}

Outcome<json::object> run_audit(Request& request)
{
    const auto table = read_table(request);
    if (!table)
        return table.error();
    const auto* value = request.require_data("suppressed");
    if (!value)
        return request.error();
    const auto* list = value->if_array();
    if (!list)
        return invalid_data("'data.suppressed' has to be a list of [row, column].", "data.suppressed");
    if (list->size() > most_suppressed)
        return too_large(fmt::format("More than {} cells are withheld.", most_suppressed), "data.suppressed");
    std::vector<disclosure::Cell> suppressed;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto path = fmt::format("data.suppressed[{}]", i);
        const auto* pair = (*list)[i].if_array();
        const auto row = pair && pair->size() == 2 ? whole((*pair)[0]) : std::nullopt;
        const auto column = pair && pair->size() == 2 ? whole((*pair)[1]) : std::nullopt;
        if (!row || !column)
            return invalid_data("A withheld cell has to be [row, column].", path);
        if (*row < 0 || *column < 0 || static_cast<std::size_t>(*row) >= table->rows ||
            static_cast<std::size_t>(*column) >= table->columns)
            return invalid_data("A withheld cell lies outside the table.", path);
        suppressed.push_back(static_cast<std::size_t>(*row) * table->columns + static_cast<std::size_t>(*column));
    }
    const auto ranges = disclosure::audit(*table, suppressed, request.execution());
    if (!ranges)
        return ranges.error();
    json::array cells;
    std::size_t disclosed = 0;
    for (const auto& range : *ranges) {
        cells.push_back(json::object{{"cell", place(*table, range.cell)},
                                     {"lower", range.lower},
                                     {"upper", range.upper},
                                     {"exact_disclosure", range.exact_disclosure()}});
        disclosed += range.exact_disclosure();
    }
    return json::object{{"cells", std::move(cells)}, {"n_exact_disclosure", disclosed}};
}

Outcome<json::object> run_suppress(Request& request)
{
    using disclosure::SuppressionCost;
    disclosure::SuppressionRule rule;
    rule.threshold = request.required_number("threshold", {0, 1e12});
    rule.protection_width = request.required_number("protection_width", {0, 1e12});
    rule.cost = request.required_choice<SuppressionCost>(
        "cost", {{"cells", SuppressionCost::cells}, {"sum", SuppressionCost::sum}});
    request.choice<int>("solver", {{"exact", 0}}, 0);
    if (request.refused())
        return request.error();
    const auto table = read_table(request);
    if (!table)
        return table.error();
    if (table->cells() > most_cells_to_suppress)
        return too_large(fmt::format("The search takes tables of at most {} cells.", most_cells_to_suppress),
                         "data.table");
    // A branch of a large table costs more; a fixed number, not a time, so that the answer is the same everywhere.
    rule.most_nodes = std::clamp<std::size_t>(1'200'000 / table->cells(), 200, 20'000);
    const auto found = disclosure::suppress(*table, rule, request.execution());
    if (!found)
        return found.error();
    if (!found->is_protected)
        request.warn("not_protectable",
                     "Even with every cell withheld some small counts can be deduced more narrowly than asked; they "
                     "are protected as far as the published margins allow.",
                     "data.table");
    else if (!found->optimal)
        request.warn("not_proven", "The search ended before it was proven that no cheaper pattern protects as well.",
                     "data.table");
    return json::object{{"primary", places(*table, found->primary)},
                        {"secondary", places(*table, found->secondary)},
                        {"cost", found->cost},
                        {"protected", found->is_protected},
                        {"optimal", found->optimal},
                        {"unprotected", places(*table, found->unprotected)},
                        {"nodes", found->nodes}};
}

Outcome<json::object> run_risk(Request& request)
{
    request.choice<int>("method", {{"benedetti_franconi_approx", 0}}, 0);
    const auto* keys = request.require_data("keys");
    if (request.refused())
        return request.error();
    const auto* list = keys->if_array();
    if (!list)
        return invalid_data("'data.keys' has to be a list of {\"name\":…,\"values\":[…]}.", "data.keys");
    if (list->empty())
        return insufficient_data("There are no keys.", "data.keys");
    if (list->size() > limits::regressors)
        return too_large("There are too many keys.", "data.keys");
    Rows rows{request, limits::observations};
    std::vector<const std::vector<std::size_t>*> columns;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto path = fmt::format("data.keys[{}]", i);
        const auto* key = (*list)[i].if_object();
        const auto* name = key ? key->if_contains("name") : nullptr;
        const auto* values = key ? key->if_contains("values") : nullptr;
        if (!name || !name->is_string() || !values || key->size() != 2)
            return invalid_data("A key has to be an object with a name and values.", path);
        columns.push_back(&rows.labels_in(*values, path + ".values"));
    }
    const auto& weights = rows.numbers("weights", positive);
    rows.complete();
    if (request.refused())
        return request.error();

    std::map<std::vector<std::size_t>, std::size_t> numbers;
    std::vector<std::size_t> group;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::vector<std::size_t> key;
        for (const auto* column : columns)
            key.push_back((*column)[i]);
        group.push_back(numbers.emplace(std::move(key), numbers.size()).first->second);
    }
    const auto found = disclosure::record_risk(group, numbers.size(), weights);
    if (!found)
        return found.error();
    json::array fk;
    for (const auto f : found->fk)
        fk.push_back(f);
    return json::object{
        {"fk", std::move(fk)},           {"Fk", json_numbers(found->Fk)},     {"n_unique", found->n_unique},
        {"n_below_3", found->n_below_3}, {"risk", json_numbers(found->risk)}, {"n_dropped", rows.dropped()}};
}

} // namespace

void register_sdc(Registry& registry)
{
    registry.add(
        {.name = "sdc.audit",
         .page =
             {.title = "What a reader can deduce about withheld cells",
              .purpose = "Before a table with withheld cells is published together with its margins.",
              .when_not = "For tables that share cells with other published tables: audit them as one.",
              .data = {{"table", "rows of whole numbers >= 0",
                        "interior counts; all margins and the total are published"},
                       {"suppressed", "list of [row, column]", "withheld cells, from 0"}},
              .options = {},
              .result = each(
                  {{"cells", "list of {cell, lower, upper, exact_disclosure}", "what the cell can be, row by row"},
                   {"n_exact_disclosure", "count", "cells that can be computed back"}}),
              .formula =
                  "A maximum flow per cell and direction in the network of rows and columns; exact whole numbers.",
              .sources = {"Gusfield 1988, doi:10.1137/0217034",
                          "Hundepool et al. 2012, Statistical Disclosure Control"},
              .pitfalls = {"A reader who knows a respondent knows more than the table says."},
              .example = R"({"contract":"beproefd.analyse/1","method":"sdc.audit","data":{
"table":[[4,11,7],[2,9,13],[6,3,5]],"suppressed":[[0,0],[0,2],[1,0],[1,2]]},"options":{}})",
              .peer = "none in Debian; lpSolve with a linear programme per bound gives the same"},
         .run = run_audit});
    registry.add(
        {.name = "sdc.suppress",
         .page =
             {.title = "Which further cells to withhold",
              .purpose = "Small counts are withheld, and margins would give them away: choose further cells at "
                         "least cost, with a proof that no cheaper choice protects as well.",
              .when_not = "When rounding or wider categories would do: they keep more of the table.",
              .data = {{"table", "rows of whole numbers >= 0",
                        "interior counts; all margins and the total are published"}},
              .options = {{"threshold", "number >= 0", "counts above 0 and below this are withheld; required"},
                          {"protection_width", "number >= 0",
                           "least width of what can be deduced about them; required"},
                          {"cost", "one of cells, sum", "what withholding costs: one a cell, or its count; required"},
                          {"solver", "exact", "branch and cut", "\"exact\""}},
              .result = each(
                  {{"primary, secondary", "lists of [row, column]", "small counts; cells withheld to protect them"},
                   {"cost", "number", "of the secondary cells"},
                   {"protected", "true or false", "every primary cell has the asked width"},
                   {"optimal", "true or false", "proven that nothing cheaper protects as well"},
                   {"unprotected", "list of [row, column]",
                    "primary cells that the margins give away whatever is withheld"},
                   {"nodes", "count", "branches of the proof"}}),
              .formula = "Minimise cost subject to every least cut of every primary cell: branch and cut over a "
                         "linear programme whose bound is recomputed safely from its multipliers.",
              .sources = {"Fischetti & Salazar-González 1999, doi:10.1007/s101070050003"},
              .pitfalls =
                  {"Zero cells may be withheld too; they are cheap by sum but a reader often knows them to be zero."},
              .example = R"({"contract":"beproefd.analyse/1","method":"sdc.suppress","data":{
"table":[[3,10,12],[11,9,14],[8,13,15]]},"options":{"threshold":5,"protection_width":5,"cost":"sum"}})",
              .peer = "none in Debian"},
         .run = run_suppress});
    registry.add(
        {.name = "sdc.risk",
         .page =
             {.title = "Risk that a record is recognised",
              .purpose = "Before records of a sample are shared: how many have a rare combination of keys.",
              .when_not = "For a complete register: then every unique record is recognisable.",
              .data = {{"keys", "list of {name, values}", "what an outsider could know: region, age group, function"},
                       {"weights", "n numbers > 0", "units of the population a record stands for"}},
              .options = {{"method", "benedetti_franconi_approx", "how the risk is estimated",
                           "\"benedetti_franconi_approx\""}},
              .result =
                  each({{"fk, Fk", "per record", "records, and expected units of the population, with the same keys"},
                        {"risk", "per record, fraction", "expected chance of a correct match"},
                        {"n_unique, n_below_3", "counts", "records whose keys occur once; less than three times"},
                        {"n_dropped", "count", "records with a missing key, left out"}}),
              .formula = "With p = fk/Fk: fk = 1: `p/(1−p)·ln(1/p)`; fk = 2: `p/(1−p) − (p/(1−p))²·ln(1/p)`; more: "
                         "`p/(fk − (1−p))`; at p = 1 their limits.",
              .sources = {"Benedetti & Franconi 1998", "Templ, Kowarik & Meindl 2015, doi:10.18637/jss.v067.i04"},
              .pitfalls = {"The risk is about the keys that were named, not about all that an outsider may know."},
              .example = R"({"contract":"beproefd.analyse/1","method":"sdc.risk","data":{
"keys":[{"name":"region","values":["N","N","S","S"]},{"name":"role","values":["a","a","a","b"]}],
"weights":[10,10,8,12]},"options":{}})",
              .peer = "sdcMicro (not in Debian)"},
         .run = run_risk});
}

} // namespace beproefd::statistics::door
