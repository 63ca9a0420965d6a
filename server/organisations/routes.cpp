// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "organisations/routes.hpp"

namespace beproefd::organisations {

void mount(http::Router& routes, Service& organisations)
{
    routes
        .get<OrganisationPage>(
            "/api/v1/organisations", Permission::public_,
            [&](const http::Request&, const OrganisationQuery& query) { return organisations.list(query); })
        .named("listOrganisations")
        .quick();
    routes
        .get<OrganisationDetail>(
            "/api/v1/organisations/{id}", Permission::public_,
            [&](const http::Request&, const Id<Organisation>& id) { return organisations.find(id); })
        .named("getOrganisation");
}

} // namespace beproefd::organisations
