// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/database.hpp"
#include "platform/storage/postgres_connection.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace beproefd::storage {

/// PostgreSQL: a pool of connections; each change is a serialisable transaction on its caller's thread, run again
/// after a conflict. Several servers may share one database.
class PostgresEngine final : public Engine
{
public:
    PostgresEngine(const std::string& url, const Options& options);

    Dialect dialect() const override { return Dialect::postgresql; }
    bool write(FunctionRef<bool(Transaction&)> work) override;
    void write_later(Work work, Told told) override;
    void read(FunctionRef<void(Transaction&)> work) override;
    void maintain(FunctionRef<void(Transaction&)> work) override;
    void copy_to(const std::string& file) override;
    Statistics statistics() const override;

private:
    class Lease;

    std::string url_;
    Options options_;
    mutable std::mutex mutex_;
    std::mutex retry_mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;
    int open_ = 0;
    int waiting_ = 0;
    Statistics statistics_;
};

} // namespace beproefd::storage
