// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/audit/month.hpp"

#include "platform/audit/chain.hpp"
#include "platform/core/sha256.hpp"
#include "platform/describe/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace beproefd::audit {

namespace {

/// What the program does by itself has no account.
Actor by_itself(const OrganisationId& organisation) { return {organisation, std::nullopt, "system"}; }

std::vector<OrganisationId> organisations_with_a_chain(const storage::Database& database)
{
    return database.read([](storage::Transaction& tx) {
        tx.act_through(verification_purpose);
        return tx.select<OrganisationId>("SELECT organisation_id FROM audit_chain ORDER BY organisation_id");
    });
}

/// Closes the first month that is open and has ended; false when there is none.
Result<bool> close_next(storage::Transaction& tx, const OrganisationId& organisation, const Clock& clock)
{
    using Place = std::tuple<std::int64_t, Instant>;
    const auto before = closings(tx);
    const std::int64_t after = before.empty() ? 0 : before.back().last_number;
    const auto first = tx.optional<Place>(R"(
        SELECT number, at
        FROM   audit_entry
        WHERE  organisation_id = $1 AND number > $2
        ORDER BY number
        LIMIT  1)",
                                          organisation, after);
    if (!first)
        return false;
    auto month = Month::of(std::get<1>(*first));
    if (!before.empty())
        month = std::max(month, Month::from_text(before.back().month)->plus(1));
    const auto now = clock.now();
    if (month >= Month::of(now))
        return false;
    const auto last = tx.one<std::tuple<std::int64_t, std::string>>(R"(
        SELECT number, sha256
        FROM   audit_entry
        WHERE  organisation_id = $1 AND number > $2 AND at < $3
        ORDER BY number DESC
        LIMIT  1)",
                                                                    organisation, after, month.plus(1).begin());

    Closing closing{.organisation_id = organisation,
                    .month = month.to_text(),
                    .first_number = after + 1,
                    .last_number = std::get<0>(last),
                    .last_sha256 = std::get<1>(last),
                    .previous_sha256 = before.empty() ? no_entry : before.back().sha256,
                    .sha256 = {},
                    .closed_at = now};
    closing.sha256 = hash_of(closing);
    record(tx, by_itself(organisation), close_action, {std::string{month_kind}, closing.month}, closing.sha256,
           clock);
    tx.insert("audit_month", closing);
    return true;
}

/// Removes the entries of the oldest closed month that has them, when it is before the given one.
Result<std::int64_t> remove_next(storage::Transaction& tx, const OrganisationId& organisation, Month before,
                                 const Clock& clock)
{
    const auto all = closings(tx);
    const auto next =
        std::find_if(all.begin(), all.end(), [](const Closing& closing) { return !closing.removed_at; });
    if (next == all.end() || *Month::from_text(next->month) >= before)
        return 0;
    record(tx, by_itself(organisation), remove_action, {std::string{month_kind}, next->month}, next->sha256, clock);
    tx.execute("UPDATE audit_month SET removed_at = $3 WHERE organisation_id = $1 AND month = $2", organisation,
               next->month, clock.now());
    return tx.execute("DELETE FROM audit_entry WHERE organisation_id = $1 AND number >= $2 AND number <= $3",
                      organisation, next->first_number, next->last_number);
}

} // namespace

Month Month::of(Instant moment)
{
    const auto text = moment.to_text();
    return *from_text(text.substr(0, 7));
}

std::optional<Month> Month::from_text(std::string_view text)
{
    int year = 0;
    int month = 0;
    const auto number = [&](std::size_t at, std::size_t size, int& value) {
        return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                           text.begin() + static_cast<std::ptrdiff_t>(at + size),
                           [](char c) { return c >= '0' && c <= '9'; }) &&
               std::from_chars(text.data() + at, text.data() + at + size, value).ec == std::errc{};
    };
    if (text.size() != 7 || text[4] != '-' || !number(0, 4, year) || !number(5, 2, month) || month < 1 || month > 12)
        return std::nullopt;
    return Month{year * 12 + month - 1};
}

std::string Month::to_text() const { return fmt::format("{:04}-{:02}", number_ / 12, number_ % 12 + 1); }

Instant Month::begin() const { return *Instant::from_text(to_text() + "-01T00:00:00Z"); }

std::string canonical_form(const Closing& closing)
{
    std::string json;
    const auto text = [&](std::string_view name, std::string_view value) {
        json += json.empty() ? "{\"" : ",\"";
        json += name;
        json += "\":";
        describe::write_text(json, value);
    };
    text("closedAt", closing.closed_at.to_text());
    json += fmt::format(",\"firstNumber\":{},\"lastNumber\":{}", closing.first_number, closing.last_number);
    text("lastSha256", closing.last_sha256);
    text("month", closing.month);
    text("organisationId", closing.organisation_id.to_text());
    json += '}';
    return json;
}

std::vector<Closing> closings(storage::Transaction& tx)
{
    return tx.select<Closing>("SELECT * FROM audit_month WHERE organisation_id = $1 ORDER BY month",
                              tx.organisation());
}

std::int64_t close_months(storage::Database& database, const Clock& clock)
{
    std::int64_t closed = 0;
    for (const auto& organisation : organisations_with_a_chain(database))
        for (bool more = true; more;) {
            const auto done = database.transact(
                organisation, [&](storage::Transaction& tx) { return close_next(tx, organisation, clock); });
            more = done && *done;
            closed += more ? 1 : 0;
        }
    return closed;
}

Removal remove_months(storage::Database& database, Month before, const Clock& clock)
{
    Removal removal;
    for (const auto& organisation : organisations_with_a_chain(database))
        for (bool more = true; more;) {
            const auto entries = database.transact(
                organisation, [&](storage::Transaction& tx) { return remove_next(tx, organisation, before, clock); });
            more = entries && *entries > 0;
            removal.months += more ? 1 : 0;
            removal.entries += more ? *entries : 0;
        }
    return removal;
}

} // namespace beproefd::audit
