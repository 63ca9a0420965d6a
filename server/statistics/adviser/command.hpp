// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <iosfwd>
#include <span>
#include <string>

namespace beproefd::statistics::adviser {

/// `beproefd advise [--text] [--language nl|en] < situation.json`. JSON in both languages, or text in one.
/// 0, 2 when the situation is refused, 64 for the command line.
int advise_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& error);

/// `beproefd ladder < facts.json`: on which step of the evidence ladder recorded facts put an evaluation.
/// The facts are {"name":{"value":1,"source":"report p. 4"},…}. 0, 2 when refused, 64 for the command line.
int ladder_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& error);

} // namespace beproefd::statistics::adviser
