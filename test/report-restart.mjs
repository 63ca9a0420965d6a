// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A report survives the server: a PDF is asked for, the server is killed (kill -9) while Chromium makes it, started
// again, and the PDF arrives, whole. The killed server leaves no browser behind.
// Use: node test/report-restart.mjs PROGRAM
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const program = resolve(process.argv[2] ?? 'build/dev/beproefd');
const browser = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(browser)) {
  console.log(`left out: no Chromium at ${browser}`);
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'beproefd-report-'));
const env = { ...process.env, ...(process.getuid() === 0 && { BEPROEFD_PRINT_WITHOUT_SANDBOX: 'true' }) };
let server;

function expect(holds, sentence) {
  if (!holds) throw new Error(sentence);
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function eventually(holds, sentence) {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await holds();
    if (value) return value;
    expect(Date.now() < end, sentence);
    await pause(25);
  }
}

async function serve(chromium) {
  let said = '';
  server = spawn(program, ['serve', '--database', 'sqlite:test.sqlite', '--listen', '127.0.0.1:0', '--browser', chromium],
    { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  server.stdout.on('data', (text) => { said += text; });
  server.stderr.on('data', (text) => { said += text; });
  return eventually(() => /http:\/\/[0-9.]+:[0-9]+/.exec(said)?.[0], 'the server does not say where it listens');
}

const ended = (child) => new Promise((done) => { child.exitCode !== null || child.signalCode !== null ? done() : child.once('exit', done); });

let cookie = '';
async function ask(base, method, path, body, more = {}) {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: {
      accept: 'application/json', ...(cookie && { cookie }), ...(method !== 'GET' && { origin: base, 'sec-fetch-site': 'same-origin' }),
      ...(body && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }), ...more,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const set = response.headers.get('set-cookie');
  if (set) cookie = set.split(';')[0];
  return response;
}

try {
  execFileSync(program, ['setup', '--database', 'sqlite:test.sqlite', '--demo'], { cwd: folder, env, stdio: 'pipe' });
  const line = readFileSync(join(folder, 'var/demo-accounts.txt'), 'utf8').split('\n').map((text) => text.trim().split(/\s{2,}|\t/))
    .find(([name]) => name === 'dossierhouder');

  // A browser that takes its time, so that there is a middle to be killed in; then it is the real one.
  const slow = join(folder, 'slow-browser');
  const begun = join(folder, 'begun');
  writeFileSync(slow, `#!/bin/sh\necho $$ > ${begun}\nsleep 5\nexec ${browser} "$@"\n`);
  chmodSync(slow, 0o755);
  let base = await serve(slow);
  const first = await ask(base, 'POST', '/sessions', { name: line[0], password: line[1] });
  expect(first.ok, `signing in: ${first.status} ${await first.text()}`);
  const changed = await ask(base, 'PUT', '/accounts/current/password', { current: line[1], replacement: 'vier groene fietsen in de regen' });
  expect(changed.ok, `changing the password: ${changed.status}`);

  const scans = await (await ask(base, 'GET', '/scans')).json();
  const scan = scans.items.find(({ state }) => state === 'closed');
  expect(scan, 'the demonstration has no closed scan');
  const started = await ask(base, 'POST', `/scans/${scan.id}/reports`, { kind: 'council', format: 'pdf', language: 'nl' });
  expect(started.status === 202, `asking for a report: ${started.status} ${await started.clone().text()}`);
  const { id } = await started.json();
  await eventually(async () => (await (await ask(base, 'GET', `/jobs/${id}`)).json()).state === 'running' && existsSync(begun),
    'the report does not begin');
  const child = Number(readFileSync(begun, 'utf8'));

  const gone = ended(server);
  server.kill('SIGKILL');
  await gone;
  await eventually(() => {
    try { process.kill(child, 0); return false; } catch { return true; }
  }, 'the killed server left its browser behind');

  base = await serve(browser);
  const job = await eventually(async () => {
    const found = await (await ask(base, 'GET', `/jobs/${id}`)).json();
    expect(found.state !== 'failed', `the report failed: ${found.problem}`);
    return found.state === 'done' && found;
  }, 'the report does not arrive after the restart');

  const file = Buffer.from(await (await ask(base, 'GET', `/jobs/${job.id}/file`)).arrayBuffer());
  writeFileSync(join(folder, 'report.pdf'), file);
  const about = execFileSync('pdfinfo', [join(folder, 'report.pdf')], { encoding: 'utf8' });
  expect(/Tagged:\s+yes/.test(about), `the PDF is not tagged\n${about}`);
  expect(/Title:\s+Waar staat/.test(about), `the PDF has no title\n${about}`);
  const text = execFileSync('pdftotext', [join(folder, 'report.pdf'), '-'], { encoding: 'utf8' });
  expect(text.split('\f').slice(0, -1).every((page) => page.includes('Voorbeeldgegevens')), 'a page does not say Voorbeeldgegevens');
  console.log('A PDF that was interrupted by kill -9 arrived after the restart.');
} finally {
  if (server && server.exitCode === null && server.signalCode === null) {
    const gone = ended(server);
    server.kill('SIGTERM');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}
