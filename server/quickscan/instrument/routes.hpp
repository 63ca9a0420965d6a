// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/router.hpp"
#include "quickscan/instrument/catalogue.hpp"

namespace beproefd::quickscan {

/// GET /api/v1/instruments and …/{key}/versions/{version}: public, from memory, without drafts.
/// Asks for the instruments at the first request, so that a start does not wait for reading them.
void mount_instruments(http::Router& routes, const Instruments& (*instruments)());

} // namespace beproefd::quickscan
