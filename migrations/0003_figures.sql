-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What published documents say is read whole, checked whole and answered from memory, so each thing is kept as one
-- JSON text under its key; columns per member would only be a second place for the same fact. Reference data: it is
-- public and belongs to no organisation. See docs/decisions/0033.
CREATE TABLE figures_entry (
    kind     TEXT   NOT NULL,                  -- figure, document, table, rule, check, finding, cluster, …
    key      TEXT   NOT NULL,                  -- unique within its kind
    position BIGINT NOT NULL,                  -- order in the data files, from 0 within its kind
    content  TEXT   NOT NULL,                  -- JSON of the described struct
    PRIMARY KEY (kind, key)
);

-- Which data is loaded: the one row says whether loading again would change anything.
CREATE TABLE figures_edition (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number = 1),
    sha256 TEXT   NOT NULL                     -- over kind, key, position and content of every entry
);
