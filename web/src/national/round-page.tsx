// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useParams, useSearchParams } from 'react-router';
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { drawBars } from '../ui/charts/bars';
import { Chart } from '../ui/charts/figure';
import { ButtonLink, Link, PlainLink } from '../ui/elements';
import { Folds } from '../ui/folds';
import { formatDay, formatNumber, formatPercent } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Card, Facts, Note } from '../ui/notes';
import { Columns, Grid, Listed, Loading, Page, Section } from '../ui/page';
import { Tag, Tags } from '../ui/tags';
import { NotANumber } from '../ui/void';
import { anyWithheld, type Item, lane, type Picture, type Row, themesOf, useCount, useLegend, useQuestions, useSpoken, yearOf } from './answers';
import { texts } from './texts';

/** One published round as a report: every question, for the country and by one breakdown of the fixed list. */
export default function RoundPage() {
  const { round = '' } = useParams();
  const { data, problem, reload } = useResource('/api/v1/national-pictures/{id}', { path: { id: round } });
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  return <Report picture={data} />;
}

function Report({ picture }: { picture: Picture }) {
  const all = useTexts(texts);
  const words = all.round;
  const language = useLanguage();
  const questions = useQuestions();
  const [search] = useSearchParams();
  const { round } = picture;
  const tables = picture.items[0]?.tables ?? [];
  const chosen = tables.find((table) => table.breakdown === search.get('uitsplitsing')) ?? tables[0];
  const file = (format: string) => `/api/v1/national-pictures/${round.roundId}/file?format=${format}`;
  return (
    <Page here={round.title} tab={`${round.title} – ${words.tab}`} trail={[{ title: all.home, to: '/' }, { title: all.overview.here, to: '/landelijk-beeld' }]}
      title={fill(words.title, { round: round.title, handed_in: round.handedIn, population: round.population })}
      lead={fill(words.lead, { instrument: picture.instrumentTitle[language], missing: picture.notHandedIn })}
      tags={<Tags>{[round.demonstration && <Tag key="d" kind="warn">{all.demonstration}</Tag>, <Tag key="y" kind="fact">{yearOf(round)}</Tag>]}</Tags>}
      actions={<ButtonLink href={file('xlsx')} icon="download">{words.xlsx}</ButtonLink>}>
      <section className="bp-section">
        <Grid>
          <Columns span={8} stack>
            <Card title={words.about} level={2}>
              <Facts items={[
                [words.criterion, round.criterion], [words.method, round.method], [words.source, round.source],
                [words.handed_in, fill(words.handed_in_value, { handed_in: round.handedIn, population: round.population })],
                [words.not_handed_in, <span key="n">{picture.notHandedIn} <NotANumber kind="unknown" /></span>],
                [words.published, formatDay(round.publishedOn, language)],
                [words.files, <span key="f" className="bp-screen">{[['csv', 'CSV'], ['xlsx', 'XLSX'], ['json', 'JSON']].map(([format, name], at) => (
                  <span key={format}>{at > 0 && ', '}<PlainLink href={file(format ?? 'csv')}>{name}</PlainLink></span>
                ))}</span>],
              ]} />
            </Card>
          </Columns>
          <Columns span={4} stack>
            <Note kind="warn" title={all.overview.representative} level={2}>{round.representativeness}</Note>
            <Note title={all.overview.withheld} level={2}>
              {fill(words.withheld_text, { withheld: formatNumber(picture.withheld, language), cells: formatNumber(picture.cells, language), most: round.smallestCount - 1 })}
            </Note>
          </Columns>
        </Grid>
      </section>
      <Section id="per-groep" title={words.by} lead={words.by_lead}>
        <nav aria-label={words.by} className="bp-screen">
          <ul className="bp-inline bp-plain">
            {tables.map((table) => (
              <li key={table.breakdown}>
                <Link to={`/landelijk-beeld/${round.roundId}?uitsplitsing=${table.breakdown}#per-groep`}
                  {...(table === chosen && { 'aria-current': 'true' as const })}>{table.label[language]}</Link>
              </li>
            ))}
          </ul>
        </nav>
        {tables.length === 0 && <p>{words.no_groups}</p>}
        {picture.hiddenGroups.length > 0 && (
          <p>{words.hidden_groups} <Listed items={picture.hiddenGroups.map((group) => <span key={group.breakdown + group.group}>{group.label[language]}</span>)} /></p>
        )}
      </Section>
      <Folds parts={themesOf(picture.themes, picture.items).map(({ theme, number, items }) => ({
        id: theme.key, title: `${number}. ${theme.title[language]}`, note: questions(items),
        content: (
          <div className="bp-cols2">
            {items.map((item) => <QuestionChart key={item.key} picture={picture} item={item} breakdown={chosen?.breakdown ?? ''} />)}
          </div>
        ),
      }))} />
    </Page>
  );
}

/** One question: the country and the groups, each as shares of who handed in there. */
function QuestionChart({ picture, item, breakdown }: { picture: Picture; item: Item; breakdown: string }) {
  const all = useTexts(texts);
  const words = all.round;
  const language = useLanguage();
  const legend = useLegend();
  const count = useCount();
  const spoken = useSpoken();
  const { round } = picture;
  const rows: Row[] = [item.country, ...(item.tables.find((table) => table.breakdown === breakdown)?.rows ?? [])];
  const label = (row: Row) => `${row.label[language]} (n\u00a0=\u00a0${row.handedIn})`;
  return (
    <Chart file={`${round.demonstration ? 'voorbeeldgegevens-' : ''}landelijk-beeld-${yearOf(round)}-${item.key}`}
      title={`${item.number}. ${item.text[language]}${item.choice ? ` · ${item.choice[language]}` : ''}`}
      subtitle={fill(words.chart_subtitle, { handed_in: round.handedIn, missing: picture.notHandedIn })}
      summary={rows.map((row) => `${label(row)}: ${spoken(item.answers, row)}`).join('. ')}
      legend={legend(item.answers, { withheld: anyWithheld(rows), notHandedIn: false })}
      note={<span className="bp-small">{round.representativeness}</span>}
      source={fill(all.source, { source: round.source, data: round.demonstration ? `${all.demonstration}. ` : '' })}
      table={{
        columns: [words.group, words.handed_in, ...item.answers.map((answer) => answer.label[language])],
        rows: rows.map((row) => ({
          key: row.group || 'country', label: row.label[language],
          cells: [{ content: row.handedIn, text: String(row.handedIn) }, ...item.answers.map((_, at) => count(row.cells[at]))],
        })),
      }}
      draw={(width) => drawBars(width, {
        rows: rows.map((row) => ({
          key: row.group || 'country', label: label(row),
          lanes: [lane(item.answers, row, { scale: row.handedIn > 0 ? 100 / row.handedIn : 0, none: all.table.not_asked })],
        })),
        max: 100, above: true, thickness: 18,
        ticks: [0, 25, 50, 75, 100].map((value) => ({ value, text: formatPercent(value, language, 0) })),
      })} />
  );
}
