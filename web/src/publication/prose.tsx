// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ReactNode } from 'react';
import { Heading, Paragraph } from '../ui/elements';
import { Page } from '../ui/page';

export interface ProsePart { id?: string; title: string; text?: string[]; list?: string[] }

/** A page of words: headings, paragraphs and lists from the text files. */
export function ProsePage({ title, lead, home, parts, children }: {
  title: string; lead: string; home: string; parts: ProsePart[]; children?: ReactNode;
}) {
  return (
    <Page title={title} lead={lead} here={title} trail={[{ title: home, to: '/' }]}>
      <div className="bp-words">
        {parts.map((part) => (
          <section key={part.title} id={part.id}>
            <Heading level={2}>{part.title}</Heading>
            {part.text?.map((text) => <Paragraph key={text}>{text}</Paragraph>)}
            {part.list && <ul className="bp-list">{part.list.map((text) => <li key={text}>{text}</li>)}</ul>}
          </section>
        ))}
        {children}
      </div>
    </Page>
  );
}
