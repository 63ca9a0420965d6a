// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/samples.hpp"
#include "statistics/door/scripts.hpp"
#include "statistics/limits.hpp"
#include "statistics/missing/rubin.hpp"

#include <cmath>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

Outcome<json::object> run_rubin(Request& request)
{
    const double level = request.level();
    const auto n = request.optional_number("n", {1, 1e15});
    const double k = static_cast<double>(request.integer("k", 1, 0, 1'000'000));
    Rows rows{request, limits::observations};
    const auto& estimates = rows.numbers("estimates");
    const auto& errors = rows.numbers("ses", not_negative);
    rows.complete();
    if (request.refused())
        return request.error();
    const auto pooled = pool_imputations(estimates, errors, n ? std::optional<double>(*n - k) : std::nullopt, level);
    if (!pooled)
        return located(pooled.error(), "data.estimates");
    if (estimates.size() < 5)
        request.warn("few_imputations", "With fewer than five imputations the interval depends on chance.",
                     "data.estimates");
    json::object result;
    result["estimate"] = json_number(pooled->estimate);
    result["se"] = json_number(pooled->standard_error);
    result["within"] = json_number(pooled->within);
    result["between"] = json_number(pooled->between);
    result["riv"] = json_number(pooled->relative_increase);
    result["df"] = json_number(pooled->df);
    result["fmi"] = json_number(pooled->missing_information);
    result["ci_lo"] = json_number(pooled->ci_lo);
    result["ci_hi"] = json_number(pooled->ci_hi);
    result["m"] = estimates.size();
    result["n_dropped"] = rows.dropped();
    return result;
}

} // namespace

void register_missing(Registry& registry)
{
    Page page;
    page.title = "Pooling of multiple imputations";
    page.purpose =
        "One answer from the same analysis of several imputed data sets, with the uncertainty that missing "
        "values add.";
    page.when_not = "When those who dropped out differ in ways that were not measured: no imputation repairs that; "
                    "show best and worst cases too.";
    page.data = {{"estimates", "m numbers or null", "one estimate per imputed data set"},
                 {"ses", "m numbers ≥ 0 or null", "their standard errors"}};
    page.options = {{"n", "number or null", "rows of the data; null: infinitely many"},
                    {"k", "whole number", "coefficients in the model", "1"},
                    level_option()};
    page.result = {{"estimate", "number", "mean of the estimates"},
                   {"se", "number", "√(within + (1 + 1/m) between)"},
                   {"within", "number", "mean squared standard error; variance of the estimates"},
                   {"between", "number", "mean squared standard error; variance of the estimates"},
                   {"riv", "number ≥ 0", "relative increase in variance due to missing values"},
                   {"df", "number or null", "Barnard–Rubin, or Rubin 1987 without n; null when infinite"},
                   {"fmi", "fraction", "fraction of missing information"},
                   {"ci_lo", "number", "t interval"},
                   {"ci_hi", "number", "t interval"},
                   {"m", "whole number", "imputations used"},
                   dropped_result()};
    page.formula = "$T=\\bar U+(1+1/m)B$; $\\lambda=(1+1/m)B/T$; $\\nu_{old}=(m-1)/\\lambda^2$, "
                   "$\\nu_{obs}=\\frac{\\nu_c+1}{\\nu_c+3}\\nu_c(1-\\lambda)$, $\\nu=\\nu_{old}\\nu_{obs}/"
                   "(\\nu_{old}+\\nu_{obs})$; fmi $=(riv+2/(\\nu+3))/(riv+1)$.";
    page.sources = {"Rubin 1987", "Barnard & Rubin 1999, doi:10.1093/biomet/86.4.948"};
    page.pitfalls = {"That values are missing at random cannot be tested."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"missing.rubin","data":{"estimates":[10.1,9.7,10.4],"ses":[1.2,1.1,1.3]},"options":{"n":40,"k":3}})";
    page.peer = "R mice::pool.scalar";
    registry.add({"missing.rubin", std::move(page), run_rubin, scripts::rubin});
}

} // namespace beproefd::statistics::door
