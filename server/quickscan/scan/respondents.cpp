// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Who answers: accounts of the own organisation, and functions outside it through a link.

#include "platform/auth/accounts/repository.hpp"
#include "platform/core/random.hpp"
#include "platform/core/sha256.hpp"
#include "quickscan/scan/service_parts.hpp"

namespace beproefd::quickscan {

using detail::once;
using detail::too_far;
using detail::wrong;

namespace {

/// How often the moment of the last request is written down; more often would make every reader a writer.
constexpr std::chrono::seconds touch_interval{60};
constexpr std::size_t token_bytes = 32;
/// A scan is answered by functions of one municipality and its partners.
constexpr std::size_t most_respondents = 500;

/// The token stands behind #, which browsers never send: it reaches no log on the way.
std::string link_with(std::string_view token) { return fmt::format("/antwoorden#{}", token); }

Problem link_ended() { return {ProblemKind::not_signed_in, reasons::link_ended, {}, {}, 0}; }

bool may_answer_surveys(const std::vector<Role>& roles)
{
    return auth::RoleBook::shipped().permissions_of(roles).has(Permission::answer_surveys);
}

} // namespace

RespondentView Service::view(Repository& scans, const Respondent& respondent) const
{
    RespondentView shown{.id = respondent.id,
                         .domain = respondent.domain,
                         .function = respondent.function_name,
                         .account = {},
                         .link_state = LinkState::none,
                         .link_until = {},
                         .link = {},
                         .answered = 0,
                         .submitted_at = respondent.submitted_at,
                         .revoked = respondent.revoked_at.has_value(),
                         .row_version = respondent.row_version};
    if (!respondent.account_id) {
        shown.link_state = LinkState::ended;
        if (const auto link = scans.link(respondent.id)) {
            shown.link_until = link->expires_on;
            if (link->expires_on >= today() && !respondent.revoked_at)
                shown.link_state = LinkState::active;
        }
    }
    return shown;
}

Result<RespondentList> Service::respondents(const Actor& actor, const Id<Scan>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<RespondentList> {
        Repository repository{tx, actor.organisation()};
        const auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        std::map<Id<Respondent>, std::int64_t> answered;
        for (const auto& [respondent, count] : repository.answered(id))
            answered.emplace(respondent, count);
        auth::Repository accounts{tx, actor.organisation()};
        RespondentList list;
        for (const auto& one : repository.respondents(id)) {
            auto shown = view(repository, one);
            shown.answered = static_cast<int>(answered[one.id]);
            if (one.account_id) {
                if (const auto account = accounts.account(*one.account_id))
                    shown.account = account->name;
            }
            list.items.push_back(std::move(shown));
        }
        return list;
    });
}

Result<RespondentView> Service::respondent(const Actor& actor, const Id<Respondent>& id)
{
    const auto scan = database_.read([&](storage::Transaction& tx) -> Result<Id<Scan>> {
        const auto found = Repository{tx, actor.organisation()}.respondent(id);
        if (!found)
            return not_found();
        return found->scan_id;
    });
    if (!scan)
        return scan.error();
    auto all = respondents(actor, *scan);
    if (!all)
        return all.error();
    for (auto& one : all->items) {
        if (one.id == id)
            return std::move(one);
    }
    return not_found();
}

Result<ColleagueList> Service::colleagues(const Actor& actor)
{
    return database_.read([&](storage::Transaction& tx) -> Result<ColleagueList> {
        auth::Repository accounts{tx, actor.organisation()};
        ColleagueList list;
        for (const auto& account : accounts.accounts()) {
            if (!account.disabled && may_answer_surveys(accounts.roles(account.id)))
                list.items.push_back({account.id, account.name});
        }
        return list;
    });
}

Result<RespondentView> Service::invite(const Actor& actor, const Id<Scan>& id, const NewRespondent& wanted,
                                       const RequestIdentity& request)
{
    const bool by_link = wanted.link.value_or(false);
    Texts texts{wanted.confirmed.value_or(false)};
    texts.take("/function", wanted.function.to_text());
    auto errors = texts.take_errors();
    if (by_link == wanted.account.has_value())
        errors.push_back(wrong("/account", "account-or-link"));
    if (wanted.link_until && (!by_link || *wanted.link_until < today()))
        errors.push_back(wrong("/linkUntil", by_link ? "day-has-passed" : "account-or-link"));
    if (auto far = too_far("/linkUntil", wanted.link_until.value_or(today()), today()))
        errors.push_back(*std::move(far));
    if (!errors.empty())
        return invalid(std::move(errors));

    return database_.transact([&](storage::Transaction& tx) -> Result<RespondentView> {
        Repository repository{tx, actor.organisation()};
        const auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        if (scan->state != ScanState::draft && scan->state != ScanState::open)
            return refuse(reasons::scan_closed);
        const auto work = [&]() -> Result<RespondentView> {
            if (repository.respondents(id).size() >= most_respondents)
                return invalid(
                    {wrong("/function", "too-many-respondents", {{"most", std::to_string(most_respondents)}})});
            Respondent respondent{.id = Id<Respondent>::create(),
                                  .scan_id = id,
                                  .domain = wanted.domain,
                                  .function_name = wanted.function.to_text(),
                                  .account_id = {},
                                  .show_function = false,
                                  .submitted_at = {},
                                  .revoked_at = {},
                                  .created_at = clock_.now(),
                                  .row_version = 1};
            std::optional<Account> account;
            if (wanted.account) {
                auth::Repository accounts{tx, actor.organisation()};
                for (const auto& one : accounts.accounts()) {
                    if (one.name == wanted.account->to_text() || one.id.to_text() == wanted.account->to_text())
                        account = one;
                }
                if (!account || account->disabled || !may_answer_surveys(accounts.roles(account->id)))
                    return invalid({wrong("/account", "unknown-colleague")});
                if (auto there = repository.respondent(id, account->id)) {
                    if (!there->revoked_at)
                        return refuse(reasons::already_invited);
                    // Invited again: with what was answered before, under the function of the first time.
                    there->revoked_at.reset();
                    if (!repository.change(*there, there->row_version))
                        return stale();
                    ++there->row_version;
                    note(tx, actor, "quickscan.invite-again", "quickscan_respondent", there->id.to_text());
                    auto shown = view(repository, *there);
                    shown.account = account->name;
                    return shown;
                }
                respondent.account_id = account->id;
            }
            try {
                tx.attempt([&] { repository.save(respondent); });
            } catch (const storage::UniqueViolation&) {
                return refuse(reasons::already_invited); // by another, just now
            }
            std::string token;
            if (by_link) {
                token = secure_random_hex(token_bytes);
                repository.replace_link(
                    {respondent.id, sha256_hex(token), wanted.link_until.value_or(scan->closes_on), clock_.now()});
            }
            note_text(tx, actor, texts.used_confirmation(), by_link ? "quickscan.invite-by-link" : "quickscan.invite",
                      "quickscan_respondent", respondent.id.to_text());
            auto shown = view(repository, respondent);
            if (account)
                shown.account = account->name;
            if (by_link)
                shown.link = link_with(token);
            return shown;
        };
        // A link is told once: the answer that is kept for a repeated request does not hold it.
        return once<RespondentView>(tx, actor, request, clock_.now(), work, [](RespondentView kept) {
            kept.link.reset();
            return kept;
        });
    });
}

Result<RespondentView> Service::revoke(const Actor& actor, const Id<Respondent>& id)
{
    return database_.transact([&](storage::Transaction& tx) -> Result<RespondentView> {
        Repository repository{tx, actor.organisation()};
        auto respondent = repository.respondent(id);
        if (!respondent)
            return not_found();
        const auto scan = find(repository, respondent->scan_id);
        if (!scan)
            return scan.error();
        if (scan->state != ScanState::draft && scan->state != ScanState::open)
            return refuse(reasons::scan_closed);
        repository.end_link(id);
        if (!respondent->revoked_at) {
            respondent->revoked_at = clock_.now();
            if (!repository.change(*respondent, respondent->row_version))
                return stale();
            ++respondent->row_version;
            note(tx, actor, "quickscan.revoke-respondent", "quickscan_respondent", id.to_text());
        }
        return view(repository, *respondent);
    });
}

Result<RespondentView> Service::new_link(const Actor& actor, const Id<Respondent>& id)
{
    const std::string token = secure_random_hex(token_bytes);
    return database_.transact([&](storage::Transaction& tx) -> Result<RespondentView> {
        Repository repository{tx, actor.organisation()};
        auto respondent = repository.respondent(id);
        if (!respondent)
            return not_found();
        if (respondent->account_id)
            return refuse(reasons::has_account);
        const auto scan = find(repository, respondent->scan_id);
        if (!scan)
            return scan.error();
        if (scan->state != ScanState::draft && scan->state != ScanState::open)
            return refuse(reasons::scan_closed);
        if (respondent->revoked_at) {
            respondent->revoked_at.reset();
            if (!repository.change(*respondent, respondent->row_version))
                return stale();
            ++respondent->row_version;
        }
        repository.replace_link({id, sha256_hex(token), scan->closes_on, clock_.now()});
        note(tx, actor, "quickscan.new-link", "quickscan_respondent", id.to_text());
        auto shown = view(repository, *respondent);
        shown.link = link_with(token);
        return shown;
    });
}

// --- Links --------------------------------------------------------------------------------------------------------

Result<OpenedLink> Service::open_link(std::string_view token, std::string_view caller)
{
    const auto now = clock_.now();
    if (const auto wait = link_tries_.wait(caller, now); wait.count() > 0) {
        Problem problem{ProblemKind::too_many, reasons::too_many_tries, {}, {}, 0};
        problem.retry_after_seconds = static_cast<int>(wait.count());
        return problem;
    }
    if (token.size() != 2 * token_bytes)
        return link_ended();
    const std::string hash = sha256_hex(token);
    const auto target = database_.read([&](storage::Transaction& tx) { return LinkDoor{tx}.target(hash); });
    if (!target || target->expires_on < amsterdam_day(now))
        return link_ended();

    OpenedLink opened{.token = secure_random_hex(token_bytes), .session = {}};
    const auto kept = database_.transact([&](storage::Transaction& tx) -> Result<void> {
        Repository repository{tx, target->organisation_id};
        const auto respondent = repository.respondent(target->respondent_id);
        const auto link = repository.link(target->respondent_id);
        if (!respondent || respondent->revoked_at || !link || link->token_hash != hash)
            return link_ended();
        repository.save(LinkSession{sha256_hex(opened.token), respondent->id, now, now});
        note(tx, Actor::let_in(*Id<Guest>::from_text(respondent->id.to_text()), target->organisation_id),
             "quickscan.open-link", "quickscan_respondent", respondent->id.to_text());
        opened.session = {.respondent = {.id = respondent->id,
                                         .domain = respondent->domain,
                                         .function = respondent->function_name,
                                         .by_link = true,
                                         .show_function = respondent->show_function,
                                         .submitted_at = respondent->submitted_at},
                          .scan_id = respondent->scan_id,
                          .ends_at = now.plus(limits_.total)};
        return {};
    });
    if (!kept)
        return kept.error();
    return opened;
}

Actor Service::authenticate(std::string_view session_token)
{
    if (session_token.size() != 2 * token_bytes)
        return {};
    const auto now = clock_.now();
    const std::string hash = sha256_hex(session_token);
    const auto holder = database_.read([&](storage::Transaction& tx) { return LinkDoor{tx}.holder(hash); });
    if (!holder || holder->revoked_at || holder->expires_on < amsterdam_day(now) ||
        holder->created_at.plus(limits_.total) <= now || holder->last_seen_at.plus(limits_.idle) <= now)
        return {};
    if (holder->last_seen_at.plus(touch_interval) <= now) {
        // Nobody waits for this: a session that is not touched now is touched by its next request.
        database_.transact_async(
            [hash, now](storage::Transaction& tx) -> Result<void> {
                LinkDoor{tx}.touch(hash, now);
                return {};
            },
            [](const std::optional<Result<void>>&, std::exception_ptr) {});
    }
    return Actor::let_in(*Id<Guest>::from_text(holder->respondent_id.to_text()), holder->organisation_id);
}

Result<void> Service::end_session(const Actor& guest, std::string_view session_token)
{
    const std::string hash = sha256_hex(session_token);
    return database_.transact([&](storage::Transaction& tx) -> Result<void> {
        Repository{tx, guest.organisation()}.end_session(hash);
        note(tx, guest, "quickscan.close-link", "quickscan_respondent", guest.guest().to_text());
        return {};
    });
}

void Service::forget_ended_sessions()
{
    const auto now = clock_.now();
    (void)database_.transact([&](storage::Transaction& tx) -> Result<void> {
        LinkDoor{tx}.end_older(now.plus(-limits_.total), now.plus(-limits_.idle));
        return {};
    });
}

} // namespace beproefd::quickscan
