// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/router.hpp"
#include "quickscan/instrument/catalogue.hpp"
#include "quickscan/instrument/xlsform.hpp"

namespace beproefd::quickscan {

/// What a form would become here; nothing is kept.
struct InstrumentReading {
    Instrument instrument;
    std::vector<LeftOutPart> left_out;
    std::string yaml; ///< to put under data/instruments
};
BOOST_DESCRIBE_STRUCT(InstrumentReading, (), (instrument, left_out, yaml))

/// Public, from memory, without drafts: GET /api/v1/instruments, …/{key}/versions/{version} and …/xlsform. For the
/// survey manager: POST /api/v1/instrument-readings, which says what an XLSForm would become.
/// Asks for the instruments at the first request, so that a start does not wait for reading them.
void mount_instruments(http::Router& routes, std::function<const Instruments&()> instruments);

} // namespace beproefd::quickscan
