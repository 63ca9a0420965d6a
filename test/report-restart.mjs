// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A report survives the server: a PDF is asked for, the server is killed (kill -9) while Chromium makes it, started
// again, and the PDF arrives, whole. The killed server leaves no browser behind.
// Root cannot print, so where root tests the server runs as nobody, with the settings of a real service: Chromium shields
// itself, and the test looks whether it does. Where this machine forbids that, it says so and prints unshielded.
// Use: node test/report-restart.mjs PROGRAM
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, eventually, expect, shieldedDrawers } from './report-client.mjs';

const built = resolve(process.argv[2] ?? 'build/dev/beproefd');
const browser = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(browser)) {
  console.log(`left out: no Chromium at ${browser}`);
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'beproefd-report-'));
const nobody = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
const shielded = spawnSync('unshare', ['--user', '--pid', '--net', '--fork', 'true'], { ...nobody }).status === 0;
const user = shielded ? nobody : {};
const env = { ...process.env, ...(!shielded && { BEPROEFD_PRINT_WITHOUT_SANDBOX: 'true' }) };
if (!shielded) console.log('This machine allows no user namespaces: Chromium prints without its sandbox.');
const program = join(folder, 'beproefd'); // nobody may not read where we build
copyFileSync(built, program);
chmodSync(program, 0o755);
if (user.uid) chownSync(folder, user.uid, user.gid);
let server;

async function serve(chromium) {
  let said = '';
  server = spawn(program, ['serve', '--database', 'sqlite:test.sqlite', '--listen', '127.0.0.1:0', '--browser', chromium],
    { cwd: folder, env, ...user, stdio: ['ignore', 'pipe', 'pipe'] });
  server.stdout.on('data', (text) => { said += text; });
  server.stderr.on('data', (text) => { said += text; });
  return eventually(() => /http:\/\/[0-9.]+:[0-9]+/.exec(said)?.[0], 'the server does not say where it listens');
}

const ended = (child) => new Promise((done) => { child.exitCode !== null || child.signalCode !== null ? done() : child.once('exit', done); });

try {
  execFileSync(program, ['setup', '--database', 'sqlite:test.sqlite', '--demo'], { cwd: folder, env, ...user, stdio: 'pipe' });

  // A browser that takes its time, so that there is a middle to be killed in; then it is the real one.
  const slow = join(folder, 'slow-browser');
  const begun = join(folder, 'begun');
  writeFileSync(slow, `#!/bin/sh\necho $$ > ${begun}\nsleep 5\nexec ${browser} "$@"\n`);
  chmodSync(slow, 0o755);
  const client = new Client();
  client.base = await serve(slow);
  await client.signIn(join(folder, 'var/demo-accounts.txt'), 'dossierhouder');
  const id = await client.beginReport();
  await eventually(async () => (await client.job(id)).state === 'running' && existsSync(begun), 'the report does not begin');
  const child = Number(readFileSync(begun, 'utf8'));

  const gone = ended(server);
  server.kill('SIGKILL');
  await gone;
  await eventually(() => {
    try { process.kill(child, 0); return false; } catch { return true; }
  }, 'the killed server left its browser behind');

  client.base = await serve(browser);
  let seen = 0;
  const file = await client.report(id, () => { seen += shieldedDrawers(server.pid); });
  // Only root may look at the namespaces of others.
  if (user.uid) expect(seen > 0, "no page was drawn in Chromium's own sandbox");

  writeFileSync(join(folder, 'report.pdf'), file);
  const about = execFileSync('pdfinfo', [join(folder, 'report.pdf')], { encoding: 'utf8' });
  expect(/Tagged:\s+yes/.test(about), `the PDF is not tagged\n${about}`);
  expect(/Title:\s+Waar staat/.test(about), `the PDF has no title\n${about}`);
  const text = execFileSync('pdftotext', [join(folder, 'report.pdf'), '-'], { encoding: 'utf8' });
  expect(text.split('\f').slice(0, -1).every((page) => page.includes('Voorbeeldgegevens')), 'a page does not say Voorbeeldgegevens');
  const fonts = execFileSync('pdffonts', [join(folder, 'report.pdf')], { encoding: 'utf8' }).trim().split('\n').slice(2);
  expect(fonts.length > 0 && fonts.every((line) => /\syes yes (yes|no )\s+\d+\s+\d+$/.test(line)), `a font is not in the PDF\n${fonts.join('\n')}`);
  console.log(`A PDF that was interrupted by kill -9 arrived after the restart${user.uid ? ', made by nobody in Chromium\'s own sandbox' : ''}.`);
} finally {
  if (server && server.exitCode === null && server.signalCode === null) {
    const gone = ended(server);
    server.kill('SIGTERM');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}
