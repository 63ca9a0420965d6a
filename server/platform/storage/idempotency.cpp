// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/idempotency.hpp"

namespace beproefd::storage {

namespace {

struct Kept {
    std::string request_sha256;
    int status = 0;
    std::string body;
    std::optional<std::string> location;
    std::optional<std::string> etag;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (request_sha256, status, body, location, etag))

} // namespace

Result<std::optional<KeptAnswer>> answer_given(Transaction& tx, const RequestKey& request)
{
    auto kept = tx.optional<Kept>(R"(
        SELECT request_sha256, status, body, location, etag
        FROM   storage_idempotency
        WHERE  organisation_id = $1 AND account_id = $2 AND request_key = $3)",
                                  tx.organisation(), request.account_id, request.key);
    if (!kept)
        return std::optional<KeptAnswer>{};
    if (kept->request_sha256 != request.request_sha256)
        return refuse(reason_idempotency_key_reused);
    return std::optional<KeptAnswer>{
        KeptAnswer{kept->status, std::move(kept->body), std::move(kept->location), std::move(kept->etag)}};
}

void keep_answer(Transaction& tx, const RequestKey& request, const KeptAnswer& answer, Instant now)
{
    tx.insert_own("storage_idempotency",
                  Kept{request.request_sha256, answer.status, answer.body, answer.location, answer.etag},
                  with("account_id", request.account_id), with("request_key", request.key), with("at", now));
}

std::int64_t remove_old_answers(Transaction& tx, Instant now)
{
    tx.act_through(housekeeping_purpose);
    return tx.execute(R"(
        DELETE FROM storage_idempotency
        WHERE (organisation_id, account_id, request_key) IN (
            SELECT organisation_id, account_id, request_key FROM storage_idempotency WHERE at < $1 ORDER BY at LIMIT 500))",
                      now.plus(-idempotency_kept_for));
}

} // namespace beproefd::storage
