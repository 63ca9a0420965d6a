// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/door/registry.hpp"
#include "statistics/parallel.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace beproefd::statistics::door {

inline constexpr std::string_view contract = "beproefd.analyse/1";

/// A reply and the exit status that goes with it: 0 ok, 2 refused, 3 no_convergence, 70 internal.
struct Reply {
    std::string text; ///< one line of JSON without line end
    int status = 0;
};

struct AnalyseSettings {
    std::string method;        ///< when given, must equal the method of the request
    Execution execution{};     ///< threads and time limit
    bool keep_request = false; ///< reply {"request":…,"reply":…}, which plot and explain read
    std::string version = "0"; ///< shown in meta
};

/// Answers the text of one request of the contract. Never throws; the text is always a whole reply.
Reply analyse(const Registry& registry, std::string_view text, const AnalyseSettings& settings);

/// The R script that repeats the analysis of a request. status 2 and an error reply when there is none.
Reply as_r(const Registry& registry, std::string_view text, const AnalyseSettings& settings);

/// JSON with shortest round-trip numbers and members in the order they were added.
std::string write_json(const boost::json::value& value);

} // namespace beproefd::statistics::door
