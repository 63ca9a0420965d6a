// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/storage/database.hpp"
#include "quickscan/scan/round.hpp"
#include "quickscan/scan/scan.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::quickscan {

/// Counts of one scan, for lists.
struct ScanCounts {
    Id<Scan> scan_id;
    std::int64_t respondents = 0;
    std::int64_t submitted = 0;
    std::int64_t settled = 0;
    std::int64_t actions = 0;
    std::int64_t actions_closed = 0;
};
BOOST_DESCRIBE_STRUCT(ScanCounts, (), (scan_id, respondents, submitted, settled, actions, actions_closed))

/// SQL of the scans of one organisation.
class Repository
{
public:
    Repository(storage::Transaction& tx, Id<Organisation> organisation)
        : tx_(tx), organisation_(std::move(organisation))
    {
        tx.act_for(organisation_);
    }

    // Scans.
    std::vector<Scan> scans();
    std::optional<Scan> scan(const Id<Scan>& id);
    /// Of all scans, or of one.
    std::vector<ScanCounts> counts(const std::optional<Id<Scan>>& only = std::nullopt);
    void save(const Scan& scan);
    /// Raises the version; false when someone changed it first.
    bool change(const Scan& scan, std::int64_t row_version);
    /// The settled scan of the same instrument whose period ended last before this one began.
    std::optional<Scan> previous(const Scan& scan);

    // Respondents and their links.
    std::vector<Respondent> respondents(const Id<Scan>& scan);
    std::optional<Respondent> respondent(const Id<Respondent>& id);
    std::optional<Respondent> respondent(const Id<Scan>& scan, const Id<Account>& account);
    /// As whom an account answers, in every scan.
    std::vector<Respondent> respondents_of(const Id<Account>& account);
    void save(const Respondent& respondent);
    bool change(const Respondent& respondent, std::int64_t row_version);
    /// How many questions each respondent of the scan answered.
    std::vector<std::tuple<Id<Respondent>, std::int64_t>> answered(const Id<Scan>& scan);
    std::vector<Link> links(const Id<Scan>& scan);
    std::optional<Link> link(const Id<Respondent>& respondent);
    /// In the place of the one there was, whose sessions end.
    void replace_link(const Link& link);
    void end_link(const Id<Respondent>& respondent);
    /// Links that end on one day end on another from now on.
    void move_links(const Id<Scan>& scan, Day from, Day to);
    void save(const LinkSession& session);
    void end_session(std::string_view token_hash);

    // Answers of the individual round.
    std::vector<Answer> answers_of(const Id<Respondent>& respondent);
    std::optional<Answer> answer(const Id<Respondent>& respondent, std::string_view question);
    std::vector<GivenAnswer> given_answers(const Id<Scan>& scan);
    /// False when another was first.
    bool add(const Answer& answer);
    bool change(const Answer& answer, std::int64_t row_version);
    bool remove_answer(const Id<Respondent>& respondent, std::string_view question, std::int64_t row_version);

    // What was settled.
    std::vector<Settled> settled(const Id<Scan>& scan);
    std::optional<Settled> settled(const Id<Scan>& scan, std::string_view question);
    /// False when another was first.
    bool add(const Settled& settled);
    bool change(const Settled& settled, std::int64_t row_version);

    // Files.
    std::optional<ProofFile> file(const Id<ProofFile>& id);
    std::string file_content_base64(const Id<ProofFile>& id);
    /// How many files there are of the same question and the same respondent, settled answer or action.
    std::int64_t files_beside(const ProofFile& file);
    void add(const ProofFile& file, std::string_view content_base64);
    /// The settled answer rests on it from now on.
    void adopt(const Id<ProofFile>& id);
    /// Removes the oldest of the files that files_beside counts and nothing rests on; empty when there is none.
    std::optional<Id<ProofFile>> remove_unused_beside(const ProofFile& file);
    /// Notes since when nothing rests on a file, forgets that of files that are used again, and removes those on
    /// which nothing rested since before a moment. Gives what was removed.
    std::vector<Id<ProofFile>> remove_unused_files(Instant now, Instant unused_before);

    // Actions.
    std::vector<Action> actions();
    std::vector<Action> actions(const Id<Scan>& scan);
    std::optional<Action> action(const Id<Action>& id);
    void add(const Action& action);
    bool change(const Action& action, std::int64_t row_version);

    /// Removes a draft with those who were invited and their links; false when it is not a draft (any more).
    bool remove_draft(const Id<Scan>& scan);
    /// Removes every individual answer, its files, links and sessions, for good. What was settled with its files, the
    /// functions that were invited and the actions stay.
    void remove_individual_round(const Id<Scan>& scan);

private:
    void end_links(const Id<Scan>& scan);

    storage::Transaction& tx_;
    Id<Organisation> organisation_;
};

/// A scan of which something is kept no longer.
struct OldScan {
    Id<Organisation> organisation_id;
    Id<Scan> id;
};
BOOST_DESCRIBE_STRUCT(OldScan, (), (organisation_id, id))

/// Drafts of all organisations that were made before a moment and never opened, through the door of housekeeping.
std::vector<OldScan> drafts_made_before(storage::Transaction& tx, Instant moment);
/// Scans of all organisations with an individual round that stand where they are since before a moment, through the
/// same door. Of an open one the closing day has to be over as long: until then respondents count on their answers.
std::vector<OldScan> scans_left_since(storage::Transaction& tx, Instant moment);
/// Which instruments scans of all organisations ask, through the same door.
std::vector<std::tuple<std::string, int>> instruments_in_use(storage::Transaction& tx);
/// Organisations that have files, through the same door.
std::vector<Id<Organisation>> owners_of_files(storage::Transaction& tx);

/// Who came through a link: everything a request needs, in one statement.
struct LinkHolder {
    Instant created_at;
    Instant last_seen_at;
    Id<Organisation> organisation_id;
    Id<Respondent> respondent_id;
    Day expires_on;
    std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(LinkHolder, (),
                      (created_at, last_seen_at, organisation_id, respondent_id, expires_on, revoked_at))

/// What a link leads to.
struct LinkTarget {
    Id<Organisation> organisation_id;
    Id<Respondent> respondent_id;
    Day expires_on;
};
BOOST_DESCRIBE_STRUCT(LinkTarget, (), (organisation_id, respondent_id, expires_on))

/// SQL through the door link-sign-in (migrations/access.csv): links and their sessions of all organisations, for as
/// long as it is not yet known for which one somebody answers.
class LinkDoor
{
public:
    explicit LinkDoor(storage::Transaction& tx) : tx_(tx) { tx.act_through(storage::Purpose{"link-sign-in"}); }

    std::optional<LinkTarget> target(std::string_view token_hash);
    std::optional<LinkHolder> holder(std::string_view session_hash);
    void touch(std::string_view session_hash, Instant now);
    void end_older(Instant created_before, Instant seen_before);

private:
    storage::Transaction& tx_;
};

} // namespace beproefd::quickscan
