// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/sqlite_connection.hpp"

#include "platform/storage/disk_full.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <charconv>
#include <cmath>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace beproefd::storage {

namespace {

/// SQLite keeps this number in the header of the file: "BPFD". A file with another one is not ours.
constexpr int application_id = 0x42504644;
constexpr std::size_t most_prepared = 256;

/// Makes the file where there is none, so that only its owner may read it: SQLite would let everyone on the machine.
/// What SQLite puts beside it gets the same permissions. Why it cannot be made is told by opening it.
void make_for_owner_only(const std::string& path)
{
    const int made = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (made >= 0)
        close(made);
}

/// Less than the shared memory of a log, 32 KiB, is left for this file.
bool no_room_at(const std::string& path)
{
    std::error_code error;
    const auto space = std::filesystem::space(path, error);
    return !error && space.available < 32 * 1024;
}

class SqliteRow final : public Row
{
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

    int columns() const override { return sqlite3_column_count(statement_); }
    std::string_view name(int column) const override { return sqlite3_column_name(statement_, column); }
    bool is_null(int column) const override { return sqlite3_value_type(cell(column)) == SQLITE_NULL; }

    bool boolean(int column) const override
    {
        const auto value = integer(column);
        if (value != 0 && value != 1)
            refuse(column, "0 or 1");
        return value == 1;
    }

    std::int64_t integer(int column) const override
    {
        sqlite3_value* const value = cell(column);
        if (sqlite3_value_type(value) != SQLITE_INTEGER)
            refuse(column, "a whole number");
        return sqlite3_value_int64(value);
    }

    double real(int column) const override
    {
        const int type = sqlite3_column_type(statement_, column);
        if (type != SQLITE_FLOAT && type != SQLITE_INTEGER)
            refuse(column, "a number");
        return sqlite3_column_double(statement_, column);
    }

    std::string_view text(int column) const override
    {
        sqlite3_value* const value = cell(column);
        if (sqlite3_value_type(value) != SQLITE_TEXT)
            refuse(column, "text");
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
        return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
    }

    std::string bytes(int column) const override
    {
        if (sqlite3_column_type(statement_, column) != SQLITE_BLOB)
            refuse(column, "bytes");
        const auto* content = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return size == 0 ? std::string{} : std::string{content, size};
    }

private:
    /// The value itself, fetched once. SQLite calls this safe as long as one thread has the connection, as here.
    sqlite3_value* cell(int column) const { return sqlite3_column_value(statement_, column); }

    [[noreturn]] void refuse(int column, std::string_view expected) const
    {
        throw Corrupt(fmt::format("column {} does not hold {}", name(column), expected));
    }

    sqlite3_stmt* statement_;
};

void bind(sqlite3_stmt* statement, int place, const Parameter& parameter)
{
    struct Binder {
        sqlite3_stmt* statement;
        int place;
        int operator()(std::monostate) const { return sqlite3_bind_null(statement, place); }
        int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, place, value); }
        int operator()(double value) const
        {
            if (!std::isfinite(value))
                throw std::domain_error("a number that is not finite cannot be kept");
            return sqlite3_bind_double(statement, place, value);
        }
        int operator()(std::string_view value) const
        {
            if (value.find('\0') != std::string_view::npos)
                throw std::domain_error("a text with a NUL cannot be kept");
            // Not copied: the parameters outlive the statement. A view of nothing is the empty text, not NULL.
            return sqlite3_bind_text64(statement, place, value.data() ? value.data() : "", value.size(),
                                       SQLITE_STATIC, SQLITE_UTF8);
        }
        int operator()(const std::string& value) const { return (*this)(std::string_view{value}); }
        int operator()(const Bytes& value) const
        {
            // A view of nothing is a file without content, not NULL.
            return sqlite3_bind_blob64(statement, place, value.bytes.data() ? value.bytes.data() : "",
                                       value.bytes.size(), SQLITE_STATIC);
        }
    };
    if (std::visit(Binder{statement, place}, parameter) != SQLITE_OK)
        throw std::length_error("a value is too large for a column");
}

} // namespace

/// A prepared statement while it runs; a statement that is needed again meanwhile gets a second one of its own.
class SqliteConnection::Lease
{
public:
    Lease(SqliteConnection& connection, std::string_view sql)
    {
        auto found = connection.prepared_.find(sql);
        if (found == connection.prepared_.end()) {
            if (connection.prepared_.size() >= most_prepared)
                connection.forget_oldest();
            found = connection.prepared_.emplace(std::string{sql}, connection.prepare(sql)).first;
        }
        if (found->second.in_use) {
            own_ = connection.prepare(sql);
            prepared_ = &own_;
        } else {
            prepared_ = &found->second;
            prepared_->in_use = true;
        }
        prepared_->last_used = ++connection.clock_;
    }
    ~Lease()
    {
        sqlite3_reset(prepared_->statement);
        sqlite3_clear_bindings(prepared_->statement);
        prepared_->in_use = false;
        if (own_.statement)
            sqlite3_finalize(own_.statement);
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    sqlite3_stmt* statement() const { return prepared_->statement; }
    const std::vector<int>& parameter_of() const { return prepared_->parameter_of; }

private:
    Prepared* prepared_ = nullptr; // an unordered_map keeps its elements in place
    Prepared own_;
};

SqliteConnection::SqliteConnection(const std::string& path, const SqliteSettings& settings) : path_(path)
{
    using Mode = SqliteSettings::Mode;
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (settings.mode == Mode::create  ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                       : settings.mode == Mode::write ? SQLITE_OPEN_READWRITE
                                                      : SQLITE_OPEN_READONLY);
    // Counting all memory of the library takes a lock on every allocation, and nobody reads the count.
    static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(uncounted);
    if (settings.mode == Mode::create)
        make_for_owner_only(path);
    const int opened = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr);
    try {
        if (opened != SQLITE_OK)
            fail(opened, "opening it");
        sqlite3_busy_timeout(handle_, 5000);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        // A prepared plan stays: without this every new value of a LIKE makes SQLite compile the statement again.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);

        int found_id = 0;
        int tables = 0;
        run("PRAGMA application_id", {}, [&](const Row& row) { return found_id = int(row.integer(0)), true; });
        run("SELECT COUNT(*) FROM sqlite_schema", {}, [&](const Row& row) {
            tables = static_cast<int>(row.integer(0));
            return true;
        });
        if (found_id != application_id && tables > 0)
            throw CannotOpen(OpenFailure::foreign,
                             fmt::format("{} is an SQLite database of another program; choose another file.", path));

        if (settings.mode == Mode::read) {
            script("PRAGMA query_only = ON");
        } else {
            script("PRAGMA journal_mode = WAL");
            if (found_id != application_id)
                script(fmt::format("PRAGMA application_id = {}", application_id));
            script("PRAGMA synchronous = FULL");
            script("PRAGMA wal_autocheckpoint = 0"); // the engine does it beside the writer
            script("PRAGMA journal_size_limit = 67108864");
            sqlite3_wal_hook(
                handle_,
                [](void* self, sqlite3*, const char*, int pages) {
                    static_cast<SqliteConnection*>(self)->log_pages_ = pages;
                    return SQLITE_OK;
                },
                this);
        }
        script("PRAGMA foreign_keys = ON");
        script("PRAGMA recursive_triggers = ON");  // REPLACE may not slip past a trigger that forbids DELETE
        script("PRAGMA case_sensitive_like = ON"); // as PostgreSQL has it
        script("PRAGMA trusted_schema = OFF");
        script("PRAGMA temp_store = MEMORY");
        script(fmt::format("PRAGMA cache_size = -{}", settings.cache_kibibytes));
    } catch (const CannotOpen&) {
        close();
        throw;
    } catch (const Corrupt&) {
        close();
        throw CannotOpen(OpenFailure::damaged,
                         fmt::format("{} is damaged or is not a database; restore a backup of it "
                                     "into a new file.",
                                     path));
    } catch (const DiskFull&) {
        close();
        throw CannotOpen(OpenFailure::disk_full,
                         fmt::format("The disk that holds {} is full; make room first.", path));
    } catch (const Fault& fault) {
        const int code = sqlite3_extended_errcode(handle_) & 0xff;
        close();
        // Without room for the shared memory of the log SQLite speaks of reading and writing, not of a full disk.
        if ((code == SQLITE_IOERR || code == SQLITE_CANTOPEN) && no_room_at(path))
            throw CannotOpen(OpenFailure::disk_full,
                             fmt::format("The disk that holds {} is full; make room first.", path));
        if (code == SQLITE_READONLY || code == SQLITE_PERM)
            throw CannotOpen(OpenFailure::unwritable,
                             fmt::format("{} may not be written by this user; check its permissions.", path));
        if (code == SQLITE_BUSY)
            throw CannotOpen(OpenFailure::in_use, fmt::format("{} is locked by another process.", path));
        throw CannotOpen(OpenFailure::not_found,
                         fmt::format("{} cannot be opened; check that the folder exists and may be read.", path));
    } catch (...) {
        close();
        throw;
    }
}

SqliteConnection::~SqliteConnection() { close(); }

void SqliteConnection::close() noexcept
{
    for (auto& [sql, prepared] : prepared_)
        sqlite3_finalize(prepared.statement);
    sqlite3_close_v2(handle_);
}

SqliteConnection::Prepared SqliteConnection::prepare(std::string_view sql)
{
    Prepared prepared;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &prepared.statement, &rest);
    if (code != SQLITE_OK)
        fail(code, sql);
    if (!prepared.statement)
        throw std::logic_error("an empty statement");
    if (std::string_view{rest, static_cast<std::size_t>(sql.data() + sql.size() - rest)}.find_first_not_of(
            " \t\r\n;") != std::string_view::npos) {
        sqlite3_finalize(prepared.statement);
        throw std::logic_error(fmt::format("more than one statement at once: {}", sql));
    }
    const int places = sqlite3_bind_parameter_count(prepared.statement);
    for (int place = 1; place <= places; ++place) {
        const char* name = sqlite3_bind_parameter_name(prepared.statement, place);
        const std::string_view digits{name && name[0] == '$' ? name + 1 : ""};
        int number = 0;
        std::from_chars(digits.begin(), digits.end(), number);
        if (number < 1) {
            sqlite3_finalize(prepared.statement);
            throw std::logic_error(fmt::format("parameters are called $1, $2, …: {}", sql));
        }
        prepared.parameter_of.push_back(number);
    }
    return prepared;
}

void SqliteConnection::forget_oldest()
{
    auto oldest = prepared_.end();
    for (auto entry = prepared_.begin(); entry != prepared_.end(); ++entry)
        if (!entry->second.in_use &&
            (oldest == prepared_.end() || entry->second.last_used < oldest->second.last_used))
            oldest = entry;
    if (oldest != prepared_.end()) {
        sqlite3_finalize(oldest->second.statement);
        prepared_.erase(oldest);
    }
}

std::int64_t SqliteConnection::run(std::string_view sql, std::span<const Parameter> parameters, RowSink sink)
{
    const Lease lease(*this, sql);
    sqlite3_stmt* const statement = lease.statement();
    const auto& parameter_of = lease.parameter_of();

    // PostgreSQL refuses a value too many or too few; the same slip must show here.
    std::size_t highest = 0;
    for (std::size_t place = 0; place < parameter_of.size(); ++place) {
        const auto number = static_cast<std::size_t>(parameter_of[place]);
        highest = std::max(highest, number);
        if (number <= parameters.size())
            bind(statement, static_cast<int>(place) + 1, parameters[number - 1]);
    }
    if (highest != parameters.size() || parameter_of.size() != parameters.size())
        throw std::logic_error(
            fmt::format("{} values for {} parameters: {}", parameters.size(), parameter_of.size(), sql));

    const SqliteRow row{statement};
    const int before = sqlite3_total_changes(handle_);
    for (;;) {
        const int code = sqlite3_step(statement);
        if (code == SQLITE_ROW) {
            if (!sink(row))
                break;
            continue;
        }
        if (code != SQLITE_DONE)
            fail(code, sql);
        break;
    }
    // changes() keeps the number of an earlier statement when this one changes nothing by its kind.
    return sqlite3_total_changes(handle_) == before ? 0 : sqlite3_changes64(handle_);
}

void SqliteConnection::script(const std::string& sql)
{
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        fail(code, sql);
}

void SqliteConnection::begin(Isolation isolation)
{
    run(isolation == Isolation::write ? "BEGIN IMMEDIATE" : "BEGIN", {}, [](const Row&) { return true; });
}

void SqliteConnection::commit()
{
    run("COMMIT", {}, [](const Row&) { return true; });
}

void SqliteConnection::rollback() noexcept
{
    if (in_transaction())
        sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

bool SqliteConnection::has_open_foreign_keys() const
{
    int open = 0;
    int highest = 0;
    sqlite3_db_status(handle_, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &highest, 0);
    return open != 0;
}

void SqliteConnection::checkpoint(bool restart)
{
    if (restart)
        sqlite3_busy_timeout(handle_, 50);
    // A reader may hold back a part: what is left is copied next time, so the outcome is no concern here.
    sqlite3_wal_checkpoint_v2(handle_, nullptr, restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE,
                              nullptr, nullptr);
    if (restart)
        sqlite3_busy_timeout(handle_, 5000);
}

void SqliteConnection::fail(int code, std::string_view doing)
{
    // The message of SQLite names tables and columns, never values.
    const std::string told = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
    const auto what = fmt::format("SQLite: {} ({}), while running: {}", told, code, doing);
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        throw UniqueViolation(what);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        throw ForeignKeyViolation(what);
    default:
        break;
    }
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        throw CheckViolation(what);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw Busy(what);
    case SQLITE_FULL:
        throw_disk_full(what);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        throw Corrupt(what);
    case SQLITE_TOOBIG:
        throw std::length_error("a value is too large for a column");
    default:
        throw Fault(what);
    }
}

} // namespace beproefd::storage
