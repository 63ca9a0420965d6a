// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The national picture: what an analyst and a visitor can see of it, and what nobody can.
import { journeySteps, leftOut, pagesOf } from './steps.mjs';

const smallest = 5;

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

export function nationalJourneys(tools, accounts) {
  const { visit, open, settled, expect, eventually, expectAccessible, expectNoOverflow, expectQuiet, expectValid, base } = tools;
  const { signedIn, ask, expectCalm } = journeySteps(tools, accounts);

  /** Accessible for wide and narrow screens, valid, and nothing wider than 320 pixels. */
  async function expectGood(page, where) {
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await expectAccessible(page, `${where} at ${width}`);
    }
    await expectValid(page, where);
    await page.setViewportSize({ width: 320, height: 780 });
    await expectNoOverflow(page, `${where} at 320`);
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  /** A new open round of the quickscan, made by the survey manager. */
  async function openRound(manager) {
    const made = await ask(manager, 'POST', '/survey-rounds', {
      instrument: 'quickscan-local-approach', version: 1, title: `Inleverronde ${Date.now().toString(36)}`, criterion: 'Alle gemeenten van het voorbeeld',
      method: 'Samen vastgesteld', source: 'Eigen opgave', representativeness: 'Vrijwillig', population: 342,
    });
    expect(made.status === 201, `the round is not made: ${JSON.stringify(made)}`);
    await moveRound(manager, made.data.id, 'open');
    return made.data;
  }

  const roundNow = async (manager, id) => (await ask(manager, 'GET', '/survey-rounds')).data.items.find((one) => one.id === id);

  async function moveRound(manager, id, to) {
    const { rowVersion } = await roundNow(manager, id);
    const moved = await ask(manager, 'PUT', `/survey-rounds/${id}/state`, { to }, { 'If-Match': `"v${rowVersion}"` });
    expect(moved.status < 300, `the round does not go to ${to}: ${JSON.stringify(moved)}`);
  }

  return {
    async 'an analyst sees the national picture and cannot find a municipality behind a small number'() {
      if (!accounts) return leftOut;
      const page = await signedIn('analist');
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
      await page.getByText('Noord (n =').first().waitFor(); // drawn as text in the chart

      // What belongs to others is not there: no rounds to manage, no copies, no scans.
      const refused = await page.request.get(`${base}/api/v1/survey-rounds`);
      expect(refused.status() === 403, `the list of rounds answers an analyst ${refused.status()}, expected 403`);
      const looked = await page.request.put(`${base}/api/v1/survey-rounds/${round}/publication-preview`, { headers: { Origin: base } });
      expect(looked.status() === 403 && (await looked.json()).code !== 'csrf', `what a round would publish answers an analyst ${looked.status()} ${await looked.text()}`);
      expectQuiet(page);
      return undefined;
    },

    async 'the survey manager opens a round, and sees what publishing would withhold only when it is closed'() {
      if (!accounts) return leftOut;
      const page = await signedIn('vragenronde');
      await open(page, '/vragenrondes');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByLabel('Titel').fill(`Proefronde ${Date.now().toString(36)}`);
      await page.getByLabel('Wie kan meedoen').fill('Alle gemeenten van het voorbeeld');
      await page.getByLabel('Werkwijze').fill('Samen vastgesteld');
      await page.getByLabel('Bron per gemeente').fill('Eigen opgave');
      await page.getByLabel('Opmerking over representativiteit').fill('Vrijwillig');
      await page.getByRole('button', { name: 'Zet de ronde klaar' }).click();
      await page.getByRole('button', { name: 'Stel open' }).click();
      await page.getByRole('button', { name: 'Sluit de ronde' }).click();
      await page.getByRole('button', { name: 'Bekijk wat publiceren laat zien' }).click();
      await page.getByText('Te weinig gemeenten leverden in').waitFor();
      await expectAccessible(page, 'survey rounds');
      await expectValid(page, 'survey rounds');
      await page.setViewportSize({ width: 320, height: 780 });
      await expectNoOverflow(page, 'survey rounds at 320');
      return undefined;
    },

    async 'the dossier holder sees exactly what leaves, hands in, withdraws, hands in again, and a closed round refuses'() {
      if (!accounts) return leftOut;
      const manager = await signedIn('vragenronde');
      const round = await openRound(manager);
      const holder = await signedIn('dossierhouder');
      const { items } = (await ask(holder, 'GET', '/scans')).data;
      const scan = items.find(({ state, instrument }) => state === 'closed' && instrument.kind === 'scored');
      const agreed = (await ask(holder, 'GET', `/scans/${scan.id}/settled-answers`)).data;
      await open(holder, `/scans/${scan.id}`);
      await holder.getByRole('link', { name: 'Lever in bij het landelijk beeld' }).click();
      await holder.getByRole('heading', { level: 1, name: /^(Lees precies wat uw gemeente verlaat en lever in|Deze quickscan is ingeleverd)$/ }).waitFor(); // perhaps to another round
      await settled(holder);

      // What the page shows is what was agreed, and no word of why, with what or by whom.
      const labels = { yes: 'Ja', partly: 'Deels', no: 'Nee', unknown: 'Weet niet', not_applicable: 'Niet van toepassing' };
      const shown = await holder.getByRole('table').getByRole('row').evaluateAll((rows) => rows.slice(1).map((row) => row.querySelector('td').textContent));
      const expected = Array.from({ length: 26 }, (_, at) => labels[agreed.items.find(({ question }) => question === `q${at + 1}`).value]);
      expect(JSON.stringify(shown) === JSON.stringify(expected), `the page shows ${shown}, agreed was ${expected}`);
      const words = await holder.locator('main').textContent();
      const inside = agreed.items.flatMap(({ reason, note, proofs }) => [reason, note, ...(proofs ?? []).map(({ title }) => title)]).concat(agreed.participants).filter(Boolean);
      expect(inside.length > 5, 'the scan has nothing that must stay inside');
      for (const secret of inside) expect(!words.includes(secret), `the page takes “${secret}” along`);
      await expectGood(holder, 'handing in');

      // In, out, and in again; the survey manager sees how many, and only that.
      const handedIn = async () => (await roundNow(manager, round.id)).handedIn;
      const give = holder.getByRole('button', { name: `Lever in bij ${round.title}` });
      const take = holder.getByRole('button', { name: `Trek de inlevering in bij ${round.title}` });
      expect(await handedIn() === 0, 'the round is not empty');
      await give.click();
      await holder.getByText('Ingeleverd. U kunt de kopie intrekken zolang de ronde open is.').waitFor();
      await holder.getByRole('heading', { level: 1, name: 'Deze quickscan is ingeleverd' }).waitFor();
      expect(await handedIn() === 1, 'the round did not get the copy');
      await expectAccessible(holder, 'a scan that was handed in');
      await take.click();
      await holder.getByText('Ingetrokken. De kopie is verwijderd.').waitFor();
      expect(await handedIn() === 0, 'the copy is still there');
      await give.click();
      await take.waitFor();
      expect(await handedIn() === 1, 'the round did not get the copy again');

      // The round closes while the page is open: taking back is refused in words, and what is handed in stays.
      await moveRound(manager, round.id, 'closed');
      await take.click();
      await holder.getByRole('alert').first().waitFor();
      await expectAccessible(holder, 'withdrawing that is refused');
      expect(await handedIn() === 1, 'the copy was taken out of a closed round');
      await holder.reload();
      await settled(holder);
      expect(await take.count() === 0 && await give.count() === 0, 'a closed round still offers to hand in or to withdraw');
      const refused = await ask(holder, 'POST', `/survey-rounds/${round.id}/hand-ins`, { scan: scan.id });
      expect(refused.status === 409, `a closed round answers ${refused.status}`);
      expectCalm(holder);
      return undefined;
    },

    async 'a municipality keeps its needs: with what may help, who has contact, and what is solved'() {
      if (!accounts) return leftOut;
      const holder = await signedIn('dossierhouder');
      await open(holder, '/mijn-werk');
      await holder.getByRole('link', { name: 'Behoeften van uw gemeente' }).click();
      await holder.getByRole('heading', { level: 1, name: /behoeften? open$/ }).waitFor();
      await settled(holder);
      expect(await holder.locator('.bp-nav [aria-current]').textContent() === 'Mijn werk', 'the page has no place in the menu');
      await expectGood(holder, 'the needs of a municipality');

      // Half an offer is refused, and nothing is lost.
      const chosen = (await holder.getByLabel('Wat heeft uw gemeente nodig?').locator('option').first().textContent()).replace(/^.*?: /, '');
      await holder.getByLabel('Wat kan helpen?').fill('Training signaleren');
      await holder.getByRole('button', { name: 'Voeg toe' }).click();
      await holder.getByRole('alert').getByText('Vul de naam en het webadres allebei in, of laat ze allebei leeg.').waitFor();
      await expectAccessible(holder, 'needs with an error');
      expect(await holder.getByLabel('Wat kan helpen?').inputValue() === 'Training signaleren', 'what was filled in is gone');
      await holder.getByLabel('Webadres daarvan').fill('https://training.example/signaleren');
      await holder.getByRole('button', { name: 'Voeg toe' }).click();
      const row = holder.getByRole('row').filter({ has: holder.getByRole('rowheader', { name: chosen, exact: true }) }).first();
      await row.getByRole('link', { name: 'Training signaleren' }).waitFor();
      expect((await row.textContent()).includes('Open'), 'a new need is not open');
      await expectGood(holder, 'a list of needs');
      for (const [button, state] of [['Er is contact', 'Contact gelegd'], ['Het is opgelost', 'Opgelost']]) {
        await row.getByRole('button', { name: new RegExp(`^${button}`) }).click();
        await row.getByText(state, { exact: true }).waitFor();
      }
      const colleague = await signedIn('collega');
      await open(colleague, '/behoeften');
      await colleague.getByRole('rowheader', { name: chosen, exact: true }).first().waitFor();
      expect(await colleague.getByRole('button', { name: /opgelost|contact|open|Voeg toe/ }).count() === 0, 'who may not change a need has buttons for it');
      expectCalm(holder);
      return undefined;
    },

    async 'one round of the national picture reads well at every width and prints as a report'() {
      for (const [width, start] of [[1280, ''], [360, '/en']]) {
        const page = await visit({ width });
        const list = await (await page.request.get(`${base}/api/v1/national-pictures`)).json();
        const { roundId } = list.items[0].round;
        const picture = await (await page.request.get(`${base}/api/v1/national-pictures/${roundId}`)).json();
        const path = `${start}/landelijk-beeld/${roundId}`;
        await open(page, path);
        await expectAccessible(page, `${path} at ${width}`);
        await expectValid(page, path);
        await page.emulateMedia({ media: 'print' });
        await page.locator('.bp-tag', { hasText: start ? 'Example data' : 'Voorbeeldgegevens' }).first().waitFor();
        await page.emulateMedia({ media: 'screen' });
        await page.setViewportSize({ width: 320, height: 780 });
        await expectNoOverflow(page, `${path} at 320`);
        await page.emulateMedia({ media: null });
        const sheets = pagesOf(await page.pdf({ preferCSSPageSize: true }));
        expect(sheets <= picture.items.length / 2, `${picture.items.length} charts take ${sheets} sheets`);
        expectQuiet(page);
      }
      return undefined;
    },
  };
}
