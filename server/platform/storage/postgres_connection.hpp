// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/connection.hpp"
#include "platform/storage/fault.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

struct pg_conn;
struct pg_result;

namespace beproefd::storage {

/// Everyday work is done as this role, which owns nothing and cannot pass row level security. `setup` creates it.
inline constexpr std::string_view application_role = "beproefd_application";

/// A connection with one PostgreSQL server. A transaction begins with its first statement: BEGIN, the scope and that
/// statement travel together, in one round trip. Not for two threads at once.
///
/// A change of the application waits for the turn of its organisation before its view of the data is taken, and gives
/// the turn back after COMMIT or ROLLBACK: what changes one organisation runs one after another, in order of arrival,
/// also of several servers. The turn is an advisory lock of the session; two organisations may share one.
class PostgresConnection final : public Connection
{
public:
    enum class Role { application, owner };

    /// Throws CannotOpen when the server, the database or the role is not there. The application waits no longer
    /// than its patience for a turn or for a row that another holds, and then gets Busy.
    PostgresConnection(const std::string& url, Role role,
                       std::chrono::milliseconds patience = std::chrono::milliseconds{10'000});
    ~PostgresConnection() override;
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    Dialect dialect() const override { return Dialect::postgresql; }
    std::int64_t run(std::string_view sql, std::span<const Parameter> parameters, RowSink sink) override;
    void script(const std::string& sql) override;
    void begin(Isolation isolation) override;
    /// Throws Unavailable when the server went away meanwhile: then nobody knows whether it was kept.
    void commit() override;
    void rollback() noexcept override;
    void enter(const Scope& scope) override;

    /// Between begin() and the first statement: wait for the turns of these organisations too.
    void wait_for_turns_of(const std::vector<std::string>& organisations);
    /// The organisations that the present transaction has acted for.
    const std::vector<std::string>& acted_for() const { return acted_for_; }

    /// False when the connection is lost; it is of no use any more.
    bool alive() const;
    /// True when a statement of the present transaction has reached the server.
    bool begun() const { return begun_; }

    pg_conn* handle() const { return handle_; }

private:
    struct ResultDeleter {
        void operator()(pg_result* result) const;
    };
    using Outcome = std::unique_ptr<pg_result, ResultDeleter>;
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    Outcome first_of_transaction(const std::string& name, bool known, std::string_view sql,
                                 const std::vector<const char*>& values, const std::vector<int>& lengths);
    std::vector<std::int32_t> turns_to_wait_for() const;
    Outcome end_with(const char* command);
    void check(const Outcome& outcome, std::string_view doing);
    [[noreturn]] void fail(const pg_result* result, std::string_view doing);

    pg_conn* handle_ = nullptr;
    Role role_;
    Isolation isolation_ = Isolation::write;
    Scope scope_;
    bool pending_ = false; ///< begin() was called, nothing was sent yet
    bool begun_ = false;
    bool holds_turns_ = false; ///< asked for, so perhaps held
    bool spoilt_ = false;      ///< turns could not be given back: only the end of the connection frees them
    std::vector<std::string> acted_for_;
    std::vector<std::string> awaited_;
    std::uint64_t prepared_count_ = 0;
    std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> prepared_; ///< text → name
};

} // namespace beproefd::storage
