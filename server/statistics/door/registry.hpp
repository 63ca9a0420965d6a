// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::statistics::door {

class Request;

/// One member of data, of options or of the result, as the reference page shows it. The door takes the members it
/// accepts from here: what is not on the page is refused.
struct Field {
    std::string name;
    std::string shape;           ///< "k numbers > 0", "one of z, knha", "list of regressors" …, with its unit
    std::string text;            ///< what it is
    std::string default_value{}; ///< of an option, as it is written in JSON; empty when it has none
};

/// What the reference page of a method says.
struct Page {
    std::string title;
    std::string purpose;  ///< when to use it
    std::string when_not; ///< when not, and what then
    std::vector<Field> data;
    std::vector<Field> options;
    std::vector<Field> result;
    std::string formula;              ///< what is computed, in Markdown
    std::vector<std::string> sources; ///< papers with their doi
    std::vector<std::string> pitfalls;
    std::string example{}; ///< a whole request as JSON; the generator adds the reply
    std::string peer{};    ///< the R function that does the same, or why there is none
};

/// A method of the contract.
struct Method {
    std::string name; ///< "meta.rma"
    Page page;
    /// Reads the request, computes, and writes the members of `result` in a fixed order.
    std::function<Outcome<boost::json::object>(Request&)> run;
    /// The same analysis as an R script with the data inline; empty when R has no peer in Debian.
    std::function<Outcome<std::string>(Request&)> as_r{};
};

/// All methods by name.
class Registry
{
public:
    void add(Method method);
    const Method* find(std::string_view name) const;
    const std::map<std::string, Method, std::less<>>& methods() const { return methods_; }

private:
    std::map<std::string, Method, std::less<>> methods_;
};

// One function per area, each in its own file door/<area>.cpp.
void register_effect(Registry&);
void register_meta(Registry&);
void register_tests(Registry&);
void register_boot(Registry&);
void register_power(Registry&);
void register_models(Registry&);
void register_design(Registry&);
void register_reliability(Registry&);
void register_missing(Registry&);
void register_survey(Registry&);
void register_sdc(Registry&);
void register_qca(Registry&);
void register_cost(Registry&);

/// A registry with everything above.
Registry all_methods();

} // namespace beproefd::statistics::door
