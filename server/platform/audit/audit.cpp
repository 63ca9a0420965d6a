// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/audit/audit.hpp"

#include "platform/core/sha256.hpp"
#include "platform/describe/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace beproefd::audit {

namespace {

/// What stands before the first entry.
const std::string no_entry(64, '0');

struct End {
    std::int64_t number = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(End, (), (number, sha256))

std::string hash_of(const Entry& entry) { return sha256_hex(entry.previous_sha256 + "\n" + canonical_form(entry)); }

} // namespace

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

Verification verify(const storage::Database& database)
{
    Verification verification;
    database.read([&](storage::Transaction& tx) {
        verification = {};
        tx.act_through(verification_purpose);
        using Chain = std::tuple<std::string, std::int64_t, std::string>;
        std::map<std::string, std::pair<std::int64_t, std::string>> ends;
        for (auto& [organisation, number, sha256] :
             tx.select<Chain>("SELECT organisation_id, number, sha256 FROM audit_chain"))
            ends[organisation] = {number, sha256};

        struct Progress {
            std::int64_t number = 0;
            std::string sha256 = no_entry;
            bool damaged = false;
        };
        std::map<std::string, Progress> chains;
        const auto damage = [&](const std::string& organisation, Progress& chain, std::int64_t number,
                                std::string what) {
            chain.damaged = true;
            verification.damages.push_back({organisation, number, std::move(what)});
        };

        // Read as bare text, so that an entry whose content no longer fits its type is found as well.
        using Kept = std::tuple<std::string, std::int64_t, std::string, std::optional<std::string>, std::string,
                                std::string, std::string, std::string, std::string, std::string, std::string>;
        const auto check = [&](const Kept& kept) {
            const auto& [organisation, number, at, account, function, action, kind, id, reason, previous, sha256] =
                kept;
            ++verification.entries;
            auto& chain = chains[organisation];
            if (chain.damaged)
                return;
            if (number != chain.number + 1)
                return damage(organisation, chain, chain.number + 1,
                              fmt::format("entry {} of organisation {} is missing", chain.number + 1, organisation));
            const auto moment = Instant::from_text(at);
            const auto owner = OrganisationId::from_text(organisation);
            const bool readable = moment && owner && moment->to_text() == at;
            if (!readable || previous != chain.sha256 ||
                hash_of(Entry{*owner, number, *moment, account, function, action, kind, id, reason, previous, {}}) !=
                    sha256)
                return damage(
                    organisation, chain, number,
                    fmt::format("entry {} of organisation {} is not as it was written", number, organisation));
            chain.number = number;
            chain.sha256 = sha256;
        };
        tx.stream<Kept>(check, R"(
            SELECT organisation_id, number, at, account_id, function_name, action, object_kind, object_id, reason,
                   previous_sha256, sha256
            FROM   audit_entry
            ORDER BY organisation_id, number)");

        for (const auto& [organisation, end] : ends) {
            auto& chain = chains[organisation];
            if (!chain.damaged && (chain.number != end.first || chain.sha256 != end.second))
                damage(organisation, chain, chain.number + 1,
                       fmt::format("the chain of organisation {} ends at entry {}, not at {}", organisation,
                                   chain.number, end.first));
        }
        for (auto& [organisation, chain] : chains)
            if (!chain.damaged && !ends.contains(organisation))
                damage(organisation, chain, chain.number,
                       fmt::format("the chain of organisation {} has entries but no end", organisation));
        verification.organisations = static_cast<std::int64_t>(chains.size());
    });
    return verification;
}

} // namespace beproefd::audit
