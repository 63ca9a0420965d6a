// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/door/registry.hpp"
#include "statistics/door/request.hpp"
#include "statistics/regression/linear_model.hpp"
#include "statistics/regression/mixed_model.hpp"

#include <string>
#include <vector>

/// What the methods that fit a model to y share: the variance and who belongs together, the degrees of freedom of a
/// mixed model, and their fields on the reference pages.
namespace beproefd::statistics::door {

/// option vcov of a model by least squares; `otherwise` when it is left out.
Covariance read_covariance(Request& request, Covariance otherwise);

/// data.cluster when the variance rests on clusters; else none, with the warning cluster_not_used when they were
/// given.
const std::vector<std::size_t>& read_clusters(Request& request, Rows& rows, Covariance vcov);

/// Warns when nothing of y is left over to estimate a standard error from.
void warn_of_perfect_fit(Request& request, bool perfect_fit);

/// option df of a mixed model.
MixedDf read_mixed_df(Request& request);

// Members of pages that return in several methods.
Field covariance_option(std::string text, std::string default_value);
Field mixed_df_option(std::string text);

} // namespace beproefd::statistics::door
