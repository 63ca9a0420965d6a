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

namespace {

// Read as bare text, so that an entry whose content no longer fits its type is found as well.
using Kept = std::tuple<std::string, std::int64_t, std::string, std::optional<std::string>, std::string, std::string,
                        std::string, std::string, std::string, std::string, std::string>;

/// Walks over the entries of one chain in their order and keeps the first thing that is wrong.
class ChainCheck
{
public:
    explicit ChainCheck(std::string organisation) : organisation_(std::move(organisation)) {}

    void add(const Kept& kept)
    {
        ++entries_;
        if (damage_)
            return;
        const auto& [organisation, number, at, account, function, action, kind, id, reason, previous, sha256] = kept;
        if (number != number_ + 1)
            return damage(number_ + 1, DamageKind::missing,
                          fmt::format("entry {} of organisation {} is missing", number_ + 1, organisation_));
        const auto moment = Instant::from_text(at);
        const auto owner = OrganisationId::from_text(organisation);
        const bool readable = moment && owner && moment->to_text() == at;
        if (!readable || previous != sha256_ ||
            hash_of(Entry{*owner, number, *moment, account, function, action, kind, id, reason, previous, {}}) !=
                sha256)
            return damage(number, DamageKind::changed,
                          fmt::format("entry {} of organisation {} is not as it was written", number, organisation_));
        number_ = number;
        sha256_ = sha256;
    }

    /// What the chain itself says is its last entry; nothing when it does not say.
    void close(const std::optional<End>& end)
    {
        if (damage_)
            return;
        if (!end && entries_ > 0)
            damage(number_, DamageKind::no_end,
                   fmt::format("the chain of organisation {} has entries but no end", organisation_));
        else if (end && (number_ != end->number || sha256_ != end->sha256))
            damage(number_ + 1, DamageKind::cut_off,
                   fmt::format("the chain of organisation {} ends at entry {}, not at {}", organisation_, number_,
                               end->number));
    }

    void tell(Verification& verification) const
    {
        ++verification.organisations;
        verification.entries += entries_;
        if (damage_)
            verification.damages.push_back(*damage_);
    }

private:
    void damage(std::int64_t number, DamageKind kind, std::string what)
    {
        damage_ = Damage{organisation_, number, kind, std::move(what)};
    }

    std::string organisation_;
    std::int64_t entries_ = 0;
    std::int64_t number_ = 0;
    std::string sha256_ = no_entry;
    std::optional<Damage> damage_;
};

} // namespace

Verification verify(const storage::Database& database)
{
    Verification verification;
    database.read([&](storage::Transaction& tx) {
        verification = {};
        tx.act_through(verification_purpose);
        std::map<std::string, ChainCheck> chains;
        const auto chain = [&](const std::string& organisation) -> ChainCheck& {
            return chains.try_emplace(organisation, organisation).first->second;
        };
        tx.stream<Kept>([&](const Kept& kept) { chain(std::get<0>(kept)).add(kept); }, R"(
            SELECT organisation_id, number, at, account_id, function_name, action, object_kind, object_id, reason,
                   previous_sha256, sha256
            FROM   audit_entry
            ORDER BY organisation_id, number)");

        std::map<std::string, End> ends;
        for (auto& [organisation, number, sha256] : tx.select<std::tuple<std::string, std::int64_t, std::string>>(
                 "SELECT organisation_id, number, sha256 FROM audit_chain")) {
            ends[organisation] = {number, sha256};
            chain(organisation);
        }
        for (auto& [organisation, check] : chains) {
            const auto end = ends.find(organisation);
            check.close(end == ends.end() ? std::nullopt : std::optional{end->second});
            check.tell(verification);
        }
    });
    return verification;
}

std::optional<Verification> verify(const storage::Database& database, const OrganisationId& organisation,
                                   const VerificationProgress& progress)
{
    constexpr int at_once = 1000;
    std::optional<End> end;
    std::int64_t last = 0;
    database.read(organisation, [&](storage::Transaction& tx) {
        end = tx.optional<End>("SELECT number, sha256 FROM audit_chain WHERE organisation_id = $1", organisation);
        last = tx.one<std::int64_t>("SELECT COALESCE(MAX(number), 0) FROM audit_entry WHERE organisation_id = $1",
                                    organisation);
    });

    ChainCheck check{organisation.to_text()};
    std::int64_t read = 0;
    for (bool more = progress(read, last); read < last; more = progress(read, last)) {
        if (!more)
            return std::nullopt;
        const auto entries = database.read(organisation, [&](storage::Transaction& tx) {
            return tx.select<Kept>(R"(
                SELECT organisation_id, number, at, account_id, function_name, action, object_kind, object_id, reason,
                       previous_sha256, sha256
                FROM   audit_entry
                WHERE  organisation_id = $1 AND number > $2 AND number <= $3
                ORDER BY number
                LIMIT  $4)",
                                   organisation, read, last, at_once);
        });
        for (const auto& entry : entries)
            check.add(entry);
        read = entries.empty() ? last : std::get<1>(entries.back());
    }
    check.close(end);
    Verification verification;
    check.tell(verification);
    return verification;
}

} // namespace beproefd::audit
