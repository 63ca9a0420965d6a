// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A valid request for every operation on national rounds, hand-ins and needs, each on a round of its own, for the tests
// that ask all operations of the OpenAPI document.
import { randomUUID } from 'node:crypto';

/** scans: of scanFixtures; holder: who may hand in; manager: who opens rounds. */
export function roundFixtures(scans, holder, manager) {
  const { must, key } = scans;
  const version = (thing) => ({ 'if-match': `"v${thing.rowVersion}"` });
  const texts = { title: 'Proefronde', criterion: 'alle', method: 'samen', source: 'eigen opgave', representativeness: 'vrijwillig', population: 342 };
  const body = { instrument: 'quickscan-local-approach', version: 1, ...texts };
  const make = () => must('POST', '/survey-rounds', manager.session, { headers: key(), body });
  async function open() {
    const round = await make();
    return must('PUT', `/survey-rounds/${round.id}/state`, manager.session, { headers: version(round), body: { to: 'open' } });
  }
  const closedScan = async () => (await must('GET', '/scans', holder.session)).items.find((scan) => scan.state === 'closed').id;
  async function handedIn() {
    const round = await open();
    const given = await must('POST', `/survey-rounds/${round.id}/hand-ins`, holder.session, { headers: key(), body: { scan: await closedScan() } });
    return `/survey-rounds/${round.id}/hand-ins/${given.id}`;
  }
  /** A need that a published survey knows and this municipality has not noted yet; none in an empty installation. */
  async function newNeed() {
    const [first] = (await must('GET', '/needs', holder.session)).possible;
    return { instrument: first?.instrumentKey ?? 'survey-2015', version: first?.instrumentVersion ?? 1, item: first?.item ?? 'no-such-need' };
  }
  async function need() {
    const [first] = (await must('GET', '/needs', holder.session)).items;
    return first ?? must('POST', '/needs', holder.session, { headers: key(), body: await newNeed() });
  }

  return {
    listSurveyRounds: () => ({ path: '/survey-rounds' }),
    createSurveyRound: () => ({ path: '/survey-rounds', headers: key(), body }),
    getSurveyRound: async () => ({ path: `/survey-rounds/${(await make()).id}` }),
    changeSurveyRound: async () => {
      const round = await make();
      return { path: `/survey-rounds/${round.id}`, headers: version(round), body: { title: 'Andere titel' } };
    },
    moveSurveyRound: async () => {
      const round = await make();
      return { path: `/survey-rounds/${round.id}/state`, headers: version(round), body: { to: 'open' } };
    },
    previewPublication: async () => {
      const round = await open();
      await must('PUT', `/survey-rounds/${round.id}/state`, manager.session, { headers: version(round), body: { to: 'closed' } });
      return { path: `/survey-rounds/${round.id}/publication-preview` };
    },
    previewHandIn: async () => ({ path: `/scans/${await closedScan()}/hand-in-preview` }),
    handIn: async () => ({ path: `/survey-rounds/${(await open()).id}/hand-ins`, headers: key(), body: { scan: await closedScan() } }),
    getHandIn: async () => ({ path: await handedIn() }),
    withdrawHandIn: async () => ({ path: await handedIn() }),
    getPeers: async () => ({ path: `/scans/${await closedScan()}/peers` }),
    getNationalOverview: () => ({ path: `/national-overviews/${body.instrument}` }),
    listNeeds: () => ({ path: '/needs' }),
    addNeed: async () => ({ path: '/needs', headers: key(), body: await newNeed() }),
    getNeed: async () => ({ path: `/needs/${(await need()).id}` }),
    changeNeed: async () => {
      const noted = await need();
      return { path: `/needs/${noted.id}`, headers: version(noted), body: { status: 'contact_made' } };
    },
  };
}
