// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

/** Every page that anyone may see. */
export const publicPages = [
  '/', '/versterkingsgelden', '/versterkingsgelden/gemeenten-2019', '/versterkingsgelden/prevention', '/landelijk-beeld', '/en/landelijk-beeld',
  '/versterkingsgelden/evaluation', '/behoeften-2015', '/actieplan-2007-2011', '/actieplan-2007-2011/geld',
  '/kloppen-de-cijfers', '/kloppen-de-cijfers?toon=alles#I1', '/cijfers',
  '/cijfers?bron=cluster-figures~prevention~2020-granted', '/bronnen', '/tabel-nakijken', '/zo-werkt-het',
  '/vragenlijsten', '/vragenlijsten/quickscan-local-approach/1',
  '/vragenlijsten/quickscan-local-approach/1/papier', '/vragenlijsten/survey-2015/1', '/woordenlijst', '/toegankelijkheid', '/privacy', '/rollen', '/inloggen', '/en', '/en/versterkingsgelden/prevention',
  '/en/actieplan-2007-2011/geld', '/en/kloppen-de-cijfers', '/en/vragenlijsten/survey-2015/1',
];

/** The addresses on this site that the pages link to. */
export async function addresses(page, base, open) {
  const found = new Set();
  for (const path of publicPages) {
    await open(page, path);
    const links = await page.locator('a[href]').evaluateAll((all) => all.map((link) => link.href));
    for (const link of links) {
      const url = new URL(link);
      if (url.origin === new URL(base).origin) found.add(url.pathname + url.search);
    }
  }
  return [...found].sort();
}
