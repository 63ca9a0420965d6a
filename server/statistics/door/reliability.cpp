// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/reliability/reliability.hpp"

#include "statistics/door/samples.hpp"
#include "statistics/door/scripts.hpp"
#include "statistics/limits.hpp"

#include <algorithm>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

struct Items {
    Matrix values;
    std::vector<std::string> names;
    std::size_t dropped = 0;
};

Items read_items(Request& request)
{
    Rows rows{request, limits::observations};
    const auto& columns = rows.regressors("items", true);
    rows.complete();
    if (request.refused())
        return {};
    Items items{Matrix(rows.size(), columns.size()), {}, rows.dropped()};
    for (std::size_t j = 0; j < columns.size(); ++j) {
        std::copy(columns[j].values.begin(), columns[j].values.end(), items.values.column(j).begin());
        items.names.push_back(columns[j].name);
    }
    return items;
}

Field items_data()
{
    return {"items", "list of {name, values}", "one column per item, all scored in the same direction"};
}

Outcome<json::object> run_alpha(Request& request)
{
    const double level = request.level();
    const Items items = read_items(request);
    if (request.refused())
        return request.error();
    const auto alpha = cronbach_alpha(items.values, level);
    if (!alpha)
        return located(alpha.error(), "data.items");
    json::object result;
    result["alpha"] = json_number(alpha->alpha);
    result["alpha_standardised"] = json_number(alpha->standardised);
    result["mean_inter_item_r"] = json_number(alpha->mean_correlation);
    result["ci_lo"] = json_number(alpha->ci_lo);
    result["ci_hi"] = json_number(alpha->ci_hi);
    json::array rows;
    for (std::size_t j = 0; j < alpha->items.size(); ++j) {
        const ItemStatistics& item = alpha->items[j];
        rows.push_back(json::object{{"name", items.names[j]},
                                    {"item_rest_r", json_number(item.item_rest_correlation)},
                                    {"alpha_if_dropped", json_number(item.alpha_if_dropped)}});
        if (item.item_rest_correlation && *item.item_rest_correlation < 0)
            request.warn("negative_item",
                         "'" + items.names[j] +
                             "' goes against the other items: is it scored in "
                             "the other direction? Nothing was turned round.",
                         "data.items[" + std::to_string(j) + "]");
    }
    result["items"] = std::move(rows);
    result["n"] = items.values.rows();
    result["n_dropped"] = items.dropped;
    return result;
}

Page page_alpha()
{
    Page page;
    page.title = "Cronbach's alpha";
    page.purpose = "Do the items of a questionnaire hang together enough to use their sum?";
    page.when_not = "Alpha says nothing about whether the scale measures what it should, nor whether there is one "
                    "dimension: see reliability.omega.";
    page.data = {items_data()};
    page.options = {level_option()};
    page.result = {{"alpha", "number ≤ 1", "from the covariances"},
                   {"alpha_standardised", "number", "from the correlations"},
                   {"mean_inter_item_r", "number", "mean correlation between items"},
                   {"ci_lo", "number", "Feldt's interval"},
                   {"ci_hi", "number", "Feldt's interval"},
                   {"items", "list of {name, item_rest_r, alpha_if_dropped}",
                    "correlation with the sum of the others; alpha of the others (null when one is left)"},
                   {"n", "whole number", "complete rows"},
                   dropped_result()};
    page.formula = "$\\alpha=\\frac{k}{k-1}(1-\\sum s_j^2/s_{sum}^2)$; interval $1-(1-\\alpha)F$ with "
                   "$n-1,(n-1)(k-1)$ degrees of freedom.";
    page.sources = {"Cronbach 1951, doi:10.1007/BF02310555", "Feldt 1965, doi:10.1007/BF02289499"};
    page.pitfalls = {"With thirty respondents the interval is wide: report it.",
                     "Alpha rises with the number of items."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"reliability.alpha","data":{"items":[{"name":"q1","values":[4,3,5,2,4,3]},{"name":"q2","values":[4,2,5,3,4,3]},{"name":"q3","values":[5,3,4,2,5,2]}]}})";
    page.peer = "R psych::alpha";
    return page;
}

Outcome<json::object> run_omega(Request& request)
{
    const Items items = read_items(request);
    if (request.refused())
        return request.error();
    const auto omega = mcdonald_omega(items.values);
    if (!omega)
        return located(omega.error(), "data.items");
    if (omega->heywood)
        request.warn("heywood_case", "An item seems to be measured without error: one factor does not fit well.",
                     "data.items");
    json::object result;
    result["omega_total"] = json_number(omega->total);
    result["loadings"] = json_numbers(omega->loadings);
    result["uniquenesses"] = json_numbers(omega->uniquenesses);
    result["n"] = items.values.rows();
    result["n_dropped"] = items.dropped;
    return result;
}

Page page_omega()
{
    Page page;
    page.title = "McDonald's omega";
    page.purpose = "Reliability of a sum of items that measure one thing to different degrees.";
    page.when_not = "With fewer than three items, or when the items measure several things.";
    page.data = {items_data()};
    page.result = {{"omega_total", "fraction", "share of the variance of the sum that is common"},
                   {"loadings", "list of numbers", "correlation of each item with the factor; their sum is positive"},
                   {"uniquenesses", "list of fractions", "share of each item that is its own, at least 0.005"},
                   {"n", "whole number", "complete rows"},
                   dropped_result()};
    page.formula = "One factor by maximum likelihood on the correlation matrix; "
                   "$\\omega=(\\sum\\lambda)^2/((\\sum\\lambda)^2+\\sum(1-\\lambda^2))$.";
    page.sources = {"Jöreskog 1967, doi:10.1007/BF02289658", "McDonald 1999, Test Theory"};
    page.pitfalls = {"A Heywood case (warning) means that the model does not fit these data."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"reliability.omega","data":{"items":[{"name":"q1","values":[4,3,5,2,4,3,1,5]},{"name":"q2","values":[4,2,5,3,4,3,2,4]},{"name":"q3","values":[5,3,4,2,5,2,1,4]}]}})";
    page.peer = "R stats::factanal";
    return page;
}

} // namespace

void register_reliability(Registry& registry)
{
    registry.add({"reliability.alpha", page_alpha(), run_alpha, scripts::alpha});
    registry.add({"reliability.omega", page_omega(), run_omega, scripts::omega});
}

} // namespace beproefd::statistics::door
