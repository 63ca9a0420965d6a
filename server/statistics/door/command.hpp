// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace beproefd::statistics::door {

/// `beproefd analyse [METHOD] [--batch] [--threads N] [--time-limit SECONDS] [--keep-request] [--as-r]`.
///
/// Reads one request (or with --batch one a line) from `in`, writes the replies to `out` and nothing else; what is
/// wrong with the command line itself goes to `error`. Gives the exit status of the contract; with --batch 0 when
/// every line got a reply. 2 for a command line that cannot be understood.
int analyse_command(std::span<const std::string> words, std::istream& in, std::ostream& out, std::ostream& error,
                    std::string_view version);

} // namespace beproefd::statistics::door
