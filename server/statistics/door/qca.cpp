// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/analyse.hpp"
#include "statistics/door/page.hpp"
#include "statistics/door/registry.hpp"
#include "statistics/door/request.hpp"
#include "statistics/limits.hpp"
#include "statistics/qca/expression.hpp"
#include "statistics/qca/minimize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace beproefd::statistics::door {

namespace json = boost::json;

namespace {

/// The cases of a request, with what is left after rows with a missing value.
struct Cases {
    qca::CaseSet set;
    std::size_t dropped = 0;

    std::vector<std::string> names() const
    {
        std::vector<std::string> names;
        for (const auto& condition : set.conditions)
            names.push_back(condition.name);
        return names;
    }
};

/// The outcome is an object of its own, so it is read by hand and dropped together with the rows.
Outcome<Cases> read_cases(Request& request)
{
    const bool negate = request.flag("negate_outcome", false);
    const auto* outcome = request.require_data("outcome");
    const auto* cases = request.require_data("cases");
    const auto* conditions = request.require_data("conditions");
    if (request.refused())
        return request.error();

    const auto* list = conditions->if_array();
    if (!list)
        return invalid_data("'data.conditions' has to be a list of {\"name\":…,\"values\":[…]}.", "data.conditions");
    if (list->size() > limits::conditions)
        return too_large(fmt::format("There are {} conditions; {} is the most.", list->size(), limits::conditions),
                         "data.conditions");
    if (list->empty())
        return insufficient_data("There are no conditions.", "data.conditions");
    const auto* case_names = cases->if_array();
    if (!case_names)
        return invalid_data("'data.cases' has to be a list of names.", "data.cases");
    const auto rows = case_names->size();
    if (rows > limits::observations)
        return too_large(fmt::format("There are {} cases; {} is the most.", rows, limits::observations),
                         "data.cases");

    const auto read = [&](const json::value& column, const std::string& path,
                          std::vector<std::optional<double>>& values) -> std::optional<Error> {
        const auto* numbers = column.if_array();
        if (!numbers)
            return invalid_data(fmt::format("'{}' has to be a list of memberships.", path), path);
        if (numbers->size() != rows)
            return invalid_data(
                fmt::format("'{}' has {} values, but there are {} cases.", path, numbers->size(), rows), path);
        for (std::size_t i = 0; i < rows; ++i) {
            const auto& value = (*numbers)[i];
            if (value.is_null()) {
                values.emplace_back();
                continue;
            }
            const double number = value.is_number() ? value.to_number<double>() : -1;
            if (!(number >= 0 && number <= 1))
                return invalid_data("A membership has to be a number from 0 to 1.", fmt::format("{}[{}]", path, i));
            values.emplace_back(number);
        }
        return std::nullopt;
    };
    const auto read_named = [&](const json::value& value, const std::string& path, std::string& name,
                                std::vector<std::optional<double>>& values) -> std::optional<Error> {
        const auto* object = value.if_object();
        if (!object)
            return invalid_data(fmt::format("'{}' has to be an object with a name and values.", path), path);
        const auto* label = object->if_contains("name");
        const auto* column = object->if_contains("values");
        if (!label || !column)
            return Error{ErrorCode::missing_field, fmt::format("'{}' needs a name and values.", path),
                         path + (label ? ".values" : ".name")};
        if (!label->is_string())
            return invalid_data(fmt::format("'{}.name' has to be a text.", path), path + ".name");
        for (const auto& member : *object)
            if (member.key() != "name" && member.key() != "values")
                return invalid_data(
                    fmt::format("'{}' has an unknown member '{}'.", path, std::string_view(member.key())), path);
        name = std::string(label->get_string());
        return read(*column, path + ".values", values);
    };

    std::vector<std::vector<std::optional<double>>> columns(list->size());
    Cases result;
    std::set<std::string> names;
    for (std::size_t j = 0; j < list->size(); ++j) {
        const auto path = fmt::format("data.conditions[{}]", j);
        std::string name;
        if (auto refused = read_named((*list)[j], path, name, columns[j]))
            return *refused;
        if (name.empty() || name.find_first_of("~*+()") != std::string::npos || name.front() == ' ' ||
            name.back() == ' ')
            return invalid_data("The name of a condition has no ~ * + ( ) and no blank at its ends.", path + ".name");
        if (!names.insert(name).second)
            return invalid_data(fmt::format("Condition \"{}\" is given twice.", name), path + ".name");
        result.set.conditions.push_back({std::move(name), {}});
    }
    std::string outcome_name;
    std::vector<std::optional<double>> outcomes;
    if (auto refused = read_named(*outcome, "data.outcome", outcome_name, outcomes))
        return *refused;

    std::string first_missing;
    for (std::size_t i = 0; i < rows; ++i) {
        const auto& name = (*case_names)[i];
        std::string missing;
        if (name.is_null())
            missing = fmt::format("data.cases[{}]", i);
        for (std::size_t j = 0; j < columns.size(); ++j)
            if (!columns[j][i] && missing.empty())
                missing = fmt::format("data.conditions[{}].values[{}]", j, i);
        if (!outcomes[i] && missing.empty())
            missing = fmt::format("data.outcome.values[{}]", i);
        if (!missing.empty()) {
            if (result.dropped++ == 0)
                first_missing = missing;
            continue;
        }
        if (!name.is_string() && !name.is_number())
            return invalid_data("The name of a case has to be a text or a number.", fmt::format("data.cases[{}]", i));
        result.set.cases.push_back(name.is_string() ? std::string(name.get_string()) : write_json(name));
        for (std::size_t j = 0; j < columns.size(); ++j)
            result.set.conditions[j].membership.push_back(*columns[j][i]);
        result.set.outcome.push_back(negate ? 1 - *outcomes[i] : *outcomes[i]);
    }
    if (result.set.cases.empty())
        return insufficient_data("No complete case is left.", rows == 0 ? "data.cases" : first_missing);
    if (result.dropped > 0)
        request.warn("dropped_missing",
                     fmt::format("{} of {} cases have a missing value and are left out.", result.dropped, rows),
                     first_missing);
    return result;
}

Outcome<json::object> run_calibrate(Request& request)
{
    enum class Type { direct, crisp };
    const auto type = request.required_choice<Type>("type", {{"direct", Type::direct}, {"crisp", Type::crisp}});
    if (request.refused())
        return request.error();
    const auto refuse_options = [&](std::initializer_list<std::string_view> names, std::string_view of) {
        for (const auto name : names)
            if (request.has_option(name))
                request.refuse(invalid_option(fmt::format("'{}' does not belong to type {}.", name, of),
                                              fmt::format("options.{}", name)));
    };
    Rows rows{request, limits::observations};
    const auto& values = rows.numbers("values");
    rows.complete();

    const auto membership = [&]() -> Outcome<std::vector<double>> {
        if (type == Type::crisp) {
            refuse_options({"exclusion", "crossover", "inclusion", "idm", "logistic"}, "crisp");
            std::vector<double> thresholds;
            if (const auto* list = request.require_option("thresholds")) {
                if (!list->is_array())
                    return invalid_option("'options.thresholds' has to be a list of numbers.", "options.thresholds");
                for (const auto& value : list->get_array()) {
                    if (!value.is_number())
                        return invalid_option("'options.thresholds' has to be a list of numbers.",
                                              "options.thresholds");
                    thresholds.push_back(value.to_number<double>());
                }
            }
            if (request.refused())
                return request.error();
            return qca::calibrate_crisp(values, thresholds);
        }
        refuse_options({"thresholds"}, "direct");
        const qca::Anchors anchors{request.required_number("exclusion"), request.required_number("crossover"),
                                   request.required_number("inclusion")};
        const bool logistic = request.flag("logistic", true);
        const double idm = request.number("idm", 0.95, {0.5, 1, false, false});
        if (request.refused())
            return request.error();
        return logistic ? qca::calibrate_logistic(values, anchors, idm) : qca::calibrate_linear(values, anchors);
    }();
    if (request.refused())
        return request.error();
    if (!membership)
        return membership.error();
    const auto half = std::count(membership->begin(), membership->end(), 0.5);
    if (half > 0)
        request.warn("ambiguous_membership",
                     fmt::format("{} values have a membership of exactly 0.5; a truth table will refuse them.", half),
                     "data.values");
    // `values` is what a condition of the next request asks for; `membership` says what it is.
    return json::object{{"membership", json_numbers(*membership)},
                        {"values", json_numbers(*membership)},
                        {"n_half", half},
                        {"n_dropped", rows.dropped()}};
}

Outcome<json::object> run_fit(Request& request)
{
    enum class Relation { sufficiency, necessity };
    const auto relation = request.required_choice<Relation>(
        "relation", {{"sufficiency", Relation::sufficiency}, {"necessity", Relation::necessity}});
    const auto* text = request.require_option("expression");
    if (request.refused())
        return request.error();
    if (!text->is_string())
        return invalid_option("'options.expression' has to be a text.", "options.expression");
    const auto cases = read_cases(request);
    if (!cases)
        return cases.error();
    const auto expression = qca::parse_expression(std::string_view(text->get_string()), cases->names());
    if (!expression)
        return expression.error();
    const auto set = qca::membership(*expression, cases->set);
    json::object result;
    if (relation == Relation::sufficiency) {
        const auto fit = qca::sufficiency(set, cases->set.outcome);
        result = {{"consistency", json_number(fit.consistency)},
                  {"pri", json_number(fit.pri)},
                  {"coverage", json_number(fit.coverage)}};
    } else {
        const auto fit = qca::necessity(set, cases->set.outcome);
        result = {{"consistency", json_number(fit.consistency)},
                  {"coverage", json_number(fit.coverage)},
                  {"relevance", json_number(fit.relevance)}};
    }
    result["membership"] = json_numbers(set);
    result["n"] = cases->set.cases.size();
    result["n_dropped"] = cases->dropped;
    return result;
}

qca::TruthTableRule read_rule(Request& request)
{
    return {.consistency_cut = request.number("consistency_cut", 1, fraction),
            .pri_cut = request.number("pri_cut", 0, fraction),
            .n_cut = static_cast<std::size_t>(request.integer("n_cut", 1, 1, 1'000'000'000))};
}

Outcome<json::object> run_truth_table(Request& request)
{
    const auto rule = read_rule(request);
    if (request.refused())
        return request.error();
    const auto cases = read_cases(request);
    if (!cases)
        return cases.error();
    const auto table = qca::truth_table(cases->set, rule, request.execution());
    if (!table)
        return table.error();
    json::array rows;
    for (const auto& row : table->rows) {
        json::array members;
        for (const auto i : row.cases)
            members.emplace_back(cases->set.cases[i]);
        rows.push_back(json::object{{"config", qca::spell(row.configuration, table->conditions)},
                                    {"n", row.cases.size()},
                                    {"consistency", json_number(row.consistency)},
                                    {"pri", json_number(row.pri)},
                                    {"out", row.positive ? "1" : "0"},
                                    {"cases", std::move(members)}});
    }
    return json::object{{"rows", std::move(rows)},
                        {"n_remainders", (std::size_t{1} << table->conditions) - table->rows.size()},
                        {"n", cases->set.cases.size()},
                        {"n_dropped", cases->dropped}};
}

/// One literal per condition, as bits of a configuration.
Outcome<qca::Configuration> read_directions(Request& request, const std::vector<std::string>& names)
{
    const auto* value = request.require_option("directions");
    if (!value)
        return request.error();
    const auto* list = value->if_array();
    if (!list || list->size() != names.size())
        return invalid_option("'options.directions' has to have one literal, such as A or ~A, for every condition.",
                              "options.directions");
    qca::Configuration expected = 0, seen = 0;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto path = fmt::format("options.directions[{}]", i);
        if (!(*list)[i].is_string())
            return invalid_option("A direction has to be a text.", path);
        std::string_view literal = (*list)[i].get_string();
        const bool absent = literal.starts_with('~');
        if (absent)
            literal.remove_prefix(1);
        const auto found = std::find(names.begin(), names.end(), literal);
        if (found == names.end())
            return invalid_option(fmt::format("There is no condition \"{}\".", literal), path);
        const auto bit = qca::Configuration{1}
                         << (names.size() - 1 - static_cast<std::size_t>(found - names.begin()));
        if (seen & bit)
            return invalid_option(fmt::format("Condition \"{}\" has two directions.", literal), path);
        seen |= bit;
        if (!absent)
            expected |= bit;
    }
    return expected;
}

std::vector<double> either(const std::vector<std::vector<double>>& terms, std::size_t without, std::size_t n)
{
    std::vector<double> all(n, 0);
    for (std::size_t t = 0; t < terms.size(); ++t)
        if (t != without)
            for (std::size_t i = 0; i < n; ++i)
                all[i] = std::max(all[i], terms[t][i]);
    return all;
}

Outcome<json::object> run_minimize(Request& request)
{
    using qca::Solution;
    const auto rule = read_rule(request);
    const auto solution = request.required_choice<Solution>("solution", {{"conservative", Solution::conservative},
                                                                         {"parsimonious", Solution::parsimonious},
                                                                         {"intermediate", Solution::intermediate}});
    if (request.refused())
        return request.error();
    const auto cases = read_cases(request);
    if (!cases)
        return cases.error();
    const auto names = cases->names();
    qca::Configuration expected = 0;
    if (solution == Solution::intermediate || request.has_option("directions")) {
        const auto directions = read_directions(request, names);
        if (!directions)
            return directions.error();
        expected = *directions;
    }
    const auto table = qca::truth_table(cases->set, rule, request.execution());
    if (!table)
        return table.error();
    const auto models = qca::minimize(*table, solution, expected, {}, request.execution());
    if (!models)
        return models.error();
    const auto n = cases->set.cases.size();
    if (static_cast<double>(models->size()) * static_cast<double>(n) > 1e9)
        return too_large("There are too many models for so many cases.", "data.conditions");

    struct Written {
        std::string expression;
        std::vector<std::pair<std::string, qca::Implicant>> terms;
    };
    std::vector<Written> written;
    for (const auto& model : *models) {
        Written entry;
        for (const auto& term : model)
            entry.terms.emplace_back(qca::spell(term, names), term);
        std::sort(entry.terms.begin(), entry.terms.end());
        for (const auto& [text, term] : entry.terms)
            entry.expression += (entry.expression.empty() ? "" : " + ") + text;
        written.push_back(std::move(entry));
    }
    std::sort(written.begin(), written.end(),
              [](const Written& a, const Written& b) { return a.expression < b.expression; });

    const auto& outcome = cases->set.outcome;
    constexpr auto none = static_cast<std::size_t>(-1);
    json::array list;
    std::map<qca::Implicant, std::vector<double>> memberships;
    for (const auto& entry : written) {
        std::vector<std::vector<double>> terms;
        for (const auto& [text, term] : entry.terms) {
            auto& known = memberships[term];
            if (known.empty())
                known = qca::membership(term, cases->set);
            terms.push_back(known);
        }
        const auto fit = qca::sufficiency(either(terms, none, n), outcome);
        json::object model{{"expression", entry.expression},
                           {"consistency", json_number(fit.consistency)},
                           {"pri", json_number(fit.pri)},
                           {"coverage", json_number(fit.coverage)}};
        if (written.size() == 1) {
            json::array shown;
            for (std::size_t t = 0; t < terms.size(); ++t) {
                const auto own = qca::sufficiency(terms[t], outcome);
                json::object term{{"term", entry.terms[t].first},
                                  {"consistency", json_number(own.consistency)},
                                  {"pri", json_number(own.pri)},
                                  {"coverage", json_number(own.coverage)}};
                if (terms.size() > 1) {
                    const auto rest = qca::sufficiency(either(terms, t, n), outcome);
                    term["unique_coverage"] = fit.coverage && rest.coverage
                                                  ? json_number(*fit.coverage - *rest.coverage)
                                                  : json::value(nullptr);
                }
                shown.push_back(std::move(term));
            }
            model["terms"] = std::move(shown);
        }
        list.push_back(std::move(model));
    }
    if (written.size() > 1)
        request.warn("model_ambiguity",
                     fmt::format("{} models explain the cases equally well; report them all.", written.size()));
    if (written.size() == 1 && written[0].expression == "1")
        request.warn("no_negative_rows",
                     "No observed combination is without the outcome, so no condition is needed to explain it.");
    const auto positive = std::count_if(table->rows.begin(), table->rows.end(),
                                        [](const qca::TruthTableRow& row) { return row.positive; });
    return json::object{{"models", std::move(list)},
                        {"n_models", written.size()},
                        {"n_positive_rows", positive},
                        {"n_observed_rows", table->rows.size()},
                        {"n_remainders", (std::size_t{1} << table->conditions) - table->rows.size()},
                        {"n", n},
                        {"n_dropped", cases->dropped}};
}

const std::vector<Field> case_fields{
    {"cases", "n names", "what the cases are called"},
    {"conditions", "list of {name, values}, values 0 to 1", "at most 20; how much each case belongs"},
    {"outcome", "{name, values}, values 0 to 1", "how much each case has the outcome"}};
const Field negate_field{"negate_outcome", "true or false", "explain the absence of the outcome", "false"};
const std::vector<Field> table_fields{
    {"consistency_cut", "fraction", "least consistency of a row that leads to the outcome", "1"},
    {"pri_cut", "fraction", "least pri of such a row", "0"},
    {"n_cut", "whole number >= 1", "fewest cases for a row to count as observed", "1"},
    negate_field};

constexpr std::string_view example_cases = R"("cases":["a","b","c","d","e"],"conditions":[
{"name":"Training","values":[1,1,0,0,1]},{"name":"Network","values":[1,0,1,0,1]}],
"outcome":{"name":"Success","values":[1,0,1,0,1]})";

std::string example(std::string_view method, std::string_view options)
{
    return fmt::format(R"({{"contract":"beproefd.analyse/1","method":"{}","data":{{{}}},"options":{}}})", method,
                       example_cases, options);
}

} // namespace

void register_qca(Registry& registry)
{
    const std::string no_peer = "none in Debian; the QCA package of Dusa";
    registry.add(
        {.name = "qca.calibrate",
         .page = {.title = "From values to memberships",
                  .purpose =
                      "Turn a measured quantity into membership of a set, by anchors chosen on grounds of content.",
                  .when_not = "Never derive anchors from the data alone, such as the median.",
                  .data = {{"values", "n numbers", "the measured quantity"}},
                  .options = {{"type", "one of direct, crisp",
                               "fuzzy by three anchors, or steps by thresholds; required"},
                              {"exclusion", "number", "fully out; for direct"},
                              {"crossover", "number", "neither in nor out; for direct"},
                              {"inclusion", "number", "fully in; for direct; below exclusion when less is more"},
                              {"logistic", "true or false", "S-shaped, or straight lines", "true"},
                              {"idm", "number between 0.5 and 1", "membership at the anchors", "0.95"},
                              {"thresholds", "ascending numbers", "for crisp; a value equal to one goes up"}},
                  .result = each({{"membership", "n numbers", "0 to 1; for crisp the number of thresholds reached"},
                                  {"values", "the same", "to paste into a condition"},
                                  {"n_half", "count", "memberships of exactly 0.5"},
                                  {"n_dropped", "count", "missing values left out"}}),
                  .formula =
                      "`m = 1/(1 + exp(−ln(idm/(1−idm))·(x−c)/s))`, s = i − c on the inclusion side, c − e on the "
                      "exclusion side; or through (e, 0), (c, 0.5), (i, 1).",
                  .sources = {"Ragin 2008, Redesigning Social Inquiry, ch. 5"},
                  .pitfalls = {"A case exactly at the crossover cannot be placed in a truth table."},
                  .example =
                      R"({"contract":"beproefd.analyse/1","method":"qca.calibrate","data":{"values":[5,12,18,30]},
"options":{"type":"direct","exclusion":4,"crossover":15,"inclusion":28}})",
                  .peer = no_peer},
         .run = run_calibrate});
    registry.add(
        {.name = "qca.fit",
         .page =
             {.title = "How well an expression fits with the outcome",
              .purpose = "Test one condition or combination for being necessary or sufficient.",
              .when_not = "To find combinations: qca.minimize.",
              .data = case_fields,
              .options = {{"expression", "text", "~A is not, A*B is and, A + B is or, brackets group; required"},
                          {"relation", "one of sufficiency, necessity", "required"},
                          negate_field},
              .result = each({{"consistency, coverage", "fractions", "of the relation; null when not defined"},
                              {"pri", "fraction", "with sufficiency"},
                              {"relevance", "fraction", "with necessity"},
                              {"membership", "n numbers", "of each case in the expression"},
                              {"n, n_dropped", "counts", "cases used, cases left out"}}),
              .formula = "Sufficiency `Σmin(x,y)/Σx`, pri `(Σmin(x,y)−Σmin(x,y,1−y))/(Σx−Σmin(x,y,1−y))`, coverage "
                         "`Σmin/Σy`; necessity `Σmin/Σy`, `Σmin/Σx`, relevance `Σ(1−x)/Σ(1−min(x,y))`.",
              .sources = {"Ragin 2008", "Schneider & Wagemann 2012"},
              .pitfalls = {"High consistency of necessity with low relevance: nearly every case has the condition."},
              .example = example("qca.fit", R"({"expression":"Training*Network","relation":"sufficiency"})"),
              .peer = no_peer},
         .run = run_fit});
    registry.add(
        {.name = "qca.truth_table",
         .page = {.title = "Truth table",
                  .purpose = "Sort cases into combinations of conditions and see which lead to the outcome.",
                  .when_not = "With more conditions than the cases can bear: most rows stay empty.",
                  .data = case_fields,
                  .options = table_fields,
                  .result = each({{"rows", "list of {config, n, consistency, pri, out, cases}",
                                   "observed rows in ascending order; config has 0 or 1 per condition"},
                                  {"n_remainders", "count", "combinations that were not observed often enough"},
                                  {"n, n_dropped", "counts", "cases used, cases left out"}}),
                  .formula =
                      "Consistency and pri over all cases; a case is in the row where its membership exceeds 0.5.",
                  .sources = {"Ragin 2008, ch. 7"},
                  .pitfalls = {"A membership of exactly 0.5 is refused: decide on which side the case belongs."},
                  .example = example("qca.truth_table", "{}"),
                  .peer = no_peer},
         .run = run_truth_table});
    auto minimize_fields = table_fields;
    minimize_fields.push_back({"solution", "one of conservative, parsimonious, intermediate",
                               "what may be assumed about remainders; required"});
    minimize_fields.push_back(
        {"directions", "one literal per condition", "for intermediate: how each is expected to help"});
    registry.add(
        {.name = "qca.minimize",
         .page = {.title = "Which combinations go with the outcome",
                  .purpose = "All shortest descriptions of the combinations that lead to the outcome.",
                  .when_not = "As proof of cause: it describes the cases that were chosen.",
                  .data = case_fields,
                  .options = minimize_fields,
                  .result = each({{"models", "list of {expression, consistency, pri, coverage, terms}",
                                   "every cover with the fewest terms; terms when there is one model"},
                                  {"n_models, n_positive_rows, n_observed_rows, n_remainders", "counts",
                                   "how much freedom the data left"},
                                  {"n, n_dropped", "counts", "cases used, cases left out"}}),
                  .formula =
                      "Prime implicants of positive rows and admitted remainders, then every least cover. "
                      "Intermediate: easy counterfactuals for each pair of a conservative and a parsimonious model.",
                  .sources = {"Quine 1952; McCluskey 1956", "Ragin 2008, ch. 9",
                              "Baumgartner & Thiem 2017, doi:10.1177/0049124115610351"},
                  .pitfalls = {"More than one model: report them all, or the choice is yours and not the data's."},
                  .example = example("qca.minimize", R"({"solution":"parsimonious"})"),
                  .peer = no_peer},
         .run = run_minimize});
}

} // namespace beproefd::statistics::door
