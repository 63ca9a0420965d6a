// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/router.hpp"
#include "quickscan/report/service.hpp"

namespace beproefd::quickscan {

/// Reports of a scan as document, PDF and ODT, and the paper form.
void mount_reports(http::Router& routes, Reports& reports);

} // namespace beproefd::quickscan
