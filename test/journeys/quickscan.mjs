// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The journeys of the quickscan: colleagues answer apart, settle together and leave with actions. They need the
// demonstration accounts; each takes a period of its own, so that they can be run again on the same server.
import { readFileSync } from 'node:fs';
import { journeySteps, leftOut, own, pagesOf } from './steps.mjs';

export function quickscanJourneys(tools, accountsFile) {
  const { visit, open, settled, weigh, expect, eventually, expectAccessible, expectNoOverflow, expectQuiet, expectValid } = tools;
  const {
    signedIn, expectCalm, ask, prepare, invite, step, answers, choose, saved, answer, answerRest, keys, freeYear, opened, settle,
  } = journeySteps(tools, accountsFile);

  /** With Tab from the top: every control of the page is reached once, from top to bottom, and shows that it has focus. */
  async function walk(page, where) {
    const wanted = await page.evaluate(() => {
      document.activeElement?.blur?.();
      window.scrollTo(0, 0);
      const groups = new Set();
      return [...document.querySelectorAll('main a[href], main button, main input, main select, main textarea, main summary, main [tabindex="0"]')].filter((one) => {
        if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled || one.tabIndex < 0) return false;
        if (one.type !== 'radio') return true;
        const group = `${one.closest('form')?.className}${one.name}`;
        const first = one.checked || (!document.querySelector(`input[name="${CSS.escape(one.name)}"]:checked`) && !groups.has(group));
        if (first) groups.add(group);
        return first;
      }).map((one, at) => { one.setAttribute('data-walk', String(at)); return one.textContent.trim().slice(0, 40) || one.id || one.name; });
    });
    const seen = [];
    for (let presses = 0; presses < wanted.length + 60 && seen.length < wanted.length; presses += 1) {
      await page.keyboard.press('Tab');
      const now = await page.evaluate(() => {
        const one = document.activeElement;
        if (!one || !one.hasAttribute('data-walk')) return null;
        const shows = (element) => element !== null && getComputedStyle(element).outlineStyle !== 'none' && Number.parseFloat(getComputedStyle(element).outlineWidth) >= 2;
        const box = one.getBoundingClientRect();
        return { at: Number(one.getAttribute('data-walk')), shown: shows(one) || shows(one.closest('label')), inView: box.bottom > 0 && box.top < window.innerHeight };
      });
      if (now === null || seen.includes(now.at)) continue;
      seen.push(now.at);
      expect(now.shown, `${where}: focus on “${wanted[now.at]}” does not show`);
      expect(now.inView, `${where}: “${wanted[now.at]}” has focus out of view`);
    }
    const missed = wanted.filter((_, at) => !seen.includes(at));
    expect(missed.length === 0, `${where}: not reached with Tab: ${missed}`);
    expect(seen.every((at, place) => place === 0 || at > seen[place - 1]), `${where}: the order of Tab is ${seen}`);
  }

  /** Opens something with Enter; focus goes into it, Escape closes it, and focus is on the opener again. */
  async function leaves(page, opener, inside) {
    await opener.focus();
    await page.keyboard.press('Enter');
    await inside.waitFor();
    await eventually(() => inside.evaluate((element) => {
      const within = element.closest('form, aside, [role=group]') ?? element;
      return within.contains(document.activeElement);
    }), 'focus does not go to what was opened');
    await page.keyboard.press('Escape');
    await inside.waitFor({ state: 'detached' });
    await eventually(() => opener.evaluate((element) => document.activeElement === element), 'focus does not return');
  }

  return {
    async 'three colleagues fill a scan apart, settle it, make actions, and next year see what changed'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const year = await freeYear(holder);
      const id = await prepare(holder, year, 'middelgroot');
      await expectAccessible(holder, 'a scan that is being prepared');
      await invite(holder, { fn: 'dossierhouder', domain: 'safety', account: 'dossierhouder' });
      await invite(holder, { fn: 'jeugdconsulent', domain: 'social', account: 'collega' });
      const link = await invite(holder, { fn: 'wijkagent', domain: 'partner' });
      expect(/\/antwoorden#\S{20,}$/.test(link), `the link is ${link}`);
      await open(holder, `/scans/${id}`);
      expect(!(await holder.locator('body').textContent()).includes('/antwoorden#'), 'the link is shown a second time');
      await step(holder, id, 'Open de ronde');

      // With a link, without an account: the token leaves the address at once.
      const agent = await visit();
      await open(agent, new URL(link).pathname + new URL(link).hash);
      await agent.getByRole('heading', { level: 1, name: 'Voordat u begint' }).waitFor();
      expect(!agent.url().includes('#') && await agent.evaluate(() => window.location.hash === ''), `the token stays in the address: ${agent.url()}`);
      await agent.getByText('Niemand ziet uw antwoorden.').waitFor();
      await expectAccessible(agent, 'the start of who has a link');
      await agent.getByRole('link', { name: /Begin met vraag 1/ }).click();
      await answer(agent, 1, ['no', 'unknown', 'partly']);
      await agent.getByLabel('Waarom dit antwoord?').waitFor({ state: 'detached' });
      await answerRest(agent, '/respondent/answers', keys(4, 26), ['no', 'unknown', 'yes']);
      await open(agent, '/antwoorden/vragen/klaar');
      await agent.getByRole('heading', { level: 1, name: 'U hebt alle 26 vragen beantwoord' }).waitFor();
      await expectAccessible(agent, 'the end of who has a link');
      await agent.getByRole('checkbox', { name: /Zet mijn functie/ }).check();
      await agent.getByRole('button', { name: 'Ik ben klaar' }).click();
      await agent.getByText(/U hebt afgerond op/).waitFor();

      // The colleague sees nothing of it, answers with proof, and undoes one.
      const colleague = await signedIn('collega');
      await open(colleague, '/mijn-werk');
      await expectAccessible(colleague, 'the work list');
      await open(colleague, `/scans/${id}/vragen/1`);
      await colleague.getByText('U ziet elkaars antwoorden nog niet.').waitFor();
      await choose(colleague, 'yes');
      await colleague.getByLabel('Waarom dit antwoord?').fill('Het staat in het programma.');
      await colleague.getByRole('button', { name: 'Bewijs toevoegen' }).click();
      await colleague.getByLabel('Webadres').fill('https://voorbeeldstad.example/programma');
      await colleague.getByLabel('Naam van het stuk').fill('Programma');
      await colleague.getByRole('button', { name: 'Voeg toe', exact: true }).click();
      await colleague.getByText('onderbouwd').waitFor();
      await saved(colleague);
      await colleague.getByRole('button', { name: 'Bewijs toevoegen' }).click();
      await colleague.getByRole('radio', { name: 'Een bestand' }).check();
      await colleague.getByLabel('Kies een bestand').setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>geen pdf</html>') });
      await colleague.getByRole('button', { name: 'Voeg toe', exact: true }).click();
      await colleague.getByText(/nemen wij niet aan|van binnen iets anders/).waitFor();
      await colleague.getByLabel('Kies een bestand').setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') });
      await colleague.getByRole('button', { name: 'Voeg toe', exact: true }).click();
      await colleague.getByRole('link', { name: 'plan.pdf' }).waitFor();
      await saved(colleague);
      await expectAccessible(colleague, 'a question with proof');
      await colleague.getByRole('button', { name: 'Volgende vraag' }).click();
      await colleague.waitForURL(/\/2$/);
      await choose(colleague, 'no');
      await saved(colleague);
      await colleague.getByRole('button', { name: 'Maak ongedaan' }).click();
      await colleague.getByText(/ongedaan gemaakt, bij vraag 2/).waitFor();
      await colleague.locator('.bp-scale').getByRole('radio', { name: answers.no }).and(colleague.locator(':not(:checked)')).waitFor();
      await answerRest(colleague, `/scans/${id}/own-answers`, keys(2, 26), ['yes', 'partly', 'yes', 'no']);

      // Her file names and numbers that point at a person are stopped in their place.
      await open(holder, `/scans/${id}/vragen/1`);
      await choose(holder, 'yes');
      await holder.getByLabel('Waarom dit antwoord?').fill('Bel 06 12345678 voor het plan.');
      await holder.getByText('Lees dit nog eens').waitFor();
      expect((await holder.locator('mark').first().textContent()).includes('06 12345678'), 'the number is not marked in its place');
      await holder.getByText('Nog niet verstuurd, staat op dit apparaat').waitFor();
      await expectAccessible(holder, 'a text that is refused');
      await holder.getByLabel('Waarom dit antwoord?').fill('Het staat in het plan.');
      await saved(holder);
      await answerRest(holder, `/scans/${id}/own-answers`, keys(2, 26), ['yes', 'yes', 'partly', 'yes']);
      const blind = await ask(holder, 'GET', `/scans/${id}/comparison`);
      expect(blind.status === 409, `before closing the answers of others are ${blind.status}`);

      // Together: the differences first.
      await step(holder, id, 'Sluit de ronde en ga samen vaststellen');
      await open(holder, `/scans/${id}/samen`);
      await holder.getByRole('heading', { level: 1, name: /vragen antwoordde u verschillend/ }).waitFor();
      await expectAccessible(holder, 'the overview of settling');
      await holder.getByRole('button', { name: 'Neem de uitgenodigde functies over' }).click();
      await holder.getByRole('button', { name: 'Bewaar wie meededen' }).click();
      await holder.getByText('Bewaard.', { exact: true }).waitFor();
      await holder.getByRole('link', { name: 'Begin met de verschillen' }).click();
      await holder.getByRole('heading', { name: /Zo antwoordde u vóór het gesprek/ }).waitFor();
      await holder.getByRole('img', { name: /nee/ }).first().waitFor();
      await expectAccessible(holder, 'a question to settle');
      await choose(holder, 'partly');
      await holder.getByLabel('Waarom dit antwoord?').fill('Veiligheid kent het plan, de wijk nog niet.');
      await saved(holder);
      await holder.getByRole('button', { name: /Volgende verschil/ }).click();
      await holder.getByLabel('Waarom dit antwoord?').waitFor({ state: 'detached' });
      await choose(holder, 'no');
      await saved(holder);
      const first = await ask(holder, 'GET', `/scans/${id}/settled-answers`);
      const rest = first.data.unsettled;
      expect(rest.length === 24, `${rest.length} questions are still to settle`);
      await settle(holder, id, rest, (key) => ({
        value: { q20: 'no', q14: 'unknown', q15: 'not_applicable' }[key] ?? (Number(key.slice(1)) % 3 === 0 ? 'partly' : 'yes'),
      }));
      await step(holder, id, 'Stel het resultaat vast');

      // The numbers on the page are those of the answers.
      await open(holder, `/scans/${id}/resultaat`);
      const result = (await ask(holder, 'GET', `/scans/${id}/result`)).data;
      const counted = await holder.locator('.bp-count > div').evaluateAll((boxes) => boxes.map((box) => Number(box.querySelector('dd').textContent)));
      const expected = ['yes', 'partly', 'no', 'unknown', 'not_applicable'].map((value) => result.questions.filter((one) => one.value === value).length);
      expect(JSON.stringify(counted.slice(0, 5)) === JSON.stringify(expected), `the page counts ${counted}, the answers are ${expected}`);
      expect(expected.reduce((sum, one) => sum + one) === 26, `the counts make ${expected}`);
      await holder.getByText('Kwetsbaar als iemand weggaat').waitFor();
      await holder.locator('.bp-themes .bp-num').first().click();
      const drawer = holder.getByRole('complementary', { name: 'Waar komt deze score vandaan?' });
      await drawer.getByText('door ons berekend').waitFor();
      await expectAccessible(holder, 'the result with the source of a score');
      await holder.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
      await expectValid(holder, 'the result');

      // The council reads the outcomes, and none of the reasons, the proof or the functions.
      await holder.getByRole('button', { name: 'Deel met de raad' }).click();
      await holder.getByText('Het resultaat is gedeeld met de raad.').waitFor();
      const council = await signedIn('raadslid');
      await open(council, '/raad');
      await expectAccessible(council, 'what is shared with the council');
      await council.getByRole('link', { name: new RegExp(`${year}$`) }).click();
      await council.getByRole('heading', { name: /thema’s, 26 antwoorden/ }).waitFor();
      await settled(council);
      await expectAccessible(council, 'a result that the council reads');
      const read = await council.locator('main').textContent();
      expect(!read.includes('Zo spraken wij af.') && !read.includes('wijkagent') && !read.includes('plan.pdf'), 'the council reads more than was shared');
      expect((await ask(council, 'GET', `/scans/${id}/result`)).status === 403, 'the council reaches the result of the municipality itself');
      expectCalm(council);

      // One click makes an action; closing it asks what was done.
      await holder.getByRole('button', { name: 'Maak deze actie bij vraag 20' }).click();
      await holder.getByText('De actie staat in de lijst').waitFor();
      await council.reload();
      await council.getByRole('table', { name: /^De acties/ }).waitFor();
      await settled(council);
      await expectAccessible(council, 'a result with an action that the council reads');
      await open(holder, `/scans/${id}/acties`);
      await expectAccessible(holder, 'the actions');
      await holder.getByRole('button', { name: /^Rond af/ }).first().click();
      await holder.getByRole('button', { name: 'Bewaar', exact: true }).click();
      await holder.getByText('Schrijf op wat er is gedaan of waarom het vervalt.').waitFor();
      await holder.getByLabel('Wat is er gedaan?').fill('Er is een tweede contactpersoon aangewezen.');
      await holder.getByRole('button', { name: 'Bewijs toevoegen' }).click();
      await holder.getByLabel('Een bestand').check();
      await holder.getByLabel('Kies een bestand').setInputFiles({ name: 'besluit.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 besluit') });
      await holder.getByRole('group', { name: 'Bewijs' }).getByRole('button', { name: 'Voeg toe', exact: true }).click();
      await holder.getByRole('button', { name: 'Haal weg: besluit.pdf' }).waitFor();
      await expectAccessible(holder, 'an action that is closed with a file');
      await holder.getByRole('button', { name: 'Bewaar', exact: true }).click();
      await holder.getByRole('heading', { level: 1, name: 'Er staan geen acties open' }).waitFor();
      const proofHref = await holder.getByRole('link', { name: 'besluit.pdf' }).getAttribute('href');
      const proofFile = await holder.request.get(new URL(proofHref ?? '', holder.url()).href);
      expect(proofFile.headers()['content-disposition']?.startsWith('attachment') && proofFile.headers()['x-content-type-options'] === 'nosniff', 'the file that closes an action is not given as a download');

      // Next year: the same questions, one answer better, and the action that caused it.
      const next = await prepare(holder, year + 1, 'middelgroot');
      await invite(holder, { fn: 'dossierhouder', domain: 'safety', account: 'dossierhouder' });
      await step(holder, next, 'Open de ronde');
      await step(holder, next, 'Sluit de ronde en ga samen vaststellen');
      await settle(holder, next, result.questions.map(({ question }) => question), (key) => {
        const { value, parts } = result.questions.find(({ question }) => question === key);
        return key === 'q20' ? { value: 'yes' } : { value, ...(value === 'partly' && { parts }) };
      });
      await step(holder, next, 'Stel het resultaat vast');
      await open(holder, `/scans/${next}/resultaat`);
      await holder.getByRole('heading', { name: `Sinds ${year}`, exact: true }).waitFor();
      const change = holder.getByRole('row', { name: /^20\./ }).filter({ hasText: 'beter' });
      await change.getByText(/dossierhouder, klaar op/).waitFor();
      await expectAccessible(holder, 'the result with a change');
      await expectNoOverflow(holder, 'the result');
      expectCalm(holder);
      expectCalm(agent);
      return undefined;
    },

    async 'a colleague answers all 26 questions on the pages, and the radar with its table shows those answers'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const id = await opened(holder, 'dossierhouder', 'middelgroot');
      const { questions, themes } = (await ask(holder, 'GET', '/instruments/quickscan-local-approach/versions/1')).data;
      const given = questions.map((_, at) => ['yes', 'partly', 'no', 'yes', 'unknown', 'partly', 'not_applicable'][at % 7]);
      await open(holder, `/scans/${id}/vragen`);
      await holder.getByRole('link', { name: /Begin met vraag 1/ }).click();
      for (const [at, value] of given.entries()) {
        await holder.waitForURL(new RegExp(`/${at + 1}$`));
        await holder.getByRole('heading', { level: 1, name: questions[at].text.nl }).waitFor();
        await choose(holder, value);
        await holder.getByRole('button', { name: at === 25 ? 'Naar het einde' : 'Volgende vraag' }).click();
      }
      await holder.getByRole('heading', { level: 1, name: 'U hebt alle 26 vragen beantwoord' }).waitFor();
      const kept = async () => (await ask(holder, 'GET', `/scans/${id}/own-answers`)).data.answers;
      await eventually(async () => (await kept()).length === 26, 'not every answer arrived');
      const arrived = new Map((await kept()).map((one) => [one.question, one]));
      for (const [at, { key }] of questions.entries()) expect(arrived.get(key)?.value === given[at], `${key} was ${given[at]} on the page and is ${arrived.get(key)?.value}`);
      await holder.getByRole('button', { name: 'Ik ben klaar' }).click();
      await holder.getByText(/U hebt afgerond op/).waitFor();

      // Settled as it was answered, the scores follow by hand: yes 1, no 0, partly one part of so many; the rest does not count.
      await step(holder, id, 'Sluit de ronde en ga samen vaststellen');
      await settle(holder, id, questions.map(({ key }) => key), (key) => ({ value: arrived.get(key).value, parts: arrived.get(key).parts }));
      await step(holder, id, 'Stel het resultaat vast');
      const worth = ({ parts }, value) => ({ yes: 1, no: 0, partly: parts.length > 0 ? 1 / parts.length : 0.5 })[value];
      const percents = themes.map((theme) => {
        const points = questions.flatMap((question, at) => (question.theme === theme.key ? worth(question, given[at]) ?? [] : []));
        return { title: theme.title.nl, percent: points.length === 0 ? 'geen score' : `${Math.round((100 * points.reduce((sum, one) => sum + one, 0)) / points.length)}%` };
      });
      await open(holder, `/scans/${id}/resultaat`);
      const radar = holder.locator('.bp-fig').filter({ has: holder.getByRole('heading', { name: 'De vorm van uw aanpak' }) });
      const spoken = await radar.getByRole('img').getAttribute('aria-label');
      for (const { title, percent } of percents) expect(spoken.includes(`${title} ${percent}`), `the radar says “${spoken}”, expected ${title} ${percent}`);
      expect(await radar.locator('.t-dot').count() === percents.filter(({ percent }) => percent !== 'geen score').length, 'the radar does not draw every score');
      await radar.getByRole('button', { name: /^Toon de cijfers/ }).click();
      const rows = await radar.getByRole('table').locator('tbody tr').evaluateAll((all) => all.map((row) => `${row.querySelector('th').textContent} ${row.lastElementChild.textContent}`));
      const expected = percents.map(({ title, percent }) => `${title} ${percent}`);
      expect(JSON.stringify(rows) === JSON.stringify(expected), `the table shows ${rows}, the answers make ${expected}`);
      await expectAccessible(holder, 'the result with the table of the radar');
      await holder.setViewportSize({ width: 360, height: 800 });
      for (const { title } of percents) await radar.locator('svg.bp-chart').getByText(title).waitFor();
      const within = await radar.locator('svg.bp-chart').evaluate((drawing) => [...drawing.querySelectorAll('text')]
        .filter((one) => one.getBoundingClientRect().left < drawing.getBoundingClientRect().left - 1 || one.getBoundingClientRect().right > drawing.getBoundingClientRect().right + 1).map((one) => one.textContent));
      expect(within.length === 0, `on a phone these names are cut off: ${within}`);
      expectCalm(holder);
      return undefined;
    },

    async 'what is settled prints as sheets: two for the council, with title, source and date'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const { items } = (await ask(holder, 'GET', '/scans')).data;
      // The oldest, which the demonstration came with: how many sheets another takes depends on its answers.
      const byAge = (one, other) => (one.id < other.id ? -1 : 1);
      const scan = items.filter(({ state }) => state === 'closed').sort(byAge)[0];
      expect(scan, 'the demonstration has no settled scan');
      /** What is visible on paper, and on how many sheets. */
      const print = async (page, path) => {
        await open(page, path);
        await page.emulateMedia({ media: 'print' });
        const words = await page.locator('body').innerText();
        const tools = await page.locator('main button:visible, main input:visible, main select:visible, main textarea:visible').evaluateAll((all) => all.filter((one) => !one.matches('.bp-num')).map((one) => one.textContent || one.id));
        expect(tools.length === 0, `${path} prints ${tools}`);
        expect(await page.locator('.bp-tablebox').evaluateAll((all) => all.every((one) => getComputedStyle(one).overflowX === 'visible')), `${path} cuts off a table on paper`);
        await page.emulateMedia({ media: null });
        return { words, sheets: pagesOf(await page.pdf({ preferCSSPageSize: true })) };
      };
      for (const [path, most] of [[`/scans/${scan.id}`, 2], [`/scans/${scan.id}/acties`, 3], [`/scans/${scan.id}/verslag/council`, 2], [`/scans/${scan.id}/resultaat`, 8]]) {
        const { sheets, words } = await print(holder, path);
        expect(/^Voorbeeldgegevens/.test(words), `${path} does not say on paper that its data is invented: ${words.slice(0, 60)}`);
        expect(sheets <= most, `${path} takes ${sheets} sheets`);
      }
      const council = await signedIn('raadslid');
      const shared = (await ask(council, 'GET', '/council-scans')).data.items.sort(byAge)[0];
      const { words, sheets } = await print(council, `/raad/${shared.id}`);
      expect(sheets <= 2, `the report for the council takes ${sheets} sheets`);
      for (const part of [/^Voorbeeldgegevens\..*\s+Beproefd\s+Waar staat Voorbeeldstad\? Verslag voor de gemeenteraad/, /Voorbeeldgegevens/, /Wat komt eruit/, /Hoe dit is gemaakt/, /Gemaakt op \d+ \w+ \d{4} met Beproefd/, /Bron: Format Quickscan/]) {
        expect(part.test(words), `the report for the council does not say ${part}`);
      }
      expect(!words.includes('geen acties afgesproken'), 'the council reads that there are no actions, which it may not see');
      await open(council, `/raad/${shared.id}`);
      await council.getByRole('button', { name: 'Print het verslag' }).waitFor();
      expect(await council.getByText('Verslag voor de gemeenteraad').first().isHidden(), 'the report stands on the screen a second time');
      await expectAccessible(council, 'what the council reads');
      expectCalm(council);
      return undefined;
    },

    async 'every page of the quickscan is walked with the keyboard alone: all is reached, in order, and focus shows'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const open2 = await opened(holder, 'dossierhouder', 'middelgroot');
      const { items } = (await ask(holder, 'GET', '/scans')).data;
      const closed = items.find(({ state, progress }) => state === 'closed' && progress.actions > 0).id;
      for (const path of ['/mijn-werk', '/scans', '/scans/nieuw', '/behoeften', `/scans/${open2}`, `/scans/${open2}/vragen`, `/scans/${open2}/vragen/3`, `/scans/${open2}/vragen/klaar`,
        `/scans/${closed}`, `/scans/${closed}/samen`, `/scans/${closed}/samen/2`, `/scans/${closed}/resultaat`, `/scans/${closed}/acties`, `/scans/${closed}/verslag/council`, `/scans/${closed}/inleveren`]) {
        await open(holder, path);
        await walk(holder, path);
      }

      // A question before something is done takes focus; Escape leaves it, and focus is where it was.
      await open(holder, `/scans/${open2}`);
      await leaves(holder, holder.getByRole('button', { name: 'Trek in: dossierhouder' }), holder.getByRole('button', { name: 'Ja, trek in' }));
      await open(holder, `/scans/${closed}`);
      await leaves(holder, holder.getByRole('button', { name: 'Heropen het vaststellen' }), holder.getByLabel('Waarom?'));
      await open(holder, `/scans/${closed}/acties`);
      await leaves(holder, holder.getByRole('button', { name: /^Wijzig:/ }).first(), holder.getByLabel('Stand'));
      await open(holder, `/scans/${closed}/resultaat`);
      await leaves(holder, holder.locator('.bp-themes .bp-num').first(), holder.getByRole('complementary', { name: 'Waar komt deze score vandaan?' }));
      const manager = await signedIn('vragenronde');
      await open(manager, '/vragenrondes');
      await walk(manager, '/vragenrondes');
      await leaves(manager, manager.getByRole('button', { name: /^Beheer/ }).first(), manager.getByRole('group').filter({ has: manager.getByRole('heading', { level: 2 }) }));
      return undefined;
    },

    async 'the dossier holder takes the report for the council along, as a file and as a page'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const { items } = (await ask(holder, 'GET', '/scans')).data;
      const scan = items.find(({ state }) => state === 'closed');
      const { data: formats } = await ask(holder, 'GET', '/report-formats');
      await open(holder, `/scans/${scan.id}/resultaat`);
      const report = holder.locator('#verslag');
      const take = async (button) => {
        await report.getByRole('button', { name: button }).click();
        await report.getByText('Het verslag is klaar.').waitFor({ timeout: 180_000 });
        const [download] = await Promise.all([holder.waitForEvent('download'), report.getByRole('link', { name: 'Download het verslag' }).click()]);
        return readFileSync(await download.path());
      };
      const odt = await take('Maak ODT');
      expect(odt.subarray(0, 2).toString() === 'PK', 'the ODT file is not a zip');
      if (formats.pdf) {
        const pdf = await take('Maak PDF');
        expect(pdf.subarray(0, 5).toString() === '%PDF-', 'the PDF file is not a PDF');
        expect(pdf.includes('/StructTreeRoot') || pdf.includes('/MarkInfo'), 'the PDF is not tagged');
      } else {
        await report.getByText(formats.why).waitFor();
        expect(await report.getByRole('button', { name: 'Maak PDF' }).count() === 0, 'a PDF is offered that cannot be made');
      }
      await expectAccessible(holder, 'the result with a report');
      await report.getByRole('link', { name: 'Bekijk en print als pagina' }).click();
      await holder.waitForURL(/\/verslag\/council$/);
      await settled(holder);
      await expectAccessible(holder, 'the report as a page');
      expectCalm(holder);
      return formats.pdf ? undefined : 'without a PDF: there is no Chromium for the server';
    },

    async 'the dossier holder withdraws a link and the one who has it reads why it does not work'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const id = await prepare(holder, await freeYear(holder), 'middelgroot');
      const link = await invite(holder, { fn: 'leerplichtambtenaar', domain: 'education' });
      await step(holder, id, 'Open de ronde');
      await open(holder, `/scans/${id}`);
      await holder.getByRole('button', { name: 'Trek in: leerplichtambtenaar' }).click();
      await holder.getByRole('button', { name: 'Ja, trek in' }).click();
      await holder.getByRole('row', { name: /leerplichtambtenaar.*ingetrokken/ }).waitFor();
      await open(holder, `/scans/${id}/vragen`);
      await holder.getByText('U bent voor deze scan niet uitgenodigd.').waitFor();
      const guest = await visit();
      await guest.goto(link);
      await guest.getByRole('heading', { level: 1, name: 'Uw link werkt hier niet' }).waitFor();
      await expectAccessible(guest, 'a link that does not work');
      return undefined;
    },

    async 'the dossier holder removes a draft that was made by mistake'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const id = await prepare(holder, await freeYear(holder), 'middelgroot');
      const link = await invite(holder, { fn: 'leerplichtambtenaar', domain: 'education' });
      const inList = holder.locator(`main a[href$="/scans/${id}"]`);
      await open(holder, '/scans');
      await inList.click();
      await holder.getByText(/wordt het concept op .+ vanzelf verwijderd/).waitFor();
      const remove = holder.getByRole('button', { name: 'Verwijder dit concept' });
      const sure = holder.getByRole('checkbox', { name: 'Ik weet dat dit concept niet terugkomt' });
      await leaves(holder, remove, sure);
      await remove.click();
      await sure.waitFor();
      await expectAccessible(holder, 'the question before a draft is removed');
      await expectValid(holder, 'the question before a draft is removed');
      await remove.click();
      await holder.getByText('Vink aan dat u dit weet.').waitFor();
      expect((await ask(holder, 'GET', `/scans/${id}`)).status === 200, 'the draft is removed before that was confirmed');
      await sure.check();
      await remove.click();
      await holder.waitForURL(/\/scans$/);
      await settled(holder);
      await holder.getByRole('heading', { level: 1, name: 'Quickscans van uw gemeente' }).waitFor();
      await holder.getByRole('status').getByText(/Quickscan lokale aanpak radicalisering, \d{4} is verwijderd\./).waitFor();
      await eventually(async () => await inList.count() === 0, 'the draft that was removed still stands in the list');
      await holder.reload();
      await holder.getByRole('heading', { level: 1, name: 'Quickscans van uw gemeente' }).waitFor();
      await settled(holder);
      expect(await holder.getByText('is verwijderd.').count() === 0, 'what was removed is told again when the page is loaded anew');
      expectQuiet(holder);
      expect((await ask(holder, 'GET', `/scans/${id}`)).status === 404, 'the draft is still there');
      const guest = await visit();
      await guest.goto(link);
      await guest.getByRole('heading', { level: 1, name: 'Uw link werkt hier niet' }).waitFor();

      // What was opened cannot be removed this way, and its page does not offer it.
      const kept = await opened(holder, 'dossierhouder', 'middelgroot');
      await open(holder, `/scans/${kept}`);
      await holder.getByRole('button', { name: 'Sluit de ronde en ga samen vaststellen' }).waitFor();
      expect(await remove.count() === 0, 'a scan that is open can be removed');
      const { data: { rowVersion } } = await ask(holder, 'GET', `/scans/${kept}`);
      const refused = await ask(holder, 'DELETE', `/scans/${kept}`, undefined, { 'If-Match': `"v${rowVersion}"` });
      expect(refused.status === 409 && refused.data.code === 'scan-not-draft', `removing a scan that is open gives ${JSON.stringify(refused)}`);
      return undefined;
    },

    async 'an implementer is not offered a scan, which only a municipality has'() {
      if (!accountsFile) return leftOut;
      const page = await signedIn('uitvoerder');
      await open(page, '/mijn-werk');
      await page.getByRole('link', { name: 'Vragenlijsten' }).first().waitFor();
      expect(await page.getByRole('link', { name: 'Begin een quickscan' }).count() === 0, 'the work list offers a scan that cannot be opened');
      await open(page, '/scans/nieuw');
      await page.getByText('U mag deze pagina niet zien').first().waitFor();
      expect(await page.getByRole('button', { name: 'Zet klaar' }).count() === 0, 'a scan can be prepared that cannot be opened');
      expectCalm(page);
      return undefined;
    },

    async 'the dossier holder stops with a scan that will not be finished, and what was settled stays'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const id = await opened(holder, 'dossierhouder', 'middelgroot');
      await answerRest(holder, `/scans/${id}/own-answers`, keys(1, 3), ['yes']);
      await step(holder, id, 'Sluit de ronde en ga samen vaststellen');
      await settle(holder, id, keys(1, 2), () => ({ value: 'no' }));
      await open(holder, `/scans/${id}`);
      await holder.getByText(/Blijft deze quickscan liggen, dan stopt hij op .+ vanzelf/).waitFor();
      const stop = holder.getByRole('button', { name: 'Stop met deze quickscan' });
      await leaves(holder, stop, holder.getByLabel('Waarom?'));
      await stop.click();
      await expectAccessible(holder, 'the question before a scan is stopped');
      await stop.click();
      await holder.getByText('Schrijf op waarom.').waitFor();
      await holder.getByLabel('Waarom?').fill('Wij doen mee met de regio.');
      await stop.click();
      await holder.getByText('Vink aan dat u dit weet.').waitFor();
      await holder.getByRole('checkbox', { name: 'Ik weet dat de eigen antwoorden niet terugkomen' }).check();
      await stop.click();
      await holder.getByRole('heading', { level: 1, name: 'De quickscan is gestopt' }).waitFor();
      await holder.getByText('2 van de 26 vragen').waitFor();
      await expectAccessible(holder, 'a scan that was stopped');
      expect((await ask(holder, 'GET', `/scans/${id}/own-answers`)).data.code === 'scan-individual-removed', 'own answers can still be asked');
      await holder.getByRole('link', { name: 'Bekijk het resultaat' }).click();
      await holder.getByText('Deze quickscan is gestopt voordat het resultaat was vastgesteld.').waitFor();
      await settled(holder);
      expect(await holder.getByRole('button', { name: /^Maak deze actie/ }).count() === 0, 'an action is offered that is refused');
      await expectAccessible(holder, 'the result of a scan that was stopped');
      await open(holder, '/scans');
      await holder.getByRole('row').filter({ has: holder.locator(`a[href$="/scans/${id}"]`) }).getByText('gestopt').waitFor();
      expectCalm(holder);
      return undefined;
    },

    async 'the work list asks to close, to settle and to archive; archiving takes the individual answers away'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const id = await prepare(holder, await freeYear(holder), 'middelgroot');
      const asked = (words) => holder.locator('.bp-work li').filter({ hasText: words }).locator(`a[href$="/scans/${id}"], a[href*="/scans/${id}/"]`).first();
      const work = async (words) => {
        await open(holder, '/mijn-werk');
        await asked(words).waitFor();
      };
      await work('Nodig collega’s uit en open');
      await open(holder, `/scans/${id}`);
      await invite(holder, { fn: 'dossierhouder', domain: 'safety', account: 'dossierhouder' });
      await step(holder, id, 'Open de ronde');
      await answerRest(holder, `/scans/${id}/own-answers`, keys(1, 26), ['yes', 'no']);
      await ask(holder, 'POST', `/scans/${id}/own-answers/submission`, { showFunction: false });
      await work('Sluit de ronde van');
      await expectAccessible(holder, 'the work list of who holds a scan that is ready to be closed');
      await step(holder, id, 'Sluit de ronde en ga samen vaststellen');
      await settle(holder, id, keys(1, 26), () => ({ value: 'no' }));
      await work('Alle vragen zijn vastgesteld.');
      await step(holder, id, 'Stel het resultaat vast');
      const action = await ask(holder, 'POST', `/scans/${id}/actions`, { question: 'q1', text: 'Werk het plan bij.', ownerFunction: 'dossierhouder', dueOn: '2031-01-01' });
      expect(action.status === 201, `the action is not made: ${JSON.stringify(action)}`);

      // Sharing with the council can be taken back on the same place.
      await holder.getByRole('button', { name: 'Deel met de raad' }).click();
      await holder.getByRole('button', { name: 'Deel niet meer' }).click();
      await holder.getByRole('button', { name: 'Deel met de raad' }).waitFor();

      await work('in het archief');
      await asked('in het archief').click();
      await holder.getByText(/Doet u niets, dan gebeurt dit op .+ vanzelf/).waitFor();
      const archive = holder.getByRole('button', { name: 'Zet in het archief' });
      await archive.click();
      await expectAccessible(holder, 'the question before a scan is archived');
      await archive.click();
      await holder.getByText('Vink aan dat u dit weet.').waitFor();
      await holder.getByRole('checkbox', { name: 'Ik weet dat de eigen antwoorden niet terugkomen' }).check();
      await archive.click();
      await holder.getByRole('heading', { level: 1, name: 'De quickscan staat in het archief' }).waitFor();
      expect((await ask(holder, 'GET', `/scans/${id}/own-answers`)).data.code === 'scan-individual-removed', 'own answers can still be asked');
      expect((await ask(holder, 'GET', `/scans/${id}/result`)).data.questions.every(({ value }) => value === 'no'), 'what was settled is gone');

      // What was agreed is still kept up: the work list asks for the action, and it can be closed.
      await work('Werk het plan bij.');
      await asked('Werk het plan bij.').click();
      await holder.getByRole('button', { name: /^Rond af/ }).click();
      await holder.getByLabel('Wat is er gedaan?').fill('Het plan is bijgewerkt.');
      await holder.getByRole('button', { name: 'Bewaar', exact: true }).click();
      await holder.getByText('Het plan is bijgewerkt.').waitFor();
      await open(holder, '/mijn-werk');
      expect(await holder.locator(`.bp-work a[href*="/scans/${id}"]`).count() === 0, 'the work list still asks for a scan in the archive');
      expectCalm(holder);
      return undefined;
    },

    async 'answers survive a lost connection and an expired session in the open page'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const id = await opened(holder, 'dossierhouder', 'middelgroot');
      await open(holder, `/scans/${id}/vragen/1`);
      await holder.context().setOffline(true);
      await choose(holder, 'no');
      await holder.getByText('Er is geen verbinding.').waitFor();
      await holder.getByText('Nog niet verstuurd, staat op dit apparaat').waitFor();
      await holder.getByRole('button', { name: 'Volgende vraag' }).click();
      await holder.waitForURL(/\/2$/);
      await choose(holder, 'yes');
      await holder.getByText('2 antwoorden wachten.').waitFor();
      await expectAccessible(holder, 'a question without a connection');
      await holder.context().setOffline(false);
      await saved(holder);
      const kept = (await ask(holder, 'GET', `/scans/${id}/own-answers`)).data.answers.map(({ question, value }) => `${question} ${value}`).sort();
      expect(kept.join() === 'q1 no,q2 yes', `after the connection came back the server holds ${kept}`);

      // The session ends while the page is open: what is filled in waits, also after the page is opened again.
      await holder.getByRole('button', { name: 'Volgende vraag' }).click();
      await holder.waitForURL(/\/3$/);
      await ask(holder, 'DELETE', '/sessions/current');
      await choose(holder, 'unknown');
      await holder.getByText('U bent niet meer ingelogd.').waitFor();
      await holder.getByRole('link', { name: 'Log weer in' }).click();
      await holder.getByRole('heading', { level: 1, name: 'Inloggen' }).waitFor();
      await holder.getByLabel('Accountnaam').fill('dossierhouder');
      await holder.getByLabel('Wachtwoord', { exact: true }).fill(own);
      await holder.getByRole('button', { name: 'Inloggen' }).click();
      await holder.waitForURL(/\/vragen\/3$/);
      await saved(holder);
      const after = (await ask(holder, 'GET', `/scans/${id}/own-answers`)).data.answers.find(({ question }) => question === 'q3');
      expect(after?.value === 'unknown', 'what was filled in without a session did not arrive');

      // Signing out with something unsent asks first, and then leaves nothing on the device.
      await holder.getByLabel('Waarom dit antwoord?').fill('Bel 06 12345678.');
      await holder.getByText('Nog niet verstuurd, staat op dit apparaat').waitFor();
      await holder.getByRole('link', { name: 'Mijn account' }).click();
      await holder.getByRole('button', { name: 'Uitloggen', exact: true }).click();
      await holder.getByText('Er staat nog iets op dit apparaat dat niet is verstuurd.').waitFor();
      await holder.getByRole('button', { name: 'Log toch uit' }).click();
      await holder.getByRole('link', { name: 'Inloggen' }).waitFor();
      expect(await holder.evaluate(() => localStorage.length) === 0, 'something stays in the browser after signing out');
      return undefined;
    },

    async 'someone was first: both texts are shown and merged'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const id = await opened(holder, 'dossierhouder', 'middelgroot');
      await open(holder, `/scans/${id}/vragen/1`);
      await choose(holder, 'yes');
      await holder.getByLabel('Waarom dit antwoord?').fill('Geschreven op kantoor.');
      await saved(holder);
      const now = (await ask(holder, 'GET', `/scans/${id}/own-answers`)).data.answers[0];
      const elsewhere = await ask(holder, 'PUT', `/scans/${id}/own-answers/q1`, { value: 'no', reason: 'Geschreven onderweg.' }, { 'If-Match': `"v${now.rowVersion}"` });
      expect(elsewhere.status === 200, `the other window is refused with ${elsewhere.status}`);
      await holder.getByLabel('Waarom dit antwoord?').fill('Geschreven op kantoor, en aangevuld.');
      await holder.getByRole('heading', { name: 'Dit antwoord is ook ergens anders gewijzigd' }).waitFor();
      await holder.getByText('Geschreven onderweg.').waitFor();
      await expectAccessible(holder, 'two texts beside each other');
      await holder.getByRole('button', { name: 'Voeg de teksten samen' }).click();
      await saved(holder);
      const merged = (await ask(holder, 'GET', `/scans/${id}/own-answers`)).data.answers[0];
      expect(merged.value === 'yes' && merged.reason.includes('onderweg') && merged.reason.includes('aangevuld'), `the merged answer is ${JSON.stringify(merged)}`);
      return undefined;
    },

    async 'a small municipality reads its own variants'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder2');
      const id = await opened(holder, 'dossierhouder2', 'klein');
      const instrument = (await ask(holder, 'GET', '/instruments/quickscan-local-approach/versions/1')).data;
      const adapted = instrument.questions.find(({ variants }) => variants.some(({ sizeClass, text }) => sizeClass === 'small' && text));
      const words = adapted.variants.find(({ sizeClass }) => sizeClass === 'small').text.nl;
      await open(holder, `/scans/${id}/vragen`);
      await holder.getByText('Uw gemeente heeft minder dan 30.000 inwoners.').waitFor();
      await open(holder, `/scans/${id}/vragen/${adapted.number}`);
      await holder.getByRole('heading', { level: 1, name: words }).waitFor();
      expect(words !== adapted.text.nl, 'the variant has the words of the question');
      await holder.getByText('Vraag voor kleinere gemeenten').waitFor();
      await expectAccessible(holder, 'a question for a small municipality');
      return undefined;
    },

    async 'the same pages ask a survey: one choice, several choices, and why'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const id = await opened(holder, 'dossierhouder', 'middelgroot', /^Enquête onder gemeenten/);
      const { questions } = (await ask(holder, 'GET', '/instruments/survey-2015/versions/1')).data;
      const many = questions.find(({ type, choices }) => type === 'choose_many' && choices.some(({ exclusive }) => exclusive));
      const why = questions.find(({ choices }) => choices.some(({ asksReason }) => asksReason));
      const named = (choice) => holder.locator('.bp-scale').getByText(choice.label.nl, { exact: true });
      await open(holder, `/scans/${id}/vragen/${many.number}`);
      const open2 = many.choices.filter(({ exclusive }) => !exclusive);
      await named(open2[1]).click();
      await named(open2[0]).click();
      await saved(holder, many.key);
      await expectAccessible(holder, 'a question of a survey');
      const given = async (key) => (await ask(holder, 'GET', `/scans/${id}/own-answers`)).data.answers.find(({ question }) => question === key);
      await eventually(async () => (await given(many.key))?.values.join() === [open2[0].key, open2[1].key].join(), 'the two choices are not kept');
      await named(many.choices.find(({ exclusive }) => exclusive)).click();
      await eventually(async () => (await given(many.key))?.values.length === 1, 'the choice that excludes the others does not stand alone');
      await open(holder, `/scans/${id}/vragen/${why.number}`);
      await named(why.choices.find(({ asksReason }) => asksReason)).click();
      await holder.getByText('Leg bij dit antwoord uit waarom.').waitFor();
      await holder.getByLabel('Waarom dit antwoord?').fill('De regio heeft er een.');
      await eventually(async () => (await given(why.key))?.reason === 'De regio heeft er een.', 'the reason is not kept');
      return undefined;
    },

    async 'a colleague answers with the keyboard alone'() {
      if (!accountsFile) return leftOut;
      const holder = await signedIn('dossierhouder');
      const id = await opened(holder, 'dossierhouder', 'groot');
      await open(holder, `/scans/${id}/vragen/1`);
      const focused = () => holder.evaluate(() => document.activeElement?.matches('.bp-scale input') ?? false);
      for (let at = 0; at < 60 && !await focused(); at += 1) await holder.keyboard.press('Tab');
      expect(await focused(), 'the answers are not reached with Tab');
      await holder.keyboard.press('Space');
      await holder.locator('.bp-scale').getByRole('radio', { name: answers.yes }).and(holder.locator(':checked')).waitFor();
      await holder.keyboard.press('ArrowRight');
      await holder.keyboard.press('ArrowRight');
      await holder.locator('.bp-scale').getByRole('radio', { name: answers.no }).and(holder.locator(':checked')).waitFor();
      await saved(holder);
      await holder.keyboard.press('Enter');
      await holder.waitForURL(/\/vragen\/2$/);
      await eventually(() => holder.evaluate(() => document.activeElement?.tagName === 'H1'), 'focus does not go to the next question');

      // Proof: open, leave with Escape, and focus is where it was.
      for (let at = 0; at < 60 && !await focused(); at += 1) await holder.keyboard.press('Tab');
      await holder.keyboard.press('Space');
      const onProof = () => holder.evaluate(() => document.activeElement?.textContent?.includes('Bewijs toevoegen') ?? false);
      for (let at = 0; at < 20 && !await onProof(); at += 1) await holder.keyboard.press('Tab');
      expect(await onProof(), 'adding proof is not reached with Tab');
      await holder.keyboard.press('Enter');
      await holder.getByLabel('Webadres').waitFor();
      await holder.keyboard.press('Escape');
      await holder.getByLabel('Webadres').waitFor({ state: 'detached' });
      await eventually(onProof, 'focus does not return to the button');
      return undefined;
    },

    async 'every page of the quickscan is accessible, also on a phone, and nothing is wider than 320 pixels'() {
      if (!accountsFile) return leftOut;
      const page = await signedIn('dossierhouder');
      const { items } = (await ask(page, 'GET', '/scans')).data;
      const of = (state) => items.find((scan) => scan.state === state)?.id;
      const paths = [
        '/mijn-werk', '/scans', '/scans/nieuw', '/antwoorden', '/behoeften',
        ...['draft', 'open', 'consensus', 'closed'].flatMap((state) => (of(state) ? [`/scans/${of(state)}`] : [])),
        ...(of('consensus') ? [`/scans/${of('consensus')}/samen`, `/scans/${of('consensus')}/samen/2`] : []),
        ...(of('closed') ? [`/scans/${of('closed')}/samen/2`, `/scans/${of('closed')}/resultaat`, `/scans/${of('closed')}/acties`, `/scans/${of('closed')}/verslag/full`, `/scans/${of('closed')}/inleveren`, `/en/scans/${of('closed')}/resultaat`] : []),
        ...items.filter(({ state, ownRespondent }) => state === 'open' && ownRespondent).slice(0, 1)
          .flatMap(({ id }) => [`/scans/${id}/vragen`, `/scans/${id}/vragen/3`, `/scans/${id}/vragen/klaar`, `/en/scans/${id}/vragen/6`]),
      ];
      expect(of('closed') !== undefined, 'the demonstration has no settled scan');
      for (const path of paths) {
        for (const width of [1280, 360, 320]) {
          await page.setViewportSize({ width, height: 800 });
          await open(page, path);
          if (width !== 320) await expectAccessible(page, `${path} at ${width}`);
          await expectNoOverflow(page, `${path} at ${width}`);
        }
        await expectValid(page, path);
      }
      const storageState = await page.context().storageState();
      for (const path of paths.filter((one) => !one.startsWith('/en'))) await weigh(path, { storageState });
      return undefined;
    },

    async 'a small municipality prints the questions in its own words'() {
      const page = await visit();
      await open(page, '/vragenlijsten');
      await page.getByRole('link', { name: 'Quickscan lokale aanpak radicalisering' }).click();
      await page.getByText('De bron drukt geen schaal en geen score.').waitFor();
      await page.getByRole('link', { name: 'Papieren formulier' }).click();
      await page.getByText('15. Bouwt de gemeente voort').waitFor();
      await page.getByLabel('Voor welke gemeente?').selectOption('small');
      await page.getByRole('button', { name: 'Toon' }).click();
      await page.getByText('15. Haakt de gemeente aan').waitFor();
      const paper = await page.pdf({ preferCSSPageSize: true, tagged: true });
      expect(paper.length > 20_000, `the paper form is a PDF of ${paper.length} bytes`);
      expectQuiet(page);
      return `${Math.round(paper.length / 1024)} kB of PDF`;
    },

    async 'the survey manager sees what a form from another program would become'() {
      if (!accountsFile) return leftOut;
      const page = await signedIn('vragenronde');
      await open(page, '/vragenlijsten');
      await page.getByRole('link', { name: 'Lees een formulier uit een ander programma' }).click();
      await page.getByRole('button', { name: 'Bekijk' }).click();
      await page.getByText('Kies eerst een bestand.').waitFor();
      const form = await page.request.get(`${new URL(page.url()).origin}/api/v1/instruments/survey-2015/versions/1/xlsform`);
      await page.getByLabel('Werkblad (.xlsx)').setInputFiles({ name: 'enquete.xlsx', mimeType: '', buffer: await form.body() });
      await page.getByRole('button', { name: 'Bekijk' }).click();
      await page.getByText('Vragen: 16. Thema’s: 6.').waitFor();
      await page.getByText('Alles in dit formulier heeft hier een plaats.').waitFor();
      await expectAccessible(page, '/vragenlijsten/inlezen');
      await page.getByLabel('Werkblad (.xlsx)').setInputFiles({ name: 'foto.xlsx', mimeType: '', buffer: Buffer.from('geen werkblad') });
      await page.getByRole('button', { name: 'Bekijk' }).click();
      await page.getByText('Dit is geen leesbaar werkblad (.xlsx).').waitFor();
      expectCalm(page);
      return undefined;
    },
  };
}
