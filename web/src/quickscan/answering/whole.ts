// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { Question } from '../api';
import type { Entry } from '../desk';

/** Whether an answer can be sent as it is: partly needs to say which part, and not all of them. */
export function isWhole(question: Question | undefined, entry: Entry): boolean {
  if (!question) return true;
  if (question.type !== 'scale') return entry.values.length > 0 || entry.value !== null;
  if (entry.value === null) return false;
  return entry.value !== 'partly' || question.parts.length === 0 || (entry.parts.length > 0 && entry.parts.length < question.parts.length);
}
