// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useState } from 'react';
import { useAction } from '../../app/client';
import { ProblemNotice } from '../../app/problem';
import { Button, Link, PlainLink } from '../../ui/elements';
import { FieldSet, SelectField } from '../../ui/form';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import { Section } from '../../ui/page';
import { type Job, type ScanResult, scanUrl, useGet } from '../api';
import { texts } from './texts';

type Kind = 'council' | 'partners' | 'full' | 'outline';

const kinds: Kind[] = ['council', 'partners', 'full', 'outline'];

/** Reports as PDF or ODT, made in the background with progress; and as a page that prints well. */
export function Reports({ result, council = false }: {
  result: ScanResult;
  /** As the council asks it: only its own report. */
  council?: boolean;
}) {
  const words = useTexts(texts);
  const language = useLanguage();
  const [kind, setKind] = useState<Kind>('council');
  const [theme, setTheme] = useState('');
  const [id, setId] = useState<string>();
  const start = useAction<object>('POST', council ? `/api/v1/council-scans/${result.scanId}/reports` : scanUrl(result.scanId, '/reports'));
  const cancel = useAction('DELETE', '/api/v1/jobs/{id}');
  const formats = useGet<{ pdf: boolean; odt: boolean; why?: string }>('/api/v1/report-formats');
  const job = useGet<Job>(id === undefined ? null : `/api/v1/jobs/${id}`);
  const going = id !== undefined && !job.problem && (!job.data || job.data.state === 'queued' || job.data.state === 'running');
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(job.reload, 700);
    return () => clearInterval(timer);
  });
  const begin = async (format: 'pdf' | 'odt') => {
    if (going || start.busy) return;
    setId(undefined);
    const { done, data } = await start.run({ ...(!council && { kind }), format, language, ...(kind === 'partners' && theme !== '' && { theme }) });
    if (done) setId((data as { id: string }).id);
  };
  const problem = start.problem ?? cancel.problem ?? job.problem;
  return (
    <div className="bp-screen"><Section id="verslag" title={words.report_title} lead={words.report_text}>
      {!council && <FieldSet legend={words.report_kind}>
        {kinds.map((one) => (
          <div className="bp-checkbox" key={one}>
            <input type="radio" name="verslag" id={`verslag-${one}`} checked={kind === one} onChange={() => setKind(one)} />
            <label htmlFor={`verslag-${one}`}>{words[`report_${one}`]}</label>
          </div>
        ))}
      </FieldSet>}
      {kind === 'partners' && (
        <SelectField label={words.report_theme} value={theme} onChange={(event) => setTheme(event.target.value)}
          options={[{ value: '', text: words.report_all_themes }, ...result.themes.map((one) => ({ value: one.theme, text: one.title[language] }))]} />
      )}
      <div className="bp-actions bp-gap2">
        {formats.data?.pdf !== false && <Button icon="document" busy={going || start.busy} onClick={() => void begin('pdf')}>{words.report_pdf}</Button>}
        <Button icon="document" busy={going || start.busy} onClick={() => void begin('odt')}>{words.report_odt}</Button>
        {going && <Button purpose="subtle" onClick={() => void cancel.run(undefined, { path: { id } })}>{words.report_cancel}</Button>}
        {!council && <Link to={`/scans/${result.scanId}/verslag/${kind}${kind === 'partners' && theme !== '' ? `?theme=${theme}` : ''}`}>{words.report_page}</Link>}
      </div>
      {formats.data?.pdf === false && <p className="bp-small bp-soft bp-gap">{formats.data.why}</p>}
      <div className="bp-gap" role="status">
        {going && <p>{job.data?.state === 'running' ? `${fill(words.report_progress, { percent: job.data.progress })} ${job.data.stageText ?? ''}` : words.report_queued}</p>}
        {problem && <ProblemNotice problem={problem} />}
        {!going && job.data?.state === 'cancelled' && <Alert kind="info"><p>{words.report_cancelled}</p></Alert>}
        {!going && job.data?.state === 'failed' && <Alert kind="error"><p>{words.report_failed} {job.data.problem}</p></Alert>}
        {!going && job.data?.state === 'done' && (
          <Alert kind="ok"><p>{words.report_done} <PlainLink href={`/api/v1/jobs/${job.data.id}/file`} download>{words.report_download}</PlainLink></p></Alert>
        )}
      </div>
    </Section></div>
  );
}
