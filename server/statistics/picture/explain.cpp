// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/picture/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beproefd::statistics::picture {

namespace json = boost::json;

namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

int decimals_for_estimate(double estimate, double lo, double hi)
{
    const double width = std::isfinite(hi - lo) && hi > lo ? hi - lo : std::max(std::abs(estimate), 1e-3);
    return static_cast<int>(std::clamp(std::ceil(-std::log10(width)) + 1, 0.0, 4.0));
}

/// The main estimate of a reply.
struct Estimate {
    double value = 0, lo = 0, hi = 0;
    bool interval = false;
    std::string n; ///< number of observations, when it is known
};

std::optional<std::size_t> length(const json::object& data, std::string_view name)
{
    const auto* value = data.if_contains(name);
    const auto* list = value ? value->if_array() : nullptr;
    if (!list)
        return std::nullopt;
    return static_cast<std::size_t>(
        std::count_if(list->begin(), list->end(), [](const json::value& item) { return !item.is_null(); }));
}

std::optional<Estimate> estimate_of(const Exchange& exchange)
{
    const auto from = [](const json::object& object, std::string_view value, std::string_view lo,
                         std::string_view hi) -> std::optional<Estimate> {
        const auto v = Exchange::number(object, value);
        if (!v)
            return std::nullopt;
        const auto l = Exchange::number(object, lo), h = Exchange::number(object, hi);
        return Estimate{*v, l.value_or(*v), h.value_or(*v), l && h, ""};
    };
    std::optional<Estimate> found;
    const auto& method = exchange.method();
    if (method == "meta.rma" || method == "meta.multilevel" || method == "meta.robust") {
        const auto* list = exchange.result().if_contains("coefficients");
        const auto* mean = exchange.coefficient("(intercept)");
        if (mean && list->as_array().size() == 1)
            found = from(*mean, "estimate", "ci_lo", "ci_hi");
        if (found)
            found->n = fmt::format("{:.0f}", static_cast<double>(length(exchange.data(), "yi").value_or(0)) -
                                                 exchange.number("n_dropped").value_or(0));
    } else if (method == "design.its") {
        if (const auto* step = exchange.coefficient("level_change"))
            found = from(*step, "estimate", "ci_lo", "ci_hi");
        if (found)
            found->n = fmt::format("{}", length(exchange.data(), "y").value_or(0));
    } else if (method == "survey.proportion") {
        found = from(exchange.result(), "estimate", "wilson_lo", "wilson_hi");
        if (found && !found->interval)
            found = from(exchange.result(), "estimate", "hypergeometric_lo", "hypergeometric_hi");
        if (found) {
            found->value *= 100, found->lo *= 100, found->hi *= 100;
            found->n = fmt::format("{:.0f}", Exchange::number(exchange.data(), "n").value_or(0));
        }
    } else if (method.starts_with("survey.")) {
        found = from(exchange.result(), "mean", "ci_lo", "ci_hi");
        if (found)
            found->n = fmt::format("{:.0f}", exchange.number("n").value_or(0));
    } else if (method == "reliability.alpha") {
        found = from(exchange.result(), "alpha", "ci_lo", "ci_hi");
    } else if (method == "cost.effectiveness") {
        found = from(exchange.result(), "inb", "inb_ci_lo", "inb_ci_hi");
        if (found)
            found->n = fmt::format("{:.0f}", exchange.number("n_treated").value_or(0) +
                                                 exchange.number("n_control").value_or(0));
    } else {
        found = from(exchange.result(), "estimate", "ci_lo", "ci_hi");
        for (const auto* column : {"pre", "y", "a"})
            if (found && found->n.empty())
                if (const auto n = length(exchange.data(), column))
                    found->n = fmt::format(
                        "{}", *n + (std::string_view(column) == "a" ? length(exchange.data(), "b").value_or(0) : 0));
    }
    return found;
}

/// Which sentences fit the method, and which design stands behind it.
std::string_view family(const std::string& method, const Exchange& exchange)
{
    if (method.starts_with("meta."))
        return "pooled";
    if (method == "design.did")
        return "did";
    if (method == "design.its")
        return "its";
    if (method == "design.stepped_wedge")
        return "stepped_wedge";
    if (method == "survey.proportion")
        return "share";
    if (method.starts_with("survey."))
        return "mean";
    if (method == "reliability.alpha")
        return "alpha";
    if (method == "cost.effectiveness")
        return "cost";
    if (exchange.data().if_contains("pre"))
        return "pre_post";
    return "groups";
}

std::string join(std::initializer_list<std::string> sentences)
{
    std::string all;
    for (const auto& sentence : sentences)
        if (!sentence.empty())
            all += (all.empty() ? "" : " ") + sentence;
    return all + "\n";
}

Outcome<std::string> explain_qca(const Exchange& exchange, const Texts& t)
{
    const auto* models = exchange.result().if_contains("models");
    if (!models || !models->is_array() || models->get_array().empty())
        return invalid_option("There are no sentences for this reply.", "request.method");
    const auto& list = models->get_array();
    const auto& first = list.front().as_object();
    const auto shown = [&](std::string_view name) {
        const auto value = Exchange::number(first, name);
        return value ? t.number(*value, 2) : std::string("–");
    };
    return join({t(list.size() == 1 ? "explain.qca.one" : "explain.qca.many",
                   {{"models", fmt::format("{}", list.size())},
                    {"expression", std::string(first.at("expression").as_string())},
                    {"n", t.number(exchange.number("n").value_or(0), 0)},
                    {"consistency", shown("consistency")},
                    {"coverage", shown("coverage")}}),
                 t("explain.qca.limit", {{"remainders", t.number(exchange.number("n_remainders").value_or(0), 0)}})});
}

Outcome<std::string> explain_power(const Exchange& exchange, const Texts& t)
{
    const auto power = exchange.number("power");
    const auto effect = Exchange::number(exchange.options(), "effect");
    const Values values{{"power", t.number(100 * power.value_or(0), 0)},
                        {"effect", effect ? t.number(*effect, 2) : "–"}};
    if (power)
        return join(
            {t(*power >= 0.795 ? "explain.power.enough" : "explain.power.short", values), t("explain.power.limit")});
    if (const auto n = exchange.number("n_ceiling"))
        return join({t("explain.power.n", {{"n", t.number(*n, 0)}, {"effect", effect ? t.number(*effect, 2) : "–"}}),
                     t("explain.power.limit")});
    if (const auto least = exchange.number("effect"))
        return join({t("explain.power.effect", {{"effect", t.number(*least, 2)}}), t("explain.power.limit")});
    return invalid_option("There are no sentences for this reply.", "request.method");
}

} // namespace

Outcome<std::string> explain(const Exchange& exchange, const Texts& t)
{
    const auto& method = exchange.method();
    if (method == "qca.minimize")
        return explain_qca(exchange, t);
    if (method.starts_with("power."))
        return explain_power(exchange, t);
    const auto found = estimate_of(exchange);
    if (!found)
        return invalid_option(fmt::format("There are no sentences for {} with this reply.", method),
                              "request.method");

    const auto kind = std::string(family(method, exchange));
    const int decimals = kind == "share" ? 0 : decimals_for_estimate(found->value, found->lo, found->hi);
    const Values values{{"outcome", exchange.context("outcome", t("outcome"))},
                        {"unit", exchange.context("unit", kind == "pooled" ? t("unit.effect") : t("unit.points"))},
                        {"design", exchange.context("design", t("design." + kind))},
                        {"estimate", t.number(found->value, decimals)},
                        {"lo", t.number(found->lo, decimals)},
                        {"hi", t.number(found->hi, decimals)},
                        {"n", found->n},
                        {"level", t.number(100 * exchange.level(), 0)}};

    const auto first =
        t("explain." + kind, values) + (found->interval ? t("explain.interval", values) : std::string("."));
    // What the interval leaves open, in the direction that people care about.
    std::string second;
    const bool judged = kind != "share" && kind != "mean" && kind != "alpha";
    if (judged && found->interval) {
        const auto better = exchange.higher_is_better();
        if (found->lo <= 0 && found->hi >= 0)
            second = t("explain.open", values);
        else if (better || kind == "cost")
            second =
                t((found->value > 0) == (kind == "cost" || *better) ? "explain.fits_better" : "explain.fits_worse",
                  values);
        else
            second = t("explain.fits_change", values);
    }
    std::string third = t("limit." + kind, values);
    if (kind == "pooled")
        if (const auto lo = exchange.number("pi_lo"), hi = exchange.number("pi_hi"); lo && hi)
            second +=
                " " + t("explain.prediction", {{"lo", t.number(*lo, decimals)}, {"hi", t.number(*hi, decimals)}});
    return join({first, second, third});
}

} // namespace beproefd::statistics::picture
