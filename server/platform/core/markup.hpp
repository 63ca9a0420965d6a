// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <string>
#include <string_view>

namespace beproefd {

/// Text in HTML, SVG and XML, also in an attribute: & < > " escaped, and the control characters that XML does not
/// know left out.
std::string escaped(std::string_view text);

} // namespace beproefd
