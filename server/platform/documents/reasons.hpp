// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"

namespace beproefd::documents::reasons {

inline constexpr Reason not_a_spreadsheet{"not-a-spreadsheet", "ECMA-376"};
inline constexpr Reason spreadsheet_doctype{"spreadsheet-doctype", ""};
inline constexpr Reason spreadsheet_encrypted{"spreadsheet-encrypted", ""};
inline constexpr Reason spreadsheet_too_big{"spreadsheet-too-big", ""};

} // namespace beproefd::documents::reasons
