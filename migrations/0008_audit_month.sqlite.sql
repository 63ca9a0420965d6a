-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- An entry can be removed only when its whole month was closed and marked as removed.
DROP TRIGGER audit_entry_is_never_removed;
CREATE TRIGGER audit_entry_is_removed_by_month BEFORE DELETE ON audit_entry
WHEN NOT EXISTS (SELECT 1 FROM audit_month month
                 WHERE  month.organisation_id = OLD.organisation_id
                 AND    OLD.number BETWEEN month.first_number AND month.last_number
                 AND    month.removed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'an audit entry is only removed with its closed month'); END;
CREATE TRIGGER audit_month_is_never_removed BEFORE DELETE ON audit_month
BEGIN SELECT RAISE(ABORT, 'the closing of a month is never removed'); END;
CREATE TRIGGER audit_month_is_never_changed BEFORE UPDATE ON audit_month
WHEN OLD.removed_at IS NOT NULL OR NEW.removed_at IS NULL
     OR NEW.organisation_id <> OLD.organisation_id OR NEW.month <> OLD.month OR NEW.first_number <> OLD.first_number
     OR NEW.last_number <> OLD.last_number OR NEW.last_sha256 <> OLD.last_sha256
     OR NEW.previous_sha256 <> OLD.previous_sha256 OR NEW.sha256 <> OLD.sha256 OR NEW.closed_at <> OLD.closed_at
BEGIN SELECT RAISE(ABORT, 'the closing of a month is never changed'); END;
