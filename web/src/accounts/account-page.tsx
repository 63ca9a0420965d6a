// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { type Problem, useAction, useResource } from '../app/client';
import { clearDevice, somethingUnsent } from '../app/device';
import { ProblemNotice } from '../app/problem';
import { forgetSignIn, type Session } from '../app/session';
import { Button, Heading, Link, Paragraph, usePath } from '../ui/elements';
import { ErrorSummary, TextField } from '../ui/form';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Alert, Facts } from '../ui/notes';
import { Columns, Grid, Page, Section } from '../ui/page';
import { SignedIn } from './guard';
import { texts } from './texts';

export default function AccountPage() {
  return <SignedIn>{(session) => <Account session={session} />}</SignedIn>;
}

/** The names of roles in the language of the page. */
export function useRoleName(): (key: string) => string {
  const language = useLanguage();
  const roles = useResource('/api/v1/roles');
  return (key) => roles.data?.items.find((role) => role.key === key)?.label[language] ?? key;
}

function Account({ session }: { session: Session }) {
  const all = useTexts(texts);
  const words = all.account;
  const roleName = useRoleName();
  const client = useQueryClient();
  const navigate = useNavigate();
  const path = usePath();
  const leave = useAction('DELETE', '/api/v1/sessions/current');
  const leaveEverywhere = useAction('DELETE', '/api/v1/accounts/current/sessions');
  const [asked, setAsked] = useState<typeof leave>();
  const goAway = async (action: typeof leave, anyway = false) => {
    if (!anyway && somethingUnsent()) return setAsked(action);
    const { done } = await action.run();
    if (!done) return;
    forgetSignIn();
    clearDevice();
    client.clear();
    void navigate(path('/'));
  };
  const may = (permission: string) => session.permissions.includes(permission);
  return (
    <Page title={words.title} lead={fill(words.lead, { name: session.name })} here={words.title} trail={[{ title: all.home, to: '/' }]}>
      <Section>
        <Grid>
          <Columns span={7}>
            {session.mustChangePassword && <Alert>{words.must_change}</Alert>}
            <PasswordForm name={session.name} />
          </Columns>
          <Columns span={5} stack>
            <div>
              <Facts items={[[words.roles, session.roles.map(roleName).join(', ')]]} />
              <Paragraph className="bp-small bp-gap"><Link to="/rollen">{words.roles_link}</Link></Paragraph>
            </div>
            {(may('manage_accounts') || may('read_audit')) && (
              <div>
                <Heading level={2} className="bp-h3b">{words.manage}</Heading>
                <ul className="bp-list">
                  {may('manage_accounts') && <li><Link to="/beheer/accounts">{words.accounts}</Link></li>}
                  {may('read_audit') && <li><Link to="/beheer/logboek">{words.audit}</Link></li>}
                </ul>
              </div>
            )}
            <div>
              <div className="bp-actions">
                <Button onClick={() => void goAway(leave)}>{words.leave}</Button>
                <Button purpose="subtle" onClick={() => void goAway(leaveEverywhere)}>{words.leave_everywhere}</Button>
              </div>
              {asked && (
                <Alert kind="warning" role="alert">
                  <p>{words.leave_unsent}</p>
                  <div className="bp-actions bp-gap"><Button small onClick={() => void goAway(asked, true)}>{words.leave_anyway}</Button></div>
                </Alert>
              )}
              {(leave.problem ?? leaveEverywhere.problem) && <ProblemNotice problem={(leave.problem ?? leaveEverywhere.problem) as Problem} />}
              <Paragraph className="bp-small bp-soft bp-gap">{words.leave_text}</Paragraph>
            </div>
          </Columns>
        </Grid>
      </Section>
    </Page>
  );
}

function PasswordForm({ name }: { name: string }) {
  const words = useTexts(texts).account;
  const change = useAction<{ current: string; replacement: string }>('PUT', '/api/v1/accounts/current/password', ['/api/v1/sessions']);
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([]);
  const [changed, setChanged] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entered = new FormData(form);
    const current = String(entered.get('current') ?? '');
    const replacement = String(entered.get('replacement') ?? '');
    const missing = [
      ...(current === '' ? [{ field: 'current', message: words.fill_current }] : []),
      ...(replacement === '' ? [{ field: 'replacement', message: words.fill_new }] : []),
    ];
    setErrors(missing);
    setChanged(false);
    if (missing.length > 0) return;
    const { done } = await change.run({ current, replacement });
    setChanged(done);
    if (done) form.reset();
  };
  // What the server refuses about a field stands with that field.
  const refused = (change.problem?.errors ?? []).map((error) => ({ field: (error.pointer ?? '').replace(/^#?\//, ''), message: error.detail }));
  const shown = errors.length > 0 ? errors : refused;
  const message = (field: string) => shown.find((error) => error.field === field)?.message;
  return (
    <form className="bp-form" noValidate onSubmit={(event) => void submit(event)}>
      <Heading level={2} className="bp-h3b">{words.password}</Heading>
      {/* Lets a password manager know whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={name} />
      {changed && <Alert kind="ok" role="status">{words.changed}</Alert>}
      <ErrorSummary errors={shown} />
      {change.problem && refused.length === 0 && <ProblemNotice problem={change.problem} />}
      <TextField id="current" name="current" type="password" label={words.current} autoComplete="current-password" error={message('current')} />
      <TextField id="replacement" name="replacement" type="password" label={words.new} hint={words.new_hint} autoComplete="new-password" error={message('replacement')} />
      <Button type="submit" purpose="primary" busy={change.busy}>{words.submit}</Button>
    </form>
  );
}
