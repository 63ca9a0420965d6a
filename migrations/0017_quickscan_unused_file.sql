-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- A file that nothing rests on is removed, but not at once: a page that is open may still use it, or undo. So it is
-- noted here since when nothing does. Beside the file, because a column after its content is slow to read in SQLite.
CREATE TABLE quickscan_unused_file (
    organisation_id TEXT NOT NULL,
    file_id         TEXT NOT NULL PRIMARY KEY REFERENCES quickscan_proof_file (id) ON DELETE CASCADE,
    since           TEXT NOT NULL
);
CREATE INDEX quickscan_unused_file_of_organisation ON quickscan_unused_file (organisation_id);
