// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { amount, byKey, FigureNumber, type Figures } from '../figures/show';
import { Heading, Link, Paragraph } from '../ui/elements';
import { formatEuro, formatNumber } from '../ui/format';
import { fill, Rich, useLanguage, useTexts } from '../ui/language';
import { Note } from '../ui/notes';
import { Columns, Grid, Loading, Page, Section } from '../ui/page';
import { DataTable, type TableRow } from '../ui/table';
import { ClustersChart, type ClusterLine } from './charts';
import { texts } from './texts';

/** Reinforcement funds 2020 and 2021: requested, granted, award rate and activities per cluster and year. */
export default function ClustersPage() {
  const language = useLanguage();
  const all = useTexts(texts);
  const words = all.clusters;
  const overview = useResource('/api/v1/clusters');
  if (overview.problem) return <ProblemPage problem={overview.problem} onRetry={overview.reload} />;
  if (!overview.data) return <Loading />;
  const { clusters, totals, budget, budgetDifference } = overview.data;
  const figures = byKey(overview.data.figures);
  const both = totals.find((line) => line.year === '2020-2021');
  const rate = figures.get(both?.awardRate ?? '');
  const letters = (line: ClusterLine | undefined) => line?.letter.replace('+', words.and) ?? '';
  const budgetKey = (year: string) => figures.get(budgetDifference.find((key) => key.endsWith(`~${year}`)) ?? '');
  const distance = (year: string) => {
    const figure = budgetKey(year);
    return <FigureNumber figure={figure} text={formatEuro(Math.abs(amount(figure) ?? 0), language)} />;
  };
  return (
    <Page title={<Rich text={words.title} values={{ rate: <FigureNumber figure={rate} text={fill(words.cents, { cents: formatNumber(amount(rate) ?? 0, language) })} /> }} />}
      tab={words.tab} here={all.money_crumb} trail={[{ title: all.home_crumb, to: '/' }]}
      lead={<Rich text={words.lead} values={{
        granted: <FigureNumber figure={figures.get(both?.granted ?? '')} />, activities: <FigureNumber figure={figures.get(both?.activities ?? '')} />,
      }} />}>
      <Section>
        <Grid>
          <Columns span={8}><ClustersChart overview={overview.data} level={2} /></Columns>
          <Columns span={4} stack>
            <Note kind="clash" title={words.budget} level={2}>
              <Rich text={words.budget_text} values={{
                budget: <FigureNumber figure={figures.get(budget)} />, over: distance('2020'), under: distance('2021'),
              }} /> <Link to="/kloppen-de-cijfers#I26">{all.home.see_finding}</Link>
            </Note>
            <Note kind="warn" title={words.order} level={2}>{words.order_text}</Note>
            <Note title={words.applicants} level={2}>
              {words.applicants_text} <Link to="/versterkingsgelden/gemeenten-2019">{words.applicants_link}</Link>
            </Note>
          </Columns>
        </Grid>
      </Section>
      <Section title={words.factsheets} lead={words.factsheets_lead}>
        <ul className="bp-sheets">
          {clusters.map((cluster) => {
            const line = (year: string) => cluster.lines.find((one) => one.year === year && one.part === 'total');
            return (
              <li key={cluster.key}>
                <Heading level={3}><Link to={`/versterkingsgelden/${cluster.key}`}>{cluster.name[language]}</Link></Heading>
                <Paragraph className="bp-small bp-soft">
                  {['2020', '2021'].map((year) => fill(line(year)?.letter.includes('+') ? words.letters_more : words.letters, { year, letter: letters(line(year)) })).join(', ')}
                </Paragraph>
              </li>
            );
          })}
        </ul>
      </Section>
      <Section>
        <DataTable caption={words.table} subtitle={words.table_subtitle} columns={words.columns}
          rows={clusters.flatMap((cluster) => cluster.lines.filter((line) => line.part === 'total').map((line) => (
            row(`${cluster.key} ${line.year}`, `${cluster.name[language]}, ${line.year}`, line, figures))))}
          totals={totals.map((line) => row(line.year, fill(words.total, { year: line.year.replace('-', '–') }), line, figures))} />
      </Section>
    </Page>
  );
}

/** One line of figures as a row of a table. */
export function row(key: string, header: string, line: ClusterLine, figures: Figures): TableRow {
  const cells = [line.activities, line.requested, line.granted, line.notGranted, line.awardRate, line.grantedPerActivity, line.municipalities];
  return {
    key, header,
    cells: cells.map((one) => (one === '' ? { content: null, mark: 'empty' as const }
      : { content: <FigureNumber figure={figures.get(one)} plain /> })),
  };
}
