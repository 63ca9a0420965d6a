-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Work that goes on after its request was answered: how far it is, and what came of it. The work itself lives in the
-- process that runs it; a row that outlives that process is marked failed at the next start.
CREATE TABLE jobs_job (
    organisation_id    TEXT   NOT NULL,
    id                 TEXT   NOT NULL PRIMARY KEY,
    kind               TEXT   NOT NULL,                    -- such as audit-verification
    account_id         TEXT   NOT NULL,                    -- who started it
    state              TEXT   NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    progress           BIGINT NOT NULL CHECK (progress BETWEEN 0 AND 100),
    result             TEXT,                               -- JSON; its form belongs to the kind
    problem            TEXT,                               -- code of the reason it failed
    problem_parameters TEXT,                               -- JSON: what is filled in at {name} in the sentence
    created_at         TEXT   NOT NULL,
    started_at         TEXT,
    ended_at           TEXT,
    CHECK ((state = 'done') = (result IS NOT NULL)),
    CHECK ((state = 'failed') = (problem IS NOT NULL)),
    CHECK ((state IN ('queued', 'running')) = (ended_at IS NULL))
);
CREATE INDEX jobs_job_by_end ON jobs_job (ended_at);
