// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { SignedIn } from '../../accounts/guard';
import { useAction } from '../../app/client';
import { ProblemNotice, ProblemPage } from '../../app/problem';
import type { Session } from '../../app/session';
import { Button, ButtonLink, Heading, Paragraph } from '../../ui/elements';
import { Checkbox, TextField } from '../../ui/form';
import { formatDate } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import { Columns, Grid, Loading, Page, Section } from '../../ui/page';
import { Steps } from '../../ui/question';
import { type PossibleStep, problemAt, type Scan, type ScanState, scanUrl, useGet, yearOf } from '../api';
import { texts as shared } from '../texts';
import { type ScanFields, ScanFieldset, wrongIn } from './new-page';
import { CouncilSharing } from './council-sharing';
import { People } from './people';
import { texts } from './texts';

/** One scan: where it stands, what can be done now, who answers and how far they are. */
export default function ScanPage() {
  return <SignedIn permission="answer_surveys">{(session) => <Loaded session={session} />}</SignedIn>;
}

function Loaded({ session }: { session: Session }) {
  const { id = '' } = useParams();
  const { data, problem, reload, etag } = useGet<Scan>(scanUrl(id));
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  return <Overview scan={data} etag={etag ?? `"v${data.rowVersion}"`} reload={reload} mayEdit={session.permissions.includes('edit_content')} />;
}

const states: ScanState[] = ['draft', 'open', 'consensus', 'closed', 'archived'];

function Overview({ scan, etag, reload, mayEdit }: { scan: Scan; etag: string; reload: () => void; mayEdit: boolean }) {
  const words = useTexts(texts).one;
  const common = useTexts(shared);
  const language = useLanguage();
  const { progress, state } = scan;
  const name = fill(common.name, { instrument: scan.instrument.title[language], year: yearOf(scan) });
  const title = state === 'draft' ? words.title_draft
    : state === 'open' ? (progress.submitted === 0 ? words.title_open_none : fill(progress.submitted === 1 ? words.title_open_one : words.title_open,
      { submitted: progress.submitted, respondents: progress.respondents }))
      : state === 'consensus' ? (progress.settled === progress.questions ? words.title_consensus_done : words.title_consensus)
        : state === 'closed' ? words.title_closed : stopped(scan) ? words.title_stopped : words.title_archived;
  const period = fill(common.period, { from: formatDate(scan.periodFrom, language), to: formatDate(scan.periodTo, language) });
  const size = words.size_of[scan.sizeClass];
  return (
    <Page title={title} tab={name} here={name} trail={[{ title: common.home, to: '/mijn-werk' }, { title: common.scans, to: '/scans' }]}
      lead={state === 'draft' || state === 'open' ? fill(words.lead, { period, day: formatDate(scan.closesOn, language) }) : fill(words.lead_after, { period, size })}>
      <Section>
        <Heading level={2} className="bp-vh">{words.life}</Heading>
        <Steps now={states.indexOf(state)} items={stopped(scan)
          ? [{ key: state, title: common.stopped, text: words.step_texts.archived }]
          : states.map((key) => ({ key, title: words.steps[key], text: words.step_texts[key] }))} />
      </Section>
      <div className="bp-screen"><Section>
        <Grid>
          <Columns span={7} stack>
            <div>
              <Heading level={2} className="bp-h3b">{words.next}</Heading>
              <Doors scan={scan} />
            </div>
            {mayEdit && scan.may.map((step, at) => <Step key={step.to} scan={scan} step={step} etag={etag} reload={reload} primary={at === 0 && !firstDoor(scan)} />)}
            {mayEdit && state === 'draft' && <RemoveDraft scan={scan} name={name} etag={etag} reload={reload} />}
          </Columns>
          <Columns span={5} stack>
            {mayEdit && state === 'closed' && scan.instrument.kind === 'scored' && <CouncilSharing scan={scan} />}
            {mayEdit && (state === 'draft' || state === 'open') && <Settings scan={scan} etag={etag} reload={reload} />}
          </Columns>
        </Grid>
      </Section></div>
      {mayEdit && <People scan={scan} />}
    </Page>
  );
}

/** Whether the result was not settled before the individual answers were removed. */
const stopped = (scan: Scan): boolean => scan.state === 'archived' && scan.closedAt === undefined;

/** Whether a page waits for who reads this: then its button is the primary one. */
const firstDoor = (scan: Scan): boolean =>
  (scan.state === 'open' && scan.ownRespondent !== undefined && scan.ownSubmittedAt === undefined)
  || (scan.state === 'consensus' && scan.progress.settled < scan.progress.questions) || scan.state === 'closed';

function Doors({ scan }: { scan: Scan }) {
  const words = useTexts(texts).one;
  const base = `/scans/${scan.id}`;
  const primary = firstDoor(scan) ? 'primary' as const : 'secondary' as const;
  return (
    <div className="bp-actions bp-gap">
      {scan.state === 'open' && scan.ownRespondent && (
        <ButtonLink to={`${base}/vragen`} purpose={primary}>{scan.ownSubmittedAt ? words.answer_review : words.answer}</ButtonLink>
      )}
      {scan.state === 'consensus' && <ButtonLink to={`${base}/samen`} purpose={primary}>{words.settle}</ButtonLink>}
      {stopped(scan) && <Paragraph>{fill(words.stopped_text, { settled: scan.progress.settled, questions: scan.progress.questions })}</Paragraph>}
      {stopped(scan) && <ButtonLink to="/scans/nieuw">{words.again}</ButtonLink>}
      {(['consensus', 'closed'].includes(scan.state) || (scan.state === 'archived' && scan.progress.settled > 0)) && (
        <ButtonLink to={`${base}/resultaat`} purpose={scan.state === 'consensus' ? 'secondary' : 'primary'}>{words.result}</ButtonLink>
      )}
      {(scan.state === 'closed' || (scan.state === 'archived' && (!stopped(scan) || scan.progress.actions > 0))) && <ButtonLink to={`${base}/acties`}>{words.actions}</ButtonLink>}
      {scan.state === 'closed' && scan.instrument.kind === 'scored' && <ButtonLink to={`${base}/inleveren`}>{words.hand_in}</ButtonLink>}
    </div>
  );
}

/** What may ask something before it is done. What is asked stands above the button that asked for it: focus goes there,
    and Escape leaves it and gives focus back to the button. */
function AskingForm({ asking, onLeave, onSubmit, quiet, children }: {
  asking: boolean; onLeave: () => void; onSubmit: (event: FormEvent) => void; quiet?: boolean; children: ReactNode;
}) {
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (asking) box.current?.querySelector('input')?.focus();
  }, [asking]);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves what is asked
    <form className={quiet && !asking ? '' : 'bp-inset'} noValidate ref={box} onSubmit={onSubmit} onKeyDown={(event) => {
      if (event.key !== 'Escape' || !asking) return;
      onLeave();
      box.current?.querySelector('button')?.focus();
    }}>{children}</form>
  );
}

/** A tick that says that something does not come back. */
function Sure({ label, missing, checked, onChange }: { label: string; missing: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <div className={missing ? 'bp-error bp-gap' : 'bp-gap'}>
      {missing && <p className="bp-error__text">{missing}</p>}
      <Checkbox label={label} checked={checked} onChange={() => onChange(!checked)} />
    </div>
  );
}

/** A step of the life cycle with what it does; going back and stopping ask why, removing answers asks twice. */
function Step({ scan, step, etag, reload, primary }: { scan: Scan; step: PossibleStep; etag: string; reload: () => void; primary: boolean }) {
  const words = useTexts(texts).one;
  const language = useLanguage();
  const go = useAction<object>('POST', scanUrl(scan.id, '/transitions'), ['/api/v1/scans', '/api/v1/work-items']);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [sure, setSure] = useState(false);
  const [missing, setMissing] = useState<'reason' | 'sure'>();
  const back = step.needsReason;
  const stop = back && step.removesIndividualAnswers;
  const name = stop ? 'stop' : back ? (`back_${step.to}` as 'back_open' | 'back_consensus') : (step.to as 'open' | 'consensus' | 'closed' | 'archived');
  const asks = back || step.removesIndividualAnswers;
  const run = async (event: FormEvent) => {
    event.preventDefault();
    if (asks && !asking) return setAsking(true);
    if (back && reason.trim() === '') return setMissing('reason');
    if (step.removesIndividualAnswers && !sure) return setMissing('sure');
    setMissing(undefined);
    const { done } = await go.run({ to: step.to, ...(back && { reason: reason.trim() }) }, { ifMatch: etag });
    if (done) setAsking(false);
    else reload();
  };
  return (
    <AskingForm quiet={stop} asking={asking} onLeave={() => { setAsking(false); setMissing(undefined); }} onSubmit={(event) => void run(event)}>
      {(!stop || asking) && <Heading level={3}>{words.go[name]}</Heading>}
      {(!stop || asking) && <Paragraph className="bp-small">{words.go[`${name}_text`]}</Paragraph>}
      {step.removesIndividualAnswers && scan.individualRemovedOn && (
        <Paragraph className="bp-small">{fill(stop ? words.go.stopped_on : words.go.archived_on, { day: formatDate(scan.individualRemovedOn, language) })}</Paragraph>
      )}
      {!step.possible && step.unsettled.length > 0 && (
        <p className="bp-small bp-soft bp-gap">{fill(words.go.unsettled, { questions: step.unsettled.map((key) => key.replace(/^q/, '')).join(', ') })}</p>
      )}
      {!step.possible && step.code === 'scan-nobody-invited' && <p className="bp-small bp-soft bp-gap">{words.go.nobody}</p>}
      {go.problem && (go.problem.status === 412 ? <Alert role="alert"><p>{words.stale}</p></Alert>
        : !problemAt(go.problem, 'reason') && <ProblemNotice problem={go.problem} />)}
      {asking && back && (
        <TextField id={`waarom-${step.to}`} label={words.go.reason} hint={words.go.reason_hint} value={reason} maxLength={500}
          error={missing === 'reason' ? words.go.fill_reason : problemAt(go.problem, 'reason')} onChange={(event) => setReason(event.target.value)} />
      )}
      {asking && step.removesIndividualAnswers && (
        <Sure label={words.go.archived_sure} missing={missing === 'sure' ? words.go.archived_tick : ''} checked={sure} onChange={setSure} />
      )}
      {(step.possible || step.code === undefined) && (
        <div className="bp-actions"><Button type="submit" purpose={stop && !asking ? 'subtle' : primary ? 'primary' : 'secondary'} busy={go.busy}>{words.go[name]}</Button></div>
      )}
    </AskingForm>
  );
}

/** For a draft that was made by mistake: it goes for good, so it asks twice. */
function RemoveDraft({ scan, name, etag, reload }: { scan: Scan; name: string; etag: string; reload: () => void }) {
  const words = useTexts(texts).one;
  const language = useLanguage();
  const remove = useAction('DELETE', scanUrl(scan.id));
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [sure, setSure] = useState(false);
  const [missing, setMissing] = useState('');
  const run = async (event: FormEvent) => {
    event.preventDefault();
    if (!asking) return setAsking(true);
    if (!sure) return setMissing(words.go.archived_tick);
    setMissing('');
    const { done } = await remove.run(undefined, { ifMatch: etag });
    if (!done) return reload();
    // This page still shows the scan until the list is there: what is gone is not asked again, only forgotten.
    await client.invalidateQueries({ refetchType: 'none', predicate: ({ queryKey }) => /^\/api\/v1\/(scans|work-items)/.test(String(queryKey[0])) });
    await navigate('/scans', { replace: true, state: { removed: name } });
  };
  return (
    <AskingForm quiet asking={asking} onLeave={() => { setAsking(false); setMissing(''); }} onSubmit={(event) => void run(event)}>
      {scan.removedOn && <Paragraph className="bp-small">{fill(words.removed_on, { day: formatDate(scan.removedOn, language) })}</Paragraph>}
      {asking && <Paragraph className="bp-small">{words.remove_text}</Paragraph>}
      {remove.problem && (remove.problem.status === 412 ? <Alert role="alert"><p>{words.stale}</p></Alert> : <ProblemNotice problem={remove.problem} />)}
      {asking && <Sure label={words.remove_sure} missing={missing} checked={sure} onChange={setSure} />}
      <div className="bp-actions"><Button type="submit" purpose="subtle" busy={remove.busy}>{words.remove}</Button></div>
    </AskingForm>
  );
}

function Settings({ scan, etag, reload }: { scan: Scan; etag: string; reload: () => void }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const change = useAction<object>('PATCH', scanUrl(scan.id), ['/api/v1/scans', '/api/v1/work-items']);
  const now = { periodFrom: scan.periodFrom, periodTo: scan.periodTo, closesOn: scan.closesOn, sizeClass: scan.sizeClass };
  const [fields, setFields] = useState<ScanFields>(now);
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([]);
  const [saved, setSaved] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = wrongIn(fields, words.new);
    setErrors(wrong);
    setSaved(false);
    if (wrong.length > 0) return;
    const { sizeClass, ...days } = fields;
    const { done } = await change.run({ ...days, ...(scan.state === 'draft' && { sizeClass }) }, { ifMatch: etag });
    setSaved(done);
    if (!done) reload();
  };
  return (
    <details className="bp-details"><summary>{scan.state === 'draft' ? words.one.settings : words.one.settings_open}</summary>
      <form noValidate onSubmit={(event) => void submit(event)}>
        {saved && <Alert kind="ok" role="status"><p>{words.one.settings_saved}</p></Alert>}
        {change.problem && (change.problem.status === 412 ? <Alert role="alert"><p>{words.one.stale}</p></Alert>
          : !change.problem.errors?.length && <ProblemNotice problem={change.problem} />)}
        <ScanFieldset fields={fields} onChange={setFields} withSize={scan.state === 'draft'}
          message={(field) => errors.find((error) => error.field === field)?.message ?? problemAt(change.problem, field)} />
        <div className="bp-actions bp-gap2"><Button type="submit" busy={change.busy}>{common.save}</Button></div>
      </form>
    </details>
  );
}
