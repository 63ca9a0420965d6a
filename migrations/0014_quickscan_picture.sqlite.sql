-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What is published stays as it is. PostgreSQL gives no right to change or remove it; SQLite has no rights, so triggers
-- refuse it.
CREATE TRIGGER quickscan_picture_is_never_changed BEFORE UPDATE ON quickscan_picture
BEGIN SELECT RAISE(ABORT, 'a published count is never changed'); END;
CREATE TRIGGER quickscan_picture_is_never_removed BEFORE DELETE ON quickscan_picture
BEGIN SELECT RAISE(ABORT, 'a published count is never removed'); END;
CREATE TRIGGER quickscan_picture_group_is_never_changed BEFORE UPDATE ON quickscan_picture_group
BEGIN SELECT RAISE(ABORT, 'a published count is never changed'); END;
CREATE TRIGGER quickscan_picture_group_is_never_removed BEFORE DELETE ON quickscan_picture_group
BEGIN SELECT RAISE(ABORT, 'a published count is never removed'); END;
CREATE TRIGGER quickscan_picture_cell_is_never_changed BEFORE UPDATE ON quickscan_picture_cell
BEGIN SELECT RAISE(ABORT, 'a published count is never changed'); END;
CREATE TRIGGER quickscan_picture_cell_is_never_removed BEFORE DELETE ON quickscan_picture_cell
BEGIN SELECT RAISE(ABORT, 'a published count is never removed'); END;
