// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useSearchParams } from 'react-router';
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { drawBars } from '../ui/charts/bars';
import { Chart } from '../ui/charts/figure';
import { ButtonLink, Link } from '../ui/elements';
import { Folds } from '../ui/folds';
import { formatDay } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Card, Empty, Facts, Note } from '../ui/notes';
import { Columns, Grid, Loading, Page, Section } from '../ui/page';
import { Tag, Tags } from '../ui/tags';
import { anyWithheld, lane, type Overview, themesOf, useCount, useLegend, useQuestions, useSpoken, yearOf } from './answers';
import { Published2015 } from './published-2015';
import { texts } from './texts';

/** Where municipalities stand: the published rounds beside each other, theme by theme. */
export default function OverviewPage() {
  const all = useTexts(texts);
  const words = all.overview;
  const pictures = useResource('/api/v1/national-pictures');
  const [search] = useSearchParams();
  const items = pictures.data?.items ?? [];
  // The questionnaire with the most rounds first: rounds beside each other are what this page is for.
  const rounds = (key: string) => items.filter((item) => item.round.instrumentKey === key).length;
  const instruments = [...new Map(items.map((item) => [item.round.instrumentKey, item.instrumentTitle])).entries()]
    .sort(([a], [b]) => rounds(b) - rounds(a));
  const chosen = search.get('vragenlijst') ?? instruments[0]?.[0] ?? '';
  const overview = useResource('/api/v1/national-overviews/{instrument}', { path: { instrument: chosen } }, chosen !== '');
  if (pictures.problem) return <ProblemPage problem={pictures.problem} onRetry={pictures.reload} />;
  if (overview.problem) return <ProblemPage problem={overview.problem} onRetry={overview.reload} />;
  if (!pictures.data) return <Loading />;
  if (pictures.data.items.length === 0)
    return (
      <Page title={words.none_title} here={words.here} trail={[{ title: all.home, to: '/' }]}>
        <Section><Empty title={words.none}><p>{words.none_text} <Link to="/behoeften-2015">{words.survey_2015}</Link></p></Empty></Section>
      </Page>
    );
  if (!overview.data) return <Loading />;
  return <Rounds overview={overview.data} instruments={instruments} />;
}

function Rounds({ overview, instruments }: { overview: Overview; instruments: [string, { nl: string; en: string }][] }) {
  const all = useTexts(texts);
  const words = all.overview;
  const language = useLanguage();
  const questions = useQuestions();
  const newest = overview.rounds[overview.rounds.length - 1];
  if (!newest) return <Loading />;
  const missing = newest.population - newest.handedIn;
  return (
    <Page here={words.here} trail={[{ title: all.home, to: '/' }]}
      title={fill(words.title, { handed_in: newest.handedIn, population: newest.population, year: yearOf(newest) })}
      lead={fill(words.lead, { instrument: overview.instrumentTitle[language], missing })}
      tags={<Tags>{[newest.demonstration && <Tag key="d" kind="warn">{all.demonstration}</Tag>]}</Tags>}
      actions={<ButtonLink to={`/landelijk-beeld/${newest.roundId}`} purpose="primary" iconEnd="next">{fill(words.newest, { round: newest.title })}</ButtonLink>}>
      <section className="bp-section">
        <Grid>
          <Columns span={8} stack>
            <Card title={words.rounds} level={2}>
              <Facts items={overview.rounds.map((round) => [round.title, (
                <span key={round.roundId}>
                  {fill(words.round_facts, { handed_in: round.handedIn, population: round.population, missing: round.population - round.handedIn, day: formatDay(round.publishedOn, language) })}
                  {' '}<Link to={`/landelijk-beeld/${round.roundId}`}>{fill(words.by_group, { round: round.title })}</Link>
                </span>
              )])} />
            </Card>
            {instruments.length > 1 && (
              <nav aria-label={words.instruments}>
                <ul className="bp-plain bp-inline">
                  {instruments.map(([key, title]) => (
                    <li key={key}><Link to={`/landelijk-beeld?vragenlijst=${key}`} {...(key === overview.instrumentKey && { 'aria-current': 'true' as const })}>{title[language]}</Link></li>
                  ))}
                </ul>
              </nav>
            )}
          </Columns>
          <Columns span={4} stack>
            <Note kind="warn" title={words.representative} level={2}>{newest.representativeness}</Note>
            <Note title={words.withheld} level={2}>{fill(words.withheld_text, { most: newest.smallestCount - 1 })}</Note>
          </Columns>
        </Grid>
      </section>
      <Folds parts={themesOf(overview.themes, overview.items).map(({ theme, number, items }) => {
        const parts = byAnswers(items);
        return {
          id: theme.key, title: `${number}. ${theme.title[language]}`, note: questions(items),
          content: (
            <div className="bp-stack3">
              {parts.map((alike, part) => (
                <ThemeChart key={alike[0]?.key} overview={overview} items={alike} number={number} part={part}
                  title={new Set(alike.map((item) => item.question)).size === 1 ? alike[0]?.text[language] ?? '' : theme.title[language]} />
              ))}
              <Published2015 overview={overview} items={items} />
            </div>
          ),
        };
      })} />
    </Page>
  );
}

/** The questions of one theme with the same answers together: a chart has one legend and its table one set of columns.
    The choices of one question stand apart from those of another, which may be called the same. */
function byAnswers(items: Overview['items']): Overview['items'][] {
  const alike = new Map<string, Overview['items']>();
  for (const item of items) {
    const answers = item.choice ? item.question : item.answers.map((answer) => answer.key).join(' ');
    alike.set(answers, [...(alike.get(answers) ?? []), item]);
  }
  return [...alike.values()];
}

/** Questions of one theme; for each the rounds under each other, on the scale of all municipalities. */
function ThemeChart({ overview, items, title, number, part }: {
  overview: Overview; items: Overview['items']; title: string; number: number;
  /** Which of the charts of this theme: 0 is the first. */
  part: number;
}) {
  const all = useTexts(texts);
  const words = all.overview;
  const language = useLanguage();
  const legend = useLegend();
  const count = useCount();
  const spoken = useSpoken();
  const most = Math.max(...overview.rounds.map((round) => round.population));
  const label = (item: Overview['items'][number]) => `${item.number}. ${item.choice ? item.choice[language] : item.text[language]}`;
  const newest = overview.rounds[overview.rounds.length - 1];
  const answers = items[0]?.answers ?? [];
  const rows = items.map((item) => ({
    key: item.key, label: label(item),
    lanes: item.rounds.map((row, at) => lane(item.answers, row, {
      label: yearOf(overview.rounds[at] ?? { publishedOn: '' }), none: all.table.not_asked,
      notHandedIn: (overview.rounds[at]?.population ?? 0) - row.handedIn,
    })),
  }));
  return (
    <Chart level={3} file={`landelijk-beeld-${overview.instrumentKey}-thema-${number}${part > 0 ? `-${part + 1}` : ''}`}
      title={title}
      subtitle={fill(words.chart_subtitle, { population: most, rounds: overview.rounds.map((round) => `${yearOf(round)} (n\u00a0=\u00a0${round.handedIn})`).join(', ') })}
      summary={items.map((item) => `${label(item)}: ${item.rounds.map((row, at) => `${yearOf(overview.rounds[at] ?? { publishedOn: '' })} ${spoken(item.answers, row)}`).join('; ')}`).join('. ')}
      legend={legend(answers, { withheld: anyWithheld(items.flatMap((item) => item.rounds)), notHandedIn: true })}
      note={newest?.representativeness}
      source={fill(all.source, { source: newest?.source ?? '', data: newest?.demonstration ? `${all.demonstration}. ` : '' })}
      table={{
        columns: [words.question, ...answers.map((answer) => answer.label[language]), all.legend.not_handed_in],
        rows: items.flatMap((item) => item.rounds.map((row, at) => ({
          key: `${item.key} ${row.group}`, label: `${label(item)} · ${overview.rounds[at]?.title ?? ''}`,
          cells: [...item.answers.map((_, answer) => count(row.cells[answer])),
            (() => { const missing = String((overview.rounds[at]?.population ?? 0) - row.handedIn); return { content: missing, text: missing }; })()],
        }))),
      }}
      draw={(width) => drawBars(width, {
        rows, max: most, above: true, thickness: 18,
        ticks: [0, 100, 200, 300, most].filter((value, at, list) => value <= most && (at === list.length - 1 || most - value > 25)).map((value) => ({ value, text: String(value) })),
      })} />
  );
}
