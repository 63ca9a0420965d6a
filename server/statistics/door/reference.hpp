// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/door/registry.hpp"

#include <map>
#include <string>

namespace beproefd::statistics::door {

/// The reference pages in Markdown by file name: one per method, with its example answered, and README.md with all of
/// them. Written to docs/reference/statistics by the program statistics_reference; a test compares.
std::map<std::string, std::string> reference_pages(const Registry& registry);

} // namespace beproefd::statistics::door
