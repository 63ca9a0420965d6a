// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/transaction.hpp"

#include <fmt/format.h>

#include <exception>

namespace beproefd::storage {

namespace detail {

void refused_by_type(std::string_view column)
{
    throw Corrupt(fmt::format("column {} holds a value that its type refuses", column));
}

void missing_column(std::string_view column)
{
    throw std::logic_error(fmt::format("the answer has no column {}", column));
}

void wrong_count(std::string_view expected, std::string_view sql)
{
    throw std::logic_error(fmt::format("expected {}: {}", expected, sql));
}

} // namespace detail

Transaction::ScopeRestorer::~ScopeRestorer() noexcept(false)
{
    if (std::uncaught_exceptions() == exceptions) {
        transaction.enter(scope);
        return;
    }
    try {
        if (!transaction.doomed_)
            transaction.enter(scope);
    } catch (...) {
        transaction.doomed_ = true; // the first exception is the one to tell
    }
    transaction.scope_ = scope; // a savepoint that is undone restores it on the server
}

void Transaction::act_for(const OrganisationId& organisation)
{
    if (organisation.empty())
        throw std::logic_error("a transaction cannot act for an organisation without identifier");
    if (scope_.organisation == organisation.to_text() && scope_.purpose.empty())
        return;
    if (!scope_.organisation.empty())
        throw std::logic_error("a transaction acts for one organisation; use on_behalf_of for a part");
    enter({organisation.to_text(), {}});
}

void Transaction::act_through(const Purpose& purpose)
{
    if (!scope_.organisation.empty())
        throw std::logic_error("a transaction that acts for an organisation opens no doors");
    enter({{}, std::string{purpose.name}});
}

OrganisationId Transaction::organisation() const
{
    auto id = OrganisationId::from_text(scope_.organisation);
    if (!id)
        throw std::logic_error("the transaction does not act for an organisation");
    return *id;
}

void Transaction::enter(const Scope& scope)
{
    connection_.enter(scope);
    scope_ = scope;
}

std::int64_t Transaction::run(std::string_view sql, std::span<const Parameter> values, RowSink sink)
{
    if (doomed_)
        throw std::logic_error("the transaction failed before; nothing more can be done in it");
    try {
        return connection_.run(sql, values, sink);
    } catch (const Fault&) {
        doomed_ = true;
        throw;
    }
}

void Transaction::insert_row(std::string_view table, std::span<const std::string_view> names,
                             std::span<const Parameter> values)
{
    std::string sql;
    sql.reserve(64 + 24 * names.size());
    sql += "INSERT INTO ";
    sql += table;
    for (std::size_t number = 0; number < names.size(); ++number) {
        sql += number == 0 ? " (" : ", ";
        sql += names[number];
    }
    for (std::size_t number = 0; number < names.size(); ++number) {
        sql += number == 0 ? ") VALUES ($" : ", $";
        sql += std::to_string(number + 1);
    }
    sql += ')';
    run(sql, values, [](const Row&) { return true; });
}

Result<std::int64_t> Transaction::change_row(std::string_view table, std::string_view id, std::int64_t version,
                                             std::string_view assignments, std::span<const Parameter> values)
{
    const std::string own = organisation().to_text();
    std::vector<Parameter> all(values.begin(), values.end());
    all.emplace_back(id);
    all.emplace_back(std::string_view{own});
    all.emplace_back(version);
    const auto changed = run(fmt::format("UPDATE {} SET {}, row_version = row_version + 1 "
                                         "WHERE id = ${} AND organisation_id = ${} AND row_version = ${}",
                                         table, assignments, values.size() + 1, values.size() + 2, values.size() + 3),
                             all, [](const Row&) { return true; });
    if (changed == 1)
        return version + 1;
    const auto there = optional<std::int64_t>(
        fmt::format("SELECT row_version FROM {} WHERE id = $1 AND organisation_id = $2", table), id, own);
    return there ? stale() : not_found();
}

void Transaction::open_attempt()
{
    execute(fmt::format("SAVEPOINT attempt_{}", attempts_ + 1));
    ++attempts_;
}

void Transaction::close_attempt()
{
    if (doomed_) // a Fault was caught inside without an attempt of its own
        throw std::logic_error("the attempt failed before; nothing of it can be kept");
    execute(fmt::format("RELEASE SAVEPOINT attempt_{}", attempts_));
    --attempts_;
}

void Transaction::undo_attempt()
{
    const auto name = fmt::format("attempt_{}", attempts_--);
    doomed_ = false;
    execute("ROLLBACK TO SAVEPOINT " + name);
    execute("RELEASE SAVEPOINT " + name);
}

} // namespace beproefd::storage
