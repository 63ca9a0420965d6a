// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react';

export interface SlipLine { key: string; label: string; cells: { text: ReactNode; spot?: boolean }[]; lit?: boolean }

/** Which columns of a wide table stand on a slip: the one of the number, then its neighbours by turns, as long as their
    heads and cells fit beside the names of the rows. In the order of the table. */
export function columnsNear(spot: number, widths: number[], room: number): number[] {
  const kept = [spot];
  let left = room - (widths[spot] ?? 0);
  for (let far = 1; far < widths.length; far += 1) {
    for (const at of [spot - far, spot + far]) {
      const width = widths[at];
      if (width === undefined) continue;
      if (width > left) return kept.sort((a, b) => a - b);
      kept.push(at);
      left -= width;
    }
  }
  return kept.sort((a, b) => a - b);
}

/** The voice of the document: printed lines in serif, the very cell in marker, left-out rows admitted. */
export function SourceSlip({ title, lines, columns, rows, total, foot, thread = false }: {
  title: ReactNode; lines?: string; columns: string[]; rows: SlipLine[]; total?: SlipLine; foot?: ReactNode;
  thread?: boolean;
}) {
  return (
    <div className={thread ? 'bp-slip bp-slip--thread' : 'bp-slip'}>
      <div className="bp-slip__head"><span>{title}</span>{lines && <span className="bp-ln">{lines}</span>}</div>
      <table className="bp-slip__lines">
        {columns.some((column) => column !== '') && (
          <thead><tr>{columns.map((column, at) => (
            column === '' ? <td key={at} /> : <th key={at} scope="col">{column}</th>))}</tr></thead>
        )}
        <tbody>{rows.map((row) => <Row key={row.key} row={row} />)}</tbody>
        {total && <tfoot><Row row={total} /></tfoot>}
      </table>
      {foot && <div className="bp-slip__foot">{foot}</div>}
    </div>
  );
}

function Row({ row }: { row: SlipLine }) {
  return (
    <tr className={row.lit ? 'is-lit' : undefined}>
      <th scope="row">{row.label}</th>
      {row.cells.map((cell, at) => <td key={at} className={cell.spot ? 'is-spot' : undefined}>{cell.text}</td>)}
    </tr>
  );
}
