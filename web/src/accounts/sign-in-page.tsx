// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type FormEvent, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useAction } from '../app/client';
import { startOf } from '../app/menu';
import { ProblemNotice } from '../app/problem';
import { rememberSignIn } from '../app/session';
import { Button, Heading, Paragraph, usePath } from '../ui/elements';
import { ErrorSummary, TextField } from '../ui/form';
import { useTexts } from '../ui/language';
import { Alert } from '../ui/notes';
import { Page, Section } from '../ui/page';
import { texts } from './texts';

/** Signing in with a local account. */
export default function SignInPage() {
  const all = useTexts(texts);
  const words = all.sign_in;
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const path = usePath();
  const signIn = useAction<{ name: string; password: string }>('POST', '/api/v1/sessions', ['/api/']);
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([]);
  const back = search.get('terug');

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = String(form.get('name') ?? '').trim();
    const password = String(form.get('password') ?? '');
    const missing = [
      ...(name === '' ? [{ field: 'name', message: words.fill_name }] : []),
      ...(password === '' ? [{ field: 'password', message: words.fill_password }] : []),
    ];
    setErrors(missing);
    if (missing.length > 0) return;
    const { done, data } = await signIn.run({ name, password });
    if (!done) return;
    rememberSignIn();
    const { mustChangePassword: must, permissions } = (data ?? {}) as { mustChangePassword?: boolean; permissions?: string[] };
    const start = startOf(permissions ?? []);
    // Only a path of this site: an address of elsewhere is never followed.
    void navigate(must ? path('/account') : back && /^\/(?!\/)/.test(back) ? back : path(start), { replace: true });
  };

  const message = (field: string) => errors.find((error) => error.field === field)?.message;
  return (
    <Page title={words.title} lead={words.lead} here={words.title} trail={[{ title: all.home, to: '/' }]}>
      <Section>
        {back && errors.length === 0 && !signIn.problem && <Alert kind="info">{words.needed}</Alert>}
        <ErrorSummary errors={errors} />
        {signIn.problem && <ProblemNotice problem={signIn.problem} />}
        <form className="bp-form" noValidate onSubmit={(event) => void submit(event)}>
          <TextField id="name" name="name" label={words.name} hint={words.name_hint} autoComplete="username" autoCapitalize="none" spellCheck={false} error={message('name')} />
          <TextField id="password" name="password" type="password" label={words.password} autoComplete="current-password" error={message('password')} />
          <Button type="submit" purpose="primary" busy={signIn.busy}>{signIn.busy ? words.busy : words.submit}</Button>
        </form>
      </Section>
      <Section>
        <Heading level={2} className="bp-h3b">{words.forgot}</Heading>
        <Paragraph className="bp-prose">{words.forgot_text}</Paragraph>
      </Section>
    </Page>
  );
}
