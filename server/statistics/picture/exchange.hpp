// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"
#include "statistics/picture/svg.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::statistics::picture {

/// A request with its reply, as `beproefd analyse --keep-request` writes them.
class Exchange
{
public:
    /// Refuses what is not such a pair, and a reply without an answer.
    static Outcome<Exchange> read(std::string_view text);

    const std::string& method() const { return method_; }
    const boost::json::object& data() const { return data_; }
    const boost::json::object& options() const { return options_; }
    const boost::json::object& result() const { return result_; }
    const boost::json::object& request() const { return request_; }

    /// A text of `context`; the fallback when it is not there.
    std::string context(std::string_view name, std::string_view fallback = {}) const;
    /// Any member of `context`; null pointer when it is not there.
    const boost::json::value* context_member(std::string_view name) const { return context_.if_contains(name); }
    /// The language of `context`, Dutch when it does not say.
    Language language() const;
    /// Label of study or case i: from context.labels, else a number.
    std::string label(std::size_t i) const;
    /// True when higher values are better, false when lower ones are; nothing when context does not say.
    std::optional<bool> higher_is_better() const;
    double level() const;

    /// Sixteen hexadecimal digits over the data and options: the same analysis has the same mark.
    std::string mark() const;
    std::string version() const;
    std::optional<std::string> seed() const;

    std::optional<double> number(std::string_view name) const { return number(result_, name); }
    static std::optional<double> number(const boost::json::object& object, std::string_view name);
    /// A column of the data with the rows that are complete in all of `names`.
    std::vector<std::vector<double>> columns(std::initializer_list<std::string_view> names,
                                             std::vector<std::size_t>* rows = nullptr) const;
    /// The coefficient of that name; nothing when there is none.
    const boost::json::object* coefficient(std::string_view name) const;

private:
    std::string method_;
    boost::json::object request_, data_, options_, context_, reply_, result_;
};

} // namespace beproefd::statistics::picture
