// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { formatDate } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Section } from '../../ui/page';
import { DataTable } from '../../ui/table';
import { Tag, type TagKind } from '../../ui/tags';
import { Tile } from '../../ui/tiles';
import { formatFraction, type ScanResult, type Score, type Value, yearOf } from '../api';
import { texts as shared } from '../texts';
import { texts } from './texts';

const kinds: Record<'better' | 'worse' | 'same' | 'other', TagKind> = { better: 'ok', worse: 'clash', same: 'theme', other: 'unknown' };

/** What changed since the previous scan, and which actions lay in between. */
export function Changes({ result }: { result: ScanResult }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const { change } = result;
  if (!change) return null;
  const score = ({ points, counted }: Score) => fill(common.score, { points: formatFraction(points), counted });
  const answer = (value: Value | undefined) => <span className="bp-answered"><Tile value={value ?? 'none'} />{common.value[value ?? 'none']}</span>;
  const lead = fill(words.change_lead, { compared: change.compared.length, before: score(change.before), now: score(change.now) });
  const not = change.notCompared.map((key) => result.questions.find(({ question }) => question === key)?.number ?? key).join(', ');
  return (
    <Section id="sinds" title={fill(words.change_title, { year: yearOf(change) })} lead={`${lead}${not && ` ${fill(words.change_not, { questions: not })}`}`}>
      {change.questions.length === 0 ? <p>{words.no_change}</p> : (
        <DataTable caption={words.change_caption} list columns={[words.change_question, words.change_before, words.change_now, words.change_direction, words.change_cause]}
          rows={change.questions.map((one) => {
            const question = result.questions.find((other) => other.question === one.question);
            return {
              key: one.question, header: <>{question?.number}. {question?.text[language]}</>,
              cells: [
                { content: answer(one.before) }, { content: answer(one.now) }, { content: <Tag kind={kinds[one.direction]}>{words.direction[one.direction]}</Tag> },
                { content: one.causes.length === 0 ? <span className="bp-soft">{words.no_cause}</span>
                  : <ul className="bp-plain">{one.causes.map((cause) => <li key={cause.id}>{fill(words.cause, { text: cause.text, owner: cause.ownerFunction, day: formatDate(cause.closedOn, language) })}</li>)}</ul> },
              ],
            };
          })} />
      )}
    </Section>
  );
}
