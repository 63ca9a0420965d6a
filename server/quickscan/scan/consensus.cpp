// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Settling together: what may be seen of the individual round, and the answer that stands.

#include "quickscan/scan/service_parts.hpp"

#include <map>

namespace beproefd::quickscan {

using detail::wrong;

Result<RoundComparison> Service::comparison(const Actor& actor, const Id<Scan>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<RoundComparison> {
        Repository repository{tx, actor.organisation()};
        const auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        if (scan->state == ScanState::archived)
            return refuse(reasons::individual_removed);
        if (scan->state != ScanState::consensus && scan->state != ScanState::closed)
            return refuse(reasons::blind);
        return compare_round(instrument_of(*scan), scan->id, repository.given_answers(scan->id));
    });
}

Result<SettledList> Service::settled(const Actor& actor, const Id<Scan>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<SettledList> {
        Repository repository{tx, actor.organisation()};
        const auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        std::map<std::string, Settled> settled;
        for (auto& one : repository.settled(id))
            settled.emplace(one.question, std::move(one));
        SettledList list{.items = {}, .unsettled = {}, .participants = scan->participants.value};
        for (const auto& question : instrument_of(*scan).questions) {
            if (const auto found = settled.find(question.key); found != settled.end())
                list.items.push_back(detail::view(found->second));
            else
                list.unsettled.push_back(question.key);
        }
        return list;
    });
}

Result<SettledView> Service::put_settled(const Actor& actor, const Id<Scan>& id, const std::string& question,
                                         std::optional<std::int64_t> row_version, const AnswerInput& given)
{
    const auto input = prepared(actor, question, given);
    if (!input)
        return input.error();
    return database_.transact([&](storage::Transaction& tx) -> Result<SettledView> {
        Repository repository{tx, actor.organisation()};
        const auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        const auto* asked = instrument_of(*scan).question(question);
        if (asked == nullptr)
            return not_found();
        if (scan->state != ScanState::consensus)
            return refuse(reasons::not_in_consensus);
        auto errors = wrong_in(*asked, input->answer);
        for (auto& error : wrong_files(repository, id, question, std::nullopt, input->proofs))
            errors.push_back(std::move(error));
        std::vector<Id<ProofFile>> adopted;
        for (std::size_t i = 0; i < input->proofs.size() && errors.empty(); ++i) {
            if (!input->proofs[i].file_id)
                continue;
            const auto file = repository.file(*input->proofs[i].file_id);
            if (!may_read(repository, actor, *file))
                errors.push_back(wrong(fmt::format("/proofs/{}/fileId", i), "unknown-proof-file"));
            else if (file->respondent_id)
                adopted.push_back(file->id);
        }
        if (!errors.empty())
            return invalid(std::move(errors));

        const auto before = repository.settled(id, question);
        Settled settled{.scan_id = id,
                        .question = question,
                        .value = input->answer.value,
                        .parts = {input->answer.parts},
                        .chosen = {input->answer.values},
                        .reason = input->reason,
                        .note = input->note,
                        .proofs = {input->proofs},
                        .settled_at = clock_.now(),
                        .row_version = 1};
        if (auto kept = detail::keep(repository, settled, before, row_version); !kept)
            return kept.error();
        for (const auto& file : adopted)
            repository.adopt(file);
        const auto settled_id = fmt::format("{}/{}", id.to_text(), question);
        note_text(tx, actor, input->confirmation_used, "quickscan.settle", "quickscan_settled", settled_id);
        return detail::view(settled);
    });
}

Result<ProofFileView> Service::add_settled_file(const Actor& actor, const Id<Scan>& id, const std::string& question,
                                                const FileName& name, const std::string& bytes,
                                                const RequestIdentity& request)
{
    return take_file(actor, name, bytes, request, [&](Repository& repository) -> Result<FilePlace> {
        const auto scan = find(repository, id);
        if (!scan)
            return scan.error();
        if (instrument_of(*scan).question(question) == nullptr)
            return not_found();
        if (scan->state != ScanState::consensus)
            return refuse(reasons::not_in_consensus);
        return FilePlace{.scan = id, .question = question};
    });
}

} // namespace beproefd::quickscan
