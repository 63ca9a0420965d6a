// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { SignedIn } from '../../accounts/guard';
import { ProblemPage } from '../../app/problem';
import { ButtonLink, Link, Paragraph } from '../../ui/elements';
import { formatDate } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert, Empty } from '../../ui/notes';
import { Loading, Page, Section } from '../../ui/page';
import { DataTable } from '../../ui/table';
import { Tag, type TagKind } from '../../ui/tags';
import { type ScanState, type ScanSummary, useGet, yearOf } from '../api';
import { texts as shared } from '../texts';
import { texts } from './texts';

/** All scans of the own organisation, newest first. */
export default function ScansPage() {
  return <SignedIn permission="answer_surveys">{(session) => <Scans mayEdit={session.permissions.includes('edit_content')} />}</SignedIn>;
}

export const stateKind: Record<ScanState, TagKind> = { draft: 'theme', open: 'act', consensus: 'warn', closed: 'ok', archived: 'theme' };

function Scans({ mayEdit }: { mayEdit: boolean }) {
  const words = useTexts(texts).list;
  const common = useTexts(shared);
  const language = useLanguage();
  const { data, problem, reload } = useGet<{ items: ScanSummary[] }>('/api/v1/scans');
  // Told once: the browser keeps the state of a page, and would tell it again when the page is loaded anew.
  const [removed] = useState(((useLocation().state ?? {}) as { removed?: string }).removed);
  useEffect(() => {
    if (removed) window.history.replaceState({ ...window.history.state as object, usr: null }, '');
  }, [removed]);
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  type Progress = ScanSummary['progress'];
  const settled = (one: Progress): string => fill(words.settled, { settled: one.settled, questions: one.questions });
  const acted = (one: Progress): string => (one.actions === 0 ? words.no_actions : fill(words.actions, { closed: one.actionsClosed, actions: one.actions }));
  const far = (scan: ScanSummary): string => {
    const { progress } = scan;
    switch (scan.state) {
      case 'draft': case 'open': return progress.respondents === 0 ? words.nobody
        : fill(words.ready, { submitted: progress.submitted, respondents: progress.respondents });
      case 'consensus': return settled(progress);
      case 'archived': return scan.closedAt ? acted(progress) : settled(progress);
      default: return acted(progress);
    }
  };
  return (
    <Page title={words.title} tab={common.scans} lead={words.lead} here={common.scans} trail={[{ title: common.home, to: '/mijn-werk' }]}
      actions={mayEdit && data.items.length > 0 ? <ButtonLink to="/scans/nieuw" purpose="primary" icon="plus">{words.new}</ButtonLink> : undefined}>
      <Section>
        {removed && <Alert kind="ok" role="status"><p>{fill(words.gone, { scan: removed })}</p></Alert>}
        {data.items.length === 0 ? (
          <Empty title={words.empty_title}>
            <Paragraph className="bp-small">{mayEdit ? words.empty_text : words.empty_text_colleague}</Paragraph>
            {mayEdit && <div className="bp-actions bp-gap"><ButtonLink to="/scans/nieuw" purpose="primary">{words.new}</ButtonLink></div>}
          </Empty>
        ) : (
          <DataTable caption={words.caption} list columns={[words.scan, words.state, words.progress, words.closes]}
            rows={data.items.map((scan) => ({
              key: scan.id,
              header: <Link to={`/scans/${scan.id}`}>{fill(common.name, { instrument: scan.instrument.title[language], year: yearOf(scan) })}</Link>,
              cells: [
                { content: <Tag kind={stateKind[scan.state]}>{scan.state === 'archived' && !scan.closedAt ? common.stopped : common.state[scan.state]}</Tag> },
                { content: <>{far(scan)}{scan.removedOn && <span className="bp-small bp-soft"> {fill(words.removed, { day: formatDate(scan.removedOn, language) })}</span>}</> },
                { content: formatDate(scan.closesOn, language) },
              ],
            }))} />
        )}
        <Paragraph className="bp-gap2"><Link to="/vragenlijsten">{words.instruments}</Link></Paragraph>
      </Section>
    </Page>
  );
}
