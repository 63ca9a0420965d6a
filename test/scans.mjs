// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A valid request for every operation on scans, each on a scan of its own, for the tests that ask all operations of the
// OpenAPI document. holder: who may edit; me: who asks, who is invited to what must be answered.
import { randomUUID } from 'node:crypto';

const root = '/api/v1';
const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('proef')]);
const answer = { value: 'no', parts: [], values: [], reason: '', note: '', proofs: [] };

/** ask(method, path, {session, headers, body}) gives {status, headers, body}; body may be a Buffer. */
export function scanFixtures(ask) {
  const json = (reply) => JSON.parse(reply.body.toString('utf8'));
  async function must(method, path, session, { body, headers = {} } = {}) {
    const reply = await ask(method, root + path, { session, headers, body });
    if (reply.status >= 300) throw new Error(`${method} ${path} gives ${reply.status}: ${reply.body.toString().slice(0, 300)}`);
    return reply.status === 204 ? undefined : json(reply);
  }
  const key = () => ({ 'idempotency-key': randomUUID() });
  const version = (thing) => ({ 'if-match': `"v${thing.rowVersion}"` });
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  const scanBody = () => ({
    instrument: 'quickscan-local-approach', periodFrom: '2026-01-01', periodTo: '2026-12-31', sizeClass: 'medium', closesOn: day(20),
  });
  const draft = (holder) => must('POST', '/scans', holder.session, { headers: key(), body: scanBody() });
  const current = (holder, scan) => must('GET', `/scans/${scan.id}`, holder.session);
  const inviteByLink = (holder, scan) =>
    must('POST', `/scans/${scan.id}/respondents`, holder.session, { headers: key(), body: { domain: 'partner', function: 'jongerenwerker', link: true } });
  async function invite(holder, scan, account) {
    const reply = await ask('POST', `${root}/scans/${scan.id}/respondents`, {
      session: holder.session, headers: key(), body: { domain: 'safety', function: 'beleidsmedewerker', account },
    });
    // Who may not answer cannot be invited either; such a caller is refused before it matters.
    if (reply.status >= 300 && reply.status !== 400) throw new Error(`inviting ${account} gives ${reply.status}`);
  }
  async function step(holder, scan, to) {
    const now = await current(holder, scan);
    return must('POST', `/scans/${scan.id}/transitions`, holder.session, { headers: version(now), body: { to } });
  }
  async function open(holder, me) {
    const scan = await draft(holder);
    await invite(holder, scan, holder.name);
    if (me && me.name !== holder.name) await invite(holder, scan, me.name);
    return step(holder, scan, 'open');
  }
  const consensus = async (holder, me) => step(holder, await open(holder, me), 'consensus');
  async function settle(holder, scan, question = 'q1') {
    return must('PUT', `/scans/${scan.id}/settled-answers/${question}`, holder.session, { body: answer });
  }
  async function closed(holder, me) {
    const scan = await consensus(holder, me);
    for (let number = 1; number <= 26; number += 1) await settle(holder, scan, `q${number}`);
    return step(holder, scan, 'closed');
  }
  async function shared(holder) {
    const scan = await closed(holder);
    return must('POST', `/scans/${scan.id}/council-sharing`, holder.session, { headers: version(scan), body: { shared: true } });
  }
  const action = (holder, scan) =>
    must('POST', `/scans/${scan.id}/actions`, holder.session, {
      headers: key(), body: { question: 'q1', text: 'Doe iets', ownerFunction: 'beleidsmedewerker', dueOn: day(30) },
    });
  /** A guest who came through a link. */
  async function guest(holder, scan) {
    const invited = await inviteByLink(holder, scan);
    let reply;
    do {
      // One address may open only so many links in a while.
      if (reply) await new Promise((resolve) => setTimeout(resolve, 1000 * Number(reply.headers['retry-after'])));
      reply = await ask('POST', `${root}/respondent-sessions`, { headers: { 'sec-fetch-site': 'same-origin' }, body: { token: invited.link.split('#')[1] } });
    } while (reply.status === 429);
    if (reply.status !== 201) throw new Error(`opening a link gives ${reply.status}: ${reply.body.toString()}`);
    return { name: 'guest', session: reply.headers['set-cookie'][0].split(';')[0], scan };
  }
  const mine = async (me, scan, put = false) => {
    const base = me.scan ? '/respondent/answers/q1' : `/scans/${scan.id}/own-answers/q1`;
    if (!put) return { path: base };
    // Undone first, so that it is new whoever asked before.
    const all = await must('GET', me.scan ? '/respondent/scan' : `/scans/${scan.id}/own-answers`, me.session);
    const there = all.answers.find(({ question }) => question === 'q1');
    const kept = await must('PUT', base, me.session, { headers: there ? version(there) : {}, body: answer });
    return { path: base, headers: version(kept) };
  };
  const file = { headers: { ...key(), 'content-type': 'application/octet-stream' }, body: png, query: '?name=proef.png' };
  const upload = (base) => ({ ...file, path: `${base}/files${file.query}`, headers: { ...file.headers, ...key() } });
  const canAnswer = (me) => me?.permissions?.has('answer_surveys');

  /** By operation: the request, on a scan of its own. Own answers fall back on those of the holder, for who may not. */
  const requests = {
    listScans: () => ({ path: '/scans' }),
    createScan: () => ({ path: '/scans', headers: key(), body: scanBody() }),
    getScan: async (holder) => ({ path: `/scans/${(await draft(holder)).id}` }),
    changeScan: async (holder) => {
      const scan = await draft(holder);
      return { path: `/scans/${scan.id}`, headers: version(scan), body: { closesOn: day(25) } };
    },
    removeDraftScan: async (holder) => {
      const scan = await draft(holder);
      return { path: `/scans/${scan.id}`, headers: version(scan) };
    },
    stepScan: async (holder) => {
      const scan = await open(holder);
      return { path: `/scans/${scan.id}/transitions`, headers: version(scan), body: { to: 'consensus' } };
    },
    setScanParticipants: async (holder) => {
      const scan = await consensus(holder);
      return { path: `/scans/${scan.id}/participants`, headers: version(scan), body: { functions: ['beleidsmedewerker'] } };
    },
    shareScanWithCouncil: async (holder) => {
      const scan = await closed(holder);
      return { path: `/scans/${scan.id}/council-sharing`, headers: version(scan), body: { shared: true } };
    },
    listRespondents: async (holder) => ({ path: `/scans/${(await draft(holder)).id}/respondents` }),
    inviteRespondent: async (holder) => ({
      path: `/scans/${(await draft(holder)).id}/respondents`, headers: key(), body: { domain: 'partner', function: `functie ${randomUUID().slice(0, 4)}`, link: true },
    }),
    getRespondent: async (holder) => ({ path: `/respondents/${(await inviteByLink(holder, await draft(holder))).id}` }),
    listColleagues: () => ({ path: '/colleagues' }),
    revokeRespondent: async (holder) => ({ path: `/respondents/${(await inviteByLink(holder, await draft(holder))).id}/revocations` }),
    renewRespondentLink: async (holder) => ({ path: `/respondents/${(await inviteByLink(holder, await draft(holder))).id}/links` }),
    openRespondentLink: async (holder) => ({
      path: '/respondent-sessions', body: { token: (await inviteByLink(holder, await draft(holder))).link.split('#')[1] },
    }),
    closeRespondentLink: () => ({ path: '/respondent-sessions/current' }),
    getOwnAnswers: async (holder, me) => ({ path: `/scans/${(await open(holder, me)).id}/own-answers` }),
    putOwnAnswer: async (holder, me) => {
      const scan = await open(holder, me);
      return { ...await mine(canAnswer(me) ? me : holder, scan, true), body: { ...answer, value: 'unknown' } };
    },
    removeOwnAnswer: async (holder, me) => mine(canAnswer(me) ? me : holder, await open(holder, me), true),
    submitOwnAnswers: async (holder, me) => ({ path: `/scans/${(await open(holder, me)).id}/own-answers/submission`, body: { showFunction: true } }),
    addOwnProofFile: async (holder, me) => upload((await mine(holder, await open(holder, me))).path),
    getProofFile: async (holder, me) => {
      const scan = await consensus(holder, me);
      const made = await must('POST', `/scans/${scan.id}/settled-answers/q1/files${file.query}`, holder.session, { ...file, headers: { ...file.headers, ...key() } });
      return { path: `/proof-files/${made.id}` };
    },
    getScanComparison: async (holder, me) => ({ path: `/scans/${(await consensus(holder, me)).id}/comparison` }),
    listSettledAnswers: async (holder, me) => ({ path: `/scans/${(await consensus(holder, me)).id}/settled-answers` }),
    settleQuestion: async (holder) => {
      const scan = await consensus(holder);
      return { path: `/scans/${scan.id}/settled-answers/q1`, headers: version(await settle(holder, scan)), body: answer };
    },
    addSettledProofFile: async (holder) => upload(`/scans/${(await consensus(holder)).id}/settled-answers/q1`),
    getScanResult: async (holder) => ({ path: `/scans/${(await consensus(holder)).id}/result` }),
    listCouncilScans: async (holder) => (await shared(holder), { path: '/council-scans' }),
    getCouncilScanResult: async (holder) => ({ path: `/council-scans/${(await shared(holder)).id}/result` }),
    listCouncilScanActions: async (holder) => ({ path: `/council-scans/${(await shared(holder)).id}/actions` }),
    getScanReport: async (holder) => ({ path: `/scans/${(await consensus(holder)).id}/report-documents/council` }),
    startScanReport: async (holder) => ({
      path: `/scans/${(await consensus(holder)).id}/reports`, headers: key(), body: { kind: 'council', format: 'odt' },
    }),
    getCouncilReport: async (holder) => ({ path: `/council-scans/${(await shared(holder)).id}/report-document` }),
    startCouncilReport: async (holder) => ({
      path: `/council-scans/${(await shared(holder)).id}/reports`, headers: key(), body: { format: 'odt' },
    }),
    listScanActions: async (holder) => ({ path: `/scans/${(await consensus(holder)).id}/actions` }),
    addScanAction: async (holder) => ({
      path: `/scans/${(await consensus(holder)).id}/actions`, headers: key(),
      body: { question: 'q1', text: `Doe iets ${randomUUID().slice(0, 4)}`, ownerFunction: 'beleidsmedewerker', dueOn: day(30) },
    }),
    getAction: async (holder) => ({ path: `/actions/${(await action(holder, await consensus(holder))).id}` }),
    listActions: async (holder) => (await action(holder, await consensus(holder)), { path: '/actions' }),
    changeAction: async (holder) => {
      const made = await action(holder, await consensus(holder));
      return { path: `/actions/${made.id}`, headers: version(made), body: { status: 'in_progress' } };
    },
    addActionProofFile: async (holder) => upload(`/actions/${(await action(holder, await consensus(holder))).id}`),
    listWorkItems: () => ({ path: '/work-items' }),
    screenText: () => ({ path: '/text-screenings', body: { text: 'Bel Jan op 06-12345678' } }),
    getScanLifeCycle: () => ({ path: '/scan-life-cycle' }),
    // A questionnaire as it is given out, read in again.
    readInstrument: async () => ({
      path: '/instrument-readings',
      headers: { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
      body: (await ask('GET', `${root}/instruments/quickscan-local-approach/versions/1/xlsform`)).body,
    }),
    // What a guest may, on the scan of that guest.
    getRespondentScan: () => ({ path: '/respondent/scan' }),
    putRespondentAnswer: async (_, me) => (me.scan ? { ...await mine(me, me.scan, true), body: answer } : { path: '/respondent/answers/q1', body: answer }),
    removeRespondentAnswer: async (_, me) => (me.scan ? mine(me, me.scan, true) : { path: '/respondent/answers/q1', headers: { 'if-match': '"v1"' } }),
    addRespondentProofFile: () => upload('/respondent/answers/q1'),
    submitRespondentAnswers: () => ({ path: '/respondent/submission', body: { showFunction: false } }),
    getRespondentProofFile: async (holder, me, owner = me) => {
      if (!owner.scan) return { path: '/respondent/proof-files/0193a5c0-0000-7000-8000-000000000001' };
      // One file serves all: a respondent may add only a few to one question.
      owner.file ??= (await must('POST', `/respondent/answers/q2/files${file.query}`, owner.session, { ...file, headers: { ...file.headers, ...key() } })).id;
      return { path: `/respondent/proof-files/${owner.file}` };
    },
    screenRespondentText: () => ({ path: '/respondent/text-screenings', body: { text: 'Er is een overleg' } }),
  };
  return { requests, open, guest, must, key };
}
