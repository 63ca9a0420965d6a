-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Who did what, when and why, written with the change itself. Each entry holds the hash of the one before it in its
-- organisation, so that a changed, removed or inserted entry shows (BIO2, logging). Never the name of a person.
CREATE TABLE audit_entry (
    organisation_id TEXT    NOT NULL,
    number          BIGINT  NOT NULL CHECK (number > 0),  -- 1, 2, 3 … within the organisation
    at              TEXT    NOT NULL,                     -- moment in UTC
    account_id      TEXT,                                 -- empty for the program itself
    function_name   TEXT    NOT NULL,                     -- the role in which it was done
    action          TEXT    NOT NULL,                     -- such as grants.award
    object_kind     TEXT    NOT NULL,
    object_id       TEXT    NOT NULL,
    reason          TEXT    NOT NULL,
    previous_sha256 TEXT    NOT NULL,
    sha256          TEXT    NOT NULL,
    PRIMARY KEY (organisation_id, number)
);

-- The last entry of each chain, so that entries cut off from the end show too. It is changed with every entry.
CREATE TABLE audit_chain (
    organisation_id TEXT    NOT NULL PRIMARY KEY,
    number          BIGINT  NOT NULL,
    sha256          TEXT    NOT NULL
);
