// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// What the settled answers come to, and what is done about it.

#include "quickscan/scan/service_parts.hpp"

namespace beproefd::quickscan {

using detail::once;
using detail::wrong;

namespace {

/// What is due first stands first; what is closed stands last.
void sort_actions(std::vector<ActionView>& actions)
{
    std::stable_sort(actions.begin(), actions.end(), [](const ActionView& a, const ActionView& b) {
        return std::tuple{a.closed_on.has_value(), a.due_on} < std::tuple{b.closed_on.has_value(), b.due_on};
    });
}

/// Whether the council reads this scan.
bool shared(const Scan& scan) { return scan.shared_at && scan.closed_at; }

} // namespace

// --- The result ---------------------------------------------------------------------------------------------------

Result<ScanResult> Service::result_in(storage::Transaction& tx, const Id<Organisation>& organisation,
                                      const Id<Scan>& id)
{
    Repository repository{tx, organisation};
    const auto scan = find(repository, id);
    if (!scan)
        return scan.error();
    if (scan->state == ScanState::draft || scan->state == ScanState::open)
        return refuse(reasons::not_settled_yet);
    std::optional<PreviousScan> previous;
    if (auto before = repository.previous(*scan)) {
        auto settled = repository.settled(before->id);
        auto actions = repository.actions(before->id);
        previous = PreviousScan{*std::move(before), std::move(settled), std::move(actions)};
    }
    const auto instrument = for_size(instrument_of(*scan), scan->size_class);
    auto result = result_of(instrument, *scan, repository.settled(id), repository.actions(id), previous);
    if (scan->state != ScanState::archived) {
        for (const auto& one : compare_round(instrument, id, repository.given_answers(id)).questions) {
            if (one.differs || one.domains_differ)
                result.differences.push_back({one.question, one.differs, one.domains_differ});
        }
    }
    return result;
}

Result<ScanResult> Service::result(const Actor& actor, const Id<Scan>& id)
{
    return database_.read(
        [&](storage::Transaction& tx) -> Result<ScanResult> { return result_in(tx, actor.organisation(), id); });
}

Result<CouncilScanList> Service::shared_scans(const Actor& actor)
{
    return database_.read([&](storage::Transaction& tx) -> Result<CouncilScanList> {
        Repository repository{tx, actor.organisation()};
        CouncilScanList list;
        for (const auto& scan : repository.scans()) {
            if (shared(scan))
                list.items.push_back(summary(scan, ScanCounts{}, std::nullopt));
        }
        return list;
    });
}

Result<ScanResult> Service::shared_result(const Actor& actor, const Id<Scan>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<ScanResult> {
        Repository repository{tx, actor.organisation()};
        const auto scan = repository.scan(id);
        if (!scan || !shared(*scan))
            return not_found();
        auto result = result_in(tx, actor.organisation(), id);
        if (!result)
            return result;
        for (auto& question : result->questions) {
            question.reason.clear();
            question.proofs.clear();
            question.actions.clear();
            if (question.value == std::nullopt)
                question.values.clear();
        }
        if (result->change) {
            for (auto& question : result->change->questions)
                question.causes.clear();
        }
        result->differences.clear();
        result->participants.clear();
        return result;
    });
}

// --- Actions ------------------------------------------------------------------------------------------------------

ActionView Service::view(const Action& action, const Instrument& instrument) const
{
    const auto* question = instrument.question(action.question);
    return {.id = action.id,
            .scan_id = action.scan_id,
            .question = action.question,
            .theme = question != nullptr ? question->theme : "",
            .text = action.description,
            .owner_function = action.owner_function,
            .due_on = action.due_on,
            .status = action.status,
            .overdue = !is_closed(action.status) && action.due_on < today(),
            .closing_text = is_closed(action.status) ? std::optional{action.closing_text} : std::nullopt,
            .closing_proofs = action.closing_proofs.value,
            .closed_on = action.closed_on,
            .created_at = action.created_at,
            .row_version = action.row_version};
}

std::vector<ActionView> Service::actions_in(Repository& repository, const Scan& scan) const
{
    const auto instrument = for_size(instrument_of(scan), scan.size_class);
    std::vector<ActionView> actions;
    for (const auto& one : repository.actions(scan.id))
        actions.push_back(view(one, instrument));
    sort_actions(actions);
    return actions;
}

Result<ActionList> Service::actions(const Actor& actor, const Id<Scan>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<ActionList> {
        Repository repository{tx, actor.organisation()};
        const auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        return ActionList{.items = actions_in(repository, *scan),
                          .suggestions = suggestions(for_size(instrument_of(*scan), scan->size_class),
                                                     repository.settled(id), repository.actions(id))};
    });
}

Result<CouncilActionList> Service::shared_actions(const Actor& actor, const Id<Scan>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<CouncilActionList> {
        Repository repository{tx, actor.organisation()};
        const auto scan = repository.scan(id);
        if (!scan || !shared(*scan))
            return not_found();
        CouncilActionList list;
        for (const auto& one : actions_in(repository, *scan))
            list.items.push_back({.question = one.question,
                                  .theme = one.theme,
                                  .text = one.text,
                                  .due_on = one.due_on,
                                  .status = one.status,
                                  .overdue = one.overdue});
        return list;
    });
}

Result<ActionList> Service::all_actions(const Actor& actor, const ActionQuery& query)
{
    return database_.read([&](storage::Transaction& tx) -> Result<ActionList> {
        Repository repository{tx, actor.organisation()};
        std::map<Id<Scan>, const Instrument*> instruments;
        for (const auto& scan : repository.scans())
            instruments.emplace(scan.id, &instrument_of(scan));
        ActionList list;
        for (const auto& one : repository.actions()) {
            const bool wanted = (!query.status || one.status == *query.status) &&
                                (!query.open_only.value_or(false) || !is_closed(one.status));
            if (wanted)
                list.items.push_back(view(one, *instruments.at(one.scan_id)));
        }
        sort_actions(list.items);
        return list;
    });
}

Result<ActionView> Service::action(const Actor& actor, const Id<Action>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<ActionView> {
        Repository repository{tx, actor.organisation()};
        const auto action = repository.action(id);
        if (!action)
            return not_found();
        const auto scan = find(repository, action->scan_id);
        if (!scan)
            return scan.error();
        return view(*action, instrument_of(*scan));
    });
}

Result<ActionView> Service::add_action(const Actor& actor, const Id<Scan>& id, const NewAction& wanted,
                                       const RequestIdentity& request)
{
    Texts texts{wanted.confirmed.value_or(false)};
    texts.take("/text", wanted.text.to_text());
    texts.take("/ownerFunction", wanted.owner_function.to_text());
    if (auto errors = texts.take_errors(); !errors.empty())
        return invalid(std::move(errors));

    return database_.transact([&](storage::Transaction& tx) -> Result<ActionView> {
        Repository repository{tx, actor.organisation()};
        const auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        const auto& instrument = instrument_of(*scan);
        if (scan->state != ScanState::consensus && scan->state != ScanState::closed)
            return refuse(scan->state == ScanState::archived ? reasons::scan_closed : reasons::not_settled_yet);
        if (instrument.question(wanted.question.to_text()) == nullptr)
            return invalid({wrong("/question", "unknown-question")});
        return once<ActionView>(tx, actor, request, clock_.now(), [&]() -> Result<ActionView> {
            const Action action{.id = Id<Action>::create(),
                                .scan_id = id,
                                .question = wanted.question.to_text(),
                                .description = wanted.text.to_text(),
                                .owner_function = wanted.owner_function.to_text(),
                                .due_on = wanted.due_on,
                                .status = ActionStatus::open,
                                .closing_text = "",
                                .closing_proofs = {},
                                .closed_on = {},
                                .created_at = clock_.now(),
                                .row_version = 1};
            repository.add(action);
            note_text(tx, actor, texts.used_confirmation(), "quickscan.add-action", "quickscan_action",
                      action.id.to_text());
            return view(action, instrument);
        });
    });
}

Result<ActionView> Service::change_action(const Actor& actor, const Id<Action>& id, std::int64_t row_version,
                                          const ActionChange& change)
{
    Texts texts{change.confirmed.value_or(false)};
    if (change.text)
        texts.take("/text", change.text->to_text());
    if (change.owner_function)
        texts.take("/ownerFunction", change.owner_function->to_text());
    std::optional<Proof> proof;
    std::vector<FieldError> wrong_there;
    if (change.closing) {
        texts.take("/closing/text", change.closing->text.to_text());
        if (change.closing->proof) {
            proof = detail::plain(*change.closing->proof);
            texts.take("/closing/proof/title", proof->title);
            texts.take("/closing/proof/url", proof->url.value_or(""));
            wrong_there = detail::wrong_proof(*proof, "/closing/proof");
        }
    }
    auto errors = texts.take_errors();
    std::move(wrong_there.begin(), wrong_there.end(), std::back_inserter(errors));
    if (!errors.empty())
        return invalid(std::move(errors));

    return database_.transact([&](storage::Transaction& tx) -> Result<ActionView> {
        Repository repository{tx, actor.organisation()};
        const auto before = repository.action(id);
        if (!before)
            return not_found();
        const auto scan = find(repository, before->scan_id);
        if (!scan)
            return scan.error();
        Action action = *before;
        if (change.text)
            action.description = change.text->to_text();
        if (change.owner_function)
            action.owner_function = change.owner_function->to_text();
        action.due_on = change.due_on.value_or(action.due_on);
        action.status = change.status.value_or(action.status);
        if (change.closing) {
            action.closing_text = change.closing->text.to_text();
            action.closing_proofs.value.clear();
            if (proof && proof->file_id) {
                const auto file = repository.file(*proof->file_id);
                if (!file || file->action_id != id)
                    return invalid({wrong("/closing/proof/fileId", "unknown-action-file")});
            }
            if (proof)
                action.closing_proofs.value.push_back(*proof);
        }
        if (!is_closed(action.status)) {
            action.closed_on.reset();
            action.closing_text.clear();
            action.closing_proofs.value.clear();
        } else {
            // What was done, or why not, is told: next year's change is explained with it.
            if (action.closing_text.empty())
                return invalid({wrong("/closing/text", "required")});
            if (!is_closed(before->status) || before->status != action.status)
                action.closed_on = today();
        }
        if (!repository.change(action, row_version)) {
            const auto stored = view(*before, instrument_of(*scan));
            return detail::stale_with(describe::to_json(stored));
        }
        ++action.row_version;
        note_text(tx, actor, texts.used_confirmation(),
                  is_closed(action.status) ? "quickscan.close-action" : "quickscan.change-action", "quickscan_action",
                  id.to_text());
        return view(action, instrument_of(*scan));
    });
}

Result<ProofFileView> Service::add_action_file(const Actor& actor, const Id<Action>& id, const FileName& name,
                                               const std::string& bytes, const RequestIdentity& request)
{
    return take_file(actor, name, bytes, request, [&](Repository& repository) -> Result<FilePlace> {
        const auto action = repository.action(id);
        if (!action)
            return not_found();
        return FilePlace{.scan = action->scan_id, .question = action->question, .action = id};
    });
}

// --- What waits ---------------------------------------------------------------------------------------------------

Result<WorkList> Service::work(const Actor& actor)
{
    return database_.read([&](storage::Transaction& tx) -> Result<WorkList> {
        WorkList list;
        if (!actor.may(Permission::answer_surveys))
            return list;
        Repository repository{tx, actor.organisation()};
        const bool settles = actor.may(Permission::edit_content);
        std::map<Id<Scan>, ScanCounts> counts;
        for (auto& one : repository.counts())
            counts.emplace(one.scan_id, one);
        std::map<Id<Scan>, Scan> scans;
        for (auto& scan : repository.scans())
            scans.emplace(scan.id, std::move(scan));
        const auto now = today();

        const auto add = [&](WorkKind kind, const Scan& scan, Day due_on, std::int64_t remaining) -> WorkItem& {
            return list.items.emplace_back(WorkItem{.kind = kind,
                                                    .scan_id = scan.id,
                                                    .title = instrument_of(scan).title,
                                                    .action_id = {},
                                                    .question = {},
                                                    .text = {},
                                                    .due_on = due_on,
                                                    .overdue = due_on < now,
                                                    .remaining = static_cast<int>(remaining)});
        };
        const auto questions = [&](const Scan& scan) {
            return static_cast<std::int64_t>(instrument_of(scan).questions.size());
        };
        for (const auto& one : repository.respondents_of(actor.account())) {
            const auto& scan = scans.at(one.scan_id);
            if (scan.state != ScanState::open || scan.closes_on < now || one.revoked_at || one.submitted_at)
                continue;
            const auto answered = static_cast<std::int64_t>(repository.answers_of(one.id).size());
            add(WorkKind::answer_scan, scan, scan.closes_on, questions(scan) - answered);
        }
        if (settles) {
            for (const auto& [id, scan] : scans) {
                const auto& count = counts[id];
                const auto waiting_for = count.respondents - count.submitted;
                if (scan.state == ScanState::draft)
                    add(WorkKind::open_scan, scan, scan.closes_on, waiting_for);
                if (scan.state == ScanState::open &&
                    ((count.respondents > 0 && waiting_for == 0) || scan.closes_on < now))
                    add(WorkKind::close_round, scan, scan.closes_on, waiting_for);
                if (scan.state == ScanState::consensus)
                    add(WorkKind::settle_scan, scan, scan.closes_on, questions(scan) - count.settled).overdue = false;
                const auto day = individual_removed_on(scan);
                if (day && scan.state == ScanState::closed)
                    add(WorkKind::archive_scan, scan, *day, 0).overdue = false;
                else if (day && *day <= now.plus(stop_announced_days))
                    add(WorkKind::finish_scan, scan, *day, 0).overdue = false;
            }
        }
        for (const auto& action : repository.actions()) {
            if (is_closed(action.status))
                continue;
            auto& item = add(WorkKind::action_due, scans.at(action.scan_id), action.due_on, 0);
            item.action_id = action.id;
            item.question = action.question;
            item.text = action.description;
        }
        std::stable_sort(list.items.begin(), list.items.end(),
                         [](const WorkItem& a, const WorkItem& b) { return a.due_on < b.due_on; });
        return list;
    });
}

} // namespace beproefd::quickscan
