// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <iosfwd>
#include <span>
#include <string>

namespace beproefd::statistics::picture {

/// `beproefd plot KIND [--language nl|en] < exchange.json > figure.svg`. 0, 2 when refused, 64 for the command line.
int plot_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& error);

/// `beproefd explain [--language nl|en] < exchange.json`. 0, 2 when refused, 64 for the command line.
int explain_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& error);

/// data/statistics/sentences.yaml as it was built in.
const std::string& sentences_file();

} // namespace beproefd::statistics::picture
