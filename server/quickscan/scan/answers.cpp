// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Answering alone: nobody else sees, counts or changes what stands here until the consensus round.

#include "platform/core/sha256.hpp"
#include "quickscan/scan/proof_file.hpp"
#include "quickscan/scan/service_parts.hpp"

namespace beproefd::quickscan {

using detail::once;
using detail::Received;
using detail::wrong;

namespace {

/// Which answer it is, in the audit trail: who and which question, never what.
std::string answer_id(const Id<Respondent>& respondent, std::string_view question)
{
    return fmt::format("{}/{}", respondent.to_text(), question);
}

} // namespace

OwnAnswers Service::own_view(Repository& scans, const Answering& answering) const
{
    const auto& [scan, respondent, instrument] = answering;
    OwnAnswers shown{.scan_id = scan.id,
                     .instrument = reference_to(*instrument),
                     .period_from = scan.period_from,
                     .period_to = scan.period_to,
                     .size_class = scan.size_class,
                     .state = scan.state,
                     .closes_on = scan.closes_on,
                     .may_answer = may_answer(answering).has_value(),
                     .questions = static_cast<int>(instrument->questions.size()),
                     .respondent = {.id = respondent.id,
                                    .domain = respondent.domain,
                                    .function = respondent.function_name,
                                    .by_link = !respondent.account_id,
                                    .show_function = respondent.show_function,
                                    .submitted_at = respondent.submitted_at},
                     .visibility = visibility(),
                     .answers = {}};
    std::map<std::string, Answer> answers;
    for (auto& one : scans.answers_of(respondent.id))
        answers.emplace(one.question, std::move(one));
    for (const auto& question : instrument->questions) {
        if (const auto found = answers.find(question.key); found != answers.end())
            shown.answers.push_back(detail::view(found->second));
    }
    return shown;
}

Result<OwnAnswers> Service::own_answers(const Actor& actor, const std::optional<Id<Scan>>& scan)
{
    return database_.read([&](storage::Transaction& tx) -> Result<OwnAnswers> {
        Repository repository{tx, actor.organisation()};
        const auto mine = answering(repository, actor, scan);
        if (!mine)
            return mine.error();
        return own_view(repository, *mine);
    });
}

Result<void> Service::within_limit(const Actor& actor)
{
    if (actor.guest().empty())
        return {};
    if (const auto wait = guest_changes_.wait(actor.guest().to_text(), clock_.now()); wait.count() > 0) {
        Problem problem{ProblemKind::too_many, reasons::too_many_tries, {}, {}, 0};
        problem.retry_after_seconds = static_cast<int>(wait.count());
        return problem;
    }
    return {};
}

Result<Received> Service::prepared(const Actor& actor, const std::string& question, const AnswerInput& input)
{
    if (auto within = within_limit(actor); !within)
        return within.error();
    auto answer = detail::received(question, input);
    Texts texts{input.confirmed.value_or(false)};
    detail::take_texts(texts, answer);
    auto errors = texts.take_errors();
    for (auto& error : detail::wrong_proofs(answer.proofs, "/proofs"))
        errors.push_back(std::move(error));
    if (!errors.empty())
        return invalid(std::move(errors));
    answer.confirmation_used = texts.used_confirmation();
    return answer;
}

std::vector<FieldError> Service::wrong_files(Repository& scans, const Id<Scan>& scan, const std::string& question,
                                             const std::optional<Id<Respondent>>& respondent,
                                             const std::vector<Proof>& proofs) const
{
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < proofs.size(); ++i) {
        if (!proofs[i].file_id)
            continue;
        const auto file = scans.file(*proofs[i].file_id);
        const bool fits = file && file->scan_id == scan && file->question == question && !file->action_id &&
                          (!respondent || !file->respondent_id || *file->respondent_id == *respondent);
        if (!fits)
            errors.push_back(wrong(fmt::format("/proofs/{}/fileId", i), "unknown-proof-file"));
    }
    return errors;
}

Result<AnswerView> Service::keep_answer(storage::Transaction& tx, const Actor& actor,
                                        const std::optional<Id<Scan>>& scan, std::optional<std::int64_t> row_version,
                                        const Received& input)
{
    Repository repository{tx, actor.organisation()};
    const auto mine = answering(repository, actor, scan);
    if (!mine)
        return mine.error();
    const auto* question = mine->instrument->question(input.answer.question);
    if (question == nullptr)
        return not_found();
    if (auto may = may_answer(*mine); !may)
        return may.error();
    auto errors = wrong_in(*question, input.answer);
    for (auto& error : wrong_files(repository, mine->scan.id, question->key, mine->respondent.id, input.proofs))
        errors.push_back(std::move(error));
    if (!errors.empty())
        return invalid(std::move(errors));

    const auto before = repository.answer(mine->respondent.id, question->key);
    Answer answer{.scan_id = mine->scan.id,
                  .respondent_id = mine->respondent.id,
                  .question = question->key,
                  .value = input.answer.value,
                  .parts = {input.answer.parts},
                  .chosen = {input.answer.values},
                  .reason = input.reason,
                  .note = input.note,
                  .proofs = {input.proofs},
                  .answered_at = clock_.now(),
                  .row_version = 1};
    if (auto kept = detail::keep(repository, answer, before, row_version); !kept)
        return kept.error();
    const auto id = answer_id(mine->respondent.id, question->key);
    note_text(tx, actor, input.confirmation_used, "quickscan.answer", "quickscan_answer", id);
    return detail::view(answer);
}

Result<AnswerView> Service::put_answer(const Actor& actor, const std::optional<Id<Scan>>& scan,
                                       const std::string& question, std::optional<std::int64_t> row_version,
                                       const AnswerInput& input)
{
    const auto answer = prepared(actor, question, input);
    if (!answer)
        return answer.error();
    return database_.transact([&](storage::Transaction& tx) -> Result<AnswerView> {
        return keep_answer(tx, actor, scan, row_version, *answer);
    });
}

void Service::put_answer_later(const Actor& actor, const std::optional<Id<Scan>>& scan, const std::string& question,
                               std::optional<std::int64_t> row_version, const AnswerInput& input,
                               Told<AnswerView> told)
{
    auto answer = prepared(actor, question, input);
    if (!answer)
        return told(answer.error(), {});
    database_.transact_async(
        [this, actor, scan, row_version, answer = *std::move(answer)](storage::Transaction& tx)
            -> Result<AnswerView> { return keep_answer(tx, actor, scan, row_version, answer); },
        [told = std::move(told)](std::optional<Result<AnswerView>> result, std::exception_ptr broken) {
            told(std::move(result), broken);
        });
}

Result<void> Service::remove_answer(const Actor& actor, const std::optional<Id<Scan>>& scan,
                                    const std::string& question, std::int64_t row_version)
{
    if (auto within = within_limit(actor); !within)
        return within.error();
    return database_.transact([&](storage::Transaction& tx) -> Result<void> {
        Repository repository{tx, actor.organisation()};
        const auto mine = answering(repository, actor, scan);
        if (!mine)
            return mine.error();
        if (auto may = may_answer(*mine); !may)
            return may.error();
        const auto before = repository.answer(mine->respondent.id, question);
        if (!before)
            return not_found();
        if (!repository.remove_answer(mine->respondent.id, question, row_version))
            return detail::stale_with(describe::to_json(detail::view(*before)));
        note(tx, actor, "quickscan.undo-answer", "quickscan_answer", answer_id(mine->respondent.id, question));
        return {};
    });
}

Result<OwnAnswers> Service::submit(const Actor& actor, const std::optional<Id<Scan>>& scan,
                                   const Submission& submission)
{
    if (auto within = within_limit(actor); !within)
        return within.error();
    return database_.transact([&](storage::Transaction& tx) -> Result<OwnAnswers> {
        Repository repository{tx, actor.organisation()};
        auto mine = answering(repository, actor, scan);
        if (!mine)
            return mine.error();
        if (auto may = may_answer(*mine); !may)
            return may.error();
        auto& respondent = mine->respondent;
        respondent.show_function = submission.show_function;
        respondent.submitted_at = clock_.now();
        if (!repository.change(respondent, respondent.row_version))
            return stale();
        ++respondent.row_version;
        note(tx, actor, "quickscan.submit-answers", "quickscan_respondent", respondent.id.to_text());
        return own_view(repository, *mine);
    });
}

// --- Files --------------------------------------------------------------------------------------------------------

Result<ProofFileView> Service::take_file(const Actor& actor, const FileName& name, const std::string& bytes,
                                         const RequestIdentity& request,
                                         const std::function<Result<FilePlace>(Repository&)>& place)
{
    auto received = detail::file_from(name, bytes, clock_.now());
    if (!received)
        return received.error();
    auto& file = received->file;
    const auto content = to_base64(bytes);
    return database_.transact([&](storage::Transaction& tx) -> Result<ProofFileView> {
        Repository repository{tx, actor.organisation()};
        const auto where = place(repository);
        if (!where)
            return where.error();
        return once<ProofFileView>(tx, actor, request, clock_.now(), [&]() -> Result<ProofFileView> {
            file.scan_id = where->scan;
            file.question = where->question;
            file.respondent_id = where->respondent;
            file.action_id = where->action;
            if (repository.files_beside(file) >= most_proof_files) {
                // One that was taken away makes room for another.
                const auto removed = repository.remove_unused_beside(file);
                if (!removed)
                    return refuse(reasons::too_many_files, {{"most", std::to_string(most_proof_files)}});
                note(tx, actor, "quickscan.remove-unused-file", "quickscan_proof_file", removed->to_text());
            }
            repository.add(file, content);
            note_text(tx, actor, received->confirmation_used, "quickscan.add-proof-file", "quickscan_proof_file",
                      file.id.to_text());
            return detail::view(file);
        });
    });
}

Result<ProofFileView> Service::add_file(const Actor& actor, const std::optional<Id<Scan>>& scan,
                                        const std::string& question, const FileName& name, const std::string& bytes,
                                        const RequestIdentity& request)
{
    if (auto within = within_limit(actor); !within)
        return within.error();
    return take_file(actor, name, bytes, request, [&](Repository& repository) -> Result<FilePlace> {
        const auto mine = answering(repository, actor, scan);
        if (!mine)
            return mine.error();
        if (mine->instrument->question(question) == nullptr)
            return not_found();
        if (auto may = may_answer(*mine); !may)
            return may.error();
        return FilePlace{.scan = mine->scan.id, .question = question, .respondent = mine->respondent.id};
    });
}

Result<FileContent> Service::file(const Actor& actor, const Id<ProofFile>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<FileContent> {
        Repository repository{tx, actor.organisation()};
        auto file = repository.file(id);
        if (!file)
            return not_found();
        if (!may_read(repository, actor, *file))
            return not_found();
        auto bytes = from_base64(repository.file_content_base64(id));
        if (!bytes || sha256_hex(*bytes) != file->sha256)
            return refuse(reasons::file_damaged);
        return FileContent{*std::move(file), *std::move(bytes)};
    });
}

bool Service::may_read(Repository& scans, const Actor& actor, const ProofFile& file) const
{
    if (!actor.guest().empty()) { // a guest has only the own answers
        if (file.respondent_id)
            return file.respondent_id->to_text() == actor.guest().to_text();
        // One that a settled answer rests on changed hands; after a reopening the own answer may still rest on it.
        const auto own = Id<Respondent>::from_text(actor.guest().to_text());
        const auto rests_on = [&](const Answer& answer) {
            return std::any_of(answer.proofs.value.begin(), answer.proofs.value.end(),
                               [&](const Proof& proof) { return proof.file_id == file.id; });
        };
        const auto answers = own ? scans.answers_of(*own) : std::vector<Answer>{};
        return std::any_of(answers.begin(), answers.end(), rests_on);
    }
    if (!file.respondent_id)
        return true; // the settled answer rests on it
    const auto own = scans.respondent(file.scan_id, actor.account());
    if (own && own->id == *file.respondent_id)
        return true;
    // Else as far as the comparison shows it: after the individual round, with the function of who chose that.
    const auto scan = scans.scan(file.scan_id);
    if (!scan || (scan->state != ScanState::consensus && scan->state != ScanState::closed))
        return false;
    const auto round = compare_round(instrument_of(*scan), scan->id, scans.given_answers(scan->id));
    for (const auto& question : round.questions) {
        for (const auto& function : question.functions) {
            for (const auto& proof : function.proofs) {
                if (proof.file_id == file.id)
                    return true;
            }
        }
    }
    return false;
}

} // namespace beproefd::quickscan
