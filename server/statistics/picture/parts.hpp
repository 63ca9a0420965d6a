// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/picture/exchange.hpp"

namespace beproefd::statistics::picture {

using Anchor = Drawing::Anchor;
using Row = std::vector<std::string>;

/// What every figure has around its drawing.
struct Figure {
    Figure(const Exchange& from, const Texts& words) : exchange(from), t(words) {}

    /// Title and subtitle; gives the y where the drawing may begin.
    double begin(std::string finding, std::string subtitle);
    /// Note, foot and the whole document. y: where the drawing ended.
    std::string end(double y, std::string_view note);

    const Exchange& exchange;
    const Texts& t;
    Drawing drawing{760};
    std::vector<Row> table;

private:
    std::string title_, subtitle_;
};

/// Horizontal and vertical scales with hairlines, numbers and names.
void horizontal_axis(Drawing& drawing, const Texts& t, const Axis& axis, double top, double bottom,
                     std::string_view name);
void vertical_axis(Drawing& drawing, const Texts& t, const Axis& axis, double left, double right,
                   std::string_view name);

/// "95".
std::string percent_level(const Exchange& exchange, const Texts& t);

Outcome<std::string> forest(const Exchange&, const Texts&);
Outcome<std::string> funnel(const Exchange&, const Texts&);
Outcome<std::string> pre_post(const Exchange&, const Texts&);
Outcome<std::string> interrupted_series(const Exchange&, const Texts&);
Outcome<std::string> difference_in_differences(const Exchange&, const Texts&);
Outcome<std::string> qca_xy(const Exchange&, const Texts&);
Outcome<std::string> truth_table_figure(const Exchange&, const Texts&);
Outcome<std::string> power_curve(const Exchange&, const Texts&);
Outcome<std::string> attrition(const Exchange&, const Texts&);

} // namespace beproefd::statistics::picture
