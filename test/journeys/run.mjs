// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Journeys through the running system in Chromium, in the words of a user, with an accessibility check per page.
// Use: node test/journeys/run.mjs BASE_URL [--accounts FILE] [--only WORDS]
//      or with BASE_URL and DEMO_ACCOUNTS in the environment, as test/with-server.sh gives them.
// FILE is the list of demonstration accounts; without it the journey of the administrator is left out and says so.
// Status 0 when every journey succeeded, 1 when one did not, 2 when it could not start.
import { readFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { nationalJourneys } from './national.mjs';
import { addresses, publicPages } from './pages.mjs';
import { quickscanJourneys } from './quickscan.mjs';
import { journeySteps } from './steps.mjs';

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)));
const { chromium } = require('playwright-core');
const { HtmlValidate } = require('html-validate');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { accounts: { type: 'string' }, only: { type: 'string' } },
});
const base = (positionals[0] ?? process.env.BASE_URL)?.replace(/\/$/, '');
const accounts = options.accounts ?? process.env.DEMO_ACCOUNTS;
if (!base) {
  console.error('run.mjs: say where the server is, for example: node test/journeys/run.mjs http://localhost:8080');
  process.exit(2);
}
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  console.error(`run.mjs: no Chromium at ${executablePath}; set CHROMIUM to where it is`);
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath,
  // Chromium refuses its sandbox to root, as in a container.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

// --------------------------------------------------------------------------------------------------------- helpers

function expect(holds, sentence) {
  if (!holds) throw new Error(sentence);
}

/** Waits until what the user will see is there. holds may ask the page; half a minute is for a machine with much else
    to do, and nothing waits longer than it must. A pause of a fixed length would fail there, so no journey has one. */
async function eventually(holds, sentence) {
  const end = Date.now() + 30_000;
  while (!await holds()) {
    expect(Date.now() < end, sentence);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A page of its own, that remembers every complaint of the browser: errors, warnings, refusals of the CSP. */
async function visit({ width = 1280, height = 900, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, reducedMotion: 'reduce', ...more });
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) page.complaints.push(`${message.text()} (${page.url()})`);
  });
  page.on('pageerror', (error) => page.complaints.push(`${error.message} (${page.url()})`));
  page.underWay = new Set();
  page.on('request', (request) => page.underWay.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => page.underWay.delete(request));
  page.setDefaultTimeout(60_000);
  return page;
}

async function open(page, path) {
  page.underWay.clear();
  const response = await page.goto(base + path);
  expect(response?.status() === 200, `${path} answers ${response?.status()}, expected 200`);
  await settled(page);
}

/** Until the page stands: its heading is there, nothing is being fetched, and no part says that it is loading. */
async function settled(page) {
  await page.locator('main h1').first().waitFor();
  let quiet = 0;
  await eventually(async () => {
    const still = page.underWay.size === 0
      && await page.evaluate(() => document.querySelector('.bp-skeleton, main[aria-busy=true]') === null);
    quiet = still ? quiet + 1 : 0;
    return quiet === 3;
  }, `${page.url()} keeps loading`);
}

function expectQuiet(page) {
  expect(page.complaints.length === 0, `the browser complains:\n    ${page.complaints.join('\n    ')}`);
}

/** axe, on the rules for WCAG 2.2 A and AA. The content security policy refuses a script from outside; this one is
    given by the browser driver and is no part of the page. */
async function expectAccessible(page, where) {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations: found } = await globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`);
  });
  expect(violations.length === 0, `axe on ${where}:\n    ${violations.join('\n    ')}`);
}

async function expectNoOverflow(page, where) {
  const tooWide = () => page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    return [...document.querySelectorAll('main *, header *, footer *')]
      .filter((element) => element.getBoundingClientRect().right > limit + 1)
      .slice(0, 3).map((element) => element.outerHTML.slice(0, 120));
  });
  // A chart is drawn again after the window changed; what counts is where that ends.
  let wide = [];
  await eventually(async () => (wide = await tooWide()).length === 0, '')
    .catch(() => { throw new Error(`${where} is wider than the screen:\n    ${wide.join('\n    ')}`); });
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // The DOM is read back from the browser, which writes void elements and boolean attributes its own way.
    'void-style': 'off', 'attribute-boolean-style': 'off', 'attribute-empty-style': 'off', 'doctype-style': 'off',
    'no-trailing-whitespace': 'off', 'no-inline-style': 'error', 'long-title': 'off',
    // React writes ids with other characters; they are unique and never used in a selector.
    'valid-id': 'off', 'no-raw-characters': 'off',
    // A table scrolls sideways in a labelled region; a number is a button with its name in hidden words.
    'prefer-native-element': 'off', 'tel-non-breaking': 'off', 'text-content': 'off',
  },
});

async function expectValid(page, where) {
  const html = `<!doctype html>${await page.evaluate(() => document.documentElement.outerHTML)}`;
  const report = await validator.validateString(html);
  const messages = report.results.flatMap((result) => result.messages).filter((message) => message.severity === 2)
    .map((message) => `${message.ruleId}: ${message.message} (${message.selector ?? ''})`);
  expect(messages.length === 0, `html-validate on ${where}:\n    ${messages.slice(0, 6).join('\n    ')}`);
}

/** Down the page and back, so that what is fetched in view is fetched. Two frames each, so that the browser tells what
    came into view. */
async function scrollThrough(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let y = 0; y < document.body.scrollHeight; y += 500) {
      window.scrollTo(0, y);
      await frame();
      await frame();
    }
    window.scrollTo(0, 0);
    await frame();
  });
  await settled(page);
}

// -------------------------------------------------------------------------------------------------------- journeys

const journeys = {
  async 'a visitor follows a number to its source and exports it'() {
    const page = await visit();
    await open(page, '/');
    const number = page.locator('h1 .bp-num').first();
    await number.click();
    const drawer = page.getByRole('complementary', { name: 'Bron van dit getal' });
    await drawer.getByText('Berekend uit').waitFor();
    await eventually(() => page.url().includes('?bron='), 'the open number does not stand in the address');
    await eventually(async () => await number.getAttribute('aria-expanded') === 'true', 'the number does not say that it is open');

    // From the sum to one printed amount, with its line.
    await drawer.getByRole('button', { name: /2020/ }).first().click();
    await drawer.getByRole('button', { name: /Preventie/ }).first().click();
    await drawer.getByText('Zo staat het in de bron').waitFor();
    expect((await drawer.locator('.is-spot').textContent()) === '1.763.000', 'the source slip does not mark the printed amount');
    expect((await drawer.textContent()).includes('429'), 'the line is not told');
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await open(page, '/versterkingsgelden/prevention?bron=cluster-figures~prevention~2020-granted');
      await drawer.locator('.is-spot').waitFor();
      const [cell, box] = await Promise.all([drawer.locator('.is-spot').boundingBox(), drawer.locator('.bp-tablebox').boundingBox()]);
      expect(cell.x >= box.x && cell.x + cell.width <= box.x + box.width, `at ${width} the marked amount stands outside its slip`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await expectAccessible(page, 'home with the drawer open');
    await drawer.getByRole('button', { name: 'Sluiten' }).click();
    await drawer.waitFor({ state: 'detached' });

    await open(page, '/cijfers');
    await page.getByLabel('Zoek een woord of getal').fill('preventie');
    await page.getByRole('button', { name: 'Zoek', exact: true }).click();
    await page.getByRole('heading', { name: /cijfers gevonden/ }).waitFor();
    for (const format of ['CSV', 'XLSX', 'JSON']) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: format, exact: true }).click()]);
      const file = readFileSync(await download.path());
      expect(file.length > 200, `the ${format} file is empty`);
      if (format === 'CSV') expect(file.toString('utf8').includes('1763000'), 'the CSV file does not hold the amount');
      if (format === 'XLSX') expect(file.subarray(0, 2).toString() === 'PK', 'the XLSX file is not a zip');
      if (format === 'JSON') JSON.parse(file.toString('utf8'));
    }
    expectQuiet(page);
  },

  async 'a visitor narrows the figures by year and cluster, and the file follows'() {
    const page = await visit();
    await open(page, '/cijfers');
    const found = page.getByRole('heading', { name: /cijfers gevonden/ });
    const all = await found.textContent();
    await page.getByLabel('Jaar').fill('2021');
    await page.getByLabel('Cluster').selectOption({ label: 'Preventie' });
    await page.getByRole('button', { name: 'Zoek', exact: true }).click();
    await eventually(async () => await found.count() === 1 && await found.textContent() !== all, 'the list does not get shorter');
    const few = await found.textContent();
    expect(/[?&]jaar=2021/.test(page.url()) && /[?&]cluster=prevention/.test(page.url()), `the choice is not in the address: ${page.url()}`);
    await page.reload();
    await settled(page);
    expect(await found.textContent() === few, 'after a reload it is another list');
    expect(await page.getByLabel('Jaar').inputValue() === '2021', 'after a reload the year is gone from its field');
    expect(await page.getByLabel('Cluster').inputValue() === 'prevention', 'after a reload the cluster is gone from its field');

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'JSON', exact: true }).click()]);
    const { items } = JSON.parse(readFileSync(await download.path(), 'utf8'));
    expect(items.length === Number.parseInt(few, 10), `the file holds ${items.length} figures, the page says: ${few}`);
    for (const { key, cluster, period } of items)
      expect(cluster === 'prevention' && period.first <= '2021-12-31' && period.last >= '2021-01-01', `${key} does not belong in the file`);

    // All of them can be had on the page, however many there are.
    await open(page, '/cijfers');
    const more = page.getByRole('button', { name: 'Toon meer cijfers' });
    const rows = page.locator('main tbody tr');
    for (let before = 0; await more.count() > 0; before = await rows.count()) {
      await more.click();
      await eventually(async () => await more.count() === 0 || await rows.count() > before, 'nothing more is shown');
    }
    expect(await rows.count() === Number.parseInt(all, 10), `${await rows.count()} rows are shown of: ${all}`);

    // Each document that can be chosen has figures.
    const documents = await page.getByLabel('Document').locator('option').evaluateAll((options) => options.map((option) => option.value).filter(Boolean));
    for (const document of documents) {
      await open(page, `/cijfers?document=${document}`);
      expect(await found.count() === 1, `${document} has no figures`);
    }
    expectQuiet(page);
  },

  async 'a visitor takes the drawing and the figures of a chart along'() {
    const page = await visit();
    await open(page, '/versterkingsgelden');
    const chart = page.locator('.bp-fig').first();
    await chart.getByRole('button', { name: /Toon de cijfers/ }).click();
    await eventually(async () => await chart.getByRole('table').count() === 1, 'the chart has no table');
    await chart.getByRole('button', { name: /Download/ }).click();
    const [svg] = await Promise.all([page.waitForEvent('download'), chart.getByRole('button', { name: /SVG/ }).click()]);
    const drawing = readFileSync(await svg.path(), 'utf8');
    expect(drawing.includes('<pattern') && !drawing.includes('class="f-'), 'the SVG file does not stand alone');
    const [csv] = await Promise.all([page.waitForEvent('download'), chart.getByRole('button', { name: /CSV/ }).click()]);
    expect(readFileSync(await csv.path(), 'utf8').includes('1.763.000'), 'the CSV file does not hold the amount');
    expectQuiet(page);
  },

  async 'a visitor takes a chart along as a picture with its title and source'() {
    const page = await visit();
    await open(page, '/versterkingsgelden');
    const chart = page.locator('.bp-fig').first();
    await chart.getByRole('button', { name: /Download/ }).click();
    const [png] = await Promise.all([page.waitForEvent('download'), chart.getByRole('button', { name: /PNG/ }).click()]);
    const file = readFileSync(await png.path());
    expect(png.suggestedFilename().endsWith('.png'), `the picture is called ${png.suggestedFilename()}`);
    expect(file.subarray(1, 4).toString() === 'PNG', 'the picture is no PNG');
    const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
    const drawing = await chart.locator('svg.bp-chart').first().boundingBox();
    expect(width > drawing.width && height > drawing.height * 2 + 100, `the picture of ${width} by ${height} leaves no room for its title and source`);

    // What the picture shows, read back in the browser: white in the corners, ink where the title, the drawing and the source are.
    const shown = await page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
      const at = (x, y) => [...pixels.slice((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)];
      const inked = (from, to) => {
        let dark = 0;
        for (let y = from; y < to; y += 1) for (let x = 0; x < image.width; x += 1) if (at(x, y)[0] < 128) dark += 1;
        return dark;
      };
      return {
        corners: [at(0, 0), at(image.width - 1, image.height - 1)],
        title: inked(48, 110), drawing: inked(200, image.height - 120), source: inked(image.height - 100, image.height - 40),
      };
    }, file.toString('base64'));
    expect(shown.corners.every((pixel) => pixel.every((part) => part === 255)), 'the picture is not on white');
    for (const part of ['title', 'drawing', 'source']) expect(shown[part] > 50, `the picture shows no ${part}`);
    expectQuiet(page);
  },

  async 'a visitor lets a table of their own be checked: pasted, from a file, and wrong'() {
    const page = await visit();
    await open(page, '/tabel-nakijken');
    const check = page.getByRole('button', { name: 'Tel na' });
    await check.click();
    await page.getByRole('alert').getByText('Plak eerst een tabel, of kies een bestand.').waitFor();
    await expectAccessible(page, 'checking a table, with an error');

    // Pasted from a spreadsheet: one minus sign has been lost.
    const table = page.getByLabel('Plak uw tabel');
    await table.fill('Jaar\tWonen\tZorg\tTotaal\n2024\t120\t30\t150\n2025\t140\t25\t115\nTotaal\t260\t55\t265\n');
    await check.click();
    const found = page.locator('.bp-result');
    await found.getByText('sommen kloppen niet').first().waitFor();
    await eventually(() => found.evaluate((element) => element.contains(document.activeElement) || element === document.activeElement),
      'the outcome is not in focus');
    await expectAccessible(page, 'checking a table, with a finding');

    await page.getByRole('button', { name: 'Vul een voorbeeld in' }).click();
    await check.click();
    await found.getByText('Een minteken is weggevallen').first().waitFor();
    await eventually(async () => await found.locator('td.is-clash').count() > 0, 'the cell with the slip is not marked');

    // From a file, in the letters of an older program, and right.
    const csv = 'jaar;cafés;totaal\n2024;1,5;1,5\n2025;2,5;2,5\ntotaal;4,0;4,0\n';
    await page.getByLabel('Of kies een CSV-bestand').setInputFiles({ name: 'tabel.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'latin1') });
    await page.getByRole('status').getByText('geen UTF-8').waitFor();
    expect((await table.inputValue()).includes('cafés'), 'the letters of the file are not read');
    await check.click();
    await found.getByText(/Alles klopt: \d+ sommen nageteld/).first().waitFor();

    await page.getByLabel('Of kies een CSV-bestand').setInputFiles({ name: 'groot.csv', mimeType: 'text/csv', buffer: Buffer.alloc(1_000_001, '1') });
    await page.getByRole('alert').getByText('groter dan 1 MB').waitFor();

    // What cannot be read as a table is refused by the server, and the page says where.
    await table.fill('jaar;a;b\n2024;"1;2\n');
    page.complaints.length = 0;
    await check.click();
    await page.getByRole('alert').first().waitFor();
    expect(await found.count() === 0, 'an old outcome stays beside the error');
    const refusals = page.complaints.filter((line) => !line.includes('400'));
    expect(refusals.length === 0, `the browser complains:\n    ${refusals.join('\n    ')}`);
  },

  async 'a visitor finds the reallocation finding from the finance table'() {
    const page = await visit();
    await open(page, '/actieplan-2007-2011/geld');
    await page.getByRole('heading', { name: 'Een minteken is weggevallen' }).waitFor();
    const cell = page.locator('td.is-clash');
    expect((await cell.textContent()).includes('−0,49'), 'the cell does not say what it must be');
    await cell.getByRole('button').first().click();
    const drawer = page.getByRole('complementary', { name: 'Bron van dit getal' });
    await drawer.getByText('Klopt niet. Moet zijn −0,49.').waitFor();
    await drawer.getByRole('link', { name: /ander programma/i }).first().click();
    await page.waitForURL(/kloppen-de-cijfers#I1$/);
    const finding = page.locator('#I1');
    await finding.getByText('Klopt niet').first().waitFor();
    await finding.getByRole('table').first().waitFor();
    await eventually(async () => await finding.locator('td.is-clash').count() === 1, 'the finding does not highlight the cell');

    // A number that came out of the recomputation leads to its sum, and the sum to every number in it.
    await finding.getByRole('table').first().getByRole('button', { name: /^1,99/ }).click();
    const sum = page.getByRole('complementary', { name: 'Zo is dit nagerekend' });
    await sum.getByText('0,49 + 0,85 + 0,65 = 1,99').first().waitFor();
    await expectAccessible(page, 'the drawer of a recomputation');
    await sum.getByRole('button', { name: /Ander programma, 2009/ }).click();
    await drawer.getByText('Zo staat het in de bron').waitFor();
    expect((await drawer.locator('.is-spot').textContent()) === '0,85', 'the number in the sum does not lead to its source');
    expectQuiet(page);
  },

  async 'a visitor switches the language and stays on the page'() {
    const page = await visit();
    await open(page, '/behoeften-2015');
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: /municipalities needed in 2015/ }).waitFor();
    await page.waitForURL(/\/en\/behoeften-2015$/);
    await page.locator('html[lang=en]').waitFor();
    await page.getByRole('link', { name: 'Money', exact: true }).click();
    await page.waitForURL(/\/en\/versterkingsgelden$/);
    await page.getByRole('link', { name: 'Nederlands' }).click();
    await page.getByRole('heading', { level: 1, name: /Van elke euro/ }).waitFor();
    expectQuiet(page);
  },

  async 'a visitor prints a factsheet on one sheet'() {
    const page = await visit();
    for (const cluster of ['analysis', 'person-centred', 'key-persons', 'expertise', 'prevention', 'evaluation']) {
      await open(page, `/versterkingsgelden/${cluster}`);
      const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
      const sheets = Number(/\/Count (\d+)/.exec(pdf)?.[1]);
      expect(sheets === 1, `the factsheet ${cluster} takes ${sheets} sheets`);
    }
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('heading', { name: 'Bronnen bij de getallen' }).waitFor();
    await page.getByRole('button', { name: 'Print op één blad' }).waitFor({ state: 'hidden' });
    expectQuiet(page);
  },

  async 'a visitor reads what each role may do, and what it may not'() {
    const page = await visit();
    await open(page, '/rollen');
    const { items } = await page.evaluate(() => fetch('/api/v1/roles').then((answer) => answer.json()));
    for (const { label, may, mayNot } of items) {
      const role = page.locator('article').filter({ has: page.getByRole('heading', { name: label.nl, exact: true }) });
      const told = (await role.locator('dl > *').allInnerTexts()).map((line) => line.replace(/\s+/g, ' '));
      const expected = [['Mag', may.nl], ['Mag niet', mayNot.nl]].filter(([, words]) => words).map((line) => line.join(' '));
      expect(JSON.stringify(told) === JSON.stringify(expected), `${label.nl} is told as: ${told.join(' | ')}`);
    }
    expectQuiet(page);
  },

  async 'a visitor prints a page whole: the map, the charts and the tables'() {
    const page = await visit();
    // A sheet of A4 of 794 pixels, with its margins taken off.
    const onSheet = async () => {
      await page.setViewportSize({ width: 794, height: 1123 });
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => { document.body.style.inlineSize = '680px'; });
    };
    // The map stands far below, and nobody scrolls.
    await open(page, '/');
    await eventually(() => page.evaluate(() => document.querySelectorAll('.bp-chart path.m5').length > 0), 'the map is only drawn for who scrolls to it');
    expect(await page.evaluate(() => window.scrollY) === 0, 'the page scrolled');
    expect(await page.locator('.bp-screen:has(path.m5)').count() === 0, 'the map stays on the screen');

    // A chart is drawn for its column on paper, with letters of at least six and a half points, and again for the screen.
    await open(page, '/actieplan-2007-2011');
    const drawnFor = () => page.locator('svg.bp-chart').evaluateAll((charts) => charts.map((chart) => chart.viewBox.baseVal.width));
    const onScreen = await drawnFor();
    const printed = await page.evaluate(() => {
      let widths;
      window.addEventListener('beforeprint', () => {
        widths = [...document.querySelectorAll('svg.bp-chart')].map((chart) => chart.viewBox.baseVal.width);
      }, { once: true });
      window.dispatchEvent(new Event('beforeprint'));
      return widths;
    });
    await onSheet();
    const there = await page.locator('svg.bp-chart').evaluateAll((charts) => charts.map((chart) => chart.getBoundingClientRect().width));
    expect(printed.length === there.length && printed.length > 2, 'not every chart is printed');
    for (const [at, width] of printed.entries()) {
      const letters = 13 * there[at] / width * 0.75;
      expect(letters >= 6.5 && letters < 10, `chart ${at + 1} has letters of ${letters.toFixed(1)} points on paper`);
    }
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(() => { document.body.style.inlineSize = ''; });
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await eventually(async () => JSON.stringify(await drawnFor()) === JSON.stringify(onScreen), 'the charts stay as they were on paper');

    // Nothing is cut off at the right of the sheet, and a total stands once.
    for (const path of publicPages) {
      await open(page, path);
      await onSheet();
      const cut = await page.evaluate(() => [...document.querySelectorAll('.bp-tablebox')]
        .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent.slice(0, 60)));
      expect(cut.length === 0, `on paper ${path} cuts off a table:\n    ${cut.join('\n    ')}`);
      const repeated = await page.evaluate(() => [...document.querySelectorAll('tfoot')].some((foot) => getComputedStyle(foot).display === 'table-footer-group'));
      expect(!repeated, `${path} prints its totals on each sheet`);
      await page.emulateMedia({ media: null });
    }
    expectQuiet(page);
  },

  async 'a visitor with a keyboard reaches the content, a number, its source, and comes back'() {
    const page = await visit();
    await open(page, '/versterkingsgelden/prevention');
    await page.keyboard.press('Tab');
    expect((await page.evaluate(() => document.activeElement?.textContent)) === 'Direct naar de inhoud', 'the first stop is not the skip link');
    await page.keyboard.press('Enter');
    for (let at = 0; at < 12; at += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.classList.contains('bp-num'))) break;
    }
    const source = await page.evaluate(() => document.activeElement?.getAttribute('data-source'));
    expect(source !== null, 'no number was reached with Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Bron van dit getal' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'bron-titel');
    await page.keyboard.press('Escape');
    await eventually(() => page.evaluate((number) => document.activeElement?.getAttribute('data-source') === number, source),
      'focus did not return to the number');
    expectQuiet(page);
  },

  async 'a visitor with a phone opens the menu, a source as a sheet, and sees the number above it'() {
    const page = await visit({ width: 360, height: 780 });
    await open(page, '/versterkingsgelden');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Actieplan 2007–2011' }).first().click();
    await page.getByRole('heading', { level: 1, name: /Vijf jaar actieplan/ }).waitFor();
    const number = page.locator('.bp-num').nth(4);
    await number.click();
    const drawer = page.getByRole('complementary', { name: 'Bron van dit getal' });
    await drawer.waitFor();
    await eventually(async () => {
      const [numberBox, drawerBox] = [await number.boundingBox(), await drawer.boundingBox()];
      return numberBox && drawerBox && numberBox.y >= 0 && numberBox.y + numberBox.height <= drawerBox.y;
    }, 'the number is not in view above the sheet');
    await expectAccessible(page, 'the sheet on a phone');
    expectQuiet(page);
  },

  async 'a wrong address is a page that helps'() {
    const page = await visit();
    await page.goto(`${base}/bestaat-niet`);
    await page.getByRole('heading', { level: 1, name: 'Deze pagina is er niet' }).waitFor();
    await settled(page);
    await expectAccessible(page, 'the page that is not there');
  },

  async 'a new page begins at its top, and back returns to the place that was left'() {
    const page = await visit();
    await open(page, '/versterkingsgelden');
    const link = page.locator('main a[href^="/versterkingsgelden/"]').last();
    await link.scrollIntoViewIfNeeded();
    const left = await page.evaluate(() => window.scrollY);
    expect(left > 50, `the page scrolls only ${left} pixels`);

    await link.click();
    await page.waitForURL('**/versterkingsgelden/*');
    await settled(page);
    expect(await page.evaluate(() => window.scrollY) === 0, 'the new page does not begin at its top');
    await page.goBack();
    await settled(page);

    await eventually(async () => Math.abs(await page.evaluate(() => window.scrollY) - left) <= 1, 'back is another place');
    await page.reload();
    await settled(page);
    await eventually(async () => Math.abs(await page.evaluate(() => window.scrollY) - left) <= 1, 'a reload is another place');
    expectQuiet(page);
  },

  async 'a lost connection is said in words and can be tried again'() {
    const page = await visit();
    await open(page, '/privacy');
    await page.route('**/api/v1/documents', (route) => route.abort());
    await page.getByRole('link', { name: 'De bronnen' }).click();
    await page.getByRole('heading', { level: 1, name: 'De server is niet te bereiken' }).waitFor();
    await page.unroute('**/api/v1/documents');
    await page.getByRole('button', { name: 'Probeer het nog eens' }).click();
    await page.getByRole('heading', { level: 1, name: /bronnen waar elk cijfer/ }).waitFor();
  },

  async 'an administrator signs in, chooses a password and makes an account'() {
    if (!accounts) return 'left out: no --accounts FILE';
    const line = readFileSync(accounts, 'utf8').split('\n').map((text) => text.trim().split(/\s{2,}|\t/))
      .find((words) => words.some((word) => word === 'administrator'));
    expect(line, `${accounts} has no administrator`);
    const [name] = line;
    const visitor = await visit();
    await open(visitor, '/inloggen');
    await visitor.getByRole('button', { name: 'Inloggen' }).click();
    await visitor.getByRole('alert').getByText('Vul uw accountnaam in.').waitFor();
    await expectAccessible(visitor, 'sign in with errors');
    // The one-time password must be changed; one that is too short is refused.
    const page = await journeySteps({ visit, open, settled, expect, eventually, expectQuiet }, accounts)
      .signedIn(name, {}, async (first, choose) => {
        // Whatever page is asked for, it leads there.
        await open(first, '/beheer/accounts');
        await first.waitForURL('**/account');
        await first.getByText('Kies eerst een eigen wachtwoord.').waitFor();
        await choose('kort');
        await first.getByRole('alert').first().waitFor();
      });
    await open(page, '/account');
    await expectAccessible(page, 'account');
    await open(page, '/beheer/accounts');
    const made = `collega-${Date.now().toString(36)}`;
    await page.getByLabel('Accountnaam').fill(made);
    await page.getByRole('group', { name: 'Rollen' }).last().getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Maak account' }).click();
    await page.getByText('Eenmalig wachtwoord').first().waitFor();
    expect((await page.locator('.bp-password').textContent()).length >= 12, 'no one-time password is shown');
    await page.getByRole('rowheader', { name: made }).waitFor();
    await expectAccessible(page, 'accounts');
    await expectNoOverflow(page, 'accounts');
    await page.getByRole('row', { name: new RegExp(made) }).getByRole('button', { name: /Zet uit/ }).click();
    await page.getByRole('row', { name: new RegExp(`${made}.*uitgezet`) }).waitFor();
    await open(page, '/beheer/logboek');
    await page.getByRole('table').waitFor();
    await expectAccessible(page, 'audit log');
    expect(!/\b(guest|operator|system|dossier_holder|administrator)\b/.test(await page.getByRole('table').innerText()), 'the audit log names who acted by a key');

    expect(!/\b(auth|quickscan)[._]/.test(await page.getByRole('table').innerText()), 'the audit log tells what was done by a key');
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await page.locator('td.is-empty').count() > 0 && await page.locator('td.is-empty:visible').count() === 0, 'on a phone the audit log names what is empty');
    await page.setViewportSize({ width: 1280, height: 900 });

    // The first answer is held back until the page has told how far it is: the chain of a demonstration is short.
    let letGo;
    const seen = new Promise((done) => { letGo = done; });
    await page.route('**/api/v1/audit-verifications/*', async (route) => {
      await seen;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Keten nakijken' }).click();
    await page.getByText(/Bezig met nakijken: \d+%/).waitFor();
    await page.getByRole('button', { name: 'Stop het nakijken' }).waitFor();
    letGo();
    await page.getByText(/De keten klopt\. Alle \d+ regels zijn nagekeken/).waitFor();
    await page.unroute('**/api/v1/audit-verifications/*');
    await page.getByRole('button', { name: 'Stop het nakijken' }).waitFor({ state: 'detached' });
    await expectAccessible(page, 'audit log with the outcome of a verification');
    await open(page, '/account');
    await page.getByRole('button', { name: 'Uitloggen', exact: true }).click();
    await page.getByRole('link', { name: 'Inloggen' }).waitFor();
    await eventually(() => page.evaluate(() => localStorage.length === 0), 'something stays in the browser after signing out');
    return undefined;
  },

  async 'another look keeps every signature element and its contrast'() {
    const page = await visit();
    for (const path of ['/', '/versterkingsgelden/prevention', '/actieplan-2007-2011/geld']) {
      await open(page, path);
      // A second theme, as an installation would give it: a class that sets --basis-* tokens and nothing else.
      await page.evaluate(() => {
        const theme = new CSSStyleSheet();
        theme.replaceSync(`.tweede-theme { --basis-color-action-1-bg-default: #5b2a6e; --basis-color-action-1-bg-hover: #43204f;
          --basis-color-action-1-color-default: #5b2a6e; --basis-color-action-1-bg-subtle: #f3ebf6;
          --basis-color-action-1-border-subtle: #dcc4e4; --basis-color-action-1-inverse-bg-document: #2c1237;
          --basis-border-radius-md: 0; --basis-text-font-family-default: Georgia, serif; }`);
        document.adoptedStyleSheets.push(theme);
        document.body.classList.add('tweede-theme');
      });
      await expectAccessible(page, `${path} in a second theme`);
      const action = await page.locator('main .nl-link').first().evaluate((link) => getComputedStyle(link).color);
      expect(action === 'rgb(91, 42, 110)' || path === '/', `${path}: a link does not follow the theme but is ${action}`);
    }
  },
};

Object.assign(journeys, nationalJourneys({ visit, open, settled, expect, eventually, expectAccessible, expectNoOverflow, expectQuiet, expectValid, base }, accounts));

for (const path of publicPages) {
  for (const width of [1280, 360]) {
    journeys[`${path} at ${width} is accessible, valid and quiet`] = async () => {
      const page = await visit({ width });
      await open(page, path);
      await scrollThrough(page);
      await expectAccessible(page, `${path} at ${width}`);
      await expectValid(page, path);
      expectQuiet(page);
      if (width === 360) {
        await page.setViewportSize({ width: 320, height: 780 });
        await expectNoOverflow(page, `${path} at 320`);
        await page.evaluate(() => document.querySelectorAll('.bp-fig button[aria-expanded=false]').forEach((button) => button.click()));
        await expectNoOverflow(page, `${path} at 320 with every table open`);
        await page.setViewportSize({ width: 720, height: 900 });
        await expectNoOverflow(page, `${path} at 720 with every table open`);
      }
    };
  }
}

Object.assign(journeys, quickscanJourneys({
  visit, open, settled, weigh, expect, eventually, expectAccessible, expectNoOverflow, expectValid, expectQuiet,
}, accounts));

journeys['every address that a page links to exists'] = async () => {
  const page = await visit();
  const seen = await addresses(page, base, open);
  const missing = [];
  const opened = new Set();
  for (const path of seen) {
    const answer = await page.request.get(base + path);
    const pagePath = path.replace(/\?.*/, '');
    if (answer.status() >= 400) missing.push(`${path} answers ${answer.status()}`);
    else if ((answer.headers()['content-type'] ?? '').startsWith('text/html') && !opened.has(pagePath)) {
      opened.add(pagePath);
      page.underWay.clear();
      await page.goto(base + path);
      await settled(page);
      if (await page.getByRole('heading', { level: 1, name: /Deze pagina is er niet|This page does not exist/ }).count() > 0) missing.push(path);
    }
  }
  expect(missing.length === 0, `dead links:\n    ${missing.join('\n    ')}`);
};

/** How many bytes a browser that has nothing yet loads to show a page. */
async function weigh(path, more = {}) {
  const page = await visit(more);
  const sizes = [];
  page.on('requestfinished', (request) => sizes.push((async () => {
    // The map comes apart, when it is in view or the page is at rest; fonts are kept by the browser and swap in later.
    if (!['document', 'script', 'stylesheet'].includes(request.resourceType()) || /map-drawing/.test(request.url())) return 0;
    return (await request.sizes()).responseBodySize;
  })()));
  await open(page, path);
  const weight = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024;
  await page.context().close();
  expect(weight <= 150, `${path} loads ${weight.toFixed(1)} kB`);
  return weight;
}

journeys['the first load of a page is at most 150 kB of brotli'] = async () => {
  const weights = [];
  for (const path of publicPages.filter((one) => !one.startsWith('/en'))) weights.push([path, await weigh(path)]);
  weights.sort((one, other) => other[1] - one[1]);
  return `the heaviest, ${weights[0][0]}, loads ${weights[0][1].toFixed(1)} kB`;
};

// ------------------------------------------------------------------------------------------------------------- run

let failed = 0;
const chosen = Object.entries(journeys).filter(([name]) => !options.only || name.includes(options.only));
for (const [name, journey] of chosen) {
  const started = Date.now();
  try {
    const remark = await journey();
    console.log(`ok    ${name} (${Date.now() - started} ms)${remark ? `; ${remark}` : ''}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n    ${error.message.split('\n').slice(0, 14).join('\n    ')}`);
  }
  for (const context of browser.contexts()) await context.close();
}
await browser.close();
console.log(`${chosen.length - failed} of ${chosen.length} journeys succeeded`);
process.exit(failed === 0 && chosen.length > 0 ? 0 : 1);
