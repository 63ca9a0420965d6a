-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Municipalities by CBS code, ministries, agencies and implementers. Reference data that everyone may read. They never
-- disappear: what ended keeps its row, so that what it did keeps its history.
CREATE TABLE organisations_organisation (
    id            TEXT     NOT NULL PRIMARY KEY,
    kind          TEXT     NOT NULL CHECK (kind IN ('municipality', 'ministry', 'agency', 'implementer')),
    code          TEXT     NOT NULL UNIQUE,
    demonstration SMALLINT NOT NULL CHECK (demonstration IN (0, 1)),
    safety_region TEXT     NOT NULL,
    first         DATE,                       -- unknown where no list tells
    last          DATE                        -- empty while it exists
);

-- The names an organisation had. A day that no source gives is unknown and stays empty.
CREATE TABLE organisations_name (
    named_id TEXT     NOT NULL REFERENCES organisations_organisation (id),
    number   BIGINT   NOT NULL CHECK (number > 0),
    name     TEXT     NOT NULL,
    first    DATE,
    last     DATE,
    current  SMALLINT NOT NULL CHECK (current IN (0, 1)),
    source   TEXT     NOT NULL,
    PRIMARY KEY (named_id, number)
);

-- Which municipality went on as which, from a day: the CBS calls it the was-becomes table.
CREATE TABLE organisations_succession (
    was_code     TEXT NOT NULL REFERENCES organisations_organisation (code),
    becomes_code TEXT NOT NULL REFERENCES organisations_organisation (code),
    since        DATE NOT NULL,
    PRIMARY KEY (was_code, becomes_code, since)
);

-- Which lists of municipalities were imported, so that an older one is refused.
CREATE TABLE organisations_list (
    day    DATE NOT NULL PRIMARY KEY,
    source TEXT NOT NULL
);
