// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/registry.hpp"

namespace beproefd::statistics::door {

void register_reliability(Registry&) {}

} // namespace beproefd::statistics::door
