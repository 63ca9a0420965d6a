// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type FormEvent, useEffect } from 'react';
import { useNavigate } from 'react-router';
import { Button, ButtonLink, Heading, Link, LinkButton, Paragraph, usePath } from '../../ui/elements';
import { formatClock } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import { Breadcrumbs, Columns, useDocumentTitle } from '../../ui/page';
import { Tag } from '../../ui/tags';
import { type DotGroup, DotLegend, Dots, Tile, type TileValue } from '../../ui/tiles';
import { type ComparedQuestion, countOf, type Distribution, forSize, type Question, scanUrl, shapeOf, values } from '../api';
import { AnswerForm } from '../answering/answer-form';
import { AnswerWord } from '../answering/answer-word';
import { Both } from '../answering/both';
import { useFocusAfterMove, useView } from '../answering/desks';
import { texts as answering } from '../answering/texts';
import { uploader } from '../answering/upload';
import { isWhole } from '../answering/whole';
import { type Desk, emptyEntry } from '../desk';
import { texts as shared } from '../texts';
import type { Table } from './settling-page';
import { texts } from './texts';


/** One question with everybody's answers before the conversation, and the answer that they settle. */
export function SettleQuestion({ table, desk, asked }: { table: Table; desk: Desk; asked: Question }) {
  const words = useTexts(texts);
  const say = useTexts(answering);
  const common = useTexts(shared);
  const language = useLanguage();
  const path = usePath();
  const navigate = useNavigate();
  const view = useView(desk);
  const heading = useFocusAfterMove(asked.key);
  const { instrument, comparison, scan, base, mayEdit } = table;
  const question = forSize(asked, scan.sizeClass);
  const compared = comparison.questions.find((one) => one.question === asked.key);
  const theme = instrument.themes.find(({ key }) => key === asked.theme);
  const at = instrument.questions.indexOf(asked);
  const previous = instrument.questions[at - 1];
  const after = [...instrument.questions.slice(at + 1), ...instrument.questions.slice(0, at)];
  const isOpen = ({ key }: Question) => !view.entries.has(key);
  const difference = after.find((one) => isOpen(one) && comparison.questions.some(({ question: key, differs }) => key === one.key && differs));
  const open = after.find(isOpen);
  const next = mayEdit ? difference ?? open : instrument.questions[at + 1];
  const change = desk.changeOf(asked.key);
  const entry = view.entries.get(asked.key) ?? emptyEntry;
  const away = view.waiting.length > 0 && ['offline', 'busy', 'signed-out'].includes(view.standing);
  useDocumentTitle(`${fill(common.question_title, { number: asked.number })}, ${words.here}`);
  useEffect(() => () => desk.now(), [asked.number, desk]);
  const goOn = (event: FormEvent) => {
    event.preventDefault();
    desk.now();
    void navigate(path(next ? `${base}/${next.number}` : base));
  };
  const same = compared && !compared.differs && compared.answered > 0 ? values.find((value) => countOf(compared.distribution, value) === compared.answered) : undefined;
  return (
    <div className="bp-wrap">
      <Breadcrumbs trail={[{ title: common.scans, to: '/scans' }, { title: table.title, to: `/scans/${scan.id}` }, { title: words.here, to: base }]}
        here={fill(common.question_title, { number: asked.number })} />
      <div className="bp-page bp-q">
        {theme && <p className="bp-eyebrow">{fill(common.theme, { number: theme.number, title: theme.title[language] })}</p>}
        <h1 className="nl-heading nl-heading--level-1" ref={heading} tabIndex={-1}>{asked.number}. {question.text[language]}</h1>
        {question.explanation && <Paragraph className="bp-prose">{question.explanation[language]}</Paragraph>}
        <div className="bp-section bp-grid">
          <Columns span={5}>{compared && <Before compared={compared} question={question} />}</Columns>
          <Columns span={7}>
          {away && <Alert role="status">{view.standing === 'signed-out' ? <p>{say.signed_out} <Link to={table.signIn}>{say.sign_in}</Link></p> : <p>{say[view.standing as 'offline' | 'busy']}</p>}</Alert>}
          {mayEdit ? (
            <form onSubmit={goOn} noValidate>
              {same && entry.value === null && (
                <Alert kind="info"><p>{words.all_same} <LinkButton onClick={() => desk.edit(asked.key, 'value', { ...emptyEntry, value: same })}>{fill(words.adopt, { value: common.value[same] })}</LinkButton></p></Alert>
              )}
              <AnswerForm key={asked.key} question={question} instrument={instrument} entry={entry} legend={words.settle} noteHint={words.note_hint}
                problem={change?.problem?.status === 412 ? undefined : change?.problem}
                onChange={(field, edited) => desk.edit(asked.key, field, edited)} onConfirm={() => desk.confirm(asked.key)}
                upload={uploader(scanUrl(scan.id, `/settled-answers/${asked.key}/files`), language)} />
              {change?.problem && change.problem.status !== 412 && !change.problem.errors?.length && (
                <Alert role="alert"><p>{change.problem.detail ?? change.problem.title}</p></Alert>
              )}
              {change?.problem?.status === 412 && (
                <Both mine={change.entry} theirs={change.theirs?.entry ?? null} question={question} onMine={() => desk.settle(asked.key, change.entry ?? emptyEntry)}
                  onTheirs={() => desk.takeTheirs(asked.key)} onMerge={(merged) => desk.settle(asked.key, merged)} />
              )}
              <div className="bp-qfoot">
                {previous ? <ButtonLink purpose="subtle" icon="previous" to={`${base}/${previous.number}`}>{fill(words.previous, { number: previous.number })}</ButtonLink>
                  : <ButtonLink purpose="subtle" icon="previous" to={base}>{words.overview}</ButtonLink>}
                <div className="bp-qfoot__middle">
                  {change ? (
                    <span className={`bp-saved ${change.problem || away ? 'bp-saved--here' : 'bp-saved--soft'}`} role="status">
                      {change.entry && !isWhole(question, change.entry) ? say.unfinished : change.problem || away ? say.here : say.sending}
                    </span>
                  ) : view.savedAt ? <span className="bp-saved" role="status"><Icon name="check" />{fill(say.saved, { time: formatClock(view.savedAt, language) })}</span>
                    : desk.heldOf(asked.key) && <span className="bp-saved" role="status"><Icon name="check" />{say.saved_before}</span>}
                  {view.mayUndo && <LinkButton onClick={() => {
                    const back = instrument.questions.find(({ key }) => key === desk.undo());
                    if (back && back !== asked) void navigate(path(`${base}/${back.number}`));
                  }}>{say.undo}</LinkButton>}
                </div>
                <Button type="submit" purpose="primary" iconEnd="next">{difference ? words.next_difference : open ? words.next_open : words.overview}</Button>
              </div>
            </form>
          ) : (
            <>
              <Heading level={2} className="bp-h3b">{scan.state === 'consensus' ? words.settle : words.settled_then}</Heading>
              <p className="bp-answered"><AnswerWord question={question} entry={view.entries.get(asked.key)} /></p>
              {entry.reason && <Paragraph>{entry.reason}</Paragraph>}
              <div className="bp-actions bp-gap2">
                {previous && <ButtonLink purpose="subtle" icon="previous" to={`${base}/${previous.number}`}>{fill(words.previous, { number: previous.number })}</ButtonLink>}
                {next && <ButtonLink iconEnd="next" to={`${base}/${next.number}`}>{words.next}</ButtonLink>}
              </div>
            </>
          )}
        </Columns>
        </div>
      </div>
    </div>
  );
}

/** How everybody answered before the conversation: per domain where that may be shown, else all together. */
function Before({ compared, question }: { compared: ComparedQuestion; question: Question }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const counts = (distribution: Distribution) => Object.fromEntries(values.map((value) => [value, countOf(distribution, value)])) as Partial<Record<TileValue, number>>;
  // Marks per domain only when they are all of them; else the rest would stand among them without a name.
  const apart = compared.domains.length > 0 && !compared.domainsWithheld;
  const groups: DotGroup[] = apart
    ? compared.domains.map((one) => ({ key: one.domain, shape: shapeOf(one.domain), counts: counts(one.distribution) }))
    : [{ key: 'all', shape: 0, counts: counts(compared.distribution) }];
  const inWords = (name: string, distribution: Distribution) => fill(words.summary, {
    group: name, list: values.filter((value) => countOf(distribution, value) > 0)
      .map((value) => fill(words.summary_one, { count: countOf(distribution, value), value: common.value[value] })).join(', '),
  });
  const label = compared.domains.length > 0
    ? compared.domains.map((one) => inWords(common.domain[one.domain], one.distribution)).join('; ') : inWords(words.together, compared.distribution);
  const ticked = question.parts.filter(({ key }) => (compared.distribution.parts[key] ?? 0) > 0);
  const chosen = question.choices.filter(({ key }) => (compared.distribution.choices[key] ?? 0) > 0);
  return (
    <section>
      <Heading level={2} className="bp-h3b">{words.how_answered}{' '}{compared.differs && <Tag kind="warn">{words.differs}</Tag>}</Heading>
      <p className="bp-soft">{compared.answered === 0 ? words.answered_none : compared.answered === 1 ? words.answered_one : fill(words.answered, { count: compared.answered })}</p>
      {compared.answered > 0 && question.type === 'scale' && (
        <>
          {apart && <div className="bp-gap"><DotLegend items={compared.domains.map((one) => ({ shape: shapeOf(one.domain), text: common.domain[one.domain] }))} /></div>}
          <Dots groups={groups} words={common.value} label={label} />
          {compared.domains.length > 0 && <ul className="bp-list bp-small bp-gap">{compared.domains.map((one) => <li key={one.domain}>{inWords(common.domain[one.domain], one.distribution)}</li>)}</ul>}
        </>
      )}
      {chosen.length > 0 && (
        <ul className="bp-list bp-gap">{chosen.map(({ key, label: text }) => <li key={key}>{text[language]}: {compared.distribution.choices[key]}</li>)}</ul>
      )}
      {compared.domainsWithheld && <p className="bp-small bp-soft bp-gap">{words.withheld}</p>}
      {ticked.length > 0 && (
        <div className="bp-gap"><p className="bp-small">{words.parts_ticked}</p>
          <ul className="bp-list bp-small">{ticked.map(({ key, text }) => <li key={key}>{text[language]}: {compared.distribution.parts[key]}</li>)}</ul></div>
      )}
      {compared.functions.length > 0 && (
        <div className="bp-gap2">
          <Heading level={3} className="bp-h4">{words.functions}</Heading>
          <ul className="bp-asked">
            {compared.functions.map((one) => (
              <li key={one.domain + one.function}>
                <span>{one.value && <Tile value={one.value} />}</span>
                <span><b>{one.function}</b> ({common.domain[one.domain]}){one.reason && <small>{one.reason}</small>}
                  {one.proofs.map((proof) => <small key={proof.title + (proof.url ?? '')}>{proof.title}</small>)}</span>
                <span>{one.value ? common.value[one.value] : one.values.join(', ')}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {compared.functions.length === 0 && compared.functionsWithheld && <p className="bp-small bp-soft bp-gap">{words.no_function}</p>}
    </section>
  );
}
