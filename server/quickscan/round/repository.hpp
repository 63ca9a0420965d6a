// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/database.hpp"
#include "quickscan/round/views.hpp"
#include "quickscan/round/withholding.hpp"

namespace beproefd::quickscan::national {

/// The door through which a municipality sees which rounds there are.
inline constexpr storage::Purpose rounds_purpose{"survey-rounds"};

/// A copy as it is kept: no name, no moment, and an id that is nothing but random.
struct KeptCopy {
    std::string id;
    Id<SurveyRound> round_id;
    std::string size_class;
    std::string safety_region;
    std::string answers; ///< JSON
};
BOOST_DESCRIBE_STRUCT(KeptCopy, (), (id, round_id, size_class, safety_region, answers))

/// The municipality's own row about what it handed in.
struct HandIn {
    Id<HandIn> id;
    Id<SurveyRound> round_id;
    std::string scan_id;
    std::string copy_id;
    Day handed_in_on;
    std::string size_class;
    std::string safety_region;
    std::string answers; ///< JSON: exactly what left
};
BOOST_DESCRIBE_STRUCT(HandIn, (), (id, round_id, scan_id, copy_id, handed_in_on, size_class, safety_region, answers))

/// One frozen count.
struct FrozenCell {
    Id<SurveyRound> round_id;
    std::string item;
    std::string breakdown;
    std::string group_key;
    std::string answer;
    std::optional<std::int64_t> counted;
    std::optional<double> lower;
    std::optional<double> upper;
};
BOOST_DESCRIBE_STRUCT(FrozenCell, (), (round_id, item, breakdown, group_key, answer, counted, lower, upper))

struct FrozenGroup {
    Id<SurveyRound> round_id;
    std::string breakdown;
    std::string group_key;
    std::optional<std::int64_t> handed_in;
};
BOOST_DESCRIBE_STRUCT(FrozenGroup, (), (round_id, breakdown, group_key, handed_in))

/// SQL of the rounds that one organisation holds, and of the copies handed in to them.
class RoundRepository
{
public:
    RoundRepository(storage::Transaction& tx, OrganisationId organisation)
        : tx_(tx), organisation_(std::move(organisation))
    {
        tx.act_for(organisation_);
    }

    std::vector<SurveyRound> rounds();
    std::optional<SurveyRound> round(const Id<SurveyRound>& id);
    void add(const SurveyRound& round);
    /// Writes the texts, the state and its days when the version is still this one.
    Result<std::int64_t> change(const SurveyRound& round, std::int64_t row_version);
    /// Answers whether it is the first time.
    bool mark_previewed(const Id<SurveyRound>& id, Day day);
    std::int64_t handed_in(const Id<SurveyRound>& id);
    std::vector<KeptCopy> copies(const Id<SurveyRound>& id);
    void add(const KeptCopy& copy);

private:
    storage::Transaction& tx_;
    OrganisationId organisation_;
};

/// SQL of what one municipality handed in. It looks for rounds through the door first, and then acts for the
/// municipality only.
class HandInRepository
{
public:
    explicit HandInRepository(storage::Transaction& tx) : tx_(tx) {}

    struct HeldRound {
        SurveyRound round;
        OrganisationId holder;
    };
    /// Before act_for(): every round that is no draft, newest first.
    std::vector<HeldRound> offered();
    std::optional<HeldRound> offered(const Id<SurveyRound>& id);

    void act_for(const OrganisationId& municipality)
    {
        municipality_ = municipality;
        tx_.act_for(municipality);
    }
    std::vector<HandIn> hand_ins();
    std::optional<HandIn> hand_in_to(const Id<SurveyRound>& round);
    std::optional<HandIn> hand_in(const Id<HandIn>& id);
    void add(const HandIn& hand_in);
    void remove(const Id<HandIn>& id);
    /// In the rows of who holds the round.
    void add_copy(const OrganisationId& holder, const KeptCopy& copy);
    /// Answers whether it was there.
    bool remove_copy(const OrganisationId& holder, std::string_view copy_id);

private:
    storage::Transaction& tx_;
    OrganisationId municipality_;
};

/// SQL of what is published: for everyone to read, never changed.
class PictureRepository
{
public:
    explicit PictureRepository(storage::Transaction& tx) : tx_(tx) {}

    /// Newest first; of one instrument when its key is not empty.
    std::vector<Head> pictures(std::string_view instrument, std::int64_t limit);
    std::optional<Head> picture(const Id<SurveyRound>& round);
    std::vector<FrozenGroup> groups(const Id<SurveyRound>& round);
    /// All counts of a round, or those of one breakdown only.
    std::vector<FrozenCell> cells(const Id<SurveyRound>& round);
    std::vector<FrozenCell> cells(const Id<SurveyRound>& round, std::string_view breakdown,
                                  std::string_view group_key);
    void add(const Head& head, const std::vector<FrozenGroup>& groups, const std::vector<FrozenCell>& cells);

private:
    storage::Transaction& tx_;
};

} // namespace beproefd::quickscan::national
