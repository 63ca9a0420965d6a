// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/published.hpp"
#include "platform/storage/database.hpp"

namespace beproefd::figures {

/// One thing that was published, as it is kept.
struct Entry {
    std::string kind;
    std::string key;
    std::int64_t position = 0;
    std::string content;
    bool operator==(const Entry&) const = default;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (kind, key, position, content))

struct Edition {
    std::int64_t number = 1;
    std::string sha256;
    bool operator==(const Edition&) const = default;
};
BOOST_DESCRIBE_STRUCT(Edition, (), (number, sha256))

/// SQL of the published figures. Everyone may read them; only `setup` writes.
class Repository
{
public:
    explicit Repository(storage::Transaction& tx) : tx_(tx) {}

    /// Everything that is loaded; empty before `setup` loaded anything. Throws storage::Corrupt when an entry cannot
    /// be read as what it should be.
    std::optional<Published> load();
    std::optional<Edition> edition();
    /// When the figures were last compared with the documents; nothing before they are loaded.
    std::optional<Day> as_of();
    /// Replaces everything by this. False, and nothing is written, when exactly this was loaded already.
    bool save(const Published& published);

private:
    storage::Transaction& tx_;
};

} // namespace beproefd::figures
