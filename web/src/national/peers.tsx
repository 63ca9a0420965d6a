// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { ProblemNotice } from '../app/problem';
import { drawBars } from '../ui/charts/bars';
import { Chart } from '../ui/charts/figure';
import { Link } from '../ui/elements';
import { Folds } from '../ui/folds';
import { formatPercent } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Empty } from '../ui/notes';
import { Loading } from '../ui/page';
import { anyWithheld, lane, type Row, useCount, useLegend, useSpoken } from './answers';
import { texts } from './texts';

/** How municipalities of the same size and part of the country answered; never which ones, and no ranking. */
export function Peers({ scan, questions }: {
  scan: string;
  /** The questions to show, by key, with the words to show them in; all questions when it is left out. */
  questions?: Map<string, string>;
}) {
  const all = useTexts(texts);
  const words = all.peers;
  const language = useLanguage();
  const legend = useLegend();
  const count = useCount();
  const spoken = useSpoken();
  const { data, problem } = useResource('/api/v1/scans/{id}/peers', { path: { id: scan } });
  if (problem) return <ProblemNotice problem={problem} />;
  if (!data) return <Loading />;
  const round = data.round;
  if (!data.available || !round) return <Empty level={3} title={words.none}><p>{words.none_text}</p></Empty>;
  const shown = data.groups.filter((group) => group.shown);
  const hidden = data.groups.filter((group) => !group.shown);
  return (
    <>
    {hidden.map((group) => <p key={group.breakdown} className="bp-prose bp-gap">{group.group === 'unknown' ? fill(words.not_known, { breakdown: group.breakdownLabel[language] }) : fill(words.too_few, { breakdown: group.breakdownLabel[language], group: group.label[language] })}</p>)}
    {/* Each is as long as a sheet. */}
    <Folds level={3} parts={shown.map((group) => {
        const items = group.items.filter((item) => questions === undefined || questions.has(item.question));
        const row = (item: typeof items[number]): Row => ({ group: group.group, label: group.label, handedIn: group.handedIn ?? 0, cells: item.cells });
        const label = (item: typeof items[number]) => questions?.get(item.question) ?? item.item;
        const answers = items[0]?.answers ?? [];
        return { id: `vergelijking-${group.breakdown}`, title: group.breakdownLabel[language], note: group.label[language], content: (
          <Chart file={`vergelijking-${group.breakdown}`} title={group.label[language]} level={4}
            subtitle={fill(words.subtitle, { round: round.title, n: group.handedIn ?? 0 })}
            summary={items.map((item) => `${label(item)}: ${spoken(item.answers, row(item))}`).join('. ')}
            legend={legend(answers, { withheld: anyWithheld(items.map(row)), notHandedIn: false })}
            note={round.representativeness}
            source={<>{fill(all.source, { source: round.source, data: round.demonstration ? `${all.demonstration}. ` : '' })} <Link to={`/landelijk-beeld/${round.roundId}`}>{round.title}</Link></>}
            table={{
              columns: [words.question, ...answers.map((answer) => answer.label[language])],
              rows: items.map((item) => ({ key: item.item, label: label(item), cells: item.answers.map((_, at) => count(item.cells[at])) })),
            }}
            draw={(width) => drawBars(width, {
              rows: items.map((item) => ({
                key: item.item, label: label(item),
                lanes: [lane(item.answers, row(item), { scale: 100 / Math.max(1, group.handedIn ?? 0), none: all.table.not_asked })],
              })),
              max: 100, above: true, thickness: 16,
              ticks: [0, 50, 100].map((value) => ({ value, text: formatPercent(value, language, 0) })),
            })} />
        ) };
      })} />
    </>
  );
}
