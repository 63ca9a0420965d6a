// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/database.hpp"

#include "platform/storage/migrations.hpp"
#include "platform/storage/postgres_engine.hpp"
#include "platform/storage/sqlite_engine.hpp"

#include <fmt/format.h>

namespace beproefd::storage {

namespace {

std::unique_ptr<Engine> open_engine(const std::string& url, const Options& options)
{
    if (url.starts_with("sqlite:") && url.size() > 7)
        return std::make_unique<SqliteEngine>(url.substr(7), options);
    if (url.starts_with("postgresql://") || url.starts_with("postgres://"))
        return std::make_unique<PostgresEngine>(url, options);
    // The address is not repeated: it may carry a password.
    throw CannotOpen(OpenFailure::bad_address,
                     "The address of a database is sqlite:PATH or postgresql://user@host/name.");
}

void demand_current_schema(const Database& database)
{
    const auto version = database.read([](Transaction& tx) { return schema_version(tx, migrations()); });
    switch (version.state) {
    case SchemaState::current:
        return;
    case SchemaState::empty:
        throw CannotOpen(OpenFailure::not_set_up, "The database is empty; run `beproefd setup` on it first.");
    case SchemaState::older:
        throw CannotOpen(
            OpenFailure::older,
            fmt::format("The database was made by an older program (its schema is {}, this program needs {}); "
                        "run `beproefd setup` to upgrade it.",
                        version.number, migrations().back().number));
    case SchemaState::newer:
        throw CannotOpen(
            OpenFailure::newer,
            fmt::format("The database was made by a newer program (its schema is {}, this program knows {}); "
                        "use that program.",
                        version.number, migrations().back().number));
    case SchemaState::changed:
        throw CannotOpen(
            OpenFailure::foreign,
            fmt::format("The database has another history than this program: migration {:04} ({}) differs; use "
                        "the program that made it.",
                        version.number, version.name));
    }
}

} // namespace

Database Database::open(const std::string& url, const Options& options)
{
    Database database{open_engine(url, options)};
    if (options.opening != Opening::setup) {
        demand_current_schema(database);
        return database;
    }
    bool upgrade = false;
    database.engine().maintain(
        [&](Transaction& tx) { upgrade = schema_version(tx, migrations()).state == SchemaState::older; });
    if (upgrade && options.before_upgrade)
        options.before_upgrade(database);
    try {
        database.engine().maintain([](Transaction& tx) { migrate(tx, migrations()); });
    } catch (const AccessViolation&) {
        throw CannotOpen(
            OpenFailure::unwritable,
            fmt::format("This user may not set up the database; let an administrator make it the owner of the "
                        "database and run: CREATE ROLE {0} NOLOGIN; GRANT {0} TO that user;",
                        application_role));
    }
    return database;
}

} // namespace beproefd::storage
