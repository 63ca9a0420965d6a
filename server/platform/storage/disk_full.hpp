// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/fault.hpp"

#include <system_error>

namespace beproefd::storage {

/// Throws DiskFull with its cause nested in it (std::errc::no_space_on_device), so that the door can tell a visitor
/// what is the matter without knowing databases.
[[noreturn]] inline void throw_disk_full(const std::string& what)
{
    try {
        throw std::system_error(std::make_error_code(std::errc::no_space_on_device));
    } catch (const std::system_error&) {
        std::throw_with_nested(DiskFull(what));
    }
}

} // namespace beproefd::storage
