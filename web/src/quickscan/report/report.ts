// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useState } from 'react';
import { type Problem, useAction } from '../../app/client';
import { useLanguage } from '../../ui/language';
import { type Job, useGet } from '../api';

// A report: the document as the server writes it, and the file that is made of it in the background.

export type ReportKind = 'council' | 'partners' | 'full' | 'outline';
export const reportKinds: ReportKind[] = ['council', 'partners', 'full', 'outline'];

export interface DocumentTable { caption: string; head: string[]; rows: string[][]; numbers: number[] }
export interface DocumentFigure { svg: string; title: string; description: string; width: number; height: number }
export interface DocumentBlock {
  kind: 'heading' | 'lead' | 'paragraph' | 'remark' | 'bullets' | 'numbered' | 'tick' | 'write_line' | 'table' | 'figure' | 'new_page';
  level: number;
  text: string;
  items: string[];
  table?: DocumentTable;
  figure?: DocumentFigure;
}
export interface ReportDocument {
  title: string; subtitle: string; language: string; author: string; marker: string; date: string; blocks: DocumentBlock[];
}

export interface ReportFormats { pdf: boolean; odt: boolean; why?: string }
/** Whether this installation can make a PDF, and if not why. */
export const useReportFormats = () => useGet<ReportFormats>('/api/v1/report-formats');

export interface ReportFile {
  going: boolean;
  percent?: number;
  /** What is being done, in words. */
  stage?: string;
  /** The file, when it is there. */
  href?: string;
  name?: string;
  /** Why there is none, in a sentence of the server. */
  failed?: string;
  stopped: boolean;
  problem?: Problem;
  begin: (format: 'pdf' | 'odt') => void;
  stop: () => void;
}

/** Lets a report be made: begin, follow, stop, and where to get it. `url` is …/reports of a scan. */
export function useReportFile(url: string, wanted: { kind?: ReportKind; theme?: string }): ReportFile {
  const language = useLanguage();
  const [id, setId] = useState<string>();
  const start = useAction<object>('POST', url);
  const cancel = useAction('DELETE', '/api/v1/jobs/{id}');
  const job = useGet<Job>(id === undefined ? null : `/api/v1/jobs/${id}`, { fresh: true });
  const state = job.data?.state;
  const going = start.busy || (id !== undefined && !job.problem && (state === undefined || state === 'queued' || state === 'running'));
  useEffect(() => {
    if (!going || id === undefined) return;
    const timer = setInterval(job.reload, 700);
    return () => clearInterval(timer);
  });
  const problem = start.problem ?? cancel.problem ?? job.problem;
  return {
    going,
    ...(state === 'running' && { percent: job.data?.progress ?? 0, stage: job.data?.stageText ?? '' }),
    stopped: state === 'cancelled',
    ...(state === 'done' && { href: `/api/v1/jobs/${id}/file`, name: job.data?.file?.name ?? '' }),
    ...(state === 'failed' && { failed: job.data?.problem ?? '' }),
    ...(problem && { problem }),
    begin: (format) => {
      if (going) return;
      setId(undefined);
      void start.run({ ...wanted, format, language }).then(({ done, data }) => {
        if (done) setId((data as { id: string }).id);
      });
    },
    stop: () => void cancel.run(undefined, { path: { id: id ?? '' } }),
  };
}
