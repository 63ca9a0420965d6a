// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { byKey, ReadNumber } from '../figures/show';
import { fill, useLanguage, useTexts } from '../ui/language';
import { DataTable } from '../ui/table';
import { NotANumber } from '../ui/void';
import { type AnswerLabel, type Overview, useCount } from './answers';
import { texts } from './texts';

type Item = Overview['items'][number];

/** One answer of a question: where several may be chosen each choice is an item, else each answer of the one item. */
interface Line {
  key: string; item: Item; answer: AnswerLabel; at: number;
}

const linesOf = (items: Item[]): Line[] => items.flatMap((item) => item.answers
  .map((answer, at) => ({ key: `${item.key} ${answer.key}`, item, answer, at }))
  .slice(0, item.choice ? 1 : undefined));

/** The answers beside what was published of them in 2015, each printed number with its source; where the document
    prints none, that is said. */
export function Published2015({ overview, items }: { overview: Overview; items: Item[] }) {
  // A figure is called table~row~column; the answers of one question come from one table.
  const lines = linesOf(items);
  const tableOf = (question: string) =>
    lines.find((line) => line.item.question === question && line.answer.published.length > 0)?.answer.published[0]?.figure.split('~')[0] ?? '';
  const tables = [...new Set(lines.map((line) => tableOf(line.item.question)))].filter(Boolean);
  return tables.map((table) => (
    <OneTable key={table} table={table} overview={overview} lines={lines.filter((line) => tableOf(line.item.question) === table)} />
  ));
}

function OneTable({ table, overview, lines }: { table: string; overview: Overview; lines: Line[] }) {
  const words = useTexts(texts).overview;
  const language = useLanguage();
  const count = useCount();
  const { data } = useResource('/api/v1/tables/{key}', { path: { key: table } });
  const newest = overview.rounds[overview.rounds.length - 1];
  if (!data || !newest) return null;
  const figures = byKey(data.figures);
  const label = ({ item, at }: Line) => (item.choice ?? item.answers[at]?.label)?.[language] ?? '';
  const together = (line: Line, keys: string[]) => keys.map((key) =>
    label(lines.find((other) => other.item.question === line.item.question && other.answer.key === key) ?? line)).join(', ');
  return (
    <DataTable caption={`${words.beside_2015}: ${data.title[language]}`} subtitle={words.beside_2015_text}
      columns={[words.choice, words.in_2015, newest.title]}
      rows={lines.map((line) => {
        const now = line.item.rounds[line.item.rounds.length - 1];
        const before = line.answer.published[0];
        return {
          key: line.key, header: label(line), group: line.item.text[language],
          cells: [
            { content: before
              ? <><ReadNumber figure={figures.get(before.figure)} />{before.together.length > 0 && ` ${fill(words.together, { choices: together(line, before.together) })}`}</>
              : <NotANumber kind="not_printed" /> },
            { content: count(now?.cells[line.at]).content },
          ],
        };
      })} />
  );
}
