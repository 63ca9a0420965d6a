// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { ClashCell, OffCell } from '../ui/clash';
import { formatNumber } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { SourceNumber } from '../ui/number';
import { DataTable, type TableRow } from '../ui/table';
import { CheckNumber } from './check-number';
import { byKey, FigureNumber, type Table } from './show';
import { texts } from './texts';

/** A table as it is printed: every number leads to its source, cells that cannot be right are framed, and totals that do
    not follow from their parts carry what we counted. */
export function PublishedTable({ table, title, rows: chosen, lit }: {
  table: Table;
  /** The keys of the figures that this is about: their cells are marked. */
  lit?: string[];
  /** Another caption than the title of the table. */
  title?: string;
  /** Only these rows, by key. */
  rows?: (key: string) => boolean;
}) {
  const language = useLanguage();
  const words = useTexts(texts).table;
  const figures = byKey(table.figures);
  const checks = table.findings.flatMap((finding) => finding.checks).filter((check) => check.outcome !== 'agrees');
  const number = (value: number) => formatNumber(value, language, table.decimals);
  const rows = table.rows.filter((row) => !chosen || chosen(row.key)).map((row): TableRow & { total: boolean } => ({
    key: row.key,
    header: row.label[language],
    group: row.group[language],
    total: row.total,
    cells: table.columns.map((column) => {
      const cell = table.cells.find((one) => one.row === row.key && one.column === column.key);
      if (!cell) return { content: null, mark: 'empty' };
      const figure = figures.get(cell.figure);
      const content = <FigureNumber figure={figure} plain />;
      if (cell.mark === 'clash' && cell.shouldBe !== undefined)
        return { content: <ClashCell printed={content} shouldBe={figure ? (
          <SourceNumber source={figure.key} computed name={figure.label[language]}>{number(cell.shouldBe)}</SourceNumber>
        ) : number(cell.shouldBe)} />, mark: 'clash' };
      if (cell.mark === 'off' && cell.recomputed !== undefined)
        return { content: <OffCell printed={content} recomputed={(
          <CheckNumber check={checks.find((check) => check.printedFigure === cell.figure)}>{number(cell.recomputed)}</CheckNumber>
        )} />, mark: 'off' };
      return { content, mark: lit?.includes(cell.figure) ? 'lit' : figure?.kind === 'blank' ? 'empty' : undefined };
    }),
  }));
  return (
    <DataTable caption={title ?? table.title[language]} subtitle={fill(words.unit_subtitle, { unit: capital(table.unitWords[language]) })}
      columns={[words.part, ...table.columns.map((column) => column.label[language])]}
      rows={rows.filter((row) => !row.total)} totals={rows.filter((row) => row.total)} />
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
