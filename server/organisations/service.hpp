// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "organisations/organisation.hpp"
#include "organisations/repository.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::organisations {

namespace reasons {
inline constexpr Reason list_is_older{"list-is-older", ""};
} // namespace reasons

/// The name of a safety region by its code (VR09: Utrecht); empty for an unknown one.
std::string safety_region_name(std::string_view code);

/// Which organisations a list holds; everything that is said must hold.
struct OrganisationQuery {
    std::optional<OrganisationKind> kind;
    std::optional<Text<0, 100>> q;
    std::optional<Day> on; ///< only what existed on this day
    std::optional<Text<0, 40>> after;
    std::optional<Whole<1, 500>> limit;
};
BOOST_DESCRIBE_STRUCT(OrganisationQuery, (), (kind, q, on, after, limit))

/// A part of the list, in the order of the codes.
struct OrganisationPage {
    std::vector<NamedOrganisation> items;
    std::optional<std::string> next; ///< give it as `after` for what follows; absent on the last page
};
BOOST_DESCRIBE_STRUCT(OrganisationPage, (), (items, next))

/// One organisation with all its names, in order.
struct OrganisationDetail {
    NamedOrganisation organisation;
    std::vector<OrganisationName> names;
};
BOOST_DESCRIBE_STRUCT(OrganisationDetail, (), (organisation, names))

/// What an import did.
struct ImportReport {
    std::vector<MunicipalityRow> added;
    std::vector<std::string> ended;
    std::vector<MunicipalityRow> renamed;
    std::vector<MunicipalityRow> moved;
};
BOOST_DESCRIBE_STRUCT(ImportReport, (), (added, ended, renamed, moved))

/// One of the invented organisations of a demonstration.
struct DemonstrationOrganisation {
    std::string code;
    OrganisationKind kind = OrganisationKind::municipality;
    std::string name;
    std::optional<std::string> safety_region; ///< of a municipality: VR09
};
BOOST_DESCRIBE_STRUCT(DemonstrationOrganisation, (), (code, kind, name, safety_region))

/// Reading is for everyone; changing is done from the command line.
class Service
{
public:
    explicit Service(storage::Database& database) : database_(database) {}

    Result<OrganisationPage> list(const OrganisationQuery& query);
    Result<OrganisationDetail> find(const Id<Organisation>& id);
    /// The identifier behind a code; refuses a code nobody has.
    Result<Id<Organisation>> with_code(std::string_view code);
    bool any_demonstration();

    /// Loads the list and the organisations that come with the program; what is there already stays as it is.
    Result<void> load_shipped();
    /// Adds invented organisations, marked as such; one that is there moves to the safety region it has here. Refuses
    /// a municipality with a code that CBS could give out, and one without a safety region that exists: without it
    /// national counts could not place it.
    Result<void> add_demonstration(const std::vector<DemonstrationOrganisation>& invented);

    /// Imports a newer list: all of it or nothing. `list` and `became` are the contents of CSV files; the names are
    /// shown in errors. Refuses wrong codes, double codes, unknown safety regions and a day before the last list.
    Result<ImportReport> import(std::string_view list, std::string_view list_name, Day day, std::string_view became,
                                std::string_view became_name);

private:
    storage::Database& database_;
};

} // namespace beproefd::organisations
