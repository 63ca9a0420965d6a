-- SPDX-FileCopyrightText: 2026 The Beproefd authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Whoever has seen what a round would publish must not open it again: after one more hand-in the difference between
-- what was seen and what is published would be that one municipality.
ALTER TABLE quickscan_round ADD COLUMN previewed_on DATE; -- empty while nobody looked
