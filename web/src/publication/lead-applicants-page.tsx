// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { amount, byKey, FigureNumber } from '../figures/show';
import { Rich, useLanguage, useTexts } from '../ui/language';
import { formatNumber } from '../ui/format';
import { Note } from '../ui/notes';
import { Columns, Grid, Loading, Page, Section } from '../ui/page';
import { DataTable } from '../ui/table';
import { LeadApplicantsMap } from './charts';
import { useComputed } from './home-page';
import { texts } from './texts';

/** Amounts of 2019 per lead applicant, on a map and in a table; outside the five documents, and it says so. */
export default function LeadApplicantsPage() {
  const language = useLanguage();
  const all = useTexts(texts);
  const words = all.applicants;
  const table = useResource('/api/v1/tables/{key}', { path: { key: 'lead-applicants-2019' } });
  const computed = useComputed();
  if (table.problem) return <ProblemPage problem={table.problem} onRetry={table.reload} />;
  if (!table.data || !computed) return <Loading />;
  const figures = byKey(table.data.figures);
  const total = computed.get('total~lead-applicants~2019');
  const rows = table.data.rows.map((row) => ({ row, figure: figures.get(`lead-applicants-2019~${row.key}~granted`) }))
    .sort((a, b) => (amount(b.figure) ?? 0) - (amount(a.figure) ?? 0));
  return (
    <Page title={<Rich text={words.title} values={{ count: formatNumber(rows.length, language), total: <FigureNumber figure={total} /> }} />}
      tab={words.tab} here={words.here} trail={[{ title: all.home_crumb, to: '/' }, { title: all.money_crumb, to: '/versterkingsgelden' }]}>
      <Section>
        <Grid>
          <Columns span={8}><LeadApplicantsMap applicants={table.data} level={2} /></Columns>
          <Columns span={4} stack>
            <Note kind="warn" title={words.warn} level={2}>{words.warn_text}</Note>
            <Note kind="warn" title={words.region} level={2}>{words.region_text}</Note>
          </Columns>
        </Grid>
      </Section>
      <Section>
        <div className="bp-prose">
          <DataTable caption={words.table} subtitle={words.table_subtitle} columns={words.columns}
            rows={rows.map(({ row, figure }) => ({
              key: row.key, header: row.label[language],
              cells: [{ content: figure?.municipality ?? '', mark: 'left' }, { content: <FigureNumber figure={figure} plain /> }],
            }))}
            totals={[{ key: 'total', header: words.sum, cells: [{ content: null, mark: 'empty' }, { content: <FigureNumber figure={total} plain /> }] }]} />
        </div>
      </Section>
    </Page>
  );
}
