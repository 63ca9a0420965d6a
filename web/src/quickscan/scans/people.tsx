// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useAction } from '../../app/client';
import { ProblemNotice } from '../../app/problem';
import { Button, Heading, LinkButton, Paragraph } from '../../ui/elements';
import { ErrorSummary, FieldSet, SelectField, TextField } from '../../ui/form';
import { formatDate } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert, Empty, Note } from '../../ui/notes';
import { Columns, Grid, Section } from '../../ui/page';
import { Bar } from '../../ui/question';
import { DataTable } from '../../ui/table';
import { codesAt, domains, problemAt, type Respondent, type Scan, scanUrl, useGet } from '../api';
import { Findings } from '../answering/findings';
import { texts as shared } from '../texts';
import { texts } from './texts';

/** Who answers: functions with how far they are, links that are shown once, and inviting another. */
export function People({ scan }: { scan: Scan }) {
  const words = useTexts(texts).one;
  const common = useTexts(shared);
  const language = useLanguage();
  const url = scanUrl(scan.id, '/respondents');
  const list = useGet<{ items: Respondent[] }>(url);
  const [fresh, setFresh] = useState<Respondent>();
  const [revoking, setRevoking] = useState<Respondent>();
  const changes = ['/api/v1/scans', '/api/v1/work-items'];
  const relink = useAction<object>('POST', '/api/v1/respondents/{id}/links', changes);
  const revoke = useAction<object>('POST', '/api/v1/respondents/{id}/revocations', changes);
  const invites = scan.state === 'draft' || scan.state === 'open';
  const renew = async (one: Respondent) => {
    const { done, data } = await relink.run(undefined, { path: { id: one.id } });
    if (done) setFresh({ ...one, ...(data as Respondent) });
  };
  const how = (one: Respondent): string => (one.revoked ? words.revoked
    : one.account ? fill(words.with_account, { name: one.account })
      : one.linkState === 'active' && one.linkUntil ? fill(words.with_link, { day: formatDate(one.linkUntil, language) }) : words.link_ended);
  const problem = list.problem ?? relink.problem ?? revoke.problem;
  const rows = useRef<HTMLDivElement>(null);
  /** Back to the line it was about: to its first button, or to inviting when it has none any more. */
  const backTo = (one: Respondent) => requestAnimationFrame(() => {
    (rows.current?.querySelector<HTMLElement>(`[data-respondent="${CSS.escape(one.id)}"] button`) ?? document.getElementById('functie'))?.focus();
  });
  return (
    <Section title={invites ? words.people : words.people_then} lead={words.people_lead}>
      {problem && <ProblemNotice problem={problem} />}
      {fresh?.link && <NewLink key={fresh.link} respondent={fresh} onDone={() => { setFresh(undefined); backTo(fresh); }} />}
      {revoking && (
        <Asked label={fill(words.revoke_of, { function: revoking.function })} onLeave={() => { setRevoking(undefined); backTo(revoking); }}>
          <p>{fill(words.revoke_sure, { function: revoking.function })}</p>
          <div className="bp-actions bp-gap">
            <Button small busy={revoke.busy} onClick={() => void revoke.run(undefined, { path: { id: revoking.id } }).then(() => { setRevoking(undefined); backTo(revoking); })}>{words.revoke_yes}</Button>
            <Button small purpose="subtle" onClick={() => { setRevoking(undefined); backTo(revoking); }}>{common.cancel}</Button>
          </div>
        </Asked>
      )}
      <Grid>
        <Columns span={invites ? 7 : 12}><div ref={rows}>
          {list.data?.items.length === 0 && <Empty title={words.nobody_title} level={3}><Paragraph className="bp-small">{words.nobody_text}</Paragraph></Empty>}
          {list.data && list.data.items.length > 0 && (
            <DataTable caption={words.people_caption} list tools={invites} columns={[words.function, words.how, words.progress, ...(invites ? [words.do] : [])]}
              rows={list.data.items.map((one) => ({
                key: one.id, header: <>{one.function}<small className="bp-under">{common.domain[one.domain]}</small></>,
                cells: [
                  { content: how(one) },
                  { content: (
                    <div>{one.submittedAt ? words.ready : one.answered === 0 ? words.not_begun
                      : fill(words.part, { answered: one.answered, questions: scan.progress.questions })}
                    <Bar part={one.submittedAt ? 1 : one.answered} of={one.submittedAt ? 1 : scan.progress.questions} /></div>
                  ) },
                  ...(invites ? [{ content: one.revoked ? '' : (
                    <div className="bp-inline" data-respondent={one.id}>
                      {!one.account && <LinkButton aria-label={fill(words.new_link_of, { function: one.function })} onClick={() => void renew(one)}>{words.new_link}</LinkButton>}
                      <LinkButton aria-label={fill(words.revoke_of, { function: one.function })} onClick={() => setRevoking(one)}>{words.revoke}</LinkButton>
                    </div>
                  ) }] : []),
                ],
              }))} />
          )}
        </div></Columns>
        {invites && <Columns span={5} stack>
          <div className="bp-screen"><Invite url={url} changes={changes} onInvited={setFresh} /></div>
          <Note title={words.sees} level={3}><ul className="bp-list">{words.sees_items.map((line) => <li key={line}>{line}</li>)}</ul></Note>
        </Columns>}
      </Grid>
    </Section>
  );
}

/** A question before something is done: it takes focus, and Escape leaves it. */
function Asked({ label, onLeave, children }: { label: string; onLeave: () => void; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves it, as its button does
    <div role="group" aria-label={label} tabIndex={-1} ref={box} onKeyDown={(event) => { if (event.key === 'Escape') onLeave(); }}><Alert>{children}</Alert></div>
  );
}

/** A link, once, with a button that copies it. */
function NewLink({ respondent, onDone }: { respondent: Respondent; onDone: () => void }) {
  const words = useTexts(texts).one;
  const [copied, setCopied] = useState<'yes' | 'failed'>();
  const box = useRef<HTMLDivElement>(null);
  const link = new URL(respondent.link ?? '', window.location.origin).href;
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'center' });
  }, []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied('yes');
    } catch {
      setCopied('failed');
    }
  };
  return (
    <div className="bp-inset bp-newlink" tabIndex={-1} ref={box} role="group" aria-label={fill(words.link_title, { function: respondent.function })}>
      <Heading level={3}>{fill(words.link_title, { function: respondent.function })}</Heading>
      <Paragraph className="bp-small">{words.link_text}</Paragraph>
      <div className="bp-link"><code>{link}</code><Button small icon="link" onClick={() => void copy()}>{words.link_copy}</Button></div>
      <p className="bp-small" role="status">{copied === 'yes' ? words.link_copied : copied === 'failed' ? words.link_failed : ''}</p>
      <div className="bp-actions"><Button small purpose="subtle" onClick={onDone}>{words.link_done}</Button></div>
    </div>
  );
}

function Invite({ url, changes, onInvited }: { url: string; changes: string[]; onInvited: (respondent: Respondent) => void }) {
  const words = useTexts(texts).one;
  const common = useTexts(shared);
  const invite = useAction<object>('POST', url, changes);
  const colleagues = useGet<{ items: { id: string; name: string }[] }>('/api/v1/colleagues');
  const [domain, setDomain] = useState<Respondent['domain']>('safety');
  const [name, setName] = useState('');
  const [by, setBy] = useState<'link' | 'account'>('link');
  const [account, setAccount] = useState('');
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([]);
  const [done, setDone] = useState('');
  const submit = async (event: FormEvent | undefined, confirmed = false) => {
    event?.preventDefault();
    setDone('');
    const wrong = [
      ...(name.trim() === '' ? [{ field: 'functie', message: words.fill_function }] : []),
      ...(by === 'account' && account === '' ? [{ field: 'account', message: words.fill_account }] : []),
    ];
    setErrors(wrong);
    if (wrong.length > 0) return;
    const reply = await invite.run({ domain, function: name.trim(), ...(by === 'link' ? { link: true } : { account }), ...(confirmed && { confirmed }) });
    if (!reply.done) return;
    setDone(name.trim());
    setName('');
    setAccount('');
    if (by === 'link') onInvited(reply.data as Respondent);
  };
  const message = (field: string, ...server: string[]) => errors.find((error) => error.field === field)?.message ?? problemAt(invite.problem, ...server);
  return (
    <form className="bp-inset" noValidate onSubmit={(event) => void submit(event)}>
      <Heading level={3}>{words.invite}</Heading>
      <ErrorSummary errors={errors} />
      {invite.problem && !invite.problem.errors?.length && <ProblemNotice problem={invite.problem} />}
      {done && <Alert kind="ok" role="status"><p>{fill(words.invited, { function: done })}</p></Alert>}
      <TextField id="functie" label={words.function} hint={words.invite_hint} value={name} maxLength={80} error={message('functie', 'function')}
        onChange={(event) => setName(event.target.value)} />
      {problemAt(invite.problem, 'function') && <Findings text={name} codes={codesAt(invite.problem, 'function')} onConfirm={() => void submit(undefined, true)} />}
      <SelectField label={words.domain} value={domain} onChange={(event) => setDomain(event.target.value as Respondent['domain'])}
        options={domains.map((value) => ({ value, text: common.domain_title[value] }))} />
      <FieldSet legend={words.invite_how}>
        {(['link', 'account'] as const).map((value) => (
          <div className="bp-checkbox" key={value}>
            <input type="radio" name="hoe" id={`hoe-${value}`} checked={by === value} onChange={() => setBy(value)} />
            <label htmlFor={`hoe-${value}`}>{value === 'link' ? words.invite_link : words.invite_account}{value === 'link' && <small>{words.invite_link_hint}</small>}</label>
          </div>
        ))}
      </FieldSet>
      {by === 'account' && (colleagues.data?.items.length === 0 ? <p className="bp-small bp-soft bp-gap">{words.no_colleagues}</p> : (
        <SelectField id="account" label={words.account} value={account} error={message('account', 'account')} onChange={(event) => setAccount(event.target.value)}
            options={[{ value: '', text: words.account_choose }, ...(colleagues.data?.items ?? []).map((one) => ({ value: one.id, text: one.name }))]} />
      ))}
      <div className="bp-actions"><Button type="submit" busy={invite.busy}>{words.invite_submit}</Button></div>
    </form>
  );
}
