// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { SignedIn } from '../accounts/guard';
import { type Answer, useAction, useResource } from '../app/client';
import { ProblemNotice, ProblemPage } from '../app/problem';
import { Button, Heading, Link, LinkButton } from '../ui/elements';
import { ErrorSummary, SelectField, TextField } from '../ui/form';
import { formatDay } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Alert, Card, Empty, Facts } from '../ui/notes';
import { Loading, Page, Section } from '../ui/page';
import { DataTable } from '../ui/table';
import { Tag, type TagKind, Tags } from '../ui/tags';
import { NotANumber } from '../ui/void';
import { texts } from './texts';

type Round = Answer<'/api/v1/survey-rounds'>['items'][number];
type State = Round['state'];
const stateKind: Record<State, TagKind> = { draft: 'theme', open: 'act', closed: 'warn', published: 'ok' };

/** The survey manager opens, closes and publishes national rounds. */
export default function RoundsPage() {
  return <SignedIn permission="manage_surveys">{() => <Rounds />}</SignedIn>;
}

function Rounds() {
  const all = useTexts(texts);
  const words = all.manage;
  const { data, problem, reload } = useResource('/api/v1/survey-rounds');
  const language = useLanguage();
  const [chosen, setChosen] = useState<string | null>(null);
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  const open = data.items.filter((round) => round.state === 'open').length;
  const round = data.items.find((one) => one.id === chosen);
  return (
    <Page here={words.here} trail={[{ title: all.home, to: '/' }]} lead={words.lead}
      title={open === 0 ? words.title_none : fill(open === 1 ? words.title_one : words.title, { open })}>
      <Section>
        {data.items.length === 0
          ? <Empty title={words.empty}><p>{words.empty_text}</p></Empty>
          : (
            <DataTable list tools caption={words.table} columns={words.columns} rows={data.items.map((one) => ({
              key: one.id, header: <>{one.title}<small className="bp-under">{one.instrumentTitle[language]}</small></>,
              cells: [
                { content: <Tag kind={stateKind[one.state]}>{words.states[one.state]}</Tag> },
                { content: fill(words.count, { handed_in: one.handedIn, population: one.population, missing: one.population - one.handedIn }) },
                { content: (
                  <span className="bp-inline">
                    {one.state === 'published'
                      ? <Link to={`/landelijk-beeld/${one.id}`}>{words.read}<span className="bp-vh"> {one.title}</span></Link>
                      : <LinkButton aria-expanded={one.id === chosen} onClick={() => setChosen(one.id === chosen ? null : one.id)}>{words.go_on}<span className="bp-vh"> {one.title}</span></LinkButton>}
                  </span>
                ) },
              ],
            }))} />
          )}
      </Section>
      {round && <Section key={round.id}><OneRound round={round} onLeave={() => { setChosen(null); document.querySelector<HTMLElement>('main [aria-expanded=true]')?.focus(); }} /></Section>}
      <div className="bp-screen"><Section><NewRound onMade={setChosen} /></Section></div>
    </Page>
  );
}

/** What can happen to a round now; publishing first shows what it would withhold. */
function OneRound({ round, onLeave }: { round: Round; onLeave: () => void }) {
  const all = useTexts(texts);
  const words = all.manage;
  const move = useAction<{ to: State; reason?: string }>('PUT', '/api/v1/survey-rounds/{id}/state', ['/api/v1/survey-rounds', '/api/v1/national']);
  const [reason, setReason] = useState('');
  const go = (to: State) => void move.run({ to, ...(reason !== '' && { reason }) }, { path: { id: round.id }, ifMatch: `"v${round.rowVersion}"` });
  const reopens = round.state === 'closed' && round.may.includes('open');
  const box = useRef<HTMLDivElement>(null);
  // It opens under the list: who asked for it is taken there, also by keyboard.
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves it, as its button in the list does
    <div className="bp-stack" tabIndex={-1} ref={box} role="group" aria-label={round.title} onKeyDown={(event) => { if (event.key === 'Escape') onLeave(); }}>
      <Heading level={2}>{round.title}</Heading>
      {round.demonstration && <Tags>{[<Tag key="d" kind="warn">{all.demonstration}</Tag>]}</Tags>}
      <Facts items={[
        [all.round.criterion, round.criterion], [all.round.method, round.method], [all.round.source, round.source],
        [all.overview.representative, round.representativeness],
      ]} />
      {move.problem && <ProblemNotice problem={move.problem} />}
      {round.state === 'closed' && <Publication round={round} />}
      {reopens && (
        <TextField id="reason" label={words.reason} hint={words.reason_hint} value={reason} onChange={(event) => setReason(event.target.value)} />
      )}
      <div className="bp-actions">
        {round.may.filter((to) => to !== 'open' || round.state === 'draft').map((to) => (
          <Button key={to} purpose="primary" busy={move.busy} onClick={() => go(to)}>{words.moves[to]}</Button>
        ))}
        {reopens && <Button busy={move.busy} onClick={() => go('open')}>{words.reopen}</Button>}
      </div>
    </div>
  );
}

function Publication({ round }: { round: Round }) {
  const all = useTexts(texts);
  const words = all.manage;
  const language = useLanguage();
  const look = useAction('PUT', '/api/v1/survey-rounds/{id}/publication-preview', ['/api/v1/survey-rounds']);
  const [data, setData] = useState<Answer<'/api/v1/national-pictures/{id}'>>();
  const see = async () => {
    const seen = await look.run(undefined, { path: { id: round.id } });
    if (seen.done) setData(seen.data as Answer<'/api/v1/national-pictures/{id}'>);
  };
  if (!data)
    return (
      <>
        <Alert kind="info"><p>{round.previewedOn === undefined ? words.look_text : fill(words.looked, { day: formatDay(round.previewedOn, language) })}</p></Alert>
        {look.problem && <ProblemNotice problem={look.problem} />}
        <div className="bp-actions"><Button busy={look.busy} onClick={() => void see()}>{words.look}</Button></div>
      </>
    );
  const withheld = (item: typeof data.items[number]) => [item.country, ...item.tables.flatMap((table) => table.rows)]
    .reduce((sum, row) => sum + row.cells.filter((cell) => cell.withheld).length, 0);
  return (
    <>
      <Alert kind="info"><p>{fill(words.preview, { withheld: data.withheld, cells: data.cells })} {words.frozen}</p></Alert>
      {data.hiddenGroups.length > 0 && (
        <Card title={words.hidden}><p>{data.hiddenGroups.map((group) => group.label[language]).join(', ')}</p></Card>
      )}
      <DataTable caption={words.preview_table} columns={[words.question, ...(data.items[0]?.answers ?? []).map((answer) => answer.label[language]), words.withheld_in_groups]}
        rows={data.items.map((item) => ({
          key: item.key, header: `${item.number}. ${item.text[language]}`,
          cells: [
            ...item.country.cells.map((cell) => ({ content: cell.counted ?? <NotANumber kind="withheld" /> })),
            { content: withheld(item) - item.country.cells.filter((cell) => cell.withheld).length },
          ],
        }))} />
    </>
  );
}

const fields = ['title', 'criterion', 'method', 'source', 'representativeness'] as const;

function NewRound({ onMade }: { onMade: (id: string) => void }) {
  const all = useTexts(texts);
  const words = all.manage;
  const language = useLanguage();
  const instruments = useResource('/api/v1/instruments');
  const create = useAction<Record<string, string | number>>('POST', '/api/v1/survey-rounds', ['/api/v1/survey-rounds']);
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([]);
  const published = (instruments.data?.items ?? []).filter((instrument) => instrument.status === 'published');
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entered = new FormData(form);
    const [instrument = '', version = ''] = String(entered.get('instrument') ?? '').split(' ');
    const missing = [...fields, 'population' as const].filter((field) => String(entered.get(field) ?? '').trim() === '')
      .map((field) => ({ field, message: fill(words.fill_in, { field: words.fields[field] }) }));
    setErrors(missing);
    if (missing.length > 0) return;
    const made = await create.run({
      instrument, version: Number(version), population: Number(entered.get('population')),
      ...Object.fromEntries(fields.map((field) => [field, String(entered.get(field)).trim()])),
    });
    if (!made.done) return;
    onMade((made.data as Round).id);
    form.reset();
  };
  const refused = (create.problem?.errors ?? []).map((error) => ({ field: (error.pointer ?? '').replace(/^#?\//, ''), message: error.detail }));
  const shown = errors.length > 0 ? errors : refused;
  return (
    <form className="bp-form" noValidate onSubmit={(event) => void submit(event)}>
      <Heading level={2}>{words.new}</Heading>
      <ErrorSummary errors={shown} />
      {create.problem && refused.length === 0 && <ProblemNotice problem={create.problem} />}
      <SelectField id="instrument" name="instrument" label={words.instrument}
        options={published.map((one) => ({ value: `${one.key} ${one.version}`, text: `${one.title[language]} (${one.version})` }))} />
      {fields.map((field) => (
        <TextField key={field} id={field} name={field} label={words.fields[field]} hint={words.hints[field]}
          error={shown.find((error) => error.field === field)?.message} />
      ))}
      <TextField id="population" name="population" inputMode="numeric" defaultValue="342" label={words.fields.population} hint={words.hints.population}
        error={shown.find((error) => error.field === 'population')?.message} />
      <Button type="submit" purpose="primary" busy={create.busy}>{words.make}</Button>
    </form>
  );
}
