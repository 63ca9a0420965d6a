// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { Language } from './language';

const locales = { nl: 'nl-NL', en: 'en-GB' } as const;
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locales[language], options);
    formatters.set(key, found);
  }
  return found;
}

/** A hyphen in front of a number is a minus sign: −0,49. */
const trueMinus = (text: string) => text.replace(/^(\D*)-/, '$1\u2212');

/** 1.763.000 or 1,763,000, with exactly so many decimals: a column has one number of them. */
export function formatNumber(value: number, language: Language, decimals = 0): string {
  return trueMinus(formatter(language, {
    minimumFractionDigits: decimals, maximumFractionDigits: decimals,
  }).format(value));
}

/** Whole euros as € 1.763.000 (no-break space) or €1,763,000. Cents are shown only when there are any. */
export function formatEuro(euros: number, language: Language): string {
  const decimals = Number.isInteger(euros) ? 0 : 2;
  const sign = euros < 0 ? '\u2212' : '';
  const amount = formatNumber(Math.abs(euros), language, decimals);
  return language === 'nl' ? `\u20ac\u00a0${sign}${amount}` : `${sign}\u20ac${amount}`;
}

/** 75,0% or 75.0%; the value is already in percents. */
export function formatPercent(value: number, language: Language, decimals = 1): string {
  return `${formatNumber(value, language, decimals)}%`;
}

/** Millions for charts only: 1,76 for 1763000. */
export function formatMillions(value: number, language: Language, decimals = 2): string {
  return formatNumber(value / 1_000_000, language, decimals);
}

/** zaterdag 21 november 2026, or Saturday 21 November 2026. The day is a calendar day (YYYY-MM-DD). */
export function formatDay(day: string, language: Language): string {
  const [year, month, date] = day.split('-').map(Number);
  return new Intl.DateTimeFormat(locales[language], {
    weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC',
  }).format(new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, date ?? 1)));
}

/** A moment in UTC as Dutch clock time: 21 november 2026, 14.32 uur. */
export function formatInstant(instant: string, language: Language): string {
  const moment = new Date(instant);
  const day = new Intl.DateTimeFormat(locales[language], {
    day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Amsterdam',
  }).format(moment);
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam',
  }).format(moment);
  return language === 'nl' ? `${day}, ${time.replace(':', '.')} uur` : `${day}, ${time} (Amsterdam)`;
}

/** 14.32 or 14:32, on the clock of Amsterdam. */
export function formatClock(moment: Date, language: Language): string {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam' }).format(moment);
  return language === 'nl' ? time.replace(':', '.') : time;
}

/** A calendar day in short: vr 27 nov., and with its year when that is another one than `year`: 1 mrt. 2027. */
export function formatShortDay(day: string, language: Language, year: number): string {
  const [own, month, date] = day.split('-').map(Number);
  const moment = new Date(Date.UTC(own ?? 0, (month ?? 1) - 1, date ?? 1));
  const options: Intl.DateTimeFormatOptions = own === year
    ? { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }
    : { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' };
  const text = new Intl.DateTimeFormat(locales[language], options).format(moment);
  // The Dutch short month has a full stop, except mei.
  return language === 'nl' ? text.replace(/\b(jan|feb|mrt|apr|jun|jul|aug|sep|okt|nov|dec)\b\.?/, '$1.') : text;
}

/** A calendar day without its weekday: 27 november 2026. */
export function formatDate(day: string, language: Language): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  return new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
    .format(new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, date ?? 1)));
}

/** Today on the calendar of Amsterdam, as YYYY-MM-DD. */
export const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date());

/** Whole days from one calendar day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / 86_400_000);
}
