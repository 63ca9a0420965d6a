// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/published.hpp"

namespace beproefd::figures {

/// Recomputes every check of the data, in their order; a check on a table gives one for each of its rows or columns
/// that has a printed total.
CheckReport run_checks(const Published& published);

/// The findings with the checks that belong to them.
std::vector<Finding> findings_with_checks(const Published& published, const CheckReport& report);

/// The tables with the cells marked that do not add up: a total beside what it should be, and the cell that a printed
/// correction names.
std::vector<PublishedTable> marked_tables(const Published& published, const CheckReport& report);

} // namespace beproefd::figures
