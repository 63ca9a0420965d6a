// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/needs.hpp"

#include "platform/audit/audit.hpp"
#include "platform/auth/accounts/on_record.hpp"
#include "platform/core/embedded.hpp"
#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/sentences.hpp"
#include "platform/storage/idempotency.hpp"
#include "quickscan/instrument/service.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> needs();
}

namespace beproefd::quickscan::national {
namespace {

constexpr std::string_view columns = "id, instrument_key, instrument_version, item, status, offer_title, offer_url, "
                                     "asked_on, contact_on, solved_on, row_version";

std::optional<Need> find_need(storage::Transaction& tx, const OrganisationId& own, const Id<Need>& id)
{
    return tx.optional<Need>(
        fmt::format("SELECT {} FROM quickscan_need WHERE organisation_id = $1 AND id = $2", columns), own, id);
}

struct SurveyNeeds {
    std::string instrument;
    std::vector<std::string> themes;
};
BOOST_DESCRIBE_STRUCT(SurveyNeeds, (), (instrument, themes))

/// data/quickscan/needs.yaml.
struct AskedNeeds {
    std::int64_t version = 1;
    std::vector<SurveyNeeds> surveys;
};
BOOST_DESCRIBE_STRUCT(AskedNeeds, (), (version, surveys))

std::optional<Problem> refuse_offer(const std::optional<Offer>& offer)
{
    if (offer && !offer->url.to_text().starts_with("https://"))
        return invalid({{.pointer = "/offer/url", .code = "offer-url"}});
    return std::nullopt;
}

} // namespace

std::vector<Questionnaire> shipped_surveys()
{
    const auto& file = embedded::needs().front();
    const auto asked = describe::read_yaml<AskedNeeds>(file.content, file.path);
    if (!asked)
        throw std::logic_error(describe::explain(asked.error(), describe::Language::en));
    std::vector<Questionnaire> surveys;
    for (const auto& [key, themes] : asked->surveys) {
        const auto* instrument = shipped_instruments().current(key);
        if (instrument == nullptr)
            throw std::logic_error(fmt::format("{}: there is no survey {}", file.path, key));
        auto survey = questionnaire_of(*instrument);
        std::erase_if(survey.items, [&themes](const QuestionItem& item) {
            return item.exclusive || std::find(themes.begin(), themes.end(), item.theme) == themes.end();
        });
        surveys.push_back(std::move(survey));
    }
    return surveys;
}

Needs::Asked Needs::find(std::string_view instrument, std::int64_t version, std::string_view key) const
{
    for (const auto& survey : surveys_) {
        if (survey.key != instrument || survey.version != version)
            continue;
        for (const auto& item : survey.items)
            if (item.key == key && item.choice)
                return {&survey, &item};
    }
    return {};
}

NeedView Needs::view(const Need& need) const
{
    NeedView view{.id = need.id,
                  .instrument_key = need.instrument_key,
                  .instrument_version = need.instrument_version,
                  .item = need.item,
                  .theme = {},
                  .label = {need.item, need.item},
                  .status = need.status,
                  .offer = {},
                  .asked_on = need.asked_on,
                  .contact_on = need.contact_on,
                  .solved_on = need.solved_on,
                  .row_version = need.row_version};
    if (const auto asked = find(need.instrument_key, need.instrument_version, need.item); asked.item != nullptr) {
        view.label = *asked.item->choice;
        for (const auto& theme : asked.survey->themes)
            if (theme.key == asked.item->theme)
                view.theme = theme.title;
    }
    if (!need.offer_url.empty())
        view.offer = Offer{*Text<1, 120>::from_text(need.offer_title), *Text<1, 500>::from_text(need.offer_url)};
    return view;
}

Result<NeedList> Needs::list(const Actor& actor)
{
    return database_.read(actor.organisation(), [&](storage::Transaction& tx) -> Result<NeedList> {
        NeedList list;
        std::set<std::pair<std::string, std::string>> held;
        for (const auto& need : tx.select<Need>(
                 fmt::format("SELECT {} FROM quickscan_need WHERE organisation_id = $1 "
                             "ORDER BY CASE status WHEN 'open' THEN 0 WHEN 'contact_made' THEN 1 ELSE 2 END, "
                             "asked_on, id",
                             columns),
                 actor.organisation())) {
            held.emplace(need.instrument_key, need.item);
            list.items.push_back(view(need));
        }
        for (const auto& survey : surveys_)
            for (const auto& item : survey.items) {
                if (!item.choice || held.contains({survey.key, item.key}))
                    continue;
                PossibleNeed possible{.instrument_key = survey.key,
                                      .instrument_version = survey.version,
                                      .item = item.key,
                                      .theme = {},
                                      .question = item.text,
                                      .label = *item.choice};
                for (const auto& theme : survey.themes)
                    if (theme.key == item.theme)
                        possible.theme = theme.title;
                list.possible.push_back(std::move(possible));
            }
        return list;
    });
}

Result<NeedView> Needs::need(const Actor& actor, const Id<Need>& id)
{
    return database_.read(actor.organisation(), [&](storage::Transaction& tx) -> Result<NeedView> {
        const auto found = find_need(tx, actor.organisation(), id);
        if (!found)
            return not_found();
        return view(*found);
    });
}

Result<NeedView> Needs::add(const Actor& actor, const NewNeed& wanted, const RequestIdentity& request)
{
    if (auto problem = refuse_offer(wanted.offer))
        return *problem;
    if (find(wanted.instrument, wanted.version, wanted.item).item == nullptr)
        return invalid(
            {{.pointer = "/item", .code = "unknown-need", .parameters = {{"value", wanted.item.to_text()}}}});
    const storage::RequestKey key{actor.account().to_text(), request.key, request.fingerprint};
    return database_.transact(actor.organisation(), [&](storage::Transaction& tx) -> Result<NeedView> {
        if (!request.key.empty()) {
            const auto before = storage::answer_given(tx, key);
            if (!before)
                return before.error();
            if (*before)
                return describe::read_json<NeedView>((*before)->body);
        }
        const auto present = tx.one<std::int64_t>("SELECT COUNT(*) FROM quickscan_need WHERE organisation_id = $1 "
                                                  "AND instrument_key = $2 AND item = $3",
                                                  actor.organisation(), wanted.instrument, wanted.item);
        if (present > 0)
            return refuse({"need-twice", "R14"});
        const Need need{.id = Id<Need>::create(),
                        .instrument_key = wanted.instrument.to_text(),
                        .instrument_version = wanted.version,
                        .item = wanted.item.to_text(),
                        .status = NeedStatus::open,
                        .offer_title = wanted.offer ? wanted.offer->title.to_text() : std::string{},
                        .offer_url = wanted.offer ? wanted.offer->url.to_text() : std::string{},
                        .asked_on = amsterdam_day(clock_.now())};
        tx.insert_own("quickscan_need", need);
        audit::record(tx, auth::on_record(actor), "quickscan.add-need", audit::object("quickscan_need", need.id), {},
                      clock_);
        auto made = view(need);
        if (!request.key.empty())
            storage::keep_answer(tx, key, {201, describe::to_json(made), std::nullopt, std::nullopt}, clock_.now());
        return made;
    });
}

Result<NeedView> Needs::change(const Actor& actor, const Id<Need>& id, std::int64_t row_version,
                               const NeedChange& change)
{
    if (auto problem = refuse_offer(change.offer))
        return *problem;
    const auto today = amsterdam_day(clock_.now());
    return database_.transact(actor.organisation(), [&](storage::Transaction& tx) -> Result<NeedView> {
        auto need = find_need(tx, actor.organisation(), id);
        if (!need)
            return not_found();
        if (change.offer) {
            need->offer_title = change.offer->title.to_text();
            need->offer_url = change.offer->url.to_text();
        }
        if (change.status) {
            need->status = *change.status;
            if (need->status == NeedStatus::open)
                need->contact_on.reset();
            else
                need->contact_on = need->contact_on.value_or(today);
            if (need->status == NeedStatus::solved)
                need->solved_on = need->solved_on.value_or(today);
            else
                need->solved_on.reset();
        }
        const auto changed =
            tx.change("quickscan_need", id, row_version,
                      "status = $1, offer_title = $2, offer_url = $3, contact_on = $4, "
                      "solved_on = $5",
                      need->status, need->offer_title, need->offer_url, need->contact_on, need->solved_on);
        if (!changed)
            return changed.error();
        need->row_version = *changed;
        audit::record(tx, auth::on_record(actor), "quickscan.change-need", audit::object("quickscan_need", id), {},
                      clock_);
        return view(*need);
    });
}

void mount_needs(http::Router& routes, Needs& needs)
{
    using http::Request;
    routes
        .get<NeedList>("/api/v1/needs", Permission::answer_surveys,
                       [&](const Request& request) { return needs.list(request.actor()); })
        .named("listNeeds");
    routes
        .post<NeedView>("/api/v1/needs", Permission::edit_content,
                        [&](const Request& request, const NewNeed& wanted) {
                            return needs.add(request.actor(), wanted,
                                             {request.idempotency_key(), request.fingerprint()});
                        })
        .named("addNeed");
    routes
        .get<NeedView>("/api/v1/needs/{id}", Permission::answer_surveys,
                       [&](const Request& request, const Id<Need>& id) { return needs.need(request.actor(), id); })
        .named("getNeed");
    routes
        .patch<NeedView>("/api/v1/needs/{id}", Permission::edit_content,
                         [&](const Request& request, const Id<Need>& id, const NeedChange& change) {
                             return needs.change(request.actor(), id, *request.if_match_version(), change);
                         })
        .named("changeNeed");
}

} // namespace beproefd::quickscan::national
