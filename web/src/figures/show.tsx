// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { components } from '../app/api';
import { formatEuro, formatNumber, formatPercent } from '../ui/format';
import { fill, type Language, useLanguage, useTexts } from '../ui/language';
import { SourceNumber } from '../ui/number';
import { NotANumber } from '../ui/void';
import { useDocumentName } from './document-names';
import { texts } from './texts';

export type Figure = components['schemas']['Figure'];
export type Table = components['schemas']['PublishedTable'];
export type Finding = components['schemas']['Finding'];
export type Check = components['schemas']['FigureCheck'];

/** Figures by key. */
export type Figures = ReadonlyMap<string, Figure>;
export const byKey = (...lists: (Figure[] | undefined)[]): Figures =>
  new Map(lists.flatMap((list) => list ?? []).map((figure) => [figure.key, figure]));

/** How much it is in its unit; null when it does not say how much. Never 0 for what is not printed. */
export const amount = (figure: Figure | undefined): number | null =>
  figure === undefined || figure.value === undefined || figure.kind === 'not_printed' || figure.kind === 'blank' ? null : figure.value;

/** A value of a unit as text: with € for euro, % for percent, and the decimals of its table. */
export function formatValue(value: number, unit: string, decimals: number, language: Language): string {
  if (unit === 'eur' || unit.startsWith('eur-')) return formatEuro(value, language);
  if (unit === 'percent') return formatPercent(value, language, decimals);
  if (unit === 'year') return String(value);
  return formatNumber(value, language, decimals);
}

/** What a figure says, in words and digits. Empty for a value that is not a number: NotANumber shows that one. */
export function useValueText(): (figure: Figure, plain?: boolean) => string {
  const language = useLanguage();
  const words = useTexts(texts).value;
  return (figure, plain = false) => {
    const unit = plain && (figure.unit === 'eur' || figure.unit.startsWith('eur-')) ? '' : figure.unit;
    const text = (value: number) => formatValue(value, unit, figure.decimals, language);
    switch (figure.kind) {
      case 'number': return figure.value === undefined ? '' : text(figure.value);
      case 'range': return fill(words.range, { low: text(figure.low ?? 0), high: text(figure.high ?? 0) });
      case 'below_threshold': return fill(words.below, { high: formatNumber(10 ** -figure.decimals, language, figure.decimals) });
      case 'claim': return figure.low !== undefined && figure.high === undefined
        ? fill(words.at_least, { low: text(figure.low) }) : figure.reading[language] || figure.printed;
      case 'date': return figure.period?.words[language] || figure.printed;
      default: return '';
    }
  };
}

/** A figure on a page: a number that leads to its source, or a value of its own that is not a number. */
export function FigureNumber({ figure, text, plain = false }: {
  figure: Figure | undefined;
  /** Another way to write it, for example in millions. */
  text?: string;
  /** Without the euro sign, where the head of the table says the unit. */
  plain?: boolean;
}) {
  const language = useLanguage();
  const valueText = useValueText();
  const note = useNote();
  if (!figure) return <NotANumber kind="unknown" />;
  if (figure.kind === 'not_printed') return <NotANumber kind="not_printed" />;
  if (figure.kind === 'blank') return <NotANumber kind="blank" />;
  const shown = text ?? valueText(figure, plain);
  return (
    <SourceNumber source={figure.key} computed={figure.rule !== ''} note={note(figure)}
      name={figure.unit === 'eur' || figure.unit === 'percent' ? figure.label[language] : `${figure.unitWords[language]}, ${figure.label[language]}`}>
      {shown}
    </SourceNumber>
  );
}

/** The number of the document. Where it says in words what we read as a number, that number: the drawer says how. */
export function ReadNumber({ figure }: { figure: Figure | undefined }) {
  const language = useLanguage();
  const read = figure?.kind === 'claim' && figure.value !== undefined ? { text: formatNumber(figure.value, language) } : {};
  return <FigureNumber figure={figure} {...read} />;
}

/** What stands at the foot of a printed page about a number. */
function useNote(): (figure: Figure) => string {
  const language = useLanguage();
  const words = useTexts(texts);
  const valueText = useValueText();
  const documentName = useDocumentName();
  return (figure) => {
    const value = valueText(figure);
    if (figure.rule !== '') return fill(words.note.computed, { value, label: figure.label[language] });
    const place = figure.line === undefined ? words.note.no_line : fill(words.note.line, { line: figure.line });
    const sure = figure.confidence === 'printed' ? '' : ` ${fill(words.note.inferred, { confidence: words.confidence[figure.confidence] })}`;
    return `${fill(words.note.printed, { value, document: documentName(figure.document) })}, ${place}.${sure}`;
  };
}

/** "regels 1200–1250", or one line. */
export function useLines(): (first?: number, last?: number) => string {
  const words = useTexts(texts).lines;
  return (first, last) => (first === undefined ? words.none
    : last === undefined || last === first ? fill(words.one, { line: first }) : fill(words.more, { first, last }));
}
