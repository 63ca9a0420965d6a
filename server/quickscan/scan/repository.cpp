// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/repository.hpp"

#include "platform/storage/idempotency.hpp"

namespace beproefd::quickscan {

// --- Scans --------------------------------------------------------------------------------------------------------

std::vector<Scan> Repository::scans()
{
    return tx_.select<Scan>(
        "SELECT * FROM quickscan_scan WHERE organisation_id = $1 ORDER BY period_to DESC, id DESC", organisation_);
}

std::optional<Scan> Repository::scan(const Id<Scan>& id)
{
    return tx_.optional<Scan>("SELECT * FROM quickscan_scan WHERE organisation_id = $1 AND id = $2", organisation_,
                              id);
}

std::vector<ScanCounts> Repository::counts(const std::optional<Id<Scan>>& only)
{
    constexpr std::string_view all = R"(
        SELECT scan.id AS scan_id,
               (SELECT COUNT(*) FROM quickscan_respondent one WHERE one.organisation_id = scan.organisation_id
                AND one.scan_id = scan.id AND one.revoked_at IS NULL) AS respondents,
               (SELECT COUNT(*) FROM quickscan_respondent one WHERE one.organisation_id = scan.organisation_id
                AND one.scan_id = scan.id AND one.revoked_at IS NULL AND one.submitted_at IS NOT NULL) AS submitted,
               (SELECT COUNT(*) FROM quickscan_settled one WHERE one.organisation_id = scan.organisation_id
                AND one.scan_id = scan.id) AS settled,
               (SELECT COUNT(*) FROM quickscan_action one WHERE one.organisation_id = scan.organisation_id
                AND one.scan_id = scan.id) AS actions,
               (SELECT COUNT(*) FROM quickscan_action one WHERE one.organisation_id = scan.organisation_id
                AND one.scan_id = scan.id AND one.closed_on IS NOT NULL) AS actions_closed
        FROM   quickscan_scan scan
        WHERE  scan.organisation_id = $1)";
    if (only)
        return tx_.select<ScanCounts>(fmt::format("{} AND scan.id = $2", all), organisation_, *only);
    return tx_.select<ScanCounts>(all, organisation_);
}

void Repository::save(const Scan& scan) { tx_.insert_own("quickscan_scan", scan); }

bool Repository::change(const Scan& scan, std::int64_t row_version)
{
    return tx_.execute(R"(
        UPDATE quickscan_scan
        SET    period_from = $3, period_to = $4, size_class = $5, state = $6, closes_on = $7, participants = $8,
               stepped_at = $9, opened_at = $10, closed_at = $11, archived_at = $12, shared_at = $13,
               row_version = row_version + 1
        WHERE  organisation_id = $1 AND id = $2 AND row_version = $14)",
                       organisation_, scan.id, scan.period_from, scan.period_to, scan.size_class, scan.state,
                       scan.closes_on, scan.participants, scan.stepped_at, scan.opened_at, scan.closed_at,
                       scan.archived_at, scan.shared_at, row_version) == 1;
}

std::optional<Scan> Repository::previous(const Scan& scan)
{
    auto before = tx_.select<Scan>(R"(
        SELECT *
        FROM   quickscan_scan
        WHERE  organisation_id = $1 AND instrument_key = $2 AND id <> $3 AND period_to <= $4
               AND closed_at IS NOT NULL
        ORDER  BY period_to DESC, closed_at DESC
        LIMIT  1)",
                                   organisation_, scan.instrument_key, scan.id, scan.period_from);
    if (before.empty())
        return std::nullopt;
    return std::move(before.front());
}

// --- Respondents --------------------------------------------------------------------------------------------------

std::vector<Respondent> Repository::respondents(const Id<Scan>& scan)
{
    return tx_.select<Respondent>(
        "SELECT * FROM quickscan_respondent WHERE organisation_id = $1 AND scan_id = $2 ORDER BY id", organisation_,
        scan);
}

std::optional<Respondent> Repository::respondent(const Id<Respondent>& id)
{
    return tx_.optional<Respondent>("SELECT * FROM quickscan_respondent WHERE organisation_id = $1 AND id = $2",
                                    organisation_, id);
}

std::optional<Respondent> Repository::respondent(const Id<Scan>& scan, const Id<Account>& account)
{
    return tx_.optional<Respondent>(
        "SELECT * FROM quickscan_respondent WHERE organisation_id = $1 AND scan_id = $2 AND account_id = $3",
        organisation_, scan, account);
}

std::vector<Respondent> Repository::respondents_of(const Id<Account>& account)
{
    return tx_.select<Respondent>("SELECT * FROM quickscan_respondent WHERE organisation_id = $1 AND account_id = $2",
                                  organisation_, account);
}

void Repository::save(const Respondent& respondent) { tx_.insert_own("quickscan_respondent", respondent); }

bool Repository::change(const Respondent& respondent, std::int64_t row_version)
{
    return tx_.execute(R"(
        UPDATE quickscan_respondent
        SET    show_function = $3, submitted_at = $4, revoked_at = $5, row_version = row_version + 1
        WHERE  organisation_id = $1 AND id = $2 AND row_version = $6)",
                       organisation_, respondent.id, respondent.show_function, respondent.submitted_at,
                       respondent.revoked_at, row_version) == 1;
}

std::vector<std::tuple<Id<Respondent>, std::int64_t>> Repository::answered(const Id<Scan>& scan)
{
    return tx_.select<std::tuple<Id<Respondent>, std::int64_t>>(R"(
        SELECT respondent_id, COUNT(*)
        FROM   quickscan_answer
        WHERE  organisation_id = $1 AND scan_id = $2
        GROUP  BY respondent_id)",
                                                                organisation_, scan);
}

std::vector<Link> Repository::links(const Id<Scan>& scan)
{
    return tx_.select<Link>(R"(
        SELECT link.*
        FROM   quickscan_link link
        JOIN   quickscan_respondent one
               ON one.organisation_id = link.organisation_id AND one.id = link.respondent_id
        WHERE  link.organisation_id = $1 AND one.scan_id = $2)",
                            organisation_, scan);
}

std::optional<Link> Repository::link(const Id<Respondent>& respondent)
{
    return tx_.optional<Link>("SELECT * FROM quickscan_link WHERE organisation_id = $1 AND respondent_id = $2",
                              organisation_, respondent);
}

void Repository::replace_link(const Link& link)
{
    end_link(link.respondent_id);
    tx_.insert_own("quickscan_link", link);
}

void Repository::end_link(const Id<Respondent>& respondent)
{
    tx_.execute("DELETE FROM quickscan_link_session WHERE organisation_id = $1 AND respondent_id = $2", organisation_,
                respondent);
    tx_.execute("DELETE FROM quickscan_link WHERE organisation_id = $1 AND respondent_id = $2", organisation_,
                respondent);
}

void Repository::move_links(const Id<Scan>& scan, Day from, Day to)
{
    tx_.execute(R"(
        UPDATE quickscan_link
        SET    expires_on = $4
        WHERE  organisation_id = $1 AND expires_on = $3 AND respondent_id IN
               (SELECT id FROM quickscan_respondent WHERE organisation_id = $1 AND scan_id = $2))",
                organisation_, scan, from, to);
}

void Repository::save(const LinkSession& session) { tx_.insert_own("quickscan_link_session", session); }

void Repository::end_session(std::string_view token_hash)
{
    tx_.execute("DELETE FROM quickscan_link_session WHERE organisation_id = $1 AND token_hash = $2", organisation_,
                token_hash);
}

// --- Answers ------------------------------------------------------------------------------------------------------

std::vector<Answer> Repository::answers_of(const Id<Respondent>& respondent)
{
    return tx_.select<Answer>("SELECT * FROM quickscan_answer WHERE organisation_id = $1 AND respondent_id = $2",
                              organisation_, respondent);
}

std::optional<Answer> Repository::answer(const Id<Respondent>& respondent, std::string_view question)
{
    return tx_.optional<Answer>(
        "SELECT * FROM quickscan_answer WHERE organisation_id = $1 AND respondent_id = $2 AND question = $3",
        organisation_, respondent, question);
}

std::vector<GivenAnswer> Repository::given_answers(const Id<Scan>& scan)
{
    std::map<Id<Respondent>, Respondent> who;
    for (auto& one : respondents(scan)) {
        if (!one.revoked_at)
            who.emplace(one.id, std::move(one));
    }
    std::vector<GivenAnswer> given;
    tx_.stream<Answer>(
        [&](Answer answer) {
            const auto by = who.find(answer.respondent_id);
            if (by != who.end())
                given.push_back(
                    {by->second.domain, by->second.function_name, by->second.show_function, std::move(answer)});
        },
        "SELECT * FROM quickscan_answer WHERE organisation_id = $1 AND scan_id = $2", organisation_, scan);
    return given;
}

bool Repository::add(const Answer& answer)
{
    return tx_.execute(R"(
        INSERT INTO quickscan_answer (organisation_id, scan_id, respondent_id, question, value, parts, chosen, reason,
                                      note, proofs, answered_at, row_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
        ON CONFLICT (respondent_id, question) DO NOTHING)",
                       organisation_, answer.scan_id, answer.respondent_id, answer.question, answer.value,
                       answer.parts, answer.chosen, answer.reason, answer.note, answer.proofs,
                       answer.answered_at) == 1;
}

bool Repository::change(const Answer& answer, std::int64_t row_version)
{
    return tx_.execute(R"(
        UPDATE quickscan_answer
        SET    value = $4, parts = $5, chosen = $6, reason = $7, note = $8, proofs = $9, answered_at = $10,
               row_version = row_version + 1
        WHERE  organisation_id = $1 AND respondent_id = $2 AND question = $3 AND row_version = $11)",
                       organisation_, answer.respondent_id, answer.question, answer.value, answer.parts,
                       answer.chosen, answer.reason, answer.note, answer.proofs, answer.answered_at,
                       row_version) == 1;
}

bool Repository::remove_answer(const Id<Respondent>& respondent, std::string_view question, std::int64_t row_version)
{
    return tx_.execute(R"(
        DELETE FROM quickscan_answer
        WHERE organisation_id = $1 AND respondent_id = $2 AND question = $3 AND row_version = $4)",
                       organisation_, respondent, question, row_version) == 1;
}

// --- Settled ------------------------------------------------------------------------------------------------------

std::vector<Settled> Repository::settled(const Id<Scan>& scan)
{
    return tx_.select<Settled>("SELECT * FROM quickscan_settled WHERE organisation_id = $1 AND scan_id = $2",
                               organisation_, scan);
}

std::optional<Settled> Repository::settled(const Id<Scan>& scan, std::string_view question)
{
    return tx_.optional<Settled>(
        "SELECT * FROM quickscan_settled WHERE organisation_id = $1 AND scan_id = $2 AND question = $3",
        organisation_, scan, question);
}

bool Repository::add(const Settled& settled)
{
    return tx_.execute(R"(
        INSERT INTO quickscan_settled (organisation_id, scan_id, question, value, parts, chosen, reason, note, proofs,
                                       settled_at, row_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
        ON CONFLICT (scan_id, question) DO NOTHING)",
                       organisation_, settled.scan_id, settled.question, settled.value, settled.parts, settled.chosen,
                       settled.reason, settled.note, settled.proofs, settled.settled_at) == 1;
}

bool Repository::change(const Settled& settled, std::int64_t row_version)
{
    return tx_.execute(R"(
        UPDATE quickscan_settled
        SET    value = $4, parts = $5, chosen = $6, reason = $7, note = $8, proofs = $9, settled_at = $10,
               row_version = row_version + 1
        WHERE  organisation_id = $1 AND scan_id = $2 AND question = $3 AND row_version = $11)",
                       organisation_, settled.scan_id, settled.question, settled.value, settled.parts, settled.chosen,
                       settled.reason, settled.note, settled.proofs, settled.settled_at, row_version) == 1;
}

// --- Files --------------------------------------------------------------------------------------------------------

std::optional<ProofFile> Repository::file(const Id<ProofFile>& id)
{
    return tx_.optional<ProofFile>(R"(
        SELECT id, scan_id, respondent_id, action_id, question, name, media_type, bytes, sha256, created_at
        FROM   quickscan_proof_file
        WHERE  organisation_id = $1 AND id = $2)",
                                   organisation_, id);
}

std::string Repository::file_content_base64(const Id<ProofFile>& id)
{
    return tx_.one<std::string>(
        "SELECT content_base64 FROM quickscan_proof_file WHERE organisation_id = $1 AND id = $2", organisation_, id);
}

std::int64_t Repository::files_beside(const ProofFile& file)
{
    return tx_.one<std::int64_t>(R"(
        SELECT COUNT(*) FROM quickscan_proof_file
        WHERE organisation_id = $1 AND scan_id = $2 AND question = $3
              AND COALESCE(respondent_id, '') = COALESCE($4, '') AND COALESCE(action_id, '') = COALESCE($5, ''))",
                                 organisation_, file.scan_id, file.question, file.respondent_id, file.action_id);
}

void Repository::add(const ProofFile& file, std::string_view content_base64)
{
    tx_.insert_own("quickscan_proof_file", file, storage::with("content_base64", content_base64));
}

void Repository::adopt(const Id<ProofFile>& id)
{
    tx_.execute("UPDATE quickscan_proof_file SET respondent_id = NULL WHERE organisation_id = $1 AND id = $2",
                organisation_, id);
}

namespace {

/// Files of the organisation $1 on which nothing rests. An id stands in proofs only where a file is meant, so that
/// the JSON need not be read. No column behind the content is asked: SQLite would walk through the content to find
/// it.
constexpr std::string_view unused_files = R"(
        SELECT file.id
        FROM   quickscan_proof_file file
        WHERE  file.organisation_id = $1
        AND    NOT EXISTS (SELECT 1 FROM quickscan_answer one WHERE one.organisation_id = file.organisation_id
                           AND one.scan_id = file.scan_id AND one.question = file.question
                           AND one.proofs LIKE '%' || file.id || '%')
        AND    NOT EXISTS (SELECT 1 FROM quickscan_settled one WHERE one.organisation_id = file.organisation_id
                           AND one.scan_id = file.scan_id AND one.question = file.question
                           AND one.proofs LIKE '%' || file.id || '%')
        AND    NOT EXISTS (SELECT 1 FROM quickscan_action one WHERE one.organisation_id = file.organisation_id
                           AND one.scan_id = file.scan_id AND one.question = file.question
                           AND one.closing_proofs LIKE '%' || file.id || '%'))";

} // namespace

std::optional<Id<ProofFile>> Repository::remove_unused_beside(const ProofFile& file)
{
    const auto oldest = tx_.select<Id<ProofFile>>(
        fmt::format("{} AND file.scan_id = $2 AND file.question = $3 AND COALESCE(file.respondent_id, '') = "
                    "COALESCE($4, '') AND COALESCE(file.action_id, '') = COALESCE($5, '') "
                    "ORDER BY file.created_at LIMIT 1",
                    unused_files),
        organisation_, file.scan_id, file.question, file.respondent_id, file.action_id);
    if (oldest.empty())
        return std::nullopt;
    tx_.execute("DELETE FROM quickscan_proof_file WHERE organisation_id = $1 AND id = $2", organisation_,
                oldest.front());
    return oldest.front();
}

std::vector<Id<ProofFile>> Repository::remove_unused_files(Instant now, Instant unused_before)
{
    tx_.execute(fmt::format("DELETE FROM quickscan_unused_file WHERE organisation_id = $1 AND file_id NOT IN ({})",
                            unused_files),
                organisation_);
    for (const auto& file : tx_.select<Id<ProofFile>>(
             fmt::format(
                 "{} AND file.id NOT IN (SELECT file_id FROM quickscan_unused_file WHERE organisation_id = $1)",
                 unused_files),
             organisation_))
        tx_.execute("INSERT INTO quickscan_unused_file (organisation_id, file_id, since) VALUES ($1, $2, $3)",
                    organisation_, file, now);
    return tx_.select<Id<ProofFile>>(R"(
        DELETE FROM quickscan_proof_file
        WHERE  organisation_id = $1 AND id IN
               (SELECT file_id FROM quickscan_unused_file WHERE organisation_id = $1 AND since < $2)
        RETURNING id)",
                                     organisation_, unused_before);
}

// --- Actions ------------------------------------------------------------------------------------------------------

std::vector<Action> Repository::actions()
{
    return tx_.select<Action>("SELECT * FROM quickscan_action WHERE organisation_id = $1 ORDER BY due_on, id",
                              organisation_);
}

std::vector<Action> Repository::actions(const Id<Scan>& scan)
{
    return tx_.select<Action>(
        "SELECT * FROM quickscan_action WHERE organisation_id = $1 AND scan_id = $2 ORDER BY due_on, id",
        organisation_, scan);
}

std::optional<Action> Repository::action(const Id<Action>& id)
{
    return tx_.optional<Action>("SELECT * FROM quickscan_action WHERE organisation_id = $1 AND id = $2",
                                organisation_, id);
}

void Repository::add(const Action& action) { tx_.insert_own("quickscan_action", action); }

bool Repository::change(const Action& action, std::int64_t row_version)
{
    return tx_.execute(R"(
        UPDATE quickscan_action
        SET    description = $3, owner_function = $4, due_on = $5, status = $6, closing_text = $7,
               closing_proofs = $8, closed_on = $9, row_version = row_version + 1
        WHERE  organisation_id = $1 AND id = $2 AND row_version = $10)",
                       organisation_, action.id, action.description, action.owner_function, action.due_on,
                       action.status, action.closing_text, action.closing_proofs, action.closed_on, row_version) == 1;
}

bool Repository::remove_draft(const Id<Scan>& scan)
{
    // What a draft cannot have (answers, files, actions) stands in the way by its foreign key.
    const auto found = this->scan(scan);
    if (!found || found->state != ScanState::draft)
        return false;
    end_links(scan);
    tx_.execute("DELETE FROM quickscan_respondent WHERE organisation_id = $1 AND scan_id = $2", organisation_, scan);
    tx_.execute("DELETE FROM quickscan_scan WHERE organisation_id = $1 AND id = $2", organisation_, scan);
    return true;
}

void Repository::end_links(const Id<Scan>& scan)
{
    for (const auto* table : {"quickscan_link_session", "quickscan_link"})
        tx_.execute(fmt::format(R"(
            DELETE FROM {} WHERE organisation_id = $1 AND respondent_id IN
                (SELECT id FROM quickscan_respondent WHERE organisation_id = $1 AND scan_id = $2))",
                                table),
                    organisation_, scan);
}

void Repository::remove_individual_round(const Id<Scan>& scan)
{
    end_links(scan);
    tx_.execute("DELETE FROM quickscan_answer WHERE organisation_id = $1 AND scan_id = $2", organisation_, scan);
    tx_.execute(R"(
        DELETE FROM quickscan_proof_file
        WHERE  organisation_id = $1 AND scan_id = $2 AND action_id IS NULL
               AND NOT EXISTS (SELECT 1 FROM quickscan_settled one
                               WHERE one.organisation_id = quickscan_proof_file.organisation_id
                               AND one.scan_id = quickscan_proof_file.scan_id
                               AND one.question = quickscan_proof_file.question
                               AND one.proofs LIKE '%' || quickscan_proof_file.id || '%'))",
                organisation_, scan);
    // That a function took part is kept; which account held it is not.
    tx_.execute("UPDATE quickscan_respondent SET account_id = NULL WHERE organisation_id = $1 AND scan_id = $2",
                organisation_, scan);
}

// --- Housekeeping -------------------------------------------------------------------------------------------------

std::vector<OldScan> drafts_made_before(storage::Transaction& tx, Instant moment)
{
    tx.act_through(storage::housekeeping_purpose);
    return tx.select<OldScan>(
        "SELECT organisation_id, id FROM quickscan_scan WHERE state = 'draft' AND created_at < $1", moment);
}

std::vector<OldScan> scans_left_since(storage::Transaction& tx, Instant moment)
{
    tx.act_through(storage::housekeeping_purpose);
    return tx.select<OldScan>(R"(
        SELECT organisation_id, id
        FROM   quickscan_scan
        WHERE  stepped_at < $1 AND (state IN ('consensus', 'closed') OR (state = 'open' AND closes_on <= $2)))",
                              moment, amsterdam_day(moment));
}

std::vector<std::tuple<std::string, int>> instruments_in_use(storage::Transaction& tx)
{
    tx.act_through(storage::housekeeping_purpose);
    return tx.select<std::tuple<std::string, int>>(
        "SELECT DISTINCT instrument_key, instrument_version FROM quickscan_scan ORDER BY 1, 2");
}

std::vector<Id<Organisation>> owners_of_files(storage::Transaction& tx)
{
    tx.act_through(storage::housekeeping_purpose);
    return tx.select<Id<Organisation>>("SELECT DISTINCT organisation_id FROM quickscan_proof_file");
}

// --- The door of links --------------------------------------------------------------------------------------------

std::optional<LinkTarget> LinkDoor::target(std::string_view token_hash)
{
    return tx_.optional<LinkTarget>(R"(
        SELECT link.organisation_id, link.respondent_id, link.expires_on
        FROM   quickscan_link link
        JOIN   quickscan_respondent one ON one.id = link.respondent_id
        WHERE  link.token_hash = $1 AND one.revoked_at IS NULL)",
                                    token_hash);
}

std::optional<LinkHolder> LinkDoor::holder(std::string_view session_hash)
{
    return tx_.optional<LinkHolder>(R"(
        SELECT session.created_at, session.last_seen_at, session.organisation_id, session.respondent_id,
               link.expires_on, one.revoked_at
        FROM   quickscan_link_session session
        JOIN   quickscan_link link ON link.respondent_id = session.respondent_id
        JOIN   quickscan_respondent one ON one.id = session.respondent_id
        WHERE  session.token_hash = $1)",
                                    session_hash);
}

void LinkDoor::touch(std::string_view session_hash, Instant now)
{
    tx_.execute("UPDATE quickscan_link_session SET last_seen_at = $2 WHERE token_hash = $1 AND last_seen_at < $2",
                session_hash, now);
}

void LinkDoor::end_older(Instant created_before, Instant seen_before)
{
    tx_.execute("DELETE FROM quickscan_link_session WHERE created_at < $1 OR last_seen_at < $2", created_before,
                seen_before);
}

} // namespace beproefd::quickscan
