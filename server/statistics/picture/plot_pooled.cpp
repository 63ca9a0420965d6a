// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/distribution.hpp"
#include "statistics/picture/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beproefd::statistics::picture {

namespace {

struct Pooled {
    std::vector<double> yi, vi;
    std::vector<std::size_t> rows;
    double estimate = 0, lo = 0, hi = 0, tau2 = 0;
};

Outcome<Pooled> pooled(const Exchange& exchange)
{
    if (exchange.method() != "meta.rma")
        return invalid_option("This figure shows a meta.rma reply.", "request.method");
    const auto* mean = exchange.coefficient("(intercept)");
    const auto* list = exchange.result().if_contains("coefficients");
    if (!mean || !list || list->as_array().size() != 1)
        return invalid_option("This figure shows one pooled mean; the analysis has moderators.", "request.data.x");
    Pooled found;
    auto columns = exchange.columns({"yi", "vi"}, &found.rows);
    if (columns.empty() || columns[0].empty())
        return insufficient_data("The request has no effects and variances.", "request.data.yi");
    found.yi = std::move(columns[0]);
    found.vi = std::move(columns[1]);
    found.estimate = Exchange::number(*mean, "estimate").value_or(0);
    found.lo = Exchange::number(*mean, "ci_lo").value_or(found.estimate);
    found.hi = Exchange::number(*mean, "ci_hi").value_or(found.estimate);
    found.tau2 = exchange.number("tau2").value_or(0);
    return found;
}

std::string direction(const Exchange& exchange, const Texts& t, std::string_view name, std::string_view fallback)
{
    return exchange.context(name, t(fallback));
}

std::string finding(const Exchange& exchange, const Texts& t, const Pooled& found, int decimals)
{
    const auto better = exchange.higher_is_better();
    const bool above = found.lo > 0, below = found.hi < 0;
    std::string key = "forest.unclear";
    if ((above || below) && better)
        key = above == *better ? "forest.better" : "forest.worse";
    else if (above || below)
        key = above ? "forest.above" : "forest.below";
    return t(key, {{"outcome", exchange.context("outcome", t("outcome"))},
                   {"estimate", t.number(found.estimate, decimals)},
                   {"lo", t.number(found.lo, decimals)},
                   {"hi", t.number(found.hi, decimals)},
                   {"k", fmt::format("{}", found.yi.size())}});
}

} // namespace

Outcome<std::string> forest(const Exchange& exchange, const Texts& t)
{
    const auto read = pooled(exchange);
    if (!read)
        return read.error();
    const auto& found = *read;
    const std::size_t k = found.yi.size();
    if (k > 200)
        return too_large("A forest plot shows at most 200 studies.", "request.data.yi");
    const double z = distribution::normal_quantile(0.5 + exchange.level() / 2);
    const auto pi_lo = exchange.number("pi_lo"), pi_hi = exchange.number("pi_hi");

    // The scale shows every estimate, the mean and the prediction; longer intervals end in an arrow.
    double low = std::min({0.0, found.lo, pi_lo.value_or(found.lo)}),
           high = std::max({0.0, found.hi, pi_hi.value_or(found.hi)}), weights = 0, widest = 0;
    for (std::size_t i = 0; i < k; ++i) {
        low = std::min(low, found.yi[i]);
        high = std::max(high, found.yi[i]);
        weights += 1 / (found.vi[i] + found.tau2);
        widest = std::max(widest, 1 / (found.vi[i] + found.tau2));
    }
    const double reach = 0.35 * std::max(high - low, 1e-9);
    double shown_low = low, shown_high = high;
    for (std::size_t i = 0; i < k; ++i) {
        shown_low = std::min(shown_low, std::max(found.yi[i] - z * std::sqrt(found.vi[i]), low - reach));
        shown_high = std::max(shown_high, std::min(found.yi[i] + z * std::sqrt(found.vi[i]), high + reach));
    }
    const double left = 214, right = 496;
    const auto axis = axis_around(shown_low, shown_high, left, right);
    const int decimals = 2;

    Figure figure{exchange, t};
    auto& d = figure.drawing;
    double y = figure.begin(finding(exchange, t, found, decimals),
                            t("forest.subtitle", {{"outcome", exchange.context("outcome", t("outcome"))},
                                                  {"unit", exchange.context("unit", t("unit.effect"))},
                                                  {"k", fmt::format("{}", k)},
                                                  {"level", percent_level(exchange, t)}}));
    y += 14;
    d.text(24, y, t("forest.study"), Anchor::start, "b");
    d.text(646, y, t("forest.estimate", {{"level", percent_level(exchange, t)}}), Anchor::end, "b");
    d.text(736, y, t("forest.weight"), Anchor::end, "b");
    y += 8;
    d.line(24, y, 736, y, "rule");
    const double top = y, step = 26;
    const double bottom = top + step * static_cast<double>(k) + (pi_lo ? 66 : 40);
    for (const double tick : axis.ticks())
        d.line(axis(tick), top, axis(tick), bottom, tick == 0 ? "zero" : "grid");
    d.line(axis(found.estimate), top, axis(found.estimate), bottom, "dot");
    figure.table.push_back(
        {t("forest.study"), t("table.estimate"), t("table.lo"), t("table.hi"), t("forest.weight")});

    for (std::size_t i = 0; i < k; ++i) {
        y = top + step * (static_cast<double>(i) + 0.5) + 2;
        const double se = std::sqrt(found.vi[i]), lo = found.yi[i] - z * se, hi = found.yi[i] + z * se;
        const double weight = 1 / (found.vi[i] + found.tau2);
        const double from = std::max(axis(lo), left), to = std::min(axis(hi), right);
        auto label = exchange.label(found.rows[i]);
        d.text(24, y + 4.5, label);
        d.line(from, y, to, y, "ci");
        if (axis(lo) < left)
            d.path({{left - 2, y}, {left + 6, y - 4}, {left + 6, y + 4}}, true, "arrow");
        else
            d.line(from, y - 3, from, y + 3, "ci");
        if (axis(hi) > right)
            d.path({{right + 2, y}, {right - 6, y - 4}, {right - 6, y + 4}}, true, "arrow");
        else
            d.line(to, y - 3, to, y + 3, "ci");
        const double side = std::max(3.0, 15 * std::sqrt(weight / widest)); // area in proportion to weight
        d.rectangle(axis(found.yi[i]) - side / 2, y - side / 2, side, side, "data");
        const auto estimate = t.number(found.yi[i], decimals), lower = t.number(lo, decimals),
                   upper = t.number(hi, decimals), share = t.number(100 * weight / weights, 1);
        d.text(646, y + 4.5, t("interval", {{"estimate", estimate}, {"lo", lower}, {"hi", upper}}), Anchor::end);
        d.text(736, y + 4.5, share + "%", Anchor::end);
        figure.table.push_back({label, estimate, lower, upper, share});
    }
    y = top + step * static_cast<double>(k) + 4;
    d.line(24, y, 736, y, "grid");
    y += 20;
    d.text(24, y + 4.5, t("forest.together"), Anchor::start, "b");
    d.path({{axis(found.lo), y}, {axis(found.estimate), y - 8}, {axis(found.hi), y}, {axis(found.estimate), y + 8}},
           true, "diamond");
    const Row mean{t("forest.together"), t.number(found.estimate, decimals), t.number(found.lo, decimals),
                   t.number(found.hi, decimals), "100"};
    d.text(646, y + 4.5, t("interval", {{"estimate", mean[1]}, {"lo", mean[2]}, {"hi", mean[3]}}), Anchor::end, "b");
    figure.table.push_back(mean);
    if (pi_lo && pi_hi) {
        y += 27;
        d.text(24, y + 4.5, t("forest.prediction"));
        d.rectangle(std::max(axis(*pi_lo), left), y - 3.5,
                    std::min(axis(*pi_hi), right) - std::max(axis(*pi_lo), left), 7, "pi");
        d.text(646, y + 4.5, t("range", {{"lo", t.number(*pi_lo, decimals)}, {"hi", t.number(*pi_hi, decimals)}}),
               Anchor::end);
        figure.table.push_back(
            {t("forest.prediction"), "", t.number(*pi_lo, decimals), t.number(*pi_hi, decimals), ""});
    }
    d.line(left, bottom, right, bottom, "rule");
    for (const double tick : axis.ticks())
        d.text(axis(tick), bottom + 18, t.number(tick, Texts::decimals_for(axis.step())), Anchor::middle, "f");
    const bool right_better = exchange.higher_is_better().value_or(true);
    d.text(axis(0) - 10, bottom + 38,
           "← " + direction(exchange, t, "left_means", right_better ? "forest.less_good" : "forest.good"),
           Anchor::end, "f");
    d.text(axis(0) + 10, bottom + 38,
           direction(exchange, t, "right_means", right_better ? "forest.good" : "forest.less_good") + " →",
           Anchor::start, "f");

    const double tau = std::sqrt(found.tau2);
    std::string spread = t("forest.spread", {{"tau2", t.number(found.tau2, 3)},
                                             {"tau", t.number(tau, 2)},
                                             {"i2", t.number(exchange.number("i2").value_or(0), 0)}});
    if (const auto a = exchange.number("tau2_ci_lo"), b = exchange.number("tau2_ci_hi"); a && b)
        spread += t("forest.spread_ci", {{"lo", t.number(*a, 3)},
                                         {"hi", t.number(*b, 3)},
                                         {"i2lo", t.number(exchange.number("i2_ci_lo").value_or(0), 0)},
                                         {"i2hi", t.number(exchange.number("i2_ci_hi").value_or(0), 0)}});
    d.text(24, bottom + 64, spread, Anchor::start, "f");
    return figure.end(bottom + 72, t("forest.note"));
}

Outcome<std::string> funnel(const Exchange& exchange, const Texts& t)
{
    const auto read = pooled(exchange);
    if (!read)
        return read.error();
    const auto& found = *read;
    const std::size_t k = found.yi.size();
    double most = 0;
    for (const double v : found.vi)
        most = std::max(most, std::sqrt(v));
    most *= 1.08;
    double low = found.estimate - 1.96 * most, high = found.estimate + 1.96 * most;
    for (const double y : found.yi) {
        low = std::min(low, y);
        high = std::max(high, y);
    }
    Figure figure{exchange, t};
    auto& d = figure.drawing;
    const double top = figure.begin(k < 10 ? t("funnel.few", {{"k", fmt::format("{}", k)}})
                                           : t("funnel.title", {{"k", fmt::format("{}", k)}}),
                                    t("funnel.subtitle")) +
                       20;
    const double bottom = top + 320;
    const auto x = axis_around(low, high, 90, 720);
    const Axis y{0, most, top, bottom}; // the most precise studies at the top
    d.path({{x(found.estimate), y(0)},
            {x(found.estimate - 1.96 * most), y(most)},
            {x(found.estimate + 1.96 * most), y(most)}},
           true, "band");
    horizontal_axis(d, t, x, top, bottom, exchange.context("outcome", t("outcome")));
    for (const double tick : y.ticks()) {
        d.line(84, y(tick), 90, y(tick), "hair");
        d.text(78, y(tick) + 4.5, t.number(tick, Texts::decimals_for(y.step())), Anchor::end, "f");
    }
    d.text(24, top - 10, t("funnel.se"), Anchor::start, "f");
    d.line(x(found.estimate), top, x(found.estimate), bottom, "dash");
    figure.table.push_back({t("forest.study"), t("table.estimate"), t("table.se")});
    for (std::size_t i = 0; i < k; ++i) {
        d.circle(x(found.yi[i]), y(std::sqrt(found.vi[i])), 5.5, "data");
        figure.table.push_back(
            {exchange.label(found.rows[i]), t.number(found.yi[i], 3), t.number(std::sqrt(found.vi[i]), 3)});
    }
    return figure.end(bottom + 46, t("funnel.note"));
}

} // namespace beproefd::statistics::picture
