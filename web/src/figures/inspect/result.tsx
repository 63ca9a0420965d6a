// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react';
import type { components } from '../../app/api';
import { DetectiveCase, type CaseSum } from '../../ui/case';
import { AddsUp, ClashCell, OffCell } from '../../ui/clash';
import { Heading, Paragraph } from '../../ui/elements';
import { fill, type Language, Rich, useLanguage, useTexts } from '../../ui/language';
import { DataTable, type TableRow } from '../../ui/table';
import { formatDecimal, magnitude } from './decimal';
import { texts } from './texts';

export type Inspection = components['schemas']['TableInspection'];
type Explanation = Inspection['explanations'][number];
type Words = (typeof texts)['nl'];

/** A longer table shows only the rows that matter. */
const mostCells = 1500;
/** More columns than this scroll sideways instead of becoming a card per row. */
const mostCards = 8;
const mostTold = 8;

/** What was found in a table: the sums, the table with its cells marked, the detective's case. */
export function InspectionResult({ found }: { found: Inspection }) {
  const words = useTexts(texts);
  const differ = found.differences.length;
  const title = found.sums === 0 ? words.result.nothing
    : differ === 0 ? (found.sums === 1 ? words.result.agrees_one : fill(words.result.agrees, { sums: found.sums }))
      : found.sums === 1 ? words.result.differs_only
        : fill(differ === 1 ? words.result.differs_one : words.result.differs, { differ, sums: found.sums });
  return (
    <section className="bp-section bp-stack" aria-labelledby="uitkomst">
      <div role="status">
        <Heading level={2} id="uitkomst">{title}</Heading>
        {found.sums === 0 && <Paragraph>{words.result.nothing_text}</Paragraph>}
        {found.sums > 0 && differ === 0 && <p className="bp-gap"><AddsUp>{title}</AddsUp></p>}
        <Paragraph className="bp-soft bp-small">{words.result.notation[found.notation]}</Paragraph>
      </div>
      <MarkedTable found={found} />
      {differ > 0 && <Differences found={found} />}
      {differ > 0 && <Detective found={found} />}
    </section>
  );
}

const likeliest = (found: Inspection) => found.explanations.filter((one) => one.rank === 1);

/** Explanations that ask for the same correction are one correction that may have come about in several ways. */
function corrections(explanations: Explanation[]): Explanation[][] {
  const groups = new Map<string, Explanation[]>();
  for (const one of explanations) {
    const key = [one.row, one.column, one.corrected ?? '', one.toRow ?? '', one.toColumn ?? ''].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function MarkedTable({ found }: { found: Inspection }) {
  const language = useLanguage();
  const words = useTexts(texts).result;
  const number = (decimal: string) => formatDecimal(decimal, language);
  const fixes = corrections(likeliest(found));
  const rows = found.rows.map((row, at): TableRow & { total: boolean; marked: boolean } => ({
    key: String(at),
    header: row.label,
    total: row.role === 'total',
    marked: found.cells[at]?.some((cell) => cell.mark !== 'none') ?? false,
    cells: (found.cells[at] ?? []).map((cell, column) => {
      const printed: ReactNode = cell.value === undefined ? <Blank text={words.empty} /> : <span className="bp-doc">{number(cell.value)}</span>;
      const fix = fixes.find(([one]) => one?.row === at && one.column === column)?.[0];
      if (fix) {
        const right = fix.corrected === undefined ? words.empty : number(fix.corrected);
        if (fixes.length === 1) return { content: <ClashCell printed={printed} shouldBe={right} />, mark: 'clash' as const };
        return { content: <span className="bp-cell2">{printed}<small><Rich text={words.maybe} values={{ value: <b>{right}</b> }} /></small></span>, mark: 'clash' as const };
      }
      const to = fixes.find(([one]) => one?.toRow === at && one.toColumn === column)?.[0];
      if (to?.printed !== undefined)
        return { content: <span className="bp-cell2">{printed}<small><Rich text={words.missing} values={{ value: <b>{number(to.printed)}</b> }} /></small></span>, mark: 'clash' as const };
      const off = found.differences.find((one) => one.row === at && one.column === column);
      if (off) return { content: <OffCell printed={printed} recomputed={number(off.recomputed)} />, mark: 'off' as const };
      return { content: printed, mark: cell.value === undefined ? 'empty' as const : undefined };
    }),
  }));
  const long = rows.length * found.columns.length > mostCells;
  const chosen = long ? rows.filter((row) => row.marked || row.total) : rows;
  if (chosen.length === 0) return null;
  const body = chosen.filter((row) => !row.total);
  const subtitle = long && fill(words.some_rows, { shown: chosen.length, rows: rows.length });
  return (
    <DataTable caption={words.caption} {...(subtitle && { subtitle })} columns={[words.corner, ...found.columns.map((column) => column.label)]}
      rows={body} totals={chosen.filter((row) => row.total)} cards={found.columns.length <= mostCards} />
  );
}

function Blank({ text }: { text: string }) {
  return <><span aria-hidden="true">·</span><span className="bp-vh">{text}</span></>;
}

function Differences({ found }: { found: Inspection }) {
  const language = useLanguage();
  const words = useTexts(texts).result;
  return (
    <DataTable caption={words.differences} columns={words.columns} rows={found.differences.slice(0, 50).map((one, at) => ({
      key: String(at),
      header: (
        <>
          {fill(one.sum === 'row' ? words.row : words.column, { label: one.label })}
          {one.roundingPossible && <small className="bp-block bp-soft">{words.rounding}</small>}
        </>
      ),
      cells: [
        { content: <span className="bp-doc">{formatDecimal(one.printed, language)}</span> },
        { content: formatDecimal(one.recomputed, language) },
        { content: formatDecimal(one.difference, language) },
      ],
    }))} />
  );
}

/** The correction, the corrections that fit equally well, or that none was found. */
function Detective({ found }: { found: Inspection }) {
  const language = useLanguage();
  const site = useTexts(texts);
  const words = site.case;
  const fixes = corrections(likeliest(found));
  const less = corrections(found.explanations.filter((one) => one.rank > 1));
  const tried = <Paragraph className="bp-small"><b>{words.tried}</b> {words.tried_text} {found.explanations.length === 1 && words.only}</Paragraph>;
  const others = less.length > 0 && (
    <details className="bp-details">
      <summary>{words.less}</summary>
      <ul className="bp-list">
        {less.slice(0, mostTold).map((ways, at) => <li key={at}><Sentence ways={ways} found={found} />{' '}{ways[0] && kindOf(ways[0], words)}.</li>)}
        {less.length > mostTold && <li>{fill(words.less_more, { count: less.length - mostTold })}</li>}
      </ul>
    </details>
  );
  const [only] = fixes;
  const first = only?.[0];
  if (!only || !first)
    return <DetectiveCase title={words.none} intro={<p>{words.none_text}</p>} sums={[]}>{tried}</DetectiveCase>;
  if (fixes.length > 1) {
    return (
      <DetectiveCase title={fill(words.several, { count: fixes.length })} sums={[]} intro={(
        <ul className="bp-list bp-gap">
          {fixes.slice(0, mostTold * 2).map((ways, at) => <li key={at}><b>{ways[0] && kindOf(ways[0], words)}.</b>{' '}<Sentence ways={ways} found={found} /></li>)}
          {fixes.length > mostTold * 2 && <li>{fill(words.less_more, { count: fixes.length - mostTold * 2 })}</li>}
        </ul>
      )}>{tried}{others}</DetectiveCase>
    );
  }
  return (
    <DetectiveCase title={kindOf(first, words)} intro={<p><Sentence ways={only} found={found} /></p>}
      sums={first.sums.slice(0, 4).map((sum) => caseSum(sum, language, site))}>
      {only.length > 1 && <Paragraph className="bp-small">{fill(words.or, { kinds: only.slice(1).map((one) => lower(kindOf(one, words))).join('; ') })}</Paragraph>}
      {first.sums.length > 4 && <Paragraph className="bp-small">{fill(words.sums_more, { count: first.sums.length - 4 })}</Paragraph>}
      {tried}{others}
    </DetectiveCase>
  );
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function kindOf(one: Explanation, words: Words['case']): string {
  if (one.kind === 'lost_sign' && one.printed?.startsWith('-')) return words.kinds.gained_sign;
  return words.kinds[one.kind as keyof typeof words.kinds] ?? one.kind;
}

/** Where it stands, what is printed and what it must be. */
function Sentence({ ways, found }: { ways: Explanation[]; found: Inspection }) {
  const language = useLanguage();
  const site = useTexts(texts);
  const one = ways[0];
  if (!one) return null;
  const place = (row: number, column: number) => {
    const line = found.rows[row];
    const head = found.columns[column];
    const values = { row: line?.label || String(row + 1), column: head?.label || String(column + 1) };
    const text = line?.role === 'total' ? (head?.role === 'total' ? site.places.grand : site.places.column_total)
      : head?.role === 'total' ? site.places.row_total : site.places.cell;
    return fill(text, values);
  };
  const text = one.toRow !== undefined ? site.case.moved : one.printed === undefined ? site.case.missing : site.case.changed;
  return (
    <Rich text={text} values={{
      place: place(one.row, one.column),
      printed: <span className="bp-doc">{one.printed === undefined ? '' : formatDecimal(one.printed, language)}</span>,
      corrected: <b>{one.corrected === undefined ? '' : formatDecimal(one.corrected, language)}</b>,
      to: one.toRow === undefined || one.toColumn === undefined ? '' : place(one.toRow, one.toColumn),
    }} />
  );
}

/** A sum with at most twelve terms: the changed one, and the others around it. */
function caseSum(sum: Explanation['sums'][number], language: Language, words: Words): CaseSum {
  const number = (decimal: string | undefined) => (decimal === undefined ? words.result.empty : formatDecimal(decimal, language));
  const two = (term: { printed?: string; corrected?: string }) => ({ printed: number(term.printed), corrected: number(term.corrected) });
  const changed = Math.max(0, sum.terms.findIndex((term) => term.changed));
  const start = sum.terms.length <= 12 ? 0 : Math.min(Math.max(0, changed - 5), sum.terms.length - 12);
  const terms = sum.terms.slice(start, start + 12);
  const rows = terms.map((term, at) => ({ label: term.label || String(start + at + 1), ...two(term), lit: term.changed }));
  return {
    title: fill(sum.sum === 'row' ? words.case.row : words.case.column, { label: sum.label }),
    unit: words.case.unit, printed: words.case.printed, corrected: words.case.corrected,
    rows: terms.length === sum.terms.length ? rows : [...rows, { label: '…', printed: '…', corrected: '…' }],
    recomputed: { label: words.case.recomputed, ...two(sum.recomputed) },
    total: { label: words.case.total, ...two(sum.total) },
    difference: {
      label: words.case.difference,
      printed: number(sum.difference.printed && magnitude(sum.difference.printed)),
      corrected: number(sum.difference.corrected && magnitude(sum.difference.corrected)),
    },
  };
}
