// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"

namespace beproefd::quickscan::reasons {

inline constexpr Reason no_crosswalk{"no-crosswalk", ""};

} // namespace beproefd::quickscan::reasons
