// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/bounded.hpp"
#include "platform/core/result.hpp"
#include "platform/describe/words.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::quickscan::national {

using describe::Words;

struct BreakdownGroup {
    std::string key;
    Words label;
    std::vector<std::string> members; ///< size classes or safety regions, by their key
};
BOOST_DESCRIBE_STRUCT(BreakdownGroup, (), (key, label, members))

struct Breakdown {
    std::string key; ///< size_class or part_of_country
    Words label;
    std::string source;
    std::vector<BreakdownGroup> groups;
};
BOOST_DESCRIBE_STRUCT(Breakdown, (), (key, label, source, groups))

/// The published, fixed list of how national counts are broken down, and from when a count is withheld:
/// data/quickscan/breakdowns.yaml.
struct Breakdowns {
    std::int64_t version = 1;
    Whole<3, 50> limit;          ///< counts from 1 up to this less one are withheld
    Whole<4, 51> smallest_group; ///< fewer that handed in: the group is not shown
    std::vector<Breakdown> breakdowns;

    const Breakdown* find(std::string_view key) const;
};
BOOST_DESCRIBE_STRUCT(Breakdowns, (), (version, limit, smallest_group, breakdowns))

/// The group of whoever belongs to none: a municipality without a safety region.
inline constexpr std::string_view unknown_group = "unknown";
/// The groups together that are too small to be shown apart.
inline constexpr std::string_view rest_group = "rest";
/// As breakdown: the whole country.
inline constexpr std::string_view whole_country = "";

/// Reads and checks a list: every member in one group only, no group that is called as one of ours. name is shown in
/// errors.
Result<Breakdowns> read_breakdowns(std::string_view yaml, std::string_view name);
/// The list that comes with the program.
const Breakdowns& shipped_breakdowns();

} // namespace beproefd::quickscan::national
