// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/picture/parts.hpp"
#include "statistics/power/power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace beproefd::statistics::picture {

namespace {

struct Plan {
    std::function<double(double n, double d)> power;
    double planned = 0;
    double least = 2; ///< smallest n that can be analysed
    std::string_view axis;
};

Outcome<Plan> plan_of(const Exchange& exchange)
{
    const auto& options = exchange.options();
    const double alpha = Exchange::number(options, "alpha").value_or(0.05);
    const auto word = [&](std::string_view name, std::string_view fallback) {
        const auto* value = options.if_contains(name);
        return value && value->is_string() ? std::string(value->get_string()) : std::string(fallback);
    };
    if (exchange.method() == "power.t") {
        const auto type = word("type", "two_sample");
        const auto test = type == "paired"       ? power::TTest::paired
                          : type == "one_sample" ? power::TTest::one_sample
                                                 : power::TTest::two_sample;
        const auto side =
            word("alternative", "two_sided") == "two_sided" ? Alternative::two_sided : Alternative::greater;
        if (options.if_contains("n2"))
            return invalid_option("The curve is drawn for groups of one size.", "request.options.n2");
        return Plan{[=](double n, double d) { return power::t_test(test, n, std::nullopt, d, alpha, side); },
                    Exchange::number(options, "n").value_or(exchange.number("n").value_or(20)), 2,
                    test == power::TTest::two_sample ? "power.per_group" : "power.persons"};
    }
    if (exchange.method() == "power.cluster") {
        const auto size = Exchange::number(options, "cluster_size"), icc = Exchange::number(options, "icc"),
                   arms = Exchange::number(options, "clusters_per_arm");
        if (!size || !icc)
            return invalid_option("The size of the clusters or their correlation is not there.", "request.options");
        return Plan{[=](double n, double d) { return power::cluster(n, *size, *icc, d, alpha).power; },
                    arms.value_or(exchange.number("clusters_per_arm").value_or(8)), 2, "power.clusters"};
    }
    return invalid_option("This figure shows a power.t or power.cluster request.", "request.method");
}

} // namespace

Outcome<std::string> power_curve(const Exchange& exchange, const Texts& t)
{
    const auto plan = plan_of(exchange);
    if (!plan)
        return plan.error();
    const double n = plan->planned;
    const auto effect =
        Exchange::number(exchange.options(), "effect").value_or(exchange.number("effect").value_or(0.3));
    const double here = plan->power(n, effect);
    const double most = std::max(n * 2, plan->least + 8);

    Figure figure{exchange, t};
    auto& d = figure.drawing;
    const double top = figure.begin(t(here >= 0.795 ? "power.enough" : "power.short",
                                      {{"n", t.number(n, n == std::floor(n) ? 0 : 1)},
                                       {"unit", t(plan->axis)},
                                       {"d", t.number(effect, 2)},
                                       {"power", t.number(100 * here, 0)}}),
                                    t("power.subtitle")) +
                       24;
    const double bottom = top + 320;
    const Axis x{plan->least, most, 90, 640}, y{0, 1, bottom, top};
    for (const double tick : {0.0, 0.2, 0.4, 0.6, 0.8, 1.0}) {
        d.line(90, y(tick), 640, y(tick), "grid");
        d.text(82, y(tick) + 4.5, t.number(100 * tick, 0) + "%", Anchor::end, "f");
    }
    d.text(24, top - 12, t("power.axis"), Anchor::start, "f");
    for (const double tick : x.ticks(8))
        d.text(x(tick), bottom + 18, t.number(tick, 0), Anchor::middle, "f");
    d.text(365, bottom + 37, t(plan->axis), Anchor::middle, "f");
    d.line(90, y(0.8), 640, y(0.8), "dot");
    d.text(646, y(0.8) + 4.5, "80%", Anchor::start, "f");

    std::vector<double> effects{0.2, 0.3, 0.5};
    if (std::none_of(effects.begin(), effects.end(), [&](double e) { return std::abs(e - effect) < 1e-9; }))
        effects.push_back(effect);
    std::sort(effects.begin(), effects.end());
    figure.table.push_back({t(plan->axis)});
    for (const double e : effects)
        figure.table.front().push_back("d = " + t.number(e, 2));
    double last_label = 1e9;
    for (const double e : effects) {
        std::vector<std::pair<double, double>> points;
        for (int i = 0; i <= 80; ++i) {
            const double at = plan->least + (most - plan->least) * i / 80;
            points.emplace_back(x(at), y(plan->power(at, e)));
        }
        const bool own = std::abs(e - effect) < 1e-9;
        d.path(points, false, own ? "bold" : e < effect ? "dash" : "ci");
        const double label = std::min(points.back().second + 4.5, last_label - 17);
        d.text(682, label, "d = " + t.number(e, 2), Anchor::start, own ? "b" : "f");
        d.line(641, points.back().second, 679, label - 4.5, "hair");
        last_label = label;
    }
    for (int i = 0; i <= 8; ++i) {
        const double at = std::round(plan->least + (most - plan->least) * i / 8);
        Row row{t.number(at, 0)};
        for (const double e : effects)
            row.push_back(t.number(plan->power(at, e), 3));
        figure.table.push_back(std::move(row));
    }
    d.line(x(n), y(here), x(n), bottom, "hair");
    d.circle(x(n), y(here), 6.5, "data");
    d.text(x(n) - 8, y(here) - 13, t("power.here", {{"power", t.number(100 * here, 0)}}), Anchor::end, "b o");
    return figure.end(bottom + 46, t("power.note"));
}

Outcome<std::string> attrition(const Exchange& exchange, const Texts& t)
{
    const auto* steps = exchange.context_member("steps");
    if (!steps || !steps->is_array() || steps->get_array().size() < 2)
        return invalid_option("This figure needs a list context.steps of {label, n}.", "request.context.steps");
    struct Step {
        std::string label, reason;
        double n = 0;
    };
    std::vector<Step> flow;
    for (std::size_t i = 0; i < steps->get_array().size(); ++i) {
        const auto* step = steps->get_array()[i].if_object();
        const auto n = step ? Exchange::number(*step, "n") : std::nullopt;
        const auto* label = step ? step->if_contains("label") : nullptr;
        const auto path = fmt::format("request.context.steps[{}]", i);
        if (!n || !label || !label->is_string() || *n < 0)
            return invalid_data("A step has a label and a number that is not below zero.", path);
        if (!flow.empty() && *n > flow.back().n)
            return invalid_data("A later step cannot have more people than the one before.", path);
        const auto* reason = step->if_contains("reason");
        flow.push_back({std::string(label->get_string()),
                        reason && reason->is_string() ? std::string(reason->get_string()) : "", *n});
    }
    if (flow.size() > 12 || flow.front().n == 0)
        return invalid_data("An attrition figure has up to twelve steps and starts with at least one person.",
                            "request.context.steps");
    const double kept = 100 * flow.back().n / flow.front().n;

    Figure figure{exchange, t};
    auto& d = figure.drawing;
    double y = figure.begin(t("attrition.title", {{"last", t.number(flow.back().n, 0)},
                                                  {"first", t.number(flow.front().n, 0)},
                                                  {"percent", t.number(kept, 0)}}),
                            exchange.context("title", t("attrition.subtitle"))) +
               6;
    const double full = 420, height = 40;
    figure.table.push_back({t("attrition.step"), t("attrition.n"), t("attrition.lost"), t("attrition.reason")});
    for (std::size_t i = 0; i < flow.size(); ++i) {
        const auto& step = flow[i];
        const double width = full * step.n / flow.front().n;
        const double lost = i == 0 ? 0 : flow[i - 1].n - step.n, lost_width = full * lost / flow.front().n;
        d.text(24, y + 14, step.label, Anchor::start, "b");
        d.rectangle(24, y + 22, width, height - 18, "pale");
        if (lost > 0)
            d.rectangle(24 + width, y + 22, lost_width, height - 18, "lost");
        std::string words = t.number(step.n, 0);
        d.text(32, y + 38, words, Anchor::start, "b");
        if (lost > 0)
            d.text(24 + width + lost_width + 10, y + 38,
                   t("attrition.out", {{"n", t.number(lost, 0)},
                                       {"reason", step.reason.empty() ? t("attrition.unknown") : step.reason}}),
                   Anchor::start, "f");
        figure.table.push_back({step.label, words, t.number(lost, 0), step.reason});
        y += height + 22;
    }
    return figure.end(y, t(kept < 60 ? "attrition.note.low" : "attrition.note"));
}

} // namespace beproefd::statistics::picture
