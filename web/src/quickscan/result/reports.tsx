// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useState } from 'react';
import { Button, Link } from '../../ui/elements';
import { FieldSet, SelectField } from '../../ui/form';
import { useLanguage, useTexts } from '../../ui/language';
import { Section } from '../../ui/page';
import { type ScanResult, scanUrl } from '../api';
import { type ReportKind, reportKinds, useReportFile, useReportFormats } from '../report/report';
import { ReportFileStatus } from '../report/report-file';
import { texts } from './texts';

/** Reports as PDF or ODT, made in the background with progress; and as a page that prints well. */
export function Reports({ result, council = false }: {
  result: ScanResult;
  /** As the council asks it: only its own report. */
  council?: boolean;
}) {
  const words = useTexts(texts);
  const language = useLanguage();
  const [kind, setKind] = useState<ReportKind>('council');
  const [theme, setTheme] = useState('');
  const formats = useReportFormats();
  const file = useReportFile(council ? `/api/v1/council-scans/${result.scanId}/reports` : scanUrl(result.scanId, '/reports'),
    council ? {} : { kind, ...(kind === 'partners' && theme !== '' && { theme }) });
  return (
    <div className="bp-screen"><Section id="verslag" title={words.report_title} lead={words.report_text}>
      {!council && <FieldSet legend={words.report_kind}>
        {reportKinds.map((one) => (
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
        {formats.data?.pdf !== false && <Button icon="document" busy={file.going} onClick={() => file.begin('pdf')}>{words.report_pdf}</Button>}
        <Button icon="document" busy={file.going} onClick={() => file.begin('odt')}>{words.report_odt}</Button>
        {!council && <Link to={`/scans/${result.scanId}/verslag/${kind}${kind === 'partners' && theme !== '' ? `?theme=${theme}` : ''}`}>{words.report_page}</Link>}
      </div>
      {formats.data?.pdf === false && <p className="bp-small bp-soft bp-gap">{formats.data.why}</p>}
      <div className="bp-gap"><ReportFileStatus file={file} /></div>
    </Section></div>
  );
}
