// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type QueryKey, useQuery } from '@tanstack/react-query';
import { type Problem, problemOf, type Reply, type Resource, Refused, send } from '../app/client';
import { type Bilingual, type Language, useLanguage } from '../ui/language';
import type { Entry, Held, Proof, Refusal, Sender } from './desk';

// What the pages of the quickscan know of the server: its shapes and its paths, in one place.

export type Value = 'yes' | 'partly' | 'no' | 'unknown' | 'not_applicable';
export type Domain = 'safety' | 'social' | 'education' | 'partner';
export type SizeClass = 'small' | 'medium' | 'large';
export type ScanState = 'draft' | 'open' | 'consensus' | 'closed' | 'archived';

export const values: Value[] = ['yes', 'partly', 'no', 'unknown', 'not_applicable'];
export const domains: Domain[] = ['safety', 'social', 'education', 'partner'];
export const sizeClasses: SizeClass[] = ['small', 'medium', 'large'];

// ------------------------------------------------------------------------------------------------------ instrument

export interface InstrumentSource { document: string; place: Bilingual; lines?: string }
export interface Part { key: string; text: Bilingual }
export interface Choice { key: string; label: Bilingual; remark?: Bilingual; exclusive: boolean; asksReason: boolean }

export interface Variant {
  sizeClass: SizeClass;
  text?: Bilingual;
  explanation?: Bilingual;
  green?: Bilingual;
  action?: Bilingual;
  hints: Bilingual[];
  parts: Part[];
}

export interface Question {
  key: string;
  number: number;
  theme: string;
  block?: string;
  type: 'scale' | 'choose_one' | 'choose_many' | 'number' | 'text';
  text: Bilingual;
  explanation?: Bilingual;
  why?: Bilingual;
  hints: Bilingual[];
  parts: Part[];
  scaleMeanings?: Partial<Record<Value, Bilingual>>;
  variants: Variant[];
  green?: Bilingual;
  action?: Bilingual;
  choices: Choice[];
  minimum?: number;
  maximum?: number;
  sources: InstrumentSource[];
  wording: 'reconstructed' | 'official' | 'own';
}

export interface Theme { key: string; number: number; title: Bilingual }
export interface Band { key: string; from: number; to: number; label: Bilingual; text: Bilingual }

export interface Instrument {
  key: string;
  version: number;
  status: 'draft' | 'published' | 'retired';
  kind: 'scored' | 'survey';
  title: Bilingual;
  introduction: Bilingual;
  scaleRemark?: Bilingual;
  reconstructed: boolean;
  reconstructedRemark?: Bilingual;
  minutesPerQuestion: number;
  scale: { value: Value; label: Bilingual; meaning: Bilingual }[];
  scoring?: { text: Bilingual };
  themes: Theme[];
  blocks: { key: string; text: Bilingual }[];
  questions: Question[];
  bands: Band[];
}

/** One version of an instrument, in the list of them. */
export interface InstrumentSummary {
  key: string; version: number; status: 'draft' | 'published' | 'retired'; kind: 'scored' | 'survey'; title: Bilingual; questions: number;
}

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

// ------------------------------------------------------------------------------------------------------------ scans

export interface InstrumentName { key: string; version: number; kind: 'scored' | 'survey'; title: Bilingual }

/** Counts only: how far it is, never what was answered. */
export interface ScanProgress {
  questions: number; respondents: number; submitted: number; settled: number; actions: number; actionsClosed: number;
}

export interface ScanSummary {
  id: string;
  instrument: InstrumentName;
  periodFrom: string;
  periodTo: string;
  sizeClass: SizeClass;
  state: ScanState;
  closesOn: string;
  progress: ScanProgress;
  sharedWithCouncil: boolean;
  /** As who the caller answers, when invited. */
  ownRespondent?: string;
  ownSubmittedAt?: string;
  openedAt?: string;
  closedAt?: string;
  archivedAt?: string;
  rowVersion: number;
}

/** A step that the scan may take now, or why not yet. */
export interface PossibleStep {
  to: ScanState; needsReason: boolean; removesIndividualAnswers: boolean; possible: boolean; code?: string; unsettled: string[];
}

export interface Scan extends ScanSummary {
  may: PossibleStep[];
  domains: { domain: Domain; respondents: number; submitted: number }[];
  visibility: { smallestGroup: number };
  participants: string[];
  individualAnswersKept: boolean;
}

export interface Respondent {
  id: string;
  domain: Domain;
  function: string;
  account?: string;
  linkState: 'none' | 'active' | 'ended';
  linkUntil?: string;
  /** Only in the answer that makes it. */
  link?: string;
  answered: number;
  submittedAt?: string;
  revoked: boolean;
  rowVersion: number;
}

export interface OwnAnswers {
  scanId: string;
  instrument: InstrumentName;
  periodFrom: string;
  periodTo: string;
  sizeClass: SizeClass;
  state: ScanState;
  closesOn: string;
  mayAnswer: boolean;
  questions: number;
  respondent: { id: string; domain: Domain; function: string; byLink: boolean; showFunction: boolean; submittedAt?: string };
  visibility: { smallestGroup: number };
  answers: WireAnswer[];
}

// ---------------------------------------------------------------------------------------------------- settling

export interface Distribution {
  yes: number; partly: number; no: number; unknown: number; notApplicable: number;
  parts: Record<string, number>; choices: Record<string, number>;
}

export interface ComparedQuestion {
  question: string;
  theme: string;
  answered: number;
  distribution: Distribution;
  /** Those that may be shown apart. */
  domains: { domain: Domain; answered: number; distribution: Distribution }[];
  domainsWithheld: boolean;
  functions: { domain: Domain; function: string; value?: Value; parts: string[]; values: string[]; reason: string; proofs: Proof[] }[];
  functionsWithheld: boolean;
  differs: boolean;
  domainsDiffer: boolean;
}

export interface ThemeUnknowns {
  theme: string;
  unknown: number;
  answered: number;
  domains: { domain: Domain; unknown: number; questions: number }[];
  functions: { function: string; unknown: number; questions: number }[];
}

export interface Comparison { respondents: number; smallestGroup: number; questions: ComparedQuestion[]; themes: ThemeUnknowns[] }
export interface SettledList { items: WireAnswer[]; unsettled: string[]; participants: string[] }

// ------------------------------------------------------------------------------------------------------- result

export interface Fraction { numerator: number; denominator: number }

export interface Score {
  theme: string; points: Fraction; counted: number; unknown: number; notApplicable: number; unanswered: number;
  score?: Fraction; percent?: number; band?: string;
}

export interface QuestionResult {
  question: string;
  number: number;
  theme: string;
  text: Bilingual;
  value?: Value;
  parts: string[];
  values: string[];
  points?: Fraction;
  standing: 'strength' | 'unsupported' | 'blind_spot' | 'unknown' | 'not_applicable' | 'unanswered' | 'answered';
  reason: string;
  proofs: Proof[];
  actions: string[];
}

export interface ThemeResult {
  theme: string; number: number; title: Bilingual; score: Score;
  strengths: string[]; blindSpots: string[]; unknowns: string[]; unsupported: string[];
}

export interface QuestionChange {
  question: string;
  before?: Value;
  now?: Value;
  direction: 'better' | 'worse' | 'same' | 'other';
  causes: { id: string; text: string; ownerFunction: string; closedOn: string }[];
}

export interface ScanResult {
  scanId: string;
  instrument: InstrumentName;
  periodFrom: string;
  periodTo: string;
  sizeClass: SizeClass;
  state: ScanState;
  closedAt?: string;
  provisional: boolean;
  total: Score;
  themes: ThemeResult[];
  questions: QuestionResult[];
  strengths: string[];
  blindSpots: string[];
  unknowns: string[];
  unsupported: string[];
  unanswered: string[];
  change?: {
    previous: string; periodFrom: string; periodTo: string; instrumentVersion: number; compared: string[]; notCompared: string[];
    before: Score; now: Score; themes: { theme: string; before: Score; now: Score }[]; questions: QuestionChange[];
  };
  continuity: {
    kind: 'one_person' | 'external_money' | 'deputy' | 'analysis_age'; level: 'none' | 'attention' | 'risk' | 'unknown';
    question: string; value?: Value; beforeToo: boolean; functions?: number;
  }[];
  differences: { question: string; differs: boolean; domainsDiffer: boolean }[];
  participants: string[];
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

// --------------------------------------------------------------------------------------------- actions and work

export type ActionStatus = 'open' | 'in_progress' | 'waiting' | 'done' | 'dropped';
export const actionStatuses: ActionStatus[] = ['open', 'in_progress', 'waiting', 'done', 'dropped'];

export interface ScanAction {
  id: string;
  scanId: string;
  question: string;
  theme: string;
  text: string;
  ownerFunction: string;
  dueOn: string;
  status: ActionStatus;
  overdue: boolean;
  closingText?: string;
  closingProofs: Proof[];
  closedOn?: string;
  rowVersion: number;
}
export interface ActionList { items: ScanAction[]; suggestions: { question: string; text: Bilingual }[] }

export interface WorkItem {
  kind: 'answer_scan' | 'settle_scan' | 'action_due';
  scanId: string;
  title: Bilingual;
  actionId?: string;
  question?: string;
  text?: string;
  dueOn: string;
  overdue: boolean;
  remaining: number;
}

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

export interface Finding { kind: string; from: number; to: number; certainty: 'certain' | 'ask' }

/** Where in a text something stands that could point at a person. */
export async function screenText(url: string, text: string, language: Language): Promise<Finding[]> {
  const { data } = await send('POST', url, language, { body: { text } });
  return (data as { findings: Finding[] }).findings;
}

// ------------------------------------------------------------------------------------------------------------ hooks

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

// ---------------------------------------------------------------------------------------------------------- answers

/** One answer as the server writes it. */
export interface WireAnswer {
  question: string;
  value?: string;
  parts: string[];
  values: string[];
  reason: string;
  note: string;
  proofs: Proof[];
  rowVersion: number;
}

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

/** Work in the background. */
export interface Job { id: string; state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'; progress: number; stageText?: string; problem?: string }
