// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react';
import './tiles.css';

/** What a tile shows: the answer, or that there is none yet. */
export type TileValue = 'yes' | 'partly' | 'no' | 'unknown' | 'not_applicable' | 'none';

/** The shape of one answer, in a box of 28 by 26. The pattern carries the meaning, not the colour. */
function Shape({ value, x = 0 }: { value: TileValue; x?: number }) {
  switch (value) {
    case 'yes': return <rect x={x + 1} y="2" width="26" height="22" className="t-yes" />;
    case 'partly': return (
      <>
        <rect x={x + 1} y="2" width="26" height="22" className="t-box" />
        <path d={`M${x + 1} 24V2L${x + 27} 24Z`} className="t-yes" />
      </>
    );
    case 'no': return <rect x={x + 1.75} y="2.75" width="24.5" height="20.5" className="t-no" />;
    case 'unknown': return <rect x={x + 1.75} y="2.75" width="24.5" height="20.5" className="t-unk" />;
    case 'not_applicable': return <rect x={x + 1.75} y="2.75" width="24.5" height="20.5" className="t-na" />;
    case 'none': return <path d={`M${x + 6} 13h16`} className="t-open" />;
  }
}

/** One answer, always beside its word. */
export function Tile({ value }: { value: TileValue }) {
  return <svg viewBox="0 0 28 26" className="bp-tile" aria-hidden="true"><Shape value={value} /></svg>;
}

export interface TileItem { key: string; value: TileValue; differed: boolean }

/** The answers of one theme beside each other; two short strokes under an answer that was first disagreed about. */
export function TileRow({ items, label }: { items: TileItem[]; label: string }) {
  return (
    <svg viewBox={`0 0 ${items.length * 32} 30`} role="img" aria-label={label}>
      {items.map(({ key, value, differed }, at) => (
        <g key={key}>
          <Shape value={value} x={at * 32} />
          {differed && <path className="t-split" d={`M${at * 32 + 4} 28.500h7M${at * 32 + 17} 28.500h7`} />}
        </g>
      ))}
    </svg>
  );
}

export function TileLegend({ items, differed }: { items: { value: TileValue; text: string }[]; differed?: string | undefined }) {
  return (
    <ul className="bp-legend bp-legend--tiles">
      {items.map(({ value, text }) => <li key={value}><Tile value={value} />{text}</li>)}
      {differed && (
        <li>
          <svg viewBox="0 0 28 31" aria-hidden="true"><Shape value="no" /><path className="t-split" d="M4 28.500h7M17 28.500h7" /></svg>
          {differed}
        </li>
      )}
    </ul>
  );
}

/** How many answers of each kind. */
export function Counts({ items }: { items: { value: TileValue; text: string; count: ReactNode }[] }) {
  return (
    <dl className="bp-count">
      {items.map(({ value, text, count }) => <div key={value}><dt><Tile value={value} />{text}</dt><dd>{count}</dd></div>)}
    </dl>
  );
}

export interface DotGroup { key: string; shape: 0 | 1 | 2 | 3; counts: Partial<Record<TileValue, number>> }

const columns: { value: TileValue; x: number }[] = [
  { value: 'no', x: 30 }, { value: 'partly', x: 110 }, { value: 'yes', x: 190 }, { value: 'unknown', x: 268 }, { value: 'not_applicable', x: 330 },
];

/** Who answered what: one mark per person, another shape per domain. Unknown stands apart from the scale. */
export function Dots({ groups, words, label }: {
  groups: DotGroup[]; words: Partial<Record<TileValue, string>>; label: string;
}) {
  const perColumn = columns.map(({ value, x }) => ({
    value, x, marks: groups.flatMap(({ shape, counts }) => Array.from({ length: counts[value] ?? 0 }, () => shape)),
  })).filter(({ value, marks }) => value !== 'not_applicable' || marks.length > 0);
  const perRow = 3;
  const rows = Math.max(1, ...perColumn.map(({ marks }) => Math.ceil(marks.length / perRow)));
  const base = 12 + rows * 21;
  const right = perColumn.at(-1)?.value === 'not_applicable' ? 366 : 304;
  return (
    <svg className="bp-dots" viewBox={`0 0 ${right} ${base + 26}`} role="img" aria-label={label}>
      {perColumn.map(({ value, x, marks }) => (
        <g key={value}>
          <text x={x} y={base + 20} className="c-axis c-mid">{words[value]}</text>
          {marks.map((shape, at) => {
            const inRow = Math.min(perRow, marks.length - Math.floor(at / perRow) * perRow);
            const cx = x + ((at % perRow) - (inRow - 1) / 2) * 21;
            return <Mark key={at} shape={shape} x={cx} y={base - 12 - Math.floor(at / perRow) * 21} />;
          })}
        </g>
      ))}
      <path d={`M4 ${base}H218`} className="c-base" fill="none" />
      {perColumn.slice(3).map(({ value, x }) => <path key={value} d={`M${x - 28} ${base}H${x + 28}`} className="c-base" fill="none" />)}
    </svg>
  );
}

function Mark({ shape, x, y, r = 8.5 }: { shape: DotGroup['shape']; x: number; y: number; r?: number }) {
  switch (shape) {
    case 0: return <circle cx={x} cy={y} r={r} className="f-now" />;
    case 1: return <rect x={x - r + 0.5} y={y - r + 0.5} width={2 * r - 1} height={2 * r - 1} className="f2o" />;
    case 2: return <path d={`M${x} ${y - r}L${x + r + 0.5} ${y + r - 1}H${x - r - 0.5}Z`} className="f3" />;
    case 3: return <path d={`M${x} ${y - r - 0.5}L${x + r + 0.5} ${y}L${x} ${y + r + 0.5}L${x - r - 0.5} ${y}Z`} className="t-four" />;
  }
}

/** Which shape is which domain. */
export function DotLegend({ items }: { items: { shape: DotGroup['shape']; text: string }[] }) {
  return (
    <ul className="bp-legend">
      {items.map(({ shape, text }) => (
        <li key={text}><svg viewBox="0 0 24 12" aria-hidden="true"><Mark shape={shape} x={12} y={6} r={5.2} /></svg>{text}</li>
      ))}
    </ul>
  );
}
