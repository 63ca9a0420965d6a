// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/time.hpp"
#include "platform/storage/database.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::audit {

/// Who did it: an account in a function, of an organisation. Never a name; that is looked up while the account
/// exists. No account for what the program does by itself (function "system") or an operator on the command line
/// ("operator").
struct Actor {
    OrganisationId organisation;
    std::optional<std::string> account_id;
    std::string function;
};

/// What it was done to: the kind in the words of the tables (grants_application), and which one.
struct Object {
    std::string kind;
    std::string id;
};

template<class Entity>
Object object(std::string_view kind, const Id<Entity>& id)
{
    return {std::string{kind}, id.to_text()};
}

/// One thing that was done. sha256 covers all other members and the hash of the entry before it.
struct Entry {
    OrganisationId organisation_id;
    std::int64_t number = 0; ///< 1, 2, 3 … within the organisation
    Instant at;
    std::optional<std::string> account_id;
    std::string function_name;
    std::string action;
    std::string object_kind;
    std::string object_id;
    std::string reason;
    std::string previous_sha256;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(Entry, (),
                      (organisation_id, number, at, account_id, function_name, action, object_kind, object_id, reason,
                       previous_sha256, sha256))

/// Writes what is done in the transaction that does it: both are kept, or neither. action is capability and verb,
/// such as "grants.award"; reason says why where a reason is asked, else it is empty. The entry goes to the chain of
/// the actor's organisation, for which the transaction must act.
void record(storage::Transaction& tx, const Actor& actor, std::string_view action, const Object& object,
            std::string_view reason = {}, const Clock& clock = SystemClock{});

/// What entry the hash is of: SHA-256 of the previous hash, a line feed, and the entry as JSON with its keys in
/// alphabetical order, no spaces, absent members left out. Anyone can recompute it from an export.
std::string canonical_form(const Entry& entry);

/// Entries of the transaction's organisation, newest first. before: the number of the last one of the page before, or
/// nothing for the first page. At most 200 at a time.
std::vector<Entry> page(storage::Transaction& tx, std::optional<std::int64_t> before, int count = 50);

/// How a chain is not as it was written.
enum class DamageKind {
    missing, ///< an entry is not there
    changed, ///< an entry is there, but another than was written
    cut_off, ///< the entries end elsewhere than the chain says
    no_end,  ///< there are entries, but the chain has no end
    closing, ///< the closing of a month is not as it was written, or no entry tells of it
};
BOOST_DESCRIBE_ENUM(DamageKind, missing, changed, cut_off, no_end, closing)

/// What is wrong with a chain, and from which entry on.
struct Damage {
    std::string organisation_id;
    std::int64_t number = 0;
    DamageKind kind = DamageKind::missing;
    std::string what; ///< one English sentence for the operator
};
BOOST_DESCRIBE_STRUCT(Damage, (), (organisation_id, number, kind, what))

struct Verification {
    std::int64_t organisations = 0;
    std::int64_t entries = 0;
    std::vector<Damage> damages; ///< empty when every chain is whole; the first damage of each chain
};
BOOST_DESCRIBE_STRUCT(Verification, (), (organisations, entries, damages))

/// Recomputes every chain with the closings of its months, which stand for entries that were removed by month. Finds
/// a changed byte, an entry that was removed, inserted or moved, a cut-off end, and a month that is gone without an
/// entry that tells of it. What it cannot find: a chain that someone with full access to the database rewrote from
/// some entry to its end; an export kept elsewhere shows that.
Verification verify(const storage::Database& database);

/// Told how many of the entries have been read; answers whether to go on.
using VerificationProgress = std::function<bool(std::int64_t read, std::int64_t all)>;

/// Recomputes the chain of one organisation, with its closings, as it stands at the beginning, at most 1,000 entries
/// a transaction, so that a long chain holds up nobody. Nothing when progress said to stop.
std::optional<Verification> verify(const storage::Database& database, const OrganisationId& organisation,
                                   const VerificationProgress& progress);

/// The door through which verify reads the chains of all organisations.
inline constexpr storage::Purpose verification_purpose{"audit-verification"};

} // namespace beproefd::audit
