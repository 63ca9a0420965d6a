// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/time.hpp"
#include "platform/storage/transaction.hpp"

#include <optional>
#include <string>

namespace beproefd::storage {

/// The same Idempotency-Key came with another request.
inline constexpr Reason reason_idempotency_key_reused{"idempotency-key-reused",
                                                      "draft-ietf-httpapi-idempotency-key-header"};

/// How long an answer is given again.
inline constexpr std::chrono::hours idempotency_kept_for{24};

/// The door through which old answers are removed for all organisations.
inline constexpr Purpose housekeeping_purpose{"housekeeping"};

/// Which request it is: the account chose the key; the hash covers method, path and body.
struct RequestKey {
    std::string account_id;
    std::string key;
    std::string request_sha256;
};

/// What was answered.
struct KeptAnswer {
    int status = 0;
    std::string body;
    std::optional<std::string> location;
    std::optional<std::string> etag;
};

/// The answer given before under this key, or nothing when it is new. Another request under the same key is a
/// conflict. The transaction acts for the organisation of the account.
Result<std::optional<KeptAnswer>> answer_given(Transaction& tx, const RequestKey& request);

/// Keeps the answer, in the transaction that did the work. Of two that race, the second ends in a UniqueViolation or
/// is run again, and then finds the answer of the first.
void keep_answer(Transaction& tx, const RequestKey& request, const KeptAnswer& answer, Instant now);

/// Removes what is older than 24 hours, of all organisations, at most 500 at a time. Answers how many went.
std::int64_t remove_old_answers(Transaction& tx, Instant now);

} // namespace beproefd::storage
