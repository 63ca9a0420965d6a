// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useState } from 'react';
import { useAction } from '../../app/client';
import { ProblemNotice } from '../../app/problem';
import { Button, ButtonLink, LinkButton } from '../../ui/elements';
import { formatDate, formatShortDay, today } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import { Section } from '../../ui/page';
import { DataTable } from '../../ui/table';
import { Tag } from '../../ui/tags';
import { Tile } from '../../ui/tiles';
import { statusKind } from '../actions/status';
import { type ActionList, type ScanResult, scanUrl, useGet } from '../api';
import { texts as shared } from '../texts';
import { texts } from './texts';

/** A new action is due in this many days until somebody chooses another day. */
const daysAhead = 91;
const dueDay = (): string => new Date(Date.parse(`${today()}T12:00:00Z`) + daysAhead * 86_400_000).toISOString().slice(0, 10);

/** Each no, partly, unknown or unsupported yes, with its action, or the action that one click makes. */
export function WeakPoints({ result, mayEdit }: { result: ScanResult; mayEdit: boolean }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const url = scanUrl(result.scanId, '/actions');
  const list = useGet<ActionList>(url);
  const make = useAction<object>('POST', url, [scanUrl(result.scanId), '/api/v1/scans', '/api/v1/work-items', '/api/v1/actions']);
  const [made, setMade] = useState('');
  const [busy, setBusy] = useState(false);
  const weak = result.questions.filter(({ standing }) => standing === 'blind_spot' || standing === 'unknown' || standing === 'unsupported');
  const suggested = (question: string) => list.data?.suggestions.find((one) => one.question === question);
  const actionsOf = (question: string) => list.data?.items.filter((one) => one.question === question) ?? [];
  const suggestion = (question: string) => {
    const text = suggested(question)?.text[language];
    return text === undefined ? undefined : fill(words.suggestion, { text });
  };
  const without = weak.filter(({ question }) => suggested(question));
  const day = formatDate(dueDay(), language);
  const run = async (questions: string[]) => {
    setBusy(true);
    setMade('');
    let count = 0;
    for (const question of questions) {
      const { done } = await make.run({ question, text: suggested(question)?.text[language] ?? '', ownerFunction: words.owner, dueOn: dueDay() });
      if (!done) break;
      count += 1;
    }
    setBusy(false);
    if (count > 0) setMade(count === 1 ? fill(words.made, { day }) : fill(words.made_all, { count, day }));
  };
  return (
    <Section id="acties" title={words.weak_title} lead={weak.length === 0 ? words.weak_none : fill(words.weak_lead, { with: weak.length - without.length, weak: weak.length })}>
      {make.problem && <ProblemNotice problem={make.problem} />}
      {list.problem && <ProblemNotice problem={list.problem} />}
      <div role="status">{busy ? <p className="bp-soft">{words.make_busy}</p> : made && <Alert kind="ok"><p>{made}</p></Alert>}</div>
      {weak.length > 0 && list.data && (
        <DataTable caption={words.weak_caption} list columns={[words.change_question, words.weak_answer, words.weak_action, words.weak_who]}
          rows={weak.map((one) => ({
            key: one.question, header: <>{one.number}. {one.text[language]}</>,
            cells: [
              { content: <span className="bp-answered"><Tile value={one.value ?? 'none'} />{one.standing === 'unsupported' ? words.unsupported : common.value[one.value ?? 'none']}</span> },
              { content: actionsOf(one.question).length > 0 ? <ul className="bp-plain">{actionsOf(one.question).map(({ id, text }) => <li key={id}>{text}</li>)}</ul>
                : <span className="bp-soft">{suggestion(one.question) ?? words.no_action}</span> },
              { content: actionsOf(one.question).length > 0 ? (
                <ul className="bp-plain">{actionsOf(one.question).map(({ id, ownerFunction, dueOn, status }) => (
                  <li key={id}>{ownerFunction}, {formatShortDay(dueOn, language, Number(today().slice(0, 4)))} <Tag kind={statusKind[status]}>{common.action_status[status]}</Tag></li>
                ))}</ul>
              ) : mayEdit && suggested(one.question)
                ? <LinkButton onClick={() => { if (!busy) void run([one.question]); }}>{words.make}<span className="bp-vh"> {fill(words.make_of, { number: one.number })}</span></LinkButton>
                : <span className="bp-soft">{words.no_action}</span> },
            ],
          }))} />
      )}
      <div className="bp-actions bp-gap2">
        {mayEdit && without.length > 1 && <Button busy={busy} onClick={() => { if (!busy) void run(without.map(({ question }) => question)); }}>{fill(words.make_all, { count: without.length })}</Button>}
        <ButtonLink to={`/scans/${result.scanId}/acties`}>{words.to_actions}</ButtonLink>
      </div>
    </Section>
  );
}
