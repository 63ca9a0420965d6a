// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { address } from './client';
import { currentEntry, startOf, withoutLanguage } from './menu';

describe('The path of a page', () => {
  it('is the same in both languages once /en is taken off', () => {
    expect(withoutLanguage('/en')).toBe('/');
    expect(withoutLanguage('/en/cijfers')).toBe('/cijfers');
    expect(withoutLanguage('/cijfers')).toBe('/cijfers');
    expect(withoutLanguage('/energie')).toBe('/energie');
  });

  it('belongs to the entry of the menu with the longest beginning', () => {
    expect(currentEntry('/')).toBe('home');
    expect(currentEntry('/versterkingsgelden/prevention')).toBe('money');
    expect(currentEntry('/actieplan-2007-2011')).toBe('plan');
    expect(currentEntry('/actieplan-2007-2011/geld')).toBe('money');
    expect(currentEntry('/scans/1/vragen/2')).toBe('scans');
    expect(currentEntry('/mijn-werk')).toBe('work');
    expect(currentEntry('/privacy')).toBeUndefined();
  });
});

describe('After signing in', () => {
  it('somebody begins at the first page of the menu that is theirs', () => {
    expect(startOf(['answer_surveys', 'manage_surveys'])).toBe('/mijn-werk');
    expect(startOf(['read_council'])).toBe('/raad');
    expect(startOf(['manage_surveys'])).toBe('/vragenrondes');
    expect(startOf(['manage_accounts'])).toBe('/');
  });
});

describe('The address of a request', () => {
  it('escapes names in the path and leaves out what was not chosen', () => {
    expect(address('/api/v1/figures/{key}', { path: { key: 'a~b/c' } })).toBe('/api/v1/figures/a~b%2Fc');
    expect(address('/api/v1/figures', { query: { q: 'jong & oud', document: undefined, source: '' } })).toBe('/api/v1/figures?q=jong+%26+oud');
  });
});
