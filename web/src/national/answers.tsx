// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { Answer } from '../app/client';
import type { BarRow, Lane, Segment } from '../ui/charts/bars';
import type { ChartCell, LegendItem } from '../ui/charts/figure';
import { formatPercent } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { NotANumber } from '../ui/void';
import { texts } from './texts';

export type Overview = Answer<'/api/v1/national-overviews/{instrument}'>;
export type Picture = Answer<'/api/v1/national-pictures/{id}'>;
export type Round = Picture['round'];
export type Item = Picture['items'][number];
export type Row = Item['country'];
export type Cell = Row['cells'][number];
export type AnswerLabel = Item['answers'][number];

/** How each answer looks: the colours and patterns of the answer tiles. Other answers take the light and dark tones. */
const fills: Record<string, string> = {
  yes: 'f-now', partly: 'f-then', no: 'f-white', unknown: 'f-unknown', not_applicable: 'f-light',
  chosen: 'f-now', not_chosen: 'f-white',
};
const tones = ['f-now', 'f-then', 'f-white', 'f-light', 'f-rest'];
const fillOf = (answers: AnswerLabel[], at: number): string => {
  const key = answers[at]?.key ?? '';
  return fills[key] ?? tones[at % tones.length] ?? 'f-white';
};

export const yearOf = (round: { publishedOn: string }): string => round.publishedOn.slice(0, 4);

/** What was handed in but is withheld, together: everybody can compute that much from the total. */
const withheldOf = (row: Row): number => row.handedIn - row.cells.reduce((sum, cell) => sum + (cell.counted ?? 0), 0);

/** The bar of one row: the counts that are shown, what is withheld together, and who did not hand in. `scale` turns
    municipalities into the unit of the axis. */
export function lane(answers: AnswerLabel[], row: Row, options: { label?: string; notHandedIn?: number; scale?: number; none: string }): Lane {
  const scale = options.scale ?? 1;
  const named = options.label === undefined ? {} : { label: options.label };
  if (row.cells.length === 0) return { ...named, segments: [], missing: options.none };
  const segments: Segment[] = row.cells.flatMap((cell, at) => (cell.counted === undefined || cell.counted === 0 ? [] : [{
    value: cell.counted * scale, fill: fillOf(answers, at), text: String(cell.counted), light: fillOf(answers, at) !== 'f-now',
  }]));
  if (row.cells.some((cell) => cell.withheld)) segments.push({ value: withheldOf(row) * scale, fill: 'f-hidden' });
  if (options.notHandedIn) segments.push({ value: options.notHandedIn * scale, fill: 'f-noprint', text: String(options.notHandedIn), light: true });
  return { ...named, segments };
}

export function useLegend() {
  const words = useTexts(texts).legend;
  const language = useLanguage();
  return (answers: AnswerLabel[], also: { withheld: boolean; notHandedIn: boolean }): LegendItem[] => [
    ...answers.map((answer, at) => ({ fill: fillOf(answers, at), text: answer.label[language] })),
    ...(also.withheld ? [{ fill: 'f-hidden', text: words.withheld }] : []),
    ...(also.notHandedIn ? [{ fill: 'f-noprint', text: words.not_handed_in }] : []),
  ];
}

/** A count in a table: with its interval where there is one, or the one mark of what is withheld. */
export function useCount() {
  const words = useTexts(texts).table;
  const language = useLanguage();
  return (cell: Cell | undefined): ChartCell => {
    if (cell === undefined) return { content: words.not_asked, text: words.not_asked };
    if (cell.counted === undefined) return { content: <NotANumber kind="withheld" />, text: words.withheld };
    if (cell.lower === undefined || cell.upper === undefined) return { content: cell.counted, text: String(cell.counted) };
    const interval = fill(words.interval, {
      low: formatPercent(cell.lower * 100, language, 0), high: formatPercent(cell.upper * 100, language, 0),
    });
    return { content: <>{cell.counted} <span className="bp-soft bp-small">{interval}</span></>, text: `${cell.counted} (${interval})` };
  };
}

/** One sentence with the numbers of a row, for who does not see the drawing. */
export function useSpoken() {
  const words = useTexts(texts).table;
  const language = useLanguage();
  return (answers: AnswerLabel[], row: Row): string => (row.cells.length === 0 ? words.not_asked
    : row.cells.map((cell, at) => `${answers[at]?.label[language] ?? ''} ${cell.counted ?? words.withheld}`).join(', '));
}

/** The themes that something was asked of, each with its number and its items in their order. */
export const themesOf = <T extends { key: string }, I extends { theme: string }>(themes: T[], all: I[]): { theme: T; number: number; items: I[] }[] =>
  themes.map((theme, at) => ({ theme, number: at + 1, items: all.filter((item) => item.theme === theme.key) }))
    .filter(({ items }) => items.length > 0);

/** "6 vragen": how many questions these items are of. */
export function useQuestions() {
  const words = useTexts(texts).theme;
  return (items: { question: string }[]): string => {
    const count = new Set(items.map(({ question }) => question)).size;
    return count === 1 ? words.question : fill(words.questions, { count });
  };
}

export const anyWithheld = (rows: Row[]): boolean => rows.some((row) => row.cells.some((cell) => cell.withheld));

export type { BarRow };
