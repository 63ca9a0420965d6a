// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/router.hpp"
#include "platform/storage/database.hpp"

namespace beproefd::auth {

/// The audit trail of the own organisation, for its administrator and privacy officer.
void mount_audit(http::Router& routes, storage::Database& database);

} // namespace beproefd::auth
