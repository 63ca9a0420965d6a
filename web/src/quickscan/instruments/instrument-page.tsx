// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { useResource } from '../../app/client';
import { ProblemPage } from '../../app/problem';
import { byKey, type Figures, ReadNumber } from '../../figures/show';
import { ButtonLink, Heading, Paragraph, PlainLink } from '../../ui/elements';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Facts, Note } from '../../ui/notes';
import { Columns, Grid, Listed, Loading, Page, Section } from '../../ui/page';
import '../../ui/question.css';
import '../../ui/paper.css';
import { DataTable } from '../../ui/table';
import { formLink, type Instrument, instrumentLink, type Question, Sources, StatusTags } from './show';
import { texts } from './texts';

/** One version of a questionnaire: every question with explanation and source, and how answers become a score. */
export default function InstrumentPage() {
  const { key = '', version = '' } = useParams();
  const words = useTexts(texts);
  const language = useLanguage();
  const { data: instrument, problem, reload } = useResource('/api/v1/instruments/{key}/versions/{version}', { path: { key, version } });
  const survey = instrument?.kind === 'survey';
  const figures = useResource('/api/v1/figures', { query: { document: instrument?.sources[0]?.document ?? '', limit: '500' } }, survey);
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!instrument) return <Loading />;
  const held = byKey(figures.data?.items);
  return (
    <Page title={instrument.title[language]} lead={instrument.introduction[language]} here={instrument.title[language]}
      trail={[{ title: words.list.here, to: '/vragenlijsten' }]} tags={<StatusTags instrument={instrument} />}
      actions={(
        <>
          <ButtonLink to={`${instrumentLink(instrument)}/papier`}>{words.one.paper}</ButtonLink>
          <ButtonLink href={formLink(instrument)} purpose="subtle">{words.one.download}</ButtonLink>
        </>
      )}>
      <Rules instrument={instrument} />
      <Section title={words.one.contents}>
        <ol className="bp-list bp-contents">
          {instrument.themes.map((theme) => (
            <li key={theme.key}><PlainLink href={`#${theme.key}`}>{theme.title[language]}</PlainLink></li>
          ))}
        </ol>
      </Section>
      {instrument.themes.map((theme) => (
        <Section key={theme.key} id={theme.key} title={fill(words.one.theme, { number: theme.number, title: theme.title[language] })}>
          {instrument.questions.filter((question) => question.theme === theme.key).map((question, at, own) => (
            <QuestionArticle key={question.key} question={question} figures={held}
              block={question.block !== own[at - 1]?.block
                ? instrument.blocks.find((block) => block.key === question.block)?.text[language] : undefined} />
          ))}
        </Section>
      ))}
    </Page>
  );
}

/** What is ours, how points are counted, what a score means. */
function Rules({ instrument }: { instrument: Instrument }) {
  const words = useTexts(texts).one;
  const language = useLanguage();
  const { scoring, bands, scale } = instrument;
  const ours = (
    <Note title={words.ours} kind="warn" level={2}>
      {instrument.reconstructedRemark && <p>{instrument.reconstructedRemark[language]}</p>}
      {instrument.scaleRemark && <p>{instrument.scaleRemark[language]}</p>}
    </Note>
  );
  if (!scoring && scale.length === 0) return instrument.reconstructedRemark ? <Section><Grid><Columns span={8}>{ours}</Columns></Grid></Section> : null;
  return (
    <>
      <Section>
        <Grid>
          <Columns span={8} stack>
            {scoring && (
              <>
                <Heading level={2}>{words.scoring}</Heading>
                <Paragraph>{scoring.text[language]}</Paragraph>
                {scoring.partly === 'share_of_parts' && <Paragraph className="bp-soft">{words.example}</Paragraph>}
              </>
            )}
            {scale.length > 0 && (
              <DataTable caption={words.scale} list columns={[words.answer, words.meaning]} rows={scale.map((one) => ({
                key: one.value, header: one.label[language], cells: [{ content: one.meaning[language] }],
              }))} />
            )}
            {bands.length > 0 && (
              <DataTable caption={words.bands} list columns={[words.band, words.from_to, words.meaning]} rows={bands.map((band, at) => ({
                key: band.key,
                header: band.label[language],
                cells: [
                  { content: fill(at === bands.length - 1 ? words.range_last : words.range, { from: band.from, to: band.to }) },
                  { content: band.text[language] },
                ],
              }))} />
            )}
          </Columns>
          <Columns span={4}>{ours}</Columns>
        </Grid>
      </Section>
    </>
  );
}

function QuestionArticle({ question, block, figures }: { question: Question; block: string | undefined; figures: Figures }) {
  const words = useTexts(texts).one;
  const language = useLanguage();
  return (
    <>
      {block !== undefined && <p className="bp-soft bp-prose bp-gap">{block}</p>}
      <article className="bp-instrument-question" id={question.key}>
        <Heading level={3}>{fill(words.question, { number: question.number })} {question.text[language]}</Heading>
        {question.parts.length > 0 && (
          <>
            <p className="bp-eyebrow">{words.parts}</p>
            <ul className="bp-list">{question.parts.map((part) => <li key={part.key}>{part.text[language]}</li>)}</ul>
          </>
        )}
        {question.choices.length > 0 && <Choices question={question} figures={figures} />}
        <details className="bp-details"><summary>{words.details}</summary><Details question={question} /></details>
      </article>
    </>
  );
}

function Choices({ question, figures }: { question: Question; figures: Figures }) {
  const words = useTexts(texts).one;
  const language = useLanguage();
  const label = (key: string) => question.choices.find((choice) => choice.key === key)?.label[language] ?? key;
  return (
    <>
      <p className="bp-small bp-soft">{question.type === 'choose_one' ? words.one_of : words.more_of} {words.unknown_too}</p>
      <ul className="bp-list">
        {question.choices.map((choice) => (
          <li key={choice.key}>
            {choice.label[language]}
            <Remarks items={[
              choice.exclusive && words.exclusive,
              choice.asksReason && words.reason,
              ...choice.published.map((count) => (
                <span key={count.figure}>
                  {fill(words.published, { number: '' })}<ReadNumber figure={figures.get(count.figure)} />
                  {count.together.length > 0 && ` ${fill(words.together, { choices: count.together.map(label).join(', ') })}`}
                </span>
              )),
              choice.remark?.[language],
            ]} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Remarks({ items }: { items: ReactNode[] }) {
  const said = items.filter(Boolean);
  return said.length === 0 ? null : <span className="bp-small bp-soft"> (<Listed items={said} />)</span>;
}

function Details({ question }: { question: Question }) {
  const words = useTexts(texts).one;
  const language = useLanguage();
  const factors = useTerms('factors', question.factors);
  const groups = useTerms('target-groups', question.targetGroups);
  const meanings = question.scaleMeanings;
  const facts: [string, ReactNode][] = [
    [words.explanation, question.explanation?.[language]],
    [words.why, question.why?.[language]],
    [words.hints, question.hints.length > 0 && <Lines key="h" items={question.hints.map((hint) => hint[language])} />],
    [words.means, meanings && (
      <Lines key="m" items={[`${words.yes}: ${meanings.yes[language]}`, `${words.partly}: ${meanings.partly[language]}`, `${words.no}: ${meanings.no[language]}`]} />
    )],
    [words.green, question.green?.[language]],
    [words.action, question.action?.[language]],
    ...question.variants.map((variant): [string, ReactNode] => [words.variant[variant.sizeClass], (
      <Lines key={variant.sizeClass} items={[
        variant.text?.[language], variant.explanation?.[language], variant.green?.[language], variant.action?.[language],
        ...variant.hints.map((hint) => hint[language]), ...variant.parts.map((part) => part.text[language]),
      ]} />
    )]),
    [words.factors, factors],
    [words.groups, groups],
    [words.sources, question.sources.length > 0 && <Sources key="s" sources={question.sources} />],
    [words.wording, `${words.wordings[question.wording]}. ${question.confidence && question.block ? words.confidence[question.confidence] : ''}`],
  ];
  return <div><Facts items={facts.filter(([, value]) => Boolean(value))} /></div>;
}

function Lines({ items }: { items: (string | undefined)[] }) {
  return <ul className="bp-list">{items.filter(Boolean).map((item, at) => <li key={at}>{item}</li>)}</ul>;
}

/** The labels of terms, with a comma between them; the vocabularies are asked once for the whole page. */
function useTerms(vocabulary: string, keys: string[]): string {
  const language = useLanguage();
  const { data } = useResource('/api/v1/vocabularies/{key}', { path: { key: vocabulary } });
  return keys.map((key) => data?.terms.find((term) => term.key === key)?.label[language] ?? key).join(', ');
}
