// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace beproefd::statistics::door {

/// The place of the first member that an object of this JSON text names twice, such as "data.yi": a reader would keep
/// one of the two and nobody would know which. The text is JSON; nothing when every member is named once.
/// Source: RFC 8259 section 4, which leaves to the reader what happens then.
std::optional<std::string> repeated_member(std::string_view text);

} // namespace beproefd::statistics::door
