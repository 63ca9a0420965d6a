// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/actor.hpp"
#include "platform/storage/database.hpp"
#include "quickscan/round/picture.hpp"
#include "quickscan/round/questionnaire.hpp"
#include "quickscan/round/views.hpp"

#include <string_view>

namespace beproefd::quickscan::national {

/// Which request it is: its Idempotency-Key and its fingerprint. Without a key each request is a new one.
struct RequestIdentity {
    std::string key{};
    std::string fingerprint{};
};

/// National rounds: opened and published by who holds them, handed in to by municipalities, read by everyone.
class Service
{
public:
    Service(storage::Database& database, const Clock& clock, Sources sources)
        : database_(database), clock_(clock), sources_(std::move(sources))
    {
    }

    // --- who holds the round (manage_surveys) ---

    Result<RoundList> rounds(const Actor& actor);
    Result<RoundView> round(const Actor& actor, const Id<SurveyRound>& id);
    /// Refuses a questionnaire that does not exist.
    Result<RoundView> create(const Actor& actor, const NewRound& wanted, const RequestIdentity& request = {});
    /// Once a round is open only its title and its remark on representativeness change.
    Result<RoundView> change(const Actor& actor, const Id<SurveyRound>& id, std::int64_t row_version,
                             const RoundChange& change);
    /// Publishing counts, withholds and freezes; it refuses a round to which fewer handed in than make a group.
    Result<RoundView> move(const Actor& actor, const Id<SurveyRound>& id, std::int64_t row_version,
                           const RoundTransition& transition);
    /// What publishing would show, with what it withholds. Only of a closed round, which then does not open again:
    /// looking again and again while municipalities hand in would tell who came last.
    Result<Picture> preview(const Actor& actor, const Id<SurveyRound>& id);

    // --- who hands in (edit_content) ---

    Result<HandInPreview> hand_in_preview(const Actor& actor, std::string_view scan);
    /// Makes the copy. Refuses a scan that is not closed or is of another questionnaire, a round that is not open, a
    /// second hand-in, who is no municipality, and invented organisations in a real round or the reverse.
    Result<HandInView> hand_in(const Actor& actor, const Id<SurveyRound>& round, const NewHandIn& wanted,
                               const RequestIdentity& request = {});
    /// What the own municipality handed in to this round.
    Result<HandInView> handed_in(const Actor& actor, const Id<SurveyRound>& round, const Id<HandIn>& hand_in);
    /// Removes the copy, while the round is open.
    Result<void> withdraw(const Actor& actor, const Id<SurveyRound>& round, const Id<HandIn>& hand_in);

    // --- everyone ---

    Result<PictureList> pictures(const PictureQuery& query);
    Result<Picture> picture(const Id<SurveyRound>& round);
    /// The newest five rounds of an instrument, oldest first.
    Result<Overview> overview(std::string_view instrument);

    // --- peers (answer_surveys) ---

    Result<Peers> peers(const Actor& actor, std::string_view scan);

    // --- demonstration ---

    /// Adds a published round for each of these years, with invented municipalities, and one that is open. Does
    /// nothing when the organisation holds a round of this questionnaire already.
    Result<void> add_demonstration(const Actor& holder, const Questionnaire& questionnaire, std::uint64_t seed,
                                   int first_year, int last_year);

private:
    RoundView view(const SurveyRound& round, std::int64_t handed_in) const;
    Result<Questionnaire> questionnaire(std::string_view key, std::int64_t version) const;
    /// The true counts of a round; nobody may see them.
    Result<Counts> counted(storage::Transaction& tx, const OrganisationId& holder, const SurveyRound& round) const;
    /// The counts, withheld; of a round that is closed.
    struct Prepared {
        SurveyRound round;
        Questionnaire questionnaire;
        Frozen frozen;
    };
    Result<Prepared> prepare(const OrganisationId& holder, const Id<SurveyRound>& id) const;
    Head head_of(const SurveyRound& round, std::int64_t handed_in, Day day) const;

    storage::Database& database_;
    const Clock& clock_;
    Sources sources_;
};

} // namespace beproefd::quickscan::national
