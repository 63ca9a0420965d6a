// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type FormEvent, useState } from 'react';
import { SignedIn } from '../accounts/guard';
import { type Answer, useAction, useResource } from '../app/client';
import { ProblemNotice, ProblemPage } from '../app/problem';
import { Button, Heading, LinkButton, PlainLink } from '../ui/elements';
import { ErrorSummary, SelectField, TextField } from '../ui/form';
import { formatDay } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Empty } from '../ui/notes';
import { Loading, Page, Section } from '../ui/page';
import { DataTable } from '../ui/table';
import { Tag } from '../ui/tags';
import { texts } from './texts';

type List = Answer<'/api/v1/needs'>;
type Need = List['items'][number];
type Status = Need['status'];

/** What the municipality needs, what came of it, and a link to what may help. */
export default function NeedsPage() {
  return <SignedIn permission="answer_surveys">{(session) => <Needs mayEdit={session.permissions.includes('edit_content')} />}</SignedIn>;
}

function Needs({ mayEdit }: { mayEdit: boolean }) {
  const all = useTexts(texts);
  const words = all.needs;
  const language = useLanguage();
  const { data, problem, reload } = useResource('/api/v1/needs');
  const change = useAction<{ status: Status }>('PATCH', '/api/v1/needs/{id}', ['/api/v1/needs']);
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  const open = data.items.filter((need) => need.status === 'open').length;
  const others = (need: Need): Status[] => (['open', 'contact_made', 'solved'] as const).filter((status) => status !== need.status);
  return (
    <Page here={words.here} trail={[{ title: words.work, to: '/mijn-werk' }]} lead={words.lead}
      title={open === 0 ? words.title_none : fill(open === 1 ? words.title_one : words.title, { open })}>
      <Section>
        {change.problem && <ProblemNotice problem={change.problem} />}
        {data.items.length === 0
          ? <Empty title={words.empty}><p>{words.empty_text}</p></Empty>
          : (
            <DataTable list tools={mayEdit} caption={words.table} columns={words.columns.slice(0, mayEdit ? 6 : 5)} rows={data.items.map((need) => ({
              key: need.id, header: need.label[language],
              cells: [
                { content: need.theme[language] },
                { content: <Tag kind={need.status === 'solved' ? 'ok' : 'act'}>{words.status[need.status]}</Tag> },
                { content: formatDay(need.solvedOn ?? need.contactOn ?? need.askedOn, language) },
                { content: need.offer ? <PlainLink href={need.offer.url} rel="noreferrer">{need.offer.title}</PlainLink> : words.no_offer },
                ...(mayEdit ? [{ content: (
                  <span className="bp-inline">
                    {others(need).map((status) => (
                      <LinkButton key={status} onClick={() => void change.run({ status }, { path: { id: need.id }, ifMatch: `"v${need.rowVersion}"` })}>
                        {words.to[status]}<span className="bp-vh"> {fill(words.of, { need: need.label[language] })}</span>
                      </LinkButton>
                    ))}
                  </span>
                ) }] : []),
              ],
            }))} />
          )}
      </Section>
      {mayEdit && <div className="bp-screen"><Section><NewNeed possible={data.possible} /></Section></div>}
    </Page>
  );
}

function NewNeed({ possible }: { possible: List['possible'] }) {
  const words = useTexts(texts).needs;
  const language = useLanguage();
  const add = useAction<Record<string, unknown>>('POST', '/api/v1/needs', ['/api/v1/needs']);
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entered = new FormData(form);
    const chosen = possible[Number(entered.get('need'))];
    const title = String(entered.get('offer') ?? '').trim();
    const url = String(entered.get('url') ?? '').trim();
    const wrong = (title === '') !== (url === '') ? [{ field: title === '' ? 'offer' : 'url', message: words.both }] : [];
    setErrors(wrong);
    if (wrong.length > 0 || !chosen) return;
    const made = await add.run({
      instrument: chosen.instrumentKey, version: chosen.instrumentVersion, item: chosen.item,
      ...(title !== '' && { offer: { title, url } }),
    });
    if (made.done) form.reset();
  };
  const refused = (add.problem?.errors ?? []).map((error) => ({ field: (error.pointer ?? '').endsWith('url') ? 'url' : 'need', message: error.detail }));
  const shown = errors.length > 0 ? errors : refused;
  return (
    <form className="bp-form" noValidate onSubmit={(event) => void submit(event)}>
      <Heading level={2}>{words.new}</Heading>
      <ErrorSummary errors={shown} />
      {add.problem && refused.length === 0 && <ProblemNotice problem={add.problem} />}
      <SelectField id="need" name="need" label={words.need}
        options={possible.map((need, at) => ({ value: String(at), text: `${need.theme[language]}: ${need.label[language]}` }))} />
      <TextField id="offer" name="offer" label={words.offer} hint={words.offer_hint} error={shown.find((error) => error.field === 'offer')?.message} />
      <TextField id="url" name="url" type="url" label={words.url} hint={words.url_hint} error={shown.find((error) => error.field === 'url')?.message} />
      <Button type="submit" purpose="primary" busy={add.busy}>{words.add}</Button>
    </form>
  );
}
