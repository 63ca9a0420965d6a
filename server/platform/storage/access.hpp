// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/transaction.hpp"

#include <span>
#include <string>
#include <vector>

namespace beproefd::storage {

/// Who may reach which table, beyond the rule that an organisation sees its own rows. From migrations/access.csv:
///   reference    a table without organisation_id: the same for everyone
///   append_only  rows are added and read, never changed or removed
///   guarded      rows are added and read, never changed, and removed only as far as a trigger of the table allows
///   keep         rows are added, read and changed, never removed
///   door         a purpose (detail: its name and the commands it allows) that reaches the rows of all organisations
struct AccessRule {
    enum class Kind { reference, append_only, guarded, keep, door };
    std::string table;
    Kind kind = Kind::reference;
    std::string purpose;               ///< of a door
    std::vector<std::string> commands; ///< of a door: SELECT, INSERT, UPDATE, DELETE
    std::string why;
};

/// The rules inside the program. Throws std::logic_error when the file cannot be read.
const std::vector<AccessRule>& access_rules();
std::vector<AccessRule> read_access_rules(std::string_view csv);

/// The door through which a backup reads every table.
inline constexpr Purpose backup_purpose{"backup"};

/// PostgreSQL: creates the role of everyday work, grants it what the rules allow, and puts row level security on
/// every table with an organisation_id, also against the owner. Without an organisation such a table is empty: it
/// fails closed. SQLite has no such guard; there the repositories are the only one.
void install_access(Transaction& tx, std::span<const AccessRule> rules);

/// PostgreSQL: lets the owner reach all rows until install_access, within the same transaction; a migration that
/// changes rows would else change none, silently.
void suspend_access(Transaction& tx);

/// The tables that have no organisation_id and that no rule calls reference, and the reference tables that are not
/// there or have one. Empty when every table is one or the other.
std::vector<std::string> tables_without_rule(Transaction& tx, std::span<const AccessRule> rules);

} // namespace beproefd::storage
