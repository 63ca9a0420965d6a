// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/outcome.hpp"

namespace beproefd::statistics {

std::string_view name(ErrorCode code)
{
    switch (code) {
    case ErrorCode::bad_request:
        return "bad_request";
    case ErrorCode::unknown_method:
        return "unknown_method";
    case ErrorCode::missing_field:
        return "missing_field";
    case ErrorCode::invalid_data:
        return "invalid_data";
    case ErrorCode::invalid_option:
        return "invalid_option";
    case ErrorCode::insufficient_data:
        return "insufficient_data";
    case ErrorCode::singular_design:
        return "singular_design";
    case ErrorCode::ambiguous_membership:
        return "ambiguous_membership";
    case ErrorCode::no_convergence:
        return "no_convergence";
    case ErrorCode::too_large:
        return "too_large";
    case ErrorCode::internal:
        return "internal";
    }
    return "internal";
}

} // namespace beproefd::statistics
