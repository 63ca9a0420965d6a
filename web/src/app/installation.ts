// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type Answer, useResource } from './client';

export type Installation = Answer<'/api/v1/installation'>;

const plain = { theme: 'beproefd-theme', demonstration: false, owner: '', contact: '' };

/** What the operator of this installation has set: the look, who runs it, and whether its municipalities are invented.
    Until the server has answered, the plain look. */
export function useInstallation(): Installation {
  return useResource('/api/v1/installation').data ?? plain;
}
