// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The steps that several journeys take: signing in, opening a scan, answering, and waiting until it is kept. Each scan
// takes a period of its own, so that a journey can be run again on the same server.
import { readFileSync } from 'node:fs';

/** What a journey that needs an account says when there are none. */
export const leftOut = 'left out: no --accounts FILE';

/** A password that a second run on the same server knows. */
export const own = process.env.BEPROEFD_JOURNEY_PASSWORD ?? 'vier groene fietsen in de regen';

/** How many sheets of paper a PDF of Chromium has. */
export const pagesOf = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;

export function journeySteps({ visit, open, settled, expect, eventually, expectQuiet }, accountsFile) {

  /** The one-time password of a demonstration account. */
  const passwordOf = (name) => readFileSync(accountsFile, 'utf8').split('\n').map((line) => line.trim().split(/\s{2,}|\t/))
    .find(([first]) => first === name)?.[1];

  /** A page of its own where this account is signed in, with a password that was chosen. The first time on a server it
      has to choose one; `beforeChoosing` may look at that page, and try another one with the function it is given. */
  async function signedIn(name, options = {}, beforeChoosing = async () => undefined) {
    const page = await visit(options);
    await open(page, '/inloggen');
    for (const tried of [own, passwordOf(name)]) {
      await page.getByLabel('Accountnaam').fill(name);
      await page.getByLabel('Wachtwoord', { exact: true }).fill(tried);
      const [answer] = await Promise.all([
        page.waitForResponse((one) => one.url().endsWith('/api/v1/sessions') && one.request().method() === 'POST'),
        page.getByRole('button', { name: 'Inloggen' }).click(),
      ]);
      if (answer.ok()) break;
      await page.getByText('horen niet bij elkaar').waitFor();
    }
    await eventually(() => !page.url().includes('/inloggen'), `${name} cannot sign in`);
    await settled(page);
    if (page.url().endsWith('/account')) {
      const choose = async (next) => {
        await page.getByLabel('Huidig wachtwoord').fill(passwordOf(name));
        await page.getByLabel('Nieuw wachtwoord').fill(next);
        await page.getByRole('button', { name: 'Wijzig wachtwoord' }).click();
      };
      await beforeChoosing(page, choose);
      await choose(own);
      await page.getByText('Uw wachtwoord is gewijzigd.').waitFor();
    }
    page.complaints.length = 0; // a refused password is an answer of 401, and the browser says so
    return page;
  }

  /** The browser says of each refused request that it failed; anything else is a mistake of ours. */
  function expectCalm(page) {
    page.complaints = page.complaints.filter((complaint) => !complaint.startsWith('Failed to load resource'));
    expectQuiet(page);
  }

  /** What the API answers to who is signed in on this page. */
  const ask = (page, method, path, body, headers = {}) => page.evaluate(async ([how, where, what, more]) => {
    const response = await fetch(`/api/v1${where}`, {
      method: how, headers: { Accept: 'application/json', ...(what && { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }), ...more },
      ...(what && { body: JSON.stringify(what) }),
    });
    const text = await response.text();
    return { status: response.status, data: text ? JSON.parse(text) : undefined };
  }, [method, path, body, headers]);

  /** Opens a scan over a year through the pages. */
  async function prepare(page, year, size, instrument) {
    await open(page, '/scans');
    await page.getByRole('link', { name: 'Begin een quickscan' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Begin een quickscan' }).waitFor();
    if (instrument) await page.getByRole('radio', { name: instrument }).check();
    await page.getByLabel('Over welke periode? Van').fill(`${year}-01-01`);
    await page.getByRole('textbox', { name: 'Tot en met' }).fill(`${year}-12-31`);
    await page.getByRole('button', { name: 'Zet klaar' }).click();
    await page.getByRole('alert').getByText('Kies hoe groot uw gemeente is.').waitFor();
    await page.getByRole('radio', { name: new RegExp(`^${size}`) }).check();
    await page.getByRole('button', { name: 'Zet klaar' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nodig collega’s uit en open de ronde' }).waitFor();
    return new URL(page.url()).pathname.split('/').at(-1);
  }

  async function invite(page, { fn, domain, account }) {
    await page.getByRole('textbox', { name: 'Functie' }).fill(fn);
    await page.getByLabel('Vakgebied').selectOption(domain);
    await page.getByRole('radio', { name: account ? 'Met een account van uw gemeente' : /^Met een link/ }).check();
    if (account) await page.getByLabel('Account', { exact: true }).selectOption({ label: account });
    await page.getByRole('button', { name: 'Nodig uit' }).click();
    await page.getByText(`${fn} is uitgenodigd.`).waitFor();
    await page.getByRole('rowheader', { name: fn }).waitFor();
    if (account) return undefined;
    const link = await page.locator('.bp-newlink code').textContent();
    await page.getByRole('button', { name: 'Ik heb de link bewaard' }).click();
    await page.locator('.bp-newlink').waitFor({ state: 'detached' });
    return link;
  }

  async function step(page, id, button) {
    await open(page, `/scans/${id}`);
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('button', { name: button }).waitFor({ state: 'detached' });
  }

  const answers = { yes: /^Ja/, partly: /^Deels/, no: /^Nee/, unknown: /^Weet niet/, not_applicable: /^Niet van toepassing/ };

  /** Chooses an answer on the question that is open; partly with its first part, not applicable with why. */
  async function choose(page, value) {
    await page.locator('.bp-scale').getByRole('radio', { name: answers[value] }).check();
    if (value === 'partly' && await page.locator('.bp-parts').count() > 0) await page.locator('.bp-parts').getByRole('checkbox').first().check();
    if (value === 'not_applicable') await page.getByLabel('Waarom dit antwoord?').fill('Dit regelt de regio voor ons.');
  }

  /** Where the answers of the page that is open are kept, and which question it asks. */
  function place(page) {
    const [, scan, kind, number] = /\/scans\/([^/]+)\/(vragen|samen)\/(\d+)$/.exec(new URL(page.url()).pathname) ?? [];
    if (scan) return { path: kind === 'samen' ? `/scans/${scan}/settled-answers` : `/scans/${scan}/own-answers`, number };
    return { path: '/respondent/scan', number: /\/antwoorden\/vragen\/(\d+)$/.exec(page.url())?.[1] };
  }

  /** Until the server holds what this page shows, and the page says so: an earlier message about another save does not
      count. `key` when the questionnaire does not call its questions q1, q2, … */
  async function saved(page, key) {
    const { path, number } = place(page);
    const question = key ?? `q${number}`;
    let shown;
    let kept;
    await eventually(async () => {
      shown = await page.evaluate(() => ({
        chosen: [...document.querySelectorAll('.bp-scale input:checked')].map(({ value }) => value).sort().join(),
        reason: document.querySelector('#reden')?.value ?? '',
        said: /^Bewaard om \d\d\.\d\d uur$/.test(document.querySelector('.bp-saved')?.textContent ?? ''),
      }));
      const { data } = await ask(page, 'GET', path);
      const answer = (data.answers ?? data.items)?.find((one) => one.question === question);
      kept = { chosen: (answer?.value ? [answer.value] : [...answer?.values ?? []]).sort().join(), reason: answer?.reason ?? '' };
      return shown.said && shown.chosen === kept.chosen && shown.reason.trim() === kept.reason;
    }, '').catch(() => { throw new Error(`${question} shows ${JSON.stringify(shown)}, and the server holds ${JSON.stringify(kept)}`); });
  }

  /** Answers these questions one after the other, by going to the next one. */
  async function answer(page, from, values) {
    for (const [at, value] of values.entries()) {
      await page.waitForURL(new RegExp(`/${from + at}$`));
      await choose(page, value);
      await saved(page);
      await page.getByRole('button', { name: /^(Volgende vraag|Naar het einde)$/ }).click();
    }
  }

  /** The rest of the questions of the one who is signed in, through the API, as another window would. */
  async function answerRest(page, base, questions, values) {
    for (const [at, key] of questions.entries()) {
      const value = values[at % values.length];
      const reply = await ask(page, 'PUT', `${base}/${key}`, { value, ...(value === 'partly' && { parts: ['a'] }), ...(value === 'not_applicable' && { reason: 'Past hier niet.' }) });
      expect(reply.status < 300, `${key} is not taken: ${JSON.stringify(reply)}`);
    }
  }

  const keys = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => `q${from + at}`);

  /** A year that no scan of this municipality covers yet. */
  async function freeYear(page) {
    const { data } = await ask(page, 'GET', '/scans');
    return Math.max(2030, ...data.items.map(({ periodTo }) => Number(periodTo.slice(0, 4)) + 1));
  }

  /** A scan of this account alone, with its round open on the first question. */
  async function opened(page, account, size, instrument) {
    const id = await prepare(page, await freeYear(page), size, instrument);
    await invite(page, { fn: 'dossierhouder', domain: 'safety', account });
    await step(page, id, 'Open de ronde');
    return id;
  }

  /** Settles these questions through the API. */
  async function settle(page, id, questions, valueOf) {
    for (const key of questions) {
      const answer = valueOf(key);
      const reply = await ask(page, 'PUT', `/scans/${id}/settled-answers/${key}`, { reason: 'Zo spraken wij af.', ...(answer.value === 'partly' && { parts: ['a'] }), ...answer });
      expect(reply.status < 300, `${key} is not settled: ${JSON.stringify(reply)}`);
    }
  }

  return {
    signedIn, expectCalm, ask, prepare, invite, step, answers, choose, saved, answer, answerRest, keys, freeYear, opened, settle,
  };
}
