// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { SignedIn } from '../../accounts/guard';
import { type Problem, useAction } from '../../app/client';
import { ProblemNotice, ProblemPage } from '../../app/problem';
import { Button, ButtonLink, Heading, Link, Paragraph } from '../../ui/elements';
import { SelectField, TextArea, TextField } from '../../ui/form';
import { daysBetween, formatDate, formatShortDay, today } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert, Empty } from '../../ui/notes';
import { Loading, Page, Section } from '../../ui/page';
import { Tag, Tags } from '../../ui/tags';
import { type ActionList, type ActionStatus, actionStatuses, codesAt, type Instrument, problemAt, type Scan, type ScanAction, scanUrl, useGet, useInstrument, useScan, yearOf } from '../api';
import { Findings } from '../answering/findings';
import { Proofs } from '../answering/proofs';
import { uploader } from '../answering/upload';
import type { Proof } from '../desk';
import { texts as shared } from '../texts';
import { statusKind } from './status';
import { texts } from './texts';

/** What is done about the weak points: who, before when, how far, and closing with proof. */
export default function ActionsPage() {
  return <SignedIn permission="answer_surveys">{(session) => <Loaded mayEdit={session.permissions.includes('edit_content')} />}</SignedIn>;
}

const isClosed = (status: ActionStatus) => status === 'done' || status === 'dropped';

function Loaded({ mayEdit }: { mayEdit: boolean }) {
  const { id = '' } = useParams();
  const scan = useScan(id);
  const list = useGet<ActionList>(scanUrl(id, '/actions'));
  const instrument = useInstrument(scan.data?.instrument);
  const problem = scan.problem ?? list.problem ?? instrument.problem;
  if (problem) return <ProblemPage problem={problem} onRetry={list.reload} />;
  if (!scan.data || !list.data || !instrument.data) return <Loading />;
  return <Actions scan={scan.data} list={list.data} instrument={instrument.data} reload={list.reload} mayEdit={mayEdit} />;
}

function Actions({ scan, list, instrument, reload, mayEdit }: { scan: Scan; list: ActionList; instrument: Instrument; reload: () => void; mayEdit: boolean }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const open = list.items.filter(({ status }) => !isClosed(status));
  const closed = list.items.filter(({ status }) => isClosed(status));
  const name = fill(common.name, { instrument: scan.instrument.title[language], year: yearOf(scan) });
  return (
    <Page title={list.items.length === 0 ? words.title_empty : open.length === 0 ? words.title_none : open.length === 1 ? words.title_one : fill(words.title, { open: open.length })}
      tab={`${words.here}, ${name}`} here={words.here} trail={[{ title: common.scans, to: '/scans' }, { title: name, to: `/scans/${scan.id}` }]}
      {...(list.items.length > 0 && { lead: fill(words.lead, { closed: closed.length, all: list.items.length }) })}
      actions={<ButtonLink to={`/scans/${scan.id}/resultaat`}>{words.to_result}</ButtonLink>}>
      {list.items.length === 0 && (
        <Section>
          <Empty title={words.title_empty}><Paragraph className="bp-small">{words.empty_text}</Paragraph>
            <div className="bp-actions bp-gap"><ButtonLink to={`/scans/${scan.id}/resultaat`} purpose="primary">{words.to_result}</ButtonLink></div></Empty>
        </Section>
      )}
      {[[words.open_group, open], [words.closed_group, closed]].map(([title, items]) => (items as ScanAction[]).length > 0 && (
        <Section key={title as string} title={title as string}>
          <ul className="bp-work">{(items as ScanAction[]).map((action) => (
            <ActionItem key={action.id} action={action} instrument={instrument} scan={scan} reload={reload} mayEdit={mayEdit} />))}</ul>
        </Section>
      ))}
      {mayEdit && scan.state === 'closed' && <div className="bp-screen"><Section title={words.add}><AddAction scan={scan} instrument={instrument} /></Section></div>}
    </Page>
  );
}

function ActionItem({ action, instrument, scan, reload, mayEdit }: { action: ScanAction; instrument: Instrument; scan: Scan; reload: () => void; mayEdit: boolean }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const [editing, setEditing] = useState<'change' | 'finish'>();
  const [saved, setSaved] = useState(false);
  const opener = useRef<HTMLDivElement>(null);
  const number = instrument.questions.find(({ key }) => key === action.question)?.number ?? '';
  const now = today();
  const late = daysBetween(action.dueOn, now);
  const close = (done: boolean) => {
    setEditing(undefined);
    setSaved(done);
    requestAnimationFrame(() => opener.current?.querySelector('button')?.focus());
  };
  return (
    <li>
      <div className={action.overdue ? 'bp-work__day is-late' : 'bp-work__day'}>
        <b>{formatShortDay(action.dueOn, language, Number(now.slice(0, 4)))}</b>
        {action.overdue && <span>{late === 1 ? words.late_one : fill(words.late, { days: late })}</span>}
      </div>
      <div>
        <Heading level={3}>{action.text}</Heading>
        <p>{action.ownerFunction}. <Link to={`/scans/${scan.id}/samen/${number}`}>{fill(words.question, { number })}</Link></p>
        {action.closedOn && <p>{fill(words.closed, { day: formatDate(action.closedOn, language) })}. {action.closingText} {action.closingProofs.map((proof) => (
          proof.fileId ? <a key={proof.fileId} className="nl-link" href={`/api/v1/proof-files/${proof.fileId}`}>{proof.title}</a>
            : proof.url ? <a key={proof.url} className="nl-link" href={proof.url} rel="noreferrer">{proof.title || proof.url}</a> : proof.title)).filter(Boolean)}</p>}
        <Tags>{[<Tag key="status" kind={statusKind[action.status]}>{common.action_status[action.status]}</Tag>]}</Tags>
        {saved && !editing && <p role="status">{words.saved}</p>}
        {editing && <EditAction action={action} mode={editing} reload={reload} onDone={close} />}
      </div>
      {mayEdit && !editing && (
        <div className="bp-actions" ref={opener}>
          <Button small aria-label={fill(words.change_of, { text: action.text })} onClick={() => setEditing('change')}>{words.change}</Button>
          {!isClosed(action.status) && <Button small aria-label={fill(words.close_of, { text: action.text })} onClick={() => setEditing('finish')}>{words.finish}</Button>}
        </div>
      )}
    </li>
  );
}

function EditAction({ action, mode, reload, onDone }: { action: ScanAction; mode: 'change' | 'finish'; reload: () => void; onDone: (saved: boolean) => void }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const change = useAction<object>('PATCH', '/api/v1/actions/{id}', ['/api/v1/scans', '/api/v1/actions', '/api/v1/work-items']);
  const [fields, setFields] = useState({ text: action.text, owner: action.ownerFunction, dueOn: action.dueOn, status: mode === 'finish' ? 'done' as ActionStatus : action.status });
  const [closing, setClosing] = useState(action.closingText ?? '');
  const [proofs, setProofs] = useState<Proof[]>(action.closingProofs);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>('select, textarea, input')?.focus(), []);
  const ends = isClosed(fields.status);
  const submit = async (event: FormEvent | undefined, confirmed = false) => {
    event?.preventDefault();
    const wrong: Record<string, string> = {};
    if (fields.text.trim() === '') wrong.text = words.fill_text;
    if (fields.owner.trim() === '') wrong.owner = words.fill_owner;
    if (fields.dueOn === '') wrong.dueOn = words.fill_due;
    if (ends && closing.trim() === '') wrong.closing = words.fill_closing;
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) {
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    const [shown] = proofs;
    const { done } = await change.run({
      text: fields.text.trim(), ownerFunction: fields.owner.trim(), dueOn: fields.dueOn, status: fields.status,
      ...(ends && { closing: { text: closing.trim(), ...(shown && { proof: shown }) } }), ...(confirmed && { confirmed: true }),
    }, { path: { id: action.id }, ifMatch: `"v${action.rowVersion}"` });
    if (done) onDone(true);
    else reload();
  };
  const { problem } = change;
  // What is wrong with the proof stands at the proof; the rest at the field it is about.
  const part = (proof: boolean) => problem && { ...problem, errors: problem.errors?.filter(({ pointer }) => (pointer ?? '').includes('closing/proof') === proof) } as Problem;
  const fieldProblem = part(false);
  const proofProblem = part(true);
  const at = (field: string, ...server: string[]) => errors[field] ?? problemAt(fieldProblem, ...server);
  const found = (text: string, field: string, of = fieldProblem) => problemAt(of, field) && <Findings text={text} codes={codesAt(of, field)} onConfirm={() => void submit(undefined, true)} />;
  const handled = problem && ['text', 'ownerFunction', 'dueOn', 'closing', 'status'].some((field) => problemAt(problem, field));
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves the form, as its button does
    <form className="bp-inset" noValidate ref={box} onSubmit={(event) => void submit(event)} onKeyDown={(event) => { if (event.key === 'Escape') onDone(false); }}>
      {problem?.status === 412 ? (
        <Alert role="alert"><p>{words.stale}</p>
          <p>{fill(words.stale_now, { text: action.text, owner: action.ownerFunction, day: formatDate(action.dueOn, language), status: common.action_status[action.status] })}</p></Alert>
      ) : problem && !handled && <ProblemNotice problem={problem as Problem} />}
      <SelectField id={`stand-${action.id}`} label={words.status} value={fields.status} onChange={(event) => setFields({ ...fields, status: event.target.value as ActionStatus })}
        options={actionStatuses.map((value) => ({ value, text: common.action_status[value] }))} />
      {mode === 'change' && (
        <>
          <TextArea id={`tekst-${action.id}`} label={words.text} value={fields.text} maxLength={500} error={at('text', 'text')} after={found(fields.text, 'text')}
            onChange={(event) => setFields({ ...fields, text: event.target.value })} />
          <TextField id={`wie-${action.id}`} label={words.owner} hint={words.owner_hint} value={fields.owner} maxLength={80} error={at('owner', 'ownerFunction')}
            onChange={(event) => setFields({ ...fields, owner: event.target.value })} />
          {found(fields.owner, 'ownerFunction')}
          <TextField id={`dag-${action.id}`} type="date" label={words.due} value={fields.dueOn} error={at('dueOn', 'dueOn')}
            onChange={(event) => setFields({ ...fields, dueOn: event.target.value })} />
        </>
      )}
      {ends && (
        <>
          <TextArea id={`klaar-${action.id}`} label={fields.status === 'dropped' ? words.closing_dropped : words.closing} hint={words.closing_hint} value={closing} maxLength={2000}
            error={at('closing', 'closing')} after={found(closing, 'closing')} onChange={(event) => setClosing(event.target.value)} />
          <Proofs proofs={proofs} onChange={setProofs} most={1} hint={words.proof_hint} files="/api/v1/proof-files"
            upload={uploader(`/api/v1/actions/${action.id}/files`, language)} error={problemAt(proofProblem, 'closing')} />
          {found(proofs[0]?.title ?? '', 'closing', proofProblem)}
        </>
      )}
      <div className="bp-actions"><Button type="submit" small busy={change.busy}>{common.save}</Button><Button small purpose="subtle" onClick={() => onDone(false)}>{common.cancel}</Button></div>
    </form>
  );
}

function AddAction({ scan, instrument }: { scan: Scan; instrument: Instrument }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const add = useAction<object>('POST', scanUrl(scan.id, '/actions'), ['/api/v1/scans', '/api/v1/work-items']);
  const empty = { question: instrument.questions[0]?.key ?? '', text: '', ownerFunction: '', dueOn: '' };
  const [fields, setFields] = useState(empty);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [saved, setSaved] = useState(false);
  const submit = async (event: FormEvent | undefined, confirmed = false) => {
    event?.preventDefault();
    setSaved(false);
    const wrong: Record<string, string> = {};
    if (fields.text.trim() === '') wrong.text = words.fill_text;
    if (fields.ownerFunction.trim() === '') wrong.ownerFunction = words.fill_owner;
    if (fields.dueOn === '') wrong.dueOn = words.fill_due;
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const { done } = await add.run({ ...fields, ...(confirmed && { confirmed: true }) });
    setSaved(done);
    if (done) setFields(empty);
  };
  const at = (field: string) => errors[field] ?? problemAt(add.problem, field);
  const found = (text: string, field: string) => problemAt(add.problem, field) && <Findings text={text} codes={codesAt(add.problem, field)} onConfirm={() => void submit(undefined, true)} />;
  return (
    <form className="bp-form" noValidate onSubmit={(event) => void submit(event)}>
      {saved && <Alert kind="ok" role="status"><p>{words.saved}</p></Alert>}
      {add.problem && !add.problem.errors?.length && <ProblemNotice problem={add.problem} />}
      <SelectField id="actie-vraag" label={words.add_question} value={fields.question} onChange={(event) => setFields({ ...fields, question: event.target.value })}
        options={instrument.questions.map((question) => ({ value: question.key, text: `${question.number}. ${question.text[language]}` }))} />
      <TextArea id="actie-tekst" label={words.text} value={fields.text} maxLength={500} error={at('text')} after={found(fields.text, 'text')} onChange={(event) => setFields({ ...fields, text: event.target.value })} />
      <TextField id="actie-wie" label={words.owner} hint={words.owner_hint} value={fields.ownerFunction} maxLength={80} error={at('ownerFunction')} onChange={(event) => setFields({ ...fields, ownerFunction: event.target.value })} />
      {found(fields.ownerFunction, 'ownerFunction')}
      <TextField id="actie-dag" type="date" label={words.due} value={fields.dueOn} error={at('dueOn')} onChange={(event) => setFields({ ...fields, dueOn: event.target.value })} />
      <Button type="submit" busy={add.busy}>{words.add_submit}</Button>
    </form>
  );
}
