// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { TagKind } from '../../ui/tags';
import type { ActionStatus } from '../api';

/** The tint of each status of an action, always beside its word. */
export const statusKind: Record<ActionStatus, TagKind> = { open: 'act', in_progress: 'act', waiting: 'warn', done: 'ok', dropped: 'theme' };
