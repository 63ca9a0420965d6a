// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/round.hpp"

#include "platform/describe/scalar.hpp"

namespace beproefd::quickscan::national {

Result<RoundStep> step(RoundState from, RoundState to, std::string_view reason)
{
    for (const auto& known : round_life_cycle) {
        if (known.from != from || known.to != to)
            continue;
        if (known.needs_reason && reason.empty())
            return refuse(reasons::round_step_needs_reason);
        return known;
    }
    return refuse(reasons::round_step, {{"from", std::string{describe::Scalar<RoundState>::to(from)}},
                                        {"to", std::string{describe::Scalar<RoundState>::to(to)}}});
}

} // namespace beproefd::quickscan::national
