// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Who may do what, in full: every operation of the OpenAPI document × every role, the visitor and who came through a
// link × the own and another municipality. Expected follows from x-permission and from whose the thing is:
//   public                          the same answer for everybody, never 401 or 403
//   without the permission          403; without any session, or with the wrong kind of session, 401
//   with it, in the own municipality     anything but 401, 403 and 404
//   with it, on a thing of another  404: it does not exist
//   with it, on a list              what another municipality has does not stand in it
// An operation that this test knows no request for fails it. Use: node test/rights/rights.mjs PROGRAM
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { roundFixtures } from '../rounds.mjs';
import { scanFixtures } from '../scans.mjs';

const program = path.resolve(process.argv[2]);
const source = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'beproefd-rights-'));
const database = ['--database', `sqlite:${folder}/test.sqlite`];
const run = (...words) => execFileSync(program, words, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });

const roles = [...readFileSync(`${source}/data/roles.yaml`, 'utf8').matchAll(/- key: (\w+)\n\s+permissions: \[([^\]]*)\]/g)]
  .map(([, key, permissions]) => ({ key, permissions: new Set(permissions.split(',').map((word) => word.trim())) }));
if (roles.length !== 13) throw new Error(`there are ${roles.length} roles, not 13`);

// --- Two municipalities with an account in every role, and a server ---

run('setup', ...database, '--demo', '--demo-accounts', `${folder}/accounts.txt`);
const accounts = [];
for (const [tenant, code] of [['own', 'GM9001'], ['foreign', 'GM9002']])
  for (const { key, permissions } of roles.filter((role) => role.key !== 'public')) {
    const name = `${tenant}-${key.replaceAll('_', '-')}`;
    const printed = run('user', 'add', name, ...database, '--organisation', code, '--role', key);
    const password = printed.split(/\s+/).find((word) => word.length >= 12 && word !== name);
    accounts.push({ name, tenant, role: key, permissions: new Set([...permissions, 'public', 'signed_in']), password });
  }

const server = spawn(program, ['serve', ...database, '--listen', '127.0.0.1:0', '--log-file', `${folder}/log`], { cwd: folder });
let finished = 1;
process.on('exit', () => {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});
const base = await new Promise((resolve, reject) => {
  let said = '';
  const deadline = setTimeout(() => reject(new Error(`the server does not start: ${said}`)), 60_000);
  server.stdout.on('data', (text) => {
    said += text;
    const found = /http:\/\/[0-9.]+:\d+/.exec(said);
    if (found) {
      clearTimeout(deadline);
      resolve(new URL(found[0]));
    }
  });
});

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
function ask(method, target, { headers = {}, body, session } = {}) {
  const all = { 'sec-fetch-site': 'same-origin', ...headers };
  const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  if (bytes !== undefined) {
    all['content-type'] ??= 'application/json';
    all['content-length'] = bytes.length;
  }
  if (session) all.cookie = session;
  return new Promise((resolve, reject) => {
    const request = http.request({ host: base.hostname, port: base.port, method, path: target, headers: all, agent }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.on('error', reject);
    request.end(bytes);
  });
}
const root = '/api/v1';
const json = (reply) => JSON.parse(reply.body.toString('utf8'));
const cookie = (reply) => reply.headers['set-cookie'][0].split(';')[0];
async function signIn(account) {
  const reply = await ask('POST', `${root}/sessions`, { body: { name: account.name, password: account.password } });
  if (reply.status !== 201) throw new Error(`${account.name} cannot sign in: ${reply.status} ${reply.body}`);
  return cookie(reply);
}
for (const account of accounts) {
  const session = await signIn(account);
  const replacement = `Proef-${randomUUID()}`;
  const changed = await ask('PUT', `${root}/accounts/current/password`, { session, body: { current: account.password, replacement } });
  if (changed.status !== 204) throw new Error(`${account.name} cannot choose a password: ${changed.status}`);
  account.password = replacement;
  account.session = await signIn(account);
}
const as = (tenant, role) => accounts.find((account) => account.tenant === tenant && account.role === role);
const holder = as('own', 'dossier_holder');
const scans = scanFixtures(ask);

// What nobody of another municipality may find in any list.
const secret = (await scans.open(holder)).id;

const callers = [...accounts, { name: 'visitor', role: 'public', tenant: 'own', permissions: new Set(['public']) }];
for (const tenant of ['own', 'foreign']) {
  const host = as(tenant, 'dossier_holder');
  const guest = await scans.guest(host, await scans.open(host));
  callers.push({ ...guest, name: `${tenant}-guest`, role: 'guest', tenant, permissions: new Set(['public', 'answer_own']) });
}

// --- A request for every other operation ---

const administrator = as('own', 'administrator');
const newAccount = async () => (await scans.must('POST', '/accounts', administrator.session, {
  headers: scans.key(), body: { name: `proef.${randomUUID().slice(0, 8)}`, roles: ['colleague'] },
}));
const startVerification = (session) => scans.must('POST', '/audit-verifications', session, { headers: scans.key() });
/** A session of its own, for what ends a session. */
const ending = async (me) => ({ session: me.password ? await signIn(me) : me.session });

const others = {
  signOut: async (_, me) => ({ path: '/sessions/current', ...await ending(me) }),
  getSession: () => ({ path: '/sessions/current' }),
  signOutEverywhere: async (_, me) => ({ path: '/accounts/current/sessions', afterwards: async () => { me.session = await signIn(me); }, ...await ending(me) }),
  changePassword: () => ({ path: '/accounts/current/password', body: { current: 'not-the-password', replacement: 'een heel ander woord' } }),
  listAccounts: () => ({ path: '/accounts' }),
  createAccount: () => ({ path: '/accounts', headers: scans.key(), body: { name: `proef.${randomUUID().slice(0, 8)}`, roles: ['colleague'] } }),
  getAccount: async () => ({ path: `/accounts/${(await newAccount()).id}` }),
  changeAccount: async () => {
    const account = await newAccount();
    return { path: `/accounts/${account.id}`, headers: { 'if-match': `"v${account.rowVersion}"` }, body: { roles: ['colleague'], disabled: true } };
  },
  resetPassword: async () => ({ path: `/accounts/${(await newAccount()).id}/password-resets` }),
  listAuditEntries: () => ({ path: '/audit-entries' }),
  startAuditVerification: () => ({ path: '/audit-verifications', headers: scans.key() }),
};
// Work belongs to who started it: to others, also of the own municipality, it does not exist.
for (const [operation, rest, method] of [['getJob', ''], ['getJobFile', '/file'], ['cancelJob', ''], ['getAuditVerification', undefined]])
  others[operation] = async (_, me) => {
    const starter = me.permissions.has('read_audit') && me.tenant === 'own' ? me : administrator;
    const made = await startVerification(starter.session);
    for (let turn = 0; operation === 'getJobFile' && turn < 200; turn += 1) {
      if (!['queued', 'running'].includes((await scans.must('GET', `/jobs/${made.id}`, starter.session)).state)) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return { path: rest === undefined ? `/audit-verifications/${made.id}` : `/jobs/${made.id}${rest}`, ofAnother: starter !== me };
  };

const requests = { ...scans.requests, ...roundFixtures(scans, holder, as('own', 'survey_manager')), ...others };

// --- The matrix ---

const document = json(await ask('GET', `${root}/openapi.json`));
const failures = [];
const counted = {};
let cells = 0;
for (const [pattern, item] of Object.entries(document.paths))
  for (const [method, operation] of Object.entries(item)) {
    const id = operation.operationId;
    const permission = operation['x-permission'];
    const make = requests[id];
    if (!make && (permission !== 'public' || (method !== 'get' && id !== 'signIn' && !pattern.includes('-inspections')))) {
      failures.push(`${id}: this test knows no request for it; add one to test/scans.mjs, test/rounds.mjs or test/rights/rights.mjs`);
      continue;
    }
    const oneThing = /\{/.test(pattern) && !/^\/respondent\/answers/.test(pattern);
    let forVisitor;
    for (const me of callers) {
      const guestRoute = permission === 'answer_own';
      const may = me.permissions.has(permission);
      let expected;
      let request;
      try {
        // Things of the own municipality; for lists and for new things there is nothing to point at.
        request = make ? await make(holder, may && me.tenant === 'own' ? me : me.role === 'guest' && guestRoute ? me : holder, callers.find((one) => one.name === 'own-guest'))
          : { path: pattern.replaceAll(/\{[^}]+\}/g, 'no-such-thing'), ...(method === 'get' ? {} : { body: {} }) };
      } catch (error) {
        failures.push(`${id} as ${me.name}: no request could be made: ${error.message}`);
        continue;
      }
      const reply = await ask(method.toUpperCase(), root + request.path, { ...request, session: request.session && may ? request.session : me.session });
      await request.afterwards?.();
      cells += 1;
      const { status } = reply;
      if (permission === 'public') {
        forVisitor ??= status;
        // 429: one address may open only so many links.
        expected = ![401, 403].includes(status) || id === 'signIn' ? 'public' : 'an answer for everybody';
        if (expected === 'public') counted.public = (counted.public ?? 0) + 1;
      } else if (!may) {
        const wanted = guestRoute || me.role === 'guest' || me.role === 'public' ? 401 : 403;
        expected = status === wanted ? wanted : `${wanted}`;
      } else if (request.ofAnother || (oneThing && me.tenant === 'foreign')) {
        expected = status === 404 ? 404 : '404';
      } else {
        expected = ![401, 403, 404].includes(status) ? 'allowed' : 'not 401, 403 or 404';
        if (me.tenant === 'foreign' && method === 'get' && reply.body.includes(secret)) expected = 'nothing of another municipality';
      }
      if (typeof expected === 'string' && !['public', 'allowed'].includes(expected))
        failures.push(`${id} as ${me.name}: expected ${expected}, got ${status} ${reply.body.toString().slice(0, 160)}`);
      else counted[expected] = (counted[expected] ?? 0) + 1;
      // A later caller finds the session of the guest again.
      if (id === 'closeRespondentLink' && status === 204) {
        const host = as(me.tenant, 'dossier_holder');
        Object.assign(me, { session: (await scans.guest(host, me.scan)).session });
      }
    }
  }

for (const failure of failures) console.error(`✗ ${failure}`);
console.log(`${cells} cells: ${Object.entries(counted).map(([what, count]) => `${count} ${what}`).join(', ')}; ${failures.length} failed`);
finished = failures.length === 0 ? 0 : 1;
agent.destroy();
process.exit(finished);
