// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/samples.hpp"

#include "statistics/limits.hpp"

namespace beproefd::statistics::door {

Alternative read_alternative(Request& request)
{
    return request.choice<Alternative>(
        "alternative",
        {{"two_sided", Alternative::two_sided}, {"greater", Alternative::greater}, {"less", Alternative::less}},
        Alternative::two_sided);
}

Pairs read_pairs(Request& request)
{
    Rows rows{request, limits::observations};
    const auto& pre = rows.numbers("pre");
    const auto& post = rows.numbers("post");
    rows.complete();
    if (request.refused())
        return {};
    return {pre, post, differences(pre, post), rows.dropped()};
}

Groups read_groups(Request& request, bool two)
{
    Groups groups;
    const auto read = [&](std::string_view name, std::vector<double>& into) {
        Rows rows{request, limits::observations};
        const auto& values = rows.numbers(name);
        rows.complete();
        if (request.refused())
            return;
        into = values;
        groups.dropped += rows.dropped();
    };
    read("a", groups.a);
    if (two)
        read("b", groups.b);
    return groups;
}

void refuse_unused(Request& request, std::initializer_list<std::string_view> names, std::string_view why)
{
    for (const std::string_view name : names)
        if (request.has_data(name))
            request.refuse(invalid_data("'" + std::string(name) + "' is not used " + std::string(why) + ".",
                                        "data." + std::string(name)));
}

Error located(Error error, std::string_view path)
{
    if (error.path.empty())
        error.path = path;
    return error;
}

void add_interval(boost::json::object& result, const Interval& interval)
{
    if (interval.lo)
        result["ci_lo"] = json_number(*interval.lo);
    if (interval.hi)
        result["ci_hi"] = json_number(*interval.hi);
}

Field level_option() { return {"level", "fraction between 0 and 1", "confidence level of the interval", "0.95"}; }

Field alternative_option()
{
    return {"alternative", "one of two_sided, greater, less",
            "which deviations count; greater = first group or post-measurement larger", "\"two_sided\""};
}

Field seed_option()
{
    return {"seed", "whole number, unsigned 64 bits",
            "start of the random streams; the same seed gives the same answer", "20240101"};
}

Field pre_data() { return {"pre", "n numbers or null", "first measurement, in the unit of the outcome"}; }
Field post_data()
{
    return {"post", "n numbers or null", "second measurement of the same person or unit, same order"};
}
Field a_data() { return {"a", "numbers or null", "first group (or the only one), in the unit of the outcome"}; }
Field b_data() { return {"b", "numbers or null", "second group, same unit"}; }
Field dropped_result() { return {"n_dropped", "whole number", "rows left out because a value was missing"}; }

} // namespace beproefd::statistics::door
