// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { SignedIn } from '../../accounts/guard';
import { ProblemPage } from '../../app/problem';
import type { Session } from '../../app/session';
import { ButtonLink, Heading, Lead, Link, Paragraph } from '../../ui/elements';
import { daysBetween, formatDay, formatShortDay, today } from '../../ui/format';
import { fill, type Language, useLanguage, useTexts } from '../../ui/language';
import { Empty, Note } from '../../ui/notes';
import { Columns, Grid, Loading, useDocumentTitle } from '../../ui/page';
import { Tag, Tags } from '../../ui/tags';
import { type ScanSummary, useGet, type WorkItem, yearOf } from '../api';
import { texts as shared } from '../texts';
import { texts } from './texts';

/** What waits for who is signed in: this week, later, and what others are doing. Only the first button is primary. */
export default function WorkPage() {
  return <SignedIn>{(session) => <Loaded session={session} />}</SignedIn>;
}

/** About how long a task takes, from how much of it is left; only to plan by. */
const minutesOf = ({ kind, remaining }: WorkItem): number => ({
  answer_scan: Math.max(2, remaining * 3), open_scan: 10, close_round: 2, settle_scan: Math.max(5, remaining * 4), action_due: 10, archive_scan: 2, finish_scan: 5,
})[kind];

function Loaded({ session }: { session: Session }) {
  const answers = session.permissions.includes('answer_surveys');
  const work = useGet<{ items: WorkItem[] }>('/api/v1/work-items');
  const scans = useGet<{ items: ScanSummary[] }>(answers ? '/api/v1/scans' : null);
  if (work.problem) return <ProblemPage problem={work.problem} onRetry={work.reload} />;
  if (!work.data || (answers && !scans.data && !scans.problem)) return <Loading />;
  return <Work items={work.data.items} scans={scans.data?.items ?? []} session={session} />;
}

function Work({ items, scans, session }: { items: WorkItem[]; scans: ScanSummary[]; session: Session }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const now = today();
  useDocumentTitle(words.here);
  const week = items.filter(({ dueOn }) => daysBetween(now, dueOn) <= 7);
  const later = items.filter((item) => !week.includes(item));
  // Others only: what waits for oneself stands above.
  const waiting = scans.filter(({ state, progress, ownRespondent, ownSubmittedAt }) => state === 'open'
    && progress.submitted + (ownRespondent !== undefined && ownSubmittedAt === undefined ? 1 : 0) < progress.respondents
    && (session.permissions.includes('edit_content') || (ownRespondent !== undefined && ownSubmittedAt !== undefined)));
  const minutes = week.reduce((sum, item) => sum + minutesOf(item), 0);
  const title = items.length === 0 ? words.title_none : week.length === 0 ? words.title_later : week.length === 1 ? words.title_one
    : fill(words.title, { count: words.title_words[week.length] ?? week.length });
  const nameOf = (item: WorkItem): string => {
    const scan = scans.find(({ id }) => id === item.scanId);
    return scan ? fill(common.name, { instrument: item.title[language], year: yearOf(scan) }) : item.title[language];
  };
  return (
    <div className="bp-wrap">
      <div className="bp-page">
        <Grid>
          <Columns span={8}>
            <Heading level={1}>{title}</Heading>
            <Lead soft>{fill(week.length === 0 ? words.lead_none : words.lead, { minutes, day: formatDay(now, language) })}</Lead>
            {items.length === 0 && (
              <div className="bp-gap2"><Empty title={words.empty_title}><Paragraph className="bp-small">{words.empty_text}</Paragraph></Empty></div>
            )}
            {week.length > 0 && (
              <>
                <div className="bp-grouphead"><Heading level={2}>{words.week}</Heading><span>{fill(words.minutes, { minutes })}</span></div>
                <ul className="bp-work">{week.map((item, at) => <Item key={keyOf(item)} item={item} name={nameOf(item)} first={at === 0} />)}</ul>
              </>
            )}
            {later.length > 0 && (
              <>
                <div className="bp-grouphead"><Heading level={2}>{words.later}</Heading>
                  <span>{fill(later.length === 1 ? words.tasks_one : words.tasks, { count: later.length, minutes: later.reduce((sum, item) => sum + minutesOf(item), 0) })}</span></div>
                <ul className="bp-work">{later.map((item, at) => <Item key={keyOf(item)} item={item} name={nameOf(item)} first={week.length === 0 && at === 0} />)}</ul>
              </>
            )}
            {session.permissions.includes('answer_surveys') && (
              <>
                <div className="bp-grouphead"><Heading level={2}>{words.waiting_title}</Heading></div>
                {waiting.length === 0 ? <Empty title={words.waiting_none} level={3}><Paragraph className="bp-small">{words.waiting_none_text}</Paragraph></Empty> : (
                  <ul className="bp-work">
                    {waiting.map((scan) => (
                      <li key={scan.id}>
                        <div className="bp-work__day"><b>{formatShortDay(scan.closesOn, language, Number(now.slice(0, 4)))}</b><span>{away(scan.closesOn, now, words)}</span></div>
                        <div><Heading level={3}><Link to={`/scans/${scan.id}`}>{fill(common.name, { instrument: scan.instrument.title[language], year: yearOf(scan) })}</Link></Heading>
                          <p>{fill(words.waiting_text, { submitted: scan.progress.submitted, respondents: scan.progress.respondents })}</p></div>
                        <ButtonLink small to={`/scans/${scan.id}`}>{words.look}</ButtonLink>
                      </li>
                    ))}
                  </ul>
                )}
              </>
            )}
          </Columns>
          <Columns span={4} stack>
            <div>
              <Heading level={2} className="bp-h4">{words.quick}</Heading>
              <ul className="bp-plain">
                {session.permissions.includes('answer_surveys') && <li><Link to="/scans">{words.scans}</Link></li>}
                {session.permissions.includes('answer_surveys') && session.permissions.includes('edit_content') && <li><Link to="/scans/nieuw">{words.new}</Link></li>}
                {session.permissions.includes('answer_surveys') && <li><Link to="/behoeften">{words.needs}</Link></li>}
                {session.permissions.includes('read_council') && <li><Link to="/raad">{words.council}</Link></li>}
                {session.permissions.includes('manage_surveys') && <li><Link to="/vragenrondes">{words.rounds}</Link></li>}
                <li><Link to="/vragenlijsten">{words.instruments}</Link></li>
                <li><Link to="/account">{words.account}</Link></li>
              </ul>
            </div>
            <Note title={words.privacy_title}>{words.privacy_text}</Note>
          </Columns>
        </Grid>
      </div>
    </div>
  );
}

const keyOf = (item: WorkItem) => `${item.kind} ${item.actionId ?? item.scanId}`;

function away(day: string, now: string, words: (typeof texts)['nl']): string {
  const days = daysBetween(now, day);
  if (days < 0) return days === -1 ? words.late_one : fill(words.late, { days: -days });
  return days === 0 ? words.today : days === 1 ? words.tomorrow : days < 21 ? fill(words.in_days, { days }) : fill(words.in_weeks, { weeks: Math.round(days / 7) });
}

function Item({ item, name, first }: { item: WorkItem; name: string; first: boolean }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language: Language = useLanguage();
  const now = today();
  const { remaining } = item;
  const scan = `/scans/${item.scanId}`;
  const kinds: Record<WorkItem['kind'], () => [title: string, text: string, to: string, button: string]> = {
    answer_scan: () => [
      remaining === 0 ? fill(words.answer_ready, { scan: name }) : remaining === 1 ? fill(words.answer_rest_one, { scan: name }) : fill(words.answer_rest, { remaining, scan: name }),
      words.answer_text, `${scan}/vragen`, words.answer_button],
    open_scan: () => [fill(words.open, { scan: name }), words.open_text, scan, words.open_button],
    close_round: () => [fill(words.close, { scan: name }),
      remaining === 0 ? words.close_ready : remaining === 1 ? words.close_late_one : fill(words.close_late, { remaining }), scan, words.close_button],
    settle_scan: () => [fill(words.settle, { scan: name }),
      remaining === 0 ? words.settle_ready : remaining === 1 ? words.settle_text_one : fill(words.settle_text, { remaining }),
      remaining === 0 ? scan : `${scan}/samen`, words.settle_button],
    action_due: () => [item.text ?? '', fill(words.action_text, { scan: name }), `${scan}/acties`, words.action_button],
    archive_scan: () => [fill(words.archive, { scan: name }), words.archive_text, scan, words.archive_button],
    finish_scan: () => [fill(words.finish, { scan: name }), words.finish_text, scan, words.archive_button],
  };
  const [title, text, to, button] = kinds[item.kind]();
  return (
    <li>
      <div className={item.overdue ? 'bp-work__day is-late' : 'bp-work__day'}>
        <b>{formatShortDay(item.dueOn, language, Number(now.slice(0, 4)))}</b><span>{away(item.dueOn, now, words)}</span>
      </div>
      <div>
        <Heading level={3}><Link to={to}>{title}</Link></Heading>
        <p>{text}</p>
        <Tags>{[<Tag key="step">{words.step}</Tag>, <Tag key="minutes">{fill(common.minutes, { minutes: minutesOf(item) })}</Tag>]}</Tags>
      </div>
      <ButtonLink small to={to} purpose={first ? 'primary' : 'secondary'}>{button}</ButtonLink>
    </li>
  );
}
