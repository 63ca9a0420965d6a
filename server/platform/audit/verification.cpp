// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/audit/chain.hpp"

#include <fmt/format.h>

#include <map>

namespace beproefd::audit {

namespace {

// Read as bare text, so that what no longer fits its type is found as well.
using Kept = std::tuple<std::string, std::int64_t, std::string, std::optional<std::string>, std::string, std::string,
                        std::string, std::string, std::string, std::string, std::string>;
using KeptClosing = std::tuple<std::string, std::string, std::int64_t, std::int64_t, std::string, std::string,
                               std::string, std::string, std::optional<std::string>>;

constexpr std::string_view select_closings =
    "SELECT organisation_id, month, first_number, last_number, last_sha256, previous_sha256, sha256, closed_at, "
    "removed_at FROM audit_month ";

/// Walks over the closings and then the entries of one chain in their order and keeps the first thing that is wrong.
class ChainCheck
{
public:
    explicit ChainCheck(std::string organisation) : organisation_(std::move(organisation)) {}

    /// All closings come before the first entry.
    void add(const KeptClosing& kept)
    {
        const auto& [organisation, month, first, last, last_sha256, previous, sha256, closed_at, removed_at] = kept;
        const auto moment = Instant::from_text(closed_at);
        const auto owner = OrganisationId::from_text(organisation);
        const std::int64_t after = closings_.empty() ? 0 : closings_.back().last;
        const std::string before = closings_.empty() ? no_entry : closings_.back().sha256;
        if (!moment || !owner || !Month::from_text(month) || moment->to_text() != closed_at || first != after + 1 ||
            previous != before ||
            hash_of(Closing{*owner, month, first, last, last_sha256, previous, {}, *moment, {}}) != sha256)
            return closing_damage(first, month, "is not as it was written");
        if (removed_at) {
            // Months go from the oldest on, so what was removed is the beginning of the chain.
            if (number_ != after)
                return closing_damage(first, month, "was removed before an older one");
            number_ = last;
            sha256_ = last_sha256;
            removed_ = month;
        }
        closings_.push_back({month, last, last_sha256, sha256});
    }

    /// The number of the last entry that may be missing because its month was removed.
    std::int64_t removed_up_to() const { return number_; }

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
        if (kind == month_kind && action == close_action)
            told_closings_[id] = reason;
        if (kind == month_kind && action == remove_action)
            told_removals_[id] = reason;
        while (next_closing_ < closings_.size() && closings_[next_closing_].last < number)
            ++next_closing_;
        if (next_closing_ < closings_.size() && closings_[next_closing_].last == number &&
            closings_[next_closing_].last_sha256 != sha256)
            closing_damage(number, closings_[next_closing_].month, "ends at another entry");
    }

    /// What the chain itself says is its last entry; nothing when it does not say.
    void close(const std::optional<End>& end)
    {
        if (damage_)
            return;
        if (!end && (entries_ > 0 || !closings_.empty()))
            return damage(number_, DamageKind::no_end,
                          fmt::format("the chain of organisation {} has entries but no end", organisation_));
        if (end && (number_ != end->number || sha256_ != end->sha256))
            return damage(number_ + 1, DamageKind::cut_off,
                          fmt::format("the chain of organisation {} ends at entry {}, not at {}", organisation_,
                                      number_, end->number));
        for (const auto& closing : closings_) {
            // The entry that tells of an older closing may be gone with its own month; its hash is in the next one.
            const auto told = told_closings_.find(closing.month);
            const bool newest = &closing == &closings_.back();
            if (told == told_closings_.end() ? newest : told->second != closing.sha256)
                return closing_damage(closing.last, closing.month, "is told by no entry");
            const auto removal = told_removals_.find(closing.month);
            if (closing.month == removed_ && (removal == told_removals_.end() || removal->second != closing.sha256))
                return closing_damage(closing.last, closing.month, "was removed and no entry tells of it");
        }
    }

    void tell(Verification& verification) const
    {
        ++verification.organisations;
        verification.entries += entries_;
        if (damage_)
            verification.damages.push_back(*damage_);
    }
    bool damaged() const { return damage_.has_value(); }

private:
    struct Closed {
        std::string month;
        std::int64_t last = 0;
        std::string last_sha256;
        std::string sha256;
    };

    void damage(std::int64_t number, DamageKind kind, std::string what)
    {
        if (!damage_)
            damage_ = Damage{organisation_, number, kind, std::move(what)};
    }
    void closing_damage(std::int64_t number, const std::string& month, std::string_view what)
    {
        damage(number, DamageKind::closing,
               fmt::format("the closing of {} of organisation {} {}", month, organisation_, what));
    }

    std::string organisation_;
    std::int64_t entries_ = 0;
    std::int64_t number_ = 0;
    std::string sha256_ = no_entry;
    std::string removed_; ///< the last month whose entries were removed
    std::vector<Closed> closings_;
    std::size_t next_closing_ = 0;
    std::map<std::string, std::string> told_closings_; ///< month → hash, as entries say
    std::map<std::string, std::string> told_removals_;
    std::optional<Damage> damage_;
};

/// One look at a chain; nothing when progress said to stop.
std::optional<ChainCheck> check_once(const storage::Database& database, const OrganisationId& organisation,
                                     const VerificationProgress& progress)
{
    constexpr int at_once = 1000;
    ChainCheck check{organisation.to_text()};
    std::optional<End> end;
    std::int64_t last = 0;
    database.read(organisation, [&](storage::Transaction& tx) {
        check = ChainCheck{organisation.to_text()};
        tx.stream<KeptClosing>([&](const KeptClosing& kept) { check.add(kept); },
                               std::string{select_closings} + "WHERE organisation_id = $1 ORDER BY month",
                               organisation);
        end = tx.optional<End>("SELECT number, sha256 FROM audit_chain WHERE organisation_id = $1", organisation);
        last = tx.one<std::int64_t>("SELECT COALESCE(MAX(number), 0) FROM audit_entry WHERE organisation_id = $1",
                                    organisation);
    });

    // Told is how many of those that are still there.
    const std::int64_t removed = std::min(check.removed_up_to(), last);
    std::int64_t read = 0;
    const auto tell = [&] { return progress(std::max<std::int64_t>(read - removed, 0), last - removed); };
    for (bool more = tell(); read < last; more = tell()) {
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
    return check;
}

std::int64_t removed_months(const storage::Database& database, const OrganisationId& organisation)
{
    return database.read(organisation, [&](storage::Transaction& tx) {
        return tx.one<std::int64_t>(
            "SELECT COUNT(*) FROM audit_month WHERE organisation_id = $1 AND removed_at IS NOT NULL", organisation);
    });
}

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
        tx.stream<KeptClosing>([&](const KeptClosing& kept) { chain(std::get<0>(kept)).add(kept); },
                               std::string{select_closings} + "ORDER BY organisation_id, month");
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
    for (;;) {
        const auto removed = removed_months(database, organisation);
        const auto check = check_once(database, organisation, progress);
        if (!check)
            return std::nullopt;
        // A month that was removed while we read is no damage: look again.
        if (check->damaged() && removed_months(database, organisation) != removed)
            continue;
        Verification verification;
        check->tell(verification);
        return verification;
    }
}

} // namespace beproefd::audit
