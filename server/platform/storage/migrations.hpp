// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/database.hpp"

#include <span>
#include <string>
#include <vector>

namespace beproefd::storage {

/// One step of the history of the schema: migrations/NNNN_name.sql, with what only one engine needs in
/// NNNN_name.sqlite.sql or NNNN_name.pg.sql (run after the shared text).
struct Migration {
    int number = 0;
    std::string name;
    std::string sqlite;
    std::string postgresql;

    const std::string& text(Dialect dialect) const { return dialect == Dialect::sqlite ? sqlite : postgresql; }
};

/// The migrations inside the program, in the order of their numbers. A number may be left out; one that is added
/// later below a number that was applied makes another history.
const std::vector<Migration>& migrations();

/// Those with a number up to and including this one.
std::span<const Migration> up_to(std::span<const Migration> known, int number);

/// What the schema is compared with the program.
enum class SchemaState { empty, older, current, newer, changed };

struct SchemaVersion {
    SchemaState state = SchemaState::empty;
    int number = 0;   ///< of the last migration applied
    std::string name; ///< of that migration; for `changed`, of the first whose text is not what was applied
};

SchemaVersion schema_version(Transaction& tx, std::span<const Migration> known);

/// Applies what is missing, in the transaction: all or none. Throws CannotOpen for a newer or changed history.
/// Afterwards the access rules are put in place (see access.hpp).
void migrate(Transaction& tx, std::span<const Migration> known);

/// The bare steps, noted in schema_migration, which must be there.
void apply_migrations(Transaction& tx, std::span<const Migration> steps);

/// A table as it really is, for the test that compares it with the described structs.
struct TableColumn {
    std::string name;
    std::string type; ///< upper case, as in CREATE TABLE: TEXT, BIGINT, SMALLINT, DOUBLE PRECISION, DATE, INTEGER
    bool required = false;
};
std::vector<std::string> table_names(Transaction& tx);
std::vector<TableColumn> table_columns(Transaction& tx, std::string_view table);

} // namespace beproefd::storage
