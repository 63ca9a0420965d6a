// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { isWhole } from './answering/whole';
import { merge } from './answering/both';
import { pieces } from './answering/findings';
import { forSize, formatFraction, problemAt, type Question, yearOf } from './api';
import { emptyEntry } from './desk';

const words = (nl: string) => ({ nl, en: `${nl} (en)` });
const question: Question = {
  key: 'q12', number: 12, theme: 'T6', type: 'scale', text: words('Zijn zij verbonden?'), hints: [words('een afspraak')],
  parts: [{ key: 'a', text: words('veiligheid') }, { key: 'b', text: words('zorg') }],
  variants: [{ sizeClass: 'small', text: words('Zijn zij in de regio verbonden?'), hints: [words('een afspraak in de regio')], parts: [{ key: 'b', text: words('zorg in de regio') }] }],
  choices: [], sources: [], factors: [], targetGroups: [], wording: 'reconstructed',
};

describe('A question for a small municipality', () => {
  it('has the words of its variant, and keeps what the variant leaves alone', () => {
    const small = forSize(question, 'small');

    expect(small.adapted).toBe(true);
    expect(small.text.nl).toBe('Zijn zij in de regio verbonden?');
    expect(small.parts.map(({ text }) => text.nl)).toEqual(['veiligheid', 'zorg in de regio']);
    expect(small.hints).toHaveLength(2);
    expect(forSize(question, 'large')).toMatchObject({ adapted: false, text: question.text });
  });
});

describe('An answer', () => {
  it('is whole when partly says which parts, and not all of them', () => {
    const partly = (parts: string[]) => isWhole(question, { ...emptyEntry, value: 'partly', parts });

    expect([partly([]), partly(['a']), partly(['a', 'b'])]).toEqual([false, true, false]);
    expect(isWhole({ ...question, parts: [] }, { ...emptyEntry, value: 'partly' })).toBe(true);
    expect(isWhole(question, { ...emptyEntry, reason: 'nog geen keuze' })).toBe(false);
  });

  it('that was changed in two places is merged without losing a text or counting proof twice', () => {
    const proof = { kind: 'link' as const, title: 'Plan', url: 'https://gemeente.example/plan' };
    const merged = merge(
      { ...emptyEntry, value: 'yes', reason: 'van hier', proofs: [proof] },
      { ...emptyEntry, value: 'no', reason: 'van daar', note: 'let op', proofs: [{ ...proof }] },
    );

    expect(merged).toMatchObject({ value: 'yes', reason: 'van daar\n\nvan hier', note: 'let op' });
    expect(merged.proofs).toHaveLength(1);
  });
});

describe('What was found in a text', () => {
  it('is marked in its place', () => {
    const cut = pieces('Bel 0612345678 voor vragen', [{ kind: 'phone', certainty: 'certain', from: 4, to: 14 }]);

    expect(cut.map(({ text, finding }) => [text, finding?.kind])).toEqual([['Bel ', undefined], ['0612345678', 'phone'], [' voor vragen', undefined]]);
  });

  it('stands with its field, also below it', () => {
    const problem = { status: 400, title: '', errors: [{ pointer: '/proofs/0/url', detail: 'Geen webadres.' }] };

    expect(problemAt(problem, 'proofs')).toBe('Geen webadres.');
    expect(problemAt(problem, 'reason')).toBeUndefined();
  });
});

describe('Points', () => {
  it('are exact and never rounded', () => {
    expect([[3, 2], [2, 1], [0, 1], [1, 4], [5, 3]].map(([numerator, denominator]) => formatFraction({ numerator: numerator ?? 0, denominator: denominator ?? 1 })))
      .toEqual(['1½', '2', '0', '¼', '1\u00a02/3']);
  });
});

describe('The year of a scan', () => {
  it('is one year, or from one to another', () => {
    expect(yearOf({ periodFrom: '2026-01-01', periodTo: '2026-12-31' })).toBe('2026');
    expect(yearOf({ periodFrom: '2025-07-01', periodTo: '2026-06-30' })).toBe('2025–2026');
  });
});
