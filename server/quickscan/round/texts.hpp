// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/texts.hpp"

namespace beproefd::quickscan::national {

/// What the national picture says of itself, from texts.nl.json and texts.en.json.
const describe::Texts& texts();

} // namespace beproefd::quickscan::national
