// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/distribution.hpp"
#include "statistics/picture/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beproefd::statistics::picture {

namespace {

struct Summary {
    double mean = 0, lo = 0, hi = 0;
};

Summary summary(const std::vector<double>& values, double level)
{
    const auto n = static_cast<double>(values.size());
    double mean = 0, squares = 0;
    for (const double value : values)
        mean += value / n;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    if (values.size() < 2)
        return {mean, mean, mean};
    const double half = distribution::t_quantile(0.5 + level / 2, n - 1) * std::sqrt(squares / (n - 1) / n);
    return {mean, mean - half, mean + half};
}

void whisker(Drawing& d, double x, const Axis& y, const Summary& s, std::string_view style)
{
    d.line(x, y(s.lo), x, y(s.hi), "ci");
    d.line(x - 6, y(s.lo), x + 6, y(s.lo), "ci");
    d.line(x - 6, y(s.hi), x + 6, y(s.hi), "ci");
    d.circle(x, y(s.mean), 6, style);
}

/// One more digit than the data have.
int decimals_of(const std::vector<double>& values)
{
    for (int digits = 0; digits < 3; ++digits) {
        const double scale = std::pow(10, digits);
        if (std::all_of(values.begin(), values.end(),
                        [&](double v) { return std::abs(v * scale - std::round(v * scale)) < 1e-6; }))
            return digits + 1;
    }
    return 3;
}

} // namespace

Outcome<std::string> pre_post(const Exchange& exchange, const Texts& t)
{
    std::vector<std::size_t> rows;
    const auto columns = exchange.columns({"pre", "post"}, &rows);
    if (columns.empty() || columns[0].empty())
        return invalid_option("This figure shows an analysis of pre and post.", "request.data.pre");
    const auto &pre = columns[0], &post = columns[1];
    const std::size_t n = pre.size();
    const double level = exchange.level();
    const auto before = summary(pre, level), after = summary(post, level);
    std::vector<double> change;
    for (std::size_t i = 0; i < n; ++i)
        change.push_back(post[i] - pre[i]);
    const auto difference = summary(change, level);
    auto all = pre;
    all.insert(all.end(), post.begin(), post.end());
    const int decimals = decimals_of(all);

    Figure figure{exchange, t};
    auto& d = figure.drawing;
    const auto better = exchange.higher_is_better();
    const std::string key = difference.lo <= 0 && difference.hi >= 0 ? "pre_post.unclear"
                            : difference.mean > 0                    ? "pre_post.up"
                                                                     : "pre_post.down";
    const double top = figure.begin(t(key, {{"outcome", exchange.context("outcome", t("outcome"))},
                                            {"change", t.number(std::abs(difference.mean), decimals)},
                                            {"lo", t.number(difference.lo, decimals)},
                                            {"hi", t.number(difference.hi, decimals)}}),
                                    t("pre_post.subtitle", {{"n", fmt::format("{}", n)},
                                                            {"unit", exchange.context("unit", t("unit.points"))},
                                                            {"level", percent_level(exchange, t)}})) +
                       24;
    const double bottom = top + 330;
    auto y = axis_around(*std::min_element(all.begin(), all.end()), *std::max_element(all.begin(), all.end()), bottom,
                         top);
    vertical_axis(d, t, y, 84, 500, exchange.context("unit", t("unit.points")));
    const double x1 = 170, x2 = 420;
    figure.table.push_back({t("case"), t("before"), t("after"), t("change")});
    if (n <= 40)
        for (std::size_t i = 0; i < n; ++i) {
            d.line(x1, y(pre[i]), x2, y(post[i]), "fine");
            d.circle(x1, y(pre[i]), 3, "pale");
            d.circle(x2, y(post[i]), 3, "pale");
            figure.table.push_back({exchange.label(rows[i]), t.number(pre[i], decimals - 1),
                                    t.number(post[i], decimals - 1), t.number(change[i], decimals - 1)});
        }
    d.line(x1 - 26, y(before.mean), x2 + 26, y(after.mean), "bold");
    whisker(d, x1 - 26, y, before, "data");
    whisker(d, x2 + 26, y, after, "data");
    figure.table.push_back({t("mean"), t.number(before.mean, decimals), t.number(after.mean, decimals),
                            t.number(difference.mean, decimals)});
    d.text(x1, bottom + 20, t("before"), Anchor::middle, "b");
    d.text(x2, bottom + 20, t("after"), Anchor::middle, "b");
    d.text(x2 + 40, y(after.mean) + 5, t.number(after.mean, decimals), Anchor::start, "b");
    d.text(x1 - 40, y(before.mean) + 5, t.number(before.mean, decimals), Anchor::end, "b");

    // The change itself, beside the lines: the picture of two means hides how they belong together.
    std::size_t up = 0, down = 0;
    for (const double c : change) {
        up += c > 0;
        down += c < 0;
    }
    double side = top + 30;
    const auto say = [&](std::string_view words, std::string_view style) {
        side = d.paragraph(534, side, 202, words, style, 19) + 8;
    };
    say(t("pre_post.change"), "b");
    say(t("interval_words", {{"estimate", t.number(difference.mean, decimals)},
                             {"lo", t.number(difference.lo, decimals)},
                             {"hi", t.number(difference.hi, decimals)}}),
        "t");
    say(t("pre_post.count", {{"up", fmt::format("{}", up)},
                             {"down", fmt::format("{}", down)},
                             {"same", fmt::format("{}", n - up - down)}}),
        "t");
    if (better)
        say(t(*better ? "higher_better" : "lower_better"), "s");
    return figure.end(bottom + 34, t("pre_post.note"));
}

Outcome<std::string> interrupted_series(const Exchange& exchange, const Texts& t)
{
    if (exchange.method() != "design.its")
        return invalid_option("This figure shows a design.its reply.", "request.method");
    std::vector<std::size_t> rows;
    const auto columns = exchange.columns({"y"}, &rows);
    const auto start = Exchange::number(exchange.options(), "start");
    const auto value = [&](std::string_view name) {
        const auto* c = exchange.coefficient(name);
        return c ? Exchange::number(*c, "estimate").value_or(0) : 0;
    };
    const auto* level = exchange.coefficient("level_change");
    if (columns.empty() || !start || !level || !exchange.coefficient("time"))
        return invalid_option("The series, its start or its level change is not there.", "request.options.start");
    const bool counts = exchange.options().if_contains("family") && exchange.options().at("family").is_string() &&
                        exchange.options().at("family").get_string() == "quasipoisson";
    if (exchange.data().if_contains("exposure"))
        return invalid_option("A series with exposure cannot be drawn as counts; leave exposure out for the figure.",
                              "request.data.exposure");
    const auto& y = columns[0];
    const auto n = static_cast<double>(y.size());
    if (y.size() < 2 || !(*start >= 2 && *start <= n))
        return invalid_option("The start lies outside the series.", "request.options.start");
    const double intercept = value("(intercept)"), slope = value("time"), step = value("level_change"),
                 turn = value("slope_change");
    const auto predicted = [&](double time, bool with) {
        const double eta = intercept + slope * time + (with ? step + turn * (time - *start) : 0);
        return counts ? std::exp(eta) : eta;
    };
    double low = *std::min_element(y.begin(), y.end()), high = *std::max_element(y.begin(), y.end());
    for (const bool with : {false, true})
        for (const double at : {*start, n}) {
            low = std::min(low, predicted(at, with));
            high = std::max(high, predicted(at, with));
        }
    if (low > 0 && low < 0.4 * high)
        low = 0;
    double lo = Exchange::number(*level, "ci_lo").value_or(0), hi = Exchange::number(*level, "ci_hi").value_or(0);
    double shown = step;
    int decimals = decimals_of(y);
    if (counts) {
        lo = std::exp(lo), hi = std::exp(hi), shown = std::exp(step);
        decimals = 2;
    }
    const double none = counts ? 1 : 0;
    const std::string key = lo <= none && hi >= none ? "its.unclear" : shown > none ? "its.up" : "its.down";

    Figure figure{exchange, t};
    auto& d = figure.drawing;
    const double top = figure.begin(t(counts ? key + ".ratio" : key,
                                      {{"outcome", exchange.context("outcome", t("outcome"))},
                                       {"change", t.number(counts ? shown : std::abs(shown), decimals)},
                                       {"lo", t.number(lo, decimals)},
                                       {"hi", t.number(hi, decimals)}}),
                                    t("its.subtitle", {{"before", fmt::format("{}", static_cast<int>(*start) - 1)},
                                                       {"after", fmt::format("{}", static_cast<int>(n - *start) + 1)},
                                                       {"unit", exchange.context("unit", t("unit.points"))},
                                                       {"level", percent_level(exchange, t)}})) +
                       24;
    const double bottom = top + 320;
    const double right = 580; // beside it the names of both lines
    const Axis x{0.5, n + 0.5, 84, right};
    auto axis = axis_around(low, high, bottom, top);
    if (low == 0)
        axis.low = 0;
    const double here = x(*start - 0.5);
    d.rectangle(here, top, right - here, bottom - top, "mist");
    vertical_axis(d, t, axis, 84, right, exchange.context("unit", t("unit.points")));
    for (const double tick : x.ticks(8))
        if (tick >= 1)
            d.text(x(tick), bottom + 18, t.number(tick, 0), Anchor::middle, "f");
    d.text((84 + right) / 2, bottom + 37, t("its.time"), Anchor::middle, "f");
    d.line(here, top - 6, here, bottom, "rule");
    d.text(here + 7, top + 12, t("its.start"), Anchor::start, "b");
    const auto curve = [&](double from, double to, bool with) {
        std::vector<std::pair<double, double>> points;
        for (int i = 0; i <= 40; ++i) {
            const double time = from + (to - from) * i / 40;
            points.emplace_back(x(time), axis(predicted(time, with)));
        }
        return points;
    };
    d.path(curve(*start, n, false), false, "dash");
    d.path(curve(1, *start - 1, false), false, "bold");
    d.path(curve(*start, n, true), false, "bold");
    figure.table.push_back({t("its.time"), t("observed"), t("fitted"), t("its.without")});
    for (std::size_t i = 0; i < y.size(); ++i) {
        const double time = static_cast<double>(rows[i]) + 1;
        d.circle(x(time), axis(y[i]), 4, "data");
        figure.table.push_back({t.number(time, 0), t.number(y[i], decimals - 1),
                                t.number(predicted(time, time >= *start), decimals),
                                time >= *start ? t.number(predicted(time, false), decimals) : ""});
    }
    // Names at the line ends, pushed apart where they would meet.
    const double end_with = axis(predicted(n, true)), end_without = axis(predicted(n, false));
    const double gap = 46, middle = (end_with + end_without) / 2;
    const bool with_above = end_with < end_without, close = std::abs(end_with - end_without) < gap;
    const double at_with = close ? middle + (with_above ? -gap : gap) / 2 : end_with,
                 at_without = close ? middle + (with_above ? gap : -gap) / 2 : end_without;
    d.paragraph(right + 12, at_with + 5, 148, t("its.fitted"), "b", 18);
    d.paragraph(right + 12, at_without + 5, 148, t("its.without"), "t", 18);
    return figure.end(bottom + 46, t("its.note"));
}

Outcome<std::string> difference_in_differences(const Exchange& exchange, const Texts& t)
{
    const auto* means = exchange.result().if_contains("means");
    const auto estimate = exchange.number("estimate");
    if (exchange.method() != "design.did" || !means || !means->is_object() || !estimate)
        return invalid_option("This figure shows a design.did reply.", "request.method");
    const auto mean = [&](std::string_view name) { return Exchange::number(means->get_object(), name).value_or(0); };
    const double c0 = mean("control_pre"), c1 = mean("control_post"), t0 = mean("treated_pre"),
                 t1 = mean("treated_post");
    const double expected = t0 + c1 - c0;
    const double lo = exchange.number("ci_lo").value_or(*estimate), hi = exchange.number("ci_hi").value_or(*estimate);
    const auto [low, high] = std::minmax({c0, c1, t0, t1, expected});
    const int decimals = std::max(1, Texts::decimals_for((high - low) / 50));
    const std::string key = lo <= 0 && hi >= 0 ? "did.unclear" : *estimate > 0 ? "did.up" : "did.down";

    Figure figure{exchange, t};
    auto& d = figure.drawing;
    const double top = figure.begin(t(key, {{"outcome", exchange.context("outcome", t("outcome"))},
                                            {"change", t.number(std::abs(*estimate), decimals)},
                                            {"lo", t.number(lo, decimals)},
                                            {"hi", t.number(hi, decimals)}}),
                                    t("did.subtitle", {{"unit", exchange.context("unit", t("unit.points"))},
                                                       {"level", percent_level(exchange, t)}})) +
                       24;
    const double bottom = top + 300, x0 = 150, x1 = 470;
    const auto y = axis_around(low - 0.15 * (high - low), high + 0.15 * (high - low), bottom, top);
    vertical_axis(d, t, y, 84, 520, exchange.context("unit", t("unit.points")));
    d.line(x0, y(t0), x1, y(expected), "dash");
    d.line(x0, y(c0), x1, y(c1), "bold2");
    d.line(x0, y(t0), x1, y(t1), "bold");
    d.circle(x1, y(expected), 5, "open");
    for (const auto& [x, value] : {std::pair{x0, c0}, {x1, c1}})
        d.circle(x, y(value), 6, "data2");
    for (const auto& [x, value] : {std::pair{x0, t0}, {x1, t1}})
        d.circle(x, y(value), 6, "data");
    d.text(x0, bottom + 20, t("before"), Anchor::middle, "b");
    d.text(x1, bottom + 20, t("after"), Anchor::middle, "b");

    // Three labels at the right, pushed apart where they would overlap.
    struct Label {
        double y;
        std::string words;
        std::string_view style;
    };
    std::vector<Label> labels{{y(t1), t("did.treated", {{"value", t.number(t1, decimals)}}), "b"},
                              {y(expected), t("did.expected", {{"value", t.number(expected, decimals)}}), "t"},
                              {y(c1), t("did.control", {{"value", t.number(c1, decimals)}}), "t"}};
    std::sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.y < b.y; });
    for (std::size_t i = 1; i < labels.size(); ++i)
        labels[i].y = std::max(labels[i].y, labels[i - 1].y + 20);
    for (const auto& label : labels)
        d.text(534, label.y + 5, label.words, Anchor::start, label.style);
    if (std::abs(y(t1) - y(expected)) > 14) {
        d.line(x1 + 18, y(t1), x1 + 18, y(expected), "ci");
        d.line(x1 + 14, y(t1), x1 + 22, y(t1), "ci");
        d.line(x1 + 14, y(expected), x1 + 22, y(expected), "ci");
    }
    // What the bracket measures, where no label stands.
    const double middle = (y(t1) + y(expected)) / 2;
    if (std::all_of(labels.begin(), labels.end(),
                    [&](const Label& label) { return std::abs(label.y - middle) > 18; }))
        d.text(534, middle + 5, t("did.difference", {{"value", t.number(*estimate, decimals)}}), Anchor::start, "t");
    figure.table = {{"", t("before"), t("after")},
                    {t("did.treated_name"), t.number(t0, decimals), t.number(t1, decimals)},
                    {t("did.control_name"), t.number(c0, decimals), t.number(c1, decimals)},
                    {t("did.expected_name"), t.number(t0, decimals), t.number(expected, decimals)},
                    {t("did.difference_name"), "", t.number(*estimate, decimals)}};
    return figure.end(bottom + 34, t("did.note"));
}

} // namespace beproefd::statistics::picture
