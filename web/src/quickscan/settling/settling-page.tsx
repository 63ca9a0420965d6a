// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { useLocation, useParams } from 'react-router';
import { SignedIn } from '../../accounts/guard';
import { useAction } from '../../app/client';
import { ProblemNotice, ProblemPage } from '../../app/problem';
import type { Session } from '../../app/session';
import { Button, ButtonLink, Link, LinkButton, Paragraph } from '../../ui/elements';
import { Checkbox, TextArea } from '../../ui/form';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import { Loading, Page, Section } from '../../ui/page';
import { DataTable } from '../../ui/table';
import { Tag } from '../../ui/tags';
import { codesAt, type Comparison, domains, forSize, type Instrument, problemAt, type Respondent, type Scan, scanUrl, type SettledList, useGet, useInstrument, useScan, yearOf } from '../api';
import { AnswerWord } from '../answering/answer-word';
import { useDesk, useView } from '../answering/desks';
import { Findings } from '../answering/findings';
import type { Desk } from '../desk';
import { texts as shared } from '../texts';
import { SettleQuestion } from './question';
import { texts } from './texts';

/** Settling together what was answered apart: the differences first. */
export default function SettlingPage() {
  return <SignedIn permission="answer_surveys">{(session) => <Loaded session={session} />}</SignedIn>;
}

export interface Table { scan: Scan; instrument: Instrument; comparison: Comparison; settled: SettledList; mayEdit: boolean; title: string; base: string; signIn: string }

function Loaded({ session }: { session: Session }) {
  const { id = '' } = useParams();
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const here = useLocation().pathname;
  const scan = useScan(id);
  const instrument = useInstrument(scan.data?.instrument);
  const visible = scan.data !== undefined && scan.data.state !== 'draft' && scan.data.state !== 'open';
  const comparison = useGet<Comparison>(visible && scan.data?.individualAnswersKept ? scanUrl(id, '/comparison') : null);
  const settled = useGet<SettledList>(visible ? scanUrl(id, '/settled-answers') : null, { fresh: true });
  const problem = scan.problem ?? instrument.problem ?? comparison.problem ?? settled.problem;
  if (problem) return <ProblemPage problem={problem} onRetry={scan.reload} />;
  if (!scan.data) return <Loading />;
  const title = fill(common.name, { instrument: scan.data.instrument.title[language], year: yearOf(scan.data) });
  if (!visible) {
    return (
      <Page title={words.title} trail={[{ title: common.scans, to: '/scans' }, { title, to: `/scans/${id}` }]} here={words.here}>
        <Section><Alert kind="info"><p>{words.blind}</p></Alert></Section>
      </Page>
    );
  }
  if (!instrument.data || !settled.data || (scan.data.individualAnswersKept && !comparison.data)) return <Loading />;
  return (
    <Settling owner={`settled:${id}:${session.accountId}`} table={{
      scan: scan.data, instrument: instrument.data, settled: settled.data, title, base: `/scans/${id}/samen`, signIn: `/inloggen?terug=${encodeURIComponent(here)}`,
      comparison: comparison.data ?? { scanId: id, respondents: 0, smallestGroup: 3, questions: [], themes: [] },
      mayEdit: session.permissions.includes('edit_content') && scan.data.state === 'consensus',
    }} />
  );
}

function Settling({ owner, table }: { owner: string; table: Table }) {
  const { nr } = useParams();
  const client = useQueryClient();
  const desk = useDesk(owner, table.settled.items, table.instrument, scanUrl(table.scan.id, '/settled-answers'), false);
  useEffect(() => () => void client.invalidateQueries({ predicate: ({ queryKey }) => /\/scans|\/work-items/.test(String(queryKey[0])) }), [client]);
  if (nr === undefined) return <Overview table={table} desk={desk} />;
  const question = table.instrument.questions.find(({ number }) => number === Number(nr));
  return question ? <SettleQuestion table={table} desk={desk} asked={question} /> : <ProblemPage problem={{ status: 404, title: '' }} />;
}

function Overview({ table, desk }: { table: Table; desk: Desk }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const view = useView(desk);
  const { instrument, comparison, scan, base } = table;
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const [onlyOpen, setOnlyOpen] = useState(false);
  const differs = useMemo(() => new Set(comparison.questions.filter((one) => one.differs).map((one) => one.question)), [comparison]);
  const done = instrument.questions.filter(({ key }) => view.entries.has(key)).length;
  const next = instrument.questions.find(({ key }) => differs.has(key) && !view.entries.has(key)) ?? instrument.questions.find(({ key }) => !view.entries.has(key));
  const shown = instrument.questions.filter(({ key }) => (!onlyDifferent || differs.has(key)) && (!onlyOpen || !view.entries.has(key)));
  return (
    <Page title={differs.size === 0 ? words.title_none : differs.size === 1 ? words.title_one_difference : fill(words.title_differences, { count: differs.size })}
      tab={`${words.title}, ${table.title}`} trail={[{ title: common.scans, to: '/scans' }, { title: table.title, to: `/scans/${scan.id}` }]} here={words.here}
      lead={scan.state !== 'consensus' ? words.closed : done === instrument.questions.length ? words.lead_done : fill(words.lead, { settled: done, questions: instrument.questions.length })}
      actions={<>
        {next && table.mayEdit && <ButtonLink purpose="primary" iconEnd="next" to={`${base}/${next.number}`}>{done === 0 ? words.begin : words.go_on}</ButtonLink>}
        <ButtonLink to={`/scans/${scan.id}`} purpose={next ? 'secondary' : 'primary'}>{words.to_scan}</ButtonLink>
      </>}>
      {!table.mayEdit && scan.state === 'consensus' && <Section><Alert kind="info"><p>{words.read_only}</p></Alert></Section>}
      {table.mayEdit && <Participants table={table} />}
      <Unknowns table={table} />
      <Section title={words.questions}>
        <Checkbox label={words.only_differences} checked={onlyDifferent} onChange={() => setOnlyDifferent(!onlyDifferent)} />
        {done < instrument.questions.length && <Checkbox label={words.only_open} checked={onlyOpen} onChange={() => setOnlyOpen(!onlyOpen)} />}
        <ul className="bp-asked bp-gap">
          {shown.map((question) => {
            const entry = view.entries.get(question.key);
            return (
              <li key={question.key}>
                <span className="bp-soft">{question.number}</span>
                <span><Link to={`${base}/${question.number}`}>{forSize(question, scan.sizeClass).text[language]}</Link></span>
                <span className="bp-answered">
                  {differs.has(question.key) && <Tag kind="warn">{words.differs}</Tag>}
                  {entry ? <AnswerWord question={question} entry={entry} /> : <Tag>{words.not_settled}</Tag>}
                </span>
              </li>
            );
          })}
        </ul>
      </Section>
    </Page>
  );
}

function Participants({ table }: { table: Table }) {
  const words = useTexts(texts);
  const url = scanUrl(table.scan.id, '/participants');
  const save = useAction<object>('PUT', url, [scanUrl(table.scan.id)]);
  const invited = useGet<{ items: Respondent[] }>(scanUrl(table.scan.id, '/respondents'));
  const [text, setText] = useState(table.settled.participants.join('\n'));
  const [saved, setSaved] = useState(false);
  const submit = async (event: FormEvent | undefined, confirmed = false) => {
    event?.preventDefault();
    setSaved(false);
    const functions = text.split('\n').map((line) => line.trim()).filter(Boolean);
    const { done } = await save.run({ functions, ...(confirmed && { confirmed }) }, { ifMatch: `"v${table.scan.rowVersion}"` });
    setSaved(done);
  };
  const wrong = problemAt(save.problem, 'functions');
  return (
    <Section>
      <form className="bp-prose" noValidate onSubmit={(event) => void submit(event)}>
        <TextArea id="deelnemers" label={words.participants} hint={words.participants_hint} value={text} error={wrong}
          onChange={(event) => {
            setText(event.target.value);
            setSaved(false);
          }}
          after={wrong && <Findings text={text} codes={codesAt(save.problem, 'functions')} onConfirm={() => void submit(undefined, true)} />} />
        {save.problem && !wrong && <ProblemNotice problem={save.problem} />}
        <div className="bp-actions bp-gap">
          <Button type="submit" small busy={save.busy}>{words.participants_save}</Button>
          {text.trim() === '' && (invited.data?.items.length ?? 0) > 0 && (
            <LinkButton onClick={() => setText([...new Set(invited.data?.items.filter(({ revoked }) => !revoked).map((one) => one.function))].join('\n'))}>{words.participants_suggest}</LinkButton>
          )}
          <span role="status" className="bp-small">{saved && words.participants_saved}</span>
        </div>
      </form>
    </Section>
  );
}

/** How often "unknown" was answered per theme, per domain where that may be shown. */
function Unknowns({ table }: { table: Table }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const { comparison, instrument } = table;
  const shown = domains.filter((domain) => comparison.themes.some((theme) => theme.domains.some((one) => one.domain === domain)));
  const functions = new Map<string, { unknown: number; questions: number }>();
  for (const theme of comparison.themes) {
    for (const one of theme.functions) {
      const before = functions.get(one.function) ?? { unknown: 0, questions: 0 };
      functions.set(one.function, { unknown: before.unknown + one.unknown, questions: before.questions + one.questions });
    }
  }
  if (!comparison.themes.some(({ answered }) => answered > 0)) return null;
  return (
    <Section title={words.unknown_title} lead={words.unknown_lead}>
      <DataTable caption={words.unknown_caption} columns={[words.unknown_theme, words.unknown_all, ...shown.map((domain) => common.domain_title[domain])]}
        rows={comparison.themes.map((theme) => ({
          key: theme.theme, header: instrument.themes.find(({ key }) => key === theme.theme)?.title[language] ?? theme.theme,
          cells: [
            { content: fill(words.unknown_of, { unknown: theme.unknown, answered: theme.answered }) },
            ...shown.map((domain) => {
              const one = theme.domains.find((other) => other.domain === domain);
              return { content: one && one.questions > 0 ? String(one.unknown) : <span className="bp-soft bp-tiny">{words.unknown_withheld}</span> };
            }),
          ],
        }))} />
      {functions.size > 0 && (
        <Paragraph className="bp-small bp-gap">{fill(words.unknown_functions, {
          list: [...functions].map(([name, one]) => fill(words.unknown_function, { function: name, ...one })).join('; '),
        })}</Paragraph>
      )}
    </Section>
  );
}
