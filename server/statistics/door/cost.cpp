// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/cost/cost.hpp"
#include "statistics/door/page.hpp"
#include "statistics/door/r_script.hpp"
#include "statistics/door/registry.hpp"
#include "statistics/door/request.hpp"
#include "statistics/limits.hpp"

namespace beproefd::statistics::door {

namespace json = boost::json;

namespace {

Outcome<json::object> run_effectiveness(Request& request)
{
    const auto price = request.optional_number("willingness_to_pay", not_negative);
    const double level = request.level();
    Rows treated{request, limits::observations};
    const auto& cost_treated = treated.numbers("cost_treated");
    const auto& effect_treated = treated.numbers("effect_treated");
    treated.complete();
    Rows control{request, limits::observations};
    const auto& cost_control = control.numbers("cost_control");
    const auto& effect_control = control.numbers("effect_control");
    control.complete();
    if (request.refused())
        return request.error();

    const auto found =
        cost::effectiveness({cost_treated, effect_treated}, {cost_control, effect_control}, price, level);
    if (!found)
        return found.error();
    json::object result{{"delta_cost", json_number(found->delta_cost)},
                        {"delta_effect", json_number(found->delta_effect)},
                        {"icer", json_number(found->icer)},
                        {"icer_ci_type", cost::name(found->icer_ci_type)}};
    if (found->icer_ci_lo) {
        result["icer_ci_lo"] = json_number(found->icer_ci_lo);
        result["icer_ci_hi"] = json_number(found->icer_ci_hi);
    }
    if (found->icer_excluded_lo) {
        result["icer_excluded_lo"] = json_number(found->icer_excluded_lo);
        result["icer_excluded_hi"] = json_number(found->icer_excluded_hi);
    }
    if (price) {
        result["inb"] = json_number(found->inb);
        result["inb_se"] = json_number(found->inb_se);
        result["inb_ci_lo"] = json_number(found->inb_ci_lo);
        result["inb_ci_hi"] = json_number(found->inb_ci_hi);
        result["prob_cost_effective"] = json_number(found->prob_cost_effective);
    }
    result["n_treated"] = treated.size();
    result["n_control"] = control.size();
    result["n_dropped"] = treated.dropped() + control.dropped();
    return result;
}

Outcome<json::object> run_present_value(Request& request)
{
    const double rate = request.required_number("rate", {-1, 1e6, false, true});
    const double first_year = request.number("first_year", 0, {-1e6, 1e6});
    // A year without an amount cannot be left out: the years after it would move.
    Rows rows{request, limits::observations};
    const auto& amounts = rows.numbers("amounts");
    rows.complete_without_missing();
    if (request.refused())
        return request.error();
    const double value = cost::present_value(amounts, rate, first_year);
    if (!(value - value == 0))
        return invalid_data("The amounts do not add up to a number that can be written.", "data.amounts");
    return json::object{{"present_value", value}, {"n_dropped", 0}};
}

Outcome<std::string> script_effectiveness(Request& request)
{
    const auto price = request.optional_number("willingness_to_pay", not_negative);
    const double level = request.level();
    RScript r(request, {});
    for (const auto* name : {"cost_treated", "effect_treated", "cost_control", "effect_control"})
        r.column(name, name);
    if (request.refused())
        return request.error();
    r.line("t <- complete.cases(cost_treated, effect_treated)");
    r.line("c <- complete.cases(cost_control, effect_control)");
    r.line("ct <- cost_treated[t]; et <- effect_treated[t]; cc <- cost_control[c]; ec <- effect_control[c]");
    r.line("dc <- mean(ct) - mean(cc)");
    r.line("de <- mean(et) - mean(ec)");
    r.print("delta_cost", "dc");
    r.print("delta_effect", "de");
    r.print("icer", "if (de == 0) NA else dc / de");
    if (price) {
        r.line("lambda <- " + RScript::literal(*price));
        r.line("z <- qnorm(1 - (1 - " + RScript::literal(level) + ") / 2)");
        r.line("bt <- lambda * et - ct; bc <- lambda * ec - cc");
        r.line("inb <- mean(bt) - mean(bc)");
        r.line("se <- sqrt(var(bt) / length(bt) + var(bc) / length(bc))");
        r.print("inb", "inb");
        r.print("inb_se", "se");
        r.print("inb_ci_lo", "inb - z * se");
        r.print("inb_ci_hi", "inb + z * se");
        r.print("prob_cost_effective", "pnorm(inb / se)");
    }
    return r.text();
}

Outcome<std::string> script_present_value(Request& request)
{
    const double rate = request.required_number("rate", {-1, 1e6, false, true});
    const double first_year = request.number("first_year", 0, {-1e6, 1e6});
    RScript r(request, {});
    r.column("amounts", "amounts");
    if (request.refused())
        return request.error();
    r.print("present_value", "sum(amounts / (1 + " + RScript::literal(rate) + ")^(" + RScript::literal(first_year) +
                                 " + seq_along(amounts) - 1))");
    return r.text();
}

} // namespace

void register_cost(Registry& registry)
{
    registry.add(
        {.name = "cost.effectiveness",
         .page = {.title = "Cost-effectiveness of two arms",
                  .purpose = "Cost and effect were measured for each person in a treated and a control arm, and the "
                             "question is what an extra unit of effect costs.",
                  .when_not = "Without a comparison: then report the cost per participant. With fewer than about 20 "
                              "people per arm the normal intervals are too narrow: bootstrap instead.",
                  .data = {{"cost_treated", "n numbers, money", "cost per person with the activity"},
                           {"effect_treated", "n numbers", "effect of the same people; higher is better"},
                           {"cost_control", "m numbers, money", "cost per person without it"},
                           {"effect_control", "m numbers", "effect of the same people"}},
                  .options = {{"willingness_to_pay", "number >= 0, money per unit of effect",
                               "what a unit of effect is worth; without it the net benefit members are left out"},
                              {"level", "fraction", "confidence level", "0.95"}},
                  .result =
                      each({{"delta_cost", "money", "mean cost, treated minus control"},
                            {"delta_effect", "number", "mean effect, treated minus control"},
                            {"icer", "money per unit", "delta_cost / delta_effect; null when the effects are equal"},
                            {"icer_ci_type", "finite, outside or unbounded", "shape of Fieller's interval"},
                            {"icer_ci_lo, icer_ci_hi", "money per unit", "its bounds, when finite"},
                            {"icer_excluded_lo, icer_excluded_hi", "money per unit",
                             "when outside: the ratios between these are excluded, all others are not"},
                            {"inb, inb_se, inb_ci_lo, inb_ci_hi", "money", "incremental net benefit at that price"},
                            {"prob_cost_effective", "fraction", "normal probability that the net benefit is above 0"},
                            {"n_treated, n_control, n_dropped", "counts", "people used, people left out"}}),
                  .formula =
                      "`inb = λΔe − Δc` with variance `λ²Var(Δe) + Var(Δc) − 2λCov`. Fieller's set holds every "
                      "ratio R with `(Δc − RΔe)² ≤ z²Var(Δc − RΔe)`.",
                  .sources = {"Willan & O'Brien 1996, doi:10.1002/hec.4730050404",
                              "Stinnett & Mullahy 1998, doi:10.1177/0272989X98018002S09"},
                  .pitfalls = {"A negative ratio can mean cheaper and better, or dearer and worse. Read the two "
                               "differences first.",
                               "A probability of 0.9 at one price says nothing about another price."},
                  .example = R"({"contract":"beproefd.analyse/1","method":"cost.effectiveness","data":{
"cost_treated":[410,380,520,460,490,430],"effect_treated":[3.1,2.4,3.8,2.9,3.3,3.6],
"cost_control":[300,340,280,350,310,330],"effect_control":[1.2,0.8,1.9,1.4,0.7,1.6]},
"options":{"willingness_to_pay":150}})",
                  .peer = "base R"},
         .run = run_effectiveness,
         .as_r = script_effectiveness});
    registry.add(
        {.name = "cost.present_value",
         .page = {.title = "Present value of yearly amounts",
                  .purpose = "Costs or savings fall in different years and have to be compared as one amount.",
                  .when_not = "Within one year. Discounting does not correct for inflation: use amounts in one price "
                              "level.",
                  .data = {{"amounts", "n numbers, money", "one a year, in order; none may be missing"}},
                  .options = {{"rate", "number > -1", "discount rate a year; required"},
                              {"first_year", "number", "year of the first amount; year 0 is not discounted", "0"}},
                  .result = each({{"present_value", "money", "sum of the discounted amounts"},
                                  {"n_dropped", "count", "always 0: a missing year is refused"}}),
                  .formula = "`Σ aₜ / (1 + rate)^(first_year + t)`, t = 0, 1, …",
                  .sources = {"Drummond et al. 2015, Methods for the Economic Evaluation of Health Care Programmes"},
                  .pitfalls = {"The rate is a convention: say which one and show another beside it."},
                  .example = R"({"contract":"beproefd.analyse/1","method":"cost.present_value",
"data":{"amounts":[10000,10000,10000]},"options":{"rate":0.04}})",
                  .peer = "base R"},
         .run = run_present_value,
         .as_r = script_present_value});
}

} // namespace beproefd::statistics::door
