-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- An entry can be removed only when its whole month was closed and marked as removed. The role of everyday work may
-- remove entries, but not past this trigger, and never a closing.
CREATE OR REPLACE FUNCTION audit_guard_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_month closed
                   WHERE  closed.organisation_id = OLD.organisation_id
                   AND    OLD.number BETWEEN closed.first_number AND closed.last_number
                   AND    closed.removed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'an audit entry is only removed with its closed month' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER audit_entry_is_removed_by_month BEFORE DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_guard_entry();

CREATE OR REPLACE FUNCTION audit_guard_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.removed_at IS NOT NULL OR NEW.removed_at IS NULL
       OR (NEW.organisation_id, NEW.month, NEW.first_number, NEW.last_number, NEW.last_sha256, NEW.previous_sha256,
           NEW.sha256, NEW.closed_at)
          IS DISTINCT FROM (OLD.organisation_id, OLD.month, OLD.first_number, OLD.last_number, OLD.last_sha256,
                            OLD.previous_sha256, OLD.sha256, OLD.closed_at) THEN
        RAISE EXCEPTION 'the closing of a month is never changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_month_is_never_changed BEFORE UPDATE ON audit_month
    FOR EACH ROW EXECUTE FUNCTION audit_guard_month();
