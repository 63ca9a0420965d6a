// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { Fragment, type ReactNode, useEffect } from 'react';
import { Heading, Lead, Link } from './elements';
import { useTexts } from './language';
import { texts } from './texts';

export interface Crumb { title: string; to: string }

/** Where this page stands. The last one is the page itself. */
export function Breadcrumbs({ trail, here }: { trail: Crumb[]; here: string }) {
  const words = useTexts(texts);
  return (
    <nav className="utrecht-breadcrumb-nav bp-crumb" aria-label={words.breadcrumbs}>
      <ol className="utrecht-breadcrumb-nav__list utrecht-breadcrumb-nav__list--html-ol">
        {trail.map(({ title, to }) => (
          <li key={to} className="utrecht-breadcrumb-nav__item">
            <Link to={to} className="utrecht-breadcrumb-nav__link">{title}</Link>
          </li>
        ))}
        <li className="utrecht-breadcrumb-nav__item" aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}

/** The title in the tab of the browser, and in the print head. */
export function useDocumentTitle(title: string) {
  useEffect(() => {
    document.title = title === 'Beproefd' ? title : `${title} – Beproefd`;
  }, [title]);
}

/** A page under the home page: breadcrumbs, a finding or a task as title, a lead, at most two buttons. */
export function Page({ title, tab, lead, trail, here, actions, tags, children }: {
  /** With numbers that lead to their source in it, `tab` says the same in words. */
  title: ReactNode; tab?: string; lead?: ReactNode; trail: Crumb[]; here: string; actions?: ReactNode; tags?: ReactNode;
  children: ReactNode;
}) {
  useDocumentTitle(tab ?? (typeof title === 'string' ? title : here));
  return (
    <div className="bp-wrap">
      <Breadcrumbs trail={trail} here={here} />
      <div className="bp-page">
        <div className="bp-titlebar">
          <div><Heading level={1}>{title}</Heading>{lead && <Lead>{lead}</Lead>}</div>
          {actions && <div className="bp-actions">{actions}</div>}
        </div>
        {tags}
        {children}
      </div>
    </div>
  );
}

export function Section({ title, lead, id, children }: {
  title?: string; lead?: ReactNode; id?: string; children: ReactNode;
}) {
  return (
    <section className="bp-section" id={id}>
      {title && <Heading level={2}>{title}</Heading>}
      {lead && <p className="bp-soft bp-prose">{lead}</p>}
      {children}
    </section>
  );
}

/** Twelve columns; each child says how many it takes. */
export function Grid({ children }: { children: ReactNode }) {
  return <div className="bp-grid">{children}</div>;
}

export function Columns({ span, stack = false, children }: { span: 4 | 5 | 6 | 7 | 8 | 12; stack?: boolean; children: ReactNode }) {
  return <div className={`bp-c${span}${stack ? ' bp-stack' : ''}`}>{children}</div>;
}

/** Lines where the text will be, after 400 ms: nobody sees them on a fast connection. */
export function Loading() {
  const words = useTexts(texts);
  return (
    <div className="bp-wrap" role="status">
      <span className="bp-vh">{words.loading}</span>
      <div className="bp-skeleton" aria-hidden="true">{[1, 2, 3, 4].map((line) => <i key={line} />)}</div>
    </div>
  );
}

/** Items with a comma between them. */
export function Listed({ items }: { items: ReactNode[] }) {
  return items.map((item, at) => <Fragment key={at}>{at > 0 && ', '}{item}</Fragment>);
}
