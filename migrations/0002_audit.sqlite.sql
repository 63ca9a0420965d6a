-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- On PostgreSQL the role of everyday work has no right to change or remove entries; SQLite has no rights, so triggers
-- refuse it.
CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'an audit entry is never changed'); END;
CREATE TRIGGER audit_entry_is_never_removed BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'an audit entry is never removed'); END;
CREATE TRIGGER audit_chain_is_never_removed BEFORE DELETE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'an audit chain is never removed'); END;
