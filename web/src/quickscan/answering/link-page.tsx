// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { offline, type Problem, Refused, send } from '../../app/client';
import { devicePrefix } from '../../app/device';
import { ProblemPage } from '../../app/problem';
import { Button, Paragraph, usePath } from '../../ui/elements';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import { Loading, Page, Section } from '../../ui/page';
import { type Instrument, type OwnAnswers, useGet, useInstrument, yearOf } from '../api';
import { texts as shared } from '../texts';
import { FlowPage } from './answering-page';
import { dropDesk, useDesk, useView } from './desks';
import { ScreeningContext } from './findings';
import type { Round } from './flow';
import { texts } from './texts';
import { uploader } from './upload';

const respondentUrl = '/api/v1/respondent';

/** Answering through a link, without an account. The token stands behind the # of the address, so it is in no log; it is
    traded for a session at once and taken out of the address. */
export default function LinkPage() {
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { hash, pathname } = useLocation();
  const [opening, setOpening] = useState(() => hash.length > 1);
  const [refused, setRefused] = useState<Problem>();
  useEffect(() => {
    if (hash.length <= 1) return;
    setOpening(true);
    setRefused(undefined);
    const token = hash.slice(1);
    void navigate(pathname, { replace: true });
    void (async () => {
      try {
        await send('POST', '/api/v1/respondent-sessions', language, { body: { token } });
        await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(respondentUrl) });
      } catch (error) {
        setRefused(error instanceof Refused ? error.problem : { status: 500, title: '' });
      }
      setOpening(false);
    })();
  }, [hash, pathname, language, client, navigate]);
  if (opening) return <Loading />;
  if (refused) return <NoLink problem={refused} />;
  return <Own />;
}

function Own() {
  const own = useGet<OwnAnswers>(`${respondentUrl}/scan`, { fresh: true });
  const instrument = useInstrument(own.data?.instrument);
  if (own.problem?.status === 401) return <NoLink />;
  const problem = own.problem ?? instrument.problem;
  if (problem) return <ProblemPage problem={problem} onRetry={own.reload} />;
  if (!own.data || !instrument.data) return <Loading />;
  return <Answers own={own.data} instrument={instrument.data} />;
}

function Answers({ own, instrument }: { own: OwnAnswers; instrument: Instrument }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const client = useQueryClient();
  const { nr } = useParams();
  const base = `${respondentUrl}/answers`;
  const owner = `link:${own.respondent.id}`;
  const desk = useDesk(owner, own.answers, instrument, base);
  const round: Round = {
    instrument, title: fill(common.name, { instrument: own.instrument.title[language], year: yearOf(own) }), sizeClass: own.sizeClass,
    open: own.mayAnswer, closesOn: own.closesOn, keptDays: own.visibility.individualAnswersKeptDays, function: own.respondent.function, domain: common.domain[own.respondent.domain],
    showFunction: own.respondent.showFunction, submittedAt: own.respondent.submittedAt, colleagues: [], trail: [],
    questions: '/antwoorden/vragen', intro: '/antwoorden',
    upload: (question) => uploader(`${base}/${question}/files`, language), files: `${respondentUrl}/proof-files`,
    signIn: <p>{words.signed_out_link}</p>,
  };
  const submit = async (showFunction: boolean) => {
    await send('POST', `${respondentUrl}/submission`, language, { body: { showFunction }, idempotencyKey: crypto.randomUUID() });
    await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(respondentUrl) });
  };
  return (
    <ScreeningContext.Provider value={`${respondentUrl}/text-screenings`}>
      <FlowPage nr={nr} round={round} desk={desk} submit={submit} />
      {(nr === undefined || nr === 'klaar') && <Leave desk={desk} owner={owner} />}
    </ScreeningContext.Provider>
  );
}

/** Ends the session of the link on this device and removes what was not sent. */
function Leave({ desk, owner }: { desk: ReturnType<typeof useDesk>; owner: string }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const path = usePath();
  const view = useView(desk);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const leave = async () => {
    if (view.waiting.length > 0 && !asked) return setAsked(true);
    try {
      await send('DELETE', '/api/v1/respondent-sessions/current', language);
    } catch (error) {
      const why = error instanceof Refused ? error.problem : { status: 500, title: '' };
      if (why.status !== 401) return setProblem(why);
    }
    dropDesk(owner);
    localStorage.removeItem(devicePrefix + owner);
    client.removeQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(respondentUrl) });
    void navigate(`${path('/antwoorden')}?gestopt=ja`);
  };
  return (
    <div className="bp-wrap"><div className="bp-page">
      {problem && <Alert kind="error" role="alert"><p>{problem.status === offline ? words.offline : problem.detail ?? problem.title}</p></Alert>}
      {asked && <Alert kind="warning" role="alert"><p>{words.link_waits}</p></Alert>}
      <p className="bp-small bp-soft bp-prose">{words.link_leave_text}</p>
      <div className="bp-actions bp-gap"><Button onClick={() => void leave()}>{asked ? words.link_leave_anyway : words.link_leave}</Button></div>
    </div></div>
  );
}

/** There is no session of a link here: none was opened, or the one that was does not count any more. */
function NoLink({ problem }: { problem?: Problem }) {
  const words = useTexts(texts);
  const stopped = useLocation().search.includes('gestopt=');
  if (problem?.status === offline) return <ProblemPage problem={problem} onRetry={() => window.location.reload()} />;
  return (
    <Page title={stopped ? words.link_left : words.link_title} trail={[]} here={words.link_title}>
      <Section><Paragraph className="bp-lead bp-prose">{stopped ? '' : problem ? problem.detail || words.link_text : words.link_none}</Paragraph></Section>
    </Page>
  );
}
