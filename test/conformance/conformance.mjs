// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Calls every operation of the OpenAPI document of a running server, with valid and with invalid input, as a visitor
// and as each demonstration account, and compares what comes back with the document: status, headers, schema,
// permission. Run it with test/with-server.sh; it needs BASE_URL, DEMO_ACCOUNTS and BEPROEFD.

import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { roundFixtures } from '../rounds.mjs';
import { scanFixtures } from '../scans.mjs';

const base = new URL(process.env.BASE_URL);
const root = '/api/v1';
const failures = [];
let checks = 0;

function expect(claim, told, detail = '') {
  checks += 1;
  if (!claim) failures.push(detail ? `${told}: ${detail}` : told);
  return claim;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

/** One request, nothing tidied up. body: text, or an object that becomes JSON. */
function ask(method, path, { headers = {}, body, session, signal = 'same-origin' } = {}) {
  const text = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const all = { ...headers };
  if (text !== undefined) {
    all['content-type'] ??= 'application/json';
    all['content-length'] = Buffer.byteLength(text);
  }
  if (session) all.cookie = session;
  if (session && method !== 'GET' && method !== 'HEAD' && signal) all['sec-fetch-site'] = signal;
  return new Promise((resolve, reject) => {
    const request = http.request({ host: base.hostname, port: base.port, method, path, headers: all, agent }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.on('error', reject);
    request.end(text);
  });
}

const json = (answer) => {
  try {
    return JSON.parse(answer.body.toString('utf8'));
  } catch {
    return undefined;
  }
};

// --- The document ---

const published = await ask('GET', `${root}/openapi.json`);
expect(published.status === 200, 'the document is published at /api/v1/openapi.json');
expect(published.headers['access-control-allow-origin'] === '*', 'tools on other sites may read the document');
const document = json(published);
const printed = JSON.parse(execFileSync(process.env.BEPROEFD, ['openapi'], { encoding: 'utf8' }));
expect(JSON.stringify(document.paths) === JSON.stringify(printed.paths), 'beproefd openapi prints what the server publishes');

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
addFormats(ajv);
for (const format of ['int32', 'int64', 'double']) ajv.addFormat(format, true);
ajv.addSchema({ ...document, $id: 'api' });
const validators = new Map();
function validator(schema) {
  const key = JSON.stringify(schema);
  if (!validators.has(key)) validators.set(key, ajv.compile(JSON.parse(key.replaceAll('"#/components', '"api#/components'))));
  return validators.get(key);
}
const resolved = (thing) => {
  let found = thing;
  while (found?.$ref) found = found.$ref.slice(2).split('/').reduce((at, part) => at[part], document);
  return found;
};

const operations = [];
for (const [path, item] of Object.entries(document.paths))
  for (const [method, operation] of Object.entries(item)) operations.push({ path, method: method.toUpperCase(), ...operation });
expect(operations.length > 0, 'there are operations');

// --- What holds for every answer ---

function checkHeaders(name, answer) {
  const h = answer.headers;
  expect(h['api-version'] === document.info.version, `${name} names the version of the API`, h['api-version']);
  expect(h['x-content-type-options'] === 'nosniff', `${name} forbids guessing types`);
  expect(/default-src 'none'/.test(h['content-security-policy'] ?? ''), `${name} has a content security policy`);
  expect(!/unsafe/.test(h['content-security-policy'] ?? ''), `${name} has a strict content security policy`);
  expect(/frame-ancestors 'none'/.test(h['content-security-policy'] ?? ''), `${name} may not be framed`);
  expect(Boolean(h['x-request-id']), `${name} has a number to mention`);
  expect(!h['server'] && !h['x-powered-by'], `${name} does not tell what runs here`);
  expect(Boolean(h['cache-control']) || answer.status === 204, `${name} says whether it may be kept`);
}

/** The answer keeps to what the document says of its status. */
function checkAnswer(operation, name, answer) {
  checkHeaders(name, answer);
  const told = operation.responses[answer.status];
  if (!expect(told, `${name} answers with a status that the document tells`, `${answer.status} ${answer.body.toString().slice(0, 300)}`)) return;
  const response = resolved(told);
  const type = (answer.headers['content-type'] ?? '').split(';')[0];
  const types = Object.entries(response.content ?? {});
  if (types.length === 0) {
    expect(answer.body.length === 0, `${name} has no body`);
    return;
  }
  const entry = types.find(([known]) => known.split(';')[0] === type);
  if (!expect(entry, `${name} has a content type that the document tells`, type)) return;
  if (type.endsWith('json')) {
    const value = json(answer);
    if (!expect(value !== undefined, `${name} is JSON`)) return;
    const validate = validator(entry[1].schema ?? {});
    expect(validate(value), `${name} keeps to its schema`, ajv.errorsText(validate.errors).slice(0, 400));
  }
  if (answer.status >= 400) {
    const problem = json(answer);
    expect(type === 'application/problem+json', `${name} is problem+json`);
    expect(problem?.status === answer.status, `${name} repeats its status`);
    expect(problem?.requestId === answer.headers['x-request-id'], `${name} repeats its request id`);
  }
}

// --- Accounts: every one signs in, changes its one-time password, and tells what it may ---

const accounts = [];
for (const line of readFileSync(process.env.DEMO_ACCOUNTS, 'utf8').split('\n')) {
  if (!line.trim() || line.startsWith('#')) continue;
  const [name, password] = line.split(/\s+/);
  const first = await ask('POST', `${root}/sessions`, { body: { name, password } });
  if (!expect(first.status === 201, `${name} signs in`, first.body.toString())) continue;
  let session = first.headers['set-cookie'][0].split(';')[0];
  const cookie = first.headers['set-cookie'][0];
  expect(/HttpOnly/i.test(cookie) && /SameSite=(Lax|Strict)/i.test(cookie), 'the cookie is out of reach of scripts and other sites');
  const replacement = `Proef-${randomUUID()}`;
  const changed = await ask('PUT', `${root}/accounts/current/password`, { session, body: { current: password, replacement } });
  expect(changed.status === 204, `${name} changes the one-time password`, changed.body.toString());
  const again = await ask('POST', `${root}/sessions`, { body: { name, password: replacement } });
  session = again.headers['set-cookie']?.[0].split(';')[0];
  const current = json(await ask('GET', `${root}/sessions/current`, { session }));
  accounts.push({ name, password: replacement, session, permissions: new Set(current?.permissions ?? []) });
}
expect(accounts.length > 0, 'there are demonstration accounts');
// Who came through a link is no account: it may only answer, with a session of its own.
const scans = scanFixtures(ask);
const holder = accounts.find((account) => account.permissions.has('edit_content') && account.permissions.has('answer_surveys'));
const fixtures = { ...scans.requests, ...roundFixtures(scans, holder, accounts.find((account) => account.permissions.has('manage_surveys'))) };
const guestScan = await scans.open(holder);
const guest = { ...await scans.guest(holder, guestScan), permissions: new Set(['public', 'answer_own']) };
guest.renew = async () => (await scans.guest({ ...holder, session: await freshSession(holder) }, guestScan)).session;
const allowed = (permission) => permission === 'answer_own' ? guest : permission === 'public' ? undefined : accounts.find((account) => account.permissions.has(permission));
const refused = (permission) => accounts.find((account) => !account.permissions.has(permission));

// --- Valid input: found where the API itself offers it, else made from the schema ---

/** A value that the schema accepts. */
function example(schema, name = '') {
  const s = resolved(schema);
  if (s.example !== undefined) return s.example;
  if (s.enum) return s.enum[0];
  if (s.allOf) return Object.assign({}, ...s.allOf.map((part) => example(part)));
  switch (s.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(s.properties ?? {})
          .filter(([key]) => s.required?.includes(key))
          .map(([key, value]) => [key, example(value, key)]));
    case 'array': return [example(s.items, name)];
    case 'integer': case 'number': return s.minimum ?? 1;
    case 'boolean': return false;
    default:
      if (s.format === 'uuid') return '0193a5c0-0000-7000-8000-000000000001';
      if (s.format === 'date') return '2026-11-21';
      if (s.format === 'date-time') return '2026-11-21T12:00:00Z';
      return 'proef'.padEnd(s.minLength ?? 0, 'x').slice(0, s.maxLength ?? 100);
  }
}

/** Bodies that mean something, where a schema alone cannot say it. */
const bodies = {
  signIn: () => ({ name: accounts[0].name, password: accounts[0].password }),
  changePassword: (account) => ({ current: account.password, replacement: `${account.password}-2` }),
  createAccount: () => ({ name: `proef.${randomUUID().slice(0, 8)}`, roles: ['colleague'] }),
  changeAccount: () => ({ roles: ['colleague'], disabled: false }),
  inspectTable: () => ({ csv: 'jaar,a,b,totaal\n2019,1,2,3\n2020,3,4,8\ntotaal,4,6,11\n' }),
};
/** What a rule refuses here although the request is right: one municipality hands in, and six are needed. */
const refusedHere = { previewPublication: 'round-too-small' };
/** Operations that end the session that asks: they come last, each with a session of its own. */
const ending = new Set(['signOut', 'signOutEverywhere', 'closeRespondentLink']);
/** What the first answer tells and no later one. */
const toldOnce = { inviteRespondent: 'link' };
/** Operations on a job, for which one is started first: by an account that may. */
const ofJobs = new Set(['getJob', 'getJobFile', 'cancelJob', 'getAuditVerification']);

async function freshSession(account) {
  if (account.renew) return account.renew();
  const answer = await ask('POST', `${root}/sessions`, { body: { name: account.name, password: account.password } });
  return answer.headers['set-cookie'][0].split(';')[0];
}

/** A path with its parameters filled in from the collection above it; undefined when the collection is empty. */
async function filled(operation, account) {
  let path = '';
  for (const segment of operation.path.slice(1).split('/')) {
    if (!segment.startsWith('{')) {
      path += `/${segment}`;
      continue;
    }
    const key = segment.slice(1, -1);
    if (key === 'version') {
      path += `/${json(await ask('GET', `${root}/instruments`)).items[0].version}`;
      continue;
    }
    if (operation.operationId === 'getProblem') {
      path += '/not-found';
      continue;
    }
    if (ofJobs.has(operation.operationId)) {
      // A job is known to who started it.
      const made = await ask('POST', `${root}/audit-verifications`, { session: account.session, headers: { 'idempotency-key': randomUUID() } });
      path += `/${json(made)?.id}`;
      const ended = async () => (await ask('GET', `${root}/jobs/${json(made)?.id}`, { session: account.session }));
      for (let turn = 0; operation.operationId !== 'cancelJob' && turn < 100 && (await ended()).headers['retry-after']; turn += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    if (operation.operationId === 'resetPassword' || operation.operationId === 'changeAccount') {
      // Not one of the accounts that the other tests sign in with.
      const made = await ask('POST', `${root}/accounts`, { session: account.session, headers: { 'idempotency-key': randomUUID() }, body: bodies.createAccount() });
      path += `/${json(made).id}`;
      continue;
    }
    const list = json(await ask('GET', root + path, { session: account?.session }));
    const items = Array.isArray(list) ? list : Object.values(list ?? {}).find(Array.isArray);
    const value = items?.[0]?.[key] ?? items?.[0]?.id ?? items?.[0]?.key;
    if (value === undefined) return undefined;
    path += `/${encodeURIComponent(value)}`;
  }
  return path;
}

async function validRequest(operation, account) {
  if (fixtures[operation.operationId]) {
    const made = await fixtures[operation.operationId](holder, account ?? holder);
    return { path: root + made.path, headers: made.headers ?? {}, body: made.body };
  }
  const path = await filled(operation, account);
  if (path === undefined) return undefined;
  const parameters = (operation.parameters ?? []).map(resolved);
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map((parameter) => `${parameter.name}=${encodeURIComponent(example(parameter.schema))}`);
  const headers = {};
  if (parameters.some((parameter) => parameter.name === 'Idempotency-Key')) headers['idempotency-key'] = randomUUID();
  if (parameters.some((parameter) => parameter.name === 'If-Match')) {
    const now = await ask('GET', root + path, { session: account?.session });
    headers['if-match'] = now.headers.etag;
  }
  let body;
  if (operation.requestBody) body = bodies[operation.operationId]?.(account) ?? example(operation.requestBody.content['application/json'].schema);
  return { path: root + path + (query.length ? `?${query.join('&')}` : ''), headers, body };
}

// --- Every operation ---

const seen = { valid: 0, refused: 0, operations: 0 };

async function tryOperation(operation) {
  const { method, operationId: id } = operation;
  const permission = operation['x-permission'];
  const account = allowed(ofJobs.has(id) ? 'read_audit' : permission);
  seen.operations += 1;
  if (permission !== 'public' && !expect(account, `${id}: some demonstration account has ${permission}`)) return;
  const request = await validRequest(operation, account);
  if (!expect(request, `${id}: there is an example to ask for`)) return;
  const withSession = async () => ({ ...request, session: ending.has(id) ? await freshSession(account) : account?.session });
  const send = (changes = {}) => ask(method, changes.path ?? request.path, { ...request, session: account?.session, ...changes });

  // Who may not, first: nothing changes yet.
  if (permission !== 'public') {
    const visitor = await send({ session: undefined });
    checkAnswer(operation, `${id} without a session`, visitor);
    expect(visitor.status === 401, `${id} without a session is 401`, visitor.status);
    const other = refused(permission);
    if (other) {
      const answer = await send({ session: other.session });
      checkAnswer(operation, `${id} as ${other.name}`, answer);
      // A session of the other kind is no session here.
      const wanted = permission === 'answer_own' ? 401 : 403;
      expect(answer.status === wanted, `${id} without ${permission} is ${wanted}`, answer.status);
    }
    expect(operation.security.length > 0, `${id} says that a session is needed`);
  }

  // Another site's page.
  if (method !== 'GET') {
    const session = account?.session ?? accounts[0].session;
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://elsewhere.example' }]) {
      const answer = await send({ session, signal: null, headers: { ...request.headers, ...headers } });
      checkAnswer(operation, `${id} from another site`, answer);
      expect(answer.status === 403, `${id} from another site is 403`, answer.status);
    }
  }

  // Wrong input. Each kind that this operation can get.
  const parameters = (operation.parameters ?? []).map(resolved);
  const joint = request.path.includes('?') ? '&' : '?';
  const takesQuery = method === 'GET' && parameters.some((parameter) => parameter.in === 'query');
  if (takesQuery) {
    const unknown = await send({ path: `${request.path}${joint}noSuchParameter=1` });
    checkAnswer(operation, `${id} with an unknown parameter`, unknown);
    expect(unknown.status === 400, `${id} with an unknown parameter is 400`, unknown.status);
    expect(json(unknown)?.errors?.some((error) => error.pointer === '?noSuchParameter'), `${id} points at the unknown parameter`);
    for (const parameter of parameters.filter((each) => each.in === 'query')) {
      const schema = resolved(parameter.schema);
      const wrong = schema.type === 'integer' || schema.type === 'number' ? ['x', ...(schema.maximum !== undefined ? [schema.maximum + 1] : [])]
        : schema.enum ? ['no-such-value'] : schema.type === 'boolean' ? ['maybe'] : schema.format ? ['not-a-' + schema.format]
        : schema.maxLength ? ['x'.repeat(schema.maxLength + 1)] : ['%01'];
      for (const value of wrong) {
        const bare = request.path.replace(new RegExp(`([?&])${parameter.name}=[^&]*&?`), '$1');
        const answer = await send({ path: `${bare}${bare.includes('?') ? '&' : '?'}${parameter.name}=${value}` });
        checkAnswer(operation, `${id} with ${parameter.name}=${String(value).slice(0, 20)}`, answer);
        expect(answer.status === 400, `${id} with a wrong ${parameter.name} is 400`, `${answer.status} for ${String(value).slice(0, 20)}`);
        expect(json(answer)?.errors?.some((error) => error.pointer.startsWith(`?${parameter.name}`)), `${id} points at ${parameter.name}`);
      }
    }
  }
  if (operation.path.includes('{') && method === 'GET') {
    for (const wrong of ['no-such-thing', '0193a5c0-0000-7000-8000-00000000ffff', '%27%20OR%201%3D1--', '..%2f..%2fetc']) {
      const answer = await send({ path: request.path.replace(/[^/?]+(\?|$)/, `${wrong}$1`) });
      checkAnswer(operation, `${id} of ${wrong}`, answer);
      expect(answer.status === 404, `${id} of what does not exist is 404`, `${answer.status} for ${wrong}`);
    }
  }
  if (parameters.some((parameter) => parameter.name === 'If-Match')) {
    const { 'if-match': _, ...without } = request.headers;
    expect((await send({ headers: without })).status === 428, `${id} without If-Match is 428`);
    for (const stale of ['"v999999"', '*', 'W/"v1"', '"x"']) {
      const answer = await send({ headers: { ...request.headers, 'if-match': stale } });
      checkAnswer(operation, `${id} with If-Match ${stale}`, answer);
      expect(answer.status === 412, `${id} with If-Match ${stale} is 412`, answer.status);
    }
  }
  if (parameters.some((parameter) => parameter.name === 'Idempotency-Key')) {
    const { 'idempotency-key': _, ...without } = request.headers;
    for (const key of [undefined, 'short', 'x'.repeat(101), 'with space']) {
      const answer = await send({ headers: key ? { ...without, 'idempotency-key': key } : without });
      checkAnswer(operation, `${id} with Idempotency-Key ${key}`, answer);
      expect(answer.status === 400, `${id} with Idempotency-Key ${key?.slice(0, 10)} is 400`, answer.status);
    }
  }
  if (operation.requestBody && !operation.requestBody.content['application/json']) {
    const plain = await send({ headers: { ...request.headers, 'content-type': 'text/plain' } });
    checkAnswer(operation, `${id} as text/plain`, plain);
    expect(plain.status === 415, `${id} as text/plain is 415`, plain.status);
    const disguised = await send({ body: '<!DOCTYPE html><script>alert(1)</script>' });
    checkAnswer(operation, `${id} with a page in disguise`, disguised);
    // A questionnaire that cannot be read is told what is wrong with it; a file of another kind is not taken.
    const wanted = id === 'readInstrument' ? 400 : 415;
    expect(disguised.status === wanted, `${id} with a page in disguise is ${wanted}`, disguised.status);
    const large = await send({ body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    checkAnswer(operation, `${id} with more than ten megabytes`, large);
    expect(large.status === 413, `${id} with more than ten megabytes is 413`, large.status);
  } else if (operation.requestBody) {
    const schema = resolved(operation.requestBody.content['application/json'].schema);
    const wrong = { 'an empty body': '', 'broken JSON': '{"', 'a list': [], 'an unknown member': { ...request.body, noSuchMember: 1 }, 'deep nesting': '['.repeat(200) };
    for (const name of schema.required ?? []) {
      const { [name]: _, ...rest } = request.body;
      wrong[`no ${name}`] = rest;
      wrong[`${name} as an object`] = { ...request.body, [name]: { a: 1 } };
    }
    for (const [told, body] of Object.entries(wrong)) {
      const answer = await send({ body });
      checkAnswer(operation, `${id} with ${told}`, answer);
      expect(answer.status === 400, `${id} with ${told} is 400`, answer.status);
      expect((json(answer)?.errors ?? []).length > 0, `${id} with ${told} names the fields`);
    }
    const plain = await send({ headers: { ...request.headers, 'content-type': 'text/plain' } });
    checkAnswer(operation, `${id} as text/plain`, plain);
    expect(plain.status === 415, `${id} as text/plain is 415`, plain.status);
    const large = await send({ body: `"${'x'.repeat(9_000_000)}"` });
    checkAnswer(operation, `${id} with nine million bytes`, large);
    expect(large.status === 413, `${id} with nine million bytes is 413`, large.status);
  }

  // Now for real.
  const answer = await ask(method, request.path, await withSession());
  checkAnswer(operation, `${id}`, answer);
  if (refusedHere[id]) {
    if (expect(answer.status === 409 && json(answer)?.code === refusedHere[id], `${id} is refused as ${refusedHere[id]}`, answer.body.toString().slice(0, 300))) seen.refused += 1;
    return;
  }
  if (expect(answer.status >= 200 && answer.status < 300, `${id} succeeds with valid input`, `${answer.status} ${answer.body.toString().slice(0, 300)}`)) seen.valid += 1;
  if (id === 'changePassword') account.password = request.body.replacement;
  if (answer.status === 201 && parameters.some((parameter) => parameter.name === 'Idempotency-Key')) {
    const location = answer.headers.location;
    expect(location, `${id} says where the new thing stands`);
    if (location) expect((await ask('GET', location, { session: account?.session })).status === 200, `${id}: what was made is there`);
    const again = await send();
    checkAnswer(operation, `${id} repeated`, again);
    const lasting = (reply) => JSON.stringify({ ...json(reply), [toldOnce[id]]: undefined });
    expect(again.status === 201 && lasting(again) === lasting(answer), `${id} repeated with its key gives the same answer`, again.status);
    const different = await send({ body: bodies[id]?.(account) ?? request.body });
    if (JSON.stringify(bodies[id]?.(account)) !== JSON.stringify(bodies[id]?.(account)))
      expect(different.status === 409, `${id} with the key of another request is 409`, different.status);
  }
  if (method === 'GET') {
    const head = await send({}).then(() => ask('HEAD', request.path, { session: account?.session }));
    expect(head.status === answer.status && head.body.length === 0, `${id}: HEAD is GET without the body`, head.status);
    expect(head.headers['content-length'] === answer.headers['content-length'], `${id}: HEAD tells the same length`);
    if (answer.headers.etag) {
      const known = await send({ headers: { 'if-none-match': answer.headers.etag } });
      expect(known.status === 304 && known.body.length === 0, `${id}: what the client has is not sent again`, known.status);
    }
    const english = await send({ path: request.path, headers: { 'accept-language': 'en' } });
    expect(english.status === answer.status, `${id} answers in English too`);
    const personal = permission !== 'public';
    expect(!personal || answer.headers['cache-control'] === 'no-store', `${id} is not kept by caches`, answer.headers['cache-control']);
  }
}

for (const operation of operations.filter((each) => !ending.has(each.operationId))) await tryOperation(operation);

// Methods that a path does not have.
for (const [path, item] of Object.entries(document.paths)) {
  const missing = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].find((method) => !item[method.toLowerCase()]);
  if (!missing) continue;
  const answer = await ask(missing, root + path.replaceAll(/\{[^}]+\}/g, 'x'), { headers: { 'sec-fetch-site': 'same-origin' } });
  checkHeaders(`${missing} ${path}`, answer);
  expect(answer.status === 405, `${missing} ${path} is 405`, answer.status);
  const allow = (answer.headers.allow ?? '').split(', ');
  for (const method of Object.keys(item)) expect(allow.includes(method.toUpperCase()), `${missing} ${path} allows ${method}`, answer.headers.allow);
}
const nowhere = await ask('GET', `${root}/no-such-thing`);
checkHeaders('an unknown path', nowhere);
expect(nowhere.status === 404, 'an unknown path is 404');
expect((await ask('GET', `${root}/figures/`)).status === 404, 'no path ends in a slash');

for (const operation of operations.filter((each) => ending.has(each.operationId))) await tryOperation(operation);

agent.destroy();
for (const failure of failures) console.error(`✗ ${failure}`);
console.log(`${seen.operations} operations, ${seen.valid} of them answered valid input, ${seen.refused} refused it by a rule; ${checks} checks, ${failures.length} failed`);
process.exit(failures.length === 0 && seen.valid + seen.refused === seen.operations ? 0 : 1);
