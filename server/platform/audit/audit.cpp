// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/audit/audit.hpp"

#include "platform/audit/chain.hpp"
#include "platform/core/sha256.hpp"
#include "platform/describe/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace beproefd::audit {

std::string hash_of(const Entry& entry) { return sha256_hex(entry.previous_sha256 + "\n" + canonical_form(entry)); }

std::string hash_of(const Closing& closing)
{
    return sha256_hex(closing.previous_sha256 + "\n" + canonical_form(closing));
}

std::string canonical_form(const Entry& entry)
{
    std::string json;
    json.reserve(400);
    const auto member = [&](std::string_view name, std::string_view value) {
        json += json.empty() ? "{\"" : ",\"";
        json += name;
        json += "\":";
        describe::write_text(json, value);
    };
    if (entry.account_id)
        member("accountId", *entry.account_id);
    member("action", entry.action);
    member("at", entry.at.to_text());
    member("functionName", entry.function_name);
    json += fmt::format(",\"number\":{}", entry.number);
    member("objectId", entry.object_id);
    member("objectKind", entry.object_kind);
    member("organisationId", entry.organisation_id.to_text());
    member("reason", entry.reason);
    json += '}';
    return json;
}

void record(storage::Transaction& tx, const Actor& actor, std::string_view action, const Object& object,
            std::string_view reason, const Clock& clock)
{
    if (tx.organisation() != actor.organisation)
        throw std::logic_error("an audit entry goes to the organisation the transaction acts for");
    const auto end =
        tx.optional<End>("SELECT number, sha256 FROM audit_chain WHERE organisation_id = $1", actor.organisation);
    Entry entry{.organisation_id = actor.organisation,
                .number = end ? end->number + 1 : 1,
                .at = clock.now(),
                .account_id = actor.account_id,
                .function_name = actor.function,
                .action = std::string{action},
                .object_kind = object.kind,
                .object_id = object.id,
                .reason = std::string{reason},
                .previous_sha256 = end ? end->sha256 : no_entry,
                .sha256 = {}};
    entry.sha256 = hash_of(entry);
    // The end of the chain first: of two at once, PostgreSQL lets the second wait there and then run again.
    if (end)
        tx.execute("UPDATE audit_chain SET number = $1, sha256 = $2 WHERE organisation_id = $3", entry.number,
                   entry.sha256, actor.organisation);
    else
        tx.execute("INSERT INTO audit_chain (number, sha256, organisation_id) VALUES ($1, $2, $3)", entry.number,
                   entry.sha256, actor.organisation);
    tx.insert("audit_entry", entry);
}

std::vector<Entry> page(storage::Transaction& tx, std::optional<std::int64_t> before, int count)
{
    return tx.select<Entry>(R"(
        SELECT *
        FROM   audit_entry
        WHERE  organisation_id = $1 AND number < $2
        ORDER BY number DESC
        LIMIT  $3)",
                            tx.organisation(), before.value_or(std::numeric_limits<std::int64_t>::max()),
                            std::clamp(count, 1, 200));
}

} // namespace beproefd::audit
