// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "quickscan/scan/service.hpp"

#include <functional>
#include <string_view>

namespace beproefd::quickscan {

/// The account of this name in the organisation with this code, as it would act after signing in.
using FindActor = std::function<Result<Actor>(std::string_view organisation, std::string_view account)>;

/// Makes the scans of data/demonstration-scans.yaml through the same steps that users take. A scan of an organisation
/// that has one over the same period already is left alone, so doing it again changes nothing.
Result<void> add_demonstration_scans(Service& scans, const Clock& clock, const FindActor& actor);

} // namespace beproefd::quickscan
