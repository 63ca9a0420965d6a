// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The national picture: what an analyst and a visitor can see of it, and what nobody can.
import { existsSync, readFileSync } from 'node:fs';

const smallest = 5;
/** The same as in the other journeys, which may sign in with the same account. */
const own = process.env.BEPROEFD_JOURNEY_PASSWORD ?? 'vier groene fietsen in de regen';

/** Signs in with a demonstration account; at the first time it chooses an own password. */
async function signIn(page, { open, accounts }, name) {
  const listed = readFileSync(accounts, 'utf8').split('\n').map((line) => line.trim().split(/\s+/)).find(([first]) => first === name);
  await open(page, '/inloggen');
  for (const tried of [listed[1], own]) {
    await page.getByLabel('Accountnaam').fill(name);
    await page.getByLabel('Wachtwoord', { exact: true }).fill(tried);
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.url().endsWith('/api/v1/sessions') && one.request().method() === 'POST'),
      page.getByRole('button', { name: 'Inloggen' }).click(),
    ]);
    if (answer.ok()) break;
  }
  await page.getByRole('link', { name: 'Mijn account' }).waitFor();
  await open(page, '/account');
  if (await page.getByText('Kies eerst een eigen wachtwoord.').count() > 0) {
    await page.getByLabel('Huidig wachtwoord').fill(listed[1]);
    await page.getByLabel('Nieuw wachtwoord').fill(own);
    await page.getByRole('button', { name: 'Wijzig wachtwoord' }).click();
    await page.getByText('Uw wachtwoord is gewijzigd.').waitFor();
  }
}

/** Every count that the interface for programs gives: shown ones are 0 or at least the limit; a withheld one gives
    nothing, no share and no interval. */
function searchSmallNumbers(picture, expect) {
  let withheld = 0;
  for (const item of picture.items) {
    for (const row of [item.country, ...item.tables.flatMap((table) => table.rows)]) {
      expect(row.handedIn > smallest, `${item.key} shows a group of ${row.handedIn}`);
      for (const cell of row.cells) {
        if (cell.withheld) {
          withheld += 1;
          expect(Object.keys(cell).join() === 'withheld', `${item.key}: a withheld count says more than that it is withheld`);
        } else {
          expect(cell.counted === 0 || cell.counted >= smallest, `${item.key} shows a count of ${cell.counted}`);
        }
      }
      const hidden = row.cells.filter((cell) => cell.withheld).length;
      expect(hidden !== 1, `${item.key} ${row.group}: one withheld count alone follows from the total`);
    }
  }
  return withheld;
}

export function nationalJourneys(tools) {
  const { visit, open, expect, expectAccessible, expectNoOverflow, expectQuiet, expectValid, base, accounts } = tools;
  return {
    async 'an analyst sees the national picture and cannot find a municipality behind a small number'() {
      if (!accounts || !existsSync(accounts)) return 'left out: no file with accounts';
      const page = await visit();
      await signIn(page, tools, 'analist');
      await open(page, '/landelijk-beeld');
      await page.getByRole('heading', { level: 1, name: /van de 342 gemeenten zien waar zij staan/ }).waitFor();
      await page.getByText('Voorbeeldgegevens', { exact: true }).first().waitFor();
      await page.getByRole('link', { name: 'Ronde 2026 per groep' }).first().click();
      await page.getByRole('heading', { level: 1, name: /Ronde 2026/ }).waitFor();
      const round = new URL(page.url()).pathname.split('/').pop();

      // The page, the interface for programs and the files say the same, and none says a small number.
      const answer = await page.request.get(`${base}/api/v1/national-pictures/${round}`);
      const picture = await answer.json();
      const withheld = searchSmallNumbers(picture, expect);
      expect(withheld > 0 && withheld === picture.withheld, 'the picture does not tell how much is withheld');
      expect(picture.notHandedIn === 342 - picture.round.handedIn, 'who did not hand in is not told');
      const csv = await (await page.request.get(`${base}/api/v1/national-pictures/${round}/file?format=csv`)).text();
      const lines = csv.trim().split('\r\n').slice(1);
      expect(lines.length === picture.cells, `the CSV file has ${lines.length} counts, the picture ${picture.cells}`);
      expect(lines.every((line) => line.endsWith('Voorbeeldgegevens')), 'a line of the CSV file does not say that it is an example');
      expect(lines.filter((line) => line.includes(',afgeschermd,')).length === withheld, 'the CSV file withholds something else');
      await page.getByRole('button', { name: /Toon de cijfers/ }).first().click();
      await page.locator('.bp-fig__table').first().getByRole('table').waitFor();
      await page.getByRole('link', { name: 'Deel van het land' }).click();
      await page.getByText('Noord (n =').first().waitFor().catch(() => undefined); // drawn as text in the chart

      // What belongs to others is not there: no rounds to manage, no copies, no scans.
      for (const path of ['/api/v1/survey-rounds', `/api/v1/survey-rounds/${round}/publication-preview`]) {
        const refused = await page.request.get(base + path);
        expect(refused.status() === 403, `${path} answers an analyst ${refused.status()}, expected 403`);
      }
      expectQuiet(page);
    },

    async 'the survey manager opens a round, and sees what publishing would withhold only when it is closed'() {
      if (!accounts || !existsSync(accounts)) return 'left out: no file with accounts';
      const page = await visit();
      await signIn(page, tools, 'vragenronde');
      await open(page, '/vragenrondes');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByLabel('Titel').fill(`Proefronde ${Date.now().toString(36)}`);
      await page.getByLabel('Wie kan meedoen').fill('Alle gemeenten van het voorbeeld');
      await page.getByLabel('Werkwijze').fill('Samen vastgesteld');
      await page.getByLabel('Bron per gemeente').fill('Eigen opgave');
      await page.getByLabel('Opmerking over representativiteit').fill('Vrijwillig');
      await page.getByRole('button', { name: 'Bereid voor' }).click();
      await page.getByRole('button', { name: 'Stel open' }).click();
      await page.getByRole('button', { name: 'Sluit de ronde' }).click();
      await page.getByText('Te weinig gemeenten leverden in').waitFor();
      await expectAccessible(page, 'survey rounds');
      await expectValid(page, 'survey rounds');
      await page.setViewportSize({ width: 320, height: 780 });
      await expectNoOverflow(page, 'survey rounds at 320');
      return undefined;
    },

    async 'one round of the national picture reads well at every width and prints as a report'() {
      for (const [width, start] of [[1280, ''], [360, '/en']]) {
        const page = await visit({ width });
        const list = await (await page.request.get(`${base}/api/v1/national-pictures`)).json();
        const path = `${start}/landelijk-beeld/${list.items[0].round.roundId}`;
        await open(page, path);
        await expectAccessible(page, `${path} at ${width}`);
        await expectValid(page, path);
        await page.emulateMedia({ media: 'print' });
        await page.locator('.bp-tag', { hasText: start ? 'Example data' : 'Voorbeeldgegevens' }).first().waitFor();
        await page.emulateMedia({ media: 'screen' });
        await page.setViewportSize({ width: 320, height: 780 });
        await expectNoOverflow(page, `${path} at 320`);
        expectQuiet(page);
      }
    },
  };
}
