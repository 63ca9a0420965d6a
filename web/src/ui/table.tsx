// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTexts } from './language';
import { texts } from './texts';

export type CellMark = 'clash' | 'off' | 'lit' | 'empty' | 'left';

export interface TableCell {
  content: ReactNode;
  mark?: CellMark | undefined;
}

export interface TableRow {
  key: string;
  header: ReactNode;
  /** Heading of a run of rows; shown when it differs from the row above. */
  group?: string;
  cells: TableCell[];
}

/** A table of numbers: right-aligned, units in the caption, one block per row on a phone. */
export function DataTable({ caption, subtitle, columns, rows, totals = [], cards = true, list = false, tools = false }: {
  caption: ReactNode; subtitle?: ReactNode; columns: string[]; rows: TableRow[]; totals?: TableRow[];
  /** One block per row on a phone. Without it the table scrolls sideways in its own region. */
  cards?: boolean;
  /** Words instead of numbers: everything starts at the left. */
  list?: boolean;
  /** The last column holds buttons: it is left out on paper. */
  tools?: boolean;
}) {
  const id = useId();
  let group = '';
  // A column of words starts at the left, and so does its head.
  const words = (column: number) => rows.some((row) => row.cells[column - 1]?.mark === 'left');
  const className = `utrecht-table bp-table${cards ? ' bp-table--cards' : ''}${list ? ' bp-table--list' : ''}${tools ? ' bp-table--tools' : ''}`;
  return (
    <ScrollBox labelledBy={id}>
      <table className={className}>
        <caption className="utrecht-table__caption" id={id}>{caption}{subtitle && <span>{subtitle}</span>}</caption>
        <thead className="utrecht-table__header">
          <tr>{columns.map((column, at) => <th key={at} scope="col" className={words(at) ? 'is-left' : undefined}>{column}</th>)}</tr>
        </thead>
        <tbody className="utrecht-table__body">
          {rows.flatMap((row) => {
            const line = <Row key={row.key} row={row} columns={columns} />;
            if (!row.group || row.group === group) return [line];
            group = row.group;
            return [
              <tr key={`group ${row.group}`} className="bp-table__group">
                <th scope="rowgroup" colSpan={columns.length}>{row.group}</th>
              </tr>,
              line,
            ];
          })}
        </tbody>
        {totals.length > 0 && <tfoot>{totals.map((row) => <Row key={row.key} row={row} columns={columns} />)}</tfoot>}
      </table>
    </ScrollBox>
  );
}

/** What is too wide scrolls sideways in its own box, and only then the box is a stop of the keyboard with a name. */
export function ScrollBox({ labelledBy, children }: { labelledBy: string; children: ReactNode }) {
  const words = useTexts(texts);
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const measure = () => setScrolls(element.scrollWidth > element.clientWidth + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  const region = scrolls ? { role: 'region', 'aria-labelledby': labelledBy, tabIndex: 0, title: words.scroll } : {};
  return <div className="bp-tablebox" ref={box} {...region}>{children}</div>;
}

function Row({ row, columns }: { row: TableRow; columns: string[] }) {
  return (
    <tr>
      <th scope="row">{row.header}</th>
      {row.cells.map((cell, at) => (
        <td key={at} data-h={columns[at + 1]} className={cell.mark ? `is-${cell.mark}` : undefined}>{cell.content}</td>
      ))}
    </tr>
  );
}
