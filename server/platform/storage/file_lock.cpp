// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/file_lock.hpp"

#include "platform/storage/fault.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace beproefd::storage {

FileLock::FileLock(const std::string& database_path)
{
    const std::string path = database_path + ".lock";
    descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (descriptor_ < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            throw CannotOpen(OpenFailure::not_found,
                             fmt::format("The folder of {} does not exist; make it first.", database_path));
        if (errno == ENOSPC)
            throw CannotOpen(OpenFailure::disk_full,
                             fmt::format("The disk that holds {} is full; make room first.", database_path));
        throw CannotOpen(OpenFailure::unwritable,
                         fmt::format("{} may not be written by this user ({}).", path, std::strerror(errno)));
    }
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        std::array<char, 16> holder{};
        const auto size = pread(descriptor_, holder.data(), holder.size() - 1, 0);
        close(descriptor_);
        throw CannotOpen(
            OpenFailure::in_use,
            fmt::format("Another beproefd process{}{}{} is using {}; stop it first, or use PostgreSQL to run "
                        "more than one.",
                        size > 0 ? ", number " : "", size > 0 ? holder.data() : "", size > 0 ? "," : "",
                        database_path));
    }
    // The number is only for the message above; the lock itself is what counts.
    const std::string number = std::to_string(getpid());
    if (ftruncate(descriptor_, 0) != 0 || pwrite(descriptor_, number.data(), number.size(), 0) < 0)
        return;
}

FileLock::~FileLock() { close(descriptor_); }

} // namespace beproefd::storage
