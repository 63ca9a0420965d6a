// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/catalogue.hpp"
#include "figures/coverage.hpp"
#include "platform/storage/database.hpp"

#include <memory>
#include <mutex>

namespace beproefd::figures {

namespace reasons {
inline constexpr Reason not_loaded{"figures-not-loaded", ""};
} // namespace reasons

/// The published figures of this installation: in the database, and once asked for, in memory.
class Service
{
public:
    explicit Service(storage::Database& database) : database_(database) {}

    /// Loads the data that comes with the program, all of it or nothing. True when something changed; loading the
    /// same again changes nothing.
    Result<bool> load_shipped();
    Result<bool> load(const Published& published);

    /// When the figures of this installation were last compared with the documents; nothing before they are loaded.
    std::optional<Day> as_of() const;

    /// Everything that is published, checked and explained. Refuses before `setup` has loaded it. The first call
    /// reads the database; later ones answer from memory.
    Result<std::shared_ptr<const Catalogue>> catalogue();

private:
    storage::Database& database_;
    std::mutex mutex_;
    std::shared_ptr<const Catalogue> catalogue_;
};

} // namespace beproefd::figures
