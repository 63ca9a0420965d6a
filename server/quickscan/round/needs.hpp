// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/actor.hpp"
#include "platform/http/router.hpp"
#include "platform/storage/database.hpp"
#include "quickscan/round/service.hpp"

namespace beproefd::quickscan::national {

enum class NeedStatus {
    open,         ///< asked, nothing came of it yet
    contact_made, ///< someone who may help was spoken to
    solved,       ///< the need is met
};
BOOST_DESCRIBE_ENUM(NeedStatus, open, contact_made, solved)

/// What a municipality needs, in the words of a survey, and what came of it.
struct Need {
    Id<Need> id;
    std::string instrument_key;
    std::int64_t instrument_version = 0;
    std::string item;
    NeedStatus status = NeedStatus::open;
    std::string offer_title; ///< empty without an offer
    std::string offer_url;
    Day asked_on;
    std::optional<Day> contact_on{}; ///< when contact was made for the first time
    std::optional<Day> solved_on{};
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(Need, (),
                      (id, instrument_key, instrument_version, item, status, offer_title, offer_url, asked_on,
                       contact_on, solved_on, row_version))

/// A link to what may help: it may lead anywhere on the web, and it costs nothing to give one.
struct Offer {
    static constexpr auto schema_name = "NeedOffer";
    Text<1, 120> title;
    Text<1, 500> url; ///< https
};
BOOST_DESCRIBE_STRUCT(Offer, (), (title, url))

struct NewNeed {
    Text<1, 80> instrument;
    Whole<1, 1000> version;
    Text<1, 80> item;
    std::optional<Offer> offer;
};
BOOST_DESCRIBE_STRUCT(NewNeed, (), (instrument, version, item, offer))

/// What is absent stays as it is.
struct NeedChange {
    std::optional<NeedStatus> status;
    std::optional<Offer> offer;
};
BOOST_DESCRIBE_STRUCT(NeedChange, (), (status, offer))

struct NeedView {
    static constexpr auto schema_name = "Need";
    Id<Need> id;
    std::string instrument_key;
    std::int64_t instrument_version = 0;
    std::string item;
    Words theme;
    Words label;
    NeedStatus status = NeedStatus::open;
    std::optional<Offer> offer;
    Day asked_on;
    std::optional<Day> contact_on;
    std::optional<Day> solved_on;
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(NeedView, (),
                      (id, instrument_key, instrument_version, item, theme, label, status, offer, asked_on,
                       contact_on, solved_on, row_version))

/// Something that can be needed: a choice of a survey.
struct PossibleNeed {
    std::string instrument_key;
    std::int64_t instrument_version = 0;
    std::string item;
    Words theme;
    Words question;
    Words label;
};
BOOST_DESCRIBE_STRUCT(PossibleNeed, (), (instrument_key, instrument_version, item, theme, question, label))

struct NeedList {
    std::vector<NeedView> items;        ///< open ones first, then by the day they were asked
    std::vector<PossibleNeed> possible; ///< what is not in the list yet
};
BOOST_DESCRIBE_STRUCT(NeedList, (), (items, possible))

/// The needs of one municipality: its own rows, which nobody else sees.
class Needs
{
public:
    Needs(storage::Database& database, const Clock& clock, std::vector<Questionnaire> surveys)
        : database_(database), clock_(clock), surveys_(std::move(surveys))
    {
    }

    Result<NeedList> list(const Actor& actor);
    Result<NeedView> need(const Actor& actor, const Id<Need>& id);
    /// Refuses what no survey asks, a second time the same need, and an offer that is not an https address.
    Result<NeedView> add(const Actor& actor, const NewNeed& wanted, const RequestIdentity& request = {});
    Result<NeedView> change(const Actor& actor, const Id<Need>& id, std::int64_t row_version,
                            const NeedChange& change);

private:
    struct Asked {
        const Questionnaire* survey = nullptr;
        const QuestionItem* item = nullptr;
    };
    Asked find(std::string_view instrument, std::int64_t version, std::string_view item) const;
    NeedView view(const Need& need) const;

    storage::Database& database_;
    const Clock& clock_;
    std::vector<Questionnaire> surveys_;
};

/// The surveys that travel inside the program, with what can be needed only: the choices under the themes that
/// data/quickscan/needs.yaml names, without those that exclude the others.
std::vector<Questionnaire> shipped_surveys();

void mount_needs(http::Router& routes, Needs& needs);

} // namespace beproefd::quickscan::national
