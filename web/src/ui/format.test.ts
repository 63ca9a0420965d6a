// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { daysBetween, formatClock, formatDate, formatDay, formatEuro, formatInstant, formatNumber, formatPercent, formatShortDay } from './format';

describe('Numbers as text', () => {
  it('have points for thousands in Dutch and commas in English', () => {
    expect(formatNumber(1763000, 'nl')).toBe('1.763.000');
    expect(formatNumber(1763000, 'en')).toBe('1,763,000');
  });

  it('have exactly the decimals that are asked for', () => {
    expect(formatNumber(0.5, 'nl', 2)).toBe('0,50');
    expect(formatPercent(75, 'nl')).toBe('75,0%');
  });

  it('have a true minus sign, not a hyphen', () => {
    expect(formatNumber(-0.49, 'nl', 2)).toBe('\u22120,49');
    expect(formatEuro(-377000, 'nl')).toBe('\u20ac\u00a0\u2212377.000');
  });

  it('have a no-break space behind the euro sign in Dutch only', () => {
    expect(formatEuro(1763000, 'nl')).toBe('\u20ac\u00a01.763.000');
    expect(formatEuro(1763000, 'en')).toBe('\u20ac1,763,000');
  });
});

describe('Days and moments as text', () => {
  it('name the weekday of a calendar day, wherever the browser is', () => {
    expect(formatDay('2026-11-23', 'nl')).toBe('maandag 23 november 2026');
  });

  it('show a moment in UTC as Amsterdam time', () => {
    expect(formatInstant('2026-11-21T13:32:00Z', 'nl')).toBe('21 november 2026, 14.32 uur');
  });
});

describe('Days in a list of work', () => {
  it('are short, and have a year only when it is another one', () => {
    expect(formatShortDay('2026-11-27', 'nl', 2026)).toBe('vr 27 nov.');
    expect(formatShortDay('2027-03-01', 'nl', 2026)).toBe('1 mrt. 2027');
    expect(formatShortDay('2027-05-04', 'nl', 2026)).toBe('4 mei 2027');
    expect(formatDate('2027-03-01', 'nl')).toBe('1 maart 2027');
  });

  it('are counted across the change to winter time', () => {
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(daysBetween('2026-11-21', '2026-11-20')).toBe(-1);
  });
});

describe('The clock', () => {
  it('is written as the page is', () => {
    expect(formatClock(new Date('2026-11-21T13:32:00Z'), 'nl')).toBe('14.32');
    expect(formatClock(new Date('2026-11-21T13:32:00Z'), 'en')).toBe('14:32');
  });
});
