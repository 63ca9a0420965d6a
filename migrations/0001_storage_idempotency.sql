-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- A request that a browser or a program repeats after a lost answer must not create a second record: keep the answer
-- that was given, in the transaction that did the work, and give it again for a day.
CREATE TABLE storage_idempotency (
    organisation_id TEXT     NOT NULL,
    account_id      TEXT     NOT NULL,
    request_key     TEXT     NOT NULL,              -- the Idempotency-Key header, chosen by the client
    request_sha256  TEXT     NOT NULL,              -- of method, path and body: another request under the key is refused
    status          SMALLINT NOT NULL,
    body            TEXT     NOT NULL,
    location        TEXT,                           -- the Location header, when there was one
    etag            TEXT,
    at              TEXT     NOT NULL,              -- moment in UTC; removed 24 hours later
    PRIMARY KEY (organisation_id, account_id, request_key)
);
CREATE INDEX storage_idempotency_by_age ON storage_idempotency (at);
