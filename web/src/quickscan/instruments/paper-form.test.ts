// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { inWordsFor } from './paper-form-page';
import type { Question } from './show';

const words = (text: string) => ({ nl: text, en: text });

const question: Question = {
  key: 'q24', number: 24, theme: 'T10', type: 'scale', text: words('all'), hints: [], choices: [], factors: [], targetGroups: [],
  sources: [], wording: 'reconstructed',
  parts: [{ key: 'a', text: words('a for all') }, { key: 'b', text: words('b for all') }],
  variants: [{ sizeClass: 'small', text: words('small'), hints: [], parts: [{ key: 'b', text: words('b for small') }] }],
};

describe('The paper form', () => {
  it('asks a small municipality in its own words, and keeps the words that are the same', () => {
    const small = inWordsFor(question, 'small');

    expect(small.text.nl).toBe('small');
    expect(small.parts.map((part) => part.text.nl)).toEqual(['a for all', 'b for small']);
  });

  it('asks every other municipality in the words for all', () => {
    expect(inWordsFor(question, '')).toBe(question);
    expect(inWordsFor(question, 'large')).toBe(question);
  });
});
