// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"
#include "statistics/qca/sets.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::statistics::qca {

/// A logical expression over conditions, in the order in which a stack computes it.
struct Expression {
    enum class Step : std::uint8_t { condition, negate, both, either };
    struct Operation {
        Step step = Step::condition;
        std::uint32_t condition = 0;
    };
    std::vector<Operation> operations;
};

inline constexpr std::size_t longest_expression = 100'000; ///< characters
inline constexpr std::size_t deepest_expression = 200;     ///< brackets and negations within one another

/// Reads `A*~B + C`: ~ is not, * is and (minimum), + is or (maximum), from strong to weak; brackets group.
///
/// A name is everything between those signs, without blanks at its ends, exactly as the condition is called.
/// Refuses unknown names, empty parts and brackets that do not match, with the character where it went wrong.
Outcome<Expression> parse_expression(std::string_view text, const std::vector<std::string>& names);

/// How much each case belongs to the expression.
std::vector<double> membership(const Expression& expression, const CaseSet& cases);

} // namespace beproefd::statistics::qca
