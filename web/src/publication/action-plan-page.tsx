// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { amount, byKey, FigureNumber } from '../figures/show';
import { OffCell } from '../ui/clash';
import { drawBars } from '../ui/charts/bars';
import { Chart } from '../ui/charts/figure';
import { ButtonLink, Link } from '../ui/elements';
import { formatNumber } from '../ui/format';
import { fill, Rich, useLanguage, useTexts } from '../ui/language';
import { Note } from '../ui/notes';
import { Columns, Grid, Loading, Page, Section } from '../ui/page';
import { DataTable } from '../ui/table';
import { Tag } from '../ui/tags';
import { ProjectsChart, ReachChart, useCell } from './charts';
import { useComputed } from './home-page';
import { texts } from './texts';

const useTable = (key: string) => useResource('/api/v1/tables/{key}', { path: { key } });

/** Action plan 2007–2011: reach with the length of its period, trainings, and projects with claim beside count. */
export default function ActionPlanPage() {
  const language = useLanguage();
  const all = useTexts(texts);
  const words = all.plan;
  const cell = useCell();
  const reach = useTable('reach');
  const trainings = useTable('trainings');
  const projects = useTable('projects');
  const counts = useTable('review-counts');
  const computed = useComputed();
  const tables = [reach, trainings, projects, counts];
  const broken = tables.find((table) => table.problem);
  if (broken?.problem) return <ProblemPage problem={broken.problem} onRetry={broken.reload} />;
  if (!reach.data || !trainings.data || !projects.data || !counts.data || !computed) return <Loading />;
  const figures = byKey(...tables.map((table) => table.data?.figures), [...computed.values()]);
  const figure = (key: string) => figures.get(key);
  const number = (key: string) => <FigureNumber figure={figure(key)} />;
  const kinds = trainings.data.rows.filter((row) => !row.total)
    .map((row) => ({ row, value: amount(figure(`trainings~${row.key}~participants`)) ?? 0 })).sort((a, b) => b.value - a.value);
  const ourSum = figure('total~trainings~participants');
  const projectRows = projects.data.rows;
  return (
    <Page title={words.title} tab={words.tab} here={all.plan_crumb} trail={[{ title: all.home_crumb, to: '/' }]}
      lead={<Rich text={words.lead} values={{ projects: number('review-counts~projects-total~value'), reports: number('review-counts~project-reports~value') }} />}
      actions={<ButtonLink to="/actieplan-2007-2011/geld">{words.to_money}</ButtonLink>}>
      <Section title={words.reach}>
        <Grid>
          <Columns span={8}><ReachChart reach={reach.data} computed={computed} /></Columns>
          <Columns span={4} stack>
            <Note kind="clash" title={words.fall}>
              <Rich text={words.fall_text} values={{ before: number('reach~professionals~2007-2009'), now: number('reach~professionals~2010') }} />{' '}
              <Link to="/kloppen-de-cijfers#I16">{all.home.see_finding}</Link>
            </Note>
            <Note kind="warn" title={words.never_add}>{words.never_add_text}</Note>
          </Columns>
          <Columns span={12}>
            <DataTable caption={words.reach_table} subtitle={words.reach_table_subtitle} columns={words.reach_columns}
              rows={reach.data.rows.filter((row) => !row.total).map((row) => reachRow(row.key, row.label[language], number))}
              totals={reach.data.rows.filter((row) => row.total).map((row) => reachRow(row.key, row.label[language], number))} />
          </Columns>
        </Grid>
      </Section>
      <Section title={words.trainings} lead={words.trainings_lead}>
        <Grid>
          <Columns span={5}>
            <Chart title={words.trainings_chart} subtitle={words.trainings_subtitle} source={words.trainings_source} file="trainingen-nuansa"
              summary={fill(words.trainings_summary, { items: kinds.map(({ row, value }) => `${row.label[language]} ${formatNumber(value, language)}`).join(', ') })}
              table={{ columns: words.trainings_columns, rows: kinds.map(({ row }) => ({
                key: row.key, label: row.label[language],
                cells: [cell(figure(`trainings~${row.key}~trainings`)), cell(figure(`trainings~${row.key}~participants`)), cell(figure(`per-training~${row.key}~done`))],
              })) }}
              draw={(width) => drawBars(width, {
                max: 2050, above: true, thickness: 18, ticks: [0, 1000, 2000].map((value) => ({ value, text: formatNumber(value, language) })),
                rows: kinds.map(({ row, value }) => ({
                  key: row.key, label: row.label[language], lanes: [{ segments: [{ value, fill: 'f-now' }], end: formatNumber(value, language) }],
                })),
              })} />
          </Columns>
          <Columns span={7}>
            <DataTable caption={trainings.data.title[language]} columns={words.trainings_columns}
              rows={kinds.map(({ row }) => ({
                key: row.key, header: row.label[language],
                cells: [`trainings~${row.key}~trainings`, `trainings~${row.key}~participants`, `per-training~${row.key}~done`].map((key) => ({ content: number(key) })),
              }))}
              totals={trainings.data.rows.filter((row) => row.total).map((row) => ({
                key: row.key, header: row.label[language],
                cells: [
                  { content: number(`trainings~${row.key}~trainings`) },
                  { content: <OffCell printed={number(`trainings~${row.key}~participants`)} recomputed={<FigureNumber figure={ourSum} />} />, mark: 'off' },
                  { content: null, mark: 'empty' },
                ],
              }))} />
            <p className="bp-small bp-gap"><Link to="/kloppen-de-cijfers#I4">{all.home.see_finding}</Link></p>
          </Columns>
        </Grid>
      </Section>
      <Section title={words.projects} lead={words.projects_lead}>
        <Grid>
          <Columns span={8}><ProjectsChart figures={figures} /></Columns>
          <Columns span={4}>
            <Note kind="unknown" title={words.effective}>
              {all.home.careful_text} <Link to="/kloppen-de-cijfers#I23">{all.home.read_finding}</Link>
            </Note>
          </Columns>
          <Columns span={12}>
            <DataTable caption={words.projects_table} columns={words.projects_columns}
              rows={projectRows.map((row) => {
                const one = figure(`projects~${row.key}~value`);
                const group = row.group[language];
                const label = row.label[language];
                return {
                  key: row.key, group,
                  header: <>{label.startsWith(`${group}, `) ? capital(label.slice(group.length + 2)) : label}{one?.kind === 'claim' && <> <Tag kind="warn">{words.claim}</Tag></>}</>,
                  cells: [
                    { content: <FigureNumber figure={one} /> },
                    { content: one?.unit === 'year' ? '' : one?.unitWords[language] ?? '', mark: one?.unit === 'year' ? 'empty' as const : 'left' as const },
                    { content: <span className="bp-doc">{one?.printed}</span> },
                  ],
                };
              })} />
          </Columns>
        </Grid>
      </Section>
    </Page>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const reachRow = (key: string, header: string, number: (key: string) => React.ReactNode) => ({
  key, header,
  cells: [`reach~${key}~2007-2009`, `per-year~reach-${key}~2007-2009`, `reach~${key}~2010`, `change~reach-${key}~2010`]
    .map((one) => ({ content: number(one) })),
});
