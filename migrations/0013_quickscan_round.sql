-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- National rounds. A municipality hands in by an act of its own, which makes a copy in the rows of the organisation
-- that holds the round. The copy does not say whose it is: its id is random and it has no moment, so that it cannot be
-- matched with a log either. Only the municipality's own row knows the id, to withdraw the copy again.
CREATE TABLE quickscan_round (
    organisation_id    TEXT     NOT NULL,                 -- who holds the round
    id                 TEXT     NOT NULL PRIMARY KEY,
    instrument_key     TEXT     NOT NULL,
    instrument_version BIGINT   NOT NULL,
    title              TEXT     NOT NULL,
    criterion          TEXT     NOT NULL,                 -- who may take part
    method             TEXT     NOT NULL,                 -- how the answers came about
    source             TEXT     NOT NULL,                 -- on whose word: the source per respondent
    representativeness TEXT     NOT NULL,                 -- the remark that stands on every figure
    population         BIGINT   NOT NULL CHECK (population > 0),
    state              TEXT     NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'published')),
    demonstration      SMALLINT NOT NULL,
    opened_on          DATE,
    closed_on          DATE,
    published_on       DATE,
    row_version        BIGINT   NOT NULL DEFAULT 1,
    UNIQUE (organisation_id, id),
    CHECK ((state = 'published') = (published_on IS NOT NULL))
);

-- What was handed in: one row for each municipality that did, without its name.
CREATE TABLE quickscan_round_copy (
    organisation_id TEXT NOT NULL,                        -- of the round
    id              TEXT NOT NULL PRIMARY KEY,            -- random, says nothing about when or who
    round_id        TEXT NOT NULL,
    size_class      TEXT NOT NULL,
    safety_region   TEXT NOT NULL,                        -- empty when the municipality has none
    answers         TEXT NOT NULL,                        -- JSON: item and settled answer, nothing else
    FOREIGN KEY (organisation_id, round_id) REFERENCES quickscan_round (organisation_id, id)
);
CREATE INDEX quickscan_round_copy_by_round ON quickscan_round_copy (round_id);

-- The municipality's own proof of what it handed in, and its way to withdraw it. Removed when it is withdrawn; the
-- audit trail keeps that both happened.
CREATE TABLE quickscan_hand_in (
    organisation_id TEXT NOT NULL,                        -- the municipality
    id              TEXT NOT NULL PRIMARY KEY,
    round_id        TEXT NOT NULL,
    scan_id         TEXT NOT NULL,
    copy_id         TEXT NOT NULL,
    handed_in_on    DATE NOT NULL,
    size_class      TEXT NOT NULL,
    safety_region   TEXT NOT NULL,
    answers         TEXT NOT NULL,                        -- JSON: exactly what left
    UNIQUE (organisation_id, round_id)
);
