// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/routes.hpp"

namespace beproefd::quickscan {

void mount_instruments(http::Router& routes, const Instruments& (*instruments)())
{
    routes
        .get<InstrumentList>("/api/v1/instruments", Permission::public_,
                             [=](const http::Request&) { return instruments().list(); })
        .named("listInstruments");
    routes
        .get<Instrument>("/api/v1/instruments/{key}/versions/{version}", Permission::public_,
                         [=](const http::Request&, const std::string& key, int version) {
                             return instruments().instrument(key, version);
                         })
        .named("getInstrument");
}

} // namespace beproefd::quickscan
