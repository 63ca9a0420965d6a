// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type Problem, Refused, send } from '../../app/client';
import type { Language } from '../../ui/language';
import type { Upload } from './proofs';

/** Sends a file that proves an answer. The answer refers to it from then on. */
export function uploader(url: string, language: Language): Upload {
  return async (file, title, confirmed) => {
    try {
      const { data } = await send('POST', `${url}?name=${encodeURIComponent(file.name)}${confirmed ? '&confirmed=true' : ''}`, language, {
        body: file, idempotencyKey: crypto.randomUUID(),
      });
      return { proof: { kind: 'file', title, fileId: (data as { id: string }).id } };
    } catch (error) {
      return { problem: error instanceof Refused ? error.problem : { status: 500, title: '' } satisfies Problem };
    }
  };
}
