// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// What a test needs of the API to sign in as a demonstration account and have a report made, and a look at the browser
// that makes it.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export function expect(holds, sentence) {
  if (!holds) throw new Error(sentence);
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** What holds() gives as soon as that is something; fails with the sentence after a minute. */
export async function eventually(holds, sentence) {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await holds();
    if (value) return value;
    expect(Date.now() < end, sentence);
    await pause(25);
  }
}

/** A visitor with a cookie. Set `base`, such as http://127.0.0.1:8080, before asking. */
export class Client {
  base = '';
  #cookie = '';

  async ask(method, path, body) {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        accept: 'application/json', ...(this.#cookie && { cookie: this.#cookie }),
        ...(method !== 'GET' && { origin: this.base, 'sec-fetch-site': 'same-origin' }),
        ...(body && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) this.#cookie = set.split(';')[0];
    return response;
  }

  /** The first sign-in of a demonstration account, with the new password that must be chosen. */
  async signIn(accounts, name) {
    const line = readFileSync(accounts, 'utf8').split('\n').map((text) => text.trim().split(/\s{2,}|\t/))
      .find(([account]) => account === name);
    const first = await this.ask('POST', '/sessions', { name: line[0], password: line[1] });
    expect(first.ok, `signing in: ${first.status} ${await first.text()}`);
    const changed = await this.ask('PUT', '/accounts/current/password',
      { current: line[1], replacement: 'vier groene fietsen in de regen' });
    expect(changed.ok, `changing the password: ${changed.status}`);
  }

  /** The job that makes the council's report of the demonstration's closed scan as a PDF. */
  async beginReport() {
    const scans = await (await this.ask('GET', '/scans')).json();
    const scan = scans.items.find(({ state }) => state === 'closed');
    expect(scan, 'the demonstration has no closed scan');
    const started = await this.ask('POST', `/scans/${scan.id}/reports`, { kind: 'council', format: 'pdf', language: 'nl' });
    expect(started.status === 202, `asking for a report: ${started.status} ${await started.clone().text()}`);
    return (await started.json()).id;
  }

  async job(id) {
    return (await this.ask('GET', `/jobs/${id}`)).json();
  }

  /** The bytes of the report, once it is there; `meanwhile` is called between the looks. */
  async report(id, meanwhile = () => {}) {
    await eventually(async () => {
      const found = await this.job(id);
      expect(found.state !== 'failed', `the report failed: ${found.problem}`);
      meanwhile();
      return found.state === 'done';
    }, 'the report does not arrive');
    return Buffer.from(await (await this.ask('GET', `/jobs/${id}/file`)).arrayBuffer());
  }
}

const parent = (id) => Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, 'utf8'))?.[1] ?? 0);

function descends(id, ancestor) {
  for (let one = id; one > 1; one = parent(one)) if (one === ancestor) return true;
  return false;
}

/** How many processes draw a page for this server now, shielded: calls filtered, namespaces of users and network apart. */
export function shieldedDrawers(server) {
  return readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).filter((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=renderer') && descends(Number(id), server) &&
        /^Seccomp:\s+2$/m.test(readFileSync(`/proc/${id}/status`, 'utf8')) &&
        ['user', 'net'].every((kind) => readlinkSync(`/proc/${id}/ns/${kind}`) !== readlinkSync(`/proc/${server}/ns/${kind}`));
    } catch {
      return false; // it ended while we looked
    }
  }).length;
}
