// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { pages as routes } from '../app/app';
import { placeOf } from './places';

describe('Where a number is used', () => {
  it('is the page that shows its table, its factsheet, or the finding about it', () => {
    expect(placeOf('table', 'reallocations')).toBe('/actieplan-2007-2011/geld');
    expect(placeOf('table', 'survey-knowledge')).toBe('/behoeften-2015');
    expect(placeOf('cluster', 'prevention')).toBe('/versterkingsgelden/prevention');
    expect(placeOf('finding', 'I1')).toBe('/kloppen-de-cijfers#I1');
    expect(placeOf('table', 'dates-letter')).toBeNull();
  });

  it('is a page that exists', () => {
    const known = new Set(routes.map(([path]) => `/${path}`));

    for (const table of ['budget', 'reach', 'survey-method', 'lead-applicants-2019', 'cluster-figures'])
      expect(known).toContain(placeOf('table', table));
  });
});
