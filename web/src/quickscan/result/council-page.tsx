// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useParams } from 'react-router';
import { SignedIn } from '../../accounts/guard';
import { ProblemPage } from '../../app/problem';
import { Link, Paragraph } from '../../ui/elements';
import { formatDate } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Empty } from '../../ui/notes';
import { Loading, Page, Section } from '../../ui/page';
import { DataTable } from '../../ui/table';
import { Tag } from '../../ui/tags';
import { type CouncilAction, type ScanResult, type ScanSummary, useGet, useInstrument, yearOf } from '../api';
import { texts as shared } from '../texts';
import { statusKind } from '../actions/status';
import type { ReportDocument } from '../report/report';
import { ReportOnPaper } from '../report/report-body';
import { Result } from './result-page';
import { texts } from './texts';

/** What the executive shared with its council: the list, or one result with its actions, without reasons, proof and
    functions. On paper
    that result is the report for the council: two pages in plain words, with source and date. */
export default function CouncilPage() {
  const { id } = useParams();
  return <SignedIn permission="read_council">{() => (id === undefined ? <Shared /> : <One id={id} />)}</SignedIn>;
}

function Shared() {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const { data, problem, reload } = useGet<{ items: ScanSummary[] }>('/api/v1/council-scans');
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  return (
    <Page title={words.council_title} lead={words.council_lead} here={words.council_here} trail={[]}>
      <Section>
        {data.items.length === 0 ? <Empty title={words.council_empty}><Paragraph className="bp-small">{words.council_empty_text}</Paragraph></Empty> : (
          <ul className="bp-sheets">
            {data.items.map((scan) => (
              <li key={scan.id}>
                <Link to={`/raad/${scan.id}`}>{fill(common.name, { instrument: scan.instrument.title[language], year: yearOf(scan) })}</Link>
                {scan.closedAt && <p className="bp-small bp-soft">{fill(words.council_day, { day: formatDate(scan.closedAt, language) })}</p>}
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}

function One({ id }: { id: string }) {
  const result = useGet<ScanResult>(`/api/v1/council-scans/${encodeURIComponent(id)}/result`);
  const instrument = useInstrument(result.data?.instrument);
  const actions = useGet<{ items: CouncilAction[] }>(`/api/v1/council-scans/${encodeURIComponent(id)}/actions`);
  const report = useGet<ReportDocument>(`/api/v1/council-scans/${encodeURIComponent(id)}/report-document`);
  const problem = result.problem ?? instrument.problem ?? actions.problem ?? report.problem;
  if (problem) return <ProblemPage problem={problem} onRetry={result.reload} />;
  if (!result.data || !instrument.data || !actions.data || !report.data) return <Loading />;
  return (
    <>
      <div className="bp-screen"><Result result={result.data} instrument={instrument.data} mayEdit={false} councilActions={<Actions items={actions.data.items} />} /></div>
      <ReportOnPaper document={report.data} />
    </>
  );
}

/** What the municipality will do: what, when and how it stands. Who does it stays with the municipality. */
function Actions({ items }: { items: CouncilAction[] }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  return (
    <Section title={words.council_actions}>
      {items.length === 0 ? <Paragraph className="bp-soft">{words.council_actions_none}</Paragraph> : (
        <DataTable caption={words.council_actions_caption} list columns={[words.council_action, words.council_due, words.council_status]}
          rows={items.map((action, at) => ({
            key: `${at}`,
            header: action.text,
            cells: [{ content: formatDate(action.dueOn, language) }, { content: <Tag kind={statusKind[action.status]}>{common.action_status[action.status]}</Tag> }],
          }))} />
      )}
    </Section>
  );
}
