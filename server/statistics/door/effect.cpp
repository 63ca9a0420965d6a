// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/r_script.hpp"
#include "statistics/door/registry.hpp"
#include "statistics/door/request.hpp"
#include "statistics/effect/effect_size.hpp"
#include "statistics/limits.hpp"

#include <fmt/format.h>

#include <cmath>

namespace beproefd::statistics::door {
namespace {

using namespace effect;
namespace json = boost::json;

enum class Measure { MD, SMD, ROM, RR, OR, RD, PETO, AS, MC, SMCC, SMCR, COR, ZCOR, PR, PLO, PFT, PAS };
enum class AddTo { only0, all, none };

Measure read_measure(Request& request)
{
    using enum Measure;
    return request.required_choice<Measure>("measure", {{"MD", MD},
                                                        {"SMD", SMD},
                                                        {"ROM", ROM},
                                                        {"RR", RR},
                                                        {"OR", OR},
                                                        {"RD", RD},
                                                        {"PETO", PETO},
                                                        {"AS", AS},
                                                        {"MC", MC},
                                                        {"SMCC", SMCC},
                                                        {"SMCR", SMCR},
                                                        {"COR", COR},
                                                        {"ZCOR", ZCOR},
                                                        {"PR", PR},
                                                        {"PLO", PLO},
                                                        {"PFT", PFT},
                                                        {"PAS", PAS}});
}

/// Effects of the rows that are left, one by one.
struct Computed {
    std::vector<Effect> effects;
    std::size_t dropped = 0;
};

constexpr Range at_least_one{1, std::numeric_limits<double>::max()};
constexpr Range a_correlation{-1, 1};

template<class F>
std::vector<Effect> per_row(const Rows& rows, F&& f)
{
    std::vector<Effect> effects;
    effects.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        effects.push_back(f(i));
    return effects;
}

std::vector<Effect> from_groups(Request& request, Rows& rows, Measure measure)
{
    const auto &m1 = rows.numbers("m1i"), &s1 = rows.numbers("sd1i", not_negative),
               &n1 = rows.numbers("n1i", at_least_one), &m2 = rows.numbers("m2i"),
               &s2 = rows.numbers("sd2i", not_negative), &n2 = rows.numbers("n2i", at_least_one);
    rows.complete();
    if (request.refused())
        return {};
    return per_row(rows, [&](std::size_t i) {
        const Group first{m1[i], s1[i], n1[i]}, second{m2[i], s2[i], n2[i]};
        return measure == Measure::MD    ? mean_difference(first, second)
               : measure == Measure::SMD ? standardised_mean_difference(first, second)
                                         : log_ratio_of_means(first, second);
    });
}

std::vector<Effect> from_tables(Request& request, Rows& rows, Measure measure, double add, AddTo add_to)
{
    const bool with_totals = !request.has_data("bi") && !request.has_data("di");
    const auto &a = rows.numbers("ai", not_negative), &b = rows.numbers(with_totals ? "n1i" : "bi", not_negative),
               &c = rows.numbers("ci", not_negative), &d = rows.numbers(with_totals ? "n2i" : "di", not_negative);
    rows.complete();
    if (request.refused())
        return {};
    const bool never = measure == Measure::AS || measure == Measure::PETO;
    return per_row(rows, [&](std::size_t i) {
        TwoByTwo table{a[i], b[i], c[i], d[i]};
        if (with_totals) {
            table.b -= table.a;
            table.d -= table.c;
            if (table.b < 0 || table.d < 0)
                request.refuse(
                    invalid_data("There are more events than persons.",
                                 fmt::format("data.{}[{}]", table.b < 0 ? "ai" : "ci", rows.original_row(i))));
        }
        if (!never && (add_to == AddTo::all || (add_to == AddTo::only0 && table.has_zero())))
            table = table.plus(add);
        switch (measure) {
        case Measure::RR:
            return log_risk_ratio(table);
        case Measure::OR:
            return log_odds_ratio(table);
        case Measure::RD:
            return risk_difference(table);
        case Measure::AS:
            return arcsine_difference(table);
        default:
            return peto_log_odds_ratio(table);
        }
    });
}

std::vector<Effect> from_changes(Request& request, Rows& rows, Measure measure)
{
    const bool raw = measure == Measure::SMCR;
    const auto &m1 = rows.numbers("m1i"), &m2 = rows.numbers("m2i"), &s1 = rows.numbers("sd1i", not_negative),
               &s2 = raw ? s1 : rows.numbers("sd2i", not_negative), &r = rows.numbers("ri", a_correlation),
               &n = rows.numbers("ni", at_least_one);
    rows.complete();
    if (request.refused())
        return {};
    return per_row(rows, [&](std::size_t i) {
        const Change change{m1[i], m2[i], s1[i], s2[i], r[i], n[i]};
        return raw                        ? standardised_by_raw(change)
               : measure == Measure::SMCC ? standardised_by_change(change)
                                          : mean_change(change);
    });
}

std::vector<Effect> from_correlations(Request& request, Rows& rows, Measure measure)
{
    const auto &r = rows.numbers("ri", a_correlation), &n = rows.numbers("ni", at_least_one);
    rows.complete();
    if (request.refused())
        return {};
    return per_row(rows, [&](std::size_t i) {
        return measure == Measure::COR ? correlation(r[i], n[i]) : fisher_z(r[i], n[i]);
    });
}

std::vector<Effect> from_proportions(Request& request, Rows& rows, Measure measure, double add, AddTo add_to)
{
    const auto &x = rows.numbers("xi", not_negative), &n = rows.numbers("ni", at_least_one);
    rows.complete();
    if (request.refused())
        return {};
    const bool never = measure == Measure::PFT || measure == Measure::PAS;
    return per_row(rows, [&](std::size_t i) {
        double events = x[i], persons = n[i];
        if (events > persons)
            request.refuse(invalid_data("There are more events than persons.",
                                        fmt::format("data.xi[{}]", rows.original_row(i))));
        if (!never && (add_to == AddTo::all || (add_to == AddTo::only0 && (events == 0 || events == persons)))) {
            events += add;
            persons += 2 * add;
        }
        switch (measure) {
        case Measure::PR:
            return proportion(events, persons);
        case Measure::PLO:
            return logit_proportion(events, persons);
        case Measure::PFT:
            return double_arcsine_proportion(events, persons);
        default:
            return arcsine_proportion(events, persons);
        }
    });
}

Outcome<json::object> run(Request& request)
{
    const Measure measure = read_measure(request);
    const double add = request.number("add", 0.5, not_negative);
    const AddTo add_to = request.choice<AddTo>(
        "add_to", {{"only0", AddTo::only0}, {"all", AddTo::all}, {"none", AddTo::none}}, AddTo::only0);
    if (request.refused())
        return request.error();

    Rows rows{request, limits::studies};
    const auto effects = [&] {
        using enum Measure;
        switch (measure) {
        case MD:
        case SMD:
        case ROM:
            return from_groups(request, rows, measure);
        case MC:
        case SMCC:
        case SMCR:
            return from_changes(request, rows, measure);
        case COR:
        case ZCOR:
            return from_correlations(request, rows, measure);
        case PR:
        case PLO:
        case PFT:
        case PAS:
            return from_proportions(request, rows, measure, add, add_to);
        default:
            return from_tables(request, rows, measure, add, add_to);
        }
    }();
    if (request.refused())
        return request.error();

    json::array values, variances, errors;
    for (std::size_t i = 0; i < effects.size(); ++i) {
        if (std::isnan(effects[i].value))
            request.warn("not_estimable", "This study does not allow this effect size; it is null in the result.",
                         fmt::format("result.yi[{}]", i));
        values.push_back(json_number(effects[i].value));
        variances.push_back(json_number(effects[i].variance));
        errors.push_back(json_number(std::sqrt(effects[i].variance)));
    }
    return json::object{{"yi", std::move(values)},
                        {"vi", std::move(variances)},
                        {"se", std::move(errors)},
                        {"n_dropped", rows.dropped()}};
}

Outcome<std::string> script(Request& request)
{
    read_measure(request);
    if (request.refused())
        return request.error();
    RScript r{request, {"metafor"}};
    std::vector<std::string> columns;
    for (const auto* name : {"m1i", "m2i", "sd1i", "sd2i", "n1i", "n2i", "ai", "bi", "ci", "di", "ri", "ni", "xi"})
        if (request.has_data(name)) {
            r.column(name, name);
            columns.push_back(fmt::format("{0}={0}", name));
        }
    // The contract never adds to the cells for these, metafor does.
    const auto measure = request.text("measure", "");
    const bool never = measure == "AS" || measure == "PETO" || measure == "PFT" || measure == "PAS";
    r.line("# SMD, SMCC and SMCR of metafor use the same exact correction J; vtype \"LS\" is its default");
    r.line(fmt::format("found <- escalc(measure={}, {}, add={}, to={}, digits=10)", RScript::quoted(measure),
                       fmt::join(columns, ", "), never ? 0 : request.number("add", 0.5),
                       RScript::quoted(never ? "none" : request.text("add_to", "only0"))));
    r.print("yi", "as.numeric(found$yi)");
    r.print("vi", "as.numeric(found$vi)");
    return r.text();
}

} // namespace

void register_effect(Registry& registry)
{
    Method method;
    method.name = "effect.size";
    method.page = {
        .title = "Effect sizes",
        .purpose = "Puts what studies found on one scale, so that they can be compared and pooled (meta.rma).",
        .when_not = "Not for raw data of one study: effect.standardised gives an interval for those. Do not mix "
                    "standardisation by the change (SMCC) with standardisation by the first measurement (SMCR, SMD).",
        .data = {{"m1i", "k numbers, unit of the outcome", "mean of the first group, or after"},
                 {"sd1i", "k numbers ≥ 0", "its standard deviation (for SMCR: before)"},
                 {"n1i", "k counts", "its size"},
                 {"m2i", "k numbers", "mean of the second group, or before"},
                 {"sd2i", "k numbers ≥ 0", "its standard deviation"},
                 {"n2i", "k counts", "its size"},
                 {"ai", "k counts", "events in the first group"},
                 {"bi", "k counts", "persons without event in the first group (or give n1i)"},
                 {"ci", "k counts", "events in the second group"},
                 {"di", "k counts", "persons without event in the second group (or give n2i)"},
                 {"ri", "k numbers from −1 to 1", "correlation"},
                 {"ni", "k counts", "persons"},
                 {"xi", "k counts", "events"}},
        .options = {{"measure",
                     "one of MD, SMD, ROM, RR, OR, RD, PETO, AS, MC, SMCC, SMCR, COR, ZCOR, PR, PLO, PFT, PAS",
                     "which effect size"},
                    {"add", "number ≥ 0", "what is added to cells; never for AS, PFT, PAS and PETO", "0.5"},
                    {"add_to", "one of only0, all, none", "to which studies it is added: with a zero cell, all, none",
                     "\"only0\""}},
        .result = {{"yi", "k numbers",
                    "effect sizes; ratios on the log scale; null where a study does not allow one"},
                   {"vi", "k numbers", "their sampling variances"},
                   {"se", "k numbers", "their standard errors √vi"},
                   {"n_dropped", "count", "rows with a missing value"}},
        .formula =
            "`SMD` g = J(m)·(m1−m2)/s with pooled s and m = n1+n2−2, J(m) = Γ(m/2)/(√(m/2)·Γ((m−1)/2)), "
            "v = 1/n1+1/n2+g²/(2(n1+n2)). `MD` v = sd1²/n1+sd2²/n2. `ROM` ln(m1/m2), v = sd1²/(n1·m1²)+"
            "sd2²/(n2·m2²). `RR`, `OR` on the log scale. `RD` v = p1(1−p1)/n1+p2(1−p2)/n2. `AS` arcsin√p1−arcsin√p2, "
            "v = 1/(4n1)+1/(4n2). `PETO` (a−E)/V, v = 1/V. `MC` v = (sd1²+sd2²−2r·sd1·sd2)/n. `SMCC` "
            "J(n−1)·Δ/sd of the change, v = 1/n+y²/(2n). `SMCR` J(n−1)·Δ/sd1, v = 2(1−r)/n+y²/(2n). `COR` v = "
            "(1−r²)²/(n−1). `ZCOR` atanh r, v = 1/(n−3). `PR` v = p(1−p)/n. `PLO` logit, v = 1/x+1/(n−x). `PFT` "
            "½[arcsin√(x/(n+1))+arcsin√((x+1)/(n+1))], v = 1/(4n+2). `PAS` arcsin√p, v = 1/(4n).",
        .sources = {"Hedges 1981, doi:10.3102/10769986006002107", "Morris 2008, doi:10.1177/1094428106291059",
                    "Viechtbauer 2010, doi:10.18637/jss.v036.i03"},
        .pitfalls =
            {"SMCR and SMCC need the correlation between the two measurements. When a report does not give it, "
             "try 0.3, 0.5 and 0.7 and show all three.",
             "Adding ½ to empty cells pulls small studies towards no effect; meta.mh and meta.peto need no such "
             "correction."},
        .example =
            R"({"contract":"beproefd.analyse/1","method":"effect.size","data":{"m1i":[2.2,17.6],"sd1i":[12.73,24.2],"n1i":[50,140],"m2i":[5.2,34.1],"sd2i":[12.5,38.8],"n2i":[54,136]},"options":{"measure":"SMD"}})",
        .peer = "metafor::escalc"};
    method.run = run;
    method.as_r = script;
    registry.add(std::move(method));
}

} // namespace beproefd::statistics::door
