// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/power/power.hpp"
#include "statistics/door/samples.hpp"
#include "statistics/door/scripts.hpp"
#include "statistics/limits.hpp"
#include "statistics/power/simulate.hpp"

#include <cmath>
#include <numbers>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

enum class Solve { power, n, effect };

/// Sizes of a plan: they cost no memory, so they may be larger than data.
constexpr double largest_plan = 1e9;

/// An effect in standard deviations beyond this is a mistake.
constexpr double largest_effect = 1e6;

Solve read_solve(Request& request)
{
    return request.choice<Solve>("solve_for", {{"power", Solve::power}, {"n", Solve::n}, {"effect", Solve::effect}},
                                 Solve::power);
}

/// What has to be given when the rest is asked for; giving what is to be found is an error.
struct Plan {
    Solve solve = Solve::power;
    double n = 0;
    double effect = 0;
    double power = 0;
    double alpha = 0.05;
};

Plan read_plan(Request& request, std::string_view n_name, Range n_range, Range effect_range, bool with_effect = true,
               std::string_view effect_name = "effect")
{
    Plan plan;
    plan.solve = read_solve(request);
    plan.alpha = request.alpha();
    const auto read = [&](Solve solve, std::string_view name, Range range) {
        if (plan.solve != solve)
            return request.required_number(name, range);
        if (request.has_option(name))
            request.refuse(invalid_option("'" + std::string(name) + "' is what solve_for asks for; leave it out.",
                                          "options." + std::string(name)));
        return 0.0;
    };
    plan.n = read(Solve::n, n_name, n_range);
    if (with_effect)
        plan.effect = read(Solve::effect, effect_name, effect_range);
    plan.power = read(Solve::power, "power", open_fraction);
    if (plan.solve != Solve::power && !request.refused() && plan.power <= plan.alpha)
        request.refuse(invalid_option("The power must be larger than alpha.", "options.power"));
    return plan;
}

Error out_of_reach(std::string what)
{
    return invalid_option("No " + std::move(what) + " reaches this power.", "options.power");
}

Error no_effect()
{
    return invalid_option("Without an effect in the tested direction no n gives power.", "options.effect");
}

/// Adds n and n_ceiling.
void add_size(Request& request, json::object& result, double n, double least)
{
    result["n"] = json_number(n);
    // A solution that is whole but for rounding is not raised to the next whole number.
    result["n_ceiling"] = json_number(std::ceil(n - 1e-9 * n));
    if (n <= least)
        request.warn("smallest_n", "The smallest possible n already has this power.", "options.power");
}

/// −1 when only smaller values count, else 1.
double sign_of(Alternative alternative) { return alternative == Alternative::less ? -1 : 1; }

bool may_have_power(double effect, Alternative alternative)
{
    return alternative == Alternative::two_sided ? effect != 0 : sign_of(alternative) * effect > 0;
}

Field solve_option()
{
    return {"solve_for", "one of power, n, effect", "what to find from the other two", "\"power\""};
}
Field alpha_option() { return {"alpha", "fraction between 0 and 1", "level of the test", "0.05"}; }
Field power_option()
{
    return {"power", "fraction above alpha", "wanted power, when n or the effect is to be found"};
}

const std::vector<Field>& solved_results()
{
    static const std::vector<Field> fields{
        {"power", "fraction", "with solve_for power: the chance to find the effect"},
        {"n", "number", "with solve_for n: the size, as a real number"},
        {"n_ceiling", "whole number", "the same, rounded up"},
        {"effect", "number",
         "with solve_for effect: the smallest effect with this power (minimum detectable effect)"}};
    return fields;
}

const std::string plan_pitfall =
    "Take a smallest effect that matters, not the effect one hopes for; and raise n for those who will drop out.";

// --- t
// ---------------------------------------------------------------------------------------------------------------

Outcome<json::object> run_power_t(Request& request)
{
    using Type = power::TTest;
    const Type type = request.choice<Type>(
        "type", {{"two_sample", Type::two_sample}, {"paired", Type::paired}, {"one_sample", Type::one_sample}},
        Type::two_sample);
    const Alternative alternative = read_alternative(request);
    const Range size{1, largest_plan, false, true};
    const Plan plan = read_plan(request, "n", size, {-largest_effect, largest_effect});
    const auto n2 = request.optional_number("n2", size);
    if (n2 && type != Type::two_sample)
        request.refuse(invalid_option("n2 belongs to two samples.", "options.n2"));
    if (request.refused())
        return request.error();
    json::object result;
    if (plan.solve == Solve::power) {
        result["power"] = json_number(power::t_test(type, plan.n, n2, plan.effect, plan.alpha, alternative));
    } else if (plan.solve == Solve::n) {
        if (!may_have_power(plan.effect, alternative))
            return no_effect();
        const auto n = power::solve_rising(
            [&](double size) { return power::t_test(type, size, n2, plan.effect, plan.alpha, alternative); },
            plan.power, 2, largest_plan);
        if (!n)
            return out_of_reach("n");
        add_size(request, result, *n, 2);
    } else {
        const double sign = sign_of(alternative);
        const auto effect = power::solve_rising(
            [&](double d) { return power::t_test(type, plan.n, n2, sign * d, plan.alpha, alternative); }, plan.power,
            0, 1e4);
        if (!effect)
            return out_of_reach("effect");
        result["effect"] = json_number(sign * *effect);
    }
    return result;
}

Page page_power_t()
{
    Page page;
    page.title = "Power of a t test";
    page.purpose = "How many participants are needed, what power do the planned ones give, or which effect can they "
                   "show at all?";
    page.when_not = "When participants come in groups or schools: power.cluster. After the data are in: the interval "
                    "says what the power calculation cannot.";
    page.options = {{"type", "one of two_sample, paired, one_sample", "which t test", "\"two_sample\""},
                    {"n", "number above 1", "per group, or pairs, or persons"},
                    {"n2", "number above 1", "size of the second group when it differs"},
                    {"effect", "standard deviations", "standardised difference d"},
                    power_option(),
                    alpha_option(),
                    alternative_option(),
                    solve_option()};
    page.result = solved_results();
    page.formula =
        "$P(|T_{df,\\lambda}| > t_{1-\\alpha/2})$ with $\\lambda = d\\sqrt{n/2}$ (two groups), $d\\sqrt n$ "
        "(pairs, one sample) or $d/\\sqrt{1/n+1/n_2}$; both tails of the noncentral t.";
    page.sources = {"Cohen 1988, Statistical Power Analysis, ch. 2"};
    page.pitfalls = {plan_pitfall, "For pairs d is divided by the standard deviation of the differences."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"power.t","data":{},"options":{"type":"two_sample","n":30,"effect":0.6}})";
    page.peer = "R pwr::pwr.t.test, pwr::pwr.t2n.test";
    return page;
}

// --- anova, correlation
// ------------------------------------------------------------------------------------------------

Outcome<json::object> run_power_anova(Request& request)
{
    const double groups = static_cast<double>(request.required_integer("groups", 2, 1'000'000));
    const Plan plan = read_plan(request, "n", {1, largest_plan, false, true}, {0, largest_effect});
    if (request.refused())
        return request.error();
    json::object result;
    if (plan.solve == Solve::power) {
        result["power"] = json_number(power::anova(groups, plan.n, plan.effect, plan.alpha));
    } else if (plan.solve == Solve::n) {
        if (!(plan.effect > 0))
            return no_effect();
        const auto n =
            power::solve_rising([&](double size) { return power::anova(groups, size, plan.effect, plan.alpha); },
                                plan.power, 2, largest_plan);
        if (!n)
            return out_of_reach("n");
        add_size(request, result, *n, 2);
    } else {
        const auto effect = power::solve_rising([&](double f) { return power::anova(groups, plan.n, f, plan.alpha); },
                                                plan.power, 0, 1e4);
        if (!effect)
            return out_of_reach("effect");
        result["effect"] = json_number(*effect);
    }
    return result;
}

Page page_power_anova()
{
    Page page;
    page.title = "Power of a one-way analysis of variance";
    page.purpose = "Planning a comparison of three or more groups.";
    page.when_not = "When one contrast is what matters: power.t for that contrast has more power.";
    page.options = {{"groups", "whole number from 2", "number of groups"},
                    {"n", "number above 1", "per group"},
                    {"effect", "number ≥ 0", "Cohen's f: standard deviation of the group means / that within groups"},
                    power_option(),
                    alpha_option(),
                    solve_option()};
    page.result = solved_results();
    page.formula = "$P(F_{k-1,k(n-1),\\lambda} > F_{1-\\alpha})$ with $\\lambda = knf^2$.";
    page.sources = {"Cohen 1988, ch. 8"};
    page.pitfalls = {plan_pitfall};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"power.anova","data":{},"options":{"groups":3,"n":20,"effect":0.4}})";
    page.peer = "R pwr::pwr.anova.test";
    return page;
}

Outcome<json::object> run_power_correlation(Request& request)
{
    const Alternative alternative = read_alternative(request);
    if (request.has_option("r") && request.has_option("effect"))
        request.refuse(invalid_option("r and effect are the same; give one of them.", "options.r"));
    const Plan plan = read_plan(request, "n", {3, largest_plan, false, true}, {-1, 1, false, false}, true,
                                request.has_option("r") ? "r" : "effect");
    if (request.refused())
        return request.error();
    json::object result;
    if (plan.solve == Solve::power) {
        result["power"] = json_number(power::correlation(plan.n, plan.effect, plan.alpha, alternative));
    } else if (plan.solve == Solve::n) {
        if (!may_have_power(plan.effect, alternative))
            return no_effect();
        const auto n = power::solve_rising(
            [&](double size) { return power::correlation(size, plan.effect, plan.alpha, alternative); }, plan.power,
            4, largest_plan);
        if (!n)
            return out_of_reach("n");
        add_size(request, result, *n, 4);
    } else {
        const double sign = sign_of(alternative);
        const auto effect = power::solve_rising(
            [&](double r) { return power::correlation(plan.n, sign * r, plan.alpha, alternative); }, plan.power, 0,
            1 - 1e-15);
        if (!effect)
            return out_of_reach("correlation");
        result["effect"] = json_number(sign * *effect);
    }
    return result;
}

Page page_power_correlation()
{
    Page page;
    page.title = "Power of a test of a correlation";
    page.purpose = "Planning to show that two measurements go together.";
    page.when_not = "To estimate a correlation with a given precision: look at the width of its interval.";
    page.options = {{"n", "number above 3", "pairs of measurements"},
                    {"effect", "between −1 and 1", "the correlation"},
                    {"r", "between −1 and 1", "the same as effect"},
                    power_option(),
                    alpha_option(),
                    alternative_option(),
                    solve_option()};
    page.result = solved_results();
    page.formula = "Fisher's $z = \\operatorname{atanh} r + r/(2(n-1))$ against the critical r of the t test with "
                   "n − 2 degrees of freedom, both tails, standard error $1/\\sqrt{n-3}$.";
    page.sources = {"Cohen 1988, ch. 3"};
    page.pitfalls = {plan_pitfall};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"power.correlation","data":{},"options":{"n":50,"effect":0.3}})";
    page.peer = "R pwr::pwr.r.test";
    return page;
}

// --- proportions
// -------------------------------------------------------------------------------------------------------

Outcome<json::object> run_power_proportions(Request& request)
{
    const bool arcsine = request.choice<bool>("approximation", {{"arcsine", true}, {"normal", false}}, true);
    const Alternative alternative = read_alternative(request);
    const Plan plan = read_plan(request, "n", {1, largest_plan}, any_number, false);
    const double p1 =
        plan.solve == Solve::effect ? request.number("p1", 0.5, fraction) : request.required_number("p1", fraction);
    const bool has_p1 = request.has_option("p1");
    double p2 = p1;
    if (plan.solve != Solve::effect)
        p2 = request.required_number("p2", fraction);
    else if (request.has_option("p2"))
        request.refuse(invalid_option("'p2' is what solve_for asks for; leave it out.", "options.p2"));
    if (plan.solve == Solve::effect && !arcsine && !has_p1)
        request.refuse({ErrorCode::missing_field, "The normal approximation needs p1.", "options.p1"});
    if (request.refused())
        return request.error();

    const double h = power::arcsine_effect(p1, p2);
    const auto power_of = [&](double n) {
        return arcsine ? power::proportions_arcsine(n, h, plan.alpha, alternative)
                       : power::proportions_normal(n, p1, p2, plan.alpha, alternative);
    };
    if (!arcsine && plan.solve != Solve::effect && p1 * (1 - p1) + p2 * (1 - p2) == 0)
        return invalid_option("The normal approximation needs a proportion other than 0 and 1.", "options.p1");
    json::object result;
    if (plan.solve == Solve::power) {
        result["power"] = json_number(power_of(plan.n));
    } else if (plan.solve == Solve::n) {
        if (!may_have_power(p1 - p2, alternative))
            return invalid_option("Without a difference in the tested direction no n gives power.", "options.p2");
        const auto n = power::solve_rising(power_of, plan.power, 1, largest_plan);
        if (!n)
            return out_of_reach("n");
        add_size(request, result, *n, 1);
    } else if (arcsine) {
        const double sign = sign_of(alternative);
        const auto effect = power::solve_rising(
            [&](double size) { return power::proportions_arcsine(plan.n, sign * size, plan.alpha, alternative); },
            plan.power, 0, std::numbers::pi);
        if (!effect)
            return out_of_reach("difference");
        result["effect"] = json_number(sign * *effect);
        result["effect_h"] = json_number(sign * *effect);
        if (has_p1) {
            // h > 0 means p1 > p2; two-sided either will do, and the larger p2 is given where there is one.
            const double angle = std::asin(std::sqrt(p1));
            const double up = angle + *effect / 2, down = angle - *effect / 2;
            const bool raise = alternative == Alternative::less ||
                               (alternative == Alternative::two_sided && up <= std::numbers::pi / 2);
            const double at = raise ? up : down;
            if (at < 0 || at > std::numbers::pi / 2)
                return out_of_reach("p2");
            result["p2"] = json_number(std::pow(std::sin(at), 2));
        }
        return result;
    } else {
        const bool raise = alternative != Alternative::greater;
        const auto p2_at = [&](double distance) { return raise ? p1 + distance : p1 - distance; };
        const double most = (raise ? 1 - p1 : p1) * (1 - 1e-12);
        const auto distance = power::solve_rising(
            [&](double d) { return power::proportions_normal(plan.n, p1, p2_at(d), plan.alpha, alternative); },
            plan.power, 1e-12, most);
        if (!distance)
            return out_of_reach("p2");
        result["effect"] = json_number(p1 - p2_at(*distance));
        result["p2"] = json_number(p2_at(*distance));
        return result;
    }
    if (arcsine)
        result["effect_h"] = json_number(h);
    return result;
}

Page page_power_proportions()
{
    Page page;
    page.title = "Power of a comparison of two proportions";
    page.purpose = "Planning with an outcome that happens or not, such as completing a course.";
    page.when_not = "With expected counts below about five per cell the approximations are poor.";
    page.options = {{"p1", "fraction", "expected proportion in the first group"},
                    {"p2", "fraction", "expected proportion in the second group"},
                    {"n", "number from 1", "per group"},
                    {"approximation", "one of arcsine, normal",
                     "arcsine: both tails; normal: pooled variance under the null hypothesis, one tail",
                     "\"arcsine\""},
                    power_option(),
                    alpha_option(),
                    alternative_option(),
                    solve_option()};
    page.result = solved_results();
    page.result.push_back({"effect_h", "number", "arcsine: h = 2 arcsin√p1 − 2 arcsin√p2"});
    page.result.push_back({"p2", "fraction", "with solve_for effect and p1 given: the other proportion"});
    page.formula = "arcsine: $\\Phi(h\\sqrt{n/2}-z)+\\Phi(-h\\sqrt{n/2}-z)$; normal: "
                   "$\\Phi((\\sqrt n|p_1-p_2|-z\\sqrt{2\\bar p\\bar q})/\\sqrt{p_1q_1+p_2q_2})$.";
    page.sources = {"Cohen 1988, ch. 6", "Fleiss 1981, Statistical Methods for Rates and Proportions"};
    page.pitfalls = {plan_pitfall};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"power.proportions","data":{},"options":{"p1":0.6,"p2":0.4,"n":100}})";
    page.peer = "R pwr::pwr.2p.test; stats::power.prop.test";
    return page;
}

// --- clusters
// ----------------------------------------------------------------------------------------------------------

Outcome<json::object> run_power_cluster(Request& request)
{
    Plan plan =
        read_plan(request, "clusters_per_arm", {1, largest_plan, false, true}, {-largest_effect, largest_effect});
    const double size = request.required_number("cluster_size", {1, largest_plan});
    const double icc = request.required_number("icc", fraction);
    if (request.refused())
        return request.error();
    json::object result;
    const auto power_at = [&](double clusters, double d) {
        return power::cluster(clusters, size, icc, d, plan.alpha).power;
    };
    if (plan.solve == Solve::n) {
        if (plan.effect == 0)
            return no_effect();
        const auto n = power::solve_rising([&](double clusters) { return power_at(clusters, plan.effect); },
                                           plan.power, 2, largest_plan);
        if (!n)
            return out_of_reach("number of clusters");
        add_size(request, result, *n, 2);
        plan.n = *n;
    } else if (plan.solve == Solve::effect) {
        const auto effect = power::solve_rising([&](double d) { return power_at(plan.n, d); }, plan.power, 0, 1e4);
        if (!effect)
            return out_of_reach("effect");
        plan.effect = *effect;
        result["effect"] = json_number(plan.effect);
    }
    const power::ClusterPower answer = power::cluster(plan.n, size, icc, plan.effect, plan.alpha);
    result["design_effect"] = json_number(answer.design_effect);
    result["effective_n_per_arm"] = json_number(answer.effective_n_per_arm);
    result["df"] = json_number(answer.df);
    result["ncp"] = json_number(answer.noncentrality);
    result["power"] = json_number(answer.power);
    return result;
}

Page page_power_cluster()
{
    Page page;
    page.title = "Power with whole clusters";
    page.purpose = "Planning when schools, neighbourhoods or municipalities are compared, each with several persons.";
    page.when_not = "When persons are assigned one by one: power.t.";
    page.options = {
        {"clusters_per_arm", "number above 1", "clusters in each of two arms"},
        {"cluster_size", "number from 1", "persons per cluster"},
        {"icc", "fraction", "intraclass correlation: the share of the variance that lies between clusters"},
        {"effect", "standard deviations", "standardised difference d between persons"},
        power_option(),
        alpha_option(),
        solve_option()};
    page.result = {{"design_effect", "number ≥ 1", "1 + (m − 1)ρ"},
                   {"effective_n_per_arm", "number", "persons per arm divided by the design effect"},
                   {"df", "number", "2(J − 1)"},
                   {"ncp", "number", "noncentrality"},
                   {"power", "fraction", "both tails"},
                   {"n", "number", "with solve_for n: clusters per arm"},
                   {"n_ceiling", "number", "with solve_for n: clusters per arm"},
                   {"effect", "number", "with solve_for effect"}};
    page.formula =
        "$\\lambda = d/\\sqrt{2\\,\\mathrm{deff}/(Jm)}$, power from the noncentral t with 2(J − 1) degrees "
        "of freedom.";
    page.sources = {"Donner & Klar 2000, Design and Analysis of Cluster Randomization Trials"};
    page.pitfalls = {"More persons per cluster hardly help once m is above 1/ρ: more clusters do.", plan_pitfall};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"power.cluster","data":{},"options":{"clusters_per_arm":8,"cluster_size":10,"icc":0.1,"effect":0.5}})";
    page.peer = "R: the same formula with stats::pt";
    return page;
}

/// options.clusters_per_sequence: whole numbers, at least one of them positive.
std::vector<std::size_t> read_sequences(Request& request)
{
    std::vector<std::size_t> sequences;
    const json::value* value = request.require_option("clusters_per_sequence");
    if (!value)
        return sequences;
    const std::string path = "options.clusters_per_sequence";
    const json::array* list = value->if_array();
    if (!list || list->empty()) {
        request.refuse(
            invalid_option("clusters_per_sequence must be a list with a number for every sequence.", path));
        return sequences;
    }
    if (list->size() > 200) {
        request.refuse(too_large("A stepped wedge may have at most 200 sequences.", path));
        return sequences;
    }
    double total = 0;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const double number = (*list)[i].is_number() ? (*list)[i].to_number<double>() : -1;
        if (!(number >= 0) || number != std::floor(number)) {
            request.refuse(invalid_option("The number of clusters must be a whole number, not negative.",
                                          path + "[" + std::to_string(i) + "]"));
            return {};
        }
        total += number;
        if (total * static_cast<double>(list->size() + 1) > static_cast<double>(limits::observations)) {
            request.refuse(too_large("There are more than 1,000,000 cells.", path));
            return {};
        }
        sequences.push_back(static_cast<std::size_t>(number));
    }
    if (total < 1)
        request.refuse(invalid_option("There must be a cluster.", path));
    return sequences;
}

Outcome<json::object> run_power_stepped_wedge(Request& request)
{
    const Solve solve = read_solve(request);
    const double alpha = request.alpha();
    const std::vector<std::size_t> sequences = read_sequences(request);
    const bool binomial = request.choice<bool>("outcome", {{"gaussian", false}, {"binomial", true}}, false);
    power::SteppedWedge design;
    for (const std::size_t clusters : sequences)
        design.clusters_per_sequence.push_back(static_cast<double>(clusters));
    const Range mean = binomial ? open_fraction : any_number;
    const double mu0 = request.required_number("mu0", mean);
    const double mu1 = solve == Solve::effect ? mu0 : request.required_number("mu1", mean);
    if (solve == Solve::effect && request.has_option("mu1"))
        request.refuse(invalid_option("'mu1' is what solve_for asks for; leave it out.", "options.mu1"));
    design.n_per_cell = solve == Solve::n ? 1 : request.required_number("n_per_cell", {0, largest_plan, false, true});
    if (solve == Solve::n && request.has_option("n_per_cell"))
        request.refuse(
            invalid_option("'n_per_cell' is what solve_for asks for; leave it out.", "options.n_per_cell"));
    if (binomial && request.has_option("sigma"))
        request.refuse(invalid_option("A binomial outcome has its variance from its mean.", "options.sigma"));
    const double sigma = binomial ? 1 : request.required_number("sigma", positive);
    design.tau = request.number("tau", 0, {0, largest_effect});
    design.eta = request.number("eta", 0, {0, largest_effect});
    design.gamma = request.number("gamma", 0, {0, largest_effect});
    design.rho = request.number("rho", 0, {-1, 1});
    double target = 0;
    if (solve != Solve::power) {
        target = request.required_number("power", open_fraction);
        if (!request.refused() && target <= alpha)
            request.refuse(invalid_option("The power must be larger than alpha.", "options.power"));
    } else if (request.has_option("power")) {
        request.refuse(invalid_option("'power' is what solve_for asks for; leave it out.", "options.power"));
    }
    if (request.refused())
        return request.error();

    const auto with_effect = [&](double effect) {
        power::SteppedWedge at = design;
        const double middle = mu0 + effect / 2;
        at.residual_variance = binomial ? middle * (1 - middle) : sigma * sigma;
        return at;
    };
    if (const auto check = power::stepped_wedge_standard_error(with_effect(mu1 - mu0)); !check)
        return located(check.error(), "options");
    const auto power_at = [&](double n_per_cell, double effect) {
        power::SteppedWedge at = with_effect(effect);
        at.n_per_cell = n_per_cell;
        const auto error = power::stepped_wedge_standard_error(at);
        return error ? power::wald_power(effect, *error, alpha) : 0;
    };
    json::object result;
    double effect = mu1 - mu0;
    if (solve == Solve::n) {
        if (effect == 0)
            return invalid_option("Without a difference between mu0 and mu1 no n gives power.", "options.mu1");
        const auto n = power::solve_rising([&](double n_per_cell) { return power_at(n_per_cell, effect); }, target, 1,
                                           largest_plan);
        if (!n)
            return out_of_reach("n_per_cell (clusters differ too much; take more of them)");
        add_size(request, result, *n, 1);
        design.n_per_cell = *n;
    } else if (solve == Solve::effect) {
        const double most =
            binomial ? (1 - mu0) * (1 - 1e-9) : 1e6 * (sigma + design.tau + design.eta + design.gamma);
        const auto found =
            power::solve_rising([&](double size) { return power_at(design.n_per_cell, size); }, target, 0, most);
        if (!found)
            return out_of_reach("effect");
        effect = *found;
        result["effect"] = json_number(effect);
    }
    power::SteppedWedge at = with_effect(effect);
    at.n_per_cell = design.n_per_cell;
    const auto error = power::stepped_wedge_standard_error(at);
    if (!error)
        return located(error.error(), "options");
    result["power"] = json_number(power::wald_power(effect, *error, alpha));
    result["se"] = json_number(*error);
    result["theta"] = json_number(effect);
    return result;
}

Page page_power_stepped_wedge()
{
    Page page;
    page.title = "Power of a stepped wedge";
    page.purpose = "Planning a roll-out in steps: all clusters get the programme, some earlier than others.";
    page.when_not = "With fewer than about six clusters the normal approximation is too optimistic: use "
                    "power.simulate, and analyse with Satterthwaite or Kenward–Roger degrees of freedom.";
    page.options = {{"clusters_per_sequence", "list of whole numbers",
                     "one per sequence (S); there are S + 1 periods, "
                     "and one sequence crosses over at each step"},
                    {"n_per_cell", "number > 0", "persons per cluster and period"},
                    {"outcome", "one of gaussian, binomial", "binomial: σ² = μ̄(1 − μ̄)", "\"gaussian\""},
                    {"sigma", "number > 0", "gaussian: standard deviation of persons within a cell"},
                    {"mu0", "number", "mean without the programme"},
                    {"mu1", "number", "mean with it"},
                    {"tau", "number ≥ 0", "standard deviation between clusters", "0"},
                    {"eta", "number ≥ 0", "standard deviation of the effect between clusters", "0"},
                    {"gamma", "number ≥ 0", "standard deviation of cluster-periods", "0"},
                    {"rho", "−1 to 1", "correlation of cluster and effect", "0"},
                    power_option(),
                    alpha_option(),
                    solve_option()};
    page.result = {{"power", "fraction", "chance to find the effect"},
                   {"se", "number", "standard error of the effect"},
                   {"theta", "number", "the effect, mu1 − mu0"},
                   {"n", "number", "with solve_for n: persons per cell"},
                   {"n_ceiling", "number", "with solve_for n: persons per cell"},
                   {"effect", "number", "with solve_for effect: the smallest rise above mu0 with this power"}};
    page.formula = "Generalised least squares with a fixed effect per period; cell means of a cluster have "
                   "$V=(\\sigma^2/n+\\gamma^2)I+\\tau^2 11'+\\eta^2 xx'+\\rho\\tau\\eta(1x'+x1')$; power "
                   "$\\Phi(|\\theta|/se-z)+\\Phi(-|\\theta|/se-z)$.";
    page.sources = {"Hussey & Hughes 2007, doi:10.1016/j.cct.2006.05.007"};
    page.pitfalls = {"Leaving eta and gamma at 0 assumes the same effect everywhere: power is then an upper bound.",
                     plan_pitfall};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"power.stepped_wedge","data":{},"options":{"clusters_per_sequence":[2,2,2,2],"n_per_cell":10,"sigma":1,"mu0":0,"mu1":0.4,"tau":0.3}})";
    page.peer = "R swCRTdesign::swPwr (not in Debian); the script repeats the formula";
    return page;
}

Outcome<json::object> run_power_simulate(Request& request)
{
    const bool wedge =
        request.required_choice<bool>("design", {{"stepped_wedge", true}, {"cluster_randomised", false}});
    const auto analysis = request.choice<power::SimulationAnalysis>(
        "analysis",
        {{"lmm_z", power::SimulationAnalysis::lmm_z},
         {"cluster_means_t", power::SimulationAnalysis::cluster_means_t}},
        wedge ? power::SimulationAnalysis::lmm_z : power::SimulationAnalysis::cluster_means_t);
    const double alpha = request.alpha(), level = request.level();
    const double effect = request.required_number("effect", {-largest_effect, largest_effect});
    const std::size_t simulations = request.replicates("simulations", 2'000);
    const std::uint64_t seed = request.seed();
    const auto unused = [&](std::initializer_list<std::string_view> names) {
        for (const std::string_view name : names)
            if (request.has_option(name))
                request.refuse(invalid_option("'" + std::string(name) + "' does not belong to this design.",
                                              "options." + std::string(name)));
    };
    power::SimulatedSteppedWedge stepped;
    power::SimulatedClusters clusters;
    if (wedge) {
        unused({"clusters_per_arm", "cluster_size", "icc"});
        stepped.clusters_per_sequence = read_sequences(request);
        stepped.n_per_cell = static_cast<std::size_t>(request.required_integer("n_per_cell", 1, 1'000'000));
        stepped.sigma = request.number("sigma", 1, positive);
        stepped.tau = request.number("tau", 0, {0, largest_effect});
        stepped.effect = effect;
    } else {
        unused({"clusters_per_sequence", "n_per_cell", "sigma", "tau"});
        clusters.clusters_per_arm =
            static_cast<std::size_t>(request.required_integer("clusters_per_arm", 2, 500'000));
        clusters.cluster_size = static_cast<std::size_t>(request.required_integer("cluster_size", 1, 1'000'000));
        clusters.icc = request.required_number("icc", fraction);
        clusters.effect = effect;
    }
    if (request.refused())
        return request.error();
    const auto answer =
        wedge ? power::simulate(stepped, alpha, analysis, simulations, seed, level, request.execution())
              : power::simulate(clusters, alpha, analysis, simulations, seed, level, request.execution());
    if (!answer)
        return located(answer.error(), "options");
    if (answer->failed_fits > 0)
        request.warn("failed_fits", std::to_string(answer->failed_fits) +
                                        " data sets could not be analysed; they count as not found.");
    json::object result;
    result["power"] = json_number(answer->power);
    result["mc_se"] = json_number(answer->monte_carlo_se);
    result["ci_lo"] = json_number(answer->ci_lo);
    result["ci_hi"] = json_number(answer->ci_hi);
    result["failed_fits"] = answer->failed_fits;
    result["rejected"] = answer->rejected;
    result["simulations"] = answer->simulations;
    return result;
}

Page page_power_simulate()
{
    Page page;
    page.title = "Power by simulation";
    page.purpose = "Power of the analysis that will really be done, where no closed form holds: few clusters, mixed "
                   "models.";
    page.when_not = "For a t test or a cluster comparison the closed forms are exact and instant.";
    page.options = {{"design", "one of stepped_wedge, cluster_randomised", "what is simulated, with normal outcomes"},
                    {"clusters_per_sequence", "list of whole numbers", "stepped wedge: one per sequence"},
                    {"n_per_cell", "whole number from 1", "stepped wedge: persons per cluster and period"},
                    {"sigma", "number > 0", "stepped wedge: standard deviation of persons", "1"},
                    {"tau", "number ≥ 0", "stepped wedge: standard deviation between clusters", "0"},
                    {"clusters_per_arm", "whole number from 2", "cluster randomised: clusters in each of two arms"},
                    {"cluster_size", "whole number from 1", "cluster randomised: persons per cluster"},
                    {"icc", "fraction", "cluster randomised: share of the variance (in total 1) between clusters"},
                    {"effect", "number", "difference in means"},
                    {"analysis", "one of lmm_z, cluster_means_t",
                     "REML random intercept (with period effects) and |estimate/se| > z; or the pooled t test of "
                     "cluster means. Left out: lmm_z for a stepped wedge, else cluster_means_t"},
                    {"simulations", "1 to 1,000,000", "data sets", "2000"},
                    alpha_option(),
                    level_option(),
                    seed_option()};
    page.result = {{"power", "fraction", "share of data sets in which the effect was found"},
                   {"mc_se", "number", "Monte Carlo standard error"},
                   {"ci_lo", "fraction", "Wilson interval of the power"},
                   {"ci_hi", "fraction", "Wilson interval of the power"},
                   {"failed_fits", "whole number", "data sets that could not be analysed"},
                   {"rejected", "whole number", "data sets with a finding"},
                   {"simulations", "whole number", "data sets"}};
    page.formula = "Per data set a stream of Philox4x32-10 numbers, so that threads do not matter; normal numbers by "
                   "inversion. Cell means and the sum of squares within cells are drawn, which are sufficient.";
    page.sources = {"Green & MacLeod 2016, doi:10.1111/2041-210X.12504",
                    "Salmon et al. 2011, doi:10.1145/2063384.2063405"};
    page.pitfalls = {
        "|estimate/se| > z finds too much with few clusters: look at the power at effect 0, which should "
        "be alpha."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"power.simulate","data":{},"options":{"design":"stepped_wedge","clusters_per_sequence":[2,2,2,2],"n_per_cell":10,"sigma":1,"tau":0.3,"effect":0.4,"simulations":1000}})";
    page.peer = "R lme4::lmer in a loop; equal within Monte Carlo error only";
    return page;
}

} // namespace

void register_power(Registry& registry)
{
    registry.add({"power.t", page_power_t(), run_power_t, scripts::power_t});
    registry.add({"power.anova", page_power_anova(), run_power_anova, scripts::power_anova});
    registry.add({"power.correlation", page_power_correlation(), run_power_correlation, scripts::power_correlation});
    registry.add({"power.proportions", page_power_proportions(), run_power_proportions, scripts::power_proportions});
    registry.add({"power.cluster", page_power_cluster(), run_power_cluster, scripts::power_cluster});
    registry.add(
        {"power.stepped_wedge", page_power_stepped_wedge(), run_power_stepped_wedge, scripts::power_stepped_wedge});
    registry.add({"power.simulate", page_power_simulate(), run_power_simulate});
}

} // namespace beproefd::statistics::door
