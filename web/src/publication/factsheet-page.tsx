// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useParams } from 'react-router';
import { address, type Answer, useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { amount, byKey, FigureNumber, type Figures, useLines } from '../figures/show';
import { drawBars } from '../ui/charts/bars';
import { Chart } from '../ui/charts/figure';
import { EvidenceLevel } from '../ui/clash';
import { Button, ButtonLink, Heading, Link, Paragraph } from '../ui/elements';
import { formatMillions, formatNumber } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Note } from '../ui/notes';
import { ScreenOnly } from '../ui/number';
import { Columns, Loading, Page, Section } from '../ui/page';
import { DataTable } from '../ui/table';
import { Tag, Tags } from '../ui/tags';
import { useCell } from './charts';
import { row } from './clusters-page';
import { texts } from './texts';

type Factsheet = Answer<'/api/v1/clusters/{key}'>;

/** Everything about one cluster, on one A4 when printed. */
export default function FactsheetPage() {
  const { cluster = '' } = useParams();
  const factsheet = useResource('/api/v1/clusters/{key}', { path: { key: cluster } });
  if (factsheet.problem) return <ProblemPage problem={factsheet.problem} onRetry={factsheet.reload} />;
  if (!factsheet.data) return <Loading />;
  return <Sheet sheet={factsheet.data} key={cluster} />;
}

function Sheet({ sheet }: { sheet: Factsheet }) {
  const language = useLanguage();
  const all = useTexts(texts);
  const words = all.factsheet;
  const lines = useLines();
  const figures = byKey(sheet.figures);
  const totals = ['2020', '2021'].flatMap((year) => sheet.lines.filter((line) => line.year === year && line.part === 'total'));
  const letters = (letter: string) => letter.replace('+', all.clusters.and);
  const tag = (year: string, letter: string) => fill(letter.includes('+') ? all.clusters.letters_more : all.clusters.letters, { year, letter: letters(letter) });
  return (
    <Page title={sheet.name[language]} lead={sheet.definition[language]} here={sheet.name[language]}
      trail={[{ title: all.home_crumb, to: '/' }, { title: all.money_crumb, to: '/versterkingsgelden' }]}
      actions={<>
        <Button icon="print" onClick={() => window.print()}>{words.print}</Button>
        <ButtonLink icon="download" download href={address('/api/v1/figure-export', { query: { cluster: sheet.key, format: 'csv' } })}>{words.download}</ButtonLink>
      </>}
      tags={<Tags>{[
        <Tag key="2020" kind="fact">{tag('2020', sheet.letter2020)}</Tag>, <Tag key="2021" kind="fact">{tag('2021', sheet.letter2021)}</Tag>,
        <Tag key="theme">{all.money_crumb}</Tag>,
      ]}</Tags>}>
      <section className="bp-section">
        <dl className="bp-facts">
          {(['granted', 'awardRate', 'activities', 'municipalities'] as const).map((measure) => (
            <div className="bp-fact" key={measure}>
              <dt>{words[measure === 'awardRate' ? 'rate' : measure]}</dt>
              {totals.map((line) => (
                <dd className="bp-fact__row" key={line.year}><span>{line.year}</span><b><FigureNumber figure={figures.get(line[measure])} /></b></dd>
              ))}
            </div>
          ))}
        </dl>
      </section>
      <section className="bp-section bp-grid">
        <Columns span={7}><ClusterChart sheet={sheet} figures={figures} /></Columns>
        <Columns span={5} stack>
          {sheet.letterNote[language] && (
            <Note kind="warn" title={words.letters} level={2}>
              {sheet.letterNote[language]} <Link to="/kloppen-de-cijfers#I33" className="bp-screen">{words.letters_link}</Link>
            </Note>
          )}
          <div>
            <Heading level={2} className="bp-eyebrow">{words.uses}</Heading>
            <ol className="bp-list">{sheet.uses.map((use) => <li key={use.nl}>{use[language]}</li>)}</ol>
          </div>
          <div>
            <Heading level={2} className="bp-eyebrow">{words.works}</Heading>
            <EvidenceLevel level={null}>{words.works_unknown}</EvidenceLevel>
            <Paragraph className="bp-small bp-soft">{words.works_text}</Paragraph>
          </div>
        </Columns>
      </section>
      <Section title={words.own_words} lead={fill(words.own_words_lead, { lines: lines(sheet.firstLine, sheet.lastLine) })}>
        <div className="bp-cols3">
          {(['strengths', 'improvements', 'results'] as const).map((kind) => (
            <div key={kind}>
              <Heading level={3}>{words[kind]}</Heading>
              {sheet[kind].length === 0 ? <Paragraph className="bp-soft">{words.none}</Paragraph>
                : <ul className="bp-list">{sheet[kind].map((one) => <li key={one.nl}>{one[language]}</li>)}</ul>}
            </div>
          ))}
        </div>
      </Section>
      <ScreenOnly>
        <Section>
          <DataTable caption={words.table} subtitle={all.clusters.table_subtitle} columns={all.clusters.columns}
            rows={sheet.lines.map((line) => row(`${line.year} ${line.part}`,
              line.part === 'total' ? `${line.year}, ${letters(line.letter)}` : `\u2003${fill(words.part, { letter: line.part })}`, line, figures))} />
        </Section>
        <OtherClusters here={sheet.key} />
      </ScreenOnly>
    </Page>
  );
}

/** Requested, granted and, where the cluster was split, the parts. */
function ClusterChart({ sheet, figures }: { sheet: Factsheet; figures: Figures }) {
  const language = useLanguage();
  const all = useTexts(texts);
  const words = all.factsheet;
  const cell = useCell();
  const lines = useLines();
  const value = (key: string | undefined) => amount(figures.get(key ?? '')) ?? 0;
  const text = (key: string | undefined) => formatNumber(value(key), language);
  const line = (year: string) => sheet.lines.find((one) => one.year === year && one.part === 'total');
  const parts = sheet.lines.filter((one) => one.part !== 'total' && one.year === '2021');
  const [before, now] = [line('2020'), line('2021')];
  const requestedLess = value(now?.requested) < value(before?.requested);
  const grantedLess = value(now?.granted) < value(before?.granted);
  const fell = (key: 'requested' | 'granted') => 1 - value(now?.[key]) / value(before?.[key]);
  const title = requestedLess && grantedLess ? (fell('granted') > fell('requested') + 0.02 ? words.chart_down_further : words.chart_down)
    : !requestedLess && !grantedLess ? words.chart_up : words.chart_mixed;
  const max = Math.max(value(before?.requested), value(now?.requested)) * 1.02;
  const step = max > 1_500_000 ? 500_000 : max > 600_000 ? 250_000 : 100_000;
  const partFills = ['f3', 'f-now'];
  const letters = (letter: string | undefined) => (letter ?? '').replace('+', all.clusters.and);
  return (
    <Chart level={2} title={title} subtitle={fill(words.chart_subtitle, { name: sheet.name[language].toLowerCase() })} file={`cluster-${sheet.key}`}
      source={fill(words.chart_source, { lines: lines(sheet.firstLine, sheet.lastLine) })}
      summary={fill(words.chart_summary, {
        name: sheet.name[language], requested2020: text(before?.requested), granted2020: text(before?.granted),
        requested2021: text(now?.requested), granted2021: text(now?.granted),
      })}
      legend={[
        { fill: 'f-then', text: fill(words.legend_granted, { year: '2020' }) },
        ...(parts.length > 0 ? parts.map((part, at) => ({
          fill: partFills[at] ?? 'f-now',
          text: fill(words.legend_part, { letter: part.part, name: sheet.parts.find((one) => one.letter === part.part)?.name[language] ?? '' }),
        })) : [{ fill: 'f-now', text: fill(words.legend_granted, { year: '2021' }) }]),
        { fill: 'f-rest', text: words.legend_rest },
      ]}
      table={{
        columns: all.clusters_chart.columns,
        rows: sheet.lines.map((one) => ({
          key: `${one.year} ${one.part}`, label: one.part === 'total' ? `${one.year}, ${letters(one.letter)}` : `${one.year}, ${fill(words.part, { letter: one.part })}`,
          cells: [one.requested, one.granted, one.awardRate].map((key) => cell(figures.get(key))),
        })),
      }}
      draw={(width) => drawBars(width, {
        max, above: true, thickness: 28,
        ticks: Array.from({ length: Math.floor(max / step) + 1 }, (_, at) => ({ value: at * step, text: at === 0 ? '0' : formatMillions(at * step, language, step < 500_000 ? 2 : 1) })),
        rows: [before, now].flatMap((one) => {
          if (!one) return [];
          const split = one.year === '2021' && parts.length > 0;
          const granted = split
            ? parts.map((part, at) => ({ value: value(part.granted), fill: partFills[at] ?? 'f-now', text: text(part.granted) }))
            : [{ value: value(one.granted), fill: one.year === '2020' ? 'f-then' : 'f-now', light: one.year === '2020', text: text(one.granted) }];
          return [{
            key: one.year, label: fill(split ? words.chart_row_split : words.chart_row, { year: one.year, letter: letters(one.letter) }),
            lanes: [{
              segments: [...granted, { value: value(one.requested) - value(one.granted), fill: 'f-rest' }],
              end: text(one.requested), endSoft: words.requested,
            }],
          }];
        }),
      })} />
  );
}

function OtherClusters({ here }: { here: string }) {
  const language = useLanguage();
  const words = useTexts(texts).factsheet;
  const overview = useResource('/api/v1/clusters');
  if (!overview.data) return null;
  return (
    <Section title={words.others}>
      <ul className="bp-inline">
        {overview.data.clusters.filter((cluster) => cluster.key !== here).map((cluster) => (
          <li key={cluster.key}><Link to={`/versterkingsgelden/${cluster.key}`}>{cluster.name[language]}</Link></li>
        ))}
      </ul>
    </Section>
  );
}
