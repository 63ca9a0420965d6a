-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- A municipality finds out where it stands: a scan, the functions that answer it, their answers, what they settled
-- together, and the actions that follow. Functions, never names of persons (docs/decisions/0001). What is a list in
-- one answer (parts, proofs) is JSON: it is read and written whole, never searched.
CREATE TABLE quickscan_scan (
    organisation_id    TEXT     NOT NULL,
    id                 TEXT     NOT NULL PRIMARY KEY,
    instrument_key     TEXT     NOT NULL,
    instrument_version BIGINT   NOT NULL,               -- a scan keeps the version it was opened with
    period_from        DATE     NOT NULL,
    period_to          DATE     NOT NULL,
    size_class         TEXT     NOT NULL CHECK (size_class IN ('small', 'medium', 'large')),
    state              TEXT     NOT NULL CHECK (state IN ('draft', 'open', 'consensus', 'closed', 'archived')),
    closes_on          DATE     NOT NULL,               -- last day for answers; links end then
    participants       TEXT     NOT NULL,               -- JSON: functions that took part in settling
    created_at         TEXT     NOT NULL,
    opened_at          TEXT,
    closed_at          TEXT,
    archived_at        TEXT,
    shared_at          TEXT,                            -- when the council was given the result
    row_version        BIGINT   NOT NULL DEFAULT 1,
    UNIQUE (organisation_id, id),
    CHECK (period_from <= period_to)
);

-- Who answers: a function of a domain, with an account or with a link.
CREATE TABLE quickscan_respondent (
    organisation_id TEXT     NOT NULL,
    id              TEXT     NOT NULL PRIMARY KEY,
    scan_id         TEXT     NOT NULL,
    domain          TEXT     NOT NULL CHECK (domain IN ('safety', 'social', 'education', 'partner')),
    function_name   TEXT     NOT NULL,
    account_id      TEXT,                               -- empty for who answers through a link
    show_function   SMALLINT NOT NULL DEFAULT 0 CHECK (show_function IN (0, 1)), -- only the respondent chooses this
    submitted_at    TEXT,
    revoked_at      TEXT,
    created_at      TEXT     NOT NULL,
    row_version     BIGINT   NOT NULL DEFAULT 1,
    UNIQUE (organisation_id, id),
    UNIQUE (scan_id, account_id),
    FOREIGN KEY (organisation_id, scan_id) REFERENCES quickscan_scan (organisation_id, id)
);
CREATE INDEX quickscan_respondent_of_account ON quickscan_respondent (organisation_id, account_id);

-- The link of a respondent without account: one at a time, known by the SHA-256 of its token only. The row goes when
-- the link is revoked or replaced.
CREATE TABLE quickscan_link (
    organisation_id TEXT NOT NULL,
    respondent_id   TEXT NOT NULL PRIMARY KEY,
    token_hash      TEXT NOT NULL UNIQUE,
    expires_on      DATE NOT NULL,                      -- last day on which it works, in Amsterdam
    created_at      TEXT NOT NULL,
    FOREIGN KEY (organisation_id, respondent_id) REFERENCES quickscan_respondent (organisation_id, id)
);

-- Sessions of those who came through a link; apart from those of accounts.
CREATE TABLE quickscan_link_session (
    organisation_id TEXT NOT NULL,
    token_hash      TEXT NOT NULL PRIMARY KEY,
    respondent_id   TEXT NOT NULL,
    created_at      TEXT NOT NULL,
    last_seen_at    TEXT NOT NULL,
    FOREIGN KEY (organisation_id, respondent_id) REFERENCES quickscan_respondent (organisation_id, id)
);
CREATE INDEX quickscan_link_session_of_respondent ON quickscan_link_session (organisation_id, respondent_id);

-- One answer of one respondent. Removed, not marked, when the scan is archived.
CREATE TABLE quickscan_answer (
    organisation_id TEXT   NOT NULL,
    scan_id         TEXT   NOT NULL,
    respondent_id   TEXT   NOT NULL,
    question        TEXT   NOT NULL,
    value           TEXT   CHECK (value IN ('yes', 'partly', 'no', 'unknown', 'not_applicable')),
    parts           TEXT   NOT NULL,                    -- JSON: keys of the parts that hold
    chosen          TEXT   NOT NULL,                    -- JSON: choices, a number or a text of a survey question
    reason          TEXT   NOT NULL,
    note            TEXT   NOT NULL,                    -- for the respondent only; never shown to another
    proofs          TEXT   NOT NULL,                    -- JSON: links, files, what is only asserted
    answered_at     TEXT   NOT NULL,
    row_version     BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (respondent_id, question),
    FOREIGN KEY (organisation_id, scan_id) REFERENCES quickscan_scan (organisation_id, id),
    FOREIGN KEY (organisation_id, respondent_id) REFERENCES quickscan_respondent (organisation_id, id)
);
CREATE INDEX quickscan_answer_of_scan ON quickscan_answer (organisation_id, scan_id);

-- What they settled together, and stays.
CREATE TABLE quickscan_settled (
    organisation_id TEXT   NOT NULL,
    scan_id         TEXT   NOT NULL,
    question        TEXT   NOT NULL,
    value           TEXT   CHECK (value IN ('yes', 'partly', 'no', 'unknown', 'not_applicable')),
    parts           TEXT   NOT NULL,
    chosen          TEXT   NOT NULL,
    reason          TEXT   NOT NULL,
    note            TEXT   NOT NULL,
    proofs          TEXT   NOT NULL,
    settled_at      TEXT   NOT NULL,
    row_version     BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (scan_id, question),
    FOREIGN KEY (organisation_id, scan_id) REFERENCES quickscan_scan (organisation_id, id)
);

-- Files that prove an answer. respondent_id is empty once the settled answer rests on the file: then it stays when the
-- individual round is removed. The content is base64 (RFC 4648), because both engines keep that the same way.
CREATE TABLE quickscan_proof_file (
    organisation_id TEXT   NOT NULL,
    id              TEXT   NOT NULL PRIMARY KEY,
    scan_id         TEXT   NOT NULL,
    respondent_id   TEXT,
    question        TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    media_type      TEXT   NOT NULL,                    -- found in the content, never believed from the sender
    bytes           BIGINT NOT NULL CHECK (bytes > 0),
    sha256          TEXT   NOT NULL,                    -- of the bytes, checked when it is given out
    content_base64  TEXT   NOT NULL,
    created_at      TEXT   NOT NULL,
    FOREIGN KEY (organisation_id, scan_id) REFERENCES quickscan_scan (organisation_id, id)
);
CREATE INDEX quickscan_proof_file_of_scan ON quickscan_proof_file (organisation_id, scan_id);

-- What is done about a weak point, by which function and before when.
CREATE TABLE quickscan_action (
    organisation_id TEXT   NOT NULL,
    id              TEXT   NOT NULL PRIMARY KEY,
    scan_id         TEXT   NOT NULL,
    question        TEXT   NOT NULL,
    description     TEXT   NOT NULL,
    owner_function  TEXT   NOT NULL,
    due_on          DATE   NOT NULL,
    status          TEXT   NOT NULL CHECK (status IN ('open', 'in_progress', 'waiting', 'done', 'dropped')),
    closing_text    TEXT   NOT NULL,
    closing_proofs  TEXT   NOT NULL,                    -- JSON
    closed_on       DATE,                               -- the day it became done or dropped
    created_at      TEXT   NOT NULL,
    row_version     BIGINT NOT NULL DEFAULT 1,
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, scan_id) REFERENCES quickscan_scan (organisation_id, id),
    CHECK ((status IN ('done', 'dropped')) = (closed_on IS NOT NULL))
);
CREATE INDEX quickscan_action_of_scan ON quickscan_action (organisation_id, scan_id);
