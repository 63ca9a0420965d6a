-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What a municipality said it needs in a survey, what came of it, and a free link to what may help. The need itself is an item
-- of the survey and never free text; it stays in the municipality.
CREATE TABLE quickscan_need (
    organisation_id    TEXT   NOT NULL,
    id                 TEXT   NOT NULL PRIMARY KEY,
    instrument_key     TEXT   NOT NULL,
    instrument_version BIGINT NOT NULL,
    item               TEXT   NOT NULL,                    -- such as q8.training
    status             TEXT   NOT NULL CHECK (status IN ('open', 'contact_made', 'solved')),
    offer_title        TEXT   NOT NULL,                    -- empty without an offer
    offer_url          TEXT   NOT NULL,
    asked_on           DATE   NOT NULL,
    contact_on         DATE,
    solved_on          DATE,
    row_version        BIGINT NOT NULL DEFAULT 1,
    UNIQUE (organisation_id, instrument_key, item),
    CHECK ((offer_title = '') = (offer_url = ''))
);
