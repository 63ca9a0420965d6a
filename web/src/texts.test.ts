// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';

const files = import.meta.glob<unknown>('./**/*.{nl,en}.json', { eager: true, import: 'default' });
const dutch = Object.keys(files).filter((path) => path.endsWith('.nl.json'));

/** Every key with the {names} that its text must be given. A list counts by its length. */
function shape(value: unknown, at = ''): string[] {
  if (typeof value === 'string') return [`${at} ${(value.match(/\{\w+\}/g) ?? []).sort().join('')}`];
  if (Array.isArray(value)) return value.flatMap((item, index) => shape(item, `${at}[${index}]`));
  return Object.entries(value as Record<string, unknown>).flatMap(([key, item]) => shape(item, `${at}.${key}`));
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Object.values(value as Record<string, unknown>).flatMap(texts);
}

describe('The texts of the pages', () => {
  it('are found', () => expect(dutch.length).toBeGreaterThan(4));

  it.each(dutch)('%s has the same keys and the same names to fill in as its English file', (path) => {
    const english = files[path.replace('.nl.json', '.en.json')];

    expect(english).toBeDefined();
    expect(shape(english).sort()).toEqual(shape(files[path]).sort());
  });

  it.each(Object.keys(files))('%s has no empty text', (path) => {
    expect(texts(files[path]).filter((text) => text.trim() === '')).toEqual([]);
  });
});
