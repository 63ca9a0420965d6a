// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/actor.hpp"
#include "platform/core/time.hpp"
#include "quickscan/instrument/scoring.hpp"
#include "quickscan/scan/json_column.hpp"
#include "quickscan/scan/life_cycle.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beproefd::quickscan {

struct Scan;
struct Respondent;
struct ProofFile;
struct Action;

/// What supports an answer.
enum class ProofKind {
    link,     ///< an address on the web
    file,     ///< a file that was added
    asserted, ///< said, without something to show; counts as no support
};
BOOST_DESCRIBE_ENUM(ProofKind, link, file, asserted)

struct Proof {
    ProofKind kind = ProofKind::asserted;
    std::string title;
    std::optional<std::string> url;       ///< https, of a link
    std::optional<Id<ProofFile>> file_id; ///< of a file
    bool operator==(const Proof&) const = default;
};
BOOST_DESCRIBE_STRUCT(Proof, (), (kind, title, url, file_id))

/// True when something can be looked at: a link or a file.
bool is_supported(const std::vector<Proof>& proofs);

/// One self-assessment of one municipality over one period.
struct Scan {
    Id<Scan> id;
    std::string instrument_key;
    int instrument_version = 0;
    Day period_from;
    Day period_to;
    SizeClass size_class = SizeClass::medium;
    ScanState state = ScanState::draft;
    Day closes_on; ///< last day for answers
    JsonColumn<std::vector<std::string>> participants;
    Instant created_at;
    Instant stepped_at; ///< since when it is in this state
    std::optional<Instant> opened_at;
    std::optional<Instant> closed_at; ///< when the result was settled; empty for a scan that stopped before
    std::optional<Instant> archived_at;
    std::optional<Instant> shared_at;
    std::int64_t row_version = 1;
    bool operator==(const Scan&) const = default;
};
BOOST_DESCRIBE_STRUCT(Scan, (),
                      (id, instrument_key, instrument_version, period_from, period_to, size_class, state, closes_on,
                       participants, created_at, stepped_at, opened_at, closed_at, archived_at, shared_at,
                       row_version))

/// A function that answers, with an account or through a link. No name, no address.
struct Respondent {
    Id<Respondent> id;
    Id<Scan> scan_id;
    Domain domain = Domain::safety;
    std::string function_name;
    std::optional<Id<Account>> account_id;
    bool show_function = false;
    std::optional<Instant> submitted_at;
    std::optional<Instant> revoked_at;
    Instant created_at;
    std::int64_t row_version = 1;
    bool operator==(const Respondent&) const = default;
};
BOOST_DESCRIBE_STRUCT(Respondent, (),
                      (id, scan_id, domain, function_name, account_id, show_function, submitted_at, revoked_at,
                       created_at, row_version))

/// The link of a respondent, known by the SHA-256 of its token.
struct Link {
    Id<Respondent> respondent_id;
    std::string token_hash;
    Day expires_on;
    Instant created_at;
    bool operator==(const Link&) const = default;
};
BOOST_DESCRIBE_STRUCT(Link, (), (respondent_id, token_hash, expires_on, created_at))

struct LinkSession {
    std::string token_hash;
    Id<Respondent> respondent_id;
    Instant created_at;
    Instant last_seen_at;
    bool operator==(const LinkSession&) const = default;
};
BOOST_DESCRIBE_STRUCT(LinkSession, (), (token_hash, respondent_id, created_at, last_seen_at))

/// What one respondent answered.
struct Answer {
    Id<Scan> scan_id;
    Id<Respondent> respondent_id;
    std::string question;
    std::optional<AnswerValue> value;
    JsonColumn<std::vector<std::string>> parts;
    JsonColumn<std::vector<std::string>> chosen;
    std::string reason;
    std::string note; ///< for the respondent only
    JsonColumn<std::vector<Proof>> proofs;
    Instant answered_at;
    std::int64_t row_version = 1;
    bool operator==(const Answer&) const = default;
};
BOOST_DESCRIBE_STRUCT(Answer, (),
                      (scan_id, respondent_id, question, value, parts, chosen, reason, note, proofs, answered_at,
                       row_version))

/// What they settled together.
struct Settled {
    Id<Scan> scan_id;
    std::string question;
    std::optional<AnswerValue> value;
    JsonColumn<std::vector<std::string>> parts;
    JsonColumn<std::vector<std::string>> chosen;
    std::string reason;
    std::string note;
    JsonColumn<std::vector<Proof>> proofs;
    Instant settled_at;
    std::int64_t row_version = 1;
    bool operator==(const Settled&) const = default;

    SettledAnswer answer() const { return {question, value, parts.value, chosen.value}; }
};
BOOST_DESCRIBE_STRUCT(Settled, (),
                      (scan_id, question, value, parts, chosen, reason, note, proofs, settled_at, row_version))

/// A file as proof, without its content.
struct ProofFile {
    Id<ProofFile> id;
    Id<Scan> scan_id;
    std::optional<Id<Respondent>> respondent_id; ///< empty once the settled answer rests on it
    std::optional<Id<Action>> action_id;         ///< of a file that shows that an action is done
    std::string question;
    std::string name;
    std::string media_type;
    std::int64_t bytes = 0;
    std::string sha256;
    Instant created_at;
    bool operator==(const ProofFile&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProofFile, (),
                      (id, scan_id, respondent_id, action_id, question, name, media_type, bytes, sha256, created_at))

enum class ActionStatus { open, in_progress, waiting, done, dropped };
BOOST_DESCRIBE_ENUM(ActionStatus, open, in_progress, waiting, done, dropped)

constexpr bool is_closed(ActionStatus status)
{
    return status == ActionStatus::done || status == ActionStatus::dropped;
}

/// What is done about a weak point.
struct Action {
    Id<Action> id;
    Id<Scan> scan_id;
    std::string question;
    std::string description;
    std::string owner_function;
    Day due_on;
    ActionStatus status = ActionStatus::open;
    std::string closing_text;
    JsonColumn<std::vector<Proof>> closing_proofs;
    std::optional<Day> closed_on;
    Instant created_at;
    std::int64_t row_version = 1;
    bool operator==(const Action&) const = default;
};
BOOST_DESCRIBE_STRUCT(Action, (),
                      (id, scan_id, question, description, owner_function, due_on, status, closing_text,
                       closing_proofs, closed_on, created_at, row_version))

namespace reasons {
inline constexpr Reason no_transition{"scan-no-transition", ""};
inline constexpr Reason reason_needed{"scan-reason-needed", ""};
inline constexpr Reason not_settled{"scan-not-settled", ""};
inline constexpr Reason not_settled_yet{"scan-not-settled-yet", ""};
inline constexpr Reason nobody_invited{"scan-nobody-invited", ""};
inline constexpr Reason not_draft{"scan-not-draft", ""};
inline constexpr Reason not_open{"scan-not-open", ""};
inline constexpr Reason past_closing_day{"scan-past-closing-day", ""};
inline constexpr Reason not_in_consensus{"scan-not-in-consensus", ""};
inline constexpr Reason blind{"scan-blind", ""};
inline constexpr Reason scan_closed{"scan-closed", ""};
inline constexpr Reason not_closed{"scan-not-closed", ""};
inline constexpr Reason size_class_stays{"scan-size-class-stays", ""};
inline constexpr Reason individual_removed{"scan-individual-removed", ""};
inline constexpr Reason not_invited{"scan-not-invited", ""};
inline constexpr Reason respondent_revoked{"respondent-revoked", ""};
inline constexpr Reason already_invited{"already-invited", ""};
inline constexpr Reason has_account{"respondent-has-account", ""};
inline constexpr Reason link_ended{"link-ended", ""};
inline constexpr Reason too_many_tries{"too-many-tries", ""};
inline constexpr Reason too_many_files{"too-many-files", ""};
inline constexpr Reason not_a_municipality{"scan-not-a-municipality", ""};
inline constexpr Reason instrument_gone{"scan-instrument-gone", ""};
inline constexpr Reason file_damaged{"file-damaged", ""};
} // namespace reasons

} // namespace beproefd::quickscan
