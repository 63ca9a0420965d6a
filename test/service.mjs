// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Inside the container of service.sh: the unit alone, and with the drop-in for PDFs.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { Client, eventually, expect, shieldedDrawers } from './report-client.mjs';

const systemctl = (...words) => execFileSync('systemctl', words, { encoding: 'utf8' }).trim();
const show = (property) => systemctl('show', 'beproefd', '--value', '-p', property);
const client = new Client();
client.base = 'http://127.0.0.1:8080';

async function start() {
  systemctl('daemon-reload');
  systemctl('start', 'beproefd');
  await eventually(() => client.ask('GET', '/installation').then(({ ok }) => ok, () => false), 'the service does not answer');
}

function stop() {
  systemctl('stop', 'beproefd');
  expect(show('Result') === 'success' && show('ExecMainStatus') === '0', `the service ended with ${show('ExecMainStatus')}`);
}

console.log('- the unit alone: it serves, and says that Chromium cannot shield itself');
await start();
const without = await (await client.ask('GET', '/report-formats')).json();
expect(without.pdf === false, `the unit alone promises PDFs: ${JSON.stringify(without)}`);
expect(JSON.stringify(without).includes('afschermen'), `it does not say why: ${JSON.stringify(without)}`);
await client.signIn('/var/lib/beproefd/var/demo-accounts.txt', 'dossierhouder');
stop();

console.log('- with the drop-in: a PDF, made in the sandbox of Chromium');
mkdirSync('/etc/systemd/system/beproefd.service.d');
copyFileSync('/opt/test/beproefd-pdf.conf', '/etc/systemd/system/beproefd.service.d/pdf.conf');
await start();
const server = Number(show('MainPID'));
let seen = 0;
const pdf = await client.report(await client.beginReport(), () => { seen += shieldedDrawers(server); });
expect(pdf.subarray(0, 5).toString() === '%PDF-', 'what came is no PDF');
expect(seen > 0, "no page was drawn in Chromium's own sandbox");
stop();
console.log(`the unit holds under ${execFileSync('systemctl', ['--version'], { encoding: 'utf8' }).split('\n')[0]}`);
