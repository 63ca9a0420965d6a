// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/temporary_folder.hpp"
#include "platform/storage/database.hpp"
#include "platform/storage/migrations.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace beproefd::storage::testing {

/// An empty place for a database: a new file, or a new database in the private PostgreSQL that script/test-postgres
/// started (its address stands in BEPROEFD_TEST_POSTGRES). Removed at the end.
class EmptyPlace
{
public:
    /// Throws std::runtime_error with one plain sentence when no PostgreSQL was started.
    explicit EmptyPlace(Dialect dialect);
    ~EmptyPlace();
    EmptyPlace(const EmptyPlace&) = delete;
    EmptyPlace& operator=(const EmptyPlace&) = delete;

    const std::string& url() const { return url_; }
    const std::filesystem::path& folder() const { return folder_.path(); }

private:
    TemporaryFolder folder_;
    std::string url_;
    std::string postgres_name_;
};

/// Runs a statement on the private PostgreSQL as its superuser, outside any test database.
void run_on_test_server(const std::string& sql);

/// Runs each TEST_P on a real SQLite file and on a real PostgreSQL, each test with a database of its own that has all
/// migrations:
///   using Repository = storage::testing::BothDatabases;
///   INSTANTIATE_BOTH_DATABASES(Repository);
///   TEST_P(Repository, KeepsWhatWasSaved) { … db().transact(…) … }
class BothDatabases : public ::testing::TestWithParam<Dialect>
{
protected:
    void SetUp() override;
    void TearDown() override;

    Database& db() { return *database_; }
    const std::string& url() const { return place_->url(); }
    const std::filesystem::path& folder() const { return place_->folder(); }
    Dialect dialect() const { return GetParam(); }
    /// Closes and opens it again, as a restart does.
    void reopen(const Options& options = {});
    void close() { database_.reset(); }

private:
    std::unique_ptr<EmptyPlace> place_;
    std::unique_ptr<Database> database_;
};

std::string dialect_name(const ::testing::TestParamInfo<Dialect>& info);

#define INSTANTIATE_BOTH_DATABASES(Suite)                                                                            \
    INSTANTIATE_TEST_SUITE_P(                                                                                        \
        On, Suite,                                                                                                   \
        ::testing::Values(::beproefd::storage::Dialect::sqlite, ::beproefd::storage::Dialect::postgresql),           \
        ::beproefd::storage::testing::dialect_name)

namespace detail {
void expect_columns(Transaction& tx, std::string_view table, const std::vector<describe::Column>& columns);
}

/// Fails the test when the table lacks a column of the described struct, or keeps it as another kind, or allows
/// nothing where the struct demands a value.
template<describe::DescribedStruct T>
void expect_columns_of(Database& database, std::string_view table)
{
    database.read([&](Transaction& tx) { detail::expect_columns(tx, table, describe::columns<T>()); });
}

} // namespace beproefd::storage::testing
