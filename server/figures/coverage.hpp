// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/published.hpp"

namespace beproefd::figures {

enum class Holding { figure, not_figure, missing };
BOOST_DESCRIBE_ENUM(Holding, figure, not_figure, missing)

/// What became of one number of the documents.
struct CoveredNumber {
    std::string document;
    std::int64_t line = 0;
    std::string token;
    Holding holding = Holding::missing;
    std::string held_by; ///< key of the figure, or of the reason why it is none
    bool operator==(const CoveredNumber&) const = default;
};
BOOST_DESCRIBE_STRUCT(CoveredNumber, (), (document, line, token, holding, held_by))

/// A figure that says it is printed where the documents print no such number, or print it once less.
struct Unfounded {
    std::string key;
    std::string document;
    std::int64_t line = 0;
    std::string token;
    bool operator==(const Unfounded&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unfounded, (), (key, document, line, token))

struct Coverage {
    std::int64_t numbers = 0;
    std::int64_t held = 0;
    std::int64_t figures = 0;
    std::int64_t not_figures = 0;
    std::vector<CoveredNumber> items;
    std::vector<Unfounded> unfounded;

    bool complete() const { return held == numbers && unfounded.empty(); }
};
BOOST_DESCRIBE_STRUCT(Coverage, (), (numbers, held, figures, not_figures, items, unfounded))

/// Matches every number of the documents one to one, by document, line and token, with the printed places of the
/// figures; what remains with the list of numbers that are not figures. A figure that shares its printed number with
/// another (printed_with) takes none for itself.
Coverage cover(const Published& published);

} // namespace beproefd::figures
