// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/database.hpp"

#include <string>

namespace beproefd::storage {

/// Writes everything to one file while the database is in use: one view of one moment. The file is an SQLite database
/// of this program whatever the engine, so it can be opened, searched and restored anywhere. The file appears under
/// its name only when it is whole and safe on disk. Throws CannotOpen when it cannot be written, or is there already.
void backup(const Database& database, const std::string& file);

/// Fills an empty database (either engine) from a backup file (of either engine) and upgrades it to the present
/// schema: all or nothing. Throws CannotOpen when the target is not empty, or the file is damaged or of a newer
/// program.
void restore(const std::string& url, const std::string& file);

} // namespace beproefd::storage
