// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "organisations/organisation.hpp"
#include "platform/storage/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::organisations {

/// An organisation with the name it has now.
struct NamedOrganisation {
    static constexpr auto schema_name = "Organisation";
    Id<Organisation> id;
    OrganisationKind kind = OrganisationKind::municipality;
    std::string code;
    std::string name;
    bool demonstration = false;
    std::string safety_region;
    std::optional<Day> first;
    std::optional<Day> last;
    bool operator==(const NamedOrganisation&) const = default;
};
BOOST_DESCRIBE_STRUCT(NamedOrganisation, (), (id, kind, code, name, demonstration, safety_region, first, last))

/// SQL of organisations. They are reference data: everyone may read them, only the command line changes them.
class Repository
{
public:
    explicit Repository(storage::Transaction& tx) : tx_(tx) {}

    /// In the order of their codes, after this one; only of a kind when one is given; only what exists on `on`.
    std::vector<NamedOrganisation> list(std::optional<OrganisationKind> kind, std::string_view query,
                                        std::optional<Day> on, std::string_view after, std::int64_t limit);
    std::optional<NamedOrganisation> find(const Id<Organisation>& id);
    bool is_municipality(const Id<Organisation>& id);
    std::optional<Organisation> with_code(std::string_view code);
    std::vector<OrganisationName> names(const Id<Organisation>& id);
    std::vector<MunicipalityRow> municipalities_now();
    bool any_demonstration();
    /// The day of the newest list of municipalities that was loaded; empty before the first.
    std::optional<Day> newest_list();

    void save(const Organisation& organisation);
    void save(const OrganisationName& name);
    void save(const Succession& succession);
    void save_list(Day day, std::string_view source);
    void end(const Id<Organisation>& id, Day last);
    /// Ends the current name on `last` and adds the new one.
    void rename(const Id<Organisation>& id, std::string_view name, std::optional<Day> first, std::string_view source);
    void move(const Id<Organisation>& id, std::string_view safety_region);

private:
    storage::Transaction& tx_;
};

} // namespace beproefd::organisations
