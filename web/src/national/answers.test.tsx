// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { LanguageProvider } from '../ui/language';
import { anyWithheld, lane, type Row, useCount } from './answers';

const answers = [
  { key: 'yes', label: { nl: 'Ja', en: 'Yes' } }, { key: 'no', label: { nl: 'Nee', en: 'No' } },
  { key: 'unknown', label: { nl: 'Weet niet', en: 'Unknown' } },
].map((answer) => ({ ...answer, published: [] }));
const row = (counts: (number | undefined)[], handedIn: number): Row => ({
  group: '', label: { nl: 'Heel Nederland', en: 'The whole country' }, handedIn,
  cells: counts.map((counted) => (counted === undefined ? { withheld: true } : { withheld: false, counted })),
});

describe('The bar of a row', () => {
  it('shows the counts, and after them who did not hand in', () => {
    const bar = lane(answers, row([30, 20, 0], 50), { notHandedIn: 292, none: 'niet gevraagd' });

    expect(bar.segments.map(({ value, fill }) => [value, fill])).toEqual([[30, 'f-now'], [20, 'f-white'], [292, 'f-noprint']]);
  });

  it('draws what is withheld together, and never one count of it', () => {
    const bar = lane(answers, row([undefined, 20, undefined], 50), { none: 'niet gevraagd' });

    expect(bar.segments.map(({ value, fill, text }) => [value, fill, text])).toEqual([[20, 'f-white', '20'], [30, 'f-hidden', undefined]]);
  });

  it('says that a round did not ask this', () => {
    expect(lane(answers, row([], 50), { none: 'niet gevraagd' })).toEqual({ segments: [], missing: 'niet gevraagd' });
  });
});

describe('A count in a table', () => {
  function Count({ of }: { of: Row['cells'][number] }) {
    return <p>{useCount()(of).content}</p>;
  }

  it('is the one mark of what is withheld, and no number', () => {
    render(<LanguageProvider value="nl"><Count of={{ withheld: true }} /></LanguageProvider>);

    expect(screen.getByText('afgeschermd')).toBeDefined();
    expect(document.body.textContent).not.toMatch(/\d/);
  });

  it('stands with its interval', () => {
    render(<LanguageProvider value="nl"><Count of={{ withheld: false, counted: 87, share: 0.41, lower: 0.35, upper: 0.47 }} /></LanguageProvider>);

    expect(screen.getByText('35% tot 47%')).toBeDefined();
  });

  it('tells whether anything in a table is withheld', () => {
    expect(anyWithheld([row([1, 2], 3)])).toBe(false);
    expect(anyWithheld([row([1, 2], 3), row([undefined, undefined], 3)])).toBe(true);
  });
});
