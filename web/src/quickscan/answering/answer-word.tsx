// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useLanguage, useTexts } from '../../ui/language';
import { Tile, type TileValue } from '../../ui/tiles';
import type { Question } from '../api';
import type { Entry } from '../desk';
import { texts as shared } from '../texts';

/** The answer as a tile and a word; of a survey the words of the choices. */
export function AnswerWord({ question, entry }: { question: Question; entry: Entry | undefined }) {
  const common = useTexts(shared);
  const language = useLanguage();
  if (question.type !== 'scale' && entry && entry.value === null && entry.values.length > 0)
    return <span>{entry.values.map((key) => question.choices.find((choice) => choice.key === key)?.label[language] ?? key).join(', ')}</span>;
  const value = (entry?.value ?? 'none') as TileValue;
  return <><Tile value={value} />{common.value[value]}</>;
}
