// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/service.hpp"

#include "organisations/service.hpp"
#include "platform/audit/audit.hpp"
#include "platform/auth/accounts/on_record.hpp"
#include "platform/core/random.hpp"
#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"
#include "platform/storage/idempotency.hpp"
#include "quickscan/round/generator.hpp"
#include "quickscan/round/texts.hpp"

#include <algorithm>
#include <array>

namespace beproefd::quickscan::national {
namespace {

using Answers = std::map<std::string, std::string>;

/// An identifier that tells nothing: UUID version 4. Ours of version 7 begin with the moment, and the moment a copy
/// came in can be laid beside a log.
std::string random_uuid()
{
    std::array<std::uint8_t, 16> bytes{};
    fill_with_secure_random(bytes);
    bytes[6] = static_cast<std::uint8_t>(0x40 | (bytes[6] & 0x0f));
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        text += fmt::format("{}{:02x}", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", bytes[i]);
    return text;
}

/// The settled answers in the items of the questionnaire: what is missing or strange counts as unknown.
Answers leaving(const Questionnaire& questionnaire, const SettledScan& scan)
{
    Answers answers;
    for (const auto& item : questionnaire.items) {
        std::string answer{unknown_answer};
        if (const auto given = scan.answers.find(item.key); given != scan.answers.end())
            for (const auto& known : item.answers)
                if (known.key == given->second)
                    answer = known.key;
        answers.emplace(item.key, std::move(answer));
    }
    return answers;
}

HandInView view_of(const HandIn& hand_in)
{
    return {hand_in.id, hand_in.round_id, hand_in.scan_id, hand_in.handed_in_on};
}

Words size_label(std::string_view size_class) { return group_label(shipped_breakdowns(), "size_class", size_class); }

Day last_of_may(int year) { return Day{year, 5, 29}; }

} // namespace

RoundView Service::view(const SurveyRound& round, std::int64_t handed_in) const
{
    RoundView view{.id = round.id,
                   .instrument_key = round.instrument_key,
                   .instrument_version = round.instrument_version,
                   .instrument_title = {round.instrument_key, round.instrument_key},
                   .title = round.title,
                   .criterion = round.criterion,
                   .method = round.method,
                   .source = round.source,
                   .representativeness = round.representativeness,
                   .population = round.population,
                   .state = round.state,
                   .demonstration = round.demonstration,
                   .opened_on = round.opened_on,
                   .closed_on = round.closed_on,
                   .published_on = round.published_on,
                   .previewed_on = round.previewed_on,
                   .handed_in = handed_in,
                   .may = {},
                   .row_version = round.row_version};
    if (const auto found = sources_.questionnaire(round.instrument_key, round.instrument_version))
        view.instrument_title = found->title;
    for (const auto& step : round_life_cycle)
        if (step.from == round.state && !(step.to == RoundState::open && round.previewed_on))
            view.may.push_back(step.to);
    return view;
}

Result<Questionnaire> Service::questionnaire(std::string_view key, std::int64_t version) const
{
    auto found = sources_.questionnaire(key, version);
    if (!found)
        return invalid({{.pointer = "/instrument", .code = "unknown-instrument"}});
    return *std::move(found);
}

Result<RoundList> Service::rounds(const Actor& actor)
{
    return database_.read([&](storage::Transaction& tx) -> Result<RoundList> {
        RoundRepository repository{tx, actor.organisation()};
        RoundList list;
        for (const auto& round : repository.rounds())
            list.items.push_back(view(round, repository.handed_in(round.id)));
        return list;
    });
}

Result<RoundView> Service::round(const Actor& actor, const Id<SurveyRound>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<RoundView> {
        RoundRepository repository{tx, actor.organisation()};
        const auto round = repository.round(id);
        if (!round)
            return not_found();
        return view(*round, repository.handed_in(id));
    });
}

Result<RoundView> Service::create(const Actor& actor, const NewRound& wanted, const RequestIdentity& request)
{
    if (auto found = questionnaire(wanted.instrument, wanted.version); !found)
        return found.error();
    const storage::RequestKey key{actor.account().to_text(), request.key, request.fingerprint};
    return database_.transact([&](storage::Transaction& tx) -> Result<RoundView> {
        RoundRepository repository{tx, actor.organisation()};
        if (!request.key.empty()) {
            const auto before = storage::answer_given(tx, key);
            if (!before)
                return before.error();
            if (*before)
                return describe::read_json<RoundView>((*before)->body);
        }
        const auto holder = organisations::Repository{tx}.find(actor.organisation());
        const SurveyRound round{.id = Id<SurveyRound>::create(),
                                .instrument_key = wanted.instrument.to_text(),
                                .instrument_version = wanted.version,
                                .title = wanted.title.to_text(),
                                .criterion = wanted.criterion.to_text(),
                                .method = wanted.method.to_text(),
                                .source = wanted.source.to_text(),
                                .representativeness = wanted.representativeness.to_text(),
                                .population = wanted.population,
                                .state = RoundState::draft,
                                .demonstration = holder && holder->demonstration};
        repository.add(round);
        audit::record(tx, auth::on_record(actor), "quickscan.create-round",
                      audit::object("quickscan_round", round.id), {}, clock_);
        auto made = view(round, 0);
        if (!request.key.empty())
            storage::keep_answer(tx, key, {201, describe::to_json(made), std::nullopt, std::nullopt}, clock_.now());
        return made;
    });
}

Result<RoundView> Service::change(const Actor& actor, const Id<SurveyRound>& id, std::int64_t row_version,
                                  const RoundChange& change)
{
    return database_.transact([&](storage::Transaction& tx) -> Result<RoundView> {
        RoundRepository repository{tx, actor.organisation()};
        auto round = repository.round(id);
        if (!round)
            return not_found();
        if (round->row_version != row_version)
            return stale();
        const bool everything = change.criterion || change.method || change.source || change.population;
        if (round->state == RoundState::published || (round->state != RoundState::draft && everything))
            return refuse(reasons::round_fixed);
        const auto take = [](std::string& text, const auto& wanted) {
            if (wanted)
                text = wanted->to_text();
        };
        take(round->title, change.title);
        take(round->criterion, change.criterion);
        take(round->method, change.method);
        take(round->source, change.source);
        take(round->representativeness, change.representativeness);
        if (change.population)
            round->population = *change.population;
        auto changed = repository.change(*round, row_version);
        if (!changed)
            return changed.error();
        round->row_version = *changed;
        audit::record(tx, auth::on_record(actor), "quickscan.change-round", audit::object("quickscan_round", id), {},
                      clock_);
        return view(*round, repository.handed_in(id));
    });
}

Result<Counts> Service::counted(storage::Transaction& tx, const OrganisationId& holder,
                                const SurveyRound& round) const
{
    const auto asked = questionnaire(round.instrument_key, round.instrument_version);
    if (!asked)
        return asked.error();
    std::vector<Copy> copies;
    for (const auto& kept : RoundRepository{tx, holder}.copies(round.id)) {
        auto answers = describe::read_json<Answers>(kept.answers);
        if (!answers)
            throw std::logic_error("quickscan_round_copy.answers is not what was written");
        copies.push_back({kept.size_class, kept.safety_region, *std::move(answers)});
    }
    const auto items = asked->counted();
    return count(items, shipped_breakdowns(), copies);
}

Result<Service::Prepared> Service::prepare(const OrganisationId& holder, const Id<SurveyRound>& id) const
{
    struct Read {
        SurveyRound round;
        Questionnaire asked;
        Counts counts;
        std::vector<Counts> earlier;
    };
    const auto& list = shipped_breakdowns();
    auto read = database_.read([&](storage::Transaction& tx) -> Result<Read> {
        RoundRepository repository{tx, holder};
        auto round = repository.round(id);
        if (!round)
            return not_found();
        if (round->state != RoundState::closed)
            return refuse(reasons::preview_needs_closed);
        auto counts = counted(tx, holder, *round);
        if (!counts)
            return counts.error();
        auto asked = questionnaire(round->instrument_key, round->instrument_version);
        if (!asked)
            return asked.error();
        const auto items = asked->counted();
        Read result{*round, *std::move(asked), *std::move(counts), {}};
        PictureRepository pictures{tx};
        for (const auto& other : repository.rounds()) {
            if (other.state != RoundState::published || other.instrument_key != round->instrument_key)
                continue;
            auto before = counted(tx, holder, other);
            if (!before)
                return before.error();
            const auto there = questionnaire(other.instrument_key, other.instrument_version);
            if (!there)
                return there.error();
            show(*before, pictures.cells(other.id));
            result.earlier.push_back(carried_over(*before, items, same_items(result.asked, *there)));
        }
        // Another organisation may hold a round of the same questionnaire: of that everybody has what it published.
        for (const auto& head : pictures.pictures(round->instrument_key, 100)) {
            if (repository.round(head.round_id) || head.demonstration != round->demonstration)
                continue;
            const auto there = questionnaire(head.instrument_key, head.instrument_version);
            if (!there)
                return there.error();
            const auto before =
                counts_shown(head, there->counted(), pictures.groups(head.round_id), pictures.cells(head.round_id));
            result.earlier.push_back(carried_over(before, items, same_items(result.asked, *there)));
        }
        return result;
    });
    if (!read)
        return read.error();
    if (read->counts.handed_in < list.smallest_group.value())
        return refuse(reasons::round_too_small, {{"least", std::to_string(list.smallest_group.value())}});
    auto frozen = withhold(read->counts, read->earlier, list.limit.value());
    return Prepared{std::move(read->round), std::move(read->asked), std::move(frozen)};
}

Head Service::head_of(const SurveyRound& round, std::int64_t handed_in, Day day) const
{
    return {.round_id = round.id,
            .instrument_key = round.instrument_key,
            .instrument_version = round.instrument_version,
            .title = round.title,
            .criterion = round.criterion,
            .method = round.method,
            .source = round.source,
            .representativeness = round.representativeness,
            .population = round.population,
            .handed_in = handed_in,
            .breakdowns_version = shipped_breakdowns().version,
            .smallest_count = shipped_breakdowns().limit.value(),
            .demonstration = round.demonstration,
            .published_on = day};
}

Result<RoundView> Service::move(const Actor& actor, const Id<SurveyRound>& id, std::int64_t row_version,
                                const RoundTransition& transition)
{
    // Counting and withholding take a while and change nothing: they are done before anybody has to wait. A closed
    // round does not change but by another step, which the row version would tell.
    std::optional<Prepared> prepared;
    if (transition.to == RoundState::published) {
        auto ready = prepare(actor.organisation(), id);
        if (ready)
            prepared = *std::move(ready);
        else if (ready.error().reason.code != reasons::preview_needs_closed.code)
            return ready.error();
    }
    const std::string reason = transition.reason ? transition.reason->to_text() : std::string{};
    const auto today = amsterdam_day(clock_.now());
    return database_.transact([&](storage::Transaction& tx) -> Result<RoundView> {
        RoundRepository repository{tx, actor.organisation()};
        auto round = repository.round(id);
        if (!round)
            return not_found();
        if (round->row_version != row_version)
            return stale();
        const auto taken = step(round->state, transition.to, reason);
        if (!taken)
            return taken.error();
        // One more hand-in would be the difference between what was seen and what is published.
        if (transition.to == RoundState::open && round->previewed_on)
            return refuse(reasons::round_was_previewed);
        const auto handed_in = repository.handed_in(id);
        if (transition.to == RoundState::published && (!prepared || prepared->round.row_version != row_version))
            return stale();
        round->state = transition.to;
        if (transition.to == RoundState::open) {
            round->opened_on = round->opened_on.value_or(today);
            round->closed_on.reset();
        } else if (transition.to == RoundState::closed) {
            round->closed_on = today;
        } else {
            round->published_on = today;
        }
        auto changed = repository.change(*round, row_version);
        if (!changed)
            return changed.error();
        round->row_version = *changed;
        if (transition.to == RoundState::published) {
            const auto tables = freeze(id, prepared->frozen, shipped_breakdowns(), round->population);
            PictureRepository{tx}.add(head_of(*round, handed_in, today), tables.groups, tables.cells);
        }
        audit::record(tx, auth::on_record(actor), taken->action, audit::object("quickscan_round", id), reason,
                      clock_);
        return view(*round, handed_in);
    });
}

Result<Picture> Service::preview(const Actor& actor, const Id<SurveyRound>& id)
{
    const auto prepared = prepare(actor.organisation(), id);
    if (!prepared)
        return prepared.error();
    const auto marked = database_.transact([&](storage::Transaction& tx) -> Result<void> {
        RoundRepository repository{tx, actor.organisation()};
        const auto round = repository.round(id);
        if (!round || round->state != RoundState::closed || round->row_version != prepared->round.row_version)
            return stale();
        if (repository.mark_previewed(id, amsterdam_day(clock_.now())))
            audit::record(tx, auth::on_record(actor), "quickscan.preview-round", audit::object("quickscan_round", id),
                          {}, clock_);
        return {};
    });
    if (!marked)
        return marked.error();
    const auto tables = freeze(id, prepared->frozen, shipped_breakdowns(), prepared->round.population);
    return picture_of(head_of(prepared->round, prepared->frozen.handed_in, amsterdam_day(clock_.now())),
                      prepared->questionnaire, shipped_breakdowns(), tables);
}

Result<HandInPreview> Service::hand_in_preview(const Actor& actor, std::string_view scan_id)
{
    const auto scan = sources_.scan(actor, scan_id);
    if (!scan)
        return scan.error();
    const auto asked = questionnaire(scan->instrument_key, scan->instrument_version);
    if (!asked)
        return asked.error();
    return database_.read([&](storage::Transaction& tx) -> Result<HandInPreview> {
        HandInRepository repository{tx};
        const auto rounds = repository.offered();
        repository.act_for(actor.organisation());
        const auto own = organisations::Repository{tx}.find(actor.organisation());
        if (!own)
            return not_found();
        HandInPreview preview{.scan_id = scan->id,
                              .closed = scan->closed,
                              .period_from = scan->period_from,
                              .period_to = scan->period_to,
                              .size_class = scan->size_class,
                              .size_class_label = size_label(scan->size_class),
                              .safety_region = own->safety_region,
                              .safety_region_name = organisations::safety_region_name(own->safety_region),
                              .answers = {},
                              .rounds = {}};
        const auto answers = leaving(*asked, *scan);
        for (const auto& item : asked->items) {
            const auto& answer = answers.at(item.key);
            const auto label = std::find_if(item.answers.begin(), item.answers.end(),
                                            [&](const AnswerLabel& known) { return known.key == answer; });
            preview.answers.push_back({.item = item.key,
                                       .number = item.number,
                                       .text = item.text,
                                       .choice = item.choice,
                                       .answer = answer,
                                       .label = label == item.answers.end() ? Words{answer, answer} : label->label});
        }
        const auto hand_ins = repository.hand_ins();
        for (const auto& [round, holder] : rounds) {
            std::optional<HandInView> given;
            for (const auto& hand_in : hand_ins)
                if (hand_in.round_id == round.id)
                    given = view_of(hand_in);
            const bool fits = round.state == RoundState::open && round.demonstration == own->demonstration &&
                              round.instrument_key == scan->instrument_key &&
                              round.instrument_version == scan->instrument_version;
            if (!fits && !(given && given->scan_id == scan->id))
                continue;
            const auto held_by = organisations::Repository{tx}.find(holder);
            preview.rounds.push_back({.id = round.id,
                                      .title = round.title,
                                      .holder = held_by ? held_by->name : std::string{},
                                      .criterion = round.criterion,
                                      .method = round.method,
                                      .source = round.source,
                                      .representativeness = round.representativeness,
                                      .population = round.population,
                                      .state = round.state,
                                      .demonstration = round.demonstration,
                                      .hand_in = std::move(given)});
        }
        return preview;
    });
}

Result<HandInView> Service::hand_in(const Actor& actor, const Id<SurveyRound>& round_id, const NewHandIn& wanted,
                                    const RequestIdentity& request)
{
    const auto scan = sources_.scan(actor, wanted.scan);
    if (!scan)
        return scan.error();
    const auto asked = questionnaire(scan->instrument_key, scan->instrument_version);
    if (!asked)
        return asked.error();
    const storage::RequestKey key{actor.account().to_text(), request.key, request.fingerprint};
    return database_.transact([&](storage::Transaction& tx) -> Result<HandInView> {
        HandInRepository repository{tx};
        const auto held = repository.offered(round_id);
        repository.act_for(actor.organisation());
        if (!request.key.empty()) {
            const auto before = storage::answer_given(tx, key);
            if (!before)
                return before.error();
            if (*before)
                return describe::read_json<HandInView>((*before)->body);
        }
        if (!held)
            return not_found();
        const auto own = organisations::Repository{tx}.find(actor.organisation());
        if (!own || own->kind != OrganisationKind::municipality)
            return refuse(reasons::not_a_municipality);
        if (own->demonstration != held->round.demonstration)
            return refuse(reasons::demonstration_apart);
        if (held->round.state != RoundState::open)
            return refuse(reasons::round_not_open);
        if (held->round.instrument_key != scan->instrument_key ||
            held->round.instrument_version != scan->instrument_version)
            return refuse(reasons::other_questionnaire);
        if (!scan->closed)
            return refuse(reasons::scan_not_closed);
        if (repository.hand_in_to(round_id))
            return refuse(reasons::already_handed_in);

        const auto answers = describe::to_json(leaving(*asked, *scan));
        const HandIn hand_in{.id = Id<HandIn>::create(),
                             .round_id = round_id,
                             .scan_id = scan->id,
                             .copy_id = random_uuid(),
                             .handed_in_on = amsterdam_day(clock_.now()),
                             .size_class = scan->size_class,
                             .safety_region = own->safety_region,
                             .answers = answers};
        repository.add(hand_in);
        // Nothing is written to the audit trail of who holds the round: its moment would point at the municipality.
        repository.add_copy(held->holder, {.id = hand_in.copy_id,
                                           .round_id = round_id,
                                           .size_class = hand_in.size_class,
                                           .safety_region = hand_in.safety_region,
                                           .answers = answers});
        audit::record(tx, auth::on_record(actor), "quickscan.hand-in", {"quickscan_round", round_id.to_text()}, {},
                      clock_);
        auto made = view_of(hand_in);
        if (!request.key.empty())
            storage::keep_answer(tx, key, {201, describe::to_json(made), std::nullopt, std::nullopt}, clock_.now());
        return made;
    });
}

Result<HandInView> Service::handed_in(const Actor& actor, const Id<SurveyRound>& round_id, const Id<HandIn>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<HandInView> {
        HandInRepository repository{tx};
        repository.act_for(actor.organisation());
        const auto hand_in = repository.hand_in(id);
        if (!hand_in || hand_in->round_id != round_id)
            return not_found();
        return view_of(*hand_in);
    });
}

Result<void> Service::withdraw(const Actor& actor, const Id<SurveyRound>& round_id, const Id<HandIn>& id)
{
    return database_.transact([&](storage::Transaction& tx) -> Result<void> {
        HandInRepository repository{tx};
        const auto held = repository.offered(round_id);
        repository.act_for(actor.organisation());
        const auto hand_in = repository.hand_in(id);
        if (!held || !hand_in || hand_in->round_id != round_id)
            return not_found();
        if (held->round.state != RoundState::open)
            return refuse(reasons::round_not_open);
        if (!repository.remove_copy(held->holder, hand_in->copy_id))
            throw std::logic_error("a hand-in without its copy");
        repository.remove(id);
        audit::record(tx, auth::on_record(actor), "quickscan.withdraw-hand-in",
                      {"quickscan_round", round_id.to_text()}, {}, clock_);
        return {};
    });
}

Result<PictureList> Service::pictures(const PictureQuery& query)
{
    const std::string instrument = query.instrument ? query.instrument->to_text() : std::string{};
    return database_.read([&](storage::Transaction& tx) -> Result<PictureList> {
        PictureList list;
        for (auto& head : PictureRepository{tx}.pictures(instrument, 100)) {
            const auto asked = sources_.questionnaire(head.instrument_key, head.instrument_version);
            const auto unknown = head.population - head.handed_in;
            const auto title = asked ? asked->title : Words{head.instrument_key, head.instrument_key};
            const auto id = head.round_id;
            list.items.push_back({id, std::move(head), title, unknown});
        }
        return list;
    });
}

Result<Picture> Service::picture(const Id<SurveyRound>& round)
{
    struct Read {
        Head head;
        FrozenTables tables;
    };
    const auto read = database_.read([&](storage::Transaction& tx) -> Result<Read> {
        PictureRepository repository{tx};
        auto head = repository.picture(round);
        if (!head)
            return not_found();
        return Read{*std::move(head), {repository.groups(round), repository.cells(round)}};
    });
    if (!read)
        return read.error();
    const auto asked = questionnaire(read->head.instrument_key, read->head.instrument_version);
    if (!asked)
        return asked.error();
    return picture_of(read->head, *asked, shipped_breakdowns(), read->tables);
}

Result<Overview> Service::overview(std::string_view instrument)
{
    auto read = database_.read([&](storage::Transaction& tx) -> Result<std::vector<RoundOfOverview>> {
        PictureRepository repository{tx};
        std::vector<RoundOfOverview> rounds;
        for (auto& head : repository.pictures(instrument, 5)) {
            auto cells = repository.cells(head.round_id, whole_country, "");
            rounds.push_back({std::move(head), std::move(cells), {}});
        }
        std::reverse(rounds.begin(), rounds.end());
        return rounds;
    });
    if (!read)
        return read.error();
    if (read->empty())
        return not_found();
    const auto& newest = read->back().head;
    const auto asked = questionnaire(newest.instrument_key, newest.instrument_version);
    if (!asked)
        return asked.error();
    for (auto& round : *read) {
        const auto there = questionnaire(round.head.instrument_key, round.head.instrument_version);
        if (!there)
            return there.error();
        round.same = same_items(*asked, *there);
    }
    return overview_of(*asked, *read);
}

Result<Peers> Service::peers(const Actor& actor, std::string_view scan_id)
{
    const auto scan = sources_.scan(actor, scan_id);
    if (!scan)
        return scan.error();
    const auto& list = shipped_breakdowns();
    return database_.read([&](storage::Transaction& tx) -> Result<Peers> {
        const auto own = organisations::Repository{tx}.find(actor.organisation());
        if (!own)
            return not_found();
        PictureRepository repository{tx};
        Peers peers;
        for (const auto& head : repository.pictures(scan->instrument_key, 100))
            if (!peers.round && head.demonstration == own->demonstration)
                peers.round = head;
        if (!peers.round)
            return peers;
        // In the questions of the scan, as far as the round asked the same.
        const auto asked = questionnaire(scan->instrument_key, scan->instrument_version);
        const auto there = questionnaire(peers.round->instrument_key, peers.round->instrument_version);
        if (!asked || !there)
            return asked ? there.error() : asked.error();
        const auto same = same_items(*asked, *there);
        peers.available = true;
        const auto groups = repository.groups(peers.round->round_id);
        for (const auto& breakdown : list.breakdowns) {
            const auto& member = breakdown.key == "size_class" ? scan->size_class : own->safety_region;
            std::string key{unknown_group};
            for (const auto& group : breakdown.groups)
                if (std::find(group.members.begin(), group.members.end(), member) != group.members.end())
                    key = group.key;
            PeerGroup view{.breakdown = breakdown.key,
                           .breakdown_label = breakdown.label,
                           .group = key,
                           .label = group_label(list, breakdown.key, key),
                           .shown = false,
                           .handed_in = {},
                           .items = {}};
            for (const auto& group : groups)
                if (group.breakdown == breakdown.key && group.group_key == key)
                    view.handed_in = group.handed_in;
            view.shown = view.handed_in.has_value();
            if (view.shown) {
                const auto cells = repository.cells(peers.round->round_id, breakdown.key, key);
                for (const auto& item : asked->items)
                    if (const auto found = same.find(item.key); found != same.end())
                        view.items.push_back(
                            {item.key, item.question, item.answers,
                             row_view(item, cells, breakdown.key, key, *view.handed_in, found->second).cells});
            }
            peers.groups.push_back(std::move(view));
        }
        return peers;
    });
}

Result<void> Service::add_demonstration(const Actor& holder, const Questionnaire& asked, std::uint64_t seed,
                                        int first_year, int last_year)
{
    const auto items = asked.counted();
    std::vector<std::string> taken;
    const auto present = database_.read([&](storage::Transaction& tx) -> Result<bool> {
        for (const auto& municipality : organisations::Repository{tx}.municipalities_now())
            taken.push_back(municipality.name);
        for (const auto& round : RoundRepository{tx, holder.organisation()}.rounds())
            if (round.instrument_key == asked.key)
                return true;
        return false;
    });
    if (!present)
        return present.error();
    if (*present)
        return {};

    const auto municipalities = invent_municipalities(seed, taken);
    // What a survey manager types is in one language; the example is Dutch as the product is.
    const auto say = [](std::string_view key, const std::vector<Parameter>& parameters = {}) {
        return texts()(key, describe::Language::nl, parameters);
    };
    const auto round_of = [&](int year, RoundState state) {
        SurveyRound round{.id = Id<SurveyRound>::create(),
                          .instrument_key = asked.key,
                          .instrument_version = asked.version,
                          .title = say(state == RoundState::open ? "demonstration.open_round" : "demonstration.round",
                                       {{"year", std::to_string(year)}}),
                          .criterion =
                              say("demonstration.criterion", {{"population", std::to_string(municipalities.size())}}),
                          .method = say("demonstration.method"),
                          .source = say("demonstration.source"),
                          .representativeness = say("demonstration.representativeness"),
                          .population = static_cast<std::int64_t>(municipalities.size()),
                          .state = state,
                          .demonstration = true};
        round.opened_on = Day{year, state == RoundState::open ? 9U : 3U, 1};
        if (state == RoundState::published) {
            round.closed_on = Day{year, 4, 30};
            round.published_on = last_of_may(year);
        }
        return round;
    };

    std::set<std::string> exclusive;
    for (const auto& item : asked.items)
        if (item.exclusive)
            exclusive.insert(item.key);
    std::vector<Counts> earlier;
    const bool survey = std::any_of(asked.items.begin(), asked.items.end(),
                                    [](const QuestionItem& item) { return item.choice.has_value(); });
    for (int year = first_year; year <= last_year; ++year) {
        const auto round = round_of(year, RoundState::published);
        std::vector<Copy> copies;
        const auto scans = survey ? invent_survey(seed, year - first_year, municipalities, items, exclusive)
                                  : invent_scans(seed, year - first_year, municipalities, items);
        for (const auto& scan : scans)
            copies.push_back(copy_of(scan, municipalities, items));
        auto counts = count(items, shipped_breakdowns(), copies);
        const auto frozen = withhold(counts, earlier, shipped_breakdowns().limit.value());
        earlier.push_back(published(std::move(counts), frozen));
        const auto done = database_.transact([&](storage::Transaction& tx) -> Result<void> {
            RoundRepository repository{tx, holder.organisation()};
            repository.add(round);
            for (const auto& copy : copies)
                repository.add(KeptCopy{.id = random_uuid(),
                                        .round_id = round.id,
                                        .size_class = copy.size_class,
                                        .safety_region = copy.safety_region,
                                        .answers = describe::to_json(copy.answers)});
            const auto tables = freeze(round.id, frozen, shipped_breakdowns(), round.population);
            PictureRepository{tx}.add(head_of(round, frozen.handed_in, *round.published_on), tables.groups,
                                      tables.cells);
            audit::record(tx, auth::on_record(holder), "quickscan.publish-round",
                          audit::object("quickscan_round", round.id), "demonstration", clock_);
            return {};
        });
        if (!done)
            return done.error();
    }
    return database_.transact([&](storage::Transaction& tx) -> Result<void> {
        const auto round = round_of(last_year, RoundState::open);
        RoundRepository{tx, holder.organisation()}.add(round);
        audit::record(tx, auth::on_record(holder), "quickscan.open-round", audit::object("quickscan_round", round.id),
                      "demonstration", clock_);
        return {};
    });
}

} // namespace beproefd::quickscan::national
