-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- The professionals who sign in, what they may do, and their sessions. No other person is known anywhere.
CREATE TABLE auth_account (
    organisation_id      TEXT     NOT NULL REFERENCES organisations_organisation (id),
    id                   TEXT     NOT NULL PRIMARY KEY,
    name                 TEXT     NOT NULL UNIQUE,     -- a sign-in name, unique in the installation
    password_hash        TEXT     NOT NULL,            -- argon2id; empty until a first one-time password is given
    must_change_password SMALLINT NOT NULL CHECK (must_change_password IN (0, 1)),
    disabled             SMALLINT NOT NULL CHECK (disabled IN (0, 1)),
    created_at           TEXT     NOT NULL,
    row_version          BIGINT   NOT NULL DEFAULT 1,
    UNIQUE (organisation_id, id)
);

CREATE TABLE auth_account_role (
    organisation_id TEXT NOT NULL,
    account_id      TEXT NOT NULL,
    role            TEXT NOT NULL,
    PRIMARY KEY (organisation_id, account_id, role),
    FOREIGN KEY (organisation_id, account_id) REFERENCES auth_account (organisation_id, id)
);

-- Only the SHA-256 of a token is kept: who reads the database cannot use a session.
CREATE TABLE auth_session (
    organisation_id TEXT NOT NULL,
    token_hash      TEXT NOT NULL PRIMARY KEY,
    account_id      TEXT NOT NULL,
    created_at      TEXT NOT NULL,
    last_seen_at    TEXT NOT NULL,
    FOREIGN KEY (organisation_id, account_id) REFERENCES auth_account (organisation_id, id)
);
CREATE INDEX auth_session_of_account ON auth_session (organisation_id, account_id);

-- Failed attempts in a row per name, by its SHA-256 and whether or not such an account exists, so that the delay tells
-- nothing about which names do.
CREATE TABLE auth_sign_in_attempt (
    name_hash      TEXT   NOT NULL PRIMARY KEY,
    failures       BIGINT NOT NULL,
    last_failed_at TEXT   NOT NULL
);
