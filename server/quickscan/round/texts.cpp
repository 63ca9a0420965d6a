// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/texts.hpp"

namespace beproefd::embedded {
std::span<const File> national_texts();
}

namespace beproefd::quickscan::national {

const describe::Texts& texts()
{
    static const describe::Texts all{embedded::national_texts()};
    return all;
}

} // namespace beproefd::quickscan::national
