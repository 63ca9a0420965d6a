// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/connection.hpp"
#include "platform/storage/fault.hpp"

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace beproefd::storage {

/// How a file of SQLite is opened.
struct SqliteSettings {
    enum class Mode { create, write, read };
    Mode mode = Mode::write;
    int cache_kibibytes = 2048;
};

/// A connection with one SQLite file in write-ahead mode. Every COMMIT has reached the disk when it returns
/// (synchronous=FULL). Not for two threads at once.
class SqliteConnection final : public Connection
{
public:
    /// Throws CannotOpen with a sentence that names the file.
    SqliteConnection(const std::string& path, const SqliteSettings& settings);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    Dialect dialect() const override { return Dialect::sqlite; }
    std::int64_t run(std::string_view sql, std::span<const Parameter> parameters, RowSink sink) override;
    void script(const std::string& sql) override;
    void begin(Isolation isolation) override;
    void commit() override;
    void rollback() noexcept override;
    void enter(const Scope&) override {}

    /// Some faults (disk full, I/O) end the whole transaction by themselves.
    bool in_transaction() const;
    /// Rows whose deferred foreign key is still open would spoil the COMMIT of others in the same group.
    bool has_open_foreign_keys() const;
    /// Pages in the write-ahead log after the last COMMIT, counted since the log was last begun anew.
    int log_pages() const { return log_pages_; }
    /// Copies the log into the database file, as far as readers allow; restart also waits shortly for readers.
    void checkpoint(bool restart);

    sqlite3* handle() const { return handle_; }

private:
    struct Prepared {
        sqlite3_stmt* statement = nullptr;
        std::vector<int> parameter_of; ///< $n of each place where a value is bound
        bool in_use = false;
        std::uint64_t last_used = 0;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    class Lease;

    Prepared prepare(std::string_view sql);
    void forget_oldest();
    void close() noexcept;
    [[noreturn]] void fail(int code, std::string_view doing);

    std::string path_;
    sqlite3* handle_ = nullptr;
    int log_pages_ = 0;
    std::uint64_t clock_ = 0;
    std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> prepared_;
};

} // namespace beproefd::storage
