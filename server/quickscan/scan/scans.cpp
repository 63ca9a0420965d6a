// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The scan itself: opening it, its life cycle, who took part, sharing it with the council.

#include "organisations/repository.hpp"
#include "platform/audit/audit.hpp"
#include "quickscan/scan/service_parts.hpp"

#include <set>

namespace beproefd::quickscan {

using detail::once;
using detail::too_far;
using detail::wrong;

namespace {

std::vector<std::string> unsettled(const Instrument& instrument, const std::vector<Settled>& settled)
{
    std::set<std::string> done;
    for (const auto& one : settled)
        done.insert(one.question);
    std::vector<std::string> open;
    for (const auto& question : instrument.questions) {
        if (!done.contains(question.key))
            open.push_back(question.key);
    }
    return open;
}

/// What keeps a step from being taken now, apart from a reason that is still to be given.
std::optional<Reason> refusal(const Transition& step, const ScanCounts& counts, const std::vector<std::string>& open)
{
    if (step.from == ScanState::draft && counts.respondents == 0)
        return reasons::nobody_invited;
    if (step.needs_everything_settled && !open.empty())
        return reasons::not_settled;
    return std::nullopt;
}

ScanCounts counts_of(Repository& scans, const Id<Scan>& id)
{
    auto found = scans.counts(id);
    return found.empty() ? ScanCounts{} : found.front();
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

} // namespace

ScanSummary Service::summary(const Scan& scan, const ScanCounts& counts, const std::optional<Respondent>& own) const
{
    const auto& instrument = instrument_of(scan);
    const bool invited = own && !own->revoked_at;
    return {.id = scan.id,
            .instrument = reference_to(instrument),
            .period_from = scan.period_from,
            .period_to = scan.period_to,
            .size_class = scan.size_class,
            .state = scan.state,
            .closes_on = scan.closes_on,
            .progress = {.questions = static_cast<int>(instrument.questions.size()),
                         .respondents = static_cast<int>(counts.respondents),
                         .submitted = static_cast<int>(counts.submitted),
                         .settled = static_cast<int>(counts.settled),
                         .actions = static_cast<int>(counts.actions),
                         .actions_closed = static_cast<int>(counts.actions_closed)},
            .shared_with_council = scan.shared_at.has_value(),
            .own_respondent = invited ? std::optional{own->id} : std::nullopt,
            .own_submitted_at = invited ? own->submitted_at : std::nullopt,
            .created_at = scan.created_at,
            .opened_at = scan.opened_at,
            .closed_at = scan.closed_at,
            .archived_at = scan.archived_at,
            .removed_on = scan.state == ScanState::draft
                              ? std::optional{amsterdam_day(scan.created_at.plus(retention_.draft))}
                              : std::nullopt,
            .individual_removed_on = individual_removed_on(scan),
            .row_version = scan.row_version};
}

ScanVisibility Service::visibility() const
{
    ScanVisibility rules;
    rules.individual_answers_kept_days = static_cast<int>(retention_.individual.count());
    return rules;
}

std::optional<Day> Service::individual_removed_on(const Scan& scan) const
{
    if (scan.state == ScanState::draft || scan.state == ScanState::archived)
        return std::nullopt;
    const auto until = amsterdam_day(scan.stepped_at.plus(retention_.individual));
    return scan.state == ScanState::open
               ? std::max(until, scan.closes_on.plus(static_cast<int>(retention_.individual.count())))
               : until;
}

ScanView Service::view(Repository& scans, const Scan& scan, const Actor& actor) const
{
    const auto counts = counts_of(scans, scan.id);
    const auto own = actor.signed_in() ? scans.respondent(scan.id, actor.account()) : std::nullopt;
    ScanView shown;
    static_cast<ScanSummary&>(shown) = summary(scan, counts, own);
    const auto open = unsettled(instrument_of(scan), scans.settled(scan.id));
    for (const auto& step : life_cycle()) {
        if (step.from != scan.state)
            continue;
        const auto no = refusal(step, counts, open);
        shown.may.push_back({.to = step.to,
                             .needs_reason = step.needs_reason,
                             .removes_individual_answers = step.removes_individual_answers,
                             .possible = !no,
                             .code = no ? std::optional{std::string{no->code}} : std::nullopt,
                             .unsettled = step.needs_everything_settled ? open : std::vector<std::string>{}});
    }
    for (const auto domain : {Domain::safety, Domain::social, Domain::education, Domain::partner}) {
        DomainProgress progress{.domain = domain};
        for (const auto& one : scans.respondents(scan.id)) {
            if (one.domain != domain || one.revoked_at)
                continue;
            ++progress.respondents;
            progress.submitted += one.submitted_at ? 1 : 0;
        }
        shown.domains.push_back(progress);
    }
    shown.visibility = visibility();
    shown.participants = scan.participants.value;
    shown.individual_answers_kept = scan.state != ScanState::archived;
    return shown;
}

Result<ScanList> Service::scans(const Actor& actor)
{
    return database_.read([&](storage::Transaction& tx) -> Result<ScanList> {
        Repository repository{tx, actor.organisation()};
        std::map<Id<Scan>, ScanCounts> counts;
        for (auto& one : repository.counts())
            counts.emplace(one.scan_id, one);
        std::map<Id<Scan>, Respondent> own;
        for (auto& one : repository.respondents_of(actor.account()))
            own.emplace(one.scan_id, one);
        ScanList list;
        for (const auto& scan : repository.scans()) {
            const auto mine = own.find(scan.id);
            list.items.push_back(
                summary(scan, counts[scan.id], mine == own.end() ? std::nullopt : std::optional{mine->second}));
        }
        return list;
    });
}

Result<ScanView> Service::scan(const Actor& actor, const Id<Scan>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<ScanView> {
        Repository repository{tx, actor.organisation()};
        const auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        return view(repository, *scan, actor);
    });
}

Result<ScanView> Service::create(const Actor& actor, const NewScan& wanted, const RequestIdentity& request)
{
    const auto* instrument =
        wanted.version ? instruments_().find(wanted.instrument.to_text(), static_cast<int>(wanted.version->value()))
                       : instruments_().current(wanted.instrument.to_text());
    std::vector<FieldError> errors;
    if (instrument == nullptr)
        errors.push_back(wrong("/instrument", "unknown-instrument"));
    else if (instrument->status != VersionStatus::published)
        errors.push_back(wrong("/version", "instrument-not-published"));
    if (wanted.period_to < wanted.period_from)
        errors.push_back(wrong("/periodTo", "period-order"));
    if (auto far = too_far("/closesOn", wanted.closes_on, today()))
        errors.push_back(*std::move(far));
    if (!errors.empty())
        return invalid(std::move(errors));

    return database_.transact([&](storage::Transaction& tx) -> Result<ScanView> {
        if (!organisations::Repository{tx}.is_municipality(actor.organisation()))
            return refuse(reasons::not_a_municipality);
        Repository repository{tx, actor.organisation()};
        return once<ScanView>(tx, actor, request, clock_.now(), [&]() -> Result<ScanView> {
            const Scan scan{.id = Id<Scan>::create(),
                            .instrument_key = instrument->key,
                            .instrument_version = instrument->version,
                            .period_from = wanted.period_from,
                            .period_to = wanted.period_to,
                            .size_class = wanted.size_class,
                            .state = ScanState::draft,
                            .closes_on = wanted.closes_on,
                            .participants = {},
                            .created_at = clock_.now(),
                            .stepped_at = clock_.now(),
                            .opened_at = {},
                            .closed_at = {},
                            .archived_at = {},
                            .shared_at = {},
                            .row_version = 1};
            repository.save(scan);
            note(tx, actor, "quickscan.create-scan", "quickscan_scan", scan.id.to_text());
            return view(repository, scan, actor);
        });
    });
}

Result<ScanView> Service::change(const Actor& actor, const Id<Scan>& id, std::int64_t row_version,
                                 const ScanChange& change)
{
    return database_.transact([&](storage::Transaction& tx) -> Result<ScanView> {
        Repository repository{tx, actor.organisation()};
        auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        if (scan->state != ScanState::draft && scan->state != ScanState::open)
            return refuse(reasons::scan_closed);
        // The size class chooses the words of the questions: it cannot change under who is answering them.
        if (change.size_class && *change.size_class != scan->size_class && scan->state != ScanState::draft)
            return refuse(reasons::size_class_stays);
        const auto links_until = scan->closes_on;
        scan->period_from = change.period_from.value_or(scan->period_from);
        scan->period_to = change.period_to.value_or(scan->period_to);
        scan->size_class = change.size_class.value_or(scan->size_class);
        scan->closes_on = change.closes_on.value_or(scan->closes_on);
        std::vector<FieldError> errors;
        if (scan->period_to < scan->period_from)
            errors.push_back(wrong("/periodTo", "period-order"));
        if (change.closes_on)
            if (auto far = too_far("/closesOn", *change.closes_on, today()))
                errors.push_back(*std::move(far));
        if (!errors.empty())
            return invalid(std::move(errors));
        if (!repository.change(*scan, row_version))
            return stale();
        if (scan->closes_on != links_until)
            repository.move_links(scan->id, links_until, scan->closes_on);
        note(tx, actor, "quickscan.change-scan", "quickscan_scan", id.to_text());
        ++scan->row_version;
        return view(repository, *scan, actor);
    });
}

Result<ScanView> Service::step(const Actor& actor, const Id<Scan>& id, std::int64_t row_version,
                               const TransitionRequest& request)
{
    const std::string reason = request.reason ? request.reason->to_text() : "";
    Texts texts{request.confirmed.value_or(false)};
    texts.take("/reason", reason);
    if (auto errors = texts.take_errors(); !errors.empty())
        return invalid(std::move(errors));

    return database_.transact([&](storage::Transaction& tx) -> Result<ScanView> {
        Repository repository{tx, actor.organisation()};
        auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        if (scan->row_version != row_version)
            return stale();
        const auto* step = transition(scan->state, request.to);
        if (step == nullptr)
            return refuse(reasons::no_transition,
                          {{"from", std::string{describe::Scalar<ScanState>::to(scan->state)}},
                           {"to", std::string{describe::Scalar<ScanState>::to(request.to)}}});
        if (step->needs_reason && reason.empty())
            return refuse(reasons::reason_needed);
        const auto open = unsettled(instrument_of(*scan), repository.settled(id));
        if (const auto no = refusal(*step, counts_of(repository, id), open))
            return refuse(*no, {{"questions", joined(open)}, {"count", std::to_string(open.size())}});

        const auto now = clock_.now();
        switch (request.to) {
        case ScanState::open:
            if (!scan->opened_at)
                scan->opened_at = now;
            break;
        case ScanState::consensus:
            // What is settled anew is a new result: the council waits for it.
            scan->closed_at.reset();
            scan->shared_at.reset();
            break;
        case ScanState::closed:
            scan->closed_at = now;
            break;
        case ScanState::archived:
            scan->archived_at = now;
            break;
        case ScanState::draft:
            break;
        }
        scan->state = request.to;
        scan->stepped_at = now;
        if (!repository.change(*scan, row_version))
            return stale();
        if (step->removes_individual_answers)
            repository.remove_individual_round(id);
        note_text(tx, actor, texts.used_confirmation(),
                  fmt::format("quickscan.to-{}", describe::Scalar<ScanState>::to(request.to)), "quickscan_scan",
                  id.to_text(), reason);
        ++scan->row_version;
        return view(repository, *scan, actor);
    });
}

Result<void> Service::remove_draft(const Actor& actor, const Id<Scan>& id, std::int64_t row_version)
{
    return database_.transact([&](storage::Transaction& tx) -> Result<void> {
        Repository repository{tx, actor.organisation()};
        const auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        if (scan->row_version != row_version)
            return stale();
        if (!repository.remove_draft(id))
            return refuse(reasons::not_draft);
        note(tx, actor, "quickscan.remove-draft", "quickscan_scan", id.to_text());
        return {};
    });
}

void Service::remove_old_drafts()
{
    const auto due = database_.read(
        [&](storage::Transaction& tx) { return drafts_made_before(tx, clock_.now().plus(-retention_.draft)); });
    for (const auto& [organisation, id] : due)
        (void)database_.transact(
            [&, &organisation = organisation, &id = id](storage::Transaction& tx) -> Result<void> {
                if (Repository{tx, organisation}.remove_draft(id)) // not when it was opened just now
                    audit::record(tx, {organisation, std::nullopt, "system"}, "quickscan.remove-draft",
                                  {"quickscan_scan", id.to_text()}, "", clock_);
                return {};
            });
}

void Service::archive_old_scans()
{
    const auto due = database_.read(
        [&](storage::Transaction& tx) { return scans_left_since(tx, clock_.now().plus(-retention_.individual)); });
    for (const auto& [organisation, id] : due)
        (void)database_.transact(
            [&, &organisation = organisation, &id = id](storage::Transaction& tx) -> Result<void> {
                Repository repository{tx, organisation};
                auto scan = repository.scan(id);
                if (!scan || individual_removed_on(*scan).value_or(Day{9999, 12, 31}) > amsterdam_day(clock_.now()))
                    return {}; // someone took a step just now
                scan->state = ScanState::archived;
                scan->archived_at = clock_.now();
                scan->stepped_at = *scan->archived_at;
                if (!repository.change(*scan, scan->row_version))
                    return {};
                repository.remove_individual_round(id);
                audit::record(tx, {organisation, std::nullopt, "system"}, "quickscan.to-archived",
                              {"quickscan_scan", id.to_text()}, "", clock_);
                return {};
            });
}

void Service::remove_unused_files()
{
    for (const auto& organisation : database_.read([](storage::Transaction& tx) { return owners_of_files(tx); }))
        (void)database_.transact([&](storage::Transaction& tx) -> Result<void> {
            const auto now = clock_.now();
            for (const auto& file :
                 Repository{tx, organisation}.remove_unused_files(now, now.plus(-retention_.unused_file)))
                audit::record(tx, {organisation, std::nullopt, "system"}, "quickscan.remove-unused-file",
                              {"quickscan_proof_file", file.to_text()}, "", clock_);
            return {};
        });
}

Result<void> Service::knows_every_instrument()
{
    for (const auto& [key, version] : database_.read([](storage::Transaction& tx) { return instruments_in_use(tx); }))
        if (!is_shipped(key, version) && instruments_().find(key, version) == nullptr)
            return refuse(reasons::instrument_gone, {{"key", key}, {"version", std::to_string(version)}});
    return {};
}

Result<ScanView> Service::set_participants(const Actor& actor, const Id<Scan>& id, std::int64_t row_version,
                                           const ParticipantsInput& input)
{
    constexpr std::size_t most = 50;
    Texts texts{input.confirmed.value_or(false)};
    std::vector<std::string> functions;
    for (const auto& one : input.functions) {
        texts.take(fmt::format("/functions/{}", functions.size()), one.to_text());
        functions.push_back(one.to_text());
    }
    auto errors = texts.take_errors();
    if (functions.size() > most)
        errors.push_back(wrong("/functions", "too-many-functions", {{"most", std::to_string(most)}}));
    if (!errors.empty())
        return invalid(std::move(errors));

    return database_.transact([&](storage::Transaction& tx) -> Result<ScanView> {
        Repository repository{tx, actor.organisation()};
        auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        if (scan->state != ScanState::consensus)
            return refuse(reasons::not_in_consensus);
        scan->participants.value = functions;
        if (!repository.change(*scan, row_version))
            return stale();
        note_text(tx, actor, texts.used_confirmation(), "quickscan.set-participants", "quickscan_scan", id.to_text());
        ++scan->row_version;
        return view(repository, *scan, actor);
    });
}

Result<ScanView> Service::share_with_council(const Actor& actor, const Id<Scan>& id, std::int64_t row_version,
                                             bool shared)
{
    return database_.transact([&](storage::Transaction& tx) -> Result<ScanView> {
        Repository repository{tx, actor.organisation()};
        auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        if (!scan->closed_at)
            return refuse(reasons::not_closed);
        scan->shared_at = shared ? std::optional{clock_.now()} : std::nullopt;
        if (!repository.change(*scan, row_version))
            return stale();
        note(tx, actor, shared ? "quickscan.share-with-council" : "quickscan.stop-sharing", "quickscan_scan",
             id.to_text());
        ++scan->row_version;
        return view(repository, *scan, actor);
    });
}

} // namespace beproefd::quickscan
