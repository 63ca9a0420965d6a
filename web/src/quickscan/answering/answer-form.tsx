// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useState } from 'react';
import type { Problem } from '../../app/client';
import { Button, LinkButton } from '../../ui/elements';
import { Checkbox, TextArea, TextField } from '../../ui/form';
import { type Bilingual, useLanguage, useTexts } from '../../ui/language';
import { AnswerCards, type CardOption } from '../../ui/question';
import { codesAt, type Instrument, problemAt, type Question, type Value } from '../api';
import type { Entry } from '../desk';
import { Findings } from './findings';
import { Proofs, type Upload } from './proofs';
import { texts } from './texts';

/** The answer to one question: value, parts, reason, proof, note. The same form serves one respondent and the group. */
export function AnswerForm({ question, instrument, entry, onChange, legend, problem, onConfirm, upload, files = '/api/v1/proof-files', noteHint }: {
  /** In the words for this municipality. */
  question: Question;
  instrument: Instrument;
  entry: Entry;
  onChange: (field: keyof Entry, entry: Entry) => void;
  legend: string;
  /** Why the server does not take it as it is. */
  problem?: Problem | undefined;
  onConfirm: () => void;
  upload: Upload;
  /** Where files are read, without their id. */
  files?: string | undefined;
  noteHint?: string;
}) {
  const words = useTexts(texts);
  const language = useLanguage();
  const [noting, setNoting] = useState(false);
  const showNote = noting || entry.note !== '' || problemAt(problem, 'note') !== undefined;
  const set = <F extends keyof Entry>(field: F, value: Entry[F]) => onChange(field, { ...entry, [field]: value });
  const answered = entry.value !== null || entry.values.length > 0;
  const asksWhy = entry.value === 'not_applicable' || question.choices.some(({ key, asksReason }) => asksReason && entry.values.includes(key));
  return (
    <>
      <Answer question={question} instrument={instrument} entry={entry} onChange={onChange} legend={legend} />
      {entry.value === 'partly' && question.parts.length > 0 && (
        <fieldset className="bp-parts" aria-describedby="delen-uitleg">
          <legend>{words.parts}</legend>
          <p className="bp-hint" id="delen-uitleg">{entry.parts.length === 0 ? words.parts_none : words.parts_hint}</p>
          {question.parts.map((part) => (
            <Checkbox key={part.key} label={part.text[language]} checked={entry.parts.includes(part.key)}
              onChange={() => set('parts', question.parts.map(({ key }) => key)
                .filter((key) => (key === part.key ? !entry.parts.includes(key) : entry.parts.includes(key))))} />
          ))}
          {entry.parts.length === question.parts.length && (
            <p className="bp-small" role="status">{words.parts_all} <LinkButton onClick={() => set('value', 'yes')}>{words.make_yes}</LinkButton></p>
          )}
        </fieldset>
      )}
      {problemAt(problem, 'value', 'parts', 'values') && (
        <p className="bp-error__text bp-gap" role="alert">{problemAt(problem, 'value', 'parts', 'values')}</p>
      )}
      {answered && (
        <>
          <TextArea id="reden" label={words.reason} hint={asksWhy ? `${words.reason_asked} ${words.reason_hint}` : words.reason_hint} value={entry.reason} maxLength={4000}
            error={problemAt(problem, 'reason')} onChange={(event) => set('reason', event.target.value)}
            after={problemAt(problem, 'reason') && <Findings text={entry.reason} codes={codesAt(problem, 'reason')} onConfirm={onConfirm} />} />
          {question.type === 'scale' && (entry.value === 'yes' || entry.value === 'partly' || entry.proofs.length > 0) && (
            <Proofs proofs={entry.proofs} onChange={(proofs) => set('proofs', proofs)} upload={upload} files={files}
              error={problemAt(problem, 'proofs')} hints={question.hints.map((hint) => hint[language])} />
          )}
          {showNote ? (
            <TextArea id="notitie" label={words.note} hint={noteHint ?? words.note_hint} value={entry.note} maxLength={4000}
              error={problemAt(problem, 'note')} onChange={(event) => set('note', event.target.value)}
              after={problemAt(problem, 'note') && <Findings text={entry.note} codes={codesAt(problem, 'note')} onConfirm={onConfirm} />} />
          ) : (
            <div className="bp-gap2"><Button purpose="subtle" small icon="plus" onClick={() => {
              setNoting(true);
              requestAnimationFrame(() => document.getElementById('notitie')?.focus());
            }}>{words.note_show}</Button></div>
          )}
        </>
      )}
    </>
  );
}

const dontKnow = 'weet-niet';

/** The scale as cards; for a survey its choices, a number or words. */
function Answer({ question, instrument, entry, onChange, legend }: {
  question: Question; instrument: Instrument; entry: Entry; onChange: (field: keyof Entry, entry: Entry) => void; legend: string;
}) {
  const words = useTexts(texts);
  const language = useLanguage();
  const { key, type, choices } = question;
  const know = entry.value !== 'unknown';
  const unknownBox = (
    <Checkbox label={words.dont_know} hint={words.meaning.unknown} checked={!know}
      onChange={() => onChange('value', { ...entry, value: know ? 'unknown' : null, values: [] })} />
  );
  if (type === 'number') {
    return (
      <><TextField id="antwoord" type="text" inputMode="numeric" label={words.number} value={entry.values[0] ?? ''} maxLength={12}
        onChange={(event) => onChange('values', { ...entry, value: null, values: event.target.value.trim() === '' ? [] : [event.target.value.trim()] })} />
        {unknownBox}</>
    );
  }
  if (type === 'text') {
    return (
      <><TextArea id="antwoord" label={words.text} hint={words.reason_hint} value={entry.values[0] ?? ''} maxLength={4000}
        onChange={(event) => onChange('values', { ...entry, value: null, values: event.target.value === '' ? [] : [event.target.value] })} />
        {unknownBox}</>
    );
  }
  if (type === 'choose_one' || type === 'choose_many') {
    const alone = (value: string) => choices.find((choice) => choice.key === value)?.exclusive ?? false;
    const ownUnknown = choices.some((choice) => choice.exclusive && choice.key === 'unknown');
    const choose = (value: string) => {
      if (value === dontKnow) return onChange('value', { ...entry, value: entry.value === 'unknown' ? null : 'unknown', values: [] });
      const chosen = entry.values;
      const values = type === 'choose_one' || (alone(value) && !chosen.includes(value)) ? [value]
        : chosen.includes(value) ? chosen.filter((one) => one !== value)
          : choices.map((choice) => choice.key).filter((one) => one === value || (chosen.includes(one) && !alone(one)));
      onChange('values', { ...entry, value: null, values });
    };
    return (
      <AnswerCards legend={type === 'choose_one' ? words.choose_one : words.choose_many} name={key} many={type === 'choose_many'} list
        chosen={entry.value === 'unknown' ? [dontKnow] : entry.values} onChoose={choose}
        options={[
          ...choices.map((choice) => ({ value: choice.key, label: choice.label[language], text: choice.remark?.[language], quiet: choice.exclusive })),
          ...(ownUnknown ? [] : [{ value: dontKnow, label: words.dont_know, text: words.meaning.unknown, quiet: true }]),
        ]} />
    );
  }
  const options: CardOption[] = instrument.scale.map(({ value, label, meaning }) => ({
    value, label: label[language],
    text: (question.scaleMeanings as Partial<Record<Value, Bilingual>> | undefined)?.[value]?.[language] || meaning[language] || words.meaning[value as keyof typeof words.meaning],
    quiet: value === 'unknown' || value === 'not_applicable',
  }));
  return (
    <AnswerCards legend={legend} name={key} chosen={entry.value === null ? [] : [entry.value]} options={options}
      onChoose={(value) => onChange('value', { ...entry, value: value as Value })} />
  );
}
