// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/router.hpp"
#include "platform/jobs/runner.hpp"

namespace beproefd::jobs {

/// How far a job is and what came of it, and stopping it.
void mount(http::Router& routes, Runner& jobs);

} // namespace beproefd::jobs
