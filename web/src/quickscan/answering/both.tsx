// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { Button, Heading } from '../../ui/elements';
import { useLanguage, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import type { Question } from '../api';
import type { Entry } from '../desk';
import { texts as shared } from '../texts';
import { texts } from './texts';

/** Somebody was first: what is here and what is kept stand beside each other, and the person decides. */
export function Both({ mine, theirs, question, onMine, onTheirs, onMerge }: {
  mine: Entry | null; theirs: Entry | null; question: Question; onMine: () => void; onTheirs: () => void; onMerge: (merged: Entry) => void;
}) {
  const words = useTexts(texts);
  return (
    <div className="bp-gap2">
      <Alert kind="warning" role="alert">
        <Heading level={2} className="bp-h4">{words.both_title}</Heading>
        <p>{words.both_text}</p>
        <div className="bp-both">
          <div><p className="bp-eyebrow">{words.both_yours}</p><Said entry={mine} question={question} /></div>
          <div><p className="bp-eyebrow">{words.both_theirs}</p><Said entry={theirs} question={question} /></div>
        </div>
        <div className="bp-actions">
          <Button small onClick={onMine}>{words.both_keep}</Button>
          <Button small onClick={onTheirs}>{words.both_take}</Button>
          {mine && theirs && <Button small purpose="subtle" onClick={() => onMerge(merge(mine, theirs))}>{words.both_merge}</Button>}
        </div>
      </Alert>
    </div>
  );
}

function Said({ entry, question }: { entry: Entry | null; question: Question }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  if (!entry) return <p>{words.both_no_answer}</p>;
  const value = entry.value === null ? entry.values.map((key) => question.choices.find((choice) => choice.key === key)?.label[language] ?? key).join(', ')
    : (common.value_title as Record<string, string>)[entry.value] ?? entry.value;
  return (
    <>
      <p><b>{value}</b></p>
      {entry.parts.length > 0 && entry.value === 'partly' && (
        <ul className="bp-list bp-small">{question.parts.filter(({ key }) => entry.parts.includes(key)).map(({ key, text }) => <li key={key}>{text[language]}</li>)}</ul>
      )}
      {entry.reason && <p className="bp-small">{entry.reason}</p>}
      {entry.note && <p className="bp-small bp-soft">{entry.note}</p>}
      {entry.proofs.map((proof, at) => <p key={at} className="bp-small">{proof.title}</p>)}
    </>
  );
}

/** The answer of here, both texts under each other where they differ, and all proof once. */
export function merge(mine: Entry, theirs: Entry): Entry {
  const together = (a: string, b: string) => (a.trim() === '' || a === b || b.includes(a) ? b : b.trim() === '' || a.includes(b) ? a : `${b}\n\n${a}`);
  const known = new Set(theirs.proofs.map(({ kind, title, url, fileId }) => [kind, title, url, fileId].join('\n')));
  return {
    ...mine, reason: together(mine.reason, theirs.reason), note: together(mine.note, theirs.note),
    proofs: [...theirs.proofs, ...mine.proofs.filter(({ kind, title, url, fileId }) => !known.has([kind, title, url, fileId].join('\n')))],
  };
}
