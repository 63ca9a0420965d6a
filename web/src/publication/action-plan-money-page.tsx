// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { FindingCase } from '../figures/case';
import { PublishedTable } from '../figures/published-table';
import { amount, byKey, FigureNumber } from '../figures/show';
import { drawBars } from '../ui/charts/bars';
import { Chart } from '../ui/charts/figure';
import { drawLines } from '../ui/charts/line';
import { Link, Paragraph } from '../ui/elements';
import { formatNumber } from '../ui/format';
import { fill, Rich, useLanguage, useTexts } from '../ui/language';
import { Note } from '../ui/notes';
import { Columns, Grid, Loading, Page, Section } from '../ui/page';
import { useCell } from './charts';
import { texts } from './texts';

const useTable = (key: string) => useResource('/api/v1/tables/{key}', { path: { key } });
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const years = ['2008', '2009', '2010', '2011'];

/** The money of the action plan: budget, reallocation, what was available, what was paid, and what does not add up. */
export default function ActionPlanMoneyPage() {
  const language = useLanguage();
  const all = useTexts(texts);
  const words = all.money;
  const cell = useCell();
  const reallocations = useTable('reallocations');
  const budget = useTable('budget');
  const available = useTable('available');
  const paid = useTable('paid');
  const split = useTable('paid-split');
  const counts = useTable('review-counts');
  const tables = [reallocations, budget, available, paid, split, counts];
  const broken = tables.find((table) => table.problem);
  if (broken?.problem) return <ProblemPage problem={broken.problem} onRetry={broken.reload} />;
  if (!reallocations.data || !budget.data || !available.data || !paid.data || !split.data || !counts.data) return <Loading />;
  const figures = byKey(...tables.map((table) => table.data?.figures));
  const value = (key: string) => amount(figures.get(key)) ?? 0;
  const text = (key: string) => formatNumber(value(key), language, 2);
  const total = 'budget~total~total';
  const moved = reallocations.data.rows.filter((row) => !row.total)
    .map((row) => ({ row, key: `reallocations~${row.key}~total`, value: value(`reallocations~${row.key}~total`) }))
    .sort((a, b) => b.value - a.value);
  const all14 = { budget: formatNumber(value(total), language), paid: text('paid~total~total'), reallocated: text('reallocations~total~total') };
  const lost = reallocations.data.findings.find((finding) => finding.explanations.length > 0);
  const series = [['budget', 'budget~total'], ['paid', 'paid~total']] as const;
  return (
    <Page title={words.title} tab={words.tab} lead={words.lead} here={words.here}
      trail={[{ title: all.home_crumb, to: '/' }, { title: all.plan_crumb, to: '/actieplan-2007-2011' }]}>
      <Section>
        <Chart level={2} title={fill(words.chart, all14)} subtitle={words.chart_subtitle} source={words.chart_source} file="actieplan-geld"
          summary={fill(words.chart_summary, all14)}
          legend={[{ fill: 'f-light', text: words.legend_budget }, { fill: 'f-now', text: words.legend_paid }, { fill: 'f-white', text: words.legend_moved }]}
          table={{
            columns: words.columns,
            rows: [
              { key: total, label: words.legend_budget, cells: [cell(figures.get(total))] },
              { key: 'paid', label: words.legend_paid, cells: [cell(figures.get('paid~total~total'))] },
              ...moved.map(({ row, key }) => ({ key, label: `${words.legend_moved}: ${row.label[language]}`, cells: [cell(figures.get(key))] })),
            ],
          }}
          draw={(width) => drawBars(width, {
            max: value(total), above: true, axis: false, ticks: [], thickness: 34,
            rows: [
              { key: 'budget', label: fill(words.budgeted, { value: text(total) }), lanes: [{ segments: [{ value: value(total), fill: 'f-light' }] }] },
              { key: 'after', label: words.happened, lanes: [{
                segments: [
                  { value: value('paid~total~total'), fill: 'f-now', text: fill(words.paid, { value: all14.paid }) },
                  ...moved.map((one) => ({ value: one.value, fill: 'f-white', light: true, text: formatNumber(one.value, language, 2),
                    long: `${formatNumber(one.value, language, 2)} ${lower(one.row.label[language])}` })),
                ],
                bracket: { from: value('paid~total~total'), to: value(total), text: fill(words.bracket, { value: all14.reallocated }) },
              }] },
            ],
          })} />
      </Section>
      <Section>
        <PublishedTable table={reallocations.data} title={words.reallocations} />
        {lost && <div className="bp-gap2"><FindingCase finding={lost} table={reallocations.data} /></div>}
        {lost && <p className="bp-small bp-gap"><Link to={`/kloppen-de-cijfers#${lost.id}`}>{fill(words.see_finding, { id: lost.id })}</Link></p>}
      </Section>
      <Section>
        <Grid>
          <Columns span={8}>
            <Chart level={2} title={words.years} subtitle={words.years_subtitle} source={words.years_source} note={words.years_note} file="actieplan-geld-per-jaar"
              summary={fill(words.years_summary, { most: text('paid~total~2010') })}
              table={{
                columns: words.years_columns,
                rows: years.map((year) => ({ key: year, label: year, cells: ['budget~total', 'available~available', 'paid~total'].map((key) => cell(figures.get(`${key}~${year}`))) })),
              }}
              draw={(width) => drawLines(width, {
                periods: years, max: 11, ticks: [0, 5, 10].map((tick) => ({ value: tick, text: String(tick) })), height: 260,
                series: series.map(([name, key]) => ({
                  key: name, label: words.series[name], stroke: name === 'budget' ? 's-target' : 's1',
                  points: years.map((year) => amount(figures.get(`${key}~${year}`))),
                  texts: years.map((year) => text(`${key}~${year}`)),
                })),
              })} />
          </Columns>
          <Columns span={4} stack>
            <Note kind="clash" title={words.tracks} level={2}>
              <Rich text={words.tracks_text} values={{
                local: <FigureNumber figure={figures.get('review-counts~local-track-spend~value')} />,
                national: <FigureNumber figure={figures.get('review-counts~national-track-spend~value')} />,
                international: <FigureNumber figure={figures.get('review-counts~international-track-spend~value')} />,
              }} />{' '}
              <Link to="/kloppen-de-cijfers#I11">{fill(words.see_finding, { id: 'I11' })}</Link>
            </Note>
          </Columns>
        </Grid>
      </Section>
      <Section title={words.tables} lead={words.tables_lead}>
        <div className="bp-stack3">
          <PublishedTable table={budget.data} />
          <PublishedTable table={available.data} />
          <PublishedTable table={paid.data} />
          <PublishedTable table={split.data} title={words.split} />
        </div>
        {split.data.note[language] && <Paragraph className="bp-small bp-gap">{split.data.note[language]}</Paragraph>}
      </Section>
    </Page>
  );
}
