// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import documents from '../../../data/published/documents.yaml?raw';
import { documentNames } from './document-names';

describe('The short names of the documents', () => {
  it.each(['nl', 'en'] as const)('are there for each document that holds a figure, and for no other, in %s', (language) => {
    const held = [...documents.matchAll(/^ {2}- id: (\S+)$/gm)].map((match) => match[1]);

    expect(held.length).toBeGreaterThan(3);
    expect(Object.keys(documentNames[language]).sort()).toEqual(held.sort());
  });
});
