// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { DetectiveCase, type CaseSum } from '../ui/case';
import type { Level } from '../ui/elements';
import { Paragraph } from '../ui/elements';
import { formatNumber } from '../ui/format';
import { SourceNumber } from '../ui/number';
import { fill, type Language, Rich, useLanguage, useTexts } from '../ui/language';
import { CheckNumber } from './check-number';
import { byKey, type Figure, FigureNumber, type Finding, type Table } from './show';
import { texts } from './texts';

type Explanation = Finding['explanations'][number];

/** What the table detective found in a table: one explanation with the sums printed and corrected side by side, several
    that fit equally well, or none. */
export function FindingCase({ finding, table, level = 2 }: { finding: Finding; table: Table; level?: Level }) {
  const language = useLanguage();
  const words = useTexts(texts).case;
  const number = (value: number | undefined) => (value === undefined ? words.empty : formatNumber(value, language, table.decimals));
  const best = finding.explanations.filter((one) => one.rank === Math.min(...finding.explanations.map((other) => other.rank)));
  const first = best[0];
  const meaning = <Paragraph className="bp-small"><b>{words.meaning}</b> {finding.use[language] || finding.explanation[language]}</Paragraph>;
  if (!first) {
    return (
      <DetectiveCase title={words.none} intro={<p>{words.none_text}</p>} level={level} sums={[]}>
        <Paragraph className="bp-small">{finding.explanation[language]}</Paragraph>{meaning}
      </DetectiveCase>
    );
  }
  // The detective names rows and columns as they are printed; the page names them in its own language.
  const named = (one: Explanation) => {
    const cell = table.cells.find((other) => other.figure === one.figure);
    return {
      row: table.rows.find((row) => row.key === cell?.row)?.label[language] ?? one.row ?? words.total_row,
      column: table.columns.find((column) => column.key === cell?.column)?.label[language] ?? one.column ?? words.total_row,
    };
  };
  const figures = byKey(table.figures);
  const say = (one: Explanation) => {
    const figure = figures.get(one.figure);
    const corrected = number(one.corrected);
    return (
      <Rich text={words.one} values={{
        ...named(one),
        printed: <span className="bp-doc">{figure && one.printed !== undefined ? <FigureNumber figure={figure} plain /> : number(one.printed)}</span>,
        corrected: <b>{figure ? <SourceNumber source={figure.key} computed name={figure.label[language]}>{corrected}</SourceNumber> : corrected}</b>,
      }} />
    );
  };
  if (best.length > 1) {
    return (
      <DetectiveCase title={words.several} level={level} sums={[]}
        intro={<ul className="bp-list bp-gap">{best.map((one, at) => <li key={at}>{say(one)}</li>)}</ul>}>
        <Paragraph className="bp-small">{finding.explanation[language]}</Paragraph>{meaning}
      </DetectiveCase>
    );
  }
  const title = words.kinds[first.kind as keyof typeof words.kinds] ?? finding.title[language];
  return (
    <DetectiveCase title={title} intro={<p>{say(first)}</p>} level={level} sums={sumsOf(table, finding, first, language, words)}>
      <Paragraph className="bp-small"><b>{words.tried}</b> {words.tried_text}</Paragraph>{meaning}
    </DetectiveCase>
  );
}

/** The column and the row of the corrected cell, added up as printed and as corrected. */
function sumsOf(table: Table, finding: Finding, found: Explanation, language: Language, words: (typeof texts)['nl']['case']): CaseSum[] {
  const cell = table.cells.find((one) => one.figure === found.figure);
  if (!cell || found.corrected === undefined) return [];
  const figures = byKey(table.figures);
  const figureAt = (row: string, column: string) =>
    figures.get(table.cells.find((one) => one.row === row && one.column === column)?.figure ?? '');
  const number = (value: number | undefined) => (value === undefined ? words.empty : formatNumber(value, language, table.decimals));
  const corrected = found.corrected;
  const shared = { unit: table.unitWords[language], printed: words.printed, corrected: fill(words.with, { value: number(corrected) }) };
  const sum = (title: string, parts: { label: string; figure: Figure | undefined; lit: boolean }[], total: Figure | undefined): CaseSum => {
    const add = (which: (part: (typeof parts)[number]) => number | undefined) =>
      Number(parts.reduce((all, part) => all + (which(part) ?? 0), 0).toFixed(table.decimals));
    const printed = add((part) => part.figure?.value);
    const right = add((part) => (part.lit ? corrected : part.figure?.value));
    const whole = total?.value ?? 0;
    const check = finding.checks.find((one) => one.printedFigure === total?.key);
    const shown = (figure: Figure | undefined) => (figure?.value === undefined ? words.empty : <FigureNumber figure={figure} plain />);
    return {
      title, ...shared,
      rows: parts.map((part) => ({
        label: part.label, lit: part.lit, printed: shown(part.figure), corrected: number(part.lit ? corrected : part.figure?.value),
      })),
      recomputed: { label: words.recomputed, printed: <CheckNumber check={check}>{number(printed)}</CheckNumber>, corrected: number(right) },
      total: { label: words.total, printed: shown(total), corrected: number(total?.value) },
      difference: { label: words.difference, printed: <CheckNumber check={check}>{number(printed - whole)}</CheckNumber>, corrected: number(right - whole) },
    };
  };
  const sums: CaseSum[] = [];
  const totalRow = table.rows.find((row) => row.total);
  const totalColumn = table.columns.find((column) => column.total);
  const row = table.rows.find((one) => one.key === cell.row);
  const column = table.columns.find((one) => one.key === cell.column);
  if (totalRow && column && !row?.total) {
    sums.push(sum(fill(words.column, { name: column.label[language] }), table.rows.filter((one) => !one.total).map((one) => ({
      label: one.label[language], figure: figureAt(one.key, column.key), lit: one.key === cell.row,
    })), figureAt(totalRow.key, column.key)));
  }
  if (totalColumn && row && !column?.total) {
    sums.push(sum(fill(words.row, { name: row.label[language].toLowerCase() }), table.columns.filter((one) => !one.total).map((one) => ({
      label: one.label[language], figure: figureAt(row.key, one.key), lit: one.key === cell.column,
    })), figureAt(row.key, totalColumn.key)));
  }
  return sums;
}
