// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ReactNode, useMemo } from 'react';
import { useParams } from 'react-router';
import { SignedIn } from '../../accounts/guard';
import { ProblemPage } from '../../app/problem';
import { Peers } from '../../national/peers';
import { Button, ButtonLink, Heading, Link, Paragraph } from '../../ui/elements';
import { formatDate, formatNumber, formatPercent } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert, Card, Note } from '../../ui/notes';
import { SourceNumber } from '../../ui/number';
import { ownPrefix, useOwnSources } from '../../ui/own-source';
import { Columns, Grid, Loading, Page, Section } from '../../ui/page';
import { ScrollBox } from '../../ui/table';
import { Tag } from '../../ui/tags';
import { Counts, Tile, TileLegend, TileRow, type TileValue } from '../../ui/tiles';
import { NotANumber } from '../../ui/void';
import { type Comparison, formatFraction, type Instrument, type QuestionResult, type Scan, scanUrl, type ScanResult, type Score, useGet, useInstrument, useScan, values, yearOf } from '../api';
import { CouncilSharing } from '../scans/council-sharing';
import { texts as shared } from '../texts';
import { ThemeCharts } from './charts';
import { Changes } from './changes';
import { Differences } from './differences';
import { Reports } from './reports';
import { texts } from './texts';
import { WeakPoints } from './weak-points';

/** What the settled answers come to: counts, tiles per theme, scores with their inputs, risks, change, what to do. */
export default function ResultPage() {
  return <SignedIn permission="answer_surveys">{(session) => <Loaded mayEdit={session.permissions.includes('edit_content')} />}</SignedIn>;
}

function Loaded({ mayEdit }: { mayEdit: boolean }) {
  const { id = '' } = useParams();
  const result = useGet<ScanResult>(scanUrl(id, '/result'));
  const scan = useScan(id);
  const instrument = useInstrument(result.data?.instrument);
  const problem = result.problem ?? instrument.problem ?? scan.problem;
  if (problem) return <ProblemPage problem={problem} onRetry={result.reload} />;
  if (!result.data || !instrument.data || !scan.data) return <Loading />;
  return <Result result={result.data} instrument={instrument.data} scan={scan.data} mayEdit={mayEdit} />;
}

/** "vraag 3, 10 en 18", each a link. */
export function QuestionLinks({ questions, to }: { questions: QuestionResult[]; to: (question: QuestionResult) => string }) {
  const common = useTexts(shared);
  return questions.map((one, at) => (
    <span key={one.question}>{at > 0 && ', '}<Link to={to(one)}>{at === 0 ? fill(common.question, { number: one.number }) : one.number}</Link></span>
  ));
}

export function Result({ result, instrument, scan, mayEdit, councilActions }: {
  result: ScanResult; instrument: Instrument; scan?: Scan; mayEdit: boolean;
  /** As the council reads it, with these actions: without reasons, proof, functions and the individual round. */
  councilActions?: ReactNode;
}) {
  const council = councilActions !== undefined;
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const scored = result.instrument.kind === 'scored';
  const name = fill(common.name, { instrument: result.instrument.title[language], year: yearOf(result) });
  const base = `/scans/${result.scanId}`;
  const one = (key: string) => result.questions.filter(({ question }) => question === key);
  const many = (keys: string[]) => keys.flatMap(one);
  const comparison = useGet<Comparison>(!council && scan?.individualAnswersKept ? scanUrl(result.scanId, '/comparison') : null);
  useScoreSources(result, instrument);
  const day = result.closedAt ? formatDate(result.closedAt, language) : '';
  return (
    <Page title={useFinding(result, instrument)} tab={`${words.here}, ${name}`} here={words.here}
      trail={council ? [{ title: words.council_here, to: '/raad' }] : [{ title: common.scans, to: '/scans' }, { title: name, to: base }]}
      lead={result.provisional || day === '' ? name : fill(result.participants.length > 1 ? words.lead_functions : words.lead, { scan: name, day, count: result.participants.length })}
      actions={!council && mayEdit && !result.provisional && scored ? (
        <><ButtonLink to={`${base}/acties`} purpose="primary">{words.actions_button}</ButtonLink><ButtonLink to={`${base}/verslag/council`} icon="print">{words.report_title}</ButtonLink></>
      ) : council ? <Button purpose="primary" icon="print" onClick={() => window.print()}>{words.council_print}</Button> : undefined}>
      {result.provisional && <Section><Alert kind="info"><p>{result.state === 'archived' ? words.stopped : words.provisional}</p></Alert></Section>}
      {scored ? (
        <>
          <Section>
            <Heading level={2} className="bp-vh">{words.counts}</Heading>
            <Counts items={[
              ...values.map((value) => ({ value: value as TileValue, text: common.value_title[value], count: result.questions.filter((other) => other.value === value).length })),
              ...(result.unanswered.length > 0 ? [{ value: 'none' as const, text: words.not_settled, count: result.unanswered.length }] : []),
            ]} />
          </Section>
          <Section>
            <Grid>
              <Columns span={8}><Themes result={result} instrument={instrument} /></Columns>
              <Columns span={4} stack>
                <Continuity result={result} one={(key) => one(key)[0]} />
                {result.unsupported.length > 0 && (
                  <Note kind="warn" title={result.unsupported.length === 1 ? words.unsupported_title_one : fill(words.unsupported_title, { count: result.unsupported.length })}>
                    {around(words.unsupported_text, council ? fill(common.question, { number: many(result.unsupported).map(({ number }) => number).join(', ') })
                      : <QuestionLinks questions={many(result.unsupported)} to={({ number }) => `${base}/samen/${number}`} />)}
                  </Note>
                )}
                {result.unknowns.length > 0 && (
                  <Note kind="unknown" title={result.unknowns.length === 1 ? words.unknown_title_one : fill(words.unknown_title, { count: result.unknowns.length })}>
                    {around(words.unknown_text, council ? fill(common.question, { number: many(result.unknowns).map(({ number }) => number).join(', ') })
                      : <QuestionLinks questions={many(result.unknowns)} to={({ number }) => `${base}/samen/${number}`} />)}
                  </Note>
                )}
                {result.change && <Since result={result} />}
                {!council && mayEdit && scan && result.state === 'closed' && <CouncilSharing scan={scan} />}
              </Columns>
            </Grid>
          </Section>
          <ThemeCharts result={result} />
          <Strengths questions={many(result.strengths)} />
        </>
      ) : <Survey result={result} instrument={instrument} />}
      {comparison.data && scan && <Differences result={result} comparison={comparison.data} />}
      {!council && scan && !scan.individualAnswersKept && <Section title={words.split_title}><Paragraph className="bp-soft">{words.split_gone}</Paragraph></Section>}
      {result.change && <Changes result={result} />}
      {councilActions}
      {!council && scored && <WeakPoints result={result} mayEdit={mayEdit && result.state !== 'archived'} />}
      {!council && scored && !result.provisional && <Section title={words.peers_title}><Peers scan={result.scanId} questions={new Map(result.questions.map((one) => [one.question, fill(words.peer_own, { question: `${one.number}. ${one.text[language]}`, value: common.value[one.value ?? 'none'] })]))} /></Section>}
      {scored && !result.provisional && <Reports result={result} council={council} />}
    </Page>
  );
}

/** A text with {questions} in it as elements. */
const around = (text: string, questions: ReactNode): ReactNode => {
  const [before, after] = text.split('{questions}');
  return <>{before}{questions}{after}</>;
};

/** The title: the band of the whole, and the one or two themes that score lowest. */
function useFinding(result: ScanResult, instrument: Instrument): string {
  const words = useTexts(texts);
  const language = useLanguage();
  if (result.instrument.kind === 'survey') return words.title_survey;
  const band = instrument.bands.find(({ key }) => key === result.total.band)?.label[language];
  if (!band) return words.title_none;
  const lowest = result.themes.filter(({ score }) => score.percent !== undefined && score.percent < 75)
    .sort((a, b) => (a.score.percent ?? 0) - (b.score.percent ?? 0) || b.score.counted - a.score.counted).slice(0, 2).map(({ title }) => title[language]);
  const [first, second] = lowest;
  if (first === undefined) return fill(words.title_strong, { band });
  return second === undefined ? fill(words.title_one, { band, themes: first })
    : fill(words.title, { band, themes: fill(words.and, { first, second: second.charAt(0).toLowerCase() + second.slice(1) }) });
}

// ------------------------------------------------------------------------------------------------- themes and scores

const sourceOf = (theme: string): string => `${ownPrefix}score-${theme || 'totaal'}`;

/** A score with the way to its inputs; nothing that counts is unknown, never 0. */
export function ScoreNumber({ score, title }: { score: Score; title: string }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  if (score.counted === 0) return <NotANumber kind="unknown" />;
  return (
    <SourceNumber source={sourceOf(score.theme)} computed name={fill(words.score_name, { title })}>
      {fill(common.score, { points: formatFraction(score.points), counted: score.counted })}
    </SourceNumber>
  );
}

/** Tells the drawer what each score is made of. */
function useScoreSources(result: ScanResult, instrument: Instrument) {
  const words = useTexts(texts);
  const language = useLanguage();
  const sources = useMemo(() => {
    const told = new Map<string, { title: string; content: ReactNode }>();
    const add = (score: Score, title: string, questions: QuestionResult[]) => told.set(sourceOf(score.theme), {
      title: words.drawer_title, content: <ScoreSource score={score} title={title} questions={questions} instrument={instrument} />,
    });
    for (const theme of result.themes) add(theme.score, theme.title[language], result.questions.filter((question) => question.theme === theme.theme));
    add(result.total, words.total, result.questions);
    return told;
  }, [result, instrument, language, words]);
  useOwnSources(sources);
}

function ScoreSource({ score, title, questions, instrument }: { score: Score; title: string; questions: QuestionResult[]; instrument: Instrument }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const band = instrument.bands.find(({ key }) => key === score.band);
  return (
    <>
      <p className="bp-drawer__value">
        <b className="bp-drawer__ours">{fill(words.drawer_value, { points: formatFraction(score.points), counted: score.counted })}</b><span>{words.drawer_computed}</span>
      </p>
      <p className="bp-drawer__label">{fill(words.score_name, { title })}</p>
      <section>
        <h3>{words.drawer_inputs}</h3>
        <ul className="bp-asked">
          {questions.map((question) => (
            <li key={question.question}>
              <span className="bp-soft">{question.number}</span>
              <span>{question.text[language]}<small className="bp-answered"><Tile value={question.value ?? 'none'} />{common.value[question.value ?? 'none']}
                {question.value === 'partly' && question.parts.length > 0 && ` (${question.parts.length}/${instrument.questions.find(({ key }) => key === question.question)?.parts.length ?? ''})`}</small></span>
              <span>{question.points ? formatFraction(question.points) : <span className="bp-soft bp-tiny">{words.drawer_not_counted}</span>}</span>
            </li>
          ))}
        </ul>
        <p>{score.counted === 0 ? words.drawer_none : fill(words.drawer_sum, { points: formatFraction(score.points), counted: score.counted })}</p>
        {band && <p>{fill(words.drawer_band, { label: band.label[language], text: band.text[language] })}</p>}
      </section>
      <section>
        <h3>{words.drawer_rule}</h3>
        <p className="bp-small">{instrument.scoring?.text[language]} {words.drawer_rule_ours}</p>
      </section>
    </>
  );
}

function Themes({ result, instrument }: { result: ScanResult; instrument: Instrument }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const differed = new Set(result.differences.filter(({ differs }) => differs).map(({ question }) => question));
  const numbers = (questions: QuestionResult[]): string => {
    const [first, last] = [questions[0]?.number, questions.at(-1)?.number];
    return first === last ? `${first ?? ''}` : `${first}–${last}`;
  };
  return (
    <>
      <Heading level={2} className="bp-h3b" id="themas">{fill(words.tiles_title, { themes: result.themes.length, questions: result.questions.length })}</Heading>
      <p className="bp-fig__sub">{words.tiles_sub}</p>
      <ScrollBox labelledBy="themas">
        <table className="bp-themes" aria-labelledby="themas">
          <thead><tr><th scope="col">{words.theme_question}</th><th scope="col">{words.answers}</th><th scope="col"><span className="bp-vh">{words.attention}</span></th><th scope="col">{words.score}</th></tr></thead>
          <tbody>
            {result.themes.map((theme) => {
              const own = result.questions.filter((question) => question.theme === theme.theme);
              const spoken = own.map((question) => fill(differed.has(question.question) ? words.tile_differed : words.tile_spoken,
                { number: question.number, value: common.value[question.value ?? 'none'] })).join(', ');
              return (
                <tr key={theme.theme}>
                  <th scope="row">{theme.title[language]} <span className="bp-ln">{numbers(own)}</span></th>
                  <td><TileRow label={spoken} items={own.map((question) => ({ key: question.question, value: question.value ?? 'none', differed: differed.has(question.question) }))} /></td>
                  <td><span className="bp-tags">
                    {theme.unsupported.length > 0 && <Tag kind="warn">{theme.unsupported.length === 1 ? words.asserted_one : fill(words.asserted, { count: theme.unsupported.length })}</Tag>}
                    {theme.unknowns.length > 0 && <Tag kind="unknown">{theme.unknowns.length === 1 ? words.unknown_one : fill(words.unknown, { count: theme.unknowns.length })}</Tag>}
                  </span></td>
                  <td><ScoreNumber score={theme.score} title={theme.title[language]} /></td>
                </tr>
              );
            })}
            <tr className="bp-themes__total"><th scope="row">{words.total}</th><td /><td /><td><ScoreNumber score={result.total} title={words.total} />{result.total.percent !== undefined && <span className="bp-soft"> {formatPercent(result.total.percent, language, 0)}</span>}</td></tr>
          </tbody>
        </table>
      </ScrollBox>
      <TileLegend differed={differed.size > 0 ? words.differed : undefined}
        items={instrument.scale.map(({ value }) => ({ value, text: common.value[value] }))} />
    </>
  );
}

// ---------------------------------------------------------------------------------------------------- notes beside it

function Continuity({ result, one }: { result: ScanResult; one: (key: string) => QuestionResult | undefined }) {
  const words = useTexts(texts);
  const found = result.continuity.filter(({ level }) => level !== 'none');
  if (result.continuity.length === 0) return null;
  if (found.length === 0) return <Note title={words.continuity_none}>{words.continuity_none_text}</Note>;
  const functions = found.find(({ kind }) => kind === 'one_person')?.functions;
  return (
    <Note kind={found.some(({ level }) => level === 'risk') ? 'clash' : 'warn'} title={words.continuity}>
      {found.map(({ kind, level, question, beforeToo }) => (
        <p key={kind}>{fill(words.risk[kind][level as 'risk'], { number: one(question)?.number ?? '' })}{beforeToo && ` ${words.risk_before}`}</p>
      ))}
      {functions !== undefined && functions > 0 && <p>{functions === 1 ? words.risk_one_function : fill(words.risk_functions, { count: functions })}</p>}
    </Note>
  );
}

function Since({ result }: { result: ScanResult }) {
  const words = useTexts(texts);
  const { change } = result;
  if (!change) return null;
  const year = yearOf(change);
  const better = change.questions.filter(({ direction }) => direction === 'better').length;
  const worse = change.questions.filter(({ direction }) => direction === 'worse').length;
  return (
    <Card title={fill(words.since_title, { year })}>
      <p className="bp-small">{fill(words.since_sum, {
        better: better === 1 ? words.since_better_one : fill(words.since_better, { count: better }),
        worse: worse === 0 ? words.since_worse_none : worse === 1 ? words.since_worse_one : fill(words.since_worse, { count: worse }),
      })}</p>
      <p className="bp-small bp-gap"><a className="nl-link" href="#sinds">{fill(words.since_link, { year })}</a></p>
    </Card>
  );
}

/** Yes, with something to show for it. */
function Strengths({ questions }: { questions: QuestionResult[] }) {
  const words = useTexts(texts);
  const language = useLanguage();
  return (
    <Section title={words.strengths_title} lead={questions.length === 0 ? words.strengths_none : words.strengths_lead}>
      {questions.length > 0 && (
        <ul className="bp-asked">
          {questions.map((one) => (
            <li key={one.question}>
              <span className="bp-soft">{one.number}</span>
              <span>{one.text[language]}{one.reason && <small>{one.reason}</small>}</span>
              <span className="bp-small">{one.proofs.filter(({ kind }) => kind !== 'asserted').map((proof, at) => (
                <span key={at}>{at > 0 && ', '}{proof.kind === 'file' && proof.fileId ? <a className="nl-link" href={`/api/v1/proof-files/${proof.fileId}`}>{proof.title}</a>
                  : proof.url ? <a className="nl-link" href={proof.url} rel="noreferrer">{proof.title || proof.url}</a> : proof.title}</span>
              ))}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** A survey has no scores: what was settled, question by question. */
function Survey({ result, instrument }: { result: ScanResult; instrument: Instrument }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  return (
    <Section title={words.survey_title}>
      <ul className="bp-asked">
        {result.questions.map((question) => {
          const asked = instrument.questions.find(({ key }) => key === question.question);
          const said = question.value ? common.value[question.value]
            : question.values.map((key) => asked?.choices.find((choice) => choice.key === key)?.label[language] ?? (/^\d+$/.test(key) ? formatNumber(Number(key), language) : key)).join(', ');
          return (
            <li key={question.question}>
              <span className="bp-soft">{question.number}</span>
              <span>{question.text[language]}<small>{said || common.value.none}</small></span><span />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
