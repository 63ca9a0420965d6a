-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- The chain of an organisation is closed per month, so that a month past its term of retention can be removed as a
-- whole while what comes after it can still be verified: the closing keeps the hash of its last entry and stays.
CREATE TABLE audit_month (
    organisation_id TEXT   NOT NULL,
    month           TEXT   NOT NULL CHECK (length(month) = 7),  -- 2026-11, in UTC
    first_number    BIGINT NOT NULL CHECK (first_number > 0),
    last_number     BIGINT NOT NULL,
    last_sha256     TEXT   NOT NULL,                            -- of entry last_number
    previous_sha256 TEXT   NOT NULL,                            -- of the closing before this one
    sha256          TEXT   NOT NULL,                            -- of this closing
    closed_at       TEXT   NOT NULL,
    removed_at      TEXT,                                       -- when its entries were removed
    PRIMARY KEY (organisation_id, month),
    CHECK (first_number <= last_number)
);
