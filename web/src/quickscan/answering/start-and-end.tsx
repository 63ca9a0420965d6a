// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useState } from 'react';
import { problemOf, Refused } from '../../app/client';
import { ProblemNotice } from '../../app/problem';
import { Button, ButtonLink, Heading, Link, Paragraph } from '../../ui/elements';
import { Checkbox } from '../../ui/form';
import { formatInstant } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert, Facts, Note } from '../../ui/notes';
import { Columns, Grid, Page, Section } from '../../ui/page';
import { Bar } from '../../ui/question';
import { Tag } from '../../ui/tags';
import { forSize, type Question } from '../api';
import type { Desk, Entry } from '../desk';
import { texts as shared } from '../texts';
import { AnswerWord } from './answer-word';
import { useView } from './desks';
import { isAnswered, type Round, Trouble, useProgress } from './flow';
import { texts } from './texts';

/** Before the first question: who will see what, how it works, how long it takes. */
export function IntroPage({ round, desk }: { round: Round; desk: Desk }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const view = useView(desk);
  const progress = useProgress(round, view);
  const { instrument } = round;
  const remarks = [instrument.reconstructedRemark, instrument.scaleRemark, instrument.scoring?.text].flatMap((one) => (one ? [one[language]] : []));
  return (
    <Page title={words.intro_title} tab={round.title} trail={round.trail} here={round.title}
      lead={fill(words.intro_lead, { questions: progress.of, minutes: progress.of * instrument.minutesPerQuestion })}>
      <Section>
        <Grid>
          <Columns span={8}>
            {!round.open && <Alert kind="info"><p><b>{words.closed_title}.</b> {words.closed_text}</p></Alert>}
            <Trouble desk={desk} view={view} round={round} />
            <Paragraph>{fill(words.intro_function, { function: round.function, domain: round.domain })}</Paragraph>
            <Heading level={2} className="bp-h3b bp-gap2">{words.who_title}</Heading>
            <div className="bp-gap"><Facts items={[
              [words.who_now, words.who_now_text], [words.who_after, words.who_after_text],
              [words.who_archive, fill(words.who_archive_text, { days: round.keptDays })], [words.who_outside, words.who_outside_text],
            ]} /></div>
            {round.open && (
              <div className="bp-actions bp-gap2">
                {progress.first ? (
                  <ButtonLink purpose="primary" iconEnd="next" to={`${round.questions}/${progress.first.number}`}>
                    {progress.done === 0 ? words.begin : fill(words.resume, { number: progress.first.number })}
                  </ButtonLink>
                ) : <ButtonLink purpose="primary" iconEnd="next" to={`${round.questions}/klaar`}>{words.review}</ButtonLink>}
              </div>
            )}
            {progress.done > 0 && (
              <div className="bp-gap2">
                <p className="bp-eyebrow">{fill(words.done_of, { done: progress.done, of: progress.of })}</p><Bar part={progress.done} of={progress.of} />
              </div>
            )}
          </Columns>
          <Columns span={4} stack>
            <div>
              <Heading level={2} className="bp-h4">{words.how_title}</Heading>
              <ul className="bp-list bp-small">{words.how.map((line) => <li key={line}>{line}</li>)}</ul>
            </div>
            {round.sizeClass === 'small' && instrument.questions.some((question) => forSize(question, 'small').adapted) && (
              <Note>{words.small_note}</Note>
            )}
            {remarks.length > 0 && <Note title={words.scale_remark} level={2}>{remarks.map((line) => <p key={line}>{line}</p>)}</Note>}
          </Columns>
        </Grid>
      </Section>
    </Page>
  );
}

/** Behind the last question: everything once more, and saying that one is ready. */
export function EndPage({ round, desk, submit }: {
  round: Round; desk: Desk; submit: (showFunction: boolean) => Promise<void>;
}) {
  const words = useTexts(texts);
  const language = useLanguage();
  const view = useView(desk);
  const progress = useProgress(round, view);
  const [show, setShow] = useState(round.showFunction);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const { questions, themes } = round.instrument;
  const open = questions.filter((question) => !isAnswered(question, view.entries.get(question.key)));
  const bare = questions.filter((question) => isBare(question, view.entries.get(question.key)));
  const problem = problemOf(error ?? null);

  const finish = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await submit(show);
    } catch (refused) {
      setError(refused instanceof Error ? refused : new Refused({ status: 500, title: '' }));
    }
    setBusy(false);
  };
  return (
    <Page title={open.length === 0 ? fill(words.end_title_all, { of: progress.of }) : fill(words.end_title, { done: progress.done, of: progress.of })}
      tab={`${words.end}, ${round.title}`} lead={words.end_lead} trail={[...round.trail, { title: round.title, to: round.intro }]} here={words.end}>
      <Section>
        <Grid>
          <Columns span={8} stack>
            <Trouble desk={desk} view={view} round={round} />
            {open.length > 0 && (
              <Note kind="unknown" title={words.end_open} level={2}>
                <p>{words.end_open_text}</p>
                <p><Numbers questions={open} to={round.questions} /></p>
              </Note>
            )}
            {bare.length > 0 && (
              <Note kind="warn" title={bare.length === 1 ? words.end_unsupported_one : fill(words.end_unsupported, { count: bare.length })} level={2}>
                <p>{words.end_unsupported_text}</p>
                <p><Numbers questions={bare} to={round.questions} /></p>
              </Note>
            )}
            {round.submittedAt && <Alert kind="ok" role="status"><p>{fill(words.submitted, { day: formatInstant(round.submittedAt, language) })}</p></Alert>}
            {round.open ? (
              <div>
                <Checkbox label={words.show_function} hint={fill(words.show_function_hint, { function: round.function })} checked={show} onChange={() => setShow(!show)} />
                {problem && <ProblemNotice problem={problem} />}
                {view.waiting.length > 0 && <p className="bp-small bp-soft bp-gap" role="status">{words.submit_waiting}</p>}
                <div className="bp-actions bp-gap2">
                  <Button purpose="primary" busy={busy} onClick={() => { if (view.waiting.length === 0) void finish(); else desk.now(); }}>
                    {round.submittedAt ? words.submit_again : words.submit}
                  </Button>
                </div>
              </div>
            ) : <Alert kind="info"><p><b>{words.closed_title}.</b> {words.closed_text}</p></Alert>}
          </Columns>
        </Grid>
      </Section>
      <Section title={words.end_all}>
        {themes.map((theme) => (
          <div key={theme.key} className="bp-gap2">
            <Heading level={3}>{theme.title[language]}</Heading>
            <ul className="bp-asked bp-gap">
              {questions.filter((question) => question.theme === theme.key).map((question) => {
                const entry = view.entries.get(question.key);
                return (
                  <li key={question.key}>
                    <span className="bp-soft">{question.number}</span>
                    <span><Link to={`${round.questions}/${question.number}`}>{forSize(question, round.sizeClass).text[language]}</Link>
                      {entry?.reason && <small>{entry.reason}</small>}</span>
                    <span className="bp-answered"><AnswerWord question={question} entry={entry} />{isBare(question, entry) && <Tag kind="warn">{words.asserted}</Tag>}</span>
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
      </Section>
    </Page>
  );
}

/** "vraag 3, 10, 18", each a link. */
function Numbers({ questions, to }: { questions: Question[]; to: string }) {
  const common = useTexts(shared);
  return questions.map(({ key, number }, at) => (
    <span key={key}>{at > 0 && ', '}<Link to={`${to}/${number}`}>{at === 0 ? fill(common.question, { number }) : number}</Link></span>
  ));
}

/** Yes or partly, and nothing to show for it. */
const isBare = (question: Question, entry: Entry | undefined): boolean =>
  question.type === 'scale' && (entry?.value === 'yes' || entry?.value === 'partly') && !entry.proofs.some(({ kind }) => kind !== 'asserted');
