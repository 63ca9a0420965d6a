// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <filesystem>

namespace beproefd {

/// A new folder of a test's own, removed with its content. Tests run beside each other, so none may write to a path
/// that another could know: whatever a test writes, it writes here. Throws std::filesystem::filesystem_error when the
/// folder cannot be made.
class TemporaryFolder
{
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace beproefd
