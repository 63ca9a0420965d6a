// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace beproefd::statistics::disclosure {

/// How easily each record of a sample could be recognised by its key (region, age group, function …).
struct RecordRisk {
    std::vector<std::size_t> fk; ///< per record: how many in the sample share its key
    std::vector<double> Fk;      ///< per record: how many in the population are expected to, the sum of weights
    std::vector<double> risk;    ///< per record: expected chance of a correct match
    std::size_t n_unique = 0, n_below_3 = 0; ///< records whose key occurs once; less than three times
};

/// `group` numbers the key of each record, from 0; weights are how many in the population a record stands for.
/// Where the sample is the population (fk = Fk), the risk is its limit: 1, 1/2, 1/fk.
/// Refuses weights that make the population of a key smaller than what was sampled from it.
/// Source: Benedetti & Franconi 1998; approximation of sdcMicro, doi:10.18637/jss.v067.i04
Outcome<RecordRisk> record_risk(std::span<const std::size_t> group, std::size_t groups,
                                std::span<const double> weights);

} // namespace beproefd::statistics::disclosure
