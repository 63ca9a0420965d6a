-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What a round publishes: counted once, withheld once, and never changed again, so that two looks at it can never be
-- subtracted from each other. These tables hold no count that may not be seen by everyone.
CREATE TABLE quickscan_picture (
    round_id           TEXT     NOT NULL PRIMARY KEY,
    instrument_key     TEXT     NOT NULL,
    instrument_version BIGINT   NOT NULL,
    title              TEXT     NOT NULL,
    criterion          TEXT     NOT NULL,
    method             TEXT     NOT NULL,
    source             TEXT     NOT NULL,
    representativeness TEXT     NOT NULL,
    population         BIGINT   NOT NULL,
    handed_in          BIGINT   NOT NULL,
    breakdowns_version BIGINT   NOT NULL,                 -- data/quickscan/breakdowns.yaml
    smallest_count     BIGINT   NOT NULL,                 -- counts from 1 to this less one are withheld
    demonstration      SMALLINT NOT NULL,
    published_on       DATE     NOT NULL
);
CREATE INDEX quickscan_picture_by_day ON quickscan_picture (instrument_key, published_on);

-- How many handed in per group; without a number when the group is too small to be shown.
CREATE TABLE quickscan_picture_group (
    round_id  TEXT   NOT NULL REFERENCES quickscan_picture (round_id),
    breakdown TEXT   NOT NULL,
    group_key       TEXT   NOT NULL,
    handed_in BIGINT,
    PRIMARY KEY (round_id, breakdown, group_key)
);

-- One count. Without a number it is withheld; it does not say why.
CREATE TABLE quickscan_picture_cell (
    round_id  TEXT   NOT NULL REFERENCES quickscan_picture (round_id),
    item      TEXT   NOT NULL,
    breakdown TEXT   NOT NULL,                            -- empty for the whole country
    group_key       TEXT   NOT NULL,
    answer    TEXT   NOT NULL,
    counted   BIGINT,
    lower     DOUBLE PRECISION,                           -- 95% interval of the share, whole country only
    upper     DOUBLE PRECISION,
    PRIMARY KEY (round_id, item, breakdown, group_key, answer)
);
