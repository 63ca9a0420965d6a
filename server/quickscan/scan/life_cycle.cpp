// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/life_cycle.hpp"

#include <algorithm>
#include <array>

namespace beproefd::quickscan {
namespace {

using enum ScanState;

// clang-format off
constexpr std::array steps{
    //         from       to         reason  settled removes
    Transition{draft,     open,      false,  false,  false},
    Transition{open,      consensus, false,  false,  false},
    Transition{open,      archived,  true,   false,  true},
    Transition{consensus, open,      true,   false,  false},
    Transition{consensus, closed,    false,  true,   false},
    Transition{consensus, archived,  true,   false,  true},
    Transition{closed,    consensus, true,   false,  false},
    Transition{closed,    archived,  false,  false,  true},
};
// clang-format on

} // namespace

std::span<const Transition> life_cycle() { return steps; }

const Transition* transition(ScanState from, ScanState to)
{
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [&](const Transition& one) { return one.from == from && one.to == to; });
    return found == steps.end() ? nullptr : &*found;
}

} // namespace beproefd::quickscan
