// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/picture/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace beproefd::statistics::picture {

namespace json = boost::json;

namespace {

std::string text_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

/// Names of the conditions of the request.
std::vector<std::string> condition_names(const Exchange& exchange)
{
    std::vector<std::string> names;
    if (const auto* list = exchange.data().if_contains("conditions"); list && list->is_array())
        for (const auto& item : list->get_array())
            if (const auto* condition = item.if_object())
                names.push_back(text_of(*condition, "name"));
    return names;
}

std::string outcome_name(const Exchange& exchange)
{
    const auto* outcome = exchange.data().if_contains("outcome");
    auto name = outcome && outcome->is_object() ? text_of(outcome->get_object(), "name") : std::string{};
    if (const auto* negate = exchange.options().if_contains("negate_outcome");
        negate && negate->is_bool() && negate->get_bool())
        name = "~" + name;
    return name;
}

} // namespace

Outcome<std::string> qca_xy(const Exchange& exchange, const Texts& t)
{
    const auto* membership = exchange.result().if_contains("membership");
    const auto* outcome = exchange.data().if_contains("outcome");
    if (exchange.method() != "qca.fit" || !membership || !membership->is_array() || !outcome || !outcome->is_object())
        return invalid_option("This figure shows a qca.fit reply.", "request.method");
    if (exchange.number("n_dropped").value_or(0) > 0)
        return invalid_option(
            "Some cases were left out of the analysis, so they cannot be matched; leave them out of "
            "the request.",
            "reply.result.n_dropped");
    const auto* values = outcome->get_object().if_contains("values");
    if (!values || !values->is_array() || values->get_array().size() != membership->get_array().size())
        return invalid_data("The outcome and the memberships differ in length.", "request.data.outcome");
    const bool negate = outcome_name(exchange).starts_with('~');
    const bool necessity = text_of(exchange.options(), "relation") == "necessity";
    std::vector<double> x, y;
    for (std::size_t i = 0; i < values->get_array().size(); ++i) {
        x.push_back(membership->get_array()[i].to_number<double>());
        const double value = values->get_array()[i].to_number<double>();
        y.push_back(negate ? 1 - value : value);
    }
    const auto shown = [&](std::string_view name) {
        const auto value = exchange.number(name);
        return value ? t.number(*value, 2) : std::string("–");
    };
    const auto expression = text_of(exchange.options(), "expression");

    Figure figure{exchange, t};
    auto& d = figure.drawing;
    const double top =
        figure.begin(t(necessity ? "qca_xy.necessity" : "qca_xy.sufficiency", {{"expression", expression},
                                                                               {"outcome", outcome_name(exchange)},
                                                                               {"consistency", shown("consistency")},
                                                                               {"coverage", shown("coverage")}}),
                     t("qca_xy.subtitle", {{"n", fmt::format("{}", x.size())}})) +
        24;
    const double side = 400, left = 90, bottom = top + side;
    const Axis across{0, 1, left, left + side}, up{0, 1, bottom, top};
    // What agrees with the relation: above the diagonal when sufficient, below it when necessary.
    d.path({{across(0), up(0)},
            {across(1), up(1)},
            necessity ? std::pair{across(1), up(0)} : std::pair{across(0), up(1)}},
           true, "band");
    horizontal_axis(d, t, across, top, bottom, t("qca_xy.x", {{"expression", expression}}));
    vertical_axis(d, t, up, left, left + side, t("qca_xy.y", {{"outcome", outcome_name(exchange)}}));
    d.line(across(0), up(0), across(1), up(1), "zero");
    d.line(across(0.5), top, across(0.5), bottom, "hair");
    d.line(left, up(0.5), left + side, up(0.5), "hair");
    figure.table.push_back({t("case"), expression, outcome_name(exchange)});
    const auto* cases = exchange.data().if_contains("cases");
    std::vector<std::string> deviant;
    std::map<std::pair<double, double>, std::size_t> places;
    for (std::size_t i = 0; i < x.size(); ++i) {
        ++places[{x[i], y[i]}];
        // In the set but not in the outcome (or the other way round): these cases ask for an explanation.
        const bool odd = necessity ? (y[i] > 0.5 && x[i] < 0.5) : (x[i] > 0.5 && y[i] < 0.5);
        d.circle(across(x[i]), up(y[i]), 5.5, odd ? "data2" : "data");
        const auto name =
            cases && cases->is_array() && i < cases->get_array().size() && cases->get_array()[i].is_string()
                ? std::string(cases->get_array()[i].get_string())
                : exchange.label(i);
        if (odd)
            deviant.push_back(name);
        figure.table.push_back({name, t.number(x[i], 2), t.number(y[i], 2)});
    }
    // Dots on one spot look like one: crisp sets have four spots for all cases.
    bool together = false;
    for (const auto& [place, count] : places)
        if (count > 1) {
            const bool at_right = place.first > 0.9;
            d.text(across(place.first) + (at_right ? -9 : 9), up(place.second) + (place.second > 0.9 ? 17 : -6),
                   fmt::format("{}", count), at_right ? Anchor::end : Anchor::start, "b o");
            together = true;
        }
    double text = top + 20;
    const auto say = [&](std::string_view words, std::string_view style) {
        text = d.paragraph(524, text, 212, words, style, 19) + 6;
    };
    say(t("qca.consistency", {{"value", shown("consistency")}}), "b");
    say(t("qca.coverage", {{"value", shown("coverage")}}), "b");
    if (necessity)
        say(t("qca.relevance", {{"value", shown("relevance")}}), "b");
    else
        say(t("qca.pri", {{"value", shown("pri")}}), "b");
    if (!deviant.empty()) {
        std::string list;
        for (std::size_t i = 0; i < deviant.size() && i < 12; ++i)
            list += (i ? ", " : "") + deviant[i];
        if (deviant.size() > 12)
            list += " …";
        say(t("qca_xy.deviant", {{"cases", list}}), "t");
    }
    if (together)
        say(t("qca_xy.together"), "t");
    return figure.end(bottom + 46, t("qca_xy.note"));
}

Outcome<std::string> truth_table_figure(const Exchange& exchange, const Texts& t)
{
    const auto* rows = exchange.result().if_contains("rows");
    if (exchange.method() != "qca.truth_table" || !rows || !rows->is_array())
        return invalid_option("This figure shows a qca.truth_table reply.", "request.method");
    const auto names = condition_names(exchange);
    const auto& list = rows->get_array();
    if (list.size() > 120 || names.empty() || names.size() > 12)
        return too_large("A truth table is drawn for at most 12 conditions and 120 rows.", "reply.result.rows");
    std::vector<const json::object*> sorted;
    for (const auto& row : list)
        if (row.is_object())
            sorted.push_back(&row.get_object());
    std::stable_sort(sorted.begin(), sorted.end(), [](const json::object* a, const json::object* b) {
        const auto key = [](const json::object* row) {
            return std::tuple(text_of(*row, "out") == "1", Exchange::number(*row, "consistency").value_or(0),
                              Exchange::number(*row, "n").value_or(0));
        };
        return key(a) > key(b);
    });
    const auto positive = std::count_if(sorted.begin(), sorted.end(),
                                        [](const json::object* row) { return text_of(*row, "out") == "1"; });

    Figure figure{exchange, t};
    auto& d = figure.drawing;
    double y = figure.begin(
        t("truth_table.title", {{"positive", fmt::format("{}", positive)},
                                {"rows", fmt::format("{}", sorted.size())},
                                {"outcome", outcome_name(exchange)}}),
        t("truth_table.subtitle", {{"remainders", t.number(exchange.number("n_remainders").value_or(0), 0)}}));
    const double first = 58, step = std::min(64.0, 300.0 / static_cast<double>(names.size()));
    const double after = first + step * static_cast<double>(names.size());
    // Names that are wider than their column stand on two heights.
    bool wide = false;
    for (const auto& name : names)
        wide = wide || Drawing::width_of(name, 13) > step - 6;
    y += wide ? 40 : 22;
    for (std::size_t j = 0; j < names.size(); ++j)
        d.text(first + step * static_cast<double>(j), y - (wide && j % 2 == 0 ? 20 : 0), names[j], Anchor::middle,
               "f");
    d.text(after - 8, y, t("truth_table.n"), Anchor::end, "b");
    d.text(after + 104, y, t("truth_table.consistency"), Anchor::end, "b");
    d.text(after + 150, y, t("truth_table.pri"), Anchor::end, "b");
    d.text(after + 172, y, t("truth_table.cases"), Anchor::start, "b");
    y += 8;
    d.line(24, y, 736, y, "rule");
    figure.table.push_back(names);
    for (const auto* head :
         {"truth_table.n", "truth_table.consistency", "truth_table.pri", "truth_table.out", "truth_table.cases"})
        figure.table.front().push_back(t(head));
    bool divided = false;
    for (const auto* row : sorted) {
        const bool out = text_of(*row, "out") == "1";
        if (!out && !divided && positive > 0) {
            d.line(24, y + 2, 736, y + 2, "rule");
            y += 4;
        }
        divided = divided || !out;
        const auto config = text_of(*row, "config");
        std::string members;
        if (const auto* cases = row->if_contains("cases"); cases && cases->is_array())
            for (const auto& name : cases->get_array())
                if (name.is_string())
                    members += (members.empty() ? "" : ", ") + std::string(name.get_string());
        const auto number = [&](std::string_view name) {
            const auto value = Exchange::number(*row, name);
            return value ? t.number(*value, 2) : std::string("–");
        };
        const auto n = t.number(Exchange::number(*row, "n").value_or(0), 0);
        const double middle = y + 15;
        Row line;
        for (std::size_t j = 0; j < names.size() && j < config.size(); ++j) {
            // Full: present. Open: absent. The usual signs of a configuration table.
            d.circle(first + step * static_cast<double>(j), middle - 1, 7, config[j] == '1' ? "data" : "open");
            line.push_back(config.substr(j, 1));
        }
        d.text(after - 8, middle + 4, n, Anchor::end);
        d.text(after + 104, middle + 4, number("consistency"), Anchor::end, out ? "b" : "t");
        d.text(after + 150, middle + 4, number("pri"), Anchor::end);
        const double room = 736 - (after + 172);
        auto shown = members;
        while (shown.size() > 4 && Drawing::width_of(shown, 14) > room) {
            const auto cut = shown.find_last_of(',', shown.size() - 3);
            shown = (cut == std::string::npos ? shown.substr(0, shown.size() / 2) : shown.substr(0, cut)) + " …";
            if (cut == std::string::npos)
                break;
        }
        d.text(after + 172, middle + 4, shown);
        for (const auto& cell : {n, number("consistency"), number("pri"), std::string(out ? "1" : "0"), members})
            line.push_back(cell);
        figure.table.push_back(std::move(line));
        y += 28;
        d.line(24, y, 736, y, "grid");
    }
    d.circle(31, y + 22, 6, "data");
    d.text(44, y + 26.5, t("truth_table.present"), Anchor::start, "f");
    d.circle(131, y + 22, 6, "open");
    d.text(144, y + 26.5, t("truth_table.absent"), Anchor::start, "f");
    return figure.end(y + 36, t("truth_table.note"));
}

} // namespace beproefd::statistics::picture
