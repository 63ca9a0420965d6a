// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { amount, byKey, FigureNumber, type Table } from '../figures/show';
import { drawBars } from '../ui/charts/bars';
import { Chart } from '../ui/charts/figure';
import { ButtonLink, Heading, type Level, Link } from '../ui/elements';
import { fill, Rich, useLanguage, useTexts } from '../ui/language';
import { Card, Facts, Note } from '../ui/notes';
import { Columns, Grid, Loading, Page, Section } from '../ui/page';
import { NotANumber } from '../ui/void';
import { KnowledgeChart, useCell } from './charts';
import { useComputed } from './home-page';
import { texts } from './texts';

const useTable = (key: string) => useResource('/api/v1/tables/{key}', { path: { key } });

/** The survey of 2015 among 49 municipalities, sorted by count, with what was not printed shown as such. */
export default function SurveyPage() {
  const all = useTexts(texts);
  const words = all.survey;
  const issues = useTable('survey-issues');
  const knowledge = useTable('survey-knowledge');
  const municipalities = useTable('survey-needs-municipalities');
  const professionals = useTable('survey-needs-professionals');
  const society = useTable('survey-needs-society');
  const capacity = useTable('survey-capacity');
  const points = useTable('survey-reporting-points');
  const method = useTable('survey-method');
  const computed = useComputed();
  const tables = [issues, knowledge, municipalities, professionals, society, capacity, points, method];
  const broken = tables.find((table) => table.problem);
  if (broken?.problem) return <ProblemPage problem={broken.problem} onRetry={broken.reload} />;
  if (!issues.data || !knowledge.data || !municipalities.data || !professionals.data || !society.data || !capacity.data
    || !points.data || !method.data || !computed) return <Loading />;
  const figures = byKey(...tables.map((table) => table.data?.figures));
  const number = (key: string) => <FigureNumber figure={figures.get(key) ?? computed.get(key)} />;
  const figureSource = (at: number) => fill(words.source, { figure: fill(words.figure, { number: at }) });
  const textSource = fill(words.source, { figure: words.text_only });
  return (
    <Page title={<Rich text={words.title} values={{ n: number('survey-method~participating~value') }} />} tab={words.here} here={words.here} trail={[{ title: all.home_crumb, to: '/' }]}
      lead={<Rich text={words.lead} values={{
        developed: number('survey-capacity~policy-developed~count'), developing: number('survey-capacity~policy-in-development~count'),
      }} />}
      actions={<ButtonLink to="/cijfers?document=quickscan-2015" icon="search">{words.all}</ButtonLink>}>
      <section className="bp-section">
        <Grid>
          <Columns span={8}>
            <CountChart table={issues.data} level={2} title={words.issues} subtitle={words.issues_subtitle} note={words.issues_note} source={figureSource(1)} />
          </Columns>
          <Columns span={4} stack>
            <Note kind="warn" title={words.representative} level={2}>{words.representative_text}</Note>
            <Card title={words.about} level={2}>
              <Facts items={[
                [words.asked, <Rich key="a" text={words.municipalities} values={{ n: number('survey-method~selected~value') }} />],
                [words.answered, <Rich key="b" text={words.municipalities} values={{ n: number('survey-method~participating~value') }} />],
                [words.period, words.period_value], [words.who, words.who_value],
              ]} />
            </Card>
            <div className="bp-small">
              <NotANumber kind="not_printed" />
              <p>{words.gap} <Link to="/cijfers?document=quickscan-2015&waarde=not_printed">{words.gap_link}</Link></p>
            </div>
          </Columns>
        </Grid>
      </section>
      <section className="bp-section">
        <Grid>
          <Columns span={8}><KnowledgeChart knowledge={knowledge.data} level={2} /></Columns>
          <Columns span={4} stack>
            <Note title={words.read} level={2}>
              <Rich text={words.read_text} values={{
                done: number('survey-knowledge~officials~done'), wanted: number('survey-knowledge~officials~wanted'),
                both: number('least-overlap~knowledge~officials'),
              }} />
            </Note>
            <Note kind="unknown" title={words.low} level={2}>{words.low_text}</Note>
          </Columns>
        </Grid>
      </section>
      <Section title={words.needs} lead={words.needs_lead}>
        <div className="bp-cols3 bp-cols3--charts">
          <CountChart table={municipalities.data} title={words.needs_municipalities} subtitle={words.needs_subtitle} source={figureSource(3)} above />
          <CountChart table={professionals.data} title={words.needs_professionals} subtitle={words.needs_subtitle} source={figureSource(4)} above />
          <CountChart table={society.data} title={words.needs_society} subtitle={words.needs_subtitle} source={figureSource(5)} above />
        </div>
      </Section>
      <section className="bp-section">
        <Heading level={2}>{words.capacity}</Heading>
        <Grid>
          <Columns span={7}><CountChart table={capacity.data} title={words.capacity_title} subtitle={words.needs_subtitle} source={textSource} /></Columns>
          <Columns span={5}>
            <CountChart table={points.data} title={words.points_title} subtitle={words.needs_subtitle} note={words.points_note} source={textSource} above />
          </Columns>
        </Grid>
      </section>
    </Page>
  );
}

/** Counts out of 49, sorted by count; what was not printed last, as a dashed outline over the whole scale. */
function CountChart({ table, level = 3, title, subtitle, note, source, above = false }: {
  table: Table; level?: Level; title: string; subtitle: string; note?: string; source: string; above?: boolean;
}) {
  const language = useLanguage();
  const words = useTexts(texts).survey;
  const cell = useCell();
  const figures = byKey(table.figures);
  const rows = table.rows.map((row) => {
    const figure = figures.get(`${table.key}~${row.key}~count`);
    return { key: row.key, label: row.label[language], figure, value: amount(figure) };
  }).sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
  return (
    <Chart level={level} title={title} subtitle={subtitle} source={source} note={note} file={table.key}
      summary={fill(words.chart_summary, { items: rows.map((row) => `${row.label} ${row.value ?? words.no_figure}`).join(', ') })}
      table={{ columns: words.columns, rows: rows.map((row) => ({ key: row.key, label: row.label, cells: [cell(row.figure)] })) }}
      draw={(width) => drawBars(width, {
        max: 49, above, thickness: 16, ticks: [0, 10, 20, 30, 40, 49].map((value) => ({ value, text: String(value) })),
        rows: rows.map((row) => ({
          key: row.key, label: row.label,
          lanes: [row.value === null ? { segments: [], missing: words.no_figure } : { segments: [{ value: row.value, fill: 'f-now' }], end: String(row.value) }],
        })),
      })} />
  );
}
