-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- That an action is done may be shown with a file, as an answer may: which action a file belongs to.
ALTER TABLE quickscan_proof_file ADD COLUMN action_id TEXT; -- empty for a file that proves an answer
