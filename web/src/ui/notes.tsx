// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react';
import { Heading, type Level } from './elements';
import { Icon } from './icons';

/** A note beside the text: a rule in the colour of meaning, a title, a few lines. */
export function Note({ kind, title, level = 3, children }: {
  kind?: 'clash' | 'warn' | 'unknown'; title?: string; level?: Level; children: ReactNode;
}) {
  return (
    <div className={`bp-note${kind ? ` bp-note--${kind}` : ''}`}>
      {title && <Heading level={level}>{title}</Heading>}
      <div className="bp-small">{children}</div>
    </div>
  );
}

/** A grey box, only for what is "about this data". */
export function Card({ title, level = 3, children }: { title: string; level?: Level; children: ReactNode }) {
  return <div className="bp-card"><Heading level={level}>{title}</Heading>{children}</div>;
}

/** What happened, what was kept, what to do. */
export function Alert({ kind = 'warning', role, children }: {
  kind?: 'info' | 'ok' | 'warning' | 'error'; role?: 'alert' | 'status'; children: ReactNode;
}) {
  return (
    <div className={`utrecht-alert utrecht-alert--${kind}`} role={role}>
      <Icon name={kind === 'ok' ? 'check' : kind === 'info' ? 'info' : 'warning'} />
      <div className="utrecht-alert__content">{children}</div>
    </div>
  );
}

/** Nothing here yet: what would be here, why it is empty, the one next step. */
export function Empty({ title, level = 2, children }: { title: string; level?: Level; children: ReactNode }) {
  return (
    <div className="bp-empty">
      <Icon name="tray" />
      <div><Heading level={level}>{title}</Heading>{children}</div>
    </div>
  );
}

/** Names and values under each other. */
export function Facts({ items }: { items: [name: string, value: ReactNode][] }) {
  return (
    <dl className="bp-dl">
      {items.map(([name, value]) => <div key={name} className="bp-dl__item"><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
