// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/bounded.hpp"
#include "quickscan/scan/round.hpp"
#include "quickscan/scan/scan.hpp"

#include <optional>
#include <string>
#include <vector>

/// What the API takes and gives of scans.
namespace beproefd::quickscan {

using FunctionLabel = Text<1, 80>;
using Explanation = Text<0, 2000>;
using ReasonText = Text<0, 500>;

// --- The scan -----------------------------------------------------------------------------------------------------

struct InstrumentReference {
    std::string key;
    int version = 0;
    InstrumentKind kind = InstrumentKind::scored;
    Words title;
};
BOOST_DESCRIBE_STRUCT(InstrumentReference, (), (key, version, kind, title))

/// Counts only: how far it is, never what was answered.
struct ScanProgress {
    int questions = 0;
    int respondents = 0; ///< invited and not revoked
    int submitted = 0;   ///< of those, who said to be ready
    int settled = 0;     ///< questions with a settled answer
    int actions = 0;
    int actions_closed = 0;
};
BOOST_DESCRIBE_STRUCT(ScanProgress, (), (questions, respondents, submitted, settled, actions, actions_closed))

/// A step that this scan may take now, or why not yet.
struct PossibleStep {
    static constexpr auto schema_name = "ScanStep";
    ScanState to = ScanState::draft;
    bool needs_reason = false;
    bool removes_individual_answers = false;
    bool possible = false;
    std::optional<std::string> code;    ///< why not: the code of its reason
    std::vector<std::string> unsettled; ///< questions that are not settled yet
};
BOOST_DESCRIBE_STRUCT(PossibleStep, (), (to, needs_reason, removes_individual_answers, possible, code, unsettled))

/// Who will see what, as each respondent reads it before answering.
struct ScanVisibility {
    int smallest_group = smallest_shown_group;
    bool blind_until_consensus = true;
    bool function_by_own_choice = true;
    ScanState individual_answers_removed_at = ScanState::archived;
    int individual_answers_kept_days = 365; ///< at most so many after the scan was closed, or was left standing
};
BOOST_DESCRIBE_STRUCT(ScanVisibility, (),
                      (smallest_group, blind_until_consensus, function_by_own_choice, individual_answers_removed_at,
                       individual_answers_kept_days))

/// How many of one domain answer.
struct DomainProgress {
    Domain domain = Domain::safety;
    int respondents = 0;
    int submitted = 0;
};
BOOST_DESCRIBE_STRUCT(DomainProgress, (), (domain, respondents, submitted))

struct ScanSummary {
    Id<Scan> id;
    InstrumentReference instrument;
    Day period_from;
    Day period_to;
    SizeClass size_class = SizeClass::medium;
    ScanState state = ScanState::draft;
    Day closes_on;
    ScanProgress progress;
    bool shared_with_council = false;
    std::optional<Id<Respondent>> own_respondent; ///< as who the caller answers, when invited
    std::optional<Instant> own_submitted_at;
    Instant created_at;
    std::optional<Instant> opened_at;
    std::optional<Instant> closed_at;
    std::optional<Instant> archived_at;
    std::optional<Day> removed_on; ///< of a draft: from this day on it is removed, unless it was opened
    /// Of a scan with an individual round: from this day on it is archived, settled or not, and its individual
    /// answers are removed.
    std::optional<Day> individual_removed_on;
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(ScanSummary, (),
                      (id, instrument, period_from, period_to, size_class, state, closes_on, progress,
                       shared_with_council, own_respondent, own_submitted_at, created_at, opened_at, closed_at,
                       archived_at, removed_on, individual_removed_on, row_version))

struct ScanView : ScanSummary {
    static constexpr auto schema_name = "Scan";
    std::vector<PossibleStep> may;
    std::vector<DomainProgress> domains;
    ScanVisibility visibility;
    std::vector<std::string> participants; ///< functions that took part in settling
    bool individual_answers_kept = true;   ///< false once archived
};
BOOST_DESCRIBE_STRUCT(ScanView, (ScanSummary), (may, domains, visibility, participants, individual_answers_kept))

struct ScanList {
    std::vector<ScanSummary> items; ///< newest period first
};
BOOST_DESCRIBE_STRUCT(ScanList, (), (items))

struct NewScan {
    Text<1, 80> instrument;
    std::optional<Whole<1, 1000>> version; ///< the current one when absent
    Day period_from;
    Day period_to;
    SizeClass size_class = SizeClass::medium;
    Day closes_on;
};
BOOST_DESCRIBE_STRUCT(NewScan, (), (instrument, version, period_from, period_to, size_class, closes_on))

struct ScanChange {
    std::optional<Day> period_from;
    std::optional<Day> period_to;
    std::optional<SizeClass> size_class;
    std::optional<Day> closes_on;
};
BOOST_DESCRIBE_STRUCT(ScanChange, (), (period_from, period_to, size_class, closes_on))

struct TransitionRequest {
    static constexpr auto schema_name = "ScanTransitionRequest";
    ScanState to = ScanState::draft;
    std::optional<ReasonText> reason;
    std::optional<bool> confirmed;
};
BOOST_DESCRIBE_STRUCT(TransitionRequest, (), (to, reason, confirmed))

struct ParticipantsInput {
    std::vector<FunctionLabel> functions;
    std::optional<bool> confirmed;
};
BOOST_DESCRIBE_STRUCT(ParticipantsInput, (), (functions, confirmed))

struct LifeCycleView {
    static constexpr auto schema_name = "ScanLifeCycle";
    std::vector<Transition> transitions;
};
BOOST_DESCRIBE_STRUCT(LifeCycleView, (), (transitions))

// --- Respondents --------------------------------------------------------------------------------------------------

enum class LinkState { none, active, ended };
BOOST_DESCRIBE_ENUM(LinkState, none, active, ended)

struct RespondentView {
    static constexpr auto schema_name = "Respondent";
    Id<Respondent> id;
    Domain domain = Domain::safety;
    std::string function;
    std::optional<std::string> account; ///< the sign-in name, of who has an account
    LinkState link_state = LinkState::none;
    std::optional<Day> link_until;
    std::optional<std::string> link; ///< the new link, only in the answer that makes it
    int answered = 0;                ///< how many questions, never which or how
    std::optional<Instant> submitted_at;
    bool revoked = false;
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(RespondentView, (),
                      (id, domain, function, account, link_state, link_until, link, answered, submitted_at, revoked,
                       row_version))

struct RespondentList {
    std::vector<RespondentView> items;
};
BOOST_DESCRIBE_STRUCT(RespondentList, (), (items))

struct NewRespondent {
    Domain domain = Domain::safety;
    FunctionLabel function;
    std::optional<Text<1, 60>> account; ///< sign-in name or identifier in the own organisation
    std::optional<bool> link;           ///< answers through a link instead
    std::optional<Day> link_until;      ///< the closing day of the scan when absent
    std::optional<bool> confirmed;
};
BOOST_DESCRIBE_STRUCT(NewRespondent, (), (domain, function, account, link, link_until, confirmed))

/// An account of the own organisation that may answer.
struct Colleague {
    Id<Account> id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Colleague, (), (id, name))

struct ColleagueList {
    std::vector<Colleague> items;
};
BOOST_DESCRIBE_STRUCT(ColleagueList, (), (items))

struct LinkToken {
    static constexpr auto schema_name = "RespondentToken";
    Text<1, 200> token;
};
BOOST_DESCRIBE_STRUCT(LinkToken, (), (token))

/// Who answers, as that one sees it.
struct OwnRespondent {
    Id<Respondent> id;
    Domain domain = Domain::safety;
    std::string function;
    bool by_link = false;
    bool show_function = false;
    std::optional<Instant> submitted_at;
};
BOOST_DESCRIBE_STRUCT(OwnRespondent, (), (id, domain, function, by_link, show_function, submitted_at))

struct RespondentSession {
    OwnRespondent respondent;
    Id<Scan> scan_id;
    Instant ends_at;
};
BOOST_DESCRIBE_STRUCT(RespondentSession, (), (respondent, scan_id, ends_at))

// --- Answers ------------------------------------------------------------------------------------------------------

struct ProofInput {
    ProofKind kind = ProofKind::asserted;
    std::optional<Text<0, 200>> title;
    std::optional<Text<0, 500>> url;
    std::optional<Id<ProofFile>> file_id;
};
BOOST_DESCRIBE_STRUCT(ProofInput, (), (kind, title, url, file_id))

struct AnswerInput {
    std::optional<AnswerValue> value;
    std::optional<std::vector<Text<1, 40>>> parts;
    std::optional<std::vector<Text<1, 2000>>> values; ///< survey questions
    std::optional<Explanation> reason;
    std::optional<Explanation> note;
    std::optional<std::vector<ProofInput>> proofs;
    std::optional<bool> confirmed; ///< what the screening asked about points at nobody
};
BOOST_DESCRIBE_STRUCT(AnswerInput, (), (value, parts, values, reason, note, proofs, confirmed))

struct AnswerView {
    static constexpr auto schema_name = "Answer";
    std::string question;
    std::optional<AnswerValue> value;
    std::vector<std::string> parts;
    std::vector<std::string> values;
    std::string reason;
    std::string note;
    std::vector<Proof> proofs;
    bool supported = false; ///< a link or a file shows it
    Instant answered_at;
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(AnswerView, (),
                      (question, value, parts, values, reason, note, proofs, supported, answered_at, row_version))

struct OwnAnswers {
    Id<Scan> scan_id;
    InstrumentReference instrument;
    Day period_from;
    Day period_to;
    SizeClass size_class = SizeClass::medium;
    ScanState state = ScanState::draft;
    Day closes_on;
    bool may_answer = false; ///< the scan is open, the day has not passed and the respondent is not revoked
    int questions = 0;
    OwnRespondent respondent;
    ScanVisibility visibility;
    std::vector<AnswerView> answers;
};
BOOST_DESCRIBE_STRUCT(OwnAnswers, (),
                      (scan_id, instrument, period_from, period_to, size_class, state, closes_on, may_answer,
                       questions, respondent, visibility, answers))

struct Submission {
    bool show_function = false; ///< show my function, and reason and proof, with my answers
};
BOOST_DESCRIBE_STRUCT(Submission, (), (show_function))

struct ProofFileView {
    static constexpr auto schema_name = "ProofFile";
    Id<ProofFile> id;
    std::string question;
    std::string name;
    std::string media_type;
    std::int64_t bytes = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(ProofFileView, (), (id, question, name, media_type, bytes, sha256))

struct FileName {
    static constexpr auto schema_name = "ProofFileName";
    Text<1, 200> name;
    std::optional<bool> confirmed;
};
BOOST_DESCRIBE_STRUCT(FileName, (), (name, confirmed))

// --- Settling -----------------------------------------------------------------------------------------------------

struct SettledView {
    static constexpr auto schema_name = "SettledQuestion";
    std::string question;
    std::optional<AnswerValue> value;
    std::vector<std::string> parts;
    std::vector<std::string> values;
    std::string reason;
    std::string note;
    std::vector<Proof> proofs;
    bool supported = false;
    Instant settled_at;
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(SettledView, (),
                      (question, value, parts, values, reason, note, proofs, supported, settled_at, row_version))

struct SettledList {
    std::vector<SettledView> items;
    std::vector<std::string> unsettled; ///< questions still to settle, in their order
    std::vector<std::string> participants;
};
BOOST_DESCRIBE_STRUCT(SettledList, (), (items, unsettled, participants))

// --- Actions and work ---------------------------------------------------------------------------------------------

struct ActionClosing {
    Explanation text;
    std::optional<ProofInput> proof;
};
BOOST_DESCRIBE_STRUCT(ActionClosing, (), (text, proof))

struct NewAction {
    Text<1, 40> question;
    Text<1, 500> text;
    FunctionLabel owner_function;
    Day due_on;
    std::optional<bool> confirmed;
};
BOOST_DESCRIBE_STRUCT(NewAction, (), (question, text, owner_function, due_on, confirmed))

struct ActionChange {
    std::optional<Text<1, 500>> text;
    std::optional<FunctionLabel> owner_function;
    std::optional<Day> due_on;
    std::optional<ActionStatus> status;
    std::optional<ActionClosing> closing; ///< what was done, or why it is dropped
    std::optional<bool> confirmed;
};
BOOST_DESCRIBE_STRUCT(ActionChange, (), (text, owner_function, due_on, status, closing, confirmed))

struct ActionView {
    static constexpr auto schema_name = "Action";
    Id<Action> id;
    Id<Scan> scan_id;
    std::string question;
    std::string theme;
    std::string text;
    std::string owner_function;
    Day due_on;
    ActionStatus status = ActionStatus::open;
    bool overdue = false;
    std::optional<std::string> closing_text;
    std::vector<Proof> closing_proofs;
    std::optional<Day> closed_on;
    Instant created_at;
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(ActionView, (),
                      (id, scan_id, question, theme, text, owner_function, due_on, status, overdue, closing_text,
                       closing_proofs, closed_on, created_at, row_version))

/// An action as the council reads it: what, when and how it stands; not who, and not with what proof.
struct CouncilAction {
    std::string question;
    std::string theme;
    std::string text;
    Day due_on;
    ActionStatus status = ActionStatus::open;
    bool overdue = false;
};
BOOST_DESCRIBE_STRUCT(CouncilAction, (), (question, theme, text, due_on, status, overdue))

struct CouncilActionList {
    std::vector<CouncilAction> items; ///< what is due first stands first; closed ones last
};
BOOST_DESCRIBE_STRUCT(CouncilActionList, (), (items))

/// A weak point that has no action yet, with the text an action could begin with.
struct SuggestedAction {
    std::string question;
    Words text;
};
BOOST_DESCRIBE_STRUCT(SuggestedAction, (), (question, text))

struct ActionList {
    std::vector<ActionView> items; ///< what is due first stands first; closed ones last
    std::vector<SuggestedAction> suggestions;
};
BOOST_DESCRIBE_STRUCT(ActionList, (), (items, suggestions))

struct ActionQuery {
    std::optional<ActionStatus> status;
    std::optional<bool> open_only;
};
BOOST_DESCRIBE_STRUCT(ActionQuery, (), (status, open_only))

enum class WorkKind {
    answer_scan,
    open_scan,   ///< a draft waits for its respondents
    close_round, ///< everyone is ready, or the closing day passed
    settle_scan,
    action_due,
    archive_scan, ///< the individual answers served their purpose
    finish_scan,  ///< it stands still, and will be stopped within stop_announced_days
};
BOOST_DESCRIBE_ENUM(WorkKind, answer_scan, open_scan, close_round, settle_scan, action_due, archive_scan, finish_scan)

/// How many days before the program stops a scan that nobody finishes, the work list begins to say so.
inline constexpr int stop_announced_days = 60;

/// Something that waits for the caller.
struct WorkItem {
    WorkKind kind = WorkKind::answer_scan;
    Id<Scan> scan_id;
    Words title; ///< of the instrument
    std::optional<Id<Action>> action_id;
    std::optional<std::string> question;
    std::optional<std::string> text; ///< of the action
    Day due_on;
    bool overdue = false;
    int remaining = 0; ///< questions to answer or to settle; of open_scan and close_round those who are not ready
};
BOOST_DESCRIBE_STRUCT(WorkItem, (), (kind, scan_id, title, action_id, question, text, due_on, overdue, remaining))

struct WorkList {
    std::vector<WorkItem> items; ///< what is due first stands first
};
BOOST_DESCRIBE_STRUCT(WorkList, (), (items))

} // namespace beproefd::quickscan
