// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <string>
#include <string_view>

namespace beproefd::describe {

/// The same JSON with a member or an item a line, one space deeper per level, so that two versions can be compared
/// line by line. json must be valid and without spaces between its parts, as to_json writes it.
std::string indented(std::string_view json);

} // namespace beproefd::describe
