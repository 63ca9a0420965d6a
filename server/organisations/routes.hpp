// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "organisations/service.hpp"
#include "platform/http/router.hpp"

namespace beproefd::organisations {

/// Organisations for everyone to read.
void mount(http::Router& routes, Service& organisations);

} // namespace beproefd::organisations
