// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <boost/describe.hpp>

#include <string>

namespace beproefd::describe {

/// The same words twice: plain Dutch (B1) and English, both our own.
struct Words {
    std::string nl;
    std::string en;
    bool operator==(const Words&) const = default;
};
BOOST_DESCRIBE_STRUCT(Words, (), (nl, en))

} // namespace beproefd::describe
