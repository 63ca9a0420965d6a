// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/audit/audit.hpp"

namespace beproefd::audit {

/// A calendar month in UTC, as moments are kept: "2026-11".
class Month
{
public:
    static Month of(Instant moment);
    /// Reads "2026-11"; empty for any other form and for months that do not exist.
    static std::optional<Month> from_text(std::string_view text);
    std::string to_text() const;
    /// The first moment of it.
    Instant begin() const;
    Month plus(int months) const { return Month{number_ + months}; }

    auto operator<=>(const Month&) const = default;

private:
    explicit Month(int number) : number_(number) {}
    int number_; ///< twelve a year, counted from the year 0
};

/// The end of one month of a chain: which entries it holds, and the hash of the last. It stays when they are removed.
/// Closings are a chain of their own; each is also told by an entry ("audit.close" with its hash as the reason).
struct Closing {
    OrganisationId organisation_id;
    std::string month; ///< "2026-11"
    std::int64_t first_number = 0;
    std::int64_t last_number = 0;
    std::string last_sha256;     ///< of entry last_number
    std::string previous_sha256; ///< of the closing before this one
    std::string sha256;          ///< of this one, without removed_at
    Instant closed_at;
    std::optional<Instant> removed_at{}; ///< when its entries were removed
};
BOOST_DESCRIBE_STRUCT(Closing, (),
                      (organisation_id, month, first_number, last_number, last_sha256, previous_sha256, sha256,
                       closed_at, removed_at))

/// SHA-256 of the hash of the closing before it, a line feed, and this JSON, made as that of an entry.
std::string canonical_form(const Closing& closing);

/// The closings of the transaction's organisation, oldest first.
std::vector<Closing> closings(storage::Transaction& tx);

/// Closes every month that has ended and has entries that are not closed yet, in all chains; one transaction per
/// month and chain. An entry that a slower clock wrote down late belongs to the month after it. Answers how many were
/// closed. A month that cannot be closed now, because the database is busy, is closed the next time.
std::int64_t close_months(storage::Database& database, const Clock& clock);

/// How much was removed.
struct Removal {
    std::int64_t months = 0;
    std::int64_t entries = 0;
};

/// Removes the entries of all closed months before this one, in all chains, oldest first. Their closings stay, and an
/// entry "audit.remove" tells of each. The database itself refuses to remove anything else from a chain.
Removal remove_months(storage::Database& database, Month before, const Clock& clock);

} // namespace beproefd::audit
