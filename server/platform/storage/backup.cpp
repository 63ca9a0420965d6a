// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/backup.hpp"

#include "platform/storage/access.hpp"
#include "platform/storage/migrations.hpp"
#include "platform/storage/postgres_engine.hpp"
#include "platform/storage/sqlite_engine.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace beproefd::storage {

namespace fs = std::filesystem;

namespace {

const auto ignore_rows = [](const Row&) { return true; };

/// The name a backup has until it is whole.
class UnfinishedFile
{
public:
    explicit UnfinishedFile(const std::string& file) : file_(file), path_(file + ".unfinished")
    {
        if (fs::exists(file))
            throw CannotOpen(OpenFailure::unwritable, fmt::format("{} is there already; choose another name.", file));
        remove();
    }
    ~UnfinishedFile() { remove(); }
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;

    const std::string& path() const { return path_; }

    void finish()
    {
        synchronise(path_);
        std::error_code failed;
        fs::rename(path_, file_, failed);
        if (failed)
            throw CannotOpen(OpenFailure::unwritable,
                             fmt::format("{} cannot be written: {}.", file_, failed.message()));
        const auto folder = fs::absolute(file_).parent_path();
        synchronise(folder.string()); // the name itself must survive a power cut too
    }

private:
    void synchronise(const std::string& path)
    {
        const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
        const bool synced = descriptor >= 0 && fsync(descriptor) == 0;
        if (descriptor >= 0)
            close(descriptor);
        if (!synced)
            throw CannotOpen(OpenFailure::unwritable, fmt::format("{} cannot be written to disk.", file_));
    }
    void remove()
    {
        std::error_code ignored;
        for (const char* ending : {"", "-wal", "-shm", "-journal"})
            fs::remove(path_ + ending, ignored);
    }

    std::string file_;
    std::string path_;
};

/// Copies one SQLite database into another, page by page, while the first is in use.
void copy_pages(sqlite3* to, sqlite3* from)
{
    sqlite3_backup* const copy = sqlite3_backup_init(to, "main", from, "main");
    if (!copy)
        throw Fault(fmt::format("SQLite: {}", sqlite3_errmsg(to)));
    int code = SQLITE_OK;
    do {
        code = sqlite3_backup_step(copy, 1024);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
            sqlite3_sleep(10);
    } while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED);
    sqlite3_backup_finish(copy);
    if (code == SQLITE_FULL)
        throw DiskFull("SQLite: the disk is full");
    if (code != SQLITE_DONE)
        throw Fault(fmt::format("SQLite: the copy failed: {}", sqlite3_errstr(code)));
}

/// What the first damage of the database is that SQLite finds, or "ok".
std::string damage_of(Transaction& tx)
{
    return tx.one<std::string>("SELECT integrity_check FROM pragma_integrity_check(1)");
}

/// Pages are copied as they are, so a damaged database gives a damaged copy. Whoever makes a backup must hear so
/// then, and not on the day that it is needed.
void refuse_when_damaged(SqliteConnection& copy)
{
    copy.begin(Isolation::read);
    Transaction tx{copy};
    const auto damage = damage_of(tx);
    copy.commit();
    if (damage != "ok")
        throw Corrupt("SQLite: " + damage.substr(0, damage.find('\n')));
}

/// How a column of either engine is bound in the other.
Parameter cell(const Row& row, int column, const TableColumn& declared)
{
    if (row.is_null(column))
        return std::monostate{};
    if (declared.type == "BIGINT" || declared.type == "INTEGER" || declared.type == "SMALLINT")
        return row.integer(column);
    if (declared.type == "DOUBLE PRECISION" || declared.type == "REAL")
        return row.real(column);
    return std::string{row.text(column)};
}

bool holds_files(const TableColumn& column) { return column.type == "BYTEA"; }

/// Copies the rows of every table that both have. A table that only one engine has (a search index) is derived data.
void copy_rows(Transaction& from, Transaction& to)
{
    const auto there = table_names(to);
    for (const auto& table : table_names(from)) {
        if (table == "schema_migration" || std::find(there.begin(), there.end(), table) == there.end())
            continue;
        to.execute("DELETE FROM " + table); // what migrations put in is part of the backup as well
        const auto columns = table_columns(from, table);
        std::string names;
        std::string values;
        std::string selected;
        for (std::size_t number = 0; number < columns.size(); ++number) {
            names += (number ? ", " : "") + columns[number].name;
            values += fmt::format("{}${}", number ? ", " : "", number + 1);
            // A date of PostgreSQL is read as its ISO text, which is what SQLite keeps.
            // To SQLite BYTEA is a word like any other, and a cast to it would make a number of a file.
            if (holds_files(columns[number]))
                selected += (number ? ", " : "") + columns[number].name;
            else
                selected +=
                    fmt::format("{}CAST({} AS {}) AS {}", number ? ", " : "", columns[number].name,
                                columns[number].type == "DATE" ? "TEXT" : columns[number].type, columns[number].name);
        }
        const auto read = fmt::format("SELECT {} FROM {}", selected, table);
        const auto write = fmt::format("INSERT INTO {} ({}) VALUES ({})", table, names, values);
        std::vector<Parameter> row_values(columns.size());
        std::vector<std::string> files(columns.size()); // what the Bytes of this row look at
        from.connection().run(read, {}, [&](const Row& row) {
            for (std::size_t number = 0; number < columns.size(); ++number) {
                const int place = static_cast<int>(number);
                if (holds_files(columns[number]) && !row.is_null(place)) {
                    files[number] = row.bytes(place);
                    row_values[number] = Bytes{files[number]};
                } else {
                    row_values[number] = cell(row, place, columns[number]);
                }
            }
            to.connection().run(write, row_values, ignore_rows);
            return true;
        });
    }
}

/// Applies the migrations a backup was made with, without access rules: those come after its rows.
void apply_history(Transaction& from, Transaction& to, int last)
{
    to.connection().script("CREATE TABLE schema_migration (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, "
                           "sha256 TEXT NOT NULL, at TEXT NOT NULL)");
    apply_migrations(to, up_to(migrations(), last));
    // Keep when each step was really taken.
    from.stream<std::tuple<std::int64_t, std::string>>(
        [&](const std::tuple<std::int64_t, std::string>& step) {
            to.execute("UPDATE schema_migration SET at = $1 WHERE version = $2", std::get<1>(step),
                       std::get<0>(step));
        },
        "SELECT version, at FROM schema_migration");
}

void refuse_when_filled(Transaction& tx)
{
    if (!table_names(tx).empty())
        throw CannotOpen(OpenFailure::in_use, "The database is not empty; restore only fills an empty one.");
}

void restore_to_sqlite(const std::string& path, SqliteConnection& source)
{
    if (fs::exists(path) && fs::file_size(path) > 0) {
        const FileLock lock{path};
        SqliteConnection target{path, {SqliteSettings::Mode::read}};
        Transaction tx{target};
        refuse_when_filled(tx);
    }
    const FileLock lock{path};
    const std::string unfinished = path + ".unfinished";
    std::error_code ignored;
    fs::remove(unfinished, ignored);
    {
        SqliteConnection target{unfinished, {SqliteSettings::Mode::create}};
        copy_pages(target.handle(), source.handle());
        target.script("PRAGMA journal_mode = WAL");
        target.begin(Isolation::write);
        Transaction tx{target};
        migrate(tx, migrations());
        target.commit();
        target.checkpoint(/*restart=*/true);
    }
    for (const char* ending : {"-wal", "-shm"})
        fs::remove(path + ending, ignored);
    fs::rename(unfinished, path);
    const int folder = open(fs::absolute(path).parent_path().c_str(), O_RDONLY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
}

void restore_to_postgres(const std::string& url, Transaction& source, int last)
{
    PostgresEngine target{url, Options{.opening = Opening::setup}};
    target.maintain([&](Transaction& tx) {
        refuse_when_filled(tx);
        apply_history(source, tx, last);

        // Rows may refer to rows that come later: without foreign keys while loading, then with, which checks them
        // all.
        using ForeignKey = std::tuple<std::string, std::string, std::string>;
        const auto keys = tx.select<ForeignKey>(
            "SELECT CAST(CAST(conrelid AS regclass) AS TEXT), CAST(conname AS TEXT), pg_get_constraintdef(oid) "
            "FROM pg_constraint WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace)");
        for (const auto& [table, name, definition] : keys)
            tx.connection().script(fmt::format("ALTER TABLE {} DROP CONSTRAINT \"{}\"", table, name));
        copy_rows(source, tx);
        for (const auto& [table, name, definition] : keys)
            tx.connection().script(fmt::format("ALTER TABLE {} ADD CONSTRAINT \"{}\" {}", table, name, definition));
        migrate(tx, migrations());
    });
}

} // namespace

void SqliteEngine::copy_to(const std::string& file)
{
    UnfinishedFile unfinished{file};
    {
        SqliteConnection source{path_, {SqliteSettings::Mode::read}};
        SqliteConnection target{unfinished.path(), {SqliteSettings::Mode::create}};
        // One read transaction: the copy is of one moment, and writers go on meanwhile.
        source.begin(Isolation::read);
        source.run("SELECT COUNT(*) FROM sqlite_schema", {}, ignore_rows);
        copy_pages(target.handle(), source.handle());
        source.commit();
        refuse_when_damaged(target);
        target.script("PRAGMA journal_mode = DELETE"); // one file, without a log beside it
    }
    unfinished.finish();
}

void PostgresEngine::copy_to(const std::string& file)
{
    UnfinishedFile unfinished{file};
    {
        SqliteConnection target{unfinished.path(), {SqliteSettings::Mode::create}};
        target.script("PRAGMA foreign_keys = OFF");
        target.begin(Isolation::write);
        Transaction to{target};
        read([&](Transaction& from) {
            from.act_through(backup_purpose);
            const auto version = schema_version(from, migrations());
            apply_history(from, to, version.number);
            copy_rows(from, to);
        });
        target.commit();
        target.checkpoint(/*restart=*/true);
        target.script("PRAGMA journal_mode = DELETE");
    }
    unfinished.finish();
}

void backup(const Database& database, const std::string& file) { database.engine().copy_to(file); }

void restore(const std::string& url, const std::string& file)
{
    if (!fs::exists(file))
        throw CannotOpen(OpenFailure::not_found, fmt::format("There is no backup {}.", file));
    SqliteConnection source{file, {SqliteSettings::Mode::read}};
    source.begin(Isolation::read);
    Transaction from{source};
    SchemaVersion version;
    std::string damage;
    try {
        damage = damage_of(from);
        if (damage == "ok")
            version = schema_version(from, migrations());
    } catch (const Fault& fault) {
        damage = fault.what();
    }
    if (damage != "ok")
        throw CannotOpen(OpenFailure::damaged, fmt::format("The backup {} is damaged.", file));
    if (version.state == SchemaState::empty)
        throw CannotOpen(OpenFailure::not_set_up, fmt::format("{} holds no database of this program.", file));
    if (version.state == SchemaState::newer)
        throw CannotOpen(OpenFailure::newer,
                         fmt::format("The backup {} was made by a newer program; use that program.", file));

    if (url.starts_with("sqlite:")) {
        source.commit();
        restore_to_sqlite(url.substr(7), source);
    } else {
        restore_to_postgres(url, from, version.number);
    }
}

} // namespace beproefd::storage
