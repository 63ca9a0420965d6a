// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { Texts } from '../ui/language';
import en from './audit-words.en.json';
import nl from './audit-words.nl.json';

// Apart from the other texts of the accounts: only the audit log names what was done.

/** What was done and to what, by the keys of the audit trail. */
export const auditWords: Texts<{ actions: Record<string, string>; objects: Record<string, string> }> = { nl, en };
