// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/picture/plot.hpp"

#include "statistics/picture/parts.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

namespace beproefd::statistics::picture {

namespace {

using Draw = Outcome<std::string> (*)(const Exchange&, const Texts&);
constexpr std::array<std::string_view, 9> names{"forest", "funnel",      "pre_post",    "its",      "did",
                                                "qca_xy", "truth_table", "power_curve", "attrition"};
constexpr std::array<Draw, 9> drawers{
    forest,      funnel,   pre_post, interrupted_series, difference_in_differences, qca_xy, truth_table_figure,
    power_curve, attrition};

} // namespace

std::span<const std::string_view> kinds() { return names; }

Outcome<std::string> plot(std::string_view kind, const Exchange& exchange, const Texts& texts)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == kind)
            return drawers[i](exchange, texts);
    return invalid_option(fmt::format("There is no figure \"{}\".", kind), "KIND");
}

double Figure::begin(std::string finding, std::string subtitle)
{
    title_ = std::move(finding);
    subtitle_ = std::move(subtitle);
    double y = drawing.paragraph(24, 36, drawing.width() - 48, title_, "h", 25);
    y = drawing.paragraph(24, y - 1, drawing.width() - 48, subtitle_, "s", 19);
    return y + 6;
}

std::string Figure::end(double y, std::string_view note)
{
    drawing.line(24, y + 6, drawing.width() - 24, y + 6, "grid");
    y = drawing.paragraph(24, y + 26, drawing.width() - 48, note, "f", 17);
    std::string foot =
        t("foot",
          {{"method", exchange.method()}, {"version", exchange.version()}, {"mark", exchange.mark().substr(0, 8)}});
    if (const auto seed = exchange.seed())
        foot += t("foot.seed", {{"seed", *seed}});
    drawing.text(24, y + 2, foot, Anchor::start, "f");
    const auto description = subtitle_.empty() ? std::string(note) : subtitle_ + " " + std::string(note);
    return drawing.finish(y + 18, title_, description, table, t.language());
}

void horizontal_axis(Drawing& drawing, const Texts& t, const Axis& axis, double top, double bottom,
                     std::string_view name)
{
    const int decimals = Texts::decimals_for(axis.step());
    for (const double tick : axis.ticks()) {
        drawing.line(axis(tick), top, axis(tick), bottom, tick == 0 ? "zero" : "grid");
        drawing.text(axis(tick), bottom + 18, t.number(tick, decimals), Anchor::middle, "f");
    }
    drawing.text((axis.from + axis.to) / 2, bottom + 37, name, Anchor::middle, "f");
}

void vertical_axis(Drawing& drawing, const Texts& t, const Axis& axis, double left, double right,
                   std::string_view name)
{
    const int decimals = Texts::decimals_for(axis.step());
    for (const double tick : axis.ticks()) {
        drawing.line(left, axis(tick), right, axis(tick), tick == 0 ? "zero" : "grid");
        drawing.text(left - 8, axis(tick) + 4.5, t.number(tick, decimals), Anchor::end, "f");
    }
    drawing.text(left - 40 > 24 ? 24 : left - 40, axis.to - 12, name, Anchor::start, "f");
}

std::string percent_level(const Exchange& exchange, const Texts& t)
{
    const double level = 100 * exchange.level();
    return t.number(level, level == std::floor(level) ? 0 : 1);
}

} // namespace beproefd::statistics::picture
