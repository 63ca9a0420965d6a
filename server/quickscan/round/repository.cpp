// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/repository.hpp"

namespace beproefd::quickscan::national {
namespace {

constexpr std::string_view round_columns =
    "id, instrument_key, instrument_version, title, criterion, method, "
    "source, representativeness, population, state, "
    "demonstration, opened_on, closed_on, published_on, previewed_on, row_version";
constexpr std::string_view hand_in_columns =
    "id, round_id, scan_id, copy_id, handed_in_on, size_class, safety_region, answers";
constexpr std::string_view picture_columns =
    "round_id, instrument_key, instrument_version, title, criterion, method, source, representativeness, population, "
    "handed_in, breakdowns_version, smallest_count, demonstration, published_on";
constexpr std::string_view cell_columns = "round_id, item, breakdown, group_key, answer, counted, lower, upper";

} // namespace

std::vector<SurveyRound> RoundRepository::rounds()
{
    return tx_.select<SurveyRound>(
        fmt::format("SELECT {} FROM quickscan_round WHERE organisation_id = $1 ORDER BY id DESC LIMIT 200",
                    round_columns),
        organisation_);
}

std::optional<SurveyRound> RoundRepository::round(const Id<SurveyRound>& id)
{
    return tx_.optional<SurveyRound>(
        fmt::format("SELECT {} FROM quickscan_round WHERE organisation_id = $1 AND id = $2", round_columns),
        organisation_, id);
}

void RoundRepository::add(const SurveyRound& round) { tx_.insert_own("quickscan_round", round); }

Result<std::int64_t> RoundRepository::change(const SurveyRound& round, std::int64_t row_version)
{
    return tx_.change("quickscan_round", round.id, row_version,
                      "title = $1, criterion = $2, method = $3, source = $4, representativeness = $5, "
                      "population = $6, state = $7, opened_on = $8, closed_on = $9, published_on = $10",
                      round.title, round.criterion, round.method, round.source, round.representativeness,
                      round.population, round.state, round.opened_on, round.closed_on, round.published_on);
}

bool RoundRepository::mark_previewed(const Id<SurveyRound>& id, Day day)
{
    return tx_.execute("UPDATE quickscan_round SET previewed_on = $1, row_version = row_version + 1 "
                       "WHERE organisation_id = $2 AND id = $3 AND state = 'closed' AND previewed_on IS NULL",
                       day, organisation_, id) > 0;
}

std::int64_t RoundRepository::handed_in(const Id<SurveyRound>& id)
{
    return tx_.one<std::int64_t>(
        "SELECT COUNT(*) FROM quickscan_round_copy WHERE organisation_id = $1 AND round_id = $2", organisation_, id);
}

std::vector<KeptCopy> RoundRepository::copies(const Id<SurveyRound>& id)
{
    return tx_.select<KeptCopy>("SELECT id, round_id, size_class, safety_region, answers FROM quickscan_round_copy "
                                "WHERE organisation_id = $1 AND round_id = $2 ORDER BY id",
                                organisation_, id);
}

void RoundRepository::add(const KeptCopy& copy) { tx_.insert_own("quickscan_round_copy", copy); }

std::vector<HandInRepository::HeldRound> HandInRepository::offered()
{
    tx_.act_through(rounds_purpose);
    constexpr std::string_view from = "FROM quickscan_round WHERE state <> 'draft' ORDER BY id DESC LIMIT 200";
    auto rounds = tx_.select<SurveyRound>(fmt::format("SELECT {} {}", round_columns, from));
    auto holders = tx_.select<OrganisationId>(fmt::format("SELECT organisation_id {}", from));
    std::vector<HeldRound> held;
    for (std::size_t round = 0; round < rounds.size(); ++round)
        held.push_back({std::move(rounds[round]), std::move(holders.at(round))});
    return held;
}

std::optional<HandInRepository::HeldRound> HandInRepository::offered(const Id<SurveyRound>& id)
{
    tx_.act_through(rounds_purpose);
    auto round = tx_.optional<SurveyRound>(
        fmt::format("SELECT {} FROM quickscan_round WHERE state <> 'draft' AND id = $1", round_columns), id);
    if (!round)
        return std::nullopt;
    auto holder = tx_.one<OrganisationId>("SELECT organisation_id FROM quickscan_round WHERE id = $1", id);
    return HeldRound{*std::move(round), std::move(holder)};
}

std::vector<HandIn> HandInRepository::hand_ins()
{
    return tx_.select<HandIn>(
        fmt::format("SELECT {} FROM quickscan_hand_in WHERE organisation_id = $1 ORDER BY id", hand_in_columns),
        municipality_);
}

std::optional<HandIn> HandInRepository::hand_in_to(const Id<SurveyRound>& round)
{
    return tx_.optional<HandIn>(
        fmt::format("SELECT {} FROM quickscan_hand_in WHERE organisation_id = $1 AND round_id = $2", hand_in_columns),
        municipality_, round);
}

std::optional<HandIn> HandInRepository::hand_in(const Id<HandIn>& id)
{
    return tx_.optional<HandIn>(
        fmt::format("SELECT {} FROM quickscan_hand_in WHERE organisation_id = $1 AND id = $2", hand_in_columns),
        municipality_, id);
}

void HandInRepository::add(const HandIn& hand_in) { tx_.insert_own("quickscan_hand_in", hand_in); }

void HandInRepository::remove(const Id<HandIn>& id)
{
    tx_.execute("DELETE FROM quickscan_hand_in WHERE organisation_id = $1 AND id = $2", municipality_, id);
}

void HandInRepository::add_copy(const OrganisationId& holder, const KeptCopy& copy)
{
    tx_.on_behalf_of(holder, [&] { tx_.insert_own("quickscan_round_copy", copy); });
}

bool HandInRepository::remove_copy(const OrganisationId& holder, std::string_view copy_id)
{
    return tx_.on_behalf_of(holder, [&] {
        return tx_.execute("DELETE FROM quickscan_round_copy WHERE organisation_id = $1 AND id = $2", holder,
                           copy_id) > 0;
    });
}

std::vector<Head> PictureRepository::pictures(std::string_view instrument, std::int64_t limit)
{
    return tx_.select<Head>(fmt::format("SELECT {} FROM quickscan_picture WHERE ($1 = '' OR instrument_key = $1) "
                                        "ORDER BY published_on DESC, round_id DESC LIMIT $2",
                                        picture_columns),
                            instrument, limit);
}

std::optional<Head> PictureRepository::picture(const Id<SurveyRound>& round)
{
    return tx_.optional<Head>(fmt::format("SELECT {} FROM quickscan_picture WHERE round_id = $1", picture_columns),
                              round);
}

std::vector<FrozenGroup> PictureRepository::groups(const Id<SurveyRound>& round)
{
    return tx_.select<FrozenGroup>("SELECT round_id, breakdown, group_key, handed_in FROM quickscan_picture_group "
                                   "WHERE round_id = $1 ORDER BY breakdown, group_key",
                                   round);
}

std::vector<FrozenCell> PictureRepository::cells(const Id<SurveyRound>& round)
{
    return tx_.select<FrozenCell>(
        fmt::format("SELECT {} FROM quickscan_picture_cell WHERE round_id = $1", cell_columns), round);
}

std::vector<FrozenCell> PictureRepository::cells(const Id<SurveyRound>& round, std::string_view breakdown,
                                                 std::string_view group_key)
{
    return tx_.select<FrozenCell>(
        fmt::format("SELECT {} FROM quickscan_picture_cell WHERE round_id = $1 AND breakdown = $2 AND group_key = $3",
                    cell_columns),
        round, breakdown, group_key);
}

void PictureRepository::add(const Head& head, const std::vector<FrozenGroup>& groups,
                            const std::vector<FrozenCell>& cells)
{
    tx_.insert("quickscan_picture", head);
    for (const auto& group : groups)
        tx_.insert("quickscan_picture_group", group);
    for (const auto& cell : cells)
        tx_.insert("quickscan_picture_cell", cell);
}

} // namespace beproefd::quickscan::national
