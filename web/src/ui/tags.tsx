// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react';

export type TagKind = 'theme' | 'fact' | 'ok' | 'warn' | 'clash' | 'unknown' | 'act';
const classes: Record<TagKind, string> = {
  theme: '', fact: 'bp-tag--line', ok: 'bp-tag--ok', warn: 'bp-tag--warn', clash: 'bp-tag--clash',
  unknown: 'bp-tag--unknown', act: 'bp-tag--act',
};

/** A word about the object: outline is a fact, tint is a state, grey is a theme. Never to be pressed. */
export function Tag({ kind = 'theme', children }: { kind?: TagKind; children: ReactNode }) {
  return <span className={`nl-data-badge bp-tag ${classes[kind]}`.trim()}>{children}</span>;
}

export function Tags({ children }: { children: ReactNode[] }) {
  return <ul className="bp-tags">{children.filter(Boolean).map((tag, index) => <li key={index}>{tag}</li>)}</ul>;
}
