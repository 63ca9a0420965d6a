-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Work in the background outlives the process that does it: its input and its last checkpoint are kept, and whoever
-- does it holds a lease that ends by itself when that process is gone. Then another takes it over.
ALTER TABLE jobs_job ADD COLUMN input TEXT NOT NULL DEFAULT '{}';          -- JSON; its form belongs to the kind
ALTER TABLE jobs_job ADD COLUMN stage TEXT NOT NULL DEFAULT '';            -- key of the sentence that says what is done now
ALTER TABLE jobs_job ADD COLUMN checkpoint TEXT;                           -- JSON; from where the work can go on
ALTER TABLE jobs_job ADD COLUMN attempts BIGINT NOT NULL DEFAULT 0;        -- how often it was begun and not handed back
ALTER TABLE jobs_job ADD COLUMN owner TEXT;                                -- which runner does it
ALTER TABLE jobs_job ADD COLUMN lease_until TEXT;                          -- after this moment anyone may take it over
ALTER TABLE jobs_job ADD COLUMN cancel_asked SMALLINT NOT NULL DEFAULT 0;  -- noticed by who does it, in any process
CREATE INDEX jobs_job_by_state ON jobs_job (state, created_at);

-- The file that a job gave, such as a report as PDF. Removed with the job.
CREATE TABLE jobs_file (
    organisation_id TEXT   NOT NULL,
    job_id          TEXT   NOT NULL PRIMARY KEY REFERENCES jobs_job (id),
    name            TEXT   NOT NULL,                      -- as it is saved: factsheet-2024.pdf
    media_type      TEXT   NOT NULL,
    size            BIGINT NOT NULL CHECK (size >= 0),    -- bytes
    sha256          TEXT   NOT NULL,
    content         BYTEA  NOT NULL
);
