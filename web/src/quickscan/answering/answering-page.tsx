// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation, useParams } from 'react-router';
import { SignedIn } from '../../accounts/guard';
import { send } from '../../app/client';
import { ProblemPage } from '../../app/problem';
import type { Session } from '../../app/session';
import { Link } from '../../ui/elements';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Loading } from '../../ui/page';
import { type Instrument, type OwnAnswers, scanUrl, useGet, useInstrument, useScan, yearOf } from '../api';
import type { Desk } from '../desk';
import { texts as shared } from '../texts';
import { useDesk } from './desks';
import { QuestionPage, type Round } from './flow';
import { EndPage, IntroPage } from './start-and-end';
import { texts } from './texts';
import { uploader } from './upload';

/** Answering a scan with an account: the start, the questions, the end. */
export default function AnsweringPage() {
  return <SignedIn permission="answer_surveys">{(session) => <Answering session={session} />}</SignedIn>;
}

function Answering({ session }: { session: Session }) {
  const { id = '' } = useParams();
  const own = useGet<OwnAnswers>(scanUrl(id, '/own-answers'), { fresh: true });
  const scan = useScan(id);
  const instrument = useInstrument(own.data?.instrument);
  const problem = own.problem ?? instrument.problem;
  if (problem) return <ProblemPage problem={problem} onRetry={own.reload} />;
  if (!own.data || !instrument.data) return <Loading />;
  return <Answers own={own.data} instrument={instrument.data} owner={`${id}:${session.accountId}`} colleagues={scan.data?.domains ?? []} />;
}

function Answers({ own, instrument, owner, colleagues }: {
  own: OwnAnswers; instrument: Instrument; owner: string; colleagues: { domain: OwnAnswers['respondent']['domain']; respondents: number; submitted: number }[];
}) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const client = useQueryClient();
  const { nr } = useParams();
  const here = useLocation().pathname;
  const base = scanUrl(own.scanId, '/own-answers');
  const desk = useDesk(owner, own.answers, instrument, base);
  const path = `/scans/${own.scanId}`;
  const refresh = () => client.invalidateQueries({ predicate: ({ queryKey }) => /\/scans|\/work-items/.test(String(queryKey[0])) });
  // What the lists say about this scan follows what was answered.
  const away = useRef(refresh);
  away.current = refresh;
  useEffect(() => () => void away.current(), []);
  const round: Round = {
    instrument, title: fill(common.name, { instrument: own.instrument.title[language], year: yearOf(own) }), sizeClass: own.sizeClass,
    open: own.mayAnswer, closesOn: own.closesOn, keptDays: own.visibility.individualAnswersKeptDays, function: own.respondent.function, domain: common.domain[own.respondent.domain],
    showFunction: own.respondent.showFunction, submittedAt: own.respondent.submittedAt,
    colleagues: colleagues.filter(({ respondents }) => respondents > 0)
      .map(({ domain, respondents, submitted }) => ({ key: domain, name: common.domain_title[domain], respondents, submitted })),
    trail: [{ title: common.scans, to: '/scans' }], questions: `${path}/vragen`, intro: `${path}/vragen`,
    upload: (question) => uploader(`${base}/${question}/files`, language),
    signIn: <p>{words.signed_out} <Link to={`/inloggen?terug=${encodeURIComponent(here)}`}>{words.sign_in}</Link></p>,
  };
  const submit = async (showFunction: boolean) => {
    await send('POST', `${base}/submission`, language, { body: { showFunction }, idempotencyKey: crypto.randomUUID() });
    await refresh();
  };
  return <FlowPage nr={nr} round={round} desk={desk} submit={submit} />;
}

/** Which of the pages of a respondent the address names. */
export function FlowPage({ nr, round, desk, submit }: {
  nr: string | undefined; round: Round; desk: Desk; submit: (showFunction: boolean) => Promise<void>;
}) {
  if (nr === undefined) return <IntroPage round={round} desk={desk} />;
  if (nr === 'klaar') return <EndPage round={round} desk={desk} submit={submit} />;
  const number = Number(nr);
  if (!round.instrument.questions.some((question) => question.number === number)) return <ProblemPage problem={{ status: 404, title: '' }} />;
  if (!round.open) return <IntroPage round={round} desk={desk} />;
  return <QuestionPage round={round} desk={desk} number={number} />;
}

