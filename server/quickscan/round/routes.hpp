// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/router.hpp"
#include "quickscan/round/service.hpp"

namespace beproefd::quickscan::national {

/// Rounds for who holds them, handing in for municipalities, and the published picture for everyone.
void mount(http::Router& routes, Service& national);

} // namespace beproefd::quickscan::national
