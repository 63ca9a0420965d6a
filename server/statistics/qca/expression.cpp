// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/qca/expression.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beproefd::statistics::qca {

namespace {

constexpr std::string_view signs = "~*+()";
constexpr std::string_view blanks = " \t\r\n";

/// Recursive descent: sum = product {"+" product}; product = factor {"*" factor}; factor = "~" factor | "(" sum ")" |
/// name.
class Parser
{
public:
    Parser(std::string_view text, const std::vector<std::string>& names) : text_(text), names_(names) {}

    Outcome<Expression> parse()
    {
        if (text_.size() > longest_expression)
            return too_large("The expression is too long.", "options.expression");
        sum(0);
        if (!error_ && position_ < text_.size())
            fail("expected + or *");
        if (error_)
            return *error_;
        return std::move(expression_);
    }

private:
    using Step = Expression::Step;

    void skip_blanks()
    {
        while (position_ < text_.size() && blanks.find(text_[position_]) != std::string_view::npos)
            ++position_;
    }

    bool take(char sign)
    {
        skip_blanks();
        if (position_ >= text_.size() || text_[position_] != sign)
            return false;
        ++position_;
        return true;
    }

    void fail(std::string_view what)
    {
        if (!error_)
            error_ =
                invalid_option(fmt::format("The expression cannot be read: {} at character {}.", what, position_ + 1),
                               "options.expression");
    }

    void sum(std::size_t depth)
    {
        product(depth);
        while (!error_ && take('+')) {
            product(depth);
            expression_.operations.push_back({Step::either});
        }
        skip_blanks();
    }

    void product(std::size_t depth)
    {
        factor(depth);
        while (!error_ && take('*')) {
            factor(depth);
            expression_.operations.push_back({Step::both});
        }
    }

    void factor(std::size_t depth)
    {
        if (error_)
            return;
        if (depth >= deepest_expression)
            return fail("too many brackets or negations");
        if (take('~')) {
            factor(depth + 1);
            expression_.operations.push_back({Step::negate});
            return;
        }
        if (take('(')) {
            sum(depth + 1);
            if (!error_ && !take(')'))
                fail("expected )");
            return;
        }
        const auto end = std::min(text_.find_first_of(signs, position_), text_.size());
        auto name = text_.substr(position_, end - position_);
        while (!name.empty() && blanks.find(name.back()) != std::string_view::npos)
            name.remove_suffix(1);
        if (name.empty())
            return fail("expected a condition");
        const auto found = std::find(names_.begin(), names_.end(), name);
        if (found == names_.end()) {
            error_ = invalid_option(fmt::format("There is no condition \"{}\".", name), "options.expression");
            return;
        }
        position_ = end;
        expression_.operations.push_back({Step::condition, static_cast<std::uint32_t>(found - names_.begin())});
    }

    std::string_view text_;
    const std::vector<std::string>& names_;
    std::size_t position_ = 0;
    Expression expression_;
    std::optional<Error> error_;
};

} // namespace

Outcome<Expression> parse_expression(std::string_view text, const std::vector<std::string>& names)
{
    return Parser(text, names).parse();
}

std::vector<double> membership(const Expression& expression, const CaseSet& cases)
{
    std::vector<double> result(cases.outcome.size()), stack;
    for (std::size_t i = 0; i < result.size(); ++i) {
        stack.clear();
        for (const auto& [step, condition] : expression.operations) {
            if (step == Expression::Step::condition) {
                stack.push_back(cases.conditions[condition].membership[i]);
            } else if (step == Expression::Step::negate) {
                stack.back() = 1 - stack.back();
            } else {
                const double right = stack.back();
                stack.pop_back();
                stack.back() =
                    step == Expression::Step::both ? std::min(stack.back(), right) : std::max(stack.back(), right);
            }
        }
        result[i] = stack.back();
    }
    return result;
}

} // namespace beproefd::statistics::qca
