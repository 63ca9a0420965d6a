// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/actor.hpp"
#include "platform/core/id.hpp"
#include "platform/core/time.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd {

enum class OrganisationKind { municipality, ministry, agency, implementer };
BOOST_DESCRIBE_ENUM(OrganisationKind, municipality, ministry, agency, implementer)

/// A municipality by its CBS code, a ministry, an agency or whoever carries out. It stays the same when its name
/// changes, and it stays when it ends: what it did keeps its history.
struct Organisation {
    Id<Organisation> id;
    OrganisationKind kind = OrganisationKind::municipality;
    std::string code;           ///< GM0363 for a municipality, a short word for others; unique
    bool demonstration = false; ///< invented; each page that shows it says so
    std::string safety_region;  ///< VR13; empty for what is not a municipality
    std::optional<Day> first;   ///< first day that a list we hold has it; unknown when no source gives it
    std::optional<Day> last;    ///< last day; empty while it exists
    bool operator==(const Organisation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Organisation, (), (id, kind, code, demonstration, safety_region, first, last))

} // namespace beproefd

namespace beproefd::organisations {

/// A name for a time. A day that no source gives is unknown and stays empty.
struct OrganisationName {
    Id<Organisation> named_id;
    std::int64_t number = 1; ///< the order of the names of one organisation
    std::string name;
    std::optional<Day> first;
    std::optional<Day> last;
    bool current = true;
    std::string source;
    bool operator==(const OrganisationName&) const = default;
};
BOOST_DESCRIBE_STRUCT(OrganisationName, (), (named_id, number, name, first, last, current, source))

/// Which municipality went on as which, from a day.
struct Succession {
    std::string was_code;
    std::string becomes_code;
    Day since;
    bool operator==(const Succession&) const = default;
};
BOOST_DESCRIBE_STRUCT(Succession, (), (was_code, becomes_code, since))

/// True for "GM" and four digits. Codes GM9xxx are invented: they occur in demonstrations only.
bool is_municipality_code(std::string_view code);
bool is_invented_code(std::string_view code);

/// One line of a list of municipalities.
struct MunicipalityRow {
    std::string code;
    std::string name;
    std::string safety_region;
    bool operator==(const MunicipalityRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(MunicipalityRow, (), (code, name, safety_region))

/// What a newer list changes, compared with what is held.
struct ListChange {
    std::vector<MunicipalityRow> added;   ///< begin on the day of the list
    std::vector<std::string> ended;       ///< codes that end the day before
    std::vector<MunicipalityRow> renamed; ///< with the new name
    std::vector<MunicipalityRow> moved;   ///< to another safety region
    bool empty() const { return added.empty() && ended.empty() && renamed.empty() && moved.empty(); }
};

/// Compares a newer list with the municipalities that exist now. Both have each code once.
ListChange compare(const std::vector<MunicipalityRow>& now, const std::vector<MunicipalityRow>& newer);

} // namespace beproefd::organisations
