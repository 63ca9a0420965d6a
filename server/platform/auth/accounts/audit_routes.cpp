// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/audit_routes.hpp"

#include "platform/audit/audit.hpp"

namespace beproefd::auth {
namespace {

/// One line of the audit trail, without the hashes: those are for verifying, not for reading.
struct AuditLine {
    static constexpr auto schema_name = "AuditEntry";
    std::int64_t number = 0;
    Instant at;
    std::optional<std::string> account_id;
    std::string function;
    std::string action;
    std::string object;
    std::string object_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(AuditLine, (), (number, at, account_id, function, action, object, object_id, reason))

struct AuditPage {
    std::vector<AuditLine> items;
    std::optional<std::int64_t> next; ///< give it as `before` for what is older; absent on the last page
};
BOOST_DESCRIBE_STRUCT(AuditPage, (), (items, next))

struct AuditQuery {
    std::optional<Whole<1, 9'000'000'000'000'000>> before;
    std::optional<Whole<1, 200>> limit;
};
BOOST_DESCRIBE_STRUCT(AuditQuery, (), (before, limit))

} // namespace

void mount_audit(http::Router& routes, storage::Database& database)
{
    routes
        .get<AuditPage>(
            "/api/v1/audit-entries", Permission::read_audit,
            [&](const http::Request& request, const AuditQuery& query) -> Result<AuditPage> {
                const int limit = query.limit ? static_cast<int>(query.limit->value()) : 50;
                std::optional<std::int64_t> before;
                if (query.before)
                    before = query.before->value();
                const auto entries = database.read(request.actor().organisation(), [&](storage::Transaction& tx) {
                    return audit::page(tx, before, limit);
                });
                AuditPage page;
                for (const auto& entry : entries)
                    page.items.push_back({entry.number, entry.at, entry.account_id, entry.function_name, entry.action,
                                          entry.object_kind, entry.object_id, entry.reason});
                if (!entries.empty() && entries.back().number > 1)
                    page.next = entries.back().number;
                return page;
            })
        .named("listAuditEntries");
}

} // namespace beproefd::auth
