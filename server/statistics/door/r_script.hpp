// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/door/request.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace beproefd::statistics::door {

/// Writes an R script with the data of a request inline. The script prints each result as "name<TAB>value …" with 15
/// digits, so that a test can compare it with the reply.
class RScript
{
public:
    RScript(Request& request, std::initializer_list<std::string_view> packages);

    void line(std::string_view text);
    /// variable <- c(1, NA, 3) from data.<name>.
    void column(std::string_view variable, std::string_view name);
    /// variable <- c("a", "b") from a column of labels, data.<name>.
    void labels(std::string_view variable, std::string_view name);
    /// variable <- data.frame(name1=c(…), …) from regressors, data.<name>; absent gives no line and false.
    bool frame(std::string_view variable, std::string_view name);
    /// Prints the value of an R expression under the name it has in the result.
    void print(std::string_view name, std::string_view expression);

    /// A text as an R literal.
    static std::string quoted(std::string_view text);
    /// A number as an R literal, shortest round trip; NA when it is not finite.
    static std::string literal(double value);
    static std::string literal(const boost::json::value& value);

    std::string text() const { return text_; }

private:
    Request& request_;
    std::string text_;
};

} // namespace beproefd::statistics::door
