// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { Drawing } from './figure';
import { narrowWidth, textWidth, wrap, linear } from './measure';

export interface TwoSidedRow {
  key: string;
  label: string;
  /** Counted from the left, and from the right; null when the source prints no number. */
  left: number | null;
  right: number | null;
}

/** Two flags per thing, of the same n: dark counts from the left, light from the right. Where they meet, at least so
    many have both; that part is hatched. A number that was not printed is a dashed outline, never a guess. */
export function drawTwoSided(width: number, { rows, n, ticks, missing, missingAll }: {
  rows: TwoSidedRow[]; n: number; ticks: number[]; missing: string; missingAll: string;
}): Drawing {
  const narrow = width < narrowWidth;
  const thickness = narrow ? 21 : 24;
  const labels = narrow ? 0 : Math.min(190, Math.max(...rows.flatMap((row) => wrap(row.label, 150))
    .map((line) => textWidth(line, 14.5, true))) + 14);
  // One rhythm for all rows, also where a label takes two lines.
  const step = Math.max(thickness + 12, narrow ? 0 : Math.max(...rows.map((row) => wrap(row.label, labels - 8).length)) * 17 + 6);
  const x = linear([0, n], [labels + 1, width - 1]);
  let y = 22;
  const content = rows.map((row) => {
    const lines = wrap(row.label, narrow ? width : labels - 8);
    if (narrow) y += lines.length * 17 + 4;
    const top = y;
    y += step;
    return (
      <g key={row.key}>
        {lines.map((line, at) => (
          <text key={at} x={narrow ? 5 : 0} className="c-lab c-lab--b c-halo"
            y={narrow ? top - 6 - (lines.length - 1 - at) * 17 : top + thickness / 2 + 5 + (at - (lines.length - 1) / 2) * 17}>{line}</text>
        ))}
        <TwoSidedBar row={row} n={n} x={x} y={top} thickness={thickness} missing={missing} missingAll={missingAll} />
      </g>
    );
  });
  const bottom = y - 2;
  return {
    height: bottom + 2,
    content: (
      <>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={x(tick)} x2={x(tick)} y1={16} y2={bottom} className={tick === 0 || tick === n ? 'c-zero' : 'c-grid'} />
            <text x={x(tick)} y={12} className={`c-axis ${tick === 0 ? '' : tick === n ? 'c-end' : 'c-mid'}`}>{tick}</text>
          </g>
        ))}
        {content}
      </>
    ),
  };
}

function TwoSidedBar({ row, n, x, y, thickness, missing, missingAll }: {
  row: TwoSidedRow; n: number; x: (value: number) => number; y: number; thickness: number; missing: string; missingAll: string;
}) {
  const base = y + thickness / 2 + 4.8;
  const { left, right } = row;
  if (left === null && right === null) {
    return (
      <>
        <rect x={x(0)} y={y} width={x(n) - x(0)} height={thickness} className="f-noprint" />
        <text x={(x(0) + x(n)) / 2} y={base} className="c-soft c-mid c-halo">{missingAll}</text>
      </>
    );
  }
  const both = left !== null && right !== null ? Math.max(0, left + right - n) : 0;
  const gap = (from: number, to: number) => (
    <>
      <rect x={x(from)} y={y} width={x(to) - x(from)} height={thickness} className="f-noprint" />
      {x(to) - x(from) > textWidth(missing, 13.5) + 6 && (
        <text x={(x(from) + x(to)) / 2} y={base} className="c-soft c-mid c-halo">{missing}</text>
      )}
    </>
  );
  return (
    <>
      {right !== null && <rect x={x(n - right)} y={y} width={x(n) - x(n - right)} height={thickness} className="f-light" />}
      {left !== null && <rect x={x(0)} y={y} width={x(left - both) - x(0)} height={thickness} className="f-now" />}
      {left === null && right !== null && gap(0, n - right)}
      {right === null && left !== null && gap(left, n)}
      {both > 0 && left !== null && (
        <>
          <rect x={x(left - both)} y={y} width={x(left) - x(left - both)} height={thickness} className="f-light" />
          <rect x={x(left - both)} y={y} width={x(left) - x(left - both)} height={thickness} className="f-over" />
        </>
      )}
      {left !== null && <text x={(x(0) + x(left - both)) / 2} y={base} className="c-in c-mid">{left}</text>}
      {right !== null && <text x={(x(n - right + both) + x(n)) / 2} y={base} className="c-val c-mid">{right}</text>}
    </>
  );
}
