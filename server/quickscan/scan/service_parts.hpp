// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// What the files of the service share; nobody else includes it.

#pragma once

#include "platform/describe/json.hpp"
#include "platform/http/problem.hpp"
#include "platform/storage/idempotency.hpp"
#include "quickscan/scan/service.hpp"

#include <algorithm>

namespace beproefd::quickscan::detail {

/// Does the work once for one Idempotency-Key: a repeated request gets the answer of the first. `kept` makes of the
/// answer what may be kept, such as a respondent without the link.
template<class View, class Work, class Kept>
Result<View> once(storage::Transaction& tx, const Actor& actor, const auth::RequestIdentity& request, Instant now,
                  Work work, Kept kept)
{
    if (request.key.empty())
        return work();
    const std::string who = actor.signed_in() ? actor.account().to_text() : actor.guest().to_text();
    const storage::RequestKey key{who, request.key, request.fingerprint};
    const auto before = storage::answer_given(tx, key);
    if (!before)
        return before.error();
    if (*before)
        return describe::read_json<View>((*before)->body);
    Result<View> made = work();
    if (made)
        storage::keep_answer(tx, key, {201, describe::to_json(kept(*made)), std::nullopt, std::nullopt}, now);
    return made;
}

template<class View, class Work>
Result<View> once(storage::Transaction& tx, const Actor& actor, const auth::RequestIdentity& request, Instant now,
                  Work work)
{
    return once<View>(tx, actor, request, now, std::move(work), [](const View& view) { return view; });
}

AnswerView view(const Answer& answer);
SettledView view(const Settled& settled);
ProofFileView view(const ProofFile& file);

inline FieldError wrong(std::string pointer, std::string code, std::vector<Parameter> parameters = {})
{
    return {.pointer = std::move(pointer), .code = std::move(code), .parameters = std::move(parameters)};
}

/// A round ends within a year: until then its respondents' answers are kept (privacy rule on keeping times).
inline constexpr int longest_round_days = 366;

/// What is wrong with a last day that lies further away than a round may take.
inline std::optional<FieldError> too_far(std::string pointer, Day day, Day today)
{
    const auto last = today.plus(longest_round_days);
    if (day <= last)
        return std::nullopt;
    return wrong(std::move(pointer), "day-too-far", {{"day", last.to_text()}});
}

inline Problem stale_with(std::string stored)
{
    Problem problem = stale();
    problem.stored = std::move(stored);
    return problem;
}

/// Keeps an answer or what was settled: adds it, or changes the one there was when that is still `row_version`.
/// Refuses a change without version, one that another overtook (with what is stored now) and one of what is gone.
template<class Row>
Result<void> keep(Repository& scans, Row& row, const std::optional<Row>& before,
                  std::optional<std::int64_t> row_version)
{
    if (!before) {
        if (row_version || !scans.add(row))
            return stale(); // what was seen is gone, undone elsewhere; or another was first just now
        return {};
    }
    if (!row_version)
        return http::if_match_missing();
    if (*row_version != before->row_version || !scans.change(row, *row_version))
        return stale_with(describe::to_json(view(*before)));
    row.row_version = *row_version + 1;
    return {};
}

template<class Entity>
std::vector<std::string> plain_texts(const std::optional<std::vector<Entity>>& texts)
{
    std::vector<std::string> plain;
    if (texts) {
        for (const auto& one : *texts)
            plain.push_back(one.to_text());
    }
    return plain;
}

/// An answer as it came, ready to be checked and kept.
struct Received {
    SettledAnswer answer;
    std::string reason;
    std::string note;
    std::vector<Proof> proofs;
    bool confirmation_used = false;
};

Received received(const std::string& question, const AnswerInput& input);

/// Every text of an answer goes past the screening, and proofs are what they say.
void take_texts(Texts& texts, const Received& answer);
std::vector<FieldError> wrong_proof(const Proof& proof, std::string_view pointer);
std::vector<FieldError> wrong_proofs(const std::vector<Proof>& proofs, std::string_view pointer);
Proof plain(const ProofInput& proof);

/// The file as it will be kept, or why not: what it is follows from its content.
struct ReceivedFile {
    ProofFile file;
    bool confirmation_used = false;
};
Result<ReceivedFile> file_from(const FileName& name, const std::string& bytes, Instant now);

} // namespace beproefd::quickscan::detail
