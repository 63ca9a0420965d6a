// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/door/request.hpp"

#include <string>

/// The R scripts of tests, bootstrap, power, models, designs, reliability and pooling: each repeats a request with
/// the packages of Debian. "coefficients.estimate" is that member of every item of the list, in order.
namespace beproefd::statistics::door::scripts {

Outcome<std::string> t(Request& request);
Outcome<std::string> standardised(Request& request);
Outcome<std::string> wilcoxon(Request& request);
Outcome<std::string> permutation(Request& request);
Outcome<std::string> fisher(Request& request);
Outcome<std::string> mcnemar(Request& request);
Outcome<std::string> boot(Request& request);
Outcome<std::string> power_t(Request& request);
Outcome<std::string> power_anova(Request& request);
Outcome<std::string> power_correlation(Request& request);
Outcome<std::string> power_proportions(Request& request);
Outcome<std::string> power_cluster(Request& request);
Outcome<std::string> power_stepped_wedge(Request& request);
Outcome<std::string> ols(Request& request);
Outcome<std::string> lmm(Request& request);
Outcome<std::string> ordinal(Request& request);
Outcome<std::string> did(Request& request);
Outcome<std::string> its(Request& request);
Outcome<std::string> stepped_wedge(Request& request);
Outcome<std::string> alpha(Request& request);
Outcome<std::string> omega(Request& request);
Outcome<std::string> rubin(Request& request);

} // namespace beproefd::statistics::door::scripts
