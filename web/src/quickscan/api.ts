// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type QueryKey, useQuery } from '@tanstack/react-query';
import type { components } from '../app/api';
import { type Problem, problemOf, type Reply, type Resource, Refused, send } from '../app/client';
import { type Language, useLanguage } from '../ui/language';
import type { Entry, Held, Refusal, Sender } from './desk';

// What the pages of the quickscan know of the server: its shapes and its paths, in one place.

type Schemas = components['schemas'];

export type Value = NonNullable<Schemas['Answer']['value']>;
export type Domain = Schemas['Respondent']['domain'];
export type SizeClass = Schemas['Scan']['sizeClass'];
export type ScanState = Schemas['Scan']['state'];
export type ActionStatus = Schemas['Action']['status'];

export type Instrument = Schemas['Instrument'];
export type InstrumentSummary = Schemas['InstrumentSummary'];
export type Question = Schemas['InstrumentQuestion'];

export type Scan = Schemas['Scan'];
export type ScanSummary = Schemas['ScanSummary'];
export type PossibleStep = Schemas['ScanStep'];
export type Respondent = Schemas['Respondent'];
export type OwnAnswers = Schemas['OwnAnswers'];
export type Distribution = Schemas['AnswerDistribution'];
export type ComparedQuestion = Schemas['ComparedQuestion'];
export type Comparison = Schemas['ScanComparison'];
export type SettledList = Schemas['SettledList'];
export type Fraction = Schemas['Fraction'];
export type Score = Schemas['Score'];
export type QuestionResult = Schemas['QuestionResult'];
export type ScanResult = Schemas['ScanResult'];
export type ScanAction = Schemas['Action'];
export type CouncilAction = Schemas['CouncilAction'];
export type ActionList = Schemas['ActionList'];
export type WorkItem = Schemas['WorkItem'];
export type Job = Schemas['Job'];
export type Finding = Pick<Schemas['TextFinding'], 'kind' | 'certainty' | 'from' | 'to'>;

export const values: Value[] = ['yes', 'partly', 'no', 'unknown', 'not_applicable'];
export const domains: Domain[] = ['safety', 'social', 'education', 'partner'];
export const sizeClasses: SizeClass[] = ['small', 'medium', 'large'];
export const actionStatuses: ActionStatus[] = ['open', 'in_progress', 'waiting', 'done', 'dropped'];

/** The question as this municipality reads it: a small one gets its own variant where there is one. */
export function forSize(question: Question, size: SizeClass | undefined): Question & { adapted: boolean } {
  const variant = question.variants.find(({ sizeClass }) => sizeClass === size);
  if (!variant) return { ...question, adapted: false };
  return {
    ...question, adapted: true,
    ...(variant.text && { text: variant.text }),
    ...(variant.explanation && { explanation: variant.explanation }),
    ...(variant.green && { green: variant.green }),
    ...(variant.action && { action: variant.action }),
    hints: [...question.hints, ...variant.hints],
    parts: question.parts.map((part) => variant.parts.find(({ key }) => key === part.key) ?? part),
  };
}

/** 1½, ¾, 2, or 1 2/3: an exact number of points as people write it. */
export function formatFraction({ numerator, denominator }: Fraction): string {
  const whole = Math.floor(numerator / denominator);
  const rest = numerator - whole * denominator;
  if (rest === 0) return String(whole);
  const glyph = ({ '1/2': '½', '1/4': '¼', '3/4': '¾' } as Record<string, string>)[`${rest}/${denominator}`];
  if (glyph) return `${whole === 0 ? '' : whole}${glyph}`;
  return `${whole === 0 ? '' : `${whole}\u00a0`}${rest}/${denominator}`;
}

/** Which of the four marks stands for a domain. */
export const shapeOf = (domain: Domain): 0 | 1 | 2 | 3 => domains.indexOf(domain) as 0 | 1 | 2 | 3;
export const countOf = (distribution: Distribution, value: Value): number => (value === 'not_applicable' ? distribution.notApplicable : distribution[value]);

/** "Quickscan 2026": the instrument and the year of the period. */
export const yearOf = (scan: { periodFrom: string; periodTo: string }): string => {
  const [from, to] = [scan.periodFrom.slice(0, 4), scan.periodTo.slice(0, 4)];
  return from === to ? from : `${from}–${to}`;
};

export interface FieldProblem { pointer?: string; code?: string; detail: string }
/** What the errors of a refusal say about one field. */
export const problemAt = (problem: Problem | undefined, ...fields: string[]): string | undefined =>
  (problem?.errors as FieldProblem[] | undefined)?.find(({ pointer }) => fields.includes((pointer ?? '').replace(/^#?\//, '').split('/')[0] ?? ''))?.detail;

/** The codes of those errors. */
export const codesAt = (problem: Problem | undefined, field: string): string[] =>
  ((problem?.errors as FieldProblem[] | undefined) ?? []).filter(({ pointer }) => (pointer ?? '').replace(/^#?\//, '').split('/')[0] === field)
    .flatMap(({ code }) => code ?? []);

/** Where in a text something stands that could point at a person. */
export async function screenText(url: string, text: string, language: Language): Promise<Finding[]> {
  const { data } = await send('POST', url, language, { body: { text } });
  return (data as { findings: Finding[] }).findings;
}

/** Reads a path of the quickscan. With `fresh` what was read before is not shown again: for what is changed while the
    page is open. */
export function useGet<T>(url: string | null, { fresh = false } = {}): Resource<T> {
  const language = useLanguage();
  const query = useQuery<Reply, Error>({
    queryKey: [url ?? '', language] satisfies QueryKey,
    queryFn: ({ signal }) => send('GET', url ?? '', language, { signal }),
    enabled: url !== null,
    ...(fresh && { staleTime: 0, gcTime: 0 }),
  });
  const problem = problemOf(query.error);
  return {
    ...(query.data && { data: query.data.data as T, etag: query.data.etag }),
    ...(problem && !query.data && { problem }),
    reload: () => void query.refetch(),
  };
}

export const scanUrl = (id: string, rest = ''): string => `/api/v1/scans/${encodeURIComponent(id)}${rest}`;
export const useScan = (id: string) => useGet<Scan>(scanUrl(id));
export const useInstrument = (name: { key: string; version: number } | undefined) =>
  useGet<Instrument>(name ? `/api/v1/instruments/${encodeURIComponent(name.key)}/versions/${name.version}` : null);

/** One answer as the server writes it, of one respondent or settled together. */
export type WireAnswer = Omit<Schemas['Answer'], 'answeredAt'>;

export const held = (wire: WireAnswer): Held => ({
  entry: {
    value: wire.value ?? null, parts: wire.parts ?? [], values: wire.values ?? [], reason: wire.reason ?? '',
    note: wire.note ?? '', proofs: wire.proofs ?? [],
  },
  etag: `"v${wire.rowVersion}"`,
});

const body = (entry: Entry, confirmed: boolean) => ({
  ...(entry.value !== null && { value: entry.value }),
  parts: entry.value === 'partly' ? entry.parts : [],
  values: entry.values, reason: entry.reason, note: entry.note, proofs: entry.proofs,
  ...(confirmed && { confirmed: true }),
});

/** Sends changes of a desk to where its answers are kept: own answers of an account or a link, or the settled ones. */
export const sender = (base: string, language: Language): Sender => async (change) => {
  const url = `${base}/${encodeURIComponent(change.question)}`;
  const ifMatch = change.base ?? undefined;
  try {
    if (change.entry === null) {
      await send('DELETE', url, language, { ifMatch });
      return null;
    }
    const { data } = await send('PUT', url, language, { body: body(change.entry, change.confirmed), ifMatch });
    return held(data as WireAnswer);
  } catch (error) {
    if (!(error instanceof Refused)) throw { problem: { status: 500, title: '' } } satisfies Refusal;
    const { problem } = error;
    // Somebody was first: the answer to the refusal carries what is kept now.
    if (problem.status === 412) {
      const stored = (problem as Problem & { stored?: WireAnswer }).stored;
      throw { problem, theirs: stored ? held(stored) : null } satisfies Refusal;
    }
    // Taken back while it was already gone.
    if (problem.status === 404 && change.entry === null) return null;
    throw { problem } satisfies Refusal;
  }
};

