// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useParams, useSearchParams } from 'react-router';
import { SignedIn } from '../../accounts/guard';
import { ProblemPage } from '../../app/problem';
import { Button, Link } from '../../ui/elements';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Loading, Page } from '../../ui/page';
import { Tag, Tags } from '../../ui/tags';
import { scanUrl, useGet, useScan, yearOf } from '../api';
import { texts as shared } from '../texts';
import { type ReportDocument, type ReportFile, type ReportKind, reportKinds, useReportFile, useReportFormats } from './report';
import { ReportFileStatus } from './report-file';
import { ReportBody } from './report-body';
import { texts } from './texts';

/** A report of a scan as a page that prints well, with the same as PDF or ODT. */
export default function ReportPage() {
  const { id = '', kind = 'council' } = useParams();
  return <SignedIn permission="answer_surveys">{() => <Own id={id} kind={kind as ReportKind} />}</SignedIn>;
}

function Own({ id, kind }: { id: string; kind: ReportKind }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const [query] = useSearchParams();
  const scan = useScan(id);
  const theme = query.get('theme') ?? '';
  const asked = theme === '' ? '' : `?theme=${encodeURIComponent(theme)}`;
  const report = useGet<ReportDocument>(scanUrl(id, `/report-documents/${encodeURIComponent(kind)}${asked}`), { fresh: true });
  const file = useReportFile(scanUrl(id, '/reports'), { kind, ...(theme !== '' && { theme }) });
  if (report.problem) return <ProblemPage problem={report.problem} onRetry={report.reload} />;
  if (!report.data) return <Loading />;
  return (
    <Report document={report.data} file={file}
      trail={[
        { title: common.scans, to: '/scans' },
        { title: scan.data ? fill(common.name, { instrument: scan.data.instrument.title[language], year: yearOf(scan.data) }) : words.scan, to: `/scans/${id}` },
        { title: words.result, to: `/scans/${id}/resultaat` },
      ]}>
      <nav aria-label={words.kinds} className="bp-gap">
        <ul className="bp-inline">
          {reportKinds.map((one) => <li key={one}><Link to={`/scans/${id}/verslag/${one}`} {...(one === kind && { 'aria-current': theme === '' ? 'page' as const : 'true' as const })}>{words[one]}</Link></li>)}
        </ul>
      </nav>
    </Report>
  );
}

function Report({ document, file, trail, children }: {
  document: ReportDocument; file: ReportFile; trail: { title: string; to: string }[]; children?: React.ReactNode;
}) {
  const words = useTexts(texts);
  const formats = useReportFormats();
  return (
    <Page title={document.title} lead={document.subtitle} here={words.here} trail={trail}
      tags={<><div className="bp-screen"><Tags>{[document.marker !== '' && <Tag key="d" kind="warn">{document.marker}</Tag>]}</Tags></div>
        {document.marker !== '' && <p className="bp-report__marker" aria-hidden="true">{document.marker}</p>}</>}
      actions={<>
        <Button purpose="primary" icon="print" onClick={() => window.print()}>{words.print}</Button>
        {formats.data?.pdf !== false && <Button icon="document" busy={file.going} onClick={() => file.begin('pdf')}>{words.pdf}</Button>}
        <Button purpose={formats.data?.pdf === false ? 'secondary' : 'subtle'} icon="document" busy={file.going} onClick={() => file.begin('odt')}>{words.odt}</Button>
      </>}>
      <div className="bp-screen">
        {formats.data?.why && <p className="bp-small bp-soft bp-gap">{formats.data.why}</p>}
        <ReportFileStatus file={file} />
        {children}
      </div>
      <ReportBody document={document} />
    </Page>
  );
}
