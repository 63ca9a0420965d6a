// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/words.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace beproefd::statistics::picture {

enum class Language { nl, en };

/// Sentences and labels by key and language, from data/statistics/sentences.yaml.
class Texts
{
public:
    using Entries = std::map<std::string, describe::Words>;

    Texts(Entries entries, Language language) : entries_(std::move(entries)), language_(language) {}

    /// The text of a key with {name} filled in; the key itself when there is none, which a test forbids.
    std::string operator()(std::string_view key,
                           const std::vector<std::pair<std::string, std::string>>& values = {}) const;
    Language language() const { return language_; }

    /// A number as people write it: true minus, comma in Dutch, never in exponents for everyday sizes.
    std::string number(double value, int decimals) const;
    /// The fewest decimals (0 to 4) that show steps of `resolution`.
    static int decimals_for(double resolution);
    /// "0,013", "< 0,001".
    std::string p_value(double p) const;

private:
    Entries entries_;
    Language language_;
};

/// One drawing, built from the back to the front. Colours are classes; patterns and strokes carry the meaning too, so
/// that it survives a black and white printer.
class Drawing
{
public:
    explicit Drawing(double width) : width_(width) {}

    void line(double x1, double y1, double x2, double y2, std::string_view style);
    void rectangle(double x, double y, double width, double height, std::string_view style);
    void circle(double x, double y, double radius, std::string_view style);
    void path(const std::vector<std::pair<double, double>>& points, bool closed, std::string_view style);
    enum class Anchor { start, middle, end };
    void text(double x, double y, std::string_view words, Anchor anchor = Anchor::start,
              std::string_view style = "t");
    /// Text in lines of at most `width`; gives the y below the last one.
    double paragraph(double x, double y, double width, std::string_view words, std::string_view style,
                     double line_height);

    double width() const { return width_; }

    /// The whole document. `table` repeats the numbers behind the drawing: head, then rows.
    std::string finish(double height, std::string_view title, std::string_view description,
                       const std::vector<std::vector<std::string>>& table, Language language) const;

    /// How wide words are in the text font of 14 px, as far as can be known without the font.
    static double width_of(std::string_view words, double size = 14);

private:
    double width_;
    std::string body_;
};

/// Where a number stands on a scale of pixels, and the round numbers to label it with.
struct Axis {
    double low = 0, high = 1;
    double from = 0, to = 1; ///< pixels

    double operator()(double value) const { return from + (value - low) / (high - low) * (to - from); }
    /// At most `most` multiples of 1, 2 or 5 times a power of ten.
    std::vector<double> ticks(int most = 5) const;
    double step(int most = 5) const;
};

/// An axis around all values, with a little air.
Axis axis_around(double low, double high, double from, double to);

} // namespace beproefd::statistics::picture
