// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <string>

namespace beproefd::storage {

/// Held by the one process that writes to an SQLite file: PATH.lock, freed by the kernel however the process ends.
class FileLock
{
public:
    /// Throws CannotOpen (in_use) with the number of the process that holds it.
    explicit FileLock(const std::string& database_path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    int descriptor_ = -1;
};

} // namespace beproefd::storage
