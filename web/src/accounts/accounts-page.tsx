// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type FormEvent, useState } from 'react';
import { type Answer, useAction, useResource } from '../app/client';
import { ProblemNotice, ProblemPage } from '../app/problem';
import { Button, Heading, LinkButton } from '../ui/elements';
import { Checkbox, ErrorSummary, FieldSet, TextField } from '../ui/form';
import { formatInstant } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Alert } from '../ui/notes';
import { Loading, Page, Section } from '../ui/page';
import { DataTable } from '../ui/table';
import { useRoleName } from './account-page';
import { SignedIn } from './guard';
import { texts } from './texts';

type Account = Answer<'/api/v1/accounts'>['items'][number];
type Role = Answer<'/api/v1/roles'>['items'][number];

export default function AccountsPage() {
  return <SignedIn permission="manage_accounts">{() => <Accounts />}</SignedIn>;
}

interface Issued { name: string; password: string }

/** The administrator's list: make an account, change its roles, disable it, give a new one-time password. */
function Accounts() {
  const all = useTexts(texts);
  const words = all.accounts;
  const accounts = useResource('/api/v1/accounts');
  const roles = useResource('/api/v1/roles');
  const [issued, setIssued] = useState<Issued | null>(null);
  if (accounts.problem) return <ProblemPage problem={accounts.problem} onRetry={accounts.reload} />;
  if (roles.problem) return <ProblemPage problem={roles.problem} onRetry={roles.reload} />;
  if (!accounts.data || !roles.data) return <Loading />;
  // Nobody is given the role of the public: that is having no account.
  const grantable = roles.data.items.filter((role) => role.key !== 'public');
  return (
    <Page title={words.title} lead={words.lead} here={words.here} trail={[{ title: all.home, to: '/' }, { title: all.account_crumb, to: '/account' }]}>
      <Section>
        {issued && (
          <Alert kind="ok" role="status">
            <p><b>{words.one_time}</b> {fill(words.of, { name: issued.name })}: <code className="bp-password">{issued.password}</code></p>
            <p>{words.one_time_text}</p>
          </Alert>
        )}
        <AccountTable accounts={accounts.data.items} roles={grantable} onIssued={setIssued} />
      </Section>
      <Section><NewAccount roles={grantable} onIssued={setIssued} /></Section>
    </Page>
  );
}

function AccountTable({ accounts, roles, onIssued }: { accounts: Account[]; roles: Role[]; onIssued: (issued: Issued) => void }) {
  const language = useLanguage();
  const words = useTexts(texts).accounts;
  const roleName = useRoleName();
  const [edited, setEdited] = useState<string | null>(null);
  const change = useAction<{ roles: string[]; disabled: boolean }>('PATCH', '/api/v1/accounts/{id}', ['/api/v1/accounts']);
  const reset = useAction('POST', '/api/v1/accounts/{id}/password-resets', ['/api/v1/accounts']);
  const save = (account: Account, next: { roles: string[]; disabled: boolean }) =>
    change.run(next, { path: { id: account.id }, ifMatch: `"v${account.rowVersion}"` });
  const giveNew = async (account: Account) => {
    const { done, data } = await reset.run(undefined, { path: { id: account.id } });
    if (done) onIssued({ name: account.name, password: (data as { password: string }).password });
  };
  const problem = change.problem ?? reset.problem;
  const account = accounts.find((one) => one.id === edited);
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <DataTable list caption={words.table} columns={words.columns} rows={accounts.map((one) => ({
        key: one.id,
        header: one.name,
        cells: [
          { content: one.roles.map(roleName).join(', ') },
          { content: one.disabled ? words.disabled : one.mustChangePassword ? words.must_change : words.active },
          { content: formatInstant(one.createdAt, language) },
          { content: (
            <span className="bp-inline">
              {[
                { text: words.edit, run: () => setEdited(one.id) },
                { text: one.disabled ? words.enable : words.disable, run: () => void save(one, { roles: one.roles, disabled: !one.disabled }) },
                { text: words.reset, run: () => void giveNew(one) },
              ].map(({ text, run }) => (
                <LinkButton key={text} onClick={run}>{text}<span className="bp-vh"> {fill(words.of, { name: one.name })}</span></LinkButton>
              ))}
            </span>
          ) },
        ],
      }))} />
      {account && (
        <form key={account.id} className="bp-form" onSubmit={(event) => {
          event.preventDefault();
          const chosen = new FormData(event.currentTarget).getAll('role').map(String);
          void save(account, { roles: chosen, disabled: account.disabled }).then(({ done }) => { if (done) setEdited(null); });
        }}>
          <FieldSet legend={`${words.roles} ${fill(words.of, { name: account.name })}`}><RoleBoxes roles={roles} chosen={account.roles} /></FieldSet>
          <div className="bp-actions">
            <Button type="submit" purpose="primary" busy={change.busy}>{words.save}</Button>
            <Button purpose="subtle" onClick={() => setEdited(null)}>{words.cancel}</Button>
          </div>
        </form>
      )}
    </>
  );
}

function RoleBoxes({ roles, chosen = [] }: { roles: Role[]; chosen?: string[] }) {
  const language = useLanguage();
  return roles.map((role) => (
    <Checkbox key={role.key} name="role" value={role.key} defaultChecked={chosen.includes(role.key)} label={role.label[language]} hint={role.may[language]} />
  ));
}

function NewAccount({ roles, onIssued }: { roles: Role[]; onIssued: (issued: Issued) => void }) {
  const words = useTexts(texts).accounts;
  const create = useAction<{ name: string; roles: string[] }>('POST', '/api/v1/accounts', ['/api/v1/accounts']);
  const reset = useAction('POST', '/api/v1/accounts/{id}/password-resets', ['/api/v1/accounts']);
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entered = new FormData(form);
    const name = String(entered.get('name') ?? '').trim();
    const chosen = entered.getAll('role').map(String);
    const missing = [
      ...(name === '' ? [{ field: 'name', message: words.fill_name }] : []),
      ...(chosen.length === 0 ? [{ field: 'roles', message: words.fill_roles }] : []),
    ];
    setErrors(missing);
    if (missing.length > 0) return;
    const made = await create.run({ name, roles: chosen });
    if (!made.done) return;
    const issued = await reset.run(undefined, { path: { id: (made.data as Account).id } });
    if (issued.done) onIssued({ name, password: (issued.data as { password: string }).password });
    form.reset();
  };
  const refused = (create.problem?.errors ?? []).map((error) => ({ field: (error.pointer ?? '').replace(/^#?\//, '').replace(/\/.*/, ''), message: error.detail }));
  const shown = errors.length > 0 ? errors : refused;
  const problem = create.problem ?? reset.problem;
  return (
    <form className="bp-form" noValidate onSubmit={(event) => void submit(event)}>
      <Heading level={2}>{words.new}</Heading>
      <ErrorSummary errors={shown} />
      {problem && refused.length === 0 && <ProblemNotice problem={problem} />}
      <TextField id="name" name="name" label={words.name} hint={words.name_hint} autoComplete="off" autoCapitalize="none" spellCheck={false}
        error={shown.find((error) => error.field === 'name')?.message} />
      <div id="roles" tabIndex={-1}><FieldSet legend={words.roles}><RoleBoxes roles={roles} /></FieldSet></div>
      <Button type="submit" purpose="primary" busy={create.busy}>{words.submit}</Button>
    </form>
  );
}
