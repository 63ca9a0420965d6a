// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// The two pictures of a report, drawn for paper: black, one colour, and a number with every mark.

#include "platform/core/markup.hpp"
#include "quickscan/report/report.hpp"

#include <cmath>

namespace beproefd::quickscan::detail {
namespace {

constexpr const char* colour = "#0b5c7a"; // 6.9 : 1 on white
constexpr const char* ink = "#14212b";
constexpr const char* soft = "#b9c3cb";

} // namespace

std::string bars_svg(std::span<const ThemePoint> points, std::string_view no_score)
{
    constexpr int row = 22, left = 230, width = 400, right = 70;
    const auto height = static_cast<int>(points.size()) * row + 24;
    std::string out =
        fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-size=\"13\" fill=\"{}\">",
                    left + width + right, height, ink);
    for (int percent = 0; percent <= 100; percent += 25) {
        const int x = left + width * percent / 100;
        out += fmt::format("<line x1=\"{0}\" y1=\"4\" x2=\"{0}\" y2=\"{1}\" stroke=\"{2}\" stroke-width=\"1\"/>", x,
                           height - 20, soft);
        out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"11\">{}%</text>", x,
                           height - 6, percent);
    }
    int y = 6;
    for (const auto& point : points) {
        out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", left - 8, y + 13,
                           escaped(point.title));
        if (point.percent) {
            const auto length = width * *point.percent / 100;
            out += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"14\" fill=\"{}\"/>", left, y + 2,
                               length, colour);
            out += fmt::format("<text x=\"{}\" y=\"{}\" font-weight=\"bold\">{}%</text>", left + length + 6, y + 14,
                               *point.percent);
        } else {
            out += fmt::format("<text x=\"{}\" y=\"{}\" font-style=\"italic\">{}</text>", left + 6, y + 13,
                               escaped(no_score));
        }
        y += row;
    }
    return out + "</svg>";
}

std::string radar_svg(std::span<const ThemePoint> points)
{
    constexpr double centre_x = 300, centre_y = 190, radius = 130;
    const auto place = [&](std::size_t index, double share) {
        const double angle = 2 * M_PI * static_cast<double>(index) / static_cast<double>(points.size()) - M_PI / 2;
        return std::pair{centre_x + radius * share * std::cos(angle), centre_y + radius * share * std::sin(angle)};
    };
    const auto ring = [&](double share) {
        std::string path;
        for (std::size_t index = 0; index < points.size(); ++index) {
            const auto [x, y] = place(index, share);
            path += fmt::format("{:.1f},{:.1f} ", x, y);
        }
        return path;
    };
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 600 380\" font-size=\"12\" fill=\"{}\">", ink);
    if (points.empty())
        return out + "</svg>";
    for (const double share : {0.25, 0.5, 0.75, 1.0})
        out += fmt::format("<polygon points=\"{}\" fill=\"none\" stroke=\"{}\"/>", ring(share), soft);
    std::string shape;
    for (std::size_t index = 0; index < points.size(); ++index) {
        const auto [x, y] = place(index, 1);
        out += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>", centre_x,
                           centre_y, x, y, soft);
        const auto [label_x, label_y] = place(index, 1.1);
        const char* anchor = label_x > centre_x + 8 ? "start" : label_x < centre_x - 8 ? "end" : "middle";
        out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>", label_x, label_y + 4,
                           anchor, escaped(points[index].title));
        // Where there is no score there is no point: unknown is not 0.
        if (points[index].percent) {
            const auto [point_x, point_y] = place(index, static_cast<double>(*points[index].percent) / 100);
            shape += fmt::format("{:.1f},{:.1f} ", point_x, point_y);
        }
    }
    out += fmt::format("<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"0.18\" stroke=\"{}\" stroke-width=\"2\"/>",
                       shape, colour, colour);
    for (std::size_t index = 0; index < points.size(); ++index)
        if (points[index].percent) {
            const auto [x, y] = place(index, static_cast<double>(*points[index].percent) / 100);
            out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.5\" fill=\"{}\"/>", x, y, colour);
        }
    return out + "</svg>";
}

} // namespace beproefd::quickscan::detail
