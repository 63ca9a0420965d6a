// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

/** The pages that show a table of published figures; a table that is not here has no page of its own. */
const pages: [tables: RegExp, page: string][] = [
  [/^(budget|reallocations|available|paid|paid-split)$/, '/actieplan-2007-2011/geld'],
  [/^(reach|trainings|projects|review-counts)$/, '/actieplan-2007-2011'],
  [/^survey-/, '/behoeften-2015'],
  [/^lead-applicants-2019$/, '/versterkingsgelden/gemeenten-2019'],
  [/^cluster-(figures|facts)$/, '/versterkingsgelden'],
];

/** Where on this site a use of a number stands, or null where it has no page of its own. */
export function placeOf(kind: string, key: string): string | null {
  if (kind === 'finding') return `/kloppen-de-cijfers#${key}`;
  if (kind === 'cluster') return `/versterkingsgelden/${key}`;
  if (kind === 'table') return pages.find(([tables]) => tables.test(key))?.[1] ?? null;
  return null;
}
