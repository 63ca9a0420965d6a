// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "quickscan/round/counting.hpp"

#include <array>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Invented municipalities and what they would answer, for demonstrations, tests and measurements. The same seed
/// gives the same data on every machine. Nothing in it tells anything about a real municipality.
namespace beproefd::quickscan::national {

struct InventedMunicipality {
    std::string code; ///< GM9003 and up: CBS gives out none of these
    std::string name; ///< built from our own parts of words
    std::int64_t inhabitants = 0;
    std::string size_class;
    std::string safety_region;
};

/// What one function of a municipality answers, by item in the order of the items.
struct InventedRespondent {
    std::string domain; ///< safety, social, education or partner
    std::vector<std::string> answers;
};

struct InventedScan {
    std::size_t municipality = 0; ///< place in the list
    std::array<InventedRespondent, 6> respondents;
    std::vector<std::string> settled; ///< what the six came to: the answer that most gave, by item
};

inline constexpr std::size_t invented_municipalities = 342;

/// As many small, medium and large ones as one would expect, spread over the safety regions. `taken` are names that
/// may not be used, in any spelling with capitals: those of real municipalities.
std::vector<InventedMunicipality> invent_municipalities(std::uint64_t seed, std::span<const std::string> taken);

/// What municipalities would answer in one year, on the scale yes, partly, no, unknown, not_applicable. Those that do
/// well on one question do better on others; most go a little forward from year to year (0, 1, 2, …); small ones know
/// less often; functions of one municipality differ. Leaves out who does not take part that year.
std::vector<InventedScan> invent_scans(std::uint64_t seed, int year,
                                       std::span<const InventedMunicipality> municipalities,
                                       std::span<const Item> items);

/// Answers to a survey: of each item one of its answers, with shares that differ per item. Items with one question
/// before the dot are choices of which several may be given: all of them are unknown or none is, and one of
/// `exclusive` (keys of items) is chosen only where nothing else is.
std::vector<InventedScan> invent_survey(std::uint64_t seed, int year,
                                        std::span<const InventedMunicipality> municipalities,
                                        std::span<const Item> items, const std::set<std::string>& exclusive);

/// The copy that would be handed in.
Copy copy_of(const InventedScan& scan, std::span<const InventedMunicipality> municipalities,
             std::span<const Item> items);

} // namespace beproefd::quickscan::national
