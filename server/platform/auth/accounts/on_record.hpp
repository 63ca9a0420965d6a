// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/audit/audit.hpp"
#include "platform/auth/actor.hpp"

namespace beproefd::auth {

/// An actor as the audit trail knows him: by account and function, never by name. Without an account it is a
/// guest who came through a link, or else the operator on the command line.
audit::Actor on_record(const Actor& actor);

} // namespace beproefd::auth
