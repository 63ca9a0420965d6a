// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

/** The path without its language: /en/cijfers and /cijfers are the same page. */
export const withoutLanguage = (path: string): string => path.replace(/^\/en(?=\/|$)/, '') || '/';

/** What everybody finds in the menu; `inside` are the beginnings of the paths that belong to an entry. */
export const entries = [
  { to: '/landelijk-beeld', name: 'home', inside: ['/', '/landelijk-beeld'] },
  { to: '/versterkingsgelden', name: 'money', inside: ['/versterkingsgelden', '/actieplan-2007-2011/geld'] },
  { to: '/behoeften-2015', name: 'needs', inside: ['/behoeften-2015'] },
  { to: '/actieplan-2007-2011', name: 'plan', inside: ['/actieplan-2007-2011'] },
  { to: '/cijfers', name: 'figures', inside: ['/cijfers', '/bronnen', '/kloppen-de-cijfers', '/tabel-nakijken'] },
] as const;

/** For who is signed in the work comes first; the action plan of 2007–2011 is then reached through the figures. */
export const ownEntries = [
  { to: '/mijn-werk', name: 'work', inside: ['/mijn-werk', '/behoeften'], permission: 'answer_surveys' },
  { to: '/scans', name: 'scans', inside: ['/scans', '/vragenlijsten'], permission: 'answer_surveys' },
  { to: '/raad', name: 'council', inside: ['/raad'], permission: 'read_council' },
  { to: '/vragenrondes', name: 'rounds', inside: ['/vragenrondes'], permission: 'manage_surveys' },
] as const;

/** The entry of the menu that a path belongs to: the longest beginning wins. */
export function currentEntry(path: string): string | undefined {
  const matches = [...ownEntries, ...entries].flatMap(({ name, inside }) => inside
    .filter((start) => (start === '/' ? path === '/' : path === start || path.startsWith(`${start}/`)))
    .map((start) => ({ name, length: start.length })));
  return matches.sort((a, b) => b.length - a.length)[0]?.name;
}

/** Where somebody begins after signing in: the first page of the menu that is theirs, or the home page. */
export const startOf = (permissions: readonly string[]): string => (
  ownEntries.find(({ permission }) => permissions.includes(permission))?.to ?? '/');
