-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- A scan that nobody finishes keeps individual answers that no longer serve anything. Since when a scan stands where it
-- stands says when that has lasted long enough; a reopening counts anew (docs/decisions/0089).
ALTER TABLE quickscan_scan ADD COLUMN stepped_at TEXT NOT NULL DEFAULT '';
UPDATE quickscan_scan SET stepped_at = COALESCE(archived_at, closed_at, opened_at, created_at);
