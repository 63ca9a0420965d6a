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
