// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { SignedIn } from '../../accounts/guard';
import { useAction } from '../../app/client';
import { ProblemNotice, ProblemPage } from '../../app/problem';
import { Button, usePath } from '../../ui/elements';
import { ErrorSummary, FieldSet, TextField } from '../../ui/form';
import { today } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Loading, Page, Section } from '../../ui/page';
import { type InstrumentSummary, problemAt, type ScanSummary, type SizeClass, sizeClasses, useGet } from '../api';
import { texts as shared } from '../texts';
import { texts } from './texts';

/** The dossier holder prepares a scan: which questions, which period, how large, until when. */
export default function NewScanPage() {
  // Who may edit other content of an organisation, such as an implementer, has no scans.
  return <SignedIn permission="answer_surveys">{() => <SignedIn permission="edit_content">{() => <NewScan />}</SignedIn>}</SignedIn>;
}

export interface ScanFields { periodFrom: string; periodTo: string; closesOn: string; sizeClass: SizeClass | '' }

/** What is wrong with these fields before they are sent. */
export function wrongIn(fields: ScanFields, words: (typeof texts)['nl']['new']): { field: string; message: string }[] {
  return [
    ...(fields.periodFrom === '' ? [{ field: 'periodFrom', message: words.fill_day }] : []),
    ...(fields.periodTo === '' ? [{ field: 'periodTo', message: words.fill_day }] : []),
    ...(fields.periodFrom !== '' && fields.periodTo !== '' && fields.periodTo < fields.periodFrom ? [{ field: 'periodTo', message: words.fill_order }] : []),
    ...(fields.closesOn === '' ? [{ field: 'closesOn', message: words.fill_day }] : fields.closesOn < today() ? [{ field: 'closesOn', message: words.fill_past }] : []),
    ...(fields.sizeClass === '' ? [{ field: 'sizeClass', message: words.fill_size }] : []),
  ];
}

/** Period, last day and size. */
export function ScanFieldset({ fields, onChange, message, withSize = true }: {
  fields: ScanFields; onChange: (fields: ScanFields) => void; message: (field: string) => string | undefined;
  /** False once the round is open: the size decides the words of the questions, so it stays. */
  withSize?: boolean;
}) {
  const words = useTexts(texts).new;
  const common = useTexts(shared);
  const day = (name: 'periodFrom' | 'periodTo' | 'closesOn', label: string, hint?: string) => (
    <TextField id={name} type="date" label={label} hint={hint} value={fields[name]} error={message(name)}
      onChange={(event) => onChange({ ...fields, [name]: event.target.value })} />
  );
  const sizeError = message('sizeClass');
  return (
    <>
      {day('periodFrom', words.period_from)}
      {day('periodTo', words.period_to)}
      {day('closesOn', words.closes_on, words.closes_hint)}
      {withSize && <div className={sizeError ? 'bp-error' : undefined}>
        <FieldSet legend={words.size}>
          <p className="bp-hint">{words.size_hint}</p>
          {sizeError && <p className="bp-error__text">{sizeError}</p>}
          {sizeClasses.map((size, at) => (
            <div className="bp-checkbox" key={size}>
              <input type="radio" name="size" id={at === 0 ? 'sizeClass' : `size-${size}`} checked={fields.sizeClass === size} onChange={() => onChange({ ...fields, sizeClass: size })} />
              <label htmlFor={at === 0 ? 'sizeClass' : `size-${size}`}>{common.size[size]}</label>
            </div>
          ))}
        </FieldSet>
      </div>}
    </>
  );
}

const inDays = (days: number): string => new Date(Date.parse(`${today()}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function NewScan() {
  const words = useTexts(texts).new;
  const common = useTexts(shared);
  const language = useLanguage();
  const path = usePath();
  const navigate = useNavigate();
  const instruments = useGet<{ items: InstrumentSummary[] }>('/api/v1/instruments');
  const create = useAction<object>('POST', '/api/v1/scans', ['/api/v1/scans', '/api/v1/work-items']);
  const year = today().slice(0, 4);
  const [fields, setFields] = useState<ScanFields>({ periodFrom: `${year}-01-01`, periodTo: `${year}-12-31`, closesOn: inDays(28), sizeClass: '' });
  const [chosen, setChosen] = useState<string>();
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([]);
  if (instruments.problem) return <ProblemPage problem={instruments.problem} onRetry={instruments.reload} />;
  if (!instruments.data) return <Loading />;
  // The newest published version of each; the scored one first.
  const offered = [...new Map(instruments.data.items.filter(({ status }) => status === 'published')
    .sort((a, b) => a.version - b.version).map((one) => [one.key, one])).values()]
    .sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'scored' ? -1 : 1));
  const instrument = chosen ?? offered[0]?.key;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    create.clear();
    const wrong = wrongIn(fields, words);
    setErrors(wrong);
    if (wrong.length > 0 || !instrument) return;
    const { done, data } = await create.run({ instrument, ...fields });
    if (done) void navigate(path(`/scans/${(data as ScanSummary).id}`));
  };
  const message = (field: string) => errors.find((error) => error.field === field)?.message ?? problemAt(create.problem, field);
  return (
    <Page title={words.title} lead={words.lead} here={words.here} trail={[{ title: common.home, to: '/mijn-werk' }, { title: common.scans, to: '/scans' }]}>
      <Section>
        <form className="bp-form" noValidate onSubmit={(event) => void submit(event)}>
          <ErrorSummary errors={errors} />
          {create.problem && !create.problem.errors?.length && <ProblemNotice problem={create.problem} />}
          <FieldSet legend={words.instrument}>
            {offered.map((one) => (
              <div className="bp-checkbox" key={one.key}>
                <input type="radio" name="instrument" id={`instrument-${one.key}`} checked={instrument === one.key} onChange={() => setChosen(one.key)} />
                <label htmlFor={`instrument-${one.key}`}>{one.title[language]}<small>{fill(words.instrument_hint, { questions: one.questions })}</small></label>
              </div>
            ))}
          </FieldSet>
          <ScanFieldset fields={fields} onChange={setFields} message={message} />
          <Button type="submit" purpose="primary" busy={create.busy}>{words.submit}</Button>
        </form>
      </Section>
    </Page>
  );
}
