// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/catalogue.hpp"
#include "figures/coverage.hpp"

#include <cstdio>
#include <string>

namespace beproefd::figures {

/// `beproefd figures coverage [--json] [--all]`: what became of every number of the documents. Without --all only
/// what is missing. The last line is "652 of 652: N figures, M not figures". Returns 0 when every number is held and
/// every figure stands where it says, 1 otherwise.
int coverage_command(const Catalogue& catalogue, bool json, bool all, std::FILE* out);

/// `beproefd figures verify [--json]`: every check, its difference and the best explanation. Returns 0 when exactly
/// the known differences remain, 1 otherwise.
int verify_command(const Catalogue& catalogue, bool json, std::FILE* out);

/// `beproefd figures export [--format csv|xlsx|json] [filters] [--output FILE]`: the selection as a file, or on
/// `out`. Returns 0; 2 for a format that does not exist. Throws std::runtime_error when the file cannot be written.
int export_command(const Catalogue& catalogue, const FigureFilter& filter, const std::string& format,
                   const std::string& output, std::FILE* out, std::FILE* error);

} // namespace beproefd::figures
