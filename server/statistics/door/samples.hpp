// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/comparison/sample.hpp"
#include "statistics/door/registry.hpp"
#include "statistics/door/request.hpp"

#include <string>
#include <vector>

/// What the methods that compare two sets of numbers share: reading pairs or groups, and writing intervals.
namespace beproefd::statistics::door {

/// option alternative.
Alternative read_alternative(Request& request);

/// pre and post, complete pairs only.
struct Pairs {
    std::vector<double> pre;
    std::vector<double> post;
    std::vector<double> differences; ///< post − pre
    std::size_t dropped = 0;
};
Pairs read_pairs(Request& request);

/// a and, when asked, b; missing values are dropped from each.
struct Groups {
    std::vector<double> a;
    std::vector<double> b;
    std::size_t dropped = 0;
};
Groups read_groups(Request& request, bool two);

/// Refuses members of data that this kind of analysis does not read, so that nothing is left out unnoticed.
void refuse_unused(Request& request, std::initializer_list<std::string_view> names, std::string_view why);

/// The error with a place, when the function that refused did not know the names of the data.
Error located(Error error, std::string_view path);

/// Adds ci_lo and ci_hi; an open side is left out.
void add_interval(boost::json::object& result, const Interval& interval);

// Members of pages that return in several methods.
Field level_option();
Field alternative_option();
Field seed_option();
Field pre_data();
Field post_data();
Field a_data();
Field b_data();
Field dropped_result();

} // namespace beproefd::statistics::door
