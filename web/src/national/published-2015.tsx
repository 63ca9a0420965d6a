// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { byKey, FigureNumber } from '../figures/show';
import { useLanguage, useTexts } from '../ui/language';
import { DataTable } from '../ui/table';
import { type Overview, useCount } from './answers';
import { texts } from './texts';

type Item = Overview['items'][number];

/** The choices of one question beside what was published of it in 2015, each printed number with its source. */
export function Published2015({ overview, items }: { overview: Overview; items: Item[] }) {
  // A figure is called table~row~column; the choices of one question come from one table.
  const shown = items.filter((item) => item.choice && item.figures.length > 0);
  const tables = [...new Set(shown.map((item) => item.figures[0]?.split('~')[0] ?? ''))];
  return tables.map((table) => (
    <OneTable key={table} table={table} overview={overview} items={shown.filter((item) => item.figures[0]?.startsWith(`${table}~`))} />
  ));
}

function OneTable({ table, overview, items }: { table: string; overview: Overview; items: Item[] }) {
  const words = useTexts(texts).overview;
  const language = useLanguage();
  const count = useCount();
  const { data } = useResource('/api/v1/tables/{key}', { path: { key: table } });
  const newest = overview.rounds[overview.rounds.length - 1];
  if (!data || !newest) return null;
  const figures = byKey(data.figures);
  return (
    <DataTable caption={`${words.beside_2015}: ${items[0]?.text[language] ?? ''}`} subtitle={words.beside_2015_text}
      columns={[words.choice, words.in_2015, newest.title]}
      rows={items.map((item) => {
        const now = item.rounds[item.rounds.length - 1];
        return {
          key: item.key, header: item.choice?.[language] ?? '',
          cells: [
            { content: <FigureNumber figure={figures.get(item.figures[0] ?? '')} /> },
            { content: count(now?.cells[0]).content },
          ],
        };
      })} />
  );
}
