// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/testing.hpp"

#include "platform/core/random.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace beproefd::storage::testing {

namespace {

const char* postgres_address()
{
    const char* const url = std::getenv("BEPROEFD_TEST_POSTGRES");
    if (!url || !*url)
        throw std::runtime_error("This test needs a PostgreSQL: run it through script/test, or first "
                                 "export BEPROEFD_TEST_POSTGRES=$(script/test-postgres start).");
    return url;
}

/// The address of the server with another database: "postgresql://user@host:port/name?options".
std::string address_of(std::string_view name)
{
    const std::string server = postgres_address();
    const auto path = server.find('/', server.find("://") + 3);
    const auto options = server.find('?');
    return fmt::format("{}/{}{}", server.substr(0, std::min(path, options)), name,
                       options == std::string::npos ? "" : server.substr(options));
}

} // namespace

void run_on_test_server(const std::string& sql)
{
    const std::unique_ptr<PGconn, void (*)(PGconn*)> connection{PQconnectdb(postgres_address()), PQfinish};
    if (PQstatus(connection.get()) != CONNECTION_OK)
        throw std::runtime_error(fmt::format("The PostgreSQL of BEPROEFD_TEST_POSTGRES does not answer: {}",
                                             PQerrorMessage(connection.get())));
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result{PQexec(connection.get(), sql.c_str()), PQclear};
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK && PQresultStatus(result.get()) != PGRES_TUPLES_OK)
        throw std::runtime_error(PQresultErrorMessage(result.get()));
}

EmptyPlace::EmptyPlace(Dialect dialect)
{
    if (dialect == Dialect::sqlite) {
        url_ = fmt::format("sqlite:{}", (folder_.path() / "beproefd.sqlite").string());
        return;
    }
    postgres_name_ = fmt::format("beproefd_test_{}", secure_random_hex(8));
    run_on_test_server(fmt::format("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", postgres_name_));
    url_ = address_of(postgres_name_);
}

EmptyPlace::~EmptyPlace()
{
    if (postgres_name_.empty())
        return;
    try {
        run_on_test_server(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", postgres_name_));
    } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
    }
}

void BothDatabases::SetUp()
{
    place_ = std::make_unique<EmptyPlace>(GetParam());
    Options setup;
    setup.opening = Opening::setup;
    (void)Database::open(place_->url(), setup);
    reopen();
}

void BothDatabases::TearDown()
{
    database_.reset();
    place_.reset();
}

void BothDatabases::reopen(const Options& options)
{
    database_.reset();
    database_ = std::make_unique<Database>(Database::open(place_->url(), options));
}

std::string dialect_name(const ::testing::TestParamInfo<Dialect>& info)
{
    return info.param == Dialect::sqlite ? "Sqlite" : "Postgresql";
}

namespace detail {

void expect_columns(Transaction& tx, std::string_view table, const std::vector<describe::Column>& columns)
{
    const auto real = table_columns(tx, table);
    ASSERT_FALSE(real.empty()) << "there is no table " << table;
    for (const auto& column : columns) {
        const auto found = std::find_if(real.begin(), real.end(),
                                        [&](const TableColumn& candidate) { return candidate.name == column.name; });
        if (found == real.end()) {
            ADD_FAILURE() << table << " has no column " << column.name;
            continue;
        }
        using describe::Kind;
        const bool fits = column.kind == Kind::boolean ? found->type == "SMALLINT"
                          : column.kind == Kind::integer
                              ? found->type == "BIGINT" || found->type == "INTEGER" || found->type == "SMALLINT"
                          : column.kind == Kind::real ? found->type == "DOUBLE PRECISION"
                          : column.format == "date"   ? found->type == "DATE"
                                                      : found->type == "TEXT";
        EXPECT_TRUE(fits) << table << "." << column.name << " is " << found->type;
        EXPECT_EQ(found->required, !column.optional)
            << table << "." << column.name << (column.optional ? " must allow NULL" : " must be NOT NULL");
    }
}

} // namespace detail

} // namespace beproefd::storage::testing
