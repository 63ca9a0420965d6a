// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/texts.hpp"

namespace beproefd::embedded {
std::span<const File> figures_texts();
}

namespace beproefd::figures {

const describe::Texts& texts()
{
    static const describe::Texts all{embedded::figures_texts()};
    return all;
}

} // namespace beproefd::figures
