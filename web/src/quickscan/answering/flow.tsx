// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type FormEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import { Link as RouterLink, useLocation, useNavigate } from 'react-router';
import { useDocumentName } from '../../figures/document-names';
import { Button, ButtonLink, Heading, Link, LinkButton, Paragraph, usePath } from '../../ui/elements';
import { formatClock, formatDay } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import { Breadcrumbs, type Crumb, useDocumentTitle } from '../../ui/page';
import { Bar, Beads, People } from '../../ui/question';
import { forSize, type Instrument, type Question, type SizeClass } from '../api';
import { type Desk, emptyEntry, type Entry, isEmpty, type View } from '../desk';
import { texts as shared } from '../texts';
import { AnswerForm } from './answer-form';
import { Both } from './both';
import { useFocusAfterMove, useView } from './desks';
import type { Upload } from './proofs';
import { texts } from './texts';
import { isWhole } from './whole';

/** Everything that the pages of one respondent share. */
export interface Round {
  instrument: Instrument;
  /** "Quickscan 2026". */
  title: string;
  sizeClass: SizeClass;
  open: boolean;
  closesOn?: string | undefined;
  /** How long own answers are kept after the result was settled, in days. */
  keptDays: number;
  function: string;
  domain: string;
  showFunction: boolean;
  submittedAt?: string | undefined;
  /** Per domain how many are ready; never what they answered. */
  colleagues: { key: string; name: string; submitted: number; respondents: number }[];
  trail: Crumb[];
  /** Path of the questions: a number or "klaar" comes behind it. */
  questions: string;
  /** Path of what stands before the first question. */
  intro: string;
  upload: (question: string) => Upload;
  files?: string;
  /** How to come back when the session has ended. */
  signIn: ReactNode;
}

/** Answered: something that the server can keep. */
export const isAnswered = (question: Question, entry: Entry | undefined): boolean =>
  entry !== undefined && !isEmpty(entry) && (entry.value !== null || (question.type !== 'scale' && entry.values.length > 0));

export function useProgress(round: Round, view: View) {
  return useMemo(() => {
    const { questions, minutesPerQuestion } = round.instrument;
    const done = questions.filter((question) => isAnswered(question, view.entries.get(question.key)));
    const first = questions.find((question) => !done.includes(question));
    return { done: done.length, of: questions.length, first, minutes: (questions.length - done.length) * minutesPerQuestion };
  }, [round.instrument, view.entries]);
}

/** One question: themes at the left, the question in the middle, colleagues and source at the right. */
export function QuestionPage({ round, desk, number }: { round: Round; desk: Desk; number: number }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const path = usePath();
  const navigate = useNavigate();
  const view = useView(desk);
  const progress = useProgress(round, view);
  const { instrument } = round;
  const asked = instrument.questions.find((one) => one.number === number) as Question;
  const question = useMemo(() => forSize(asked, round.sizeClass), [asked, round.sizeClass]);
  const theme = instrument.themes.find(({ key }) => key === question.theme);
  const at = instrument.questions.indexOf(asked);
  const [previous, next] = [instrument.questions[at - 1], instrument.questions[at + 1]];
  const heading = useFocusAfterMove(question.key);
  const { state } = useLocation() as { state: { undone?: number } | null };
  const [undone, setUndone] = useState(state?.undone);
  useDocumentTitle(`${fill(common.question_title, { number })}, ${round.title}`);

  useEffect(() => () => desk.now(), [number, desk]);

  const entry = view.entries.get(question.key) ?? emptyEntry;
  const change = desk.changeOf(question.key);
  const goOn = (event: FormEvent) => {
    event.preventDefault();
    desk.now();
    void navigate(path(`${round.questions}/${next ? next.number : 'klaar'}`));
  };
  const undo = () => {
    const key = desk.undo();
    const back = instrument.questions.find((one) => one.key === key);
    if (!back) return;
    setUndone(back.number);
    if (back.number !== number) void navigate(path(`${round.questions}/${back.number}`), { state: { undone: back.number } });
  };
  return (
    <div className="bp-wrap">
      <Breadcrumbs trail={[...round.trail, { title: round.title, to: round.intro }]} here={fill(common.question_title, { number })} />
      <div className="bp-page">
        <div className="bp-qflow">
          <nav className="bp-toc" aria-label={words.themes}>
            <p className="bp-eyebrow">{fill(words.done_of, { done: progress.done, of: progress.of })}</p>
            <Bar part={progress.done} of={progress.of} />
            <Themes round={round} view={view} here={asked} />
            <p className="bp-toc__end bp-soft">
              {progress.minutes === 0 ? words.minutes_none : progress.minutes === 1 ? words.minutes_left_one : fill(words.minutes_left, { minutes: progress.minutes })}
            </p>
          </nav>
          <div className="bp-q">
            <div className="bp-mprog">
              <p className="bp-eyebrow">{fill(progress.minutes === 1 ? words.progress_one : words.progress, { number, of: progress.of, minutes: progress.minutes })}</p>
              <Bar part={progress.done} of={progress.of} />
            </div>
            <Trouble desk={desk} view={view} round={round} here={question.key} />
            {theme && <p className="bp-eyebrow">{fill(common.theme, { number: theme.number, title: theme.title[language] })}</p>}
            <h1 className="nl-heading nl-heading--level-1" ref={heading} tabIndex={-1}>{question.text[language]}</h1>
            {question.adapted && <p className="bp-small bp-soft">{words.small}</p>}
            {question.explanation && <Paragraph>{question.explanation[language]}</Paragraph>}
            {question.why && (
              <details className="bp-details" key={`waarom ${number}`}><summary>{words.why_asked}</summary><p className="bp-small">{question.why[language]}</p></details>
            )}
            <form onSubmit={goOn} noValidate>
              <AnswerForm key={question.key} question={question} instrument={instrument} entry={entry} legend={words.your_answer}
                problem={change?.problem?.status === 412 ? undefined : change?.problem}
                onChange={(field, edited) => {
                  setUndone(undefined);
                  desk.edit(question.key, field, edited);
                }}
                onConfirm={() => desk.confirm(question.key)} upload={round.upload(question.key)} files={round.files} />
              {change?.problem?.status === 412 && (
                <Both mine={change.entry} theirs={change.theirs?.entry ?? null} question={question}
                  onMine={() => desk.settle(question.key, change.entry ?? emptyEntry)} onTheirs={() => desk.takeTheirs(question.key)}
                  onMerge={(merged) => desk.settle(question.key, merged)} />
              )}
              <div className="bp-qfoot">
                {previous ? <ButtonLink purpose="subtle" icon="previous" to={`${round.questions}/${previous.number}`}>{fill(words.previous, { number: previous.number })}</ButtonLink>
                  : <ButtonLink purpose="subtle" icon="previous" to={round.intro}>{words.start_page}</ButtonLink>}
                <div className="bp-qfoot__middle">
                  <Saved view={view} question={question} desk={desk} />
                  {view.mayUndo && <LinkButton onClick={undo}>{words.undo}</LinkButton>}
                  <span role="status" className={undone === undefined ? 'bp-vh' : 'bp-small bp-soft'}>{undone !== undefined && fill(words.undone, { number: undone })}</span>
                </div>
                <Button type="submit" purpose="primary" iconEnd="next">{next ? words.next : words.finish}</Button>
              </div>
            </form>
            <details className="bp-details bp-mprog bp-gap2"><summary>{words.all_themes}</summary>
              <nav className="bp-toc" aria-label={words.all_themes}><Themes round={round} view={view} here={asked} /></nav>
            </details>
          </div>
          <aside className="bp-stack" aria-label={words.beside}><Beside round={round} question={question} /></aside>
        </div>
      </div>
    </div>
  );
}

/** The themes; a theme leads to its first question that is still open. */
function Themes({ round, view, here }: { round: Round; view: View; here: Question }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const path = usePath();
  const { instrument } = round;
  return (
    <>
      <ol>
        {instrument.themes.map((theme) => {
          const own = instrument.questions.filter((question) => question.theme === theme.key);
          const done = own.map((question) => isAnswered(question, view.entries.get(question.key)));
          const target = own[Math.max(0, done.indexOf(false))] ?? own[0];
          if (!target) return null;
          const current = theme.key === here.theme;
          return (
            <li key={theme.key}>
              <RouterLink to={path(`${round.questions}/${target.number}`)} aria-current={current ? 'step' : undefined}
                aria-label={fill(words.theme_spoken, { title: theme.title[language], done: done.filter(Boolean).length, of: own.length })}>
                <span>{theme.title[language]}</span>
                <Beads beads={done.map((one) => (one ? 'on' : 'open'))} at={current ? own.indexOf(here) : null} />
              </RouterLink>
            </li>
          );
        })}
      </ol>
      <p className="bp-toc__end"><Link to={`${round.questions}/klaar`}>{words.end}</Link></p>
    </>
  );
}

function Beside({ round, question }: { round: Round; question: Question }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const documentName = useDocumentName();
  return (
    <>
      {round.colleagues.length > 0 && (
        <div>
          <Heading level={2} className="bp-h4">{words.colleagues}</Heading>
          <People items={round.colleagues.map(({ key, name, submitted, respondents }) => ({
            key, name, part: submitted, of: respondents,
            state: submitted === respondents ? words.ready : fill(words.part_of_ready, { part: submitted, of: respondents }),
          }))} />
        </div>
      )}
      <div className="bp-note">
        <p className="bp-small">
          <Icon name="lock" /> <b>{words.blind}</b>{' '}
          {round.closesOn ? fill(words.blind_text, { day: formatDay(round.closesOn, language) }) : words.blind_no_day}
        </p>
      </div>
      {question.sources.length > 0 && (
        <div className="bp-small">
          <p className="bp-eyebrow">{words.rests_on}</p>
          {question.sources.map((source) => (
            <p key={source.document + source.place[language]}>
              {capital(source.place[language])}, {documentName(source.document)}{source.lines && `, ${fill(words.lines, { lines: source.lines.replace('-', '–') })}`}.{' '}
              {question.wording === 'reconstructed' && `${words.reconstructed} `}
              <Link to="/bronnen">{words.see_source}</Link>
            </p>
          ))}
        </div>
      )}
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Where the answer is: with the server, on its way, or only on this device. */
function Saved({ view, question, desk }: { view: View; question: Question; desk: Desk }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const change = desk.changeOf(question.key);
  const here = change && (change.problem || ['offline', 'signed-out', 'busy'].includes(view.standing));
  const unfinished = change?.entry && !change.problem && !isWhole(question, change.entry);
  if (unfinished) return <span className="bp-saved bp-saved--here" role="status"><Icon name="info" />{words.unfinished}</span>;
  if (here) return <span className="bp-saved bp-saved--here" role="status"><Icon name="info" />{words.here}</span>;
  if (change) return <span className="bp-saved bp-saved--soft" role="status">{words.sending}</span>;
  if (view.savedAt) return <span className="bp-saved" role="status"><Icon name="check" />{fill(words.saved, { time: formatClock(view.savedAt, language) })}</span>;
  if (desk.heldOf(question.key)) return <span className="bp-saved" role="status"><Icon name="check" />{words.saved_before}</span>;
  return <span className="bp-saved bp-saved--soft" role="status">{words.nothing_yet}</span>;
}

/** What stands between the answers and the server, said once and calmly. */
export function Trouble({ desk, view, round, here }: { desk: Desk; view: View; round: Round; here?: string }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const refusedElsewhere = view.waiting.filter(({ question, problem }) => problem && question !== here)
    .flatMap(({ question }) => round.instrument.questions.find(({ key }) => key === question) ?? []);
  const own = here === undefined ? undefined : desk.changeOf(here);
  const standing = view.waiting.length === 0 ? 'kept' : view.standing;
  const waits = view.waiting.length === 1 ? words.waiting_one : fill(words.waiting, { count: view.waiting.length });
  return (
    <>
      {(standing === 'offline' || standing === 'busy') && <Alert kind="warning" role="status"><p>{words[standing]} {waits}</p></Alert>}
      {standing === 'signed-out' && <Alert kind="warning" role="status">{round.signIn}</Alert>}
      {own?.problem && own.problem.status !== 412 && (
        <Alert kind="warning" role="status"><p><b>{words.refused}.</b> {own.problem.errors?.length ? '' : own.problem.detail ?? own.problem.title}</p></Alert>
      )}
      {refusedElsewhere.length > 0 && (
        <Alert kind="warning">
          <p>
            {words.refused_elsewhere.split('{questions}')[0]}
            {refusedElsewhere.map(({ number, key }, index) => (
              <span key={key}>{index > 0 && ', '}<Link to={`${round.questions}/${number}`}>{fill(common.question, { number })}</Link></span>
            ))}
            {words.refused_elsewhere.split('{questions}')[1]}
          </p>
        </Alert>
      )}
    </>
  );
}
