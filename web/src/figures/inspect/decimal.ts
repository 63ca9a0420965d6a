// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { Language } from '../../ui/language';

/** A decimal number as the server writes it ("-1234.50"), in the notation of the page: −1.234,50. It stays text all the
    way, so no digit is ever rounded away. */
export function formatDecimal(decimal: string, language: Language): string {
  const [, sign = '', whole = '', part] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  if (whole === '') return decimal;
  const [group, mark] = language === 'nl' ? ['.', ','] : [',', '.'];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${sign && '\u2212'}${grouped}${part === undefined ? '' : mark + part}`;
}

/** Without its sign. */
export const magnitude = (decimal: string) => decimal.replace(/^-/, '');
