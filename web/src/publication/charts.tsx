// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ReactNode } from 'react';
import type { Answer } from '../app/client';
import { amount, byKey, FigureNumber, type Figure, type Figures, type Table, useValueText } from '../figures/show';
import { drawBars } from '../ui/charts/bars';
import { Chart } from '../ui/charts/figure';
import { classOf, useMap } from '../ui/charts/map';
import { drawTwoSided } from '../ui/charts/two-sided';
import { drawUnits } from '../ui/charts/units';
import type { Level } from '../ui/elements';
import { formatEuro, formatMillions, formatNumber, formatPercent } from '../ui/format';
import { fill, Rich, useLanguage, useTexts } from '../ui/language';
import { texts } from './texts';

export type Overview = Answer<'/api/v1/clusters'>;
export type ClusterLine = Overview['totals'][number];

/** A cell of the table behind a chart. */
export function useCell(): (figure: Figure | undefined, text?: string) => { content: ReactNode; text: string } {
  const valueText = useValueText();
  const words = useTexts(texts);
  return (figure, text) => ({
    content: <FigureNumber figure={figure} {...(text !== undefined && { text })} />,
    text: figure === undefined ? '' : figure.kind === 'not_printed' ? words.not_printed : figure.kind === 'blank' ? '' : text ?? valueText(figure),
  });
}

/** Requested and granted per cluster and year: one bar tells requested, granted and the rest. */
export function ClustersChart({ overview, level = 3 }: { overview: Overview; level?: Level }) {
  const language = useLanguage();
  const words = useTexts(texts).clusters_chart;
  const figures = byKey(overview.figures);
  const cell = useCell();
  const years = ['2020', '2021'];
  const clusters = overview.clusters.map((cluster) => ({
    ...cluster, lines: years.flatMap((year) => cluster.lines.filter((line) => line.year === year && line.part === 'total')),
  })).sort((a, b) => (amount(figures.get(b.lines[0]?.granted ?? '')) ?? 0) - (amount(figures.get(a.lines[0]?.granted ?? '')) ?? 0));
  const prevention = clusters.find((cluster) => cluster.key === 'prevention')?.lines[0];
  const value = (key: string | undefined) => amount(figures.get(key ?? '')) ?? 0;
  const millions = (key: string | undefined) => formatMillions(value(key), language);
  return (
    <Chart level={level} title={words.title} subtitle={words.subtitle} source={words.source} file="versterkingsgelden-2020-2021"
      summary={fill(words.summary, { requested: millions(prevention?.requested), granted: millions(prevention?.granted) })}
      legend={[
        { fill: 'f-then', text: fill(words.granted, { year: '2020' }) }, { fill: 'f-now', text: fill(words.granted, { year: '2021' }) },
        { fill: 'f-rest', text: words.rest },
      ]}
      table={{
        columns: words.columns,
        rows: clusters.flatMap((cluster) => cluster.lines.map((line) => ({
          key: `${cluster.key} ${line.year}`, label: `${cluster.name[language]}, ${line.year}`,
          cells: [line.requested, line.granted, line.awardRate].map((key) => cell(figures.get(key))),
        }))),
      }}
      draw={(width) => drawBars(width, {
        max: 2_500_000, thickness: 14,
        ticks: [0, 1, 2].map((at) => ({ value: at * 1_000_000, text: at === 2 ? words.axis : String(at) })),
        rows: clusters.map((cluster) => ({
          key: cluster.key, label: words.short[cluster.key as keyof typeof words.short] ?? cluster.name[language],
          lanes: cluster.lines.map((line) => ({
            label: line.year,
            segments: [
              { value: value(line.granted), fill: line.year === '2020' ? 'f-then' : 'f-now' },
              { value: value(line.requested) - value(line.granted), fill: 'f-rest' },
            ],
            end: millions(line.granted), endSoft: fill(words.of, { requested: millions(line.requested) }),
          })),
        })),
      })} />
  );
}

/** Reach of 2010 beside an average year before it. */
export function ReachChart({ reach, computed, level = 3 }: { reach: Table; computed: Figures; level?: Level }) {
  const language = useLanguage();
  const words = useTexts(texts).reach_chart;
  const figures = byKey(reach.figures);
  const cell = useCell();
  const figure = (key: string) => figures.get(`reach~${key}`) ?? computed.get(key);
  const number = (key: string) => amount(figure(key)) ?? 0;
  const text = (value: number) => formatNumber(value, language);
  const before = ['young-people', 'other'].map((key) => number(`per-year~reach-${key}~2007-2009`));
  const beforeTotal = number('per-year~reach-total~2007-2009');
  const total = number('total~2010');
  const young = number('young-people~2010');
  const other = number('other~2010');
  const max = total * 1.02;
  return (
    <Chart level={level} title={words.title} subtitle={words.subtitle} source={words.source} file="bereik-actieplan-2007-2011"
      summary={fill(words.summary, { before: text(beforeTotal), total: text(total), other: text(other) })}
      legend={[{ fill: 'f-now', text: words.young }, { fill: 'f-unknown', text: words.other }]}
      note={(
        <Rich text={words.note} values={{
          times: <FigureNumber figure={computed.get('factor~reach-total-per-year~2010')} text={fill(words.times, { factor: formatNumber(number('factor~reach-total-per-year~2010'), language, 1) })} />,
          factor: <FigureNumber figure={computed.get('factor~reach-without-other~2010')} text={fill(words.times, { factor: formatNumber(number('factor~reach-without-other~2010'), language, 2) })} />,
        }} />
      )}
      table={{
        columns: words.columns,
        rows: reach.rows.map((row) => ({
          key: row.key, label: row.label[language],
          cells: [`${row.key}~2007-2009`, `per-year~reach-${row.key}~2007-2009`, `${row.key}~2010`].map((key) => cell(figure(key))),
        })),
      }}
      draw={(width) => drawBars(width, {
        max, above: true, thickness: 24, axis: false, ticks: [],
        rows: [
          { key: 'before', label: words.before, lanes: [{
            segments: [{ value: before[0] ?? 0, fill: 'f-now' }, { value: before[1] ?? 0, fill: 'f-unknown' }, { value: Math.max(0, beforeTotal - (before[0] ?? 0) - (before[1] ?? 0)), fill: 'f-light' }],
            end: fill(words.people, { people: text(beforeTotal) }),
          }] },
          { key: 'now', label: fill(words.now, { people: text(total) }), lanes: [{
            segments: [
              { value: young, fill: 'f-now', text: text(young) }, { value: total - young - other, fill: 'f-light' },
              { value: other, fill: 'f-unknown' },
            ],
            bracket: { from: total - other, to: total, text: fill(words.bracket, { other: text(other), share: formatPercent(number('share~reach-other~2010'), language, 0) }) },
          }] },
        ],
      })} />
  );
}

const knowledgeTicks = [0, 10, 20, 30, 40, 49];

/** Knowledge done and wanted of the same 49 municipalities, with the least possible overlap. */
export function KnowledgeChart({ knowledge, level = 3, note }: { knowledge: Table; level?: Level; note?: ReactNode }) {
  const language = useLanguage();
  const words = useTexts(texts).knowledge_chart;
  const figures = byKey(knowledge.figures);
  const cell = useCell();
  const value = (row: string, column: string) => amount(figures.get(`survey-knowledge~${row}~${column}`));
  const teachers = { done: value('teachers', 'done') ?? 0, wanted: value('teachers', 'wanted') ?? 0 };
  return (
    <Chart level={level} title={words.title} subtitle={words.subtitle} source={words.source} file="kennis-2015"
      summary={fill(words.summary, teachers)} note={note ?? words.note}
      legend={[
        { fill: 'f-now', text: words.done }, { fill: 'f-light', text: words.wanted }, { fill: 'f-over', text: words.both },
        { fill: 'f-noprint', text: words.missing },
      ]}
      table={{
        columns: words.columns,
        rows: knowledge.rows.map((row) => ({
          key: row.key, label: row.label[language],
          cells: ['done', 'wanted'].map((column) => cell(figures.get(`survey-knowledge~${row.key}~${column}`))),
        })),
      }}
      draw={(width) => drawTwoSided(width, {
        n: 49, ticks: knowledgeTicks, missing: words.missing_short, missingAll: words.missing,
        rows: knowledge.rows.map((row) => ({
          key: row.key, label: words.short[row.key as keyof typeof words.short] ?? row.label[language],
          left: value(row.key, 'done'), right: value(row.key, 'wanted'),
        })),
      })} />
  );
}

const limits = [100_000, 200_000, 400_000, 700_000];

/** Amounts of 2019 per lead applicant on the map. */
export function LeadApplicantsMap({ applicants, level = 3 }: { applicants: Table; level?: Level }) {
  const language = useLanguage();
  const words = useTexts(texts).map;
  const cell = useCell();
  const figures = byKey(applicants.figures);
  const rows = applicants.rows.flatMap((row) => {
    const figure = figures.get(`${applicants.key}~${row.key}~granted`);
    const value = amount(figure);
    return figure && value !== null && figure.municipality !== '' ? [{ row, figure, value }] : [];
  }).sort((a, b) => b.value - a.value);
  const { place, draw, drawn, failed } = useMap(rows.map(({ row, figure, value }) => ({
    code: figure.municipality, label: row.label[language], value, text: formatEuro(value, language),
  })), limits);
  const [first, second, third] = rows.map(({ row }) => row.label[language]);
  return (
    // Without its shapes, as for who saves data and prints: better no map on paper than an empty one.
    <div ref={place} className={drawn ? undefined : 'bp-screen'}>
      <Chart level={level} title={fill(words.title, { first: first ?? '' })} subtitle={words.subtitle} source={words.source} file="hoofdaanvragers-2019"
        summary={fill(words.summary, { first: first ?? '', second: second ?? '', third: third ?? '' })}
        note={failed ? words.failed : undefined}
        legend={[
          ...limits.map((limit) => ({ fill: `${classOf(limit, limits)} mx`, text: fill(words.up_to, { amount: formatEuro(limit, language) }) })),
          { fill: 'm5 mx', text: words.more }, { fill: 'm0', text: words.nothing },
        ]}
        table={{ columns: words.columns, rows: rows.map(({ row, figure }) => ({ key: row.key, label: row.label[language], cells: [cell(figure)] })) }}
        draw={draw} />
    </div>
  );
}

/** One block per project: examined further or not. */
export function ProjectsChart({ figures, level = 3 }: { figures: Figures; level?: Level }) {
  const words = useTexts(texts).projects_chart;
  const cell = useCell();
  const figure = (key: string) => figures.get(key);
  const number = (key: string) => amount(figure(key)) ?? 0;
  const all = number('review-counts~projects-total~value');
  const examined = number('review-counts~projects-examined~value');
  const effective = number('review-counts~projects-effective~value');
  return (
    <Chart level={level} title={fill(words.title, { all, examined })} subtitle={words.subtitle} source={words.source} file="projecten-onderzocht"
      summary={fill(words.summary, { all, examined, effective, promising: examined - effective, unknown: all - examined })}
      legend={[
        { fill: 'f-now', text: fill(words.effective, { effective }) },
        { fill: 'f-light', text: fill(words.promising, { promising: examined - effective }) },
        { fill: 'f-unknown', text: fill(words.unknown, { unknown: all - examined }) },
      ]}
      table={{
        columns: words.columns,
        rows: [
          ['all', 'review-counts~projects-total~value'], ['examined', 'review-counts~projects-examined~value'],
          ['effective', 'review-counts~projects-effective~value'], ['promising', 'difference~projects-promising~2007-2011'],
          ['unknown', 'difference~projects-not-examined~2007-2011'],
        ].map(([name, key]) => ({ key: name ?? '', label: words.rows[name as keyof typeof words.rows], cells: [cell(figure(key ?? ''))] })),
      }}
      draw={(width) => drawUnits(width, [
        { count: effective, fill: 'f-now' }, { count: examined - effective, fill: 'f-light' }, { count: all - examined, fill: 'f-unknown' },
      ])} />
  );
}
