// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/router.hpp"

namespace beproefd::vocabulary {

/// GET /api/v1/vocabularies and …/{key}: public, from memory.
void mount(http::Router& routes);

} // namespace beproefd::vocabulary
