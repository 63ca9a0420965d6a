// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useInstallation } from '../app/installation';
import type { Session } from '../app/session';
import { useResource } from '../app/client';
import { ButtonLink, Heading, Paragraph } from '../ui/elements';
import { fill, useTexts } from '../ui/language';
import { Tag, Tags } from '../ui/tags';
import { texts } from './texts';

interface Task { key: string; title: string; text: string; minutes: number; to: string; button: string; today: boolean }

/** What waits for who is signed in. It says only what this system knows: own password, accounts, what is not set. */
export function WorkList({ session }: { session: Session }) {
  const words = useTexts(texts).work;
  const administrator = session.roles.includes('administrator');
  const accounts = useResource('/api/v1/accounts', {}, administrator && !session.mustChangePassword);
  const installation = useInstallation();
  const tasks: Task[] = [];
  if (session.mustChangePassword)
    tasks.push({ key: 'password', title: words.password, text: words.password_text, minutes: 2, to: '/account', button: words.password_button, today: true });
  if (administrator && accounts.data?.items.length === 1)
    tasks.push({ key: 'accounts', title: words.accounts, text: words.accounts_text, minutes: 10, to: '/beheer/accounts', button: words.accounts_button, today: false });
  if (administrator && (installation.owner === '' || installation.contact === ''))
    tasks.push({ key: 'setup', title: words.setup, text: words.setup_text, minutes: 5, to: '/zo-werkt-het#beheer', button: words.setup_button, today: false });
  const title = tasks.length === 0 ? words.title_none : tasks.length === 1 ? words.title_one : fill(words.title, { count: tasks.length });
  return (
    <section className="bp-wrap bp-worktop">
      <Heading level={2}>{title}</Heading>
      {tasks.length === 0 && <Paragraph className="bp-soft">{words.none}</Paragraph>}
      <ul className="bp-work">
        {tasks.map((task, at) => (
          <li key={task.key}>
            <div className="bp-work__day"><b>{task.today ? words.today : words.later}</b></div>
            <div>
              <Heading level={3}>{task.title}</Heading>
              <Paragraph>{task.text}</Paragraph>
              <Tags>{[<Tag key="minutes">{fill(words.minutes, { minutes: task.minutes })}</Tag>]}</Tags>
            </div>
            <ButtonLink to={task.to} purpose={at === 0 ? 'primary' : 'secondary'}>{task.button}</ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
