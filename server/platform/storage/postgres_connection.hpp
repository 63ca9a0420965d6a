// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/connection.hpp"
#include "platform/storage/fault.hpp"

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
class PostgresConnection final : public Connection
{
public:
    enum class Role { application, owner };

    /// Throws CannotOpen when the server, the database or the role is not there.
    PostgresConnection(const std::string& url, Role role);
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
    void check(const Outcome& outcome, std::string_view doing);
    [[noreturn]] void fail(const pg_result* result, std::string_view doing);

    pg_conn* handle_ = nullptr;
    Isolation isolation_ = Isolation::write;
    Scope scope_;
    bool pending_ = false; ///< begin() was called, nothing was sent yet
    bool begun_ = false;
    std::uint64_t prepared_count_ = 0;
    std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> prepared_; ///< text → name
};

} // namespace beproefd::storage
