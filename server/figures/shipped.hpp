// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/published.hpp"
#include "platform/describe/sentences.hpp"

#include <stdexcept>

namespace beproefd::figures::test {

/// For tests: the published data as it travels inside the program, read once.
inline const Published& shipped()
{
    static const Published all = [] {
        auto read = read_published(shipped_sources());
        if (!read)
            throw std::runtime_error(describe::explain(read.error(), describe::Language::en));
        return std::move(*read);
    }();
    return all;
}

} // namespace beproefd::figures::test
