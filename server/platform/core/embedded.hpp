// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <span>
#include <string_view>

namespace beproefd::embedded {

/// A file of the repository that travels inside the program (cmake/Embed.cmake).
struct File {
    std::string_view path; ///< relative to the root of the repository
    std::string_view content;
};

} // namespace beproefd::embedded
