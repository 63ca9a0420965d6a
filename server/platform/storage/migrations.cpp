// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/migrations.hpp"

#include "platform/core/embedded.hpp"
#include "platform/core/sha256.hpp"
#include "platform/core/time.hpp"
#include "platform/storage/access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace beproefd::embedded {
std::span<const File> migrations();
}

namespace beproefd::storage {

namespace {

struct Applied {
    int version = 0;
    std::string name;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(Applied, (), (version, name, sha256))

/// Both texts: a backup of one engine is restored into the other.
std::string fingerprint(const Migration& migration)
{
    return sha256_hex(sha256_hex(migration.sqlite) + sha256_hex(migration.postgresql));
}

bool has_history(Transaction& tx)
{
    const auto tables = table_names(tx);
    return std::find(tables.begin(), tables.end(), "schema_migration") != tables.end();
}

std::vector<Migration> read_embedded()
{
    std::map<int, Migration> by_number;
    // The shared text sorts before the variants: "0001_x.pg.sql" > … is not sure, so the variants come second.
    for (const bool variants : {false, true}) {
        for (const auto& file : embedded::migrations()) {
            auto name = file.path.substr(file.path.rfind('/') + 1);
            if (!name.ends_with(".sql"))
                continue;
            name.remove_suffix(4);
            const bool for_sqlite = name.ends_with(".sqlite");
            const bool for_postgresql = name.ends_with(".pg");
            if (variants != (for_sqlite || for_postgresql))
                continue;
            name = name.substr(0, name.find('.'));
            int number = 0;
            const auto digits = name.substr(0, 4);
            if (name.size() < 6 || name[4] != '_' ||
                std::from_chars(digits.begin(), digits.end(), number).ptr != digits.end())
                throw std::logic_error(fmt::format("a migration is called NNNN_name.sql, not {}", file.path));
            auto& migration = by_number[number];
            if (!migration.name.empty() && migration.name != name.substr(5))
                throw std::logic_error(fmt::format("two migrations have the number of {}", file.path));
            migration.number = number;
            migration.name = name.substr(5);
            if (!for_postgresql)
                migration.sqlite += file.content;
            if (!for_sqlite)
                migration.postgresql += file.content;
        }
    }
    std::vector<Migration> all;
    for (auto& [number, migration] : by_number)
        all.push_back(std::move(migration));
    return all;
}

} // namespace

const std::vector<Migration>& migrations()
{
    static const std::vector<Migration> all = read_embedded();
    return all;
}

std::span<const Migration> up_to(std::span<const Migration> known, int number)
{
    const auto beyond =
        std::find_if(known.begin(), known.end(), [&](const Migration& one) { return one.number > number; });
    return known.first(static_cast<std::size_t>(beyond - known.begin()));
}

SchemaVersion schema_version(Transaction& tx, std::span<const Migration> known)
{
    if (!has_history(tx))
        return {};
    const auto applied = tx.select<Applied>("SELECT version, name, sha256 FROM schema_migration ORDER BY version");
    if (applied.empty())
        return {};
    const auto& last = applied.back();
    if (known.empty() || last.version > known.back().number)
        return {SchemaState::newer, last.version, last.name};
    // What was applied is how the list begins: none changed, none skipped, none slipped in between.
    for (std::size_t place = 0; place < applied.size(); ++place) {
        const auto& step = applied[place];
        if (place >= known.size() || known[place].number != step.version || fingerprint(known[place]) != step.sha256)
            return {SchemaState::changed, step.version, step.name};
    }
    return {applied.size() < known.size() ? SchemaState::older : SchemaState::current, last.version, last.name};
}

void migrate(Transaction& tx, std::span<const Migration> known)
{
    const auto version = schema_version(tx, known);
    if (version.state == SchemaState::newer)
        throw CannotOpen(
            OpenFailure::newer,
            fmt::format("The database was made by a newer program (its schema is {}, this program knows {}); "
                        "use that program.",
                        version.number, known.empty() ? 0 : known.back().number));
    if (version.state == SchemaState::changed)
        throw CannotOpen(
            OpenFailure::foreign,
            fmt::format("The database has another history than this program: migration {:04} ({}) differs; use "
                        "the program that made it.",
                        version.number, version.name));
    if (version.state == SchemaState::empty)
        tx.connection().script("CREATE TABLE IF NOT EXISTS schema_migration ("
                               "version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, "
                               "at TEXT NOT NULL)");
    suspend_access(tx);
    apply_migrations(tx, known.subspan(up_to(known, version.number).size()));
    install_access(tx, access_rules());
}

void apply_migrations(Transaction& tx, std::span<const Migration> steps)
{
    for (const auto& migration : steps) {
        tx.connection().script(migration.text(tx.dialect()));
        tx.insert("schema_migration", Applied{migration.number, migration.name, fingerprint(migration)},
                  with("at", SystemClock{}.now()));
    }
}

std::vector<std::string> table_names(Transaction& tx)
{
    if (tx.dialect() == Dialect::sqlite)
        return tx.select<std::string>(
            "SELECT name FROM sqlite_schema listed WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' "
            // The tables inside a full-text index belong to the index.
            "AND NOT EXISTS (SELECT 1 FROM sqlite_schema index_table WHERE index_table.sql LIKE 'CREATE VIRTUAL "
            "TABLE%' "
            "AND listed.name LIKE index_table.name || '!_%' ESCAPE '!') ORDER BY name");
    return tx.select<std::string>("SELECT CAST(table_name AS TEXT) FROM information_schema.tables "
                                  "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1");
}

std::vector<TableColumn> table_columns(Transaction& tx, std::string_view table)
{
    std::vector<TableColumn> columns;
    const auto add = [&](const std::tuple<std::string, std::string, bool>& row) {
        columns.push_back({std::get<0>(row), std::get<1>(row), std::get<2>(row)});
    };
    if (tx.dialect() == Dialect::sqlite)
        tx.stream<std::tuple<std::string, std::string, bool>>(
            add, "SELECT name, upper(type), (\"notnull\" = 1 OR pk > 0) FROM pragma_table_info($1) ORDER BY cid",
            table);
    else
        tx.stream<std::tuple<std::string, std::string, bool>>(
            add,
            "SELECT CAST(column_name AS TEXT), upper(CAST(data_type AS TEXT)), is_nullable = 'NO' "
            "FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 "
            "ORDER BY ordinal_position",
            table);
    return columns;
}

} // namespace beproefd::storage
