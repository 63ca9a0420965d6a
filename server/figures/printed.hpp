// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::figures {

/// The tokens in a printed text: each run of digits with the points and commas inside it ("7,5 – 8" has two, "0 04"
/// has two because its comma was lost); a text without digits is one token ("negentien").
std::vector<std::string> tokens_of(std::string_view printed);

/// The number a Dutch document prints in digits: "801.000" is 801000, "2,5" is 2.5, "2159" is 2159. Empty for words,
/// for more than one number and for anything that is not written that way.
std::optional<double> read_printed(std::string_view printed);

} // namespace beproefd::figures
