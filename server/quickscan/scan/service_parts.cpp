// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/service_parts.hpp"

#include "platform/auth/accounts/on_record.hpp"
#include "platform/core/sha256.hpp"
#include "quickscan/scan/proof_file.hpp"

namespace beproefd::quickscan {

namespace detail {

Received received(const std::string& question, const AnswerInput& input)
{
    Received answer{.answer = {.question = question,
                               .value = input.value,
                               .parts = plain_texts(input.parts),
                               .values = plain_texts(input.values)},
                    .reason = input.reason ? input.reason->to_text() : "",
                    .note = input.note ? input.note->to_text() : "",
                    .proofs = {}};
    if (input.proofs) {
        for (const auto& one : *input.proofs)
            answer.proofs.push_back(plain(one));
    }
    return answer;
}

void take_texts(Texts& texts, const Received& answer)
{
    texts.take("/reason", answer.reason);
    texts.take("/note", answer.note);
    for (std::size_t i = 0; i < answer.answer.values.size(); ++i)
        texts.take(fmt::format("/values/{}", i), answer.answer.values[i]);
    for (std::size_t i = 0; i < answer.proofs.size(); ++i) {
        texts.take(fmt::format("/proofs/{}/title", i), answer.proofs[i].title);
        if (answer.proofs[i].url)
            texts.take(fmt::format("/proofs/{}/url", i), *answer.proofs[i].url);
    }
}

std::vector<FieldError> wrong_proof(const Proof& proof, std::string_view pointer)
{
    std::vector<FieldError> errors;
    const auto at = [&](std::string_view member) { return fmt::format("{}/{}", pointer, member); };
    if ((proof.kind == ProofKind::link) != proof.url.has_value())
        errors.push_back(wrong(at("url"), proof.url ? "proof-not-here" : "required"));
    else if (proof.url && !is_proof_address(*proof.url))
        errors.push_back(wrong(at("url"), "proof-address"));
    if ((proof.kind == ProofKind::file) != proof.file_id.has_value())
        errors.push_back(wrong(at("fileId"), proof.file_id ? "proof-not-here" : "required"));
    return errors;
}

std::vector<FieldError> wrong_proofs(const std::vector<Proof>& proofs, std::string_view pointer)
{
    constexpr std::size_t most = 10;
    std::vector<FieldError> errors;
    if (proofs.size() > most)
        errors.push_back(wrong(std::string{pointer}, "too-many-proofs", {{"most", std::to_string(most)}}));
    for (std::size_t i = 0; i < proofs.size(); ++i) {
        for (auto& error : wrong_proof(proofs[i], fmt::format("{}/{}", pointer, i)))
            errors.push_back(std::move(error));
    }
    return errors;
}

Proof plain(const ProofInput& proof)
{
    return {proof.kind, proof.title ? proof.title->to_text() : "",
            proof.url ? std::optional{proof.url->to_text()} : std::nullopt, proof.file_id};
}

AnswerView view(const Answer& answer)
{
    return {.question = answer.question,
            .value = answer.value,
            .parts = answer.parts.value,
            .values = answer.chosen.value,
            .reason = answer.reason,
            .note = answer.note,
            .proofs = answer.proofs.value,
            .supported = is_supported(answer.proofs.value),
            .answered_at = answer.answered_at,
            .row_version = answer.row_version};
}

SettledView view(const Settled& settled)
{
    return {.question = settled.question,
            .value = settled.value,
            .parts = settled.parts.value,
            .values = settled.chosen.value,
            .reason = settled.reason,
            .note = settled.note,
            .proofs = settled.proofs.value,
            .supported = is_supported(settled.proofs.value),
            .settled_at = settled.settled_at,
            .row_version = settled.row_version};
}

ProofFileView view(const ProofFile& file)
{
    return {file.id, file.question, file.name, file.media_type, file.bytes, file.sha256};
}

Result<ReceivedFile> file_from(const FileName& name, const std::string& bytes, Instant now)
{
    if (bytes.empty())
        return invalid({wrong("", "file-empty")});
    const auto kind = kind_of_file(bytes);
    if (!kind)
        return Problem{ProblemKind::unsupported, {"file-not-accepted", ""}, {}, {}, 0};
    auto safe = safe_file_name(name.name.to_text());
    if (!name_fits(safe, *kind))
        return Problem{ProblemKind::unsupported,
                       {"file-disguised", ""},
                       {{"name", safe}, {"extension", std::string{kind->extension}}},
                       {},
                       0};
    Texts texts{name.confirmed.value_or(false)};
    texts.take("?name", safe);
    if (auto errors = texts.take_errors(); !errors.empty())
        return invalid(std::move(errors));
    return ReceivedFile{.file = {.id = Id<ProofFile>::create(),
                                 .scan_id = {},
                                 .respondent_id = {},
                                 .action_id = {},
                                 .question = {},
                                 .name = std::move(safe),
                                 .media_type = std::string{kind->media_type},
                                 .bytes = static_cast<std::int64_t>(bytes.size()),
                                 .sha256 = sha256_hex(bytes),
                                 .created_at = now},
                        .confirmation_used = texts.used_confirmation()};
}

} // namespace detail

// --- What all methods use -----------------------------------------------------------------------------------------

Service::Service(storage::Database& database, const Clock& clock, std::function<const Instruments&()> instruments,
                 LinkLimits limits, Retention retention)
    : database_(database), clock_(clock), instruments_(std::move(instruments)), limits_(limits), retention_(retention)
{
}

void Service::note(storage::Transaction& tx, const Actor& actor, std::string_view action, std::string_view kind,
                   std::string_view id, std::string_view reason) const
{
    audit::record(tx, auth::on_record(actor), action, {std::string{kind}, std::string{id}}, reason, clock_);
}

void Service::note_text(storage::Transaction& tx, const Actor& actor, bool confirmation_used, std::string_view action,
                        std::string_view kind, std::string_view id, std::string_view reason) const
{
    note(tx, actor, action, kind, id, reason);
    if (confirmation_used)
        note(tx, actor, "quickscan.confirm-text", kind, id);
}

const Instrument& Service::instrument_of(const Scan& scan) const
{
    const auto* found = instruments_().find(scan.instrument_key, scan.instrument_version);
    if (found == nullptr)
        throw std::logic_error(fmt::format("instrument {} version {} is gone, but scan {} uses it",
                                           scan.instrument_key, scan.instrument_version, scan.id.to_text()));
    return *found;
}

Result<Scan> Service::find(Repository& scans, const Id<Scan>& id) const
{
    auto found = scans.scan(id);
    if (!found)
        return not_found();
    return *std::move(found);
}

Result<Service::Answering> Service::answering(Repository& scans, const Actor& actor,
                                              const std::optional<Id<Scan>>& scan) const
{
    std::optional<Respondent> respondent;
    if (!actor.guest().empty()) {
        if (const auto id = Id<Respondent>::from_text(actor.guest().to_text()))
            respondent = scans.respondent(*id);
        if (!respondent)
            return not_found();
    }
    auto found = find(scans, respondent ? respondent->scan_id : scan.value_or(Id<Scan>{}));
    if (!found)
        return found.error();
    if (found->state == ScanState::archived)
        return refuse(reasons::individual_removed);
    if (!respondent)
        respondent = scans.respondent(found->id, actor.account());
    if (!respondent)
        return Problem{ProblemKind::not_permitted, reasons::not_invited, {}, {}, 0};
    if (respondent->revoked_at)
        return Problem{ProblemKind::not_permitted, reasons::respondent_revoked, {}, {}, 0};
    const auto& instrument = instrument_of(*found);
    return Answering{*std::move(found), *std::move(respondent), &instrument};
}

Result<void> Service::may_answer(const Answering& answering) const
{
    if (answering.scan.state != ScanState::open)
        return refuse(reasons::not_open);
    if (today() > answering.scan.closes_on)
        return refuse(reasons::past_closing_day, {{"day", answering.scan.closes_on.to_text()}});
    return {};
}

} // namespace beproefd::quickscan
