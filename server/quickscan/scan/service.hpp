// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/accounts/service.hpp"
#include "quickscan/instrument/catalogue.hpp"
#include "quickscan/scan/limiter.hpp"
#include "quickscan/scan/repository.hpp"
#include "quickscan/scan/result.hpp"
#include "quickscan/scan/texts.hpp"
#include "quickscan/scan/views.hpp"

#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace beproefd::quickscan {

/// How long the session of a link lives.
struct LinkLimits {
    std::chrono::minutes idle{60};
    std::chrono::minutes total{480};
};

/// How long something is kept that nobody decides about (docs/explanation/privacy.md).
struct Retention {
    std::chrono::days draft{365};      ///< a scan that was never opened, since it was made
    std::chrono::days individual{365}; ///< the individual round, since the last step of the scan
    std::chrono::days unused_file{7};  ///< a file on which nothing rests
};

/// A session that begins: the token goes into the cookie, once.
struct OpenedLink {
    std::string token;
    RespondentSession session;
};

/// A file as it goes out.
struct FileContent {
    ProofFile file;
    std::string bytes;
};

/// Shared results, as a council reader sees them: scores, standing and what will be done; no reasons, notes, proof or
/// functions.
struct CouncilScanList {
    std::vector<ScanSummary> items;
};
BOOST_DESCRIBE_STRUCT(CouncilScanList, (), (items))

namespace detail {
struct Received;
}

/// Scans: opening, inviting, answering alone, settling together, the result and what is done about it.
///
/// Every change is audited in its own transaction: action and object, never a text. What it refuses stands in
/// reasons.*.json. A scan of another organisation does not exist. Until the consensus round no method gives, counts
/// or betrays in a refusal what someone else answered.
class Service
{
public:
    using RequestIdentity = auth::RequestIdentity;
    /// Gets the answer, or nothing and what broke.
    template<class T>
    using Told = std::function<void(std::optional<Result<T>>, std::exception_ptr)>;

    Service(storage::Database& database, const Clock& clock, std::function<const Instruments&()> instruments,
            LinkLimits limits = {}, Retention retention = {});

    // --- the scan (scans.cpp) ---
    Result<ScanList> scans(const Actor& actor);
    Result<ScanView> scan(const Actor& actor, const Id<Scan>& id);
    Result<ScanView> create(const Actor& actor, const NewScan& wanted, const RequestIdentity& request = {});
    Result<ScanView> change(const Actor& actor, const Id<Scan>& id, std::int64_t row_version,
                            const ScanChange& change);
    /// One step of the life cycle. Refuses with 409 what the table does not have, a missing reason, an opening
    /// without anyone invited and a closing with unsettled questions, naming them.
    Result<ScanView> step(const Actor& actor, const Id<Scan>& id, std::int64_t row_version,
                          const TransitionRequest& request);
    Result<ScanView> set_participants(const Actor& actor, const Id<Scan>& id, std::int64_t row_version,
                                      const ParticipantsInput& input);
    /// Lets the council read the result of a closed scan, or no longer.
    Result<ScanView> share_with_council(const Actor& actor, const Id<Scan>& id, std::int64_t row_version,
                                        bool shared);

    /// Removes a draft that was made by mistake, with those who were invited and their links. Refuses with 409 a scan
    /// that was opened: others may have worked on it.
    Result<void> remove_draft(const Actor& actor, const Id<Scan>& id, std::int64_t row_version);
    /// Removes drafts of all organisations that were not opened in time; each removal is audited as the program's own
    /// act. A draft tells beforehand when that is.
    void remove_old_drafts();
    /// Archives the scans of all organisations that stand where they are for longer than the individual round is
    /// kept: closed ones, and those that nobody finished, with what was settled until then. Audited as the program's
    /// own act. A scan tells beforehand when that is.
    void archive_old_scans();
    /// Removes files of all organisations that no answer, settled answer or action used for a while.
    void remove_unused_files();

    /// Refuses when a scan asks an instrument that is not there: its questions could not be shown any more. Reads no
    /// instrument as long as scans ask those of the program.
    Result<void> knows_every_instrument();

    // --- who answers (respondents.cpp) ---
    Result<RespondentList> respondents(const Actor& actor, const Id<Scan>& scan);
    Result<RespondentView> respondent(const Actor& actor, const Id<Respondent>& id);
    Result<ColleagueList> colleagues(const Actor& actor);
    Result<RespondentView> invite(const Actor& actor, const Id<Scan>& scan, const NewRespondent& wanted,
                                  const RequestIdentity& request = {});
    Result<RespondentView> revoke(const Actor& actor, const Id<Respondent>& id);
    /// A new link; the old one and its sessions end at once.
    Result<RespondentView> new_link(const Actor& actor, const Id<Respondent>& id);

    /// Trades the token of a link for a session. Unknown, ended and revoked get one and the same refusal. caller says
    /// who tries, for the limit; it is not kept.
    Result<OpenedLink> open_link(std::string_view token, std::string_view caller);
    /// Who a session of a link stands for; the public when it is unknown or ended.
    Actor authenticate(std::string_view session_token);
    Result<void> end_session(const Actor& guest, std::string_view session_token);
    void forget_ended_sessions();

    // --- answering alone (answers.cpp) ---
    /// scan: of an account; a guest answers one scan only and names none.
    Result<OwnAnswers> own_answers(const Actor& actor, const std::optional<Id<Scan>>& scan);
    Result<AnswerView> put_answer(const Actor& actor, const std::optional<Id<Scan>>& scan,
                                  const std::string& question, std::optional<std::int64_t> row_version,
                                  const AnswerInput& input);
    /// As put_answer, without a thread that waits for the disk; told on the thread that wrote.
    void put_answer_later(const Actor& actor, const std::optional<Id<Scan>>& scan, const std::string& question,
                          std::optional<std::int64_t> row_version, const AnswerInput& input, Told<AnswerView> told);
    Result<void> remove_answer(const Actor& actor, const std::optional<Id<Scan>>& scan, const std::string& question,
                               std::int64_t row_version);
    Result<OwnAnswers> submit(const Actor& actor, const std::optional<Id<Scan>>& scan, const Submission& submission);
    /// Refuses what is not one of the accepted kinds by its content, or is called otherwise than it is.
    Result<ProofFileView> add_file(const Actor& actor, const std::optional<Id<Scan>>& scan,
                                   const std::string& question, const FileName& name, const std::string& bytes,
                                   const RequestIdentity& request = {});
    Result<FileContent> file(const Actor& actor, const Id<ProofFile>& id);

    // --- settling together (consensus.cpp) ---
    Result<RoundComparison> comparison(const Actor& actor, const Id<Scan>& scan);
    Result<SettledList> settled(const Actor& actor, const Id<Scan>& scan);
    Result<SettledView> put_settled(const Actor& actor, const Id<Scan>& scan, const std::string& question,
                                    std::optional<std::int64_t> row_version, const AnswerInput& input);
    Result<ProofFileView> add_settled_file(const Actor& actor, const Id<Scan>& scan, const std::string& question,
                                           const FileName& name, const std::string& bytes,
                                           const RequestIdentity& request = {});

    // --- the result and what is done about it (actions.cpp) ---
    Result<ScanResult> result(const Actor& actor, const Id<Scan>& scan);
    Result<CouncilScanList> shared_scans(const Actor& actor);
    /// Of a scan that is closed and shared: without reasons, proof, functions and the individual round.
    Result<ScanResult> shared_result(const Actor& actor, const Id<Scan>& scan);
    /// What will be done after a scan that is closed and shared.
    Result<CouncilActionList> shared_actions(const Actor& actor, const Id<Scan>& scan);
    Result<ActionList> actions(const Actor& actor, const Id<Scan>& scan);
    Result<ActionList> all_actions(const Actor& actor, const ActionQuery& query);
    Result<ActionView> action(const Actor& actor, const Id<Action>& id);
    Result<ActionView> add_action(const Actor& actor, const Id<Scan>& scan, const NewAction& wanted,
                                  const RequestIdentity& request = {});
    Result<ActionView> change_action(const Actor& actor, const Id<Action>& id, std::int64_t row_version,
                                     const ActionChange& change);
    /// A file that shows that the action is done; closing it names the file. Checked as any file that is proof.
    Result<ProofFileView> add_action_file(const Actor& actor, const Id<Action>& id, const FileName& name,
                                          const std::string& bytes, const RequestIdentity& request = {});
    Result<WorkList> work(const Actor& actor);

    // --- for other capabilities, within their own transaction ---
    /// The result as result() gives it; for reports.
    Result<ScanResult> result_in(storage::Transaction& tx, const Id<Organisation>& organisation,
                                 const Id<Scan>& scan);
    const Instruments& instruments() const { return instruments_(); }

private:
    /// A respondent and the scan that is answered.
    struct Answering {
        Scan scan;
        Respondent respondent;
        const Instrument* instrument = nullptr;
    };

    /// What a file belongs to: an answer of a respondent, a settled answer or an action.
    struct FilePlace {
        Id<Scan> scan;
        std::string question;
        std::optional<Id<Respondent>> respondent{};
        std::optional<Id<Action>> action{};
    };

    Day today() const { return amsterdam_day(clock_.now()); }
    const Instrument& instrument_of(const Scan& scan) const;
    /// Throws std::logic_error when the program lost an instrument that scans still use.
    Result<Scan> find(Repository& scans, const Id<Scan>& id) const;
    Result<Answering> answering(Repository& scans, const Actor& actor, const std::optional<Id<Scan>>& scan) const;
    Result<void> may_answer(const Answering& answering) const;
    ScanVisibility visibility() const;
    /// When a scan with an individual round is archived by itself.
    std::optional<Day> individual_removed_on(const Scan& scan) const;
    ScanSummary summary(const Scan& scan, const ScanCounts& counts, const std::optional<Respondent>& own) const;
    ScanView view(Repository& scans, const Scan& scan, const Actor& actor) const;
    OwnAnswers own_view(Repository& scans, const Answering& answering) const;
    RespondentView view(Repository& scans, const Respondent& respondent) const;
    ActionView view(const Action& action, const Instrument& instrument) const;
    std::vector<ActionView> actions_in(Repository& repository, const Scan& scan) const;
    /// What needs no database: the limit for guests, the screening of texts, the form of proofs.
    Result<detail::Received> prepared(const Actor& actor, const std::string& question, const AnswerInput& input);
    Result<AnswerView> keep_answer(storage::Transaction& tx, const Actor& actor, const std::optional<Id<Scan>>& scan,
                                   std::optional<std::int64_t> row_version, const detail::Received& input);
    Result<void> within_limit(const Actor& actor);
    /// Refuses files of another scan or question, and those of another respondent.
    std::vector<FieldError> wrong_files(Repository& scans, const Id<Scan>& scan, const std::string& question,
                                        const std::optional<Id<Respondent>>& respondent,
                                        const std::vector<Proof>& proofs) const;
    /// `place` says what the file belongs to, or why it may not be added there.
    Result<ProofFileView> take_file(const Actor& actor, const FileName& name, const std::string& bytes,
                                    const RequestIdentity& request,
                                    const std::function<Result<FilePlace>(Repository&)>& place);
    bool may_read(Repository& scans, const Actor& actor, const ProofFile& file) const;
    void note(storage::Transaction& tx, const Actor& actor, std::string_view action, std::string_view kind,
              std::string_view id, std::string_view reason = {}) const;

    /// The same of something with texts; also tells when one of them was kept only because it was confirmed.
    void note_text(storage::Transaction& tx, const Actor& actor, bool confirmation_used, std::string_view action,
                   std::string_view kind, std::string_view id, std::string_view reason = {}) const;

    storage::Database& database_;
    const Clock& clock_;
    const std::function<const Instruments&()>
        instruments_; ///< read when first asked, so that starting waits for nothing
    const LinkLimits limits_;
    const Retention retention_;
    Limiter link_tries_{10, std::chrono::seconds{6}};
    Limiter guest_changes_{60, std::chrono::milliseconds{500}};
};

} // namespace beproefd::quickscan
