// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';

// A number that a page computed from what its reader filled in, for example a score, opens the same drawer as a
// published figure. The page itself tells what the drawer says, for as long as the page is there.

export const ownPrefix = 'eigen~';

interface Told { title: string; content: ReactNode }
const told = new Map<string, Told>();
const listeners = new Set<() => void>();
let version = 0;
const changed = () => {
  version += 1;
  listeners.forEach((listener) => listener());
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Tells what the drawer says for these keys; each begins with `ownPrefix`. */
export function useOwnSources(sources: ReadonlyMap<string, Told>) {
  useEffect(() => {
    for (const [key, one] of sources) told.set(key, one);
    changed();
    return () => {
      for (const key of sources.keys()) told.delete(key);
      changed();
    };
  }, [sources]);
}

/** What the page told about a number, or nothing while it has not. */
export function useOwnSource(key: string): Told | undefined {
  const now = useSyncExternalStore(subscribe, () => version, () => 0);
  return useMemo(() => (now >= 0 ? told.get(key) : undefined), [now, key]);
}
