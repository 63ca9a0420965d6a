// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/picture/svg.hpp"

#include "platform/core/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>

namespace beproefd::statistics::picture {

namespace {

/// The visual language (colours, strokes, type), once per file so that a figure stands alone. Each rule is written
/// behind the name of the figure, so that on a page with several they keep to their own; @ is that name.
constexpr std::string_view styles =
    "text{font-family:'Source Sans 3','Segoe UI',Roboto,'Liberation Sans',sans-serif;fill:#14252b;font-size:14px;"
    "font-variant-numeric:tabular-nums lining-nums}"
    ".h{font-size:20px;font-weight:700}.s{fill:#47575e;font-size:14.5px}.f{fill:#47575e;font-size:13px}"
    ".b{font-weight:650}.o{paint-order:stroke;stroke:#fff;stroke-width:5px;stroke-linejoin:round}"
    ".grid{stroke:#dbe3e5;stroke-width:1}.rule{stroke:#14252b;stroke-width:1.4}.zero{stroke:#14252b;stroke-width:1}"
    ".hair{stroke:#7b8b92;stroke-width:1}"
    ".ci{stroke:#14252b;stroke-width:1.5;fill:none}.fine{stroke:#7b8b92;stroke-width:1;fill:none;opacity:.75}"
    ".bold{stroke:#0b5d68;stroke-width:3;fill:none}.bold2{stroke:#4d2359;stroke-width:3;fill:none}"
    ".dash{stroke:#14252b;stroke-width:1.8;stroke-dasharray:7 5;fill:none}"
    ".dot{stroke:#14252b;stroke-width:1.3;stroke-dasharray:1.5 4;stroke-linecap:round;fill:none}"
    ".data{fill:#0b5d68;stroke:#fff;stroke-width:1}.data2{fill:#fff;stroke:#4d2359;stroke-width:2}"
    ".open{fill:#fff;stroke:#0b5d68;stroke-width:2}.diamond{fill:#0b5d68;stroke:#0b5d68}"
    ".pi{fill:#b5dade;stroke:#0b5d68;stroke-width:1}.band{fill:#e3f1f2;stroke:none}"
    ".pale{fill:#e3f1f2;stroke:#0b5d68;stroke-width:1}.lost{fill:url(#@-hatch);stroke:#47575e;stroke-width:1}"
    ".paper{fill:#fff}.mist{fill:#f2f6f6}.arrow{fill:#14252b}";

std::string n(double value)
{
    const double rounded = std::round(value * 100) / 100;
    return fmt::format("{}", rounded == 0 ? 0.0 : rounded);
}

/// A name that differs from that of every other figure: FNV-1a of what it shows.
std::string name_of(std::initializer_list<std::string_view> parts)
{
    std::uint64_t hash = 14695981039346656037ULL;
    for (const auto part : parts)
        for (const unsigned char c : part)
            hash = (hash ^ c) * 1099511628211ULL;
    return fmt::format("figure-{:016x}", hash);
}

/// The styles for one figure only.
std::string styles_of(std::string_view name)
{
    std::string scoped;
    bool selector = true;
    for (const char c : styles) {
        if (selector)
            scoped += fmt::format("#{} ", name);
        selector = c == '}';
        if (c == '@')
            scoped += name;
        else
            scoped += c;
    }
    return scoped;
}

} // namespace

std::string Texts::operator()(std::string_view key,
                              const std::vector<std::pair<std::string, std::string>>& values) const
{
    const auto entry = entries_.find(std::string{key});
    if (entry == entries_.end())
        return std::string{key};
    std::string out;
    const std::string& source = language_ == Language::nl ? entry->second.nl : entry->second.en;
    for (std::size_t i = 0; i < source.size();) {
        const auto end = source[i] == '{' ? source.find('}', i) : std::string::npos;
        if (end == std::string::npos) {
            out += source[i++];
            continue;
        }
        const auto name = source.substr(i + 1, end - i - 1);
        const auto found =
            std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.first == name; });
        out += found == values.end() ? source.substr(i, end - i + 1) : found->second;
        i = end + 1;
    }
    return out;
}

std::string Texts::number(double value, int decimals) const
{
    if (!std::isfinite(value))
        return "–";
    auto digits = std::abs(value) >= 1e12 ? fmt::format("{:.4g}", std::abs(value))
                                          : fmt::format("{:.{}f}", std::abs(value), decimals);
    const bool negative = value < 0 && digits.find_first_of("123456789") != std::string::npos;
    auto point = digits.find('.');
    if (digits.find('e') == std::string::npos) {
        const auto whole = point == std::string::npos ? digits.size() : point;
        if (point != std::string::npos && language_ == Language::nl)
            digits[point] = ',';
        if (whole > 3)
            for (auto at = whole; at > 3; at -= 3)
                digits.insert(at - 3, language_ == Language::nl ? "." : ",");
    }
    return (negative ? "−" : "") + digits;
}

int Texts::decimals_for(double resolution)
{
    if (!(resolution > 0))
        return 2;
    return static_cast<int>(std::clamp(std::ceil(-std::log10(resolution) - 1e-9), 0.0, 4.0));
}

std::string Texts::p_value(double p) const { return p < 0.001 ? "< " + number(0.001, 3) : number(p, 3); }

void Drawing::line(double x1, double y1, double x2, double y2, std::string_view style)
{
    body_ += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{}\"/>\n", n(x1), n(y1), n(x2), n(y2),
                         style);
}

void Drawing::rectangle(double x, double y, double width, double height, std::string_view style)
{
    body_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"{}\"/>\n", n(x), n(y),
                         n(std::max(0.0, width)), n(std::max(0.0, height)), style);
}

void Drawing::circle(double x, double y, double radius, std::string_view style)
{
    body_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{}\"/>\n", n(x), n(y), n(radius), style);
}

void Drawing::path(const std::vector<std::pair<double, double>>& points, bool closed, std::string_view style)
{
    std::string d;
    for (std::size_t i = 0; i < points.size(); ++i)
        d += fmt::format("{}{} {}", i == 0 ? "M" : "L", n(points[i].first), n(points[i].second));
    body_ += fmt::format("<path d=\"{}{}\" class=\"{}\"/>\n", d, closed ? "Z" : "", style);
}

void Drawing::text(double x, double y, std::string_view words, Anchor anchor, std::string_view style)
{
    constexpr std::string_view anchors[] = {"start", "middle", "end"};
    body_ += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" class=\"{}\">{}</text>\n", n(x), n(y),
                         anchors[static_cast<int>(anchor)], style, escaped(words));
}

double Drawing::paragraph(double x, double y, double width, std::string_view words, std::string_view style,
                          double line_height)
{
    const double size = style == "h" ? 22.5 : style == "f" ? 13 : 14.5;
    std::string line;
    const auto flush = [&] {
        if (!line.empty()) {
            text(x, y, line, Anchor::start, style);
            y += line_height;
            line.clear();
        }
    };
    for (std::size_t begin = 0; begin < words.size();) {
        const auto end = std::min(words.find(' ', begin), words.size());
        const auto word = words.substr(begin, end - begin);
        if (!line.empty() && width_of(line + " " + std::string{word}, size) > width)
            flush();
        if (!line.empty())
            line += ' ';
        line += word;
        begin = end + 1;
    }
    flush();
    return y;
}

double Drawing::width_of(std::string_view words, double size)
{
    double units = 0;
    for (const unsigned char c : words) {
        if ((c & 0xC0) == 0x80)
            continue; // the rest of a character of several bytes
        // Wide rather than narrow: the font of the reader may be wider than ours.
        units += c == ' ' || c == '.' || c == ',' || c == 'i' || c == 'l' || c == 'j' ? 0.36
                 : c == 'm' || c == 'w' || c == 'M' || c == 'W'                       ? 0.98
                 : c >= 'A' && c <= 'Z'                                               ? 0.72
                                                                                      : 0.62;
    }
    return units * size;
}

std::string Drawing::finish(double height, std::string_view title, std::string_view description,
                            const std::vector<std::vector<std::string>>& table, Language language) const
{
    std::string rows;
    for (std::size_t r = 0; r < table.size(); ++r) {
        rows += "<tr>";
        for (const auto& cell : table[r])
            rows += fmt::format("<{0}>{1}</{0}>", r == 0 ? "th" : "td", escaped(cell));
        rows += "</tr>\n";
    }
    const std::string name = name_of({title, description, rows, body_});
    // The table stands in a foreignObject: straight in the metadata, it would end the figure when the file is pasted
    // into a page of HTML.
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{8}\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" "
        "role=\"img\" aria-labelledby=\"{8}-title {8}-description\" lang=\"{2}\">\n"
        "<title id=\"{8}-title\">{3}</title>\n<desc id=\"{8}-description\">{4}</desc>\n"
        "<metadata><foreignObject><table "
        "xmlns=\"http://www.w3.org/1999/xhtml\">\n{5}</table></foreignObject></metadata>\n"
        "<style>{6}</style>\n<defs><pattern id=\"{8}-hatch\" width=\"6\" height=\"6\" "
        "patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/><line x1=\"0\" y1=\"0\" "
        "x2=\"0\" y2=\"6\" stroke=\"#47575e\" stroke-width=\"2\"/></pattern></defs>\n"
        "<rect width=\"{0}\" height=\"{1}\" class=\"paper\"/>\n{7}</svg>\n",
        n(width_), n(height), language == Language::nl ? "nl" : "en", escaped(title), escaped(description), rows,
        styles_of(name), body_, name);
}

double Axis::step(int most) const
{
    const double raw = (high - low) / most, power = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0})
        if (factor * power >= raw * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

std::vector<double> Axis::ticks(int most) const
{
    const double by = step(most);
    std::vector<double> result;
    // Counted, because numbers without room between them would never reach the end.
    for (double k = std::ceil(low / by - 1e-9); k * by <= high + by * 1e-9 && result.size() < 100; ++k)
        result.push_back(k == 0 ? 0 : k * by);
    return result;
}

Axis axis_around(double low, double high, double from, double to)
{
    if (!(high > low)) {
        const double around = std::max(std::abs(low) * 0.1, 0.5);
        low -= around;
        high += around;
    }
    const double air = 0.05 * (high - low);
    return {low - air, high + air, from, to};
}

} // namespace beproefd::statistics::picture
